//! What every route of the gateway shares.

use crate::Clients;
use crate::Mode;
use crate::door::documents::Documents;
use crate::door::shape::Shape;
use crate::schema::Banlian;
use crate::session::Sessions;
use crate::web::Web;
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use std::net::SocketAddr;
use uuid::Uuid;
use vocabulary::{Call, Clock, Code};

/// The header with the request's id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many operations were asked of services; in development only.
const CALLS: HeaderName = HeaderName::from_static("x-banlian-calls");

/// What every route of the gateway shares.
pub(crate) struct Gate {
    pub(crate) schema: Banlian,
    pub(crate) shape: Shape,
    pub(crate) documents: Documents,
    pub(crate) sessions: Sessions,
    pub(crate) clients: Clients,
    pub(crate) mode: Mode,
    pub(crate) clock: Clock,
    pub(crate) web: Option<Web>,
    pub(crate) public_origins: Vec<String>,
    pub(crate) forwarded: bool,
}

/// What a request's line in the log may say: found in the response's extensions by the layer that writes it.
#[derive(Debug, Clone)]
pub struct Noted {
    /// The route's pattern, never a path with ids.
    pub route: &'static str,
    /// The request's id.
    pub request_id: Uuid,
    /// The known document's name.
    pub document: Option<String>,
    /// How many operations were asked of services.
    pub asked: u32,
    /// The codes of what went wrong.
    pub codes: Vec<Code>,
}

impl Noted {
    pub(crate) fn of(route: &'static str, call: &Call, document: Option<String>, codes: Vec<Code>) -> Self {
        Self { route, request_id: call.request_id, document, asked: call.asked(), codes }
    }
}

impl Gate {
    /// Puts the request's id on an answer, and in development how many operations it took.
    pub(crate) fn sign(&self, headers: &mut HeaderMap, call: &Call) {
        if let Ok(id) = HeaderValue::try_from(call.request_id.to_string()) {
            headers.insert(REQUEST_ID, id);
        }
        if self.mode.development {
            headers.insert(CALLS, HeaderValue::from(call.asked()));
        }
    }

    /// The network address that a request came from: the peer's, or, behind a proxy that is ours, what the proxy saw.
    pub(crate) fn source(&self, headers: &HeaderMap, extensions: &Extensions) -> String {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let seen = headers.get_all("x-forwarded-for").into_iter().next_back();
        let seen = seen.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
        let seen = seen.map(str::trim).and_then(|text| text.parse::<std::net::IpAddr>().ok());
        let seen = seen.filter(|_| self.forwarded).map(|address| address.to_string());
        seen.or(peer).unwrap_or_default()
    }
}
