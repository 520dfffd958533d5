//! The console's files, and the headers that keep a page to itself.

use crate::gate::Gate;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::RngCore as _;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// What stands for the nonce in the built index page.
const PLACEHOLDER: &str = "__CSP_NONCE__";

/// The console's built files.
pub(crate) struct Web {
    files: ServeDir,
    index: PathBuf,
}

impl Web {
    /// The files of this folder, in their precompressed forms where there are such.
    pub(crate) fn new(folder: &std::path::Path) -> Self {
        let files = ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Self { files, index: folder.join("index.html") }
    }
}

/// Whether a path names a file rather than a page of the console. The build's files lie at the top and in `assets`; further
/// down a dot belongs to a page, such as a figure's: `/figures/{subject}/3.3.1.a`.
fn names_a_file(path: &str) -> bool {
    let below = path.trim_start_matches('/');
    let climbs = below.split('/').any(|part| part.to_ascii_lowercase().replace("%2e", ".") == "..");
    climbs || below.starts_with("assets/") || (!below.contains('/') && below.contains('.'))
}

/// Serves the console: its files, and the index page for every page that it makes itself.
pub(crate) async fn serve(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let Some(web) = &gate.web else { return StatusCode::NOT_FOUND.into_response() };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().to_owned();
    // The built index page is no file to fetch: its nonce is put in with each answer.
    if path == "/index.html" || path == "/index.html/" || !names_a_file(&path) {
        return index(web, &live_at(request.headers())).await;
    }
    match web.files.clone().oneshot(request).await {
        Ok(response) => {
            let mut response = response.map(Body::new);
            if response.status().is_success() {
                // The build names its assets by their content.
                let lasting = path.starts_with("/assets/");
                let value = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
            }
            response
        }
        Err(never) => match never {},
    }
}

fn nonce() -> String {
    let mut bytes = [0_u8; 18];
    rand::rng().fill_bytes(&mut bytes);
    STANDARD_NO_PAD.encode(bytes)
}

/// Where the page's live connection goes: not every browser takes `'self'` for a web socket.
fn live_at(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("");
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(plain) {
        String::new()
    } else {
        format!(" ws://{host} wss://{host}")
    }
}

async fn index(web: &Web, live: &str) -> Response {
    let Ok(page) = tokio::fs::read_to_string(&web.index).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let nonce = nonce();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{live}; manifest-src 'self'; \
         worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    );
    let mut response = axum::response::Html(page.replace(PLACEHOLDER, &nonce)).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Headers that every answer carries.
pub(crate) async fn secure(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let graphiql = gate.mode.development && request.uri().path() == "/graphql";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // GraphiQL fetches itself from elsewhere: it is a tool of development. Whatever is no page runs nothing.
    if !graphiql {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(nothing);
    }
    if gate.mode.tls {
        let lasting = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(lasting);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_files_are_told_apart() {
        for page in ["/", "/studios/studio_0190", "/people", "/a/b/", "/figures/organisation_0190/3.3.1.a"] {
            assert!(!names_a_file(page), "{page}");
        }
        for file in ["/icon.svg", "/assets/index-abc.js", "/assets/none", "/documents.json", "/../Cargo.toml"]
        {
            assert!(names_a_file(file), "{file}");
        }
        assert_ne!(nonce(), nonce());
    }
}
