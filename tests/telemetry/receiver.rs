//! A collector: takes traces as OTLP over HTTP and keeps what it got.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use prost::Message as _;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A span as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub(crate) process: String,
    pub(crate) name: String,
    pub(crate) trace: Vec<u8>,
    pub(crate) id: Vec<u8>,
    pub(crate) parent: Vec<u8>,
    pub(crate) links: Vec<Vec<u8>>,
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Span {
    /// An attribute, empty where there is none.
    pub(crate) fn says(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }
}

#[derive(Default)]
struct Got {
    spans: Vec<Span>,
    raw: Vec<Bytes>,
}

/// The collector.
#[derive(Clone)]
pub(crate) struct Receiver {
    got: Arc<Mutex<Got>>,
    pub(crate) address: String,
}

fn text(attribute: KeyValue) -> (String, String) {
    let value = attribute.value.and_then(|value| value.value);
    let value = match value {
        Some(any_value::Value::StringValue(text)) => text,
        other => format!("{other:?}"),
    };
    (attribute.key, value)
}

fn spans(request: ExportTraceServiceRequest) -> Vec<Span> {
    let mut spans = Vec::new();
    for of_process in request.resource_spans {
        let resource = of_process.resource.unwrap_or_default();
        let about: BTreeMap<String, String> = resource.attributes.into_iter().map(text).collect();
        for span in of_process.scope_spans.into_iter().flat_map(|scope| scope.spans) {
            spans.push(Span {
                process: about["service.name"].clone(),
                name: span.name,
                trace: span.trace_id,
                id: span.span_id,
                parent: span.parent_span_id,
                links: span.links.into_iter().map(|link| link.span_id).collect(),
                attributes: span.attributes.into_iter().map(text).collect(),
            });
        }
    }
    spans
}

async fn take(State(got): State<Arc<Mutex<Got>>>, body: Bytes) {
    let request = ExportTraceServiceRequest::decode(body.clone()).unwrap();
    let mut got = got.lock().unwrap();
    got.spans.extend(spans(request));
    got.raw.push(body);
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let got = Arc::<Mutex<Got>>::default();
        let routes = Router::new()
            .route("/v1/traces", post(take))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&got));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "the collector ends with the test")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { got, address }
    }

    /// Every span so far.
    pub(crate) fn spans(&self) -> Vec<Span> {
        self.got.lock().unwrap().spans.clone()
    }

    /// Every byte so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.got.lock().unwrap().raw.concat()
    }
}
