#![doc = include_str!("../README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::return_self_not_must_use,
    reason = "a test fails by panicking"
)]

mod browser;
mod inside;

pub use browser::{Answer, Browser};
pub use inside::{alive, signal, working_in};

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Which parts run in which process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One process.
    AllInOne,
    /// Five, with Redis.
    Separate,
}

impl Layout {
    /// Both, for tests that run in each.
    pub const BOTH: [Layout; 2] = [Layout::AllInOne, Layout::Separate];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Layout::AllInOne => "all-in-one",
            Layout::Separate => "separate",
        }
    }
}

/// An account that the program told about at its start.
#[derive(Debug, Clone)]
pub struct Account {
    /// Account name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// The running program with a data folder of its own.
pub struct Program {
    child: Child,
    data: PathBuf,
    layout: Layout,
    /// Where it answers: `http://127.0.0.1:…`.
    pub address: String,
    /// The accounts it told about.
    pub accounts: Vec<Account>,
    lines: Receiver<String>,
}

/// The built program beside the tests.
pub fn binary() -> PathBuf {
    let own = std::env::current_exe().expect("the test's own path");
    let folder = own.ancestors().find(|folder| folder.join("banlian").is_file());
    folder.expect("banlian is built: cargo build --workspace --bin banlian").join("banlian")
}

/// A fresh folder that the database's user can enter.
pub fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("banlian-{name}-{}", uuid::Uuid::now_v7().simple()))
}

/// The TLS provider of the HTTP client, once a process.
pub fn provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

impl Program {
    /// Starts it on a fresh folder with the small network (`small`) or nothing but the first bureau (`none`).
    pub fn start(layout: Layout, scale: &str) -> Self {
        Self::start_in(&folder(layout.word()), layout, scale, &[])
    }

    /// Starts it on a folder, with further arguments and environment.
    pub fn start_in(data: &Path, layout: Layout, scale: &str, environment: &[(&str, &str)]) -> Self {
        Self::start_telling(data, layout, scale, environment, Stdio::inherit())
    }

    /// Starts it with its errors going somewhere else than to the terminal.
    pub fn start_telling(
        data: &Path,
        layout: Layout,
        scale: &str,
        environment: &[(&str, &str)],
        errors: impl Into<Stdio>,
    ) -> Self {
        provider();
        let mut command = Command::new(binary());
        command
            .args([
                "up",
                "--port",
                "0",
                "--development",
                "--layout",
                layout.word(),
                "--scale",
                scale,
                "--data",
            ])
            .arg(data);
        command.env_remove("OTEL_EXPORTER_OTLP_ENDPOINT").envs(environment.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().expect("the program starts");
        let out = child.stdout.take().expect("its output");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut program = Self {
            child,
            data: data.to_owned(),
            layout,
            address: String::new(),
            accounts: Vec::new(),
            lines,
        };
        program.read_welcome();
        program
    }

    fn read_welcome(&mut self) {
        let end = Instant::now() + Duration::from_mins(3);
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(at) = line.find("http://") {
                        line[at..].trim().clone_into(&mut self.address);
                    } else if let Some(account) = line.strip_prefix("  ").filter(|_| !self.address.is_empty())
                    {
                        let mut words = account.split_whitespace();
                        let (login, password) =
                            (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
                        self.accounts.push(Account { login, password });
                    }
                    if line.contains("Ctrl-C") {
                        return;
                    }
                    seen.push(line);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("the program did not start: {seen:#?}")
                }
            }
        }
    }

    /// The layout it runs in.
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it told the terminal since it was ready.
    pub fn said(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    /// Waits until it has ended by itself; gives its folder and whether it called that a success.
    pub fn ended(mut self, within: Duration) -> (PathBuf, bool) {
        let end = Instant::now() + within;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return (std::mem::take(&mut self.data), status.success());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the program has not ended within {within:?}");
    }

    /// An account it told about.
    pub fn account(&self, login: &str) -> &Account {
        self.accounts
            .iter()
            .find(|account| account.login == login)
            .unwrap_or_else(|| panic!("no account {login}"))
    }

    /// A browser signed in as this account.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let account = self.account(login);
        Browser::signed_in(&self.address, &account.login, &account.password).await
    }

    /// Kills it without warning and waits until it is gone; the folder stays.
    pub fn kill(mut self) -> PathBuf {
        let _ = self.child.kill();
        let _ = self.child.wait();
        std::mem::take(&mut self.data)
    }

    /// Asks it to stop and waits; the folder stays. Gives how long it took.
    pub fn stop(mut self) -> (PathBuf, Duration) {
        let start = Instant::now();
        self.end();
        (std::mem::take(&mut self.data), start.elapsed())
    }

    fn end(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        for _ in 0..600 {
            if self.child.try_wait().is_ok_and(|status| status.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        panic!("the program did not stop within 30 s");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.data.as_os_str().is_empty() {
            return;
        }
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            self.end();
        }
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
