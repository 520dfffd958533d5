//! Files beside GraphQL: spreadsheets in and out, under the same session and the same checks.

mod exports;
mod imports;

use crate::door::answer::{log, shown};
use crate::door::origin;
use crate::gate::{Gate, Noted};
use axum::Router;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use vocabulary::{Call, Code, Error, FileBytes, Kind, Principal, Result};

/// How long a file may take to be made or taken in.
const DEADLINE: Duration = Duration::from_mins(1);
/// How many files are taken in or made at once: each is held whole.
static TURNS: Semaphore = Semaphore::const_new(4);
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The routes.
pub(crate) fn routes() -> Router<Arc<Gate>> {
    Router::new()
        .route("/files/imports/{service}/{kind}", post(imports::start))
        .route("/files/templates/{service}/{file}", get(imports::template))
        .route("/files/errors/{service}/{file}", get(imports::errors))
        .route("/files/exports/{file}", get(exports::export))
}

/// A service that takes spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Service {
    Tenancy,
    Studios,
}

/// A word of the address as one of the contract's words; whatever else is not there.
fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text))
        .map_err(|_| Error::new(Code::NotFound))
}

/// The name of a file without `.xlsx`.
fn stem(file: &str) -> Result<&str> {
    file.strip_suffix(".xlsx").ok_or_else(|| Error::new(Code::NotFound))
}

/// Who asks, once the request has passed the door's checks.
async fn enter(gate: &Gate, headers: &HeaderMap, extensions: &Extensions, hat: Option<&str>) -> Result<Call> {
    let identity = gate.sessions.identify(headers, hat, &gate.source(headers, extensions)).await?;
    if identity.must_change_password() {
        return Err(Error::new(Code::PasswordChangeRequired));
    }
    if identity.resumed().is_none() {
        return Err(Error::new(Code::Unauthenticated));
    }
    let mut call = Call::new(Principal::anonymous(), DEADLINE);
    call.principal = identity.principal();
    Ok(call)
}

const fn status(error: &Error) -> StatusCode {
    match (error.kind(), error.code()) {
        (_, Code::ImportTooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        (Kind::Unauthenticated, _) => StatusCode::UNAUTHORIZED,
        (Kind::Forbidden, _) => StatusCode::FORBIDDEN,
        (Kind::NotFound, _) => StatusCode::NOT_FOUND,
        (Kind::Invalid, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (Kind::Conflict, _) => StatusCode::CONFLICT,
        (Kind::Limited, _) => StatusCode::TOO_MANY_REQUESTS,
        (Kind::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Kind::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a route gives: a file, or JSON.
enum Given {
    Json(Json),
    File { bytes: FileBytes, ascii: String, name: String },
}

/// The answer of a route, with the request's id; a fault is JSON: the first fault's parts, and all of them as `errors`.
fn answer(gate: &Gate, route: &'static str, call: Option<&Call>, given: Result<Given>) -> Response {
    let nobody = Call::new(Principal::anonymous(), DEADLINE);
    let call = call.unwrap_or(&nobody);
    let mut codes = Vec::new();
    let mut response = match given {
        Ok(Given::Json(json)) => json_answer(StatusCode::OK, &json),
        Ok(Given::File { bytes, ascii, name }) => file_answer(bytes, &ascii, &name),
        Err(error) => {
            log(&error, call.request_id);
            codes.push(error.code());
            let mut json = shown(error.fault(), call.request_id);
            json["errors"] = error.faults().take(20).map(|fault| shown(fault, call.request_id)).collect();
            json_answer(status(&error), &json)
        }
    };
    gate.sign(response.headers_mut(), call);
    response.extensions_mut().insert(Noted::of(route, call, None, codes));
    response
}

fn json_answer(status: StatusCode, json: &Json) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, json.to_string()).into_response()
}

fn file_answer(bytes: FileBytes, ascii: &str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", encoded(name));
    let mut response = (StatusCode::OK, bytes.0).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(XLSX));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::try_from(disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A name by RFC 5987.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::with_capacity(name.len() * 3), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// A request that changes something names the console, or is refused.
fn ours(gate: &Gate, headers: &HeaderMap) -> Result<()> {
    origin::check(gate, headers)
}

/// An import as GraphQL would show it.
fn job(job: &vocabulary::ImportJob) -> Json {
    json!({
        "id": job.id,
        "kind": job.kind,
        "fileName": job.file_name,
        "dryRun": job.dry_run,
        "state": async_graphql::InputType::to_value(&job.state).into_json().unwrap_or_default(),
        "rows": job.rows,
        "rowsDone": job.rows_done,
        "created": job.created,
        "changed": job.changed,
        "unchanged": job.unchanged,
        "faults": job.faults,
        "problemZh": job.problem_zh,
        "problemEn": job.problem_en,
        "askedAt": job.asked_at,
        "endedAt": job.ended_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_and_words_are_the_contracts() {
        assert_eq!(encoded("机构 a.xlsx"), "%E6%9C%BA%E6%9E%84%20a.xlsx");
        assert_eq!(word::<Service>("tenancy").unwrap(), Service::Tenancy);
        assert_eq!(
            word::<contract::studios::ImportKind>("plan_items").unwrap(),
            contract::studios::ImportKind::PlanItems
        );
        assert_eq!(word::<Service>("nope").unwrap_err().code(), Code::NotFound);
        assert!(stem("a.xls").is_err());
    }
}
