//! Starts a server so that it ends with us.

use std::path::{Path, PathBuf};
use std::process::Command;

use std::os::unix::process::CommandExt as _;

use anyhow::Result;

use crate::account::{Account, is_superuser};
use crate::binaries::tool;

/// A command that runs `program` as `account`, in a process group of its own (Ctrl-C in the terminal is for us),
/// and gets `signal` when the *thread* that spawns it ends: spawn it from one that lives as long as the server.
///
/// Between the fork and `setpriv`'s request the signal is not yet set. Should we be killed just then, the shell
/// in between finds another parent than us and does not start the program.
pub(crate) fn guarded(program: &Path, account: &Account, signal: &str) -> Result<Command> {
    let setpriv: PathBuf = tool("setpriv", "util-linux")?;
    let mut command = Command::new(setpriv);
    command
        .args(["--pdeathsig", signal, "--", "/bin/sh", "-c", r#"[ "$PPID" = "$0" ] || exit 75; exec "$@""#])
        .arg(std::process::id().to_string())
        .arg(program)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8")
        .current_dir("/")
        .process_group(0);
    if is_superuser() {
        command.uid(account.uid).gid(account.gid);
    }
    Ok(command)
}
