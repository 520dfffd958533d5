//! A thread that spawns a server, watches it, starts it again when it dies, and stops it.
//!
//! One thread for the server's whole life, because the parent-death signal follows the thread that spawned it.

use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Error, Result, anyhow};
use rustix::process::Signal;
use tokio::sync::oneshot;

use crate::leftovers::signal;

/// How long a start is tried again while something of a crash still stands in its way.
const RETRY: Duration = Duration::from_secs(15);
/// Recovery after a crash reads the log of everything since the last checkpoint; a big one takes minutes.
const RECOVERY: Duration = Duration::from_mins(30);
/// Between two attempts to bring back a server that died and does not start.
const PAUSE: Duration = Duration::from_secs(5);

/// Why a server ended before it was ready.
pub(crate) enum Failure {
    /// Something that goes away by itself.
    Passing(Error),
    /// Something that a person must change.
    Lasting(Error),
}

/// What the keeper must know of a server.
pub(crate) trait Server: Send + 'static {
    /// What its users need to know once it is ready.
    type Facts: Send + 'static;
    /// Its name in messages.
    const NAME: &'static str;
    /// The signals that stop it, each with the patience before the next.
    const STOP: &'static [(Signal, Duration)];

    /// Clears away what a crash left, and spawns it.
    fn launch(&mut self) -> Result<Child, Failure>;
    /// Whether the process `pid` answers.
    fn ready(&mut self, pid: u32) -> bool;
    /// Why it ended.
    fn verdict(&mut self, status: ExitStatus) -> Failure;
    /// Tells of a step that takes its time.
    fn progress(&self, line: &str);
    /// What its users need to know.
    fn facts(&self) -> Self::Facts;
    /// Clears away what it leaves behind after an orderly stop.
    fn tidy(&mut self);
}

type Stopped = oneshot::Sender<()>;

/// A running server. Dropping it stops the server too, without waiting for that.
pub(crate) struct Keeper {
    stop: Sender<Stopped>,
    pid: Arc<AtomicU32>,
}

impl Keeper {
    /// Prepares and starts a server, and waits until it is ready.
    pub(crate) async fn start<S: Server>(
        prepare: impl FnOnce() -> Result<S> + Send + 'static,
    ) -> Result<(Self, S::Facts)> {
        let (stop, orders) = channel();
        let (started, ready) = oneshot::channel();
        let pid = Arc::new(AtomicU32::new(0));
        let shared = Arc::clone(&pid);
        thread::Builder::new()
            .name(S::NAME.to_owned())
            .spawn(move || keep(prepare, started, &orders, &shared))
            .context("cannot start a thread")?;
        let facts = ready.await.with_context(|| format!("the thread that keeps {} ended", S::NAME))??;
        Ok((Self { stop, pid }, facts))
    }

    /// The server's process now; another one after it died and was started again; `None` in between.
    pub(crate) fn pid(&self) -> Option<u32> {
        Some(self.pid.load(Ordering::Acquire)).filter(|pid| *pid != 0)
    }

    /// Stops the server and waits until it is gone.
    pub(crate) async fn stop(self) -> Result<()> {
        let (stopped, done) = oneshot::channel();
        self.stop.send(stopped).map_err(|_| anyhow!("the server's keeper has ended already"))?;
        done.await.context("the server's keeper ended before its server")
    }
}

