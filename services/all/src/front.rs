//! What every process shows beside its routes: `/healthz`, `/readyz`, `/metrics`, and one line a request.

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::future::BoxFuture;
use platform::{Database, Lifecycle, Telemetry};
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tracing::Instrument as _;
use vocabulary::Code;

/// Tells whether what a process needs is there.
pub(crate) type Ready = Arc<dyn Fn() -> BoxFuture<'static, bool> + Send + Sync>;

/// Ready while all databases answer.
pub(crate) fn databases_answer(databases: Vec<Database>) -> Ready {
    Arc::new(move || {
        let databases = databases.clone();
        Box::pin(async move {
            for database in &databases {
                let asked = tokio::time::timeout(Duration::from_secs(2), database.ready()).await;
                if !matches!(asked, Ok(Ok(()))) {
                    return false;
                }
            }
            true
        })
    })
}

/// Ready while all services say that they are.
pub(crate) fn services_answer(http: reqwest::Client, bases: Vec<String>) -> Ready {
    Arc::new(move || {
        let (http, bases) = (http.clone(), bases.clone());
        Box::pin(async move {
            for base in &bases {
                let asked = http.get(format!("{base}/readyz")).timeout(Duration::from_secs(3)).send().await;
                if !asked.is_ok_and(|answer| answer.status().is_success()) {
                    return false;
                }
            }
            true
        })
    })
}

/// Routes have fixed names, of which there are few: each is kept for the life of the process.
fn route_name(request: &Request) -> &'static str {
    static NAMES: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let Some(path) = request.extensions().get::<MatchedPath>() else { return "other" };
    let mut names = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(name) = names.get(path.as_str()) {
        return name;
    }
    let name: &'static str = Box::leak(path.as_str().to_owned().into_boxed_str());
    names.insert(name);
    name
}

/// Who sends requests to a process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callers {
    /// Browsers and scripts: a trace begins here, whatever they say.
    Anyone,
    /// Our gateway: its trace goes on.
    Gateway,
}

async fn one_line(
    State((telemetry, callers)): State<(Telemetry, Callers)>,
    request: Request,
    next: Next,
) -> Response {
    let (route, method, start) = (route_name(&request), request.method().clone(), Instant::now());
    let span = tracing::info_span!("request", route, %method);
    if callers == Callers::Gateway {
        contract::continue_trace(&span, request.headers());
    }
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), start.elapsed());
    telemetry.request(route, status, took);
    let ms = format!("{:.1}", took.as_secs_f64() * 1000.0);
    let said = response.extensions();
    span.in_scope(|| {
        if let Some(noted) = said.get::<graphql::Noted>() {
            let codes: Vec<&str> = noted.codes.iter().map(|code| code.as_str()).collect();
            let document = noted.document.as_deref().unwrap_or("");
            let (asked, request_id) = (noted.asked, noted.request_id);
            tracing::info!(route, %method, status, ms, document, asked, ?codes, %request_id, "request");
        } else if let Some(contract::Served { request_id, code }) = said.get() {
            let (code, id) = (code.map(Code::as_str), request_id.map(tracing::field::display));
            tracing::info!(route, %method, status, ms, code, request_id = id, "request");
        } else {
            tracing::info!(route, %method, status, ms, "request");
        }
    });
    response
}

/// Adds the pages of the process and the request's line to its routes.
pub(crate) fn dressed(routes: Router, telemetry: &Telemetry, callers: Callers, ready: Ready) -> Router {
    let page = telemetry.clone();
    let metrics = move || async move {
        let text = HeaderValue::from_static("text/plain; version=0.0.4");
        match page.metrics_page() {
            Ok(page) => ([(axum::http::header::CONTENT_TYPE, text)], page).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    };
    let readyz = move || async move {
        if ready().await {
            (StatusCode::OK, "ready\n")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    };
    routes
        .layer(middleware::from_fn_with_state((telemetry.clone(), callers), one_line))
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
}

/// Serves until shutdown; requests in hand are answered.
pub(crate) fn listen(lifecycle: &Lifecycle, listener: TcpListener, routes: Router) {
    let stopping = lifecycle.clone();
    lifecycle.spawn_draining("listener", async move {
        let service = routes.into_make_service_with_connect_info::<std::net::SocketAddr>();
        let served = axum::serve(listener, service)
            .with_graceful_shutdown(async move { stopping.stopping().await })
            .await;
        if let Err(error) = served {
            tracing::error!(%error, "the listener ended");
        }
    });
}
