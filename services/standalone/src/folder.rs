//! The data folder: which one, and whether it may be used.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, Result, anyhow, bail};

use crate::account::{Account, database_account, is_superuser, name_of};
use crate::binaries::PostgresBinaries;

/// Marks a folder as ours: what stands here may be removed by a reset.
pub(crate) const MARK: &str = ".banlian";
/// The database's folder.
pub(crate) const PGDATA: &str = "pgdata";
/// The database's folder while it is being made.
pub(crate) const PGDATA_INIT: &str = "pgdata.init";

/// A new database with its write-ahead log takes about 60 MB, the demonstration network as much again.
const FRESH_NEEDS: u64 = 256 << 20;
/// Two segments of the write-ahead log.
const ANY_NEEDS: u64 = 32 << 20;

/// Chooses the data folder, makes it where it is missing, and checks it.
///
/// The folder of [`chosen_folder`]. Refused, each with one line that says what to do: a folder of another user, one
/// that holds other things, one of another major version of PostgreSQL, a full disk.
pub fn data_folder(preferred: Option<PathBuf>, project: &Path) -> Result<PathBuf> {
    let account = database_account()?;
    let chosen = chosen_folder(preferred, project)?;
    open(&chosen, &account)?;
    check_owner(&chosen, &account)?;
    if let Some(made_by) = version(&chosen)?
        && let Ok(binaries) = PostgresBinaries::find(None, Some(made_by))
    {
        same_version(&chosen, made_by, binaries.major)?;
    }
    Ok(chosen)
}

/// Which folder is the data folder: `preferred` if there is one; else `data/` in the project where the database's user
/// can enter it; else `/var/lib/banlian` for the superuser and `~/.local/share/banlian` for everybody else. Neither
/// made nor checked: a reset removes one that can no longer be used.
pub fn chosen_folder(preferred: Option<PathBuf>, project: &Path) -> Result<PathBuf> {
    if let Some(folder) = preferred {
        return absolute(&folder);
    }
    let inside = absolute(project)?.join("data");
    let fits = enterable(project, &database_account()?) && (inside.exists() || writable(project));
    if fits { Ok(inside) } else { elsewhere() }
}

pub(crate) fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))
}

pub(crate) fn writable(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK).is_ok()
}

/// Where data goes when it cannot be in the project.
fn elsewhere() -> Result<PathBuf> {
    if is_superuser() {
        return Ok(PathBuf::from("/var/lib/banlian"));
    }
    let home = Account::own().home;
    if home.is_empty() || !Path::new(&home).is_dir() {
        bail!(
            "当前用户没有主目录，请用 DATA= 指定数据目录。 \
             This user has no home folder: name a data folder with DATA=."
        );
    }
    Ok(Path::new(&home).join(".local/share/banlian"))
}

/// Whether `account` can enter `folder` and all folders above it. What does not exist yet is not in the way.
pub fn enterable(folder: &Path, account: &Account) -> bool {
    obstacle(folder, account).is_none()
}

/// The first folder from the top that `account` cannot enter.
fn obstacle(folder: &Path, account: &Account) -> Option<PathBuf> {
    let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).ok()?;
    let mut above: Vec<&Path> = folder.ancestors().collect();
    above.reverse();
    let closed = |path: &&&Path| fs::metadata(path).is_ok_and(|found| !may_enter(&found, account));
    above.iter().find(closed).map(|path| path.to_path_buf())
}

fn may_enter(folder: &fs::Metadata, account: &Account) -> bool {
    let bit = if account.uid == folder.uid() {
        0o100
    } else if account.gid == folder.gid() {
        0o010
    } else {
        0o001
    };
    // Our own further groups may open a folder too; the system knows better than its mode bits then.
    folder.mode() & bit != 0 || (!is_superuser() && account.uid != folder.uid() && folder.mode() & 0o010 != 0)
}

/// Makes the folder where it is missing, and refuses it where `account`'s server may not use it.
pub(crate) fn open(folder: &Path, account: &Account) -> Result<()> {
    make(folder)?;
    let found = fs::metadata(folder).map_err(|cause| explain(cause, folder))?;
    let shown = folder.display();
    if !found.is_dir() {
        bail!("{shown} 不是目录，请用 DATA= 另选。 {shown} is no folder: choose another with DATA=.");
    }
    let own = Account::own();
    if found.uid() != own.uid {
        let (theirs, ours) = (name_of(found.uid()), own.name);
        bail!(
            "数据目录 {shown} 属于用户 {theirs}，而当前用户是 {ours}：请以 {theirs} 运行，或用 DATA= 另选目录。 \
             The data folder {shown} belongs to {theirs}, and this is {ours}: run as {theirs}, or choose another \
             folder with DATA=."
        );
    }
    ours(folder)?;
    if is_superuser() && found.mode() & 0o001 == 0 {
        // What must stay private in here is so by its own mode.
        let mode = found.mode() & 0o7777 | 0o011;
        fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(|cause| explain(cause, folder))?;
    }
    if let Some(closed) = obstacle(folder, account) {
        let (closed, name) = (closed.display(), &account.name);
        bail!(
            "数据库用户 {name} 无法进入 {closed}，请用 DATA= 另选目录，例如 /var/lib/banlian。 \
             The database's user {name} cannot enter {closed}: choose another folder with DATA=, for example \
             /var/lib/banlian."
        );
    }
    check_space(folder)
}

