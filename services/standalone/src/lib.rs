#![doc = include_str!("../README.md")]

mod account;
mod binaries;
mod folder;
mod guard;
mod keeper;
mod leftovers;
mod lock;
mod postgres;
mod redis;
mod reset;
mod runtime;
mod secret;
mod server_log;

use std::sync::Arc;

pub use account::{Account, database_account};
pub use folder::{chosen_folder, data_folder, enterable};
pub use postgres::{Postgres, PostgresOptions, SUPERUSER};
pub use redis::{Redis, RedisOptions};
pub use reset::reset;
pub use secret::kept_secret;

/// Told what a long step is doing, one line each; called from the thread that keeps the server.
pub type Progress = Arc<dyn Fn(&str) + Send + Sync>;

/// A [`Progress`] that tells nobody.
pub fn silent() -> Progress {
    Arc::new(|_| {})
}
