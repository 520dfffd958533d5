//! The door: plain functions around `Schema::execute`, never schema extensions (any of those, even an empty one,
//! costs 35–55 % CPU on every request).
//!
//! Order: origin → size → hash or parse → walk → who asks → execute → errors.

pub(crate) mod answer;
pub(crate) mod documents;
mod nesting;
pub(crate) mod origin;
pub(crate) mod shape;
pub(crate) mod walk;

use crate::gate::{Gate, Noted};
use answer::{Language, finish, log, refusal};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Value, Variables};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::Value as Json;
use std::sync::Arc;
use std::time::Duration;
use tracing::Instrument as _;
use vocabulary::{Call, Code, Error, Principal, Result};
use walk::{Limits, Walked, check_variables, walk};

/// How long an answer may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);
/// The longest body: a document and its variables.
const LONGEST_BODY: usize = 128 * 1024;
/// What a person may ask before they have changed a password that was given to them.
const BEFORE_CHANGE: [&str; 5] = ["me", "signIn", "signOut", "changePassword", "__typename"];

/// What a caller sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    query: Option<String>,
    document_id: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Json,
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    persisted_query: Option<PersistedQuery>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    sha256_hash: String,
}

/// A request that has passed the limits.
pub(crate) struct Prepared {
    /// For the schema.
    pub(crate) request: Request,
    /// What the walk saw.
    pub(crate) walked: Walked,
    /// The known document's name, for the log; others name themselves as they like, and are not named there.
    pub(crate) name: Option<String>,
}

/// Hash or parse, then walk.
pub(crate) fn prepare(gate: &Gate, asked: Asked) -> Result<Prepared> {
    let development = gate.mode.development;
    let mut variables = match asked.variables {
        Json::Null | Json::Object(_) => Variables::from_json(asked.variables),
        _ => return Err(Error::new(Code::Document).with("reason", "variables are an object")),
    };
    let hash = asked.document_id.or_else(|| Some(asked.extensions?.persisted_query?.sha256_hash));
    let known = match (&hash, &asked.query) {
        (_, Some(text)) if text.len() <= documents::LONGEST => gate.documents.with_text(text),
        (_, Some(_)) => None,
        (Some(hash), None) => Some(gate.documents.get(hash)?),
        (None, None) => {
            return Err(Error::new(Code::Document).with("reason", "no query and no documentId"));
        }
    };
    let (document, walked, name) = if let Some(known) = known {
        // Its cost was reckoned once, with every page at its largest.
        if let Some((_, operation)) = known.document.operations.iter().next() {
            check_variables(&gate.shape, &operation.node, &variables)?;
        }
        (known.document.clone(), known.walked.clone(), known.name.clone())
    } else {
        let document = documents::parse(asked.query.as_deref().unwrap_or_default())?;
        let limits = if development { Limits::KNOWN } else { Limits::OTHERS };
        let walked = match walk(&gate.shape, &document, &variables, limits) {
            Err(error) if development => {
                let about = walk(&gate.shape, &document, &variables, Limits::INTROSPECTION);
                about.ok().filter(Walked::introspection).ok_or(error)?
            }
            walked => walked?,
        };
        (document, walked, None)
    };
    let about_schema = |field: &String| field.starts_with("__") && field != "__typename";
    if !development && walked.root.iter().any(about_schema) {
        return Err(Error::new(Code::Document).with("reason", "introspection is for development"));
    }
    // The library leaves a variable's default out of sight of `@skip` and `@include`.
    if let Some((_, operation)) = document.operations.iter().next() {
        for definition in &operation.node.variable_definitions {
            if let Some(default) = &definition.node.default_value {
                let name = definition.node.name.node.clone();
                variables.entry(name).or_insert_with(|| Value::clone(&default.node));
            }
        }
    }
    let mut request = Request::new("").variables(variables);
    if let Some(wanted) = asked.operation_name {
        let there = document.operations.iter().any(|(name, _)| name.is_some_and(|name| *name == wanted));
        if !there {
            return Err(Error::new(Code::Document).with("reason", "no operation has this name"));
        }
    }
    if !development {
        request = request.disable_introspection();
    }
    request.set_parsed_query(document);
    Ok(Prepared { request, walked, name })
}

/// Whether a person who must change their password may ask this.
pub(crate) fn before_change(walked: &Walked) -> bool {
    walked.root.iter().all(|field| BEFORE_CHANGE.contains(&field.as_str()))
}

fn respond(status: StatusCode, answer: &Json, call: &Call, gate: &Gate) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, json, answer.to_string()).into_response();
    gate.sign(response.headers_mut(), call);
    response
}

