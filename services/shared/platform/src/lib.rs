#![doc = include_str!("../README.md")]

mod audit;
mod changes;
mod consume;
mod database;
mod events;
pub mod imports;
mod lifecycle;
mod relay;
mod telemetry;
mod work;

pub use audit::{AuditLine, AuditWhich, list_audit};
pub use changes::{Change, Changes};
pub use consume::{Consumer, apply};
pub use database::{Database, Read};
pub use events::Event;
pub use lifecycle::Lifecycle;
pub use relay::{Relay, Sink, consume_stream};
pub use telemetry::{Telemetry, TelemetryOptions};
pub use work::{Begun, NewEvent, Work};

/// A database error as a fault of ours: what it said stays in the log.
pub fn database_error(error: sqlx::Error) -> vocabulary::Error {
    use vocabulary::{Code, Error};
    let code = match &error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
            Code::Unavailable
        }
        // The server is starting, stopping, or out of connections.
        sqlx::Error::Database(d)
            if d.code().is_some_and(|c| c.starts_with("57P") || c.starts_with("08") || c == "53300") =>
        {
            Code::Unavailable
        }
        sqlx::Error::Database(d) if d.code().is_some_and(|c| c == "57014") => Code::DeadlineExceeded,
        // Two changes met: the caller may send the same again.
        sqlx::Error::Database(d) if d.code().is_some_and(|c| c == "40001" || c == "40P01") => {
            Code::Unavailable
        }
        _ => Code::Internal,
    };
    Error::new(code).because(error)
}
