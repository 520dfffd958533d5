//! The catalogue of the standard: its 32 indicators, their lettered formulas and the vocabularies that they count over.
//!
//! The texts are data, in `standard/*.toml` beside this folder. Their source is the national construction standard for
//! homeroom-teacher studios at secondary vocational schools; what it asks is told in our own words. A text may be
//! bettered at any time; a change of what is asked or counted is a new [`EDITION`].

use crate::{Period, PeriodKind};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The edition of the catalogue that this program computes by.
pub const EDITION: &str = "1";

/// A first-level indicator of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 总体要求.
    General,
    /// 工作室成员.
    Members,
    /// 建设实践.
    Practice,
    /// 建设成效.
    Results,
    /// 工作保障.
    Support,
}

/// Whom an indicator is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// 校: the school.
    School,
    /// 室: the studio.
    Studio,
    /// 人: persons, rolled up to the studio.
    Person,
}

/// Where a demand or a formula comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The demand stands in the standard's text.
    Standard,
    /// This product's reading: the standard gives no formula.
    Design,
}

/// The unit of a metric's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share in percent, 0 to 100: numerator ÷ denominator × 100.
    Percent,
    /// A plain count.
    Count,
    /// Yes (1) or no (0).
    YesNo,
    /// Times a semester.
    TimesPerSemester,
    /// A ratio of two shares: 1 where they are alike.
    Ratio,
    /// An index from 0 to 1.
    Index,
    /// An effective number of kinds: the exponential of their Shannon entropy.
    EffectiveNumber,
    /// A mean on the scale of a questionnaire.
    Score,
    /// A difference of two means, on their scale.
    Change,
    /// Hours.
    Hours,
    /// Hours a semester.
    HoursPerSemester,
    /// Days.
    Days,
    /// Class-days (班·天).
    ClassDays,
    /// Months.
    Months,
    /// Semesters.
    Semesters,
    /// Times a month.
    PerMonth,
    /// Times a month for each mentoring pair.
    PerPairMonth,
    /// Yuan a person and year.
    YuanPerPersonYear,
    /// Square metres.
    SquareMetres,
    /// Cases for each 100 students.
    #[serde(rename = "per_100_students")]
    Per100Students,
    /// No number: how two attributes stand to each other.
    Verdict,
    /// No single number: counts by class.
    Distribution,
}

/// How a figure stands: four faces, none of which looks like zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MetricState {
    /// A value, from a complete register.
    Value,
    /// 不适用: the denominator is zero.
    NotApplicable,
    /// 证据不足: records are missing.
    InsufficientEvidence,
    /// 已抑制: too few to be shown to this reader.
    Suppressed,
}

/// A third-level indicator.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its number: `3.3.1`.
    pub number: String,
    /// The first-level indicator above it; the file that it stands in.
    #[serde(skip, default = "unplaced")]
    pub group: Group,
    /// Whom it is about.
    pub subject: SubjectKind,
    /// `A`: computable from records; `M`: a computable part and human judgement; `J`: led by judgement.
    pub kind: char,
    /// Short title in Chinese.
    pub zh: String,
    /// Short title in English.
    pub en: String,
    /// The letter that a grid shows.
    pub leading: char,
    /// What the standard asks, in our own words.
    pub requirement_zh: String,
    /// The same in English.
    pub requirement_en: String,
    /// The types of records that feed it: `R01` to `R20`.
    pub records: Vec<String>,
    /// Its formulas, by letter.
    #[serde(rename = "letters")]
    pub metrics: Vec<Metric>,
}

/// A lettered formula of an indicator.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// The indicator and the letter: `3.3.1.a`.
    #[serde(skip)]
    pub id: String,
    /// The indicator's number.
    #[serde(skip)]
    pub indicator: String,
    /// Its place in every sheet, where it is computed by now: see [`COMPUTED`].
    #[serde(skip)]
    pub slot: Option<usize>,
    /// Its letter.
    pub letter: char,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// The unit of the value.
    pub unit: Unit,
    /// The periods that it can be asked for.
    pub periods: Vec<PeriodKind>,
    /// The target, where the standard or its reading names one.
    pub target: Option<f64>,
    /// Where the demand comes from.
    pub source: Source,
    /// Whether a larger value is better; `None` where a difference is information only.
    pub more_is_better: Option<bool>,
    /// The formula in words.
    pub formula_zh: String,
    /// The formula in English.
    pub formula_en: String,
    /// The vocabulary whose terms it counts.
    pub vocabulary: Option<String>,
}

