//! 20,000 malformed and mutated documents: no 5xx, no panic, each answered in under 100 ms.

use crate::calls::{Values, documents};
use crate::world::World;
use crate::{gateway, options, repeated, request, send};
use axum::Router;
use axum::body::Body;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const MANY: usize = 20_000;
const LONGEST: Duration = Duration::from_millis(100);

/// What a mutation puts in.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "$",
    "@",
    "...",
    "=",
    "|",
    "&",
    "\"",
    "\"\"\"",
    "#",
    ",",
    "\\",
    "\u{0}",
    "\u{feff}",
    "班",
    "\u{202e}",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "on",
    "null",
    "true",
    "-1",
    "0",
    "99999999999999999999999999",
    "1e999",
    "-0.0",
    "$a",
    "$first",
    "@skip(if:true)",
    "@include(if:$nope)",
    "@deprecated",
    "__typename",
    "__schema",
    "__type(name:\"Query\")",
    "_entities",
    "_service{sdl}",
    "...f",
    "...on Query",
    "fragment f on Query{...f}",
    "first:0",
    "first:-5",
    "first:2147483648",
    "id:\"\"",
    "id:1",
    "id:{a:1}",
    "id:[[[]]]",
    "nodes",
    "studios",
    "figures(period:\"2025\")",
    "period:\"9999\"",
    "input:{}",
    "ID",
    "Nope",
    "[Nope!]!",
    "($a:[Nope!]=[1])",
    "($a:Int=\"x\")",
    "($a:OrganisationFilterInput={kind:NOPE})",
    "metric:\"\\u0000\"",
    "after:\"AAAA\"",
    "asOf:\"2026-02-30\"",
    "asOf:\"-262144-01-01\"",
    "\\uD800",
    "\r",
    "\n",
    "\t",
    "\u{2028}",
];

/// A document taken apart roughly where GraphQL would.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    for c in text.chars() {
        let word = c.is_alphanumeric() || c == '_';
        let last = tokens.last().and_then(|token| token.chars().last());
        let goes_on = word && last.is_some_and(|last| last.is_alphanumeric() || last == '_');
        if goes_on {
            if let Some(token) = tokens.last_mut() {
                token.push(c);
            }
        } else {
            tokens.push(c.to_string());
        }
    }
    tokens
}

/// A document that stays one in most cases: a field twice, an alias, a directive, a fragment around everything.
fn bent(rng: &mut StdRng, text: &str) -> String {
    let mut tokens = tokens(text);
    for _ in 0..rng.random_range(1..=3) {
        let words: Vec<usize> = (1..tokens.len())
            .filter(|at| {
                tokens[*at].chars().all(|c| c.is_ascii_lowercase())
                    && ["{", "}", " "].contains(&tokens[at - 1].as_str())
            })
            .collect();
        let Some(&at) = words.choose(rng) else { break };
        let word = tokens[at].clone();
        match rng.random_range(0..4) {
            0 => tokens[at] = format!("x{}:{word}", rng.random_range(0..3)),
            1 => tokens[at] = format!("{word}@include(if:{})", rng.random_bool(0.5)),
            2 => tokens[at] = format!("...{{__typename}} {word}"),
            _ => tokens[at] = format!("{word} {word}"),
        }
    }
    tokens.concat()
}

fn mutated(rng: &mut StdRng, text: &str) -> String {
    let mut tokens = tokens(text);
    for _ in 0..rng.random_range(1..=8) {
        let at = rng.random_range(0..tokens.len());
        match rng.random_range(0..7) {
            0 => (*TOKENS.choose(rng).unwrap()).clone_into(&mut tokens[at]),
            1 => tokens.insert(at, (*TOKENS.choose(rng).unwrap()).to_owned()),
            2 if tokens.len() > 1 => {
                tokens.remove(at);
            }
            3 => {
                let other = rng.random_range(0..tokens.len());
                tokens.swap(at, other);
            }
            4 => {
                let token = tokens[at].clone();
                let many = rng.random_range(1..200);
                tokens.splice(at..at, std::iter::repeat_n(token, many));
            }
            5 => {
                let end = rng.random_range(at..tokens.len());
                let part = tokens[at..=end].to_vec();
                tokens.splice(at..at, part);
            }
            _ => tokens.truncate(at.max(1)),
        }
    }
    let mut text = tokens.concat();
    while text.len() > 40_000 {
        text.pop();
    }
    text
}

