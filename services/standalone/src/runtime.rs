//! The folder for the database's socket, and private folders.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::account::{Account, is_superuser, name_of};
use crate::folder::{absolute, explain, writable};

/// Makes a folder that only `account` enters.
pub(crate) fn make_private(path: &Path, account: &Account) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|cause| explain(cause, path))?;
    if is_superuser() {
        chown(path, Some(account.uid), Some(account.gid)).map_err(|cause| explain(cause, path))?;
    }
    fs::set_permissions(path, Permissions::from_mode(0o700)).map_err(|cause| explain(cause, path))
}

/// The folder for the database's socket: a short path, entered by nobody but `account`.
pub(crate) fn runtime_folder(given: Option<&Path>, data: &Path, account: &Account) -> Result<PathBuf> {
    let own = rustix::process::geteuid().as_raw();
    let folder = if let Some(folder) = given { absolute(folder)? } else { usual_folder(data, own) };
    let socket = folder.join(".s.PGSQL.5432");
    if socket.as_os_str().len() > 107 {
        let shown = folder.display();
        bail!(
            "套接字目录 {shown} 的路径太长（最多 {most} 字节），请另选较短的路径。 \
             The path of the socket folder {shown} is too long (at most {most} bytes): choose a shorter one.",
            most = 107 - "/.s.PGSQL.5432".len()
        );
    }
    if let Some(above) = folder.parent() {
        let mode = if is_superuser() { 0o755 } else { 0o700 };
        DirBuilder::new().recursive(true).mode(mode).create(above).map_err(|cause| explain(cause, above))?;
    }
    // In /tmp somebody else may have been here first, with a link to elsewhere.
    if let Ok(found) = fs::symlink_metadata(&folder)
        && (!found.is_dir() || (found.uid() != account.uid && found.uid() != own))
    {
        let (shown, theirs) = (folder.display(), name_of(found.uid()));
        bail!(
            "套接字目录 {shown} 属于用户 {theirs}，请删除它。 \
             The socket folder {shown} belongs to {theirs}: remove it."
        );
    }
    make_private(&folder, account)?;
    Ok(folder)
}

fn usual_folder(data: &Path, own: u32) -> PathBuf {
    let session = PathBuf::from(format!("/run/user/{own}"));
    let name = fingerprint(data);
    if is_superuser() && writable(Path::new("/run")) {
        Path::new("/run/banlian").join(name)
    } else if fs::metadata(&session).is_ok_and(|found| found.uid() == own) && writable(&session) {
        session.join(format!("banlian-{name}"))
    } else {
        PathBuf::from(format!("/tmp/banlian-{own}-{name}"))
    }
}

/// A short name for a data folder (FNV-1a of its path), the same at every start.
fn fingerprint(data: &Path) -> String {
    let path = data.canonicalize().unwrap_or_else(|_| data.to_path_buf());
    let hash = path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:012x}", hash >> 16)
}
