//! The services as processes of their own: the same program, told what to serve through its environment.

use crate::cli::{Part, TelemetryArgs};
use crate::services::name;
use anyhow::{Context as _, Result, bail};
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// The services' processes.
pub(crate) struct Children {
    children: Vec<(Part, Child)>,
    /// Where they listen, in the order tenancy, studios, resources, analytics.
    pub(crate) bases: Vec<String>,
}

const PARTS: [Part; 4] = [Part::Tenancy, Part::Studios, Part::Resources, Part::Analytics];

impl Children {
    /// Starts the four services and waits until they are ready.
    pub(crate) async fn start(
        urls: &[String; 4],
        redis: &str,
        passport_keys: &[String],
        telemetry: &TelemetryArgs,
        logs: &Path,
    ) -> Result<Self> {
        let program = std::env::current_exe().context("the program's own path")?;
        let mut started = Self { children: Vec::new(), bases: Vec::new() };
        for (part, url) in PARTS.into_iter().zip(urls) {
            // The child gets the listening socket itself, as its standard input: a port that was only looked up could be
            // somebody else's a moment later.
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let listen = listener.local_addr()?;
            // A child dies with this process, whichever way it ends.
            let mut command = Command::new("setpriv");
            command.args(["--pdeathsig", "TERM", "--"]).arg(&program).args(["serve", "--only", name(part)]);
            command
                .env("BANLIAN_LISTEN", listen.to_string())
                .env("BANLIAN_LISTEN_ON_STDIN", "true")
                .env("BANLIAN_DATABASE_URL", url)
                .env("BANLIAN_REDIS_URL", redis)
                .env("BANLIAN_PASSPORT_KEYS", passport_keys.join(","))
                .env("BANLIAN_LOG_FILE", logs.join(name(part)).with_extension("log"))
                .stdin(Stdio::from(OwnedFd::from(listener)))
                .process_group(0)
                .kill_on_drop(true);
            if let Some(log) = &telemetry.log {
                command.env("BANLIAN_LOG", log);
            }
            if let Some(endpoint) = &telemetry.otlp_endpoint {
                command.env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
            }
            let child = command.spawn().with_context(|| format!("{} does not start", name(part)))?;
            started.children.push((part, child));
            started.bases.push(format!("http://{listen}"));
        }
        started.wait_until_ready().await?;
        Ok(started)
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let http = contract::traced_client()?;
        for ((part, child), base) in self.children.iter_mut().zip(&self.bases) {
            let mut ready = false;
            for _ in 0..200 {
                if let Some(status) = child.try_wait()? {
                    bail!("{} ended at its start ({status}): see its messages above", name(*part));
                }
                let asked = http.get(format!("{base}/readyz")).timeout(Duration::from_secs(1)).send().await;
                if asked.is_ok_and(|answer| answer.status().is_success()) {
                    ready = true;
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            if !ready {
                bail!("{} is not ready after a while: see its messages above", name(*part));
            }
        }
        Ok(())
    }

    /// Resolves when one of them ends by itself, with its name.
    pub(crate) async fn one_ended(&mut self) -> &'static str {
        loop {
            for (part, child) in &mut self.children {
                if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
                    return name(*part);
                }
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Asks them to stop and waits.
    pub(crate) async fn stop(mut self) {
        for (_, child) in &self.children {
            if let Some(pid) = child.id() {
                let _ = std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status();
            }
        }
        for (_, child) in &mut self.children {
            if tokio::time::timeout(Duration::from_secs(20), child.wait()).await.is_err() {
                let _ = child.kill().await;
            }
        }
    }
}
