//! Every operation and every field: with no one signed in, with a foreign tenant's ids, and with malformed input.
//! `NotFound` or a coded error, never a fault of ours, a panic, or a hint that the thing exists.

mod hostile;
mod people;

pub(crate) use people::Places;

use crate::isolation::cases::{MUTATIONS, Names, OPERATIONS, QUERIES, fields_of, filled};
use crate::isolation::stage::{Answer, Stage};
use axum::Router;
use axum::body::Body;
use contract::{Door, Passports};
use http::{Request, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vocabulary::{Code, Principal};

/// The four services' routes, as another process would reach them.
pub(crate) struct Wire {
    routes: Router,
    passports: Passports,
}

impl Wire {
    pub(crate) fn of(stage: &Stage) -> Self {
        let passports = Passports::signing(stage.clock.clone(), &[7; 32]);
        let door = |audience| Door { passports: passports.clone(), audience };
        let (t, s, r, a) = stage.services();
        let routes = contract::tenancy::routes(t, door("tenancy"))
            .merge(contract::studios::routes(s, door("studios")))
            .merge(contract::resources::routes(r, door("resources")))
            .merge(contract::analytics::routes(a, door("analytics")));
        Self { routes, passports }
    }

    /// Sends a message to an operation under a principal.
    pub(crate) async fn send(&self, path: &str, principal: &Principal, body: String) -> Answer {
        let audience = path.split('/').nth(1).unwrap();
        let passport = self.passports.issue(principal, uuid::Uuid::nil(), audience).unwrap();
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header("banlian-passport", passport)
            .body(Body::from(body))
            .unwrap();
        let response = tower::ServiceExt::oneshot(self.routes.clone(), request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        Answer { status, json: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }
}

/// What was tried, and what went wrong.
#[derive(Default)]
pub(crate) struct Tried {
    pub(crate) count: usize,
    pub(crate) faults: Vec<String>,
}

impl Tried {
    fn check(&mut self, right: bool, text: impl FnOnce() -> String) {
        self.count += 1;
        if !right {
            self.faults.push(text());
        }
    }
}

/// A fault of ours, or none that has a code.
fn is_our_fault(answer: &Answer) -> bool {
    let code = answer.json["fault"]["code"].as_str();
    answer.status == StatusCode::INTERNAL_SERVER_ERROR
        || code == Some(Code::Internal.as_str())
        || (!answer.status.is_success() && code.is_none())
}

/// The lines of the table, once it names every operation there is and no other.
fn operations() -> Vec<(&'static str, &'static str)> {
    let lines = OPERATIONS.lines().filter(|line| !line.is_empty());
    let lines: Vec<(&str, &str)> = lines.map(|line| line.split_once(' ').unwrap()).collect();
    let all = [
        contract::tenancy::PATHS,
        contract::studios::PATHS,
        contract::resources::PATHS,
        contract::analytics::PATHS,
    ];
    let all: BTreeSet<&str> = all.concat().into_iter().collect();
    let named: BTreeSet<&str> = lines.iter().map(|(path, _)| *path).collect();
    assert_eq!(named, all, "every operation has a case, and every case is an operation");
    lines
}

fn fresh(names: &Names) -> Names {
    let mut names = names.clone();
    names.insert("key", json!(testkit::key()));
    names
}

/// Operations that answer somebody who has not signed in.
const OPEN: [&str; 5] = [
    "/tenancy/SignIn",
    "/tenancy/Resume",
    "/resources/ListDomains",
    "/tenancy/Template",
    "/studios/Template",
];

/// Every operation by nobody: asked to sign in.
pub(crate) async fn by_nobody(wire: &Wire, places: &Places, tried: &mut Tried) {
    for (path, message) in operations() {
        let body = filled(message, &fresh(&places.own)).to_string();
        let answer = wire.send(path, &Principal::anonymous(), body).await;
        let refused = answer.status == StatusCode::UNAUTHORIZED;
        tried.check(refused || (OPEN.contains(&path) && !is_our_fault(&answer)), || {
            format!("{path} by nobody: {} {}", answer.status, answer.json)
        });
    }
}

/// Every operation with a foreign tenant's ids, and with ids that nothing has: the answers are the same.
pub(crate) async fn with_foreign_ids(wire: &Wire, places: &Places, tried: &mut Tried) {
    for (path, message) in operations() {
        // Takes no id, and would end the caller's own session.
        if path == "/tenancy/SignOut" {
            continue;
        }
        for (role, principal) in &places.principals {
            let foreign =
                wire.send(path, principal, filled(message, &fresh(&places.foreign)).to_string()).await;
            let absent =
                wire.send(path, principal, filled(message, &fresh(&places.absent)).to_string()).await;
            let same = foreign.status == absent.status && places.alike(&foreign.json, &absent.json);
            // A file carries the moment in which it was made.
            let file = foreign.json.is_string() && absent.json.is_string() && foreign.status == absent.status;
            tried.check((same || file) && !is_our_fault(&foreign) && !is_our_fault(&absent), || {
                format!(
                    "{path} by {role}: a foreign id gives {} {}, an absent one {} {}",
                    foreign.status, foreign.json, absent.status, absent.json
                )
            });
        }
    }
}

/// Every operation with malformed input: each leaf of the message replaced in turn.
pub(crate) async fn with_malformed_input(wire: &Wire, places: &Places, tried: &mut Tried) {
    for (path, message) in operations() {
        let (role, principal) = places.writer();
        let good = filled(message, &fresh(&places.own));
        for (what, mut body) in hostile::messages(&good) {
            if let Some(key) = body.get_mut("idempotency_key").filter(|key| **key == good["idempotency_key"])
            {
                *key = json!(testkit::key());
            }
            let answer = wire.send(path, principal, body.to_string()).await;
            tried.check(!is_our_fault(&answer), || {
                format!("{path} by {role}, {what}: {} {}", answer.status, answer.json)
            });
        }
        for body in ["", "null", "[]", "{", "{\"a\":1}", "\u{0}"] {
            let answer = wire.send(path, principal, body.to_owned()).await;
            tried.check(!is_our_fault(&answer), || {
                format!("{path} with {body:?}: {} {}", answer.status, answer.json)
            });
        }
    }
}

fn gateway_fault(answer: &Answer) -> bool {
    answer.status.is_server_error()
        || answer.codes().iter().any(|code| *code == Code::Internal.as_str())
        || answer.json.is_null()
}

/// The documents of all fields: queries with their variables, mutations with their input.
fn documents(names: &Names) -> Vec<(&'static str, String, Value)> {
    let known: BTreeSet<String> = QUERIES.iter().map(|(field, ..)| (*field).to_owned()).collect();
    assert_eq!(known, fields_of("Query").into_iter().collect(), "every query has a case");
    let queries = QUERIES
        .iter()
        .map(|(field, document, variables)| (*field, (*document).to_owned(), filled(variables, names)));
    let mutations = MUTATIONS.iter().map(|case| {
        let field = case.field;
        let shape = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let document = format!(
            "mutation($input: {shape}!) {{ {field}(input: $input) {{ {} userErrors {{ code field messageEn params {{ name value }} }} }} }}",
            case.selection
        );
        let mut input = filled(case.input, names);
        input["idempotencyKey"] = json!(testkit::key());
        (field, document, json!({ "input": input }))
    });
    queries.chain(mutations).collect()
}

/// Fields that answer somebody who has not signed in, with nothing of anybody's.
const OPEN_FIELDS: [&str; 9] = [
    "me",
    "indicators",
    "standardEdition",
    "vocabularies",
    "periods",
    "roles",
    "errorCodes",
    "resourceDomains",
    "node",
];

/// Every field by nobody, with foreign and with absent ids, and malformed, through the gateway.
pub(crate) async fn fields(stage: &Stage, places: &Places, tried: &mut Tried) {
    for (field, document, variables) in documents(&places.own) {
        let answer = stage.ask(None, None, &document, variables).await;
        let refused = answer.codes().contains(&Code::Unauthenticated.as_str());
        let nothing = answer.json["data"].as_object().is_none_or(|data| data.values().all(Value::is_null));
        let open = OPEN_FIELDS.contains(&field);
        tried.check((refused && nothing || open) && !gateway_fault(&answer), || {
            format!("{field} by nobody: {} {}", answer.status, answer.json)
        });
    }
    for (token, hat, role) in &places.hats {
        let pairs = documents(&places.foreign).into_iter().zip(documents(&places.absent));
        for ((field, document, foreign), (_, _, absent)) in pairs {
            // These end or change the session that asks.
            if matches!(field, "signOut" | "changePassword") {
                continue;
            }
            let foreign = stage.ask(Some(token), Some(*hat), &document, foreign).await;
            let absent = stage.ask(Some(token), Some(*hat), &document, absent).await;
            let same = foreign.status == absent.status && places.alike(&foreign.json, &absent.json);
            tried.check(same && !gateway_fault(&foreign) && !gateway_fault(&absent), || {
                format!(
                    "{field} by {role}: a foreign id gives {}, an absent one {}",
                    foreign.json, absent.json
                )
            });
        }
    }
    let (token, hat, role) = &places.hats[0];
    for (field, document, variables) in documents(&places.own) {
        if matches!(field, "signOut" | "changePassword") {
            continue;
        }
        for (what, variables) in hostile::messages(&variables) {
            let answer = stage.ask(Some(token), Some(*hat), &document, variables).await;
            tried.check(!gateway_fault(&answer), || {
                format!("{field} by {role}, {what}: {} {}", answer.status, answer.json)
            });
        }
    }
}
