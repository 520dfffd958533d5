//! A private Redis, for the separate layout on one machine.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use rustix::process::Signal;

use crate::account::{Account, is_superuser, server_account};
use crate::binaries::tool;
use crate::folder;
use crate::guard::guarded;
use crate::keeper::{Failure, Keeper, Server};
use crate::lock::FolderLock;
use crate::server_log::ServerLog;
use crate::{Progress, leftovers, runtime, secret, silent};

/// The append-only file is rewritten at a start when it is bigger than this; before that it only grows.
const REWRITE_AT: &str = "64mb";

/// How to run a private Redis.
#[derive(Clone)]
pub struct RedisOptions {
    /// The data folder, chosen by [`crate::data_folder`].
    pub data: PathBuf,
    /// Its port on 127.0.0.1; a free one when not given.
    pub port: Option<u16>,
    /// Told of the steps that take seconds.
    pub progress: Progress,
}

impl RedisOptions {
    /// On a free port.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), port: None, progress: silent() }
    }
}

/// A running private Redis. It ends with the program; [`Redis::stop`] ends it in good order.
pub struct Redis {
    keeper: Keeper,
    port: u16,
    url: String,
}

impl Redis {
    /// Starts it on 127.0.0.1 with a password of its own, and waits until it answers.
    pub async fn start(options: RedisOptions) -> Result<Self> {
        let (keeper, (port, url)) = Keeper::start(move || Store::prepare(options)).await?;
        Ok(Self { keeper, port, url })
    }

    /// `redis://:password@127.0.0.1:port/`; also to be read in `redis.url` of the data folder.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its process; `None` while it is being started again.
    pub fn pid(&self) -> Option<u32> {
        self.keeper.pid()
    }

    /// Writes what is not on disk yet and waits until it is gone.
    pub async fn stop(self) -> Result<()> {
        self.keeper.stop().await
    }
}

struct Store {
    program: PathBuf,
    account: Account,
    data: PathBuf,
    password: String,
    /// The port asked for; no other will do.
    asked: Option<u16>,
    /// The port in use: the same after it died, since its address has been given out.
    port: u16,
    was_ready: bool,
    progress: Progress,
    log: ServerLog,
    _lock: FolderLock,
}

impl Store {
    fn prepare(options: RedisOptions) -> Result<Self> {
        let RedisOptions { data, port, progress } = options;
        let data = std::path::absolute(&data)?;
        let program = tool("redis-server", "redis-server")?;
        let account = server_account("redis")?;
        folder::open(&data, &account)?;
        let lock = FolderLock::take(&data, "redis")?;
        runtime::make_private(&data.join("redis"), &account)?;
        let password = secret::kept_password(&data.join("redis.password"))?;
        let log = ServerLog::new(&data, "redis");
        Ok(Self {
            program,
            account,
            data,
            password,
            asked: port,
            port: port.unwrap_or_default(),
            was_ready: false,
            progress,
            log,
            _lock: lock,
        })
    }

    fn folder(&self) -> PathBuf {
        self.data.join("redis")
    }

    fn url(&self) -> String {
        format!("redis://:{}@127.0.0.1:{}/", self.password, self.port)
    }

    /// The password stands in a file, because everybody may read a command line.
    fn configure(&self) -> Result<PathBuf> {
        let path = self.folder().join("redis.conf");
        let folder = self.folder();
        let folder = folder.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        let text = format!("dir \"{folder}\"\nrequirepass {}\n", self.password);
        secret::write_private(&path, &text, is_superuser().then_some(&self.account))?;
        Ok(path)
    }

    fn spawn(&mut self) -> Result<Child> {
        leftovers::end_all(&self.folder(), None);
        if self.asked.is_none() && !self.was_ready {
            self.port = free_port().context("there is no free port on 127.0.0.1")?;
        } else if let Err(cause) = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)) {
            return Err(taken(self.port, &cause));
        }
        let configuration = self.configure()?;
        let port = self.port.to_string();
        let mut command = guarded(&self.program, &self.account, "TERM")?;
        command
            .arg(configuration)
            .args(["--bind", "127.0.0.1", "--port", &port, "--daemonize", "no", "--save", ""])
            .args(["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"])
            .args(["--auto-aof-rewrite-min-size", REWRITE_AT]);
        self.log.attach(&mut command)?;
        command.spawn().context("cannot start redis-server")
    }

    /// `PING` with the password: an answer proves that it is ours, has read its file, and takes commands.
    fn ping(&self) -> std::io::Result<bool> {
        let patience = Duration::from_millis(500);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut connection = TcpStream::connect_timeout(&address, patience)?;
        connection.set_read_timeout(Some(patience))?;
        connection.set_write_timeout(Some(patience))?;
        connection.write_all(format!("AUTH {}\r\nPING\r\nQUIT\r\n", self.password).as_bytes())?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer.contains("+PONG"))
    }
}

impl Server for Store {
    type Facts = (u16, String);
    const NAME: &'static str = "Redis";
    const STOP: &'static [(Signal, Duration)] = &[(Signal::TERM, Duration::from_secs(20))];

    fn launch(&mut self) -> Result<Child, Failure> {
        // After its own crash its port is free again in a moment; one that somebody else has is not.
        self.spawn().map_err(if self.was_ready { Failure::Passing } else { Failure::Lasting })
    }

    fn ready(&mut self, _: u32) -> bool {
        let ready = self.ping().unwrap_or(false);
        if ready && !self.was_ready {
            self.was_ready = true;
            if let Err(cause) =
                secret::write_private(&self.data.join("redis.url"), &format!("{}\n", self.url()), None)
            {
                tracing::warn!(error = %cause, "the address of Redis could not be written down");
            }
        }
        ready
    }

    fn verdict(&mut self, status: ExitStatus) -> Failure {
        let said = self.log.said();
        if said.contains("No space left on device") {
            return Failure::Lasting(folder::full(&self.data, None));
        }
        let line = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("-").trim();
        let (log, name) = (self.log.path().display(), Self::NAME);
        let cause = anyhow!(
            "{name} 未能启动：{line}（{status}，日志 {log}）。 {name} did not start: {line} ({status}, its log is {log})."
        );
        // Somebody else may take a free port between our look and the start; the next attempt finds another.
        if said.contains("Address already in use") || said.trim().is_empty() {
            Failure::Passing(cause)
        } else {
            Failure::Lasting(cause)
        }
    }

    fn progress(&self, line: &str) {
        (self.progress)(line);
    }

    fn facts(&self) -> (u16, String) {
        (self.port, self.url())
    }

    fn tidy(&mut self) {
        let _ = fs::remove_file(self.data.join("redis.url"));
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn taken(port: u16, cause: &std::io::Error) -> Error {
    match cause.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "端口 {port} 已被其他程序占用，请另选端口。 \
             Port {port} on 127.0.0.1 is taken by another program: choose another one."
        ),
        _ => anyhow!("无法使用端口 {port}：{cause}。 Port {port} on 127.0.0.1 cannot be used: {cause}."),
    }
}