fn make(folder: &Path) -> Result<()> {
    let mode = if is_superuser() { 0o711 } else { 0o700 };
    DirBuilder::new().recursive(true).mode(mode).create(folder).map_err(|cause| explain(cause, folder))
}

/// An empty folder becomes ours by the mark; one with other things in it is never touched.
fn ours(folder: &Path) -> Result<()> {
    let mark = folder.join(MARK);
    if mark.exists() || folder.join(PGDATA).is_dir() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder).map_err(|cause| explain(cause, folder))?;
    if entries.next().is_some() {
        let shown = folder.display();
        bail!(
            "目录 {shown} 中有其他文件，请用 DATA= 另选一个空目录。 \
             The folder {shown} holds other files: choose an empty one with DATA=."
        );
    }
    fs::write(&mark, "Banlian's data folder; `make reset` removes all of it.\n")
        .map_err(|cause| explain(cause, folder))
}

/// The database in the folder, if there is one, belongs to the account that will run it.
pub(crate) fn check_owner(folder: &Path, account: &Account) -> Result<()> {
    let pgdata = folder.join(PGDATA);
    let Ok(found) = fs::metadata(&pgdata) else { return Ok(()) };
    if found.uid() != account.uid {
        let (shown, theirs, name) = (pgdata.display(), name_of(found.uid()), &account.name);
        bail!(
            "数据库目录 {shown} 属于用户 {theirs}，而数据库将以 {name} 运行：请以当初的用户运行，或用 DATA= 另选目录。 \
             The database in {shown} belongs to {theirs}, but would run as {name}: run as the user who made it, or \
             choose another folder with DATA=."
        );
    }
    Ok(())
}

/// The major version of PostgreSQL that made the database; `None` where there is none yet.
pub(crate) fn version(folder: &Path) -> Result<Option<u32>> {
    let path = folder.join(PGDATA).join("PG_VERSION");
    let Ok(text) = fs::read_to_string(&path) else { return Ok(None) };
    match text.trim().split('.').next().and_then(|major| major.parse().ok()) {
        Some(major) => Ok(Some(major)),
        None => bail!(
            "{path} 已损坏：请恢复备份，或用 DATA= 另选目录。 \
             {path} is damaged: restore a backup, or choose another folder with DATA=.",
            path = path.display()
        ),
    }
}

pub(crate) fn same_version(folder: &Path, made_by: u32, here: u32) -> Result<()> {
    if made_by != here {
        let shown = folder.display();
        bail!(
            "数据目录 {shown} 由 PostgreSQL {made_by} 创建，本机是 {here}：请安装 postgresql-{made_by}，或用 DATA= 另选目录。 \
             The data folder {shown} was made by PostgreSQL {made_by}, and here is {here}: install \
             postgresql-{made_by}, or choose another folder with DATA=."
        );
    }
    Ok(())
}

fn check_space(folder: &Path) -> Result<()> {
    let needed = if folder.join(PGDATA).exists() { ANY_NEEDS } else { FRESH_NEEDS };
    let disk = rustix::fs::statvfs(folder).map_err(|cause| explain(cause.into(), folder))?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < needed { Err(full(folder, Some((free, needed)))) } else { Ok(()) }
}

/// The line for a full disk.
pub(crate) fn full(folder: &Path, known: Option<(u64, u64)>) -> Error {
    let shown = folder.display();
    let figures = known.map_or_else(String::new, |(free, needed)| {
        format!(" ({} MB / {} MB)", free >> 20, needed.div_ceil(1 << 20))
    });
    anyhow!(
        "数据目录 {shown} 所在的磁盘已满{figures}：请清理空间，或用 DATA= 另选目录。 \
         The disk that holds the data folder {shown} is full{figures}: free some space, or choose another folder \
         with DATA=."
    )
}

/// A failed step in the folder as one line that says what to do.
pub(crate) fn explain(cause: io::Error, folder: &Path) -> Error {
    let shown = folder.display();
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => full(folder, None),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => anyhow!(
            "当前用户无法写入数据目录 {shown}，请用 DATA= 另选目录。 \
             This user cannot write to the data folder {shown}: choose another with DATA=."
        ),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            anyhow!("{shown} 不是目录，请用 DATA= 另选。 {shown} is no folder: choose another with DATA=.")
        }
        _ => Error::new(cause).context(format!("cannot use the data folder {shown}")),
    }
}
