//! A private PostgreSQL.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use rustix::process::Signal;

use crate::account::{Account, database_account, is_superuser};
use crate::binaries::PostgresBinaries;
use crate::folder::{self, PGDATA, PGDATA_INIT};
use crate::guard::guarded;
use crate::keeper::{Failure, Keeper, Server};
use crate::lock::FolderLock;
use crate::server_log::ServerLog;
use crate::{Progress, leftovers, runtime, secret, silent};

/// The database's own superuser: for migrations and tests, never for a service.
pub const SUPERUSER: &str = "postgres";

/// Only a part of the socket's name: PostgreSQL listens on no network address.
const PORT: u16 = 5432;

/// How to run a private PostgreSQL.
#[derive(Clone)]
pub struct PostgresOptions {
    /// The data folder, chosen by [`crate::data_folder`].
    pub data: PathBuf,
    /// The folder of the socket; a short one of its own when not given.
    pub runtime: Option<PathBuf>,
    /// The folder of `postgres` and `initdb`; the newest that is installed when not given.
    pub binaries: Option<PathBuf>,
    /// Whether what is committed survives a power cut. Only tests, whose data nobody wants back, say no.
    pub durable: bool,
    /// Told of the steps that take seconds.
    pub progress: Progress,
}

impl PostgresOptions {
    /// Durable, with everything else found by itself.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), runtime: None, binaries: None, durable: true, progress: silent() }
    }
}

/// A running private PostgreSQL. It ends with the program; [`Postgres::stop`] ends it in good order.
pub struct Postgres {
    keeper: Keeper,
    facts: Facts,
}

struct Facts {
    socket_dir: PathBuf,
    password: String,
}

impl Postgres {
    /// Makes the database where there is none yet, starts it, and waits until it takes connections.
    pub async fn start(options: PostgresOptions) -> Result<Self> {
        let (keeper, facts) = Keeper::start(move || Cluster::prepare(options)).await?;
        Ok(Self { keeper, facts })
    }

    /// The folder of the unix socket.
    pub fn socket_dir(&self) -> &Path {
        &self.facts.socket_dir
    }

    /// A URL over the unix socket, as sqlx and libpq read it.
    pub fn url(&self, role: &str, password: &str, database: &str) -> String {
        url(&self.facts.socket_dir, role, password, database)
    }

    /// The superuser's URL.
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, &self.facts.password, database)
    }

    /// The postmaster's process; `None` while it is being started again.
    pub fn pid(&self) -> Option<u32> {
        self.keeper.pid()
    }

    /// Ends all sessions, writes the checkpoint and waits until the postmaster is gone.
    pub async fn stop(self) -> Result<()> {
        self.keeper.stop().await
    }
}

