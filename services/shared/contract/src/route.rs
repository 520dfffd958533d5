//! The one route: takes every operation of a service from another process.

use crate::remote::{DEADLINE, PASSPORT};
use crate::{Operation, Passports, Serves as _, continue_trace};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument as _, Span};
use uuid::Uuid;
use vocabulary::{Call, Code, Error, Kind, Result};

/// What a service's routes need to know a caller.
#[derive(Clone)]
pub struct Door {
    /// Verifies the gateway's passports.
    pub passports: Passports,
    /// The service's own name: the audience that a passport must name.
    pub audience: &'static str,
}

/// The longest deadline that a caller may ask for.
const LONGEST: Duration = Duration::from_mins(2);
/// The longest message: a file of 20 MB in base64, and what goes with it.
pub const LONGEST_BODY: usize = 32 * 1024 * 1024;

/// What a request's line in the log may say: found in the response's extensions by the layer that writes it.
#[derive(Debug, Clone)]
pub struct Served {
    /// The request's id, where the passport told it.
    pub request_id: Option<Uuid>,
    /// What went wrong.
    pub code: Option<Code>,
}

const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Limited => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn answer<O: Operation>(
    service: &O::Service,
    door: &Door,
    headers: &HeaderMap,
    body: &Bytes,
    asked_as: &mut Option<Uuid>,
) -> Result<Vec<u8>> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let passport = header(PASSPORT).ok_or_else(|| Error::new(Code::Unauthenticated))?;
    let (principal, request_id) = door.passports.verify(passport, door.audience)?;
    *asked_as = Some(request_id);
    let left =
        header(DEADLINE).and_then(|ms| ms.parse().ok()).map_or(LONGEST, Duration::from_millis).min(LONGEST);
    let call = Call::new(principal, left).with_request_id(request_id);
    let request: O = serde_json::from_slice(body)
        .map_err(|error| Error::new(Code::InvalidValue).because(malformed(O::PATH, &error)))?;
    let asked_in = Span::current();
    let span = tracing::info_span!("serve", operation = O::PATH, %request_id);
    // The process's own span of the request has taken the trace up, where there is one.
    if asked_in.is_none() {
        continue_trace(&span, headers);
    }
    let reply = tokio::time::timeout(left, service.serve(&call, request)).instrument(span.clone()).await;
    let reply = reply.unwrap_or_else(|_| Err(Error::new(Code::DeadlineExceeded)));
    if let Err(error) = &reply {
        // The private cause is logged here, in the process where it happened, and goes no further.
        let (operation, cause) = (O::PATH, error.cause().unwrap_or(""));
        span.in_scope(
            || tracing::info!(operation, %request_id, code = %error.code(), cause, "operation refused"),
        );
    }
    serde_json::to_vec(&reply?).map_err(Error::internal)
}

/// Takes an operation from the wire, serves it, and sends the reply or the typed error back.
pub async fn serve<O: Operation>(
    State((service, door)): State<(Arc<O::Service>, Door)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
    let mut served = Served { request_id: None, code: None };
    let mut response = match answer::<O>(&service, &door, &headers, &body, &mut served.request_id).await {
        Ok(bytes) => (json, bytes).into_response(),
        Err(error) => {
            served.code = Some(error.code());
            (status(error.kind()), json, serde_json::to_vec(&error).unwrap_or_default()).into_response()
        }
    };
    response.extensions_mut().insert(served);
    response
}

/// Where JSON is not of the expected form. What the decoder says besides would quote it, and that may be anybody's data.
pub(crate) fn malformed(path: &str, error: &serde_json::Error) -> String {
    format!("{path}: JSON of another form at line {}, column {}", error.line(), error.column())
}

/// What an error of a code that we do not know, from a newer service, means for the caller.
pub(crate) const fn by_status(status: StatusCode) -> Code {
    match status {
        StatusCode::UNAUTHORIZED => Code::Unauthenticated,
        StatusCode::FORBIDDEN => Code::Forbidden,
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::UNPROCESSABLE_ENTITY => Code::InvalidValue,
        StatusCode::CONFLICT => Code::Stale,
        StatusCode::INTERNAL_SERVER_ERROR => Code::Internal,
        _ => Code::Unavailable,
    }
}