impl Metric {
    /// Whether it is asked of periods of this one's kind.
    pub fn asked_of(&self, period: Period) -> bool {
        self.periods.contains(&period.kind())
    }
}

/// A list of terms that the standard enumerates.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Its code: `resource_domains`.
    pub id: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// The indicators that name it.
    pub indicators: Vec<String>,
    /// Whether a bureau may add terms of its own: the standard's list ends with 等.
    pub open: bool,
    /// Its terms, in the standard's order.
    pub terms: Vec<Term>,
}

/// A term of a vocabulary.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its code, unique in its vocabulary.
    pub id: String,
    /// The term as the standard has it.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The metrics computed by now, each at its slot: its fixed place in every sheet. Slots are only appended.
pub const COMPUTED: [&str; 17] = [
    "1.1.2.a", "1.1.2.b", "2.1.1.a", "2.1.1.b", "2.1.1.c", "3.3.1.a", "3.3.1.b", "3.3.1.c", "3.3.1.f",
    "1.1.2.c", "1.1.2.e", "1.2.1.b", "1.2.1.c", "1.2.1.d", "3.2.2.b", "3.2.2.c", "3.2.2.e",
];

/// The 32 indicators, in the standard's order.
pub static INDICATORS: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    [
        include_str!("../standard/general.toml"),
        include_str!("../standard/members.toml"),
        include_str!("../standard/practice.toml"),
        include_str!("../standard/results.toml"),
        include_str!("../standard/support.toml"),
    ]
    .into_iter()
    .flat_map(|text| built_in::<Heading>(text).placed())
    .collect()
});

/// The vocabularies that the standard enumerates, in its order.
pub static VOCABULARIES: LazyLock<Vec<Vocabulary>> =
    LazyLock::new(|| built_in::<Lists>(include_str!("../standard/vocabularies.toml")).vocabularies);

/// The metrics computed by now, by slot. Every other shows `insufficient_evidence`.
pub static METRICS: LazyLock<Vec<&'static Metric>> = LazyLock::new(|| {
    let mut computed: Vec<_> =
        INDICATORS.iter().flat_map(|one| &one.metrics).filter(|metric| metric.slot.is_some()).collect();
    computed.sort_by_key(|metric| metric.slot);
    computed
});

/// The metric with this id and its slot, where it is computed by now.
pub fn metric(id: &str) -> Option<(usize, &'static Metric)> {
    let slot = slot_of(id)?;
    METRICS.get(slot).map(|metric| (slot, *metric))
}

fn slot_of(id: &str) -> Option<usize> {
    COMPUTED.iter().position(|computed| *computed == id)
}

/// A file of the catalogue: a first-level indicator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    group: Group,
    indicators: Vec<Indicator>,
}