/// Documents made to be hard.
fn hostile(rng: &mut StdRng) -> String {
    let many = rng.random_range(2..600);
    match rng.random_range(0..9) {
        0 => "{a".repeat(many * 8),
        1 => format!("{{a(x:{}", "[".repeat(many * 16)),
        2 => format!("query($a:{}Int{}){{__typename}}", "[".repeat(many), "]".repeat(many)),
        3 => format!("{{me{{{}}}}}", repeated(many, |n| format!("a{n}:name "))),
        4 => {
            let levels = many % 40;
            let mut text = "{...f0}".to_owned();
            for n in 0..levels {
                write!(text, "fragment f{n} on Query{{...f{0} ...f{0} me{{id}}}}", n + 1).unwrap();
            }
            text + &format!("fragment f{levels} on Query{{me{{id}}}}")
        }
        5 => repeated(many, |n| format!("query q{n}{{me{{id}}}}")),
        6 => format!(
            "{{studios(filter:{}{}){{totalCount}}}}",
            "{search:".repeat(many % 60),
            "}".repeat(many % 60)
        ),
        7 => format!("query({}){{__typename}}", repeated(many, |n| format!("$v{n}:Int "))),
        _ => format!("{{me{{id {}}}}}", "@skip(if:false)".repeat(many)),
    }
}

/// Variables: the right ones, the right ones with one changed, or none that fit.
fn variables(rng: &mut StdRng, right: &Value) -> Value {
    let mut variables = right.clone();
    let strange = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!("\u{0}"),
        json!([1, [2, { "a": null }]]),
        json!({ "a": {} }),
        json!(vec![1; 300]),
        json!("organisation_x"),
        json!("9999-99-99"),
        json!("x".repeat(5_000)),
    ];
    match rng.random_range(0..8) {
        0 => json!([1, 2]),
        1 => json!("text"),
        2 => Value::Null,
        3 => {
            let fields = variables.as_object_mut().unwrap();
            let names: Vec<String> = fields.keys().cloned().collect();
            if let Some(name) = names.choose(rng) {
                fields.insert(name.clone(), strange.choose(rng).unwrap().clone());
            }
            variables
        }
        _ => variables,
    }
}

/// Bodies, some of which are no request.
fn body(rng: &mut StdRng, text: &str, right: &Value) -> String {
    let good = json!({ "query": text, "variables": variables(rng, right) }).to_string();
    match rng.random_range(0..24) {
        0 => {
            let mut end = rng.random_range(0..good.len());
            while !good.is_char_boundary(end) {
                end -= 1;
            }
            good[..end].to_owned()
        }
        1 => format!("[{good},{good}]"),
        2 => json!({ "documentId": text, "operationName": "\u{0}" }).to_string(),
        3 => json!({ "query": text, "operationName": "Overview", "extensions": { "persistedQuery": 5 } })
            .to_string(),
        4 => format!("{{\"query\":{}", "[".repeat(5_000)),
        5 => json!({ "query": { "a": 1 } }).to_string(),
        _ => good,
    }
}

/// How long an answer takes. Somebody else may hold the processor for a moment: the best of a few tries counts.
async fn tried(gateway: &Router, body: &str) -> (Duration, bool) {
    let mut best = Duration::MAX;
    let mut ran = false;
    for _ in 0..5 {
        let start = Instant::now();
        let request = request("POST", "/graphql", "officer").body(Body::from(body.to_owned())).unwrap();
        let answer = send(gateway, request).await;
        best = best.min(start.elapsed());
        assert!(!answer.status.is_server_error(), "{}: {body}", answer.status);
        assert!(answer.headers.contains_key("x-request-id"), "{body}");
        ran = answer.json()["data"].is_object();
        for error in answer.json()["errors"].as_array().into_iter().flatten() {
            let code = error["extensions"]["code"].as_str().unwrap();
            assert!(code != "platform.internal", "{error} {body}");
        }
        if best < LONGEST / 5 {
            break;
        }
    }
    (best, ran)
}

#[tokio::test]
async fn malformed_documents_are_answered_at_once_and_never_with_a_fault_of_ours() {
    let (sources, values) = (documents(), Values::new());
    let gateway = gateway(&World::new(3), options());
    let mut rng = StdRng::seed_from_u64(20_260_518);
    let mut slowest = (Duration::ZERO, String::new());
    let mut executed = 0;
    for _ in 0..MANY {
        let source = sources.choose(&mut rng).unwrap();
        let kind = ["organisation", "studio", "task"].choose(&mut rng).map(|kind| (*kind).to_owned());
        let (_, right) = values.variables(source, 20, &kind.into_iter().collect::<Vec<_>>());
        let text = match rng.random_range(0..8) {
            0 => hostile(&mut rng),
            1..=3 => bent(&mut rng, source),
            _ => mutated(&mut rng, source),
        };
        let body = body(&mut rng, &text, &right);
        let (took, ran) = tried(&gateway, &body).await;
        executed += usize::from(ran);
        if took > slowest.0 {
            slowest = (took, body);
        }
    }
    println!(
        "executed: {executed}, slowest: {:?} {}",
        slowest.0,
        slowest.1.chars().take(300).collect::<String>()
    );
    assert!(executed > MANY / 10, "the mutations should leave some documents alive: {executed}");
    assert!(slowest.0 < LONGEST, "{:?}: {}", slowest.0, slowest.1);
}
