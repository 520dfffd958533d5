//! After execution: nulls for what failed, codes, the request's id, and nothing of the inside.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, PathSegment, Pos, Response, ServerError, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use vocabulary::{Code, Error, Fault, Kind};

/// The most errors that an answer shows.
pub(crate) const SHOWN: usize = 20;

/// In which language `message` is; both texts are in `extensions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// What the caller reads, by `Accept-Language`; Chinese where it does not say.
    pub(crate) fn of(headers: &http::HeaderMap) -> Self {
        let wanted = headers.get(http::header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        match wanted {
            Some(text) if text.trim_start().get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")) => {
                Self::English
            }
            _ => Self::Chinese,
        }
    }
}

/// A fault as the outside sees it.
pub(crate) fn shown(fault: &Fault, request_id: Uuid) -> Json {
    let mut json = json!({
        "code": fault.code.as_str(),
        "messageZh": fault.zh(),
        "messageEn": fault.en(),
        "requestId": request_id.to_string(),
    });
    if let Some(field) = &fault.field {
        json["field"] = json!(field);
    }
    if !fault.params.is_empty() {
        json["params"] = json!(fault.params);
    }
    json
}

fn graphql_error(fault: &Fault, request_id: Uuid, language: Language) -> Json {
    let message = match language {
        Language::Chinese => fault.zh(),
        Language::English => fault.en(),
    };
    json!({ "message": message, "extensions": shown(fault, request_id) })
}

/// Writes an error that is not the caller's to the log, with its private cause.
pub(crate) fn log(error: &Error, request_id: Uuid) {
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        let cause = error.cause().unwrap_or("");
        tracing::warn!(%request_id, code = %error.code(), cause, "request failed");
    }
}

/// The answer to a request that was not executed.
pub(crate) fn refusal(error: &Error, request_id: Uuid, language: Language) -> Json {
    log(error, request_id);
    let errors: Vec<Json> =
        error.faults().take(SHOWN).map(|fault| graphql_error(fault, request_id, language)).collect();
    json!({ "data": null, "errors": errors })
}

/// Our error behind the library's. What has no source was said by the library about the document; what has another
/// source than ours says nothing outside.
fn ours(error: &ServerError) -> Error {
    if let Some(known) = error.source::<Error>() {
        return known.clone();
    }
    match error.source {
        None => Error::new(Code::Document).with("reason", clipped(&error.message)),
        Some(_) => Error::internal(&error.message),
    }
}

/// The library repeats input in its messages: as much of it as helps.
fn clipped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// The answer to a request that was executed, and the codes in it.
pub(crate) fn finish(response: Response, request_id: Uuid, language: Language) -> (Json, Vec<Code>) {
    let Response { mut data, errors, .. } = response;
    for error in &errors {
        put_null(&mut data, &error.path);
    }
    let mut answer = json!({ "data": data.into_json().unwrap_or(Json::Null) });
    let mut codes = Vec::new();
    if !errors.is_empty() {
        let shown: Vec<Json> = errors
            .iter()
            .enumerate()
            .filter_map(|(index, error)| {
                let known = ours(error);
                if !codes.contains(&known.code()) {
                    codes.push(known.code());
                    log(&known, request_id);
                }
                (index < SHOWN).then(|| placed(graphql_error(known.fault(), request_id, language), error))
            })
            .collect();
        answer["errors"] = Json::Array(shown);
    }
    (answer, codes)
}

fn placed(mut json: Json, error: &ServerError) -> Json {
    let place = |pos: &Pos| json!({ "line": pos.line, "column": pos.column });
    if !error.locations.is_empty() {
        json["locations"] = error.locations.iter().map(place).collect();
    }
    if !error.path.is_empty() {
        json["path"] = json!(error.path);
    }
    json
}

/// Puts a null where a failed field was left out: the library leaves it out since 7.1, the specification wants null.
fn put_null(mut at: &mut Value, path: &[PathSegment]) {
    for segment in path {
        if let (PathSegment::Field(_), Value::Null) = (&segment, &at) {
            // An object of which nothing but failed fields was asked came out as null.
            *at = Value::Object(IndexMap::default());
        }
        at = match (segment, at) {
            (PathSegment::Field(name), Value::Object(fields)) => {
                fields.entry(Name::new(name)).or_insert(Value::Null)
            }
            (PathSegment::Index(index), Value::List(items)) => match items.get_mut(*index) {
                Some(item) => item,
                None => return,
            },
            _ => return,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> PathSegment {
        PathSegment::Field(name.into())
    }

    #[test]
    fn a_failed_field_is_null_again() {
        let data = json!({ "studio": { "name": "一", "members": [{ "id": 1 }, {}] }, "me": null });
        let mut value = Value::from_json(data).unwrap();
        put_null(&mut value, &[field("studio"), field("owner")]);
        put_null(&mut value, &[field("studio"), field("members"), PathSegment::Index(1), field("id")]);
        put_null(&mut value, &[field("studio"), field("members"), PathSegment::Index(7), field("id")]);
        put_null(&mut value, &[field("me"), field("sessions")]);
        put_null(&mut value, &[field("task"), PathSegment::Index(0), field("id")]);
        let expected = json!({
            "studio": { "name": "一", "members": [{ "id": 1 }, { "id": null }], "owner": null },
            "me": { "sessions": null },
            "task": null,
        });
        assert_eq!(value.into_json().unwrap(), expected);
    }

    #[test]
    fn what_is_not_ours_says_nothing_outside() {
        let id = Uuid::nil();
        let pos = Some(Pos::default());
        let strange =
            async_graphql::Error::new_with_source("column secret").into_server_error(Pos::default());
        let known = ServerError {
            source: Some(std::sync::Arc::new(Error::internal("secret"))),
            ..ServerError::new("secret", pos)
        };
        let document = ServerError::new("Unknown field \"x\"", pos);
        let response = Response::from_errors(vec![strange, known, document]);
        let (answer, codes) = finish(response, id, Language::English);
        assert!(!answer.to_string().contains("secret"), "{answer}");
        assert_eq!(codes, [Code::Internal, Code::Document]);
        assert_eq!(answer["errors"][2]["extensions"]["code"], "gateway.document");
    }

    #[test]
    fn no_more_than_twenty_errors_are_shown() {
        let many = (0..100).map(|_| ServerError::new("x", None)).collect();
        let (answer, _) = finish(Response::from_errors(many), Uuid::nil(), Language::Chinese);
        assert_eq!(answer["errors"].as_array().unwrap().len(), SHOWN);
    }
}
