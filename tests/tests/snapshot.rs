//! Checked-in files that a test rebuilds and compares; `UPDATE=1` writes them anew.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    reason = "each test binary uses what it needs, and fails by panicking"
)]

use std::path::{Path, PathBuf};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// Compares a text with a file of the project.
#[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
pub(crate) fn compare(file: &str, text: &str) {
    let path = root().join(file);
    if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        std::fs::write(&path, text).expect("the file is written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != text {
        let differing = kept.lines().zip(text.lines()).enumerate().find(|(_, (a, b))| a != b);
        panic!(
            "{file} is not what the code makes (UPDATE=1 writes it anew); first difference: {differing:?}, {} and {} lines",
            kept.lines().count(),
            text.lines().count()
        );
    }
}
