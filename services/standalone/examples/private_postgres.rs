//! A private PostgreSQL on a data folder, until this program ends:
//! `cargo run -p standalone --example private_postgres -- /tmp/some-folder`, then `psql` with the printed URL.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use standalone::{Postgres, PostgresOptions, Redis, RedisOptions};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    // Before anything is said to be ready, since whoever hears that may interrupt at once.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut arguments = std::env::args_os().skip(1);
    let data = PathBuf::from(arguments.next().context("name a data folder")?);
    let with_redis = arguments.next().is_some_and(|word| word == "redis");
    let progress = Arc::new(|line: &str| {
        let _ = writeln!(std::io::stderr(), "{line}");
    });
    let postgres = Postgres::start(PostgresOptions { progress, ..PostgresOptions::new(&data) }).await?;
    let mut told = std::io::stdout();
    writeln!(told, "{}", postgres.superuser_url("postgres"))?;
    let redis = if with_redis { Some(Redis::start(RedisOptions::new(&data)).await?) } else { None };
    if let Some(redis) = &redis {
        writeln!(told, "{}", redis.url())?;
    }
    writeln!(told, "ready {}", postgres.pid().unwrap_or_default())?;
    told.flush()?;
    interrupt.recv().await;
    if let Some(redis) = redis {
        redis.stop().await?;
    }
    postgres.stop().await
}
