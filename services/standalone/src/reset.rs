//! Removes the data folder.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use anyhow::{Result, bail};

use crate::account::{Account, database_account, name_of};
use crate::folder::{MARK, PGDATA, PGDATA_INIT, explain};
use crate::leftovers;
use crate::lock::FolderLock;
use crate::runtime::runtime_folder;

/// Removes the data folder with everything in it; `false` when there is none. Whoever calls this has asked first.
///
/// Refused while a program runs on it, when it is another user's, and when it is not marked as ours. Interrupted,
/// it can be called again: the mark goes last.
pub fn reset(data: &Path) -> Result<bool> {
    let Ok(found) = fs::symlink_metadata(data) else { return Ok(false) };
    let shown = data.display();
    let own = Account::own();
    if found.uid() != own.uid {
        let theirs = name_of(found.uid());
        bail!(
            "数据目录 {shown} 属于用户 {theirs}，请以 {theirs} 运行。 \
             The data folder {shown} belongs to {theirs}: run as {theirs}."
        );
    }
    if !data.join(MARK).is_file() {
        bail!(
            "{shown} 不是班联创建的数据目录（缺少 {MARK}），未删除任何内容。 \
             {shown} is no data folder made by Banlian (it has no {MARK}): nothing was removed."
        );
    }
    let locks = (FolderLock::take(data, "postgres")?, FolderLock::take(data, "redis")?);
    for folder in [PGDATA, PGDATA_INIT, "redis"] {
        leftovers::end_all(&data.join(folder), None);
    }
    if let Ok(runtime) = runtime_folder(None, data, &database_account()?) {
        let _ = fs::remove_dir_all(runtime);
    }
    for entry in fs::read_dir(data).map_err(|cause| explain(cause, data))?.flatten() {
        if entry.file_name() == MARK {
            continue;
        }
        let path = entry.path();
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let removed = if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|cause| explain(cause, &path))?;
    }
    fs::remove_file(data.join(MARK)).map_err(|cause| explain(cause, data))?;
    drop(locks);
    // A folder that stands on a disk of its own stays, empty.
    let _ = fs::remove_dir(data);
    Ok(true)
}
