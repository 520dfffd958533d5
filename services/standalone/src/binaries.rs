//! Where the servers' programs are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

/// The oldest PostgreSQL the migrations are written for.
pub(crate) const OLDEST: u32 = 15;

/// A folder with `postgres` and `initdb`, and their major version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostgresBinaries {
    pub(crate) folder: PathBuf,
    pub(crate) major: u32,
}

impl PostgresBinaries {
    /// The binaries for data of version `wanted` (any, if there is no data yet): the given folder, else the
    /// newest of Debian's that fits, else those on `PATH`.
    pub(crate) fn find(given: Option<&Path>, wanted: Option<u32>) -> Result<Self> {
        if let Some(folder) = given {
            return match Self::at(folder) {
                Some(found) if found.major >= OLDEST => Ok(found),
                Some(found) => bail!(
                    "{folder} 中是 PostgreSQL {major}，需要 {OLDEST} 或更新版本。 \
                     {folder} holds PostgreSQL {major}; {OLDEST} or newer is needed.",
                    folder = folder.display(),
                    major = found.major
                ),
                None => bail!(
                    "{folder} 中没有可用的 postgres 和 initdb，请更正该路径。 \
                     {folder} holds no working postgres and initdb: correct that path.",
                    folder = folder.display()
                ),
            };
        }
        let mut found = installed();
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        // On `PATH` is what the machine's keeper put there by hand; it fits as well as Debian's own.
        let suitable = found
            .iter()
            .find(|binaries| wanted.map_or(binaries.major >= OLDEST, |wanted| binaries.major == wanted))
            .or_else(|| found.first().filter(|binaries| binaries.major >= OLDEST));
        match suitable {
            Some(binaries) => Ok(binaries.clone()),
            None => bail!(
                "未安装 PostgreSQL {OLDEST} 或更新版本，请执行 apt-get install postgresql。 \
                 PostgreSQL {OLDEST} or newer is not installed: run `apt-get install postgresql`."
            ),
        }
    }

    fn at(folder: &Path) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let answer = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let major = major_of(&String::from_utf8_lossy(&answer.stdout))?;
        Some(Self { folder: folder.to_path_buf(), major })
    }

    pub(crate) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub(crate) fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }
}

/// All PostgreSQL binaries of this machine: Debian's folders, then `PATH`.
fn installed() -> Vec<PostgresBinaries> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    folders.extend(path_folders());
    folders.iter().filter_map(|folder| PostgresBinaries::at(folder)).collect()
}

/// A tool that must be there, by its name and Debian's package.
pub(crate) fn tool(name: &str, package: &str) -> Result<PathBuf> {
    let usual = ["/usr/bin", "/usr/sbin", "/bin", "/usr/local/bin"].map(PathBuf::from);
    let found =
        path_folders().into_iter().chain(usual).map(|folder| folder.join(name)).find(|path| path.is_file());
    match found {
        Some(path) => Ok(path),
        None => bail!(
            "缺少程序 {name}，请执行 apt-get install {package}。 \
             The program {name} is missing: run `apt-get install {package}`."
        ),
    }
}

fn path_folders() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)` → 15; also `17beta1` and `18devel`.
fn major_of(version: &str) -> Option<u32> {
    let (_, after) = version.split_once("(PostgreSQL) ")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18devel"), Some(18));
        assert_eq!(major_of("no such thing"), None);
    }

    #[test]
    fn a_missing_tool_is_named_with_its_package() {
        let message = tool("no-such-tool", "some-package").unwrap_err().to_string();
        assert!(message.contains("apt-get install some-package") && !message.contains('\n'), "{message}");
    }

    #[test]
    fn a_wrong_folder_is_named() {
        let message = PostgresBinaries::find(Some(Path::new("/nowhere")), None).unwrap_err().to_string();
        assert!(message.contains("/nowhere") && !message.contains('\n'), "{message}");
    }
}
