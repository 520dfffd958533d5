//! Throw-away folders that the servers' users can enter, and looks at processes.
#![allow(dead_code, clippy::allow_attributes, reason = "each test program uses some of these")]

use std::fs;
use std::path::{Path, PathBuf};

/// A folder under /tmp, removed in the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = PathBuf::from(format!("/tmp/banlian-test-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The message of a failure, which must be a single line.
pub(crate) fn line_of<T>(result: anyhow::Result<T>) -> String {
    let message = format!("{:#}", result.err().unwrap());
    assert!(!message.contains('\n'), "more than one line: {message}");
    message
}

/// Whether a process runs; one that has ended and is only waiting for its parent to notice does not.
pub(crate) fn alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'))
}

pub(crate) fn kill(pid: u32) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

/// How many processes work in a folder.
pub(crate) fn running_in(folder: &Path) -> usize {
    let Ok(folder) = folder.canonicalize() else { return 0 };
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == folder)).count()
}
