//! The standard's indicators, and the metrics computed of them.

use async_graphql::Object;
use vocabulary::{Group, PeriodKind, Source, SubjectKind, Unit, VOCABULARIES};

/// A third-level indicator of the standard.
pub(crate) struct Indicator(pub(crate) &'static vocabulary::Indicator);

/// A third-level indicator of the standard.
#[Object]
impl Indicator {
    /// Its number: `3.3.1`.
    async fn number(&self) -> &str {
        &self.0.number
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
        &self.0.zh
    }

    /// Short title in English.
    async fn name_en(&self) -> &str {
        &self.0.en
    }

    /// The metric that a grid shows: `3.3.1.a`, whether it is computed yet or not.
    async fn leading_metric(&self) -> String {
        format!("{}.{}", self.0.number, self.0.leading)
    }

    /// The metrics computed so far; every other shows `INSUFFICIENT_EVIDENCE`.
    async fn metrics(&self) -> Vec<Metric> {
        self.0.metrics.iter().filter(|metric| metric.slot.is_some()).map(Metric).collect()
    }

    /// All its lettered formulas, computed by now or not.
    async fn formulas(&self) -> Vec<Metric> {
        self.0.metrics.iter().map(Metric).collect()
    }

    /// What the standard asks, in our own words, in Chinese.
    async fn requirement_zh(&self) -> &str {
        &self.0.requirement_zh
    }

    /// What the standard asks, in our own words, in English.
    async fn requirement_en(&self) -> &str {
        &self.0.requirement_en
    }

    /// The vocabularies that its text enumerates.
    async fn vocabularies(&self) -> Vec<Vocabulary> {
        VOCABULARIES.iter().filter(|one| one.indicators.contains(&self.0.number)).map(Vocabulary).collect()
    }
}

/// A lettered formula of an indicator.
pub(crate) struct Metric(pub(crate) &'static vocabulary::Metric);

/// A lettered formula of an indicator.
#[Object]
impl Metric {
    /// The indicator and the letter: `3.3.1.a`.
    async fn id(&self) -> &str {
        &self.0.id
    }

    /// The indicator's number.
    async fn indicator(&self) -> &str {
        &self.0.indicator
    }

    /// Name in Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.zh
    }

    /// Name in English.
    async fn name_en(&self) -> &str {
        &self.0.en
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
        &self.0.formula_zh
    }

    /// The formula in words, in English.
    async fn formula_en(&self) -> &str {
        &self.0.formula_en
    }

    /// The periods that it can be asked for.
    async fn periods(&self) -> &[PeriodKind] {
        &self.0.periods
    }

    /// Where the demand comes from: the standard's text, or this product's reading of it.
    async fn source(&self) -> Source {
        self.0.source
    }

    /// Whether it is computed by now; otherwise its figure is `INSUFFICIENT_EVIDENCE`.
    async fn computed(&self) -> bool {
        self.0.slot.is_some()
    }
}

/// A list of terms that the standard enumerates.
pub(crate) struct Vocabulary(pub(crate) &'static vocabulary::Vocabulary);

/// A list of terms that the standard enumerates.
#[Object]
impl Vocabulary {
    /// Its code: `resource_domains`.
    async fn code(&self) -> &str {
        &self.0.id
    }

    /// Name in Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.zh
    }

    /// Name in English.
    async fn name_en(&self) -> &str {
        &self.0.en
    }

    /// The numbers of the indicators that name it.
    async fn indicators(&self) -> &[String] {
        &self.0.indicators
    }

    /// Whether a bureau may add terms: the standard's list is open.
    async fn open(&self) -> bool {
        self.0.open
    }

    /// Its terms, in the standard's order.
    async fn terms(&self) -> Vec<Term> {
        self.0.terms.iter().map(Term).collect()
    }
}

/// A term of a vocabulary.
pub(crate) struct Term(&'static vocabulary::Term);

/// A term of a vocabulary.
#[Object]
impl Term {
    /// Its code, unique in its vocabulary.
    async fn code(&self) -> &str {
        &self.0.id
    }

    /// The term in Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.zh
    }

    /// The term in English.
    async fn name_en(&self) -> &str {
        &self.0.en
    }
}