fn keep<S: Server>(
    prepare: impl FnOnce() -> Result<S>,
    started: oneshot::Sender<Result<S::Facts>>,
    orders: &Receiver<Stopped>,
    pid: &AtomicU32,
) {
    let mut server = match prepare() {
        Ok(server) => server,
        Err(cause) => {
            let _ = started.send(Err(cause));
            return;
        }
    };
    let mut child = match begin(&mut server, orders) {
        Ok(child) => child,
        Err(cause) => {
            // The lock goes before the answer, so that the next attempt finds it free.
            drop(server);
            let _ = started.send(Err(cause));
            return;
        }
    };
    pid.store(child.id(), Ordering::Release);
    // When nobody waits any more, the sender of orders is gone as well, and the loop below ends at once.
    let _ = started.send(Ok(server.facts()));
    let stopped = loop {
        match orders.recv_timeout(Duration::from_millis(100)) {
            Ok(stopped) => break Some(stopped),
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let Ok(Some(status)) = child.try_wait() else { continue };
        pid.store(0, Ordering::Release);
        tracing::error!(server = S::NAME, %status, "the server ended by itself; starting it again");
        match revive(&mut server, orders) {
            Some(revived) => child = revived,
            None => return,
        }
        pid.store(child.id(), Ordering::Release);
        tracing::info!(server = S::NAME, "the server is back");
    };
    pid.store(0, Ordering::Release);
    end::<S>(&mut child);
    server.tidy();
    drop(server);
    if let Some(stopped) = stopped {
        let _ = stopped.send(());
    }
}

/// Starts the server, again and again for [`RETRY`] if what hinders it passes, and waits until it answers.
fn begin<S: Server>(server: &mut S, orders: &Receiver<Stopped>) -> Result<Child> {
    let until = Instant::now() + RETRY;
    loop {
        let failure = match server.launch() {
            Ok(child) => match wait_ready(server, child, orders) {
                Ok(child) => return Ok(child),
                Err(failure) => failure,
            },
            Err(failure) => failure,
        };
        match failure {
            Failure::Passing(cause) if Instant::now() < until => {
                server.progress(&format!("{} 正在从崩溃中恢复 recovering from a crash: {cause:#}", S::NAME));
                thread::sleep(Duration::from_millis(500));
            }
            Failure::Passing(cause) | Failure::Lasting(cause) => return Err(cause),
        }
    }
}

fn wait_ready<S: Server>(
    server: &mut S,
    mut child: Child,
    orders: &Receiver<Stopped>,
) -> Result<Child, Failure> {
    let begun = Instant::now();
    let mut told = begun;
    loop {
        if server.ready(child.id()) {
            return Ok(child);
        }
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) => return Err(server.verdict(status)),
            Err(cause) => return Err(Failure::Lasting(cause.into())),
        }
        if matches!(orders.try_recv(), Err(TryRecvError::Disconnected)) {
            end::<S>(&mut child);
            return Err(Failure::Lasting(anyhow!("{} was no longer wanted", S::NAME)));
        }
        if begun.elapsed() > RECOVERY {
            end::<S>(&mut child);
            return Err(Failure::Lasting(anyhow!(
                "{name} 在 {minutes} 分钟内没有就绪。 {name} was not ready within {minutes} minutes.",
                name = S::NAME,
                minutes = RECOVERY.as_secs() / 60
            )));
        }
        if told.elapsed() > Duration::from_secs(5) {
            told = Instant::now();
            let seconds = begun.elapsed().as_secs();
            server.progress(&format!("{} 启动中 still starting: {seconds} s", S::NAME));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Brings back a server that died, however long it takes; `None` when it is to stop instead.
fn revive<S: Server>(server: &mut S, orders: &Receiver<Stopped>) -> Option<Child> {
    loop {
        match begin(server, orders) {
            Ok(child) => return Some(child),
            Err(cause) => tracing::error!(server = S::NAME, error = %cause, "the server does not start"),
        }
        match orders.recv_timeout(PAUSE) {
            Ok(stopped) => {
                let _ = stopped.send(());
                return None;
            }
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Stops the server: its signals one after the other, then SIGKILL.
fn end<S: Server>(child: &mut Child) {
    for (kind, patience) in S::STOP {
        signal(child.id(), *kind);
        let until = Instant::now() + *patience;
        while Instant::now() < until {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        tracing::warn!(server = S::NAME, "the server has not stopped in time");
    }
    let _ = child.kill();
    let _ = child.wait();
}
