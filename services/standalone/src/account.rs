//! Which account of the operating system a server runs as.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// An account of the operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name, for messages.
    pub name: String,
    /// Its user number.
    pub uid: u32,
    /// Its first group's number.
    pub gid: u32,
    /// Its home folder.
    pub(crate) home: String,
}

impl Account {
    /// The account this program runs as.
    pub(crate) fn own() -> Self {
        let uid = rustix::process::geteuid().as_raw();
        let gid = rustix::process::getegid().as_raw();
        by_uid(uid).unwrap_or_else(|| Self { name: format!("uid {uid}"), uid, gid, home: String::new() })
    }
}

/// The account PostgreSQL runs as: the caller's own, but for the superuser `postgres`, else `nobody`
/// (PostgreSQL refuses to run as root).
pub fn database_account() -> Result<Account> {
    server_account("postgres")
}

/// The account a server runs as: the caller's own, but for the superuser `preferred`, else `nobody`.
pub(crate) fn server_account(preferred: &str) -> Result<Account> {
    if !is_superuser() {
        return Ok(Account::own());
    }
    for name in [preferred, "nobody"] {
        if let Some(found) = accounts()?.into_iter().find(|account| account.name == name && account.uid != 0)
        {
            return Ok(found);
        }
    }
    bail!(
        "缺少运行服务的系统账户：请执行 useradd --system {preferred}。 \
         There is no account to run the server as: run `useradd --system {preferred}`."
    )
}

/// Whether this program runs as root.
pub(crate) fn is_superuser() -> bool {
    rustix::process::geteuid().is_root()
}

/// The account's name for a message; the number where it has none.
pub(crate) fn name_of(uid: u32) -> String {
    by_uid(uid).map_or_else(|| format!("uid {uid}"), |account| account.name)
}

fn by_uid(uid: u32) -> Option<Account> {
    accounts().ok()?.into_iter().find(|account| account.uid == uid)
}

/// `/etc/passwd`, read as text: accounts of a directory service are not needed here, and the C library's
/// look-up is not to be had without `unsafe`.
fn accounts() -> Result<Vec<Account>> {
    let path = Path::new("/etc/passwd");
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.lines().filter_map(parse).collect())
}

fn parse(line: &str) -> Option<Account> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    let home = fields.nth(1)?.to_owned();
    Some(Account { name, uid, gid, home })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_passwd_is_an_account() {
        let account = parse("postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash");
        let expected =
            Account { name: "postgres".into(), uid: 101, gid: 104, home: "/var/lib/postgresql".into() };
        assert_eq!(account, Some(expected));
        assert_eq!(parse("+::::::"), None);
    }

    #[test]
    fn root_is_never_the_database_account() {
        assert_ne!(database_account().unwrap().uid, 0);
    }
}
