//! Start and stop: tracked tasks, one signal to end, and a shutdown that waits for work in hand.

use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

/// The tasks of a process and the token that ends them.
#[derive(Clone, Default)]
pub struct Lifecycle {
    token: CancellationToken,
    tasks: TaskTracker,
}

impl Lifecycle {
    /// Runs a task until it ends or the process stops; at a stop it is dropped at its next await.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let token = self.token.clone();
        let span = tracing::info_span!("task", name);
        self.tasks.spawn(
            async move {
                tokio::select! {
                    () = token.cancelled() => {}
                    () = task => {}
                }
            }
            .instrument(span),
        );
    }

    /// Runs a task that ends by itself once [`Lifecycle::stopping`] resolves: a server that drains.
    pub fn spawn_draining(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Resolves when the process is to stop.
    pub async fn stopping(&self) {
        self.token.cancelled().await;
    }

    /// Whether the process is to stop.
    pub fn is_stopping(&self) -> bool {
        self.token.is_cancelled()
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
