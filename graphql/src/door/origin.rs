//! Requests that change something come from the console itself, or from a script that says so.

use crate::gate::Gate;
use axum::http::{HeaderMap, header};
use vocabulary::{Code, Error, Result};

/// The header that a foreign site cannot send without being asked first, and is never allowed to.
pub(crate) const CONSOLE: &str = "banlian-console";

/// The console's header is there, and the origin, where one is named, is our own.
pub(crate) fn check(gate: &Gate, headers: &HeaderMap) -> Result<()> {
    if headers.get(CONSOLE).is_none_or(|value| value != "1") {
        return Err(Error::new(Code::Origin));
    }
    own(gate, headers)
}

/// The origin, where one is named, is our own: the host that was asked, or one that the configuration names.
pub(crate) fn own(gate: &Gate, headers: &HeaderMap) -> Result<()> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = origin.to_str().unwrap_or("");
    let host = text(header::HOST).unwrap_or("");
    let named = origin.split_once("://").map(|(_, named)| named);
    let same = !host.is_empty() && named.is_some_and(|named| named.eq_ignore_ascii_case(host));
    let configured = gate.public_origins.iter().any(|known| known.eq_ignore_ascii_case(origin));
    if same || configured { Ok(()) } else { Err(Error::new(Code::Origin)) }
}