fn refuse(status: StatusCode, error: &Error, call: &Call, headers: &HeaderMap, gate: &Gate) -> Response {
    let answer = refusal(error, call.request_id, Language::of(headers));
    let mut response = respond(status, &answer, call, gate);
    response.extensions_mut().insert(Noted::of("/graphql", call, None, vec![error.code()]));
    response
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// `POST /graphql`.
pub(crate) async fn post(State(gate): State<Arc<Gate>>, request: axum::extract::Request) -> Response {
    let call = Call::new(Principal::anonymous(), DEADLINE);
    let (parts, body) = request.into_parts();
    let headers = &parts.headers;
    if !is_json(headers) {
        let error = Error::new(Code::Document).with("reason", "send application/json");
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error, &call, headers, &gate);
    }
    if let Err(error) = origin::check(&gate, headers) {
        return refuse(StatusCode::FORBIDDEN, &error, &call, headers, &gate);
    }
    let asked = match read(body).await {
        Ok(asked) => asked,
        Err((status, error)) => return refuse(status, &error, &call, headers, &gate),
    };
    let source = gate.source(headers, &parts.extensions);
    let span =
        tracing::info_span!("graphql", request_id = %call.request_id, document = tracing::field::Empty);
    let work = execute(&gate, asked, headers, &source, call.clone()).instrument(span);
    // A timeout drops the work, and with it what it asked of services.
    match tokio::time::timeout(DEADLINE, work).await {
        Ok(response) => response,
        Err(_) => refuse(StatusCode::OK, &Error::new(Code::DeadlineExceeded), &call, headers, &gate),
    }
}

async fn read(body: Body) -> Result<Asked, (StatusCode, Error)> {
    let large = || {
        let limit = format!("body ≤ {} KiB", LONGEST_BODY / 1024);
        (StatusCode::PAYLOAD_TOO_LARGE, Error::new(Code::DocumentLimit).with("limit", limit))
    };
    let came = tokio::time::timeout(DEADLINE, to_bytes(body, LONGEST_BODY)).await;
    let slow = (StatusCode::REQUEST_TIMEOUT, Error::new(Code::DeadlineExceeded));
    let bytes = came.map_err(|_| slow)?.map_err(|_| large())?;
    let malformed =
        |reason: &str| (StatusCode::BAD_REQUEST, Error::new(Code::Document).with("reason", reason));
    // An array would be a batch.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(malformed("the body is one JSON object"));
    }
    serde_json::from_slice(&bytes).map_err(|_| malformed("the body is no request in JSON"))
}

async fn execute(gate: &Gate, asked: Asked, headers: &HeaderMap, source: &str, mut call: Call) -> Response {
    let Prepared { request, walked, name } = match prepare(gate, asked) {
        Ok(prepared) => prepared,
        Err(error) => return refuse(StatusCode::OK, &error, &call, headers, gate),
    };
    if let Some(name) = &name {
        tracing::Span::current().record("document", name);
    }
    if walked.kind == OperationType::Subscription {
        let error = Error::new(Code::Document).with("reason", "subscriptions go through /graphql/ws");
        return refuse(StatusCode::OK, &error, &call, headers, gate);
    }
    let identity = match gate.sessions.identify(headers, None, source).await {
        Ok(identity) => identity,
        Err(error) => return refuse(StatusCode::OK, &error, &call, headers, gate),
    };
    if identity.must_change_password() && !before_change(&walked) {
        let error = Error::new(Code::PasswordChangeRequired);
        return refuse(StatusCode::OK, &error, &call, headers, gate);
    }
    call.principal = identity.principal();
    let request = request.data(call.clone()).data(identity);
    let mut response = gate.schema.execute(request).await;
    let set = std::mem::take(&mut response.http_headers);
    let (answer, codes) = finish(response, call.request_id, Language::of(headers));
    let mut response = respond(StatusCode::OK, &answer, &call, gate);
    for (name, value) in &set {
        response.headers_mut().append(name.clone(), value.clone());
    }
    response.extensions_mut().insert(Noted::of("/graphql", &call, name, codes));
    response
}

/// `GET /graphql`: `GraphiQL` in development, nothing else ever.
pub(crate) async fn page(State(gate): State<Arc<Gate>>) -> Response {
    if !gate.mode.development {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    let page = async_graphql::http::GraphiQLSource::build()
        .endpoint("/graphql")
        .subscription_endpoint("/graphql/ws")
        .header(origin::CONSOLE, "1")
        .title("Banlian")
        .finish();
    axum::response::Html(page).into_response()
}

/// What a panic answers: an error of ours like any other, without its words.
pub(crate) fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let call = Call::new(Principal::anonymous(), DEADLINE);
    let error = Error::internal("a panic was caught");
    log(&error, call.request_id);
    let answer = refusal(&error, call.request_id, Language::Chinese);
    let mut response =
        (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "application/json")], answer.to_string())
            .into_response();
    let id = HeaderValue::try_from(call.request_id.to_string());
    response.headers_mut().extend(id.ok().map(|id| (crate::gate::REQUEST_ID, id)));
    response
}
