//! What a crash left running in a data folder.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// A postmaster that was left alone ends its sessions and writes its checkpoint.
const FOR_THE_POSTMASTER: Duration = Duration::from_secs(20);
/// A session without postmaster has nothing to write.
const FOR_SESSIONS: Duration = Duration::from_secs(5);

/// Ends every process that works in `folder`. Only for the holder of the folder's lock: what runs there then
/// belongs to a program that is gone.
pub(crate) fn end_all(folder: &Path, postmaster: Option<u32>) {
    let Ok(folder) = folder.canonicalize() else { return };
    let here = working_in(&folder);
    if here.is_empty() {
        return;
    }
    tracing::warn!(folder = %folder.display(), processes = here.len(), "ending what a crash left running");
    if let Some(pid) = postmaster.filter(|pid| here.contains(pid)) {
        signal(pid, Signal::INT);
        wait_until_gone(&folder, FOR_THE_POSTMASTER);
    }
    for pid in working_in(&folder) {
        signal(pid, Signal::QUIT);
    }
    wait_until_gone(&folder, FOR_SESSIONS);
    for pid in working_in(&folder) {
        signal(pid, Signal::KILL);
    }
    wait_until_gone(&folder, FOR_SESSIONS);
}

/// The processes whose working folder is `folder`: every process of a PostgreSQL cluster, and Redis, has its data
/// folder as that, and keeps it when its parent is gone. A shell that somebody left in there is none of ours.
pub(crate) fn working_in(folder: &Path) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == folder))
        .filter(|pid| {
            let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("postgres") || name.starts_with("redis-")
        })
        .collect()
}

pub(crate) fn signal(pid: u32, signal: Signal) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may be gone already, which is what is wanted.
        let _ = kill_process(pid, signal);
    }
}

fn wait_until_gone(folder: &Path, patience: Duration) {
    let until = Instant::now() + patience;
    while !working_in(folder).is_empty() && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
}
