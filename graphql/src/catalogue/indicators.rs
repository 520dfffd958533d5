//! The standard's indicators, and the metrics computed of them.

use async_graphql::Object;
use vocabulary::{Group, METRICS, SubjectKind, Unit};

/// A third-level indicator of the standard.
pub(crate) struct Indicator(pub(crate) &'static vocabulary::Indicator);

/// A third-level indicator of the standard.
#[Object]
impl Indicator {
    /// Its number: `3.3.1`.
    async fn number(&self) -> &str {
        self.0.number
    }

    /// The first-level indicator above it.
    async fn group(&self) -> Group {
        self.0.group
    }

    /// Whom it is about.
    async fn subject(&self) -> SubjectKind {
        self.0.subject
    }

    /// `A`: computable from records; `M`: a computable part and human judgement; `J`: led by judgement.
    async fn kind(&self) -> String {
        self.0.kind.to_string()
    }

    /// Short title in Chinese.
    async fn name_zh(&self) -> &str {
        self.0.zh
    }

    /// Short title in English.
    async fn name_en(&self) -> &str {
        self.0.en
    }

    /// The metric that a grid shows: `3.3.1.a`, whether it is computed yet or not.
    async fn leading_metric(&self) -> String {
        format!("{}.{}", self.0.number, self.0.leading)
    }

    /// The metrics computed so far; every other shows `INSUFFICIENT_EVIDENCE`.
    async fn metrics(&self) -> Vec<Metric> {
        METRICS.iter().filter(|metric| metric.indicator == self.0.number).map(Metric).collect()
    }
}

/// A lettered formula of an indicator.
pub(crate) struct Metric(pub(crate) &'static vocabulary::Metric);

/// A lettered formula of an indicator.
#[Object]
impl Metric {
    /// The indicator and the letter: `3.3.1.a`.
    async fn id(&self) -> &str {
        self.0.id
    }

    /// The indicator's number.
    async fn indicator(&self) -> &str {
        self.0.indicator
    }

    /// Name in Chinese.
    async fn name_zh(&self) -> &str {
        self.0.zh
    }

    /// Name in English.
    async fn name_en(&self) -> &str {
        self.0.en
    }

    /// The unit of the value.
    async fn unit(&self) -> Unit {
        self.0.unit
    }

    /// The target, where there is one.
    async fn target(&self) -> Option<f64> {
        self.0.target
    }

    /// Whether a larger value is better; nothing where a difference is information only.
    async fn more_is_better(&self) -> Option<bool> {
        self.0.more_is_better
    }

    /// The formula in words, in Chinese.
    async fn formula_zh(&self) -> &str {
        self.0.formula_zh
    }

    /// The formula in words, in English.
    async fn formula_en(&self) -> &str {
        self.0.formula_en
    }
}
