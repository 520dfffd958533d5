#![doc = include_str!("../README.md")]

mod audit;
mod changes;
mod consume;
mod counts;
mod database;
mod events;
pub mod imports;
mod lifecycle;
mod log_file;
mod relay;
mod telemetry;
mod trace;
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
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub fn database_error(error: sqlx::Error) -> vocabulary::Error {
    use vocabulary::{Code, Error};
    let code = match &error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
            Code::Unavailable
        }
        // The server is starting, stopping, or out of connections, memory or disk.
        sqlx::Error::Database(d)
            if d.code()
                .is_some_and(|c| c.starts_with("57P") || c.starts_with("08") || c.starts_with("53")) =>
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
    Error::new(code).because(told(&error))
}

/// What the log may hear of a database error: never a value. PostgreSQL quotes values in its messages on data
/// (class 22), a decoder what it could not read.
fn told(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(d) => {
            let code = d.code().unwrap_or_default();
            let message = if code.starts_with("22") { "data of a wrong form" } else { d.message() };
            format!("{code}: {message}")
        }
        sqlx::Error::ColumnDecode { index, .. } => format!("column {index} cannot be decoded"),
        sqlx::Error::Decode(_) => "a value cannot be decoded".to_owned(),
        sqlx::Error::Encode(_) => "a value cannot be encoded".to_owned(),
        other => other.to_string(),
    }
}

/// JSON that is not of the expected form, as a fault of ours: where, but not what, since that may be anybody's data.
pub fn json_error(error: &serde_json::Error) -> vocabulary::Error {
    vocabulary::Error::internal(format!("JSON of another form ({:?} error)", error.classify()))
}
