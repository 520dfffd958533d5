//! Figures as they are computed: pure functions from records, a period and a day.

mod ledger;
mod members;
mod one_teacher;
mod sessions;

pub(crate) use members::{SUPPLEMENTARY, is_core};
pub(crate) use sessions::{balance, coverage};

use crate::records::{Records, Subject};
use chrono::NaiveDate;
use contract::analytics::RecordKind;
use std::array;
use uuid::Uuid;
use vocabulary::{COMPUTED, METRICS, MetricState, OrganisationNo, Period};

/// How many metrics there are.
pub(crate) const SLOTS: usize = COMPUTED.len();

/// A period, and the day up to which records count in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) period: Period,
    pub(crate) as_of: NaiveDate,
}

impl Frame {
    /// The period as it stands today.
    pub(crate) fn of(period: Period, today: NaiveDate) -> Self {
        Self { period, as_of: period.last_day().min(today) }
    }
}

/// A figure: how it stands, and its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    pub(crate) state: MetricState,
    /// Kinds of records that are missing, where evidence is insufficient.
    pub(crate) missing: u8,
    pub(crate) numerator: Option<f64>,
    pub(crate) denominator: Option<f64>,
    pub(crate) value: Option<f64>,
}

impl Standing {
    const fn without_value(state: MetricState, missing: u8) -> Self {
        Self { state, missing, numerator: None, denominator: None, value: None }
    }

    /// 证据不足: the subject never had a record of the kind.
    pub(crate) const fn insufficient() -> Self {
        Self::without_value(MetricState::InsufficientEvidence, 1)
    }

    /// 不适用: there is nothing that could have counted.
    pub(crate) const fn not_applicable() -> Self {
        Self::without_value(MetricState::NotApplicable, 0)
    }

    /// A share in percent; not applicable when it is a share of nothing.
    pub(crate) fn share(numerator: f64, denominator: f64) -> Self {
        Self::count_of(numerator, denominator).valued(|| numerator / denominator * 100.0)
    }

    /// A count among so many; not applicable when there are none.
    pub(crate) fn count_of(count: f64, among: f64) -> Self {
        if among > 0.0 { Self::count(count, Some(among)) } else { Self::not_applicable() }
    }

    /// A count, with the number that it is read beside.
    pub(crate) const fn count(count: f64, beside: Option<f64>) -> Self {
        Self {
            state: MetricState::Value,
            missing: 0,
            numerator: Some(count),
            denominator: beside,
            value: Some(count),
        }
    }

    fn valued(mut self, value: impl FnOnce() -> f64) -> Self {
        self.value = self.value.map(|_| value());
        self
    }
}

/// How many, as a number to count with.
pub(crate) fn size(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// A record behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) kind: RecordKind,
    pub(crate) id: Uuid,
    /// Whether it counts in the numerator.
    pub(crate) counts: bool,
    /// How much it brings: days, class-days, assignments, a member's part of the period, functions, people, or 1.
    pub(crate) weight: f64,
}

/// A figure and its lineage. Behind a share stand all records of the denominator; behind a count, and where people who
/// are no records of their own are counted, those that bring something to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Computed {
    pub(crate) figure: Standing,
    pub(crate) lines: Vec<Line>,
}

impl Computed {
    /// A figure without records behind it.
    pub(crate) const fn bare(figure: Standing) -> Self {
        Self { figure, lines: Vec::new() }
    }
}

/// All figures of a subject in a period, by slot.
pub(crate) fn compute(
    records: &Records,
    owner: OrganisationNo,
    subject: Subject,
    frame: Frame,
) -> [Computed; SLOTS] {
    let [covered, uncovered, appointed, turnover] = match subject {
        Subject::Organisation => one_teacher::teachers(&records.classes, frame),
        Subject::Studio(_) => array::from_fn(|_| Computed::bare(Standing::not_applicable())),
    };
    let [core, categories, guests] = members::structure(records.members_of(subject), owner, frame);
    let ledger = records.has_tasks(subject).then(|| records.tasks_of(subject));
    let [cleared, on_time, overdue, unexplained] = ledger::clearing(ledger, frame);
    let sessions = records.has_sessions(subject).then(|| records.sessions_of(subject));
    let teachers = one_teacher::principals(&records.classes, frame);
    let [functions, balance, joint, reach, attendance, outside] =
        sessions::held(sessions, &teachers, owner, frame);
    // Where no class ever had a teacher it is not known whom a session could have reached.
    let reach = if records.has_teachers() { reach } else { Computed::bare(Standing::insufficient()) };
    let mut computed = [
        covered,
        uncovered,
        core,
        categories,
        guests,
        cleared,
        on_time,
        overdue,
        unexplained,
        appointed,
        turnover,
        functions,
        balance,
        joint,
        reach,
        attendance,
        outside,
    ];
    for (metric, computed) in METRICS.iter().zip(&mut computed) {
        if !metric.asked_of(frame.period) {
            *computed = Computed::bare(Standing::not_applicable());
        }
    }
    computed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{day, id, session};
    use std::collections::BTreeMap;

    #[test]
    fn the_slots_are_the_vocabularys() {
        let ours = "1.1.2.a 1.1.2.b 2.1.1.a 2.1.1.b 2.1.1.c 3.3.1.a 3.3.1.b 3.3.1.c 3.3.1.f 1.1.2.c 1.1.2.e \
                    1.2.1.b 1.2.1.c 1.2.1.d 3.2.2.b 3.2.2.c 3.2.2.e";
        assert_eq!(COMPUTED.join(" "), ours, "compute() lists its figures in this order");
    }

    #[test]
    fn nobody_is_reached_or_missed_where_no_class_ever_had_a_teacher() {
        let mut records = Records::new(
            vec![],
            vec![],
            vec![],
            BTreeMap::new(),
            BTreeMap::from([(id(1), day("2026-03-05"))]),
        );
        records.sessions = vec![session(1, "2026-03-05", &[], &[(1, 7, true)])];
        let frame = Frame { period: Period::semester(2025, 2), as_of: day("2026-05-18") };
        let computed = compute(&records, OrganisationNo(7), Subject::Studio(id(1)), frame);
        let slot = COMPUTED.iter().position(|metric| *metric == "3.2.2.b").unwrap();
        assert_eq!(computed[slot].figure, Standing::insufficient());
    }

    #[test]
    fn nothing_looks_like_zero_that_is_none() {
        assert_eq!(Standing::share(0.0, 0.0), Standing::not_applicable());
        assert_eq!(Standing::share(0.0, 4.0).value, Some(0.0));
        assert_eq!(Standing::count_of(0.0, 0.0), Standing::not_applicable());
        assert_eq!(Standing::insufficient().missing, 1);
    }
}
