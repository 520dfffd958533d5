//! Passwords and private files.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, chown};
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::account::Account;

/// A random password of 192 bits; hexadecimal, so that it needs no escaping anywhere.
pub(crate) fn password() -> String {
    let (high, low): (u128, u64) = rand::random();
    format!("{high:032x}{low:016x}")
}

/// Writes a file that only its owner reads, whole or not at all; `owner` is given only when it is another's.
pub(crate) fn write_private(path: &Path, text: &str, owner: Option<&Account>) -> Result<()> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
        file.write_all(text.as_bytes())?;
        if let Some(owner) = owner {
            chown(&fresh, Some(owner.uid), Some(owner.gid))?;
        }
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// The password kept in a file; made and kept when there is none.
pub(crate) fn kept_password(path: &Path) -> Result<String> {
    kept(path, password)
}

/// A secret of 256 bits kept in a file of mode 0600, as 64 hexadecimal digits; made, with its folder, when there is none.
pub fn kept_secret(path: &Path) -> Result<String> {
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    kept(path, || {
        let (high, low): (u128, u128) = rand::random();
        format!("{high:032x}{low:032x}")
    })
}

fn kept(path: &Path, make: impl FnOnce() -> String) -> Result<String> {
    match fs::read_to_string(path) {
        Ok(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        _ => {
            let fresh = make();
            write_private(path, &fresh, None)?;
            Ok(fresh)
        }
    }
}