impl Heading {
    /// Its indicators, each told where it stands, and each metric what it is called.
    fn placed(self) -> Vec<Indicator> {
        let mut indicators = self.indicators;
        for indicator in &mut indicators {
            indicator.group = self.group;
            for metric in &mut indicator.metrics {
                metric.id = format!("{}.{}", indicator.number, metric.letter);
                metric.indicator.clone_from(&indicator.number);
                metric.slot = slot_of(&metric.id);
            }
        }
        indicators
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    vocabularies: Vec<Vocabulary>,
}

fn unplaced() -> Group {
    Group::General
}

#[expect(clippy::expect_used, reason = "compiled in; the tests read every file")]
fn built_in<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a file of the catalogue is broken")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_standard_has_32_indicators_under_five_headings() {
        let by_group = |group| INDICATORS.iter().filter(|i| i.group == group).count();
        let groups = [Group::General, Group::Members, Group::Practice, Group::Results, Group::Support];
        assert_eq!(groups.map(by_group), [5, 5, 11, 9, 2]);
        let numbers: BTreeSet<_> = INDICATORS.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers.len(), 32);
        assert!(INDICATORS.is_sorted_by_key(|one| one.number.as_str()));
        let of_kind = |kind| INDICATORS.iter().filter(|one| one.kind == kind).count();
        assert_eq!(['A', 'M', 'J'].map(of_kind), [11, 18, 3]);
        let about = |subject| INDICATORS.iter().filter(|one| one.subject == subject).count();
        assert_eq!([SubjectKind::School, SubjectKind::Person, SubjectKind::Studio].map(about), [6, 6, 20]);
    }

    #[test]
    fn every_indicator_has_its_letters_in_order_and_its_leading_one_among_them() {
        for one in INDICATORS.iter() {
            let letters: String = one.metrics.iter().map(|metric| metric.letter).collect();
            let alphabet: String = ('a'..='z').take(letters.len()).collect();
            assert_eq!(letters, alphabet, "{}", one.number);
            assert!(letters.contains(one.leading), "{}", one.number);
            assert!(!one.records.is_empty(), "{}", one.number);
            for record in &one.records {
                let number = record.strip_prefix('R').and_then(|digits| digits.parse::<u8>().ok());
                assert!(number.is_some_and(|number| (1..=20).contains(&number)), "{}: {record}", one.number);
            }
            for metric in &one.metrics {
                assert!(!metric.periods.is_empty(), "{}", metric.id);
                let vocabulary = metric.vocabulary.as_ref();
                assert!(
                    vocabulary.is_none_or(|id| VOCABULARIES.iter().any(|one| one.id == *id)),
                    "{}",
                    metric.id
                );
            }
        }
    }

    #[test]
    fn each_computed_metric_stands_at_its_slot() {
        let ids: Vec<_> = METRICS.iter().map(|metric| metric.id.as_str()).collect();
        assert_eq!(ids, COMPUTED);
        let slot = |id| metric(id).map(|(slot, _)| slot);
        assert_eq!(["3.3.1.f", "1.2.1.b", "3.2.2.e"].map(slot), [Some(8), Some(11), Some(16)]);
        assert!(metric("3.3.1.d").is_none() && metric("9.9.9.z").is_none());
    }

    #[test]
    fn the_vocabularies_have_as_many_terms_as_the_standard() {
        let sizes: Vec<_> = VOCABULARIES.iter().map(|one| one.terms.len()).collect();
        assert_eq!(
            sizes,
            [
                4, 4, 4, 5, 3, 5, 4, 2, 5, 8, 3, 2, 4, 3, 5, 3, 4, 5, 6, 6, 4, 4, 5, 3, 5, 3, 2, 6, 2, 2, 5,
                5, 3, 3
            ]
        );
        for one in VOCABULARIES.iter() {
            let ids: BTreeSet<_> = one.terms.iter().map(|term| &term.id).collect();
            assert_eq!(ids.len(), one.terms.len(), "{}", one.id);
            for number in &one.indicators {
                assert!(INDICATORS.iter().any(|known| known.number == *number), "{}: {number}", one.id);
            }
        }
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        let said = INDICATORS.iter().flat_map(|one| {
            let own = [(&one.zh, &one.en), (&one.requirement_zh, &one.requirement_en)];
            let metrics = one
                .metrics
                .iter()
                .flat_map(|metric| [(&metric.zh, &metric.en), (&metric.formula_zh, &metric.formula_en)]);
            own.into_iter().chain(metrics)
        });
        let listed = VOCABULARIES.iter().flat_map(|one| {
            std::iter::once((&one.zh, &one.en)).chain(one.terms.iter().map(|term| (&term.zh, &term.en)))
        });
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (zh, en) in said.chain(listed) {
            assert!(chinese(zh), "{zh}");
            assert!(!en.is_empty() && !chinese(en), "{en}");
        }
    }
}
