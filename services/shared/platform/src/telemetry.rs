//! Logs, traces and metrics of a process. Never personal data in any of them.

use crate::log_file::LogFile;
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use prometheus::{Encoder as _, TextEncoder};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;
use tracing_subscriber::filter::{FilterExt as _, LevelFilter, dynamic_filter_fn, filter_fn};
use tracing_subscriber::layer::{Filter, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};
use vocabulary::{Error, Result};

/// What is told, and where to.
#[derive(Debug, Clone, Default)]
pub struct TelemetryOptions {
    /// The process's name in traces.
    pub process: String,
    /// An OTLP/HTTP endpoint (`http://127.0.0.1:4318`); traces stay here where none is given.
    pub otlp_endpoint: Option<String>,
    /// What is logged: a level, or a filter such as `studios=debug,info`. Where none is given: `info`, of which the
    /// terminal sees only warnings when there is a file.
    pub log: Option<String>,
    /// A file for the lines, besides the terminal.
    pub log_file: Option<PathBuf>,
}

/// The process's telemetry; dropped last.
#[derive(Clone)]
pub struct Telemetry {
    registry: prometheus::Registry,
    traces: Option<SdkTracerProvider>,
    _metrics: SdkMeterProvider,
    requests: Counter<u64>,
    seconds: Histogram<f64>,
}

impl Telemetry {
    /// Starts it. To be called once in a process.
    pub fn start(options: &TelemetryOptions) -> Result<Self> {
        opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
        let resource = Resource::builder().with_service_name(format!("banlian-{}", options.process)).build();
        let traces = options
            .otlp_endpoint
            .as_ref()
            .map(|endpoint| exporter(endpoint, resource.clone()))
            .transpose()?;
        let spans = traces.as_ref().map(|provider| {
            tracing_opentelemetry::layer()
                .with_tracer(provider.tracer("banlian"))
                .with_filter(EnvFilter::new(SPANS))
        });
        let wanted = options.log.as_deref().filter(|wanted| !wanted.is_empty());
        let seen = wanted.unwrap_or_else(|| if options.log_file.is_some() { "warn" } else { "info" });
        // Where every layer takes a line always, the library does not ask again, and goes by what was left from asking
        // about something else: sqlx asks whether it may log after every statement, and the next line was lost
        // (tokio-rs/tracing#2519). A filter that wants to be asked each time mends that.
        let asked = dynamic_filter_fn(|_, _| true).with_max_level_hint(LevelFilter::TRACE);
        let terminal = lines().with_writer(std::io::stderr).with_filter(filter(seen)?.and(asked));
        let file = match &options.log_file {
            Some(path) => {
                let file = Mutex::new(LogFile::open(path).map_err(Error::internal)?);
                Some(
                    lines()
                        .log_internal_errors(false)
                        .with_writer(file)
                        .with_filter(filter(wanted.unwrap_or("info"))?),
                )
            }
            None => None,
        };
        // A second start in one process (tests) keeps the first subscriber.
        let _ = tracing_subscriber::registry().with(spans).with(terminal).with(file).try_init();

        let registry = prometheus::Registry::new();
        let reader = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .build()
            .map_err(Error::internal)?;
        let metrics = SdkMeterProvider::builder().with_reader(reader).with_resource(resource).build();
        opentelemetry::global::set_meter_provider(metrics.clone());
        let meter = opentelemetry::global::meter("banlian");
        Ok(Self {
            registry,
            traces,
            _metrics: metrics,
            requests: meter
                .u64_counter("http_requests")
                .with_description("requests by route and status")
                .build(),
            seconds: meter
                .f64_histogram("http_request")
                .with_description("time to answer a request")
                .with_unit("s")
                .build(),
        })
    }

    /// Counts one request: the route is a pattern, never a path with ids.
    pub fn request(&self, route: &'static str, status: u16, took: Duration) {
        let labels = [KeyValue::new("route", route), KeyValue::new("status", i64::from(status))];
        self.requests.add(1, &labels);
        self.seconds.record(took.as_secs_f64(), &labels[..1]);
    }

    /// The metrics page, in Prometheus' text format.
    pub fn metrics_page(&self) -> Result<String> {
        let mut page = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut page).map_err(Error::internal)?;
        String::from_utf8(page).map_err(Error::internal)
    }

    /// Sends what is left.
    pub fn stop(&self) {
        if let Some(traces) = &self.traces {
            let _ = traces.shutdown();
        }
    }
}

/// What goes into traces: ours, with the transactions, which are of level debug.
const SPANS: &str = "info,platform=debug,sqlx=off,hyper=off,h2=off,reqwest=off,opentelemetry=off";

/// What others say too much in.
const QUIET: &str = "sqlx=warn,sqlx::query=off,sqlx::postgres::notice=off,sqlx_core::pool::connection=error,\
    hyper=warn,opentelemetry=warn";

/// The private cause in a log line may name a column, never a value: statements that sqlx finds slow are left out, since the
/// one that makes the roles holds their passwords, and so are PostgreSQL's notices.
///
/// Lines stand for themselves, with the request's id where there is one: where no traces are exported, no span is made.
fn filter<S>(wanted: &str) -> Result<impl Filter<S> + use<S>>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    let wanted = EnvFilter::try_new(format!("{wanted},{QUIET}")).map_err(Error::internal)?;
    Ok(wanted.and(filter_fn(is_line).with_max_level_hint(LevelFilter::TRACE)))
}

fn is_line(about: &tracing::Metadata<'_>) -> bool {
    about.is_event()
}

/// Lines in JSON.
fn lines<S>() -> fmt::Layer<S, fmt::format::JsonFields, fmt::format::Format<fmt::format::Json>>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false)
}

fn exporter(endpoint: &str, resource: Resource) -> Result<SdkTracerProvider> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .with_timeout(Duration::from_secs(3))
        .build()
        .map_err(Error::internal)?;
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::subscriber::with_default;

    /// Whether the spans of a request and of a transaction are made at all.
    fn made() -> [bool; 2] {
        let request = tracing::info_span!(target: "graphql::door", "graphql");
        let transaction = tracing::debug_span!(target: "platform::database", "read");
        [!request.is_disabled(), !transaction.is_disabled()]
    }

    #[test]
    fn spans_are_made_only_where_traces_are_exported() {
        let written = lines().with_writer(std::io::sink).with_filter(filter("debug").unwrap());
        assert_eq!(with_default(tracing_subscriber::registry().with(written), made), [false, false]);
        let provider = SdkTracerProvider::builder().build();
        let traced = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        let traced = traced.with_filter(EnvFilter::new(SPANS));
        assert_eq!(with_default(tracing_subscriber::registry().with(traced), made), [true, true]);
    }
}
