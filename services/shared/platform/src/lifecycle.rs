//! Start and stop: tracked tasks, one signal to end, and a shutdown that waits for work in hand.

use futures::FutureExt as _;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

/// The tasks of a process and the token that ends them.
#[derive(Clone, Default)]
pub struct Lifecycle {
    token: CancellationToken,
    tasks: TaskTracker,
    broken: Arc<AtomicBool>,
}

impl Lifecycle {
    /// Runs a task until it ends or the process stops; at a stop it is dropped at its next await.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let token = self.token.clone();
        self.spawn_draining(name, async move {
            tokio::select! {
                () = token.cancelled() => {}
                () = task => {}
            }
        });
    }

    /// Runs a task that ends by itself once [`Lifecycle::stopping`] resolves: a server that drains.
    ///
    /// A task that panics ends the process: without its relay or its consumer it would go on as if nothing were, and
    /// what was acknowledged would never reach the figures. Whoever started it starts it again.
    pub fn spawn_draining(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let lifecycle = self.clone();
        let span = tracing::info_span!("task", name);
        let guarded = async move {
            if AssertUnwindSafe(task).catch_unwind().await.is_err() {
                tracing::error!(task = name, "a task panicked: the process stops");
                lifecycle.broken.store(true, Ordering::Relaxed);
                lifecycle.token.cancel();
            }
        };
        self.tasks.spawn(guarded.instrument(span));
    }

    /// Resolves when the process is to stop.
    pub async fn stopping(&self) {
        self.token.cancelled().await;
    }

    /// Whether a task panicked.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// Ends all tasks and waits for them, at most this long.
    pub async fn stop(&self, at_most: Duration) {
        self.token.cancel();
        self.tasks.close();
        if tokio::time::timeout(at_most, self.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.tasks.len(), "tasks left at shutdown");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_ends_the_process() {
        let lifecycle = Lifecycle::default();
        lifecycle.spawn("well", std::future::pending());
        assert!(!lifecycle.is_broken());
        lifecycle.spawn("ill", async { panic!("a fault of ours") });
        tokio::time::timeout(Duration::from_secs(5), lifecycle.stopping()).await.unwrap();
        assert!(lifecycle.is_broken());
        lifecycle.stop(Duration::from_secs(5)).await;
    }
}
