//! One program on one data folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A killed program's lock goes away with it, a moment after its parent has seen it end.
const PATIENCE: Duration = Duration::from_secs(1);

/// An exclusive `flock`, let go when dropped or when the program ends, however it ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes `data/<server>.lock`, or says who has it.
    pub(crate) fn take(data: &Path, server: &str) -> Result<Self> {
        let path = data.join(format!("{server}.lock"));
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    thread::sleep(Duration::from_millis(50));
                }
                Err(TryLockError::WouldBlock) => {
                    let holder = fs::read_to_string(&path).unwrap_or_default();
                    let (data, holder) = (data.display(), holder.trim());
                    bail!(
                        "数据目录 {data} 正被另一个班联程序（进程 {holder}）使用，请先停止它，或用 DATA= 另选目录。 \
                         The data folder {data} is in use by another Banlian (process {holder}): \
                         stop that one first, or choose another folder with DATA=."
                    );
                }
                Err(TryLockError::Error(cause)) => {
                    return Err(cause).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
        let pid = std::process::id();
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{pid}"))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { _file: file })
    }
}
