//! The trace of a change, kept beside its events, so that what consumers make of them belongs to the same trace.

use opentelemetry::global::get_text_map_propagator;
use opentelemetry::trace::TraceContextExt as _;
use std::collections::{BTreeMap, HashMap};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::Event;

/// W3C's name of what is kept.
const TRACEPARENT: &str = "traceparent";

/// The `traceparent` of a span; nothing where no traces are exported.
pub(crate) fn of(span: &Span) -> Option<String> {
    let mut carrier = HashMap::new();
    get_text_map_propagator(|propagator| propagator.inject_context(&span.context(), &mut carrier));
    carrier.remove(TRACEPARENT)
}

/// Makes what was kept the span's parent.
fn adopt(span: &Span, traceparent: &str) {
    let carrier = HashMap::from([(TRACEPARENT.to_owned(), traceparent.to_owned())]);
    // A span that nobody listens to has no parent to set: nothing to do then.
    let _ = span.set_parent(get_text_map_propagator(|propagator| propagator.extract(&carrier)));
}

/// The spans under which a consumer applies events: one for each trace that they come from, which begins where the
/// change ended. The first holds the work, since it is one transaction; the others point to it.
pub(crate) struct Applying {
    /// The one that holds the work.
    pub(crate) work: Span,
    _others: Vec<Span>,
}

impl Applying {
    pub(crate) fn new(consumer: &'static str, events: &[Event]) -> Self {
        let mut traces: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for event in events {
            *traces.entry(event.trace.as_deref()).or_default() += 1;
        }
        let mut spans = traces.into_iter().map(|(trace, events)| {
            let span = tracing::debug_span!(parent: None, "apply", consumer, events);
            if let Some(trace) = trace {
                adopt(&span, trace);
            }
            span
        });
        let work = spans.next_back().unwrap_or_else(Span::none);
        let others: Vec<Span> = spans.collect();
        if !others.is_empty() {
            let here = work.context().span().span_context().clone();
            for other in &others {
                other.add_link(here.clone());
            }
        }
        Self { work, _others: others }
    }
}
