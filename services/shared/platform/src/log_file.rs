//! The lines of a process in a file of bounded size.

use std::fs::{File, OpenOptions, rename};
use std::io::{Result, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// A file is set aside when it is this long; the one set aside before goes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// A file that lines are added to; what is older is beside it, as `….1`.
pub(crate) struct LogFile {
    path: PathBuf,
    file: File,
    length: u64,
    longest: u64,
}

impl LogFile {
    /// Opens it, or makes it for nobody else to read.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        Self::bounded(path, LONGEST)
    }

    fn bounded(path: &Path, longest: u64) -> Result<Self> {
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), file, length, longest })
    }

    fn set_aside(&mut self) -> Result<()> {
        let mut name = self.path.clone().into_os_string();
        name.push(".1");
        rename(&self.path, name)?;
        *self = Self::bounded(&self.path, self.longest)?;
        Ok(())
    }
}

/// A line comes in one piece.
impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        if self.length > 0 && self.length + line.len() as u64 > self.longest {
            self.set_aside()?;
        }
        let written = self.file.write(line)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_the_one_before_it_are_all_there_is() {
        let folder = std::env::temp_dir().join(format!("banlian-lines-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("banlian.log");
        for n in 0..10 {
            // Each opened anew, as by one start after another.
            let mut file = LogFile::bounded(&path, 20).unwrap();
            file.write_all(format!("line {n}\n").as_bytes()).unwrap();
        }
        let read = |name| std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(
            (read("banlian.log"), read("banlian.log.1")),
            ("line 8\nline 9\n".into(), "line 6\nline 7\n".into())
        );
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
