//! What a test may see of a running program from the machine's side: its processes, its database, its Redis.

use crate::{Program, binary};
use sqlx::{Connection as _, PgConnection};
use std::path::Path;

/// Whether a process runs; one that has ended and only waits for its parent to notice does not.
pub fn alive(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'))
}

/// Sends a signal to a process, which may be gone already.
pub fn signal(pid: u32, signal: rustix::process::Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn parent_of(pid: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

/// The processes whose working folder is this one or lies in it.
pub fn working_in(folder: &Path) -> Vec<u32> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let inside =
        |pid: &u32| std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(&folder));
    processes().filter(inside).filter(|pid| alive(*pid)).collect()
}

impl Program {
    /// The processes that run the built program: its own, and one for each service in the separate layout.
    pub fn processes(&self) -> Vec<u32> {
        let ours = binary().canonicalize().expect("the program's path");
        let runs_it = |pid: &u32| std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == ours);
        let of_it = |pid: &u32| *pid == self.pid() || parent_of(*pid) == Some(self.pid());
        processes().filter(of_it).filter(runs_it).collect()
    }

    /// The process of one service in the separate layout.
    pub fn service(&self, name: &str) -> u32 {
        let serves = |pid: &u32| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0).any(|word| word == name.as_bytes())
        };
        self.processes().into_iter().find(serves).unwrap_or_else(|| panic!("no process of {name}"))
    }

    /// Where every process answers: the program itself, and each service.
    pub fn addresses(&self) -> Vec<String> {
        let listens = |pid: u32| {
            let environment = std::fs::read(format!("/proc/{pid}/environ")).ok()?;
            let mut words = environment.split(|byte| *byte == 0);
            let listen = words.find_map(|word| word.strip_prefix(b"BANLIAN_LISTEN="))?;
            Some(format!("http://{}", String::from_utf8_lossy(listen)))
        };
        let services = self.processes().into_iter().filter(|pid| *pid != self.pid()).filter_map(listens);
        std::iter::once(self.address.clone()).chain(services).collect()
    }

    /// The postmaster's process.
    pub fn postmaster(&self) -> u32 {
        self.postmaster_line(0).parse().expect("its number")
    }

    fn postmaster_line(&self, n: usize) -> String {
        let file = self.data().join("pgdata/postmaster.pid");
        let text = std::fs::read_to_string(&file).expect("the database runs");
        text.lines().nth(n).unwrap_or_default().trim().to_owned()
    }

    /// Its database's URL under a role with its password.
    fn database_url(&self, role: &str, password: &str) -> String {
        let socket = self.postmaster_line(4).replace('/', "%2F");
        format!("postgres://{role}:{password}@localhost/banlian?host={socket}")
    }

    /// Its database's URL under the role of a service.
    pub fn service_database(&self, service: &str) -> String {
        let secret = self.data().join("secrets").join(service);
        let password = std::fs::read_to_string(secret).expect("the role's password");
        self.database_url(&format!("banlian_{service}"), password.trim())
    }

    /// Its database, past every lock.
    pub async fn superuser(&self) -> PgConnection {
        let password = std::fs::read_to_string(self.data().join("postgres.password")).expect("its password");
        PgConnection::connect(&self.database_url("postgres", password.trim()))
            .await
            .expect("its database answers")
    }

    /// Its Redis, in the separate layout.
    pub fn redis_url(&self) -> String {
        std::fs::read_to_string(self.data().join("redis.url")).expect("Redis runs").trim().to_owned()
    }
}
