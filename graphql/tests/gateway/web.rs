//! The console's files.

use crate::world::World;
use crate::{gateway, options, request, send};
use axum::body::Body;
use axum::http::StatusCode;
use graphql::Options;
use std::path::PathBuf;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("banlian-web-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        let page = "<script nonce=\"__CSP_NONCE__\" src=\"/assets/a.js\"></script><style nonce=\"__CSP_NONCE__\"></style>";
        for (name, text) in [
            ("index.html", page),
            ("assets/a.js", "plain"),
            ("assets/a.js.br", "brotli"),
            ("icon.svg", "<svg/>"),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn pages_get_a_nonce_of_their_own_and_missing_files_are_missing() {
    let folder = Folder::new();
    let gateway = gateway(&World::new(1), Options { web: Some(folder.0.clone()), ..options() });
    let mut nonces = Vec::new();
    for path in ["/", "/studios/studio_1", "/index.html"] {
        let answer = send(&gateway, request("GET", path, "").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let page = String::from_utf8(answer.body).unwrap();
        assert_eq!(page.matches(&format!("nonce=\"{nonce}\"")).count(), 2, "{page}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(
            policy.contains("connect-src 'self' ws://banlian.example wss://banlian.example;"),
            "{policy}"
        );
        assert_eq!(answer.headers["cache-control"], "no-store");
        nonces.push(nonce);
    }
    nonces.dedup();
    assert_eq!(nonces.len(), 3);
    for path in [
        "/assets/none.js",
        "/none.js",
        "/assets/none",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/documents.json",
    ] {
        let answer = send(&gateway, request("GET", path, "").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let asset = request("GET", "/assets/a.js", "").header("accept-encoding", "br, gzip").body(Body::empty());
    let asset = send(&gateway, asset.unwrap()).await;
    assert_eq!(
        (asset.body.as_slice(), &asset.headers["content-encoding"]),
        (b"brotli".as_slice(), &"br".parse().unwrap())
    );
    assert!(asset.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(asset.headers["x-content-type-options"], "nosniff");
    let plain = send(&gateway, request("GET", "/assets/a.js", "").body(Body::empty()).unwrap()).await;
    assert_eq!(plain.body, b"plain");
    let post = send(&gateway, request("POST", "/", "").body(Body::empty()).unwrap()).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}
