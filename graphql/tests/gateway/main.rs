//! The gateway over services that answer from memory.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod door;
mod files;
mod live;
mod malformed;
mod session;
mod web;
mod world;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use graphql::Options;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;
use vocabulary::Clock;
use world::World;

/// The time of every test.
fn clock() -> Clock {
    Clock::fixed("2026-05-18T02:00:00Z".parse().unwrap())
}

fn options() -> Options {
    Options { clock: clock(), ..Options::default() }
}

fn gateway(world: &Arc<World>, options: Options) -> Router {
    graphql::router(world.clients(), options, platform::Changes::default()).unwrap()
}

/// An answer, read.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// The codes of its errors.
    fn codes(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap().to_owned()).collect()
    }
}

async fn send(gateway: &Router, request: Request<Body>) -> Answer {
    let response = gateway.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A request as the console sends it, with a session cookie.
fn request(method: &str, path: &str, token: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "banlian.example")
        .header("content-type", "application/json")
        .header("banlian-console", "1")
        .header("cookie", format!("other=1; __Host-banlian={token}"))
}

/// Texts made of numbers, one after the other.
fn repeated(many: usize, text: impl Fn(usize) -> String) -> String {
    (0..many).map(text).collect::<Vec<_>>().concat()
}

async fn post(gateway: &Router, body: &Value) -> Answer {
    send(gateway, request("POST", "/graphql", "officer").body(Body::from(body.to_string())).unwrap()).await
}

async fn ask(gateway: &Router, query: &str) -> Answer {
    post(gateway, &json!({ "query": query })).await
}