fn url(socket_dir: &Path, role: &str, password: &str, database: &str) -> String {
    let escaped = |text: &str| escape(text.as_bytes());
    format!(
        "postgres://{}:{}@localhost:{PORT}/{}?host={}&sslmode=disable",
        escaped(role),
        escaped(password),
        escaped(database),
        escape(socket_dir.as_os_str().as_encoded_bytes())
    )
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// A database cluster that is ours to run.
struct Cluster {
    binaries: PostgresBinaries,
    account: Account,
    data: PathBuf,
    runtime: PathBuf,
    password: String,
    durable: bool,
    progress: Progress,
    log: ServerLog,
    /// Held as long as the server may run.
    _lock: FolderLock,
}

impl Cluster {
    fn prepare(options: PostgresOptions) -> Result<Self> {
        let PostgresOptions { data, runtime, binaries, durable, progress } = options;
        let data = std::path::absolute(&data)?;
        let account = database_account()?;
        folder::open(&data, &account)?;
        let lock = FolderLock::take(&data, "postgres")?;
        folder::check_owner(&data, &account)?;
        let made_by = folder::version(&data)?;
        let binaries = PostgresBinaries::find(binaries.as_deref(), made_by)?;
        if let Some(made_by) = made_by {
            folder::same_version(&data, made_by, binaries.major)?;
        }
        let password_file = data.join("postgres.password");
        if made_by.is_some() && !password_file.exists() {
            let shown = password_file.display();
            bail!(
                "缺少数据库密码文件 {shown}：请恢复该文件，或执行 make reset 清除数据。 \
                 The database's password file {shown} is missing: restore it, or remove the data with make reset."
            );
        }
        let password = secret::kept_password(&password_file)?;
        let runtime = runtime::runtime_folder(runtime.as_deref(), &data, &account)?;
        let log = ServerLog::new(&data, "postgres");
        let cluster =
            Self { binaries, account, data, runtime, password, durable, progress, log, _lock: lock };
        if made_by.is_none() {
            cluster.initialise()?;
        }
        Ok(cluster)
    }

    fn pgdata(&self) -> PathBuf {
        self.data.join(PGDATA)
    }

    /// Makes the database beside its place and moves it there when it is whole.
    fn initialise(&self) -> Result<()> {
        (self.progress)(&format!(
            "正在创建数据库 creating the database (PostgreSQL {}) in {}",
            self.binaries.major,
            self.data.display()
        ));
        let place = self.pgdata();
        if place.exists() {
            let shown = place.display();
            bail!(
                "{shown} 不是完整的数据库：请将其移走，或执行 make reset 清除数据。 \
                 {shown} is no whole database: move it away, or remove the data with make reset."
            );
        }
        let fresh = self.data.join(PGDATA_INIT);
        if fresh.exists() {
            leftovers::end_all(&fresh, None);
            fs::remove_dir_all(&fresh).map_err(|cause| folder::explain(cause, &self.data))?;
        }
        runtime::make_private(&fresh, &self.account)?;
        let pwfile = self.runtime.join("initial.password");
        secret::write_private(&pwfile, &self.password, is_superuser().then_some(&self.account))?;
        let mut command = guarded(&self.binaries.initdb(), &self.account, "KILL")?;
        command.arg("--pgdata").arg(&fresh).arg("--pwfile").arg(&pwfile).args([
            "--username",
            SUPERUSER,
            "--auth=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]);
        if !self.durable {
            command.arg("--no-sync");
        }
        let answer = command.stdin(Stdio::null()).output();
        let _ = fs::remove_file(&pwfile);
        let answer = answer.context("cannot run initdb")?;
        if !answer.status.success() {
            let said = String::from_utf8_lossy(&answer.stderr).into_owned();
            let _ = fs::remove_dir_all(&fresh);
            return Err(self.explain(&said, "initdb"));
        }
        fs::rename(&fresh, &place).map_err(|cause| folder::explain(cause, &self.data))?;
        File::open(&self.data).and_then(|folder| folder.sync_all()).context("cannot write the data folder")
    }

    /// What a server's program said, as one line that says what to do.
    fn explain(&self, said: &str, program: &str) -> anyhow::Error {
        if said.contains("No space left on device") || said.contains("Disk quota exceeded") {
            return folder::full(&self.data, None);
        }
        let grave = ["FATAL:", "PANIC:", "error:"];
        let line = said
            .lines()
            .rev()
            .find(|line| grave.iter().any(|word| line.contains(word)))
            .or_else(|| said.lines().rev().find(|line| !line.trim().is_empty()))
            .unwrap_or("-")
            .trim();
        let log = self.log.path().display();
        anyhow!(
            "{program} 未能启动：{line}（日志 {log}）。 {program} did not start: {line} (its log is {log})."
        )
    }

    /// The postmaster's process and its state, from the file it keeps for this purpose.
    fn postmaster(&self) -> Option<(u32, String)> {
        let text = fs::read_to_string(self.pgdata().join("postmaster.pid")).ok()?;
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        Some((pid, lines.nth(6).unwrap_or_default().trim().to_owned()))
    }

    /// Under our lock nothing may run in the folder. Should the number in a dead postmaster's file be some other
    /// process's by now, PostgreSQL would refuse to start for as long as that lives: such a file goes.
    fn clear_leftovers(&self) {
        let pgdata = self.pgdata();
        leftovers::end_all(&pgdata, self.postmaster().map(|(pid, _)| pid));
        let here = pgdata.canonicalize().unwrap_or_else(|_| pgdata.clone());
        let socket_lock = self.runtime.join(format!(".s.PGSQL.{PORT}.lock"));
        for file in [pgdata.join("postmaster.pid"), socket_lock] {
            let pid = fs::read_to_string(&file)
                .ok()
                .and_then(|text| text.lines().next()?.trim().parse::<u32>().ok());
            let Some(pid) = pid.filter(|pid| Path::new(&format!("/proc/{pid}")).exists()) else { continue };
            if leftovers::working_in(&here).is_empty() && fs::remove_file(&file).is_ok() {
                tracing::info!(file = %file.display(), pid, "removed a dead postmaster's file, whose number lives on");
            }
        }
    }

    fn settings(&self) -> Vec<String> {
        let runtime = self.runtime.display();
        let mut settings = vec![
            "listen_addresses=".to_owned(),
            format!("unix_socket_directories=\"{}\"", runtime.to_string().replace('"', "\"\"")),
            "unix_socket_permissions=0700".into(),
            format!("port={PORT}"),
            "cluster_name=banlian".into(),
            "max_connections=200".into(),
            "shared_buffers=128MB".into(),
            // Short statements under row-level security: compiling them costs more than it saves.
            "jit=off".into(),
            "random_page_cost=1.1".into(),
            "timezone=UTC".into(),
            "log_timezone=UTC".into(),
            // The keeper reads the reasons of a failed start.
            "lc_messages=C".into(),
            "logging_collector=off".into(),
            "log_destination=stderr".into(),
            // Personal data stands in statements and in the DETAIL of a violated constraint: neither is logged.
            "log_error_verbosity=terse".into(),
            "log_min_error_statement=panic".into(),
            "log_statement=none".into(),
            "log_min_duration_statement=-1".into(),
        ];
        if self.durable {
            settings.push("fsync=on".into());
        } else {
            settings
                .extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(String::from));
        }
        settings
    }

    fn spawn(&mut self) -> Result<Child> {
        self.clear_leftovers();
        // /run and /tmp are emptied by the system now and then.
        runtime::make_private(&self.runtime, &self.account)?;
        let mut command = guarded(&self.binaries.postgres(), &self.account, "INT")?;
        command.arg("-D").arg(self.pgdata());
        for setting in self.settings() {
            command.arg("-c").arg(setting);
        }
        self.log.attach(&mut command)?;
        command.spawn().context("cannot start postgres")
    }
}

impl Server for Cluster {
    type Facts = Facts;
    const NAME: &'static str = "PostgreSQL";
    const STOP: &'static [(Signal, Duration)] =
        &[(Signal::INT, Duration::from_secs(20)), (Signal::QUIT, Duration::from_secs(10))];

    fn launch(&mut self) -> Result<Child, Failure> {
        self.spawn().map_err(Failure::Lasting)
    }

    fn ready(&mut self, pid: u32) -> bool {
        self.postmaster().is_some_and(|(postmaster, state)| postmaster == pid && state == "ready")
    }

    fn verdict(&mut self, _: ExitStatus) -> Failure {
        let said = self.log.said();
        let cause = self.explain(&said, Self::NAME);
        let passing = ["lock file", "pre-existing shared memory", "still in use", "Address already in use"];
        let full = said.contains("No space left on device");
        // One that said nothing was ended by somebody's signal.
        let silent = !said.contains("FATAL") && !said.contains("PANIC");
        if !full && (silent || passing.iter().any(|words| said.contains(words))) {
            Failure::Passing(cause)
        } else {
            Failure::Lasting(cause)
        }
    }

    fn progress(&self, line: &str) {
        (self.progress)(line);
    }

    fn facts(&self) -> Facts {
        Facts { socket_dir: self.runtime.clone(), password: self.password.clone() }
    }

    fn tidy(&mut self) {
        // Only if it is empty, and only if it is there.
        let _ = fs::remove_dir(&self.runtime);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_escape_what_is_not_plain() {
        let url = url(Path::new("/run/a b"), "studios", "p@ss/:?#%密", "banlian");
        assert_eq!(
            url,
            "postgres://studios:p%40ss%2F%3A%3F%23%25%E5%AF%86@localhost:5432/banlian?host=%2Frun%2Fa%20b&sslmode=disable"
        );
    }
}
