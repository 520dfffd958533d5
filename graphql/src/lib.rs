#![doc = include_str!("../README.md")]
#![expect(clippy::unused_async, reason = "the schema's macros want every resolver to be async")]

mod analytics;
mod ask;
mod catalogue;
mod clients;
mod connection;
mod door;
mod files;
mod gate;
mod levels;
mod live;
mod payload;
mod resources;
mod schema;
mod session;
mod studios;
mod tenancy;
mod web;

pub use clients::Clients;
pub use gate::Noted;
pub use schema::{federated_sdl, sdl};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use door::documents::Documents;
use door::shape::Shape;
use gate::Gate;
use platform::Changes;
use session::Sessions;
use std::path::PathBuf;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use vocabulary::{Clock, Result};
use web::Web;

/// How the gateway runs.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Options {
    /// Introspection, `GraphiQL`, the error registry, and any document under the limits of the known ones.
    pub development: bool,
    /// The folder of the console's built files; nothing is served where there is none.
    pub web: Option<PathBuf>,
    /// The console's documents: a JSON map from SHA-256 to text.
    pub documents: Option<PathBuf>,
    /// Origins beside the asked host from which the console may come: `https://banlian.example`.
    pub public_origins: Vec<String>,
    /// Whether browsers reach it by TLS, here or at a proxy.
    pub tls: bool,
    /// Whether the session's cookie is `__Host-` and `Secure`: browsers take it over TLS and from loopback.
    pub secure_cookies: bool,
    /// Whether a proxy that is ours stands before it, so that `X-Forwarded-For` tells where a request came from.
    pub forwarded: bool,
    /// The time.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            development: false,
            web: None,
            documents: None,
            public_origins: Vec::new(),
            tls: false,
            secure_cookies: true,
            forwarded: false,
            clock: Clock::system(),
        }
    }
}

/// What a resolver may know of how the gateway runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    pub(crate) development: bool,
    pub(crate) tls: bool,
}

/// The gateway's routes. Serve them with `into_make_service_with_connect_info::<SocketAddr>()`, so that a sign-in
/// knows where it came from. [`Noted`] is found in a response's extensions by the layer that logs a line a request.
pub fn router(clients: Clients, options: Options, changes: Changes) -> Result<Router> {
    let mode = Mode { development: options.development, tls: options.tls };
    let sessions = Sessions::new(clients.tenancy.clone(), options.secure_cookies);
    let schema = schema::builder()
        .data(clients.clone())
        .data(sessions.clone())
        .data(changes)
        .data(options.clock.clone())
        .data(mode)
        .finish();
    let shape = Shape::read(&schema.sdl())?;
    let documents = match &options.documents {
        Some(path) => Documents::read(path, &shape, &schema)?,
        None => Documents::default(),
    };
    tracing::info!(documents = documents.len(), development = mode.development, "gateway ready");
    let gate = Arc::new(Gate {
        schema,
        shape,
        documents,
        sessions,
        clients,
        mode,
        clock: options.clock,
        web: options.web.as_deref().map(Web::new),
        public_origins: options.public_origins,
        forwarded: options.forwarded,
    });
    Ok(Router::new()
        .route("/graphql", post(door::post).get(door::page))
        .route("/graphql/ws", get(live::upgrade))
        .merge(files::routes())
        .fallback(web::serve)
        .layer(CatchPanicLayer::custom(door::panicked))
        .layer(from_fn_with_state(Arc::clone(&gate), web::secure))
        .with_state(gate))
}
