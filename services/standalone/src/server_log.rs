//! A server's log: what it said since its last start tells why it ended.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::folder;

/// Put aside at a start when it has grown beyond this; one old one is kept.
const LIMIT: u64 = 16 << 20;

pub(crate) struct ServerLog {
    path: PathBuf,
    /// Where this start's lines begin.
    begin: u64,
}

impl ServerLog {
    pub(crate) fn new(data: &Path, server: &str) -> Self {
        Self { path: data.join(format!("{server}.log")), begin: 0 }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the command write here. The file is opened by us, so the server needs no right to it.
    pub(crate) fn attach(&mut self, command: &mut Command) -> Result<()> {
        if fs::metadata(&self.path).is_ok_and(|found| found.len() > LIMIT) {
            let _ = fs::rename(&self.path, self.path.with_extension("log.1"));
        }
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path);
        let file = file.map_err(|cause| folder::explain(cause, &self.path))?;
        self.begin = file.metadata().map_or(0, |found| found.len());
        let errors = file.try_clone().context("cannot write the server's log")?;
        command.stdin(Stdio::null()).stdout(Stdio::from(file)).stderr(Stdio::from(errors));
        Ok(())
    }

    /// What was said since the last start.
    pub(crate) fn said(&self) -> String {
        let mut said = Vec::new();
        if let Ok(mut log) = File::open(&self.path) {
            let _ = log.seek(SeekFrom::Start(self.begin)).and_then(|_| log.read_to_end(&mut said));
        }
        String::from_utf8_lossy(&said).into_owned()
    }
}
