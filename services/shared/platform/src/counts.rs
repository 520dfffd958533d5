//! What happens to events, counted for the metrics page.

use opentelemetry::KeyValue;
use opentelemetry::metrics::Counter;
use std::sync::LazyLock;

struct Counts {
    applied: Counter<u64>,
    unreadable: Counter<u64>,
    failures: Counter<u64>,
}

/// Made at the first event, when the process's telemetry has long started.
static COUNTS: LazyLock<Counts> = LazyLock::new(|| {
    let meter = opentelemetry::global::meter("banlian");
    let counter = |name, what| meter.u64_counter(name).with_description(what).build();
    Counts {
        applied: counter("events_applied", "events that a consumer applied"),
        unreadable: counter("events_unreadable", "entries of a stream that are no events; they stay pending"),
        failures: counter("event_failures", "attempts to hand on or to apply events that failed"),
    }
});

fn many(events: usize) -> u64 {
    u64::try_from(events).unwrap_or(u64::MAX)
}

/// A consumer applied events.
pub(crate) fn applied(consumer: &'static str, events: usize) {
    COUNTS.applied.add(many(events), &[KeyValue::new("consumer", consumer)]);
}

/// Entries of a stream were no events.
pub(crate) fn unreadable(consumer: &'static str, entries: usize) {
    COUNTS.unreadable.add(many(entries), &[KeyValue::new("consumer", consumer)]);
}

/// An attempt failed: of a service's relay, or of a consumer.
pub(crate) fn failed(whose: &'static str) {
    COUNTS.failures.add(1, &[KeyValue::new("whose", whose)]);
}
