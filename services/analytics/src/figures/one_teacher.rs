//! 1.1.2 一班一主任: a class has exactly one homeroom teacher on every teaching day.
//!
//! (a) class-days with exactly one principal ÷ class-days × 100; (b) vacant and doubled class-days. An acting teacher
//! fills a vacancy and doubles nobody, a deputy is not counted, one person assigned twice is one.

use super::{Computed, Frame, Line, Standing};
use crate::records::Class;
use chrono::NaiveDate;
use contract::analytics::RecordKind;
use contract::tenancy::AssignmentKind;
use vocabulary::teaching_days;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Covered,
    Vacant,
    Doubled,
}

fn look(class: &Class, day: NaiveDate) -> Day {
    let mut principal = None;
    let mut acting = false;
    for assignment in class.assignments.iter().filter(|assignment| assignment.holds(day)) {
        match assignment.kind {
            AssignmentKind::Principal => {
                if principal.is_some_and(|other| other != assignment.person) {
                    return Day::Doubled;
                }
                principal = Some(assignment.person);
            }
            AssignmentKind::Acting => acting = true,
            AssignmentKind::Deputy => {}
        }
    }
    if principal.is_some() || acting { Day::Covered } else { Day::Vacant }
}

/// The letters a and b, over all classes of a school.
pub(super) fn coverage(classes: &[Class], frame: Frame) -> [Computed; 2] {
    if classes.is_empty() {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    }
    let (mut covered, mut uncovered) = (0.0, 0.0);
    let (mut behind_share, mut behind_count) = (Vec::new(), Vec::new());
    for class in classes {
        let first = class.opened_on.max(frame.period.first_day());
        let last = class.closed_on.map_or(frame.as_of, |closed| closed.min(frame.as_of));
        let (mut fine, mut faulty) = (0.0, 0.0);
        for day in teaching_days(first, last) {
            match look(class, day) {
                Day::Covered => fine += 1.0,
                Day::Vacant | Day::Doubled => faulty += 1.0,
            }
        }
        let line = |counts, weight| Line { kind: RecordKind::Class, id: class.id, counts, weight };
        if fine > 0.0 {
            behind_share.push(line(true, fine));
        }
        if faulty > 0.0 {
            behind_share.push(line(false, faulty));
            behind_count.push(line(true, faulty));
        }
        covered += fine;
        uncovered += faulty;
    }
    let days = covered + uncovered;
    [
        Computed { figure: Standing::share(covered, days), lines: behind_share },
        Computed { figure: Standing::count_of(uncovered, days), lines: behind_count },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{assignment, class, day, person};
    use proptest::prelude::*;
    use vocabulary::{MetricState, Period};

    /// Monday 2026-03-02 to Friday 2026-03-13: ten teaching days.
    const FIRST: &str = "2026-03-02";
    const LAST: &str = "2026-03-13";

    fn spring() -> Frame {
        Frame { period: Period::semester(2025, 2), as_of: day(LAST) }
    }

    fn numbers(classes: &[Class]) -> (MetricState, Option<f64>, Option<f64>, Option<f64>) {
        let [a, b] = coverage(classes, spring());
        assert_eq!(a.figure.state, b.figure.state);
        (a.figure.state, a.figure.numerator, a.figure.denominator, b.figure.value)
    }

    #[test]
    fn letters_a_and_b_count_class_days() {
        use AssignmentKind::{Acting, Deputy, Principal};
        let value = |covered, days| (MetricState::Value, Some(covered), Some(days), Some(days - covered));
        let table = [
            ("one principal throughout", vec![assignment(1, Principal, FIRST, None)], value(10.0, 10.0)),
            ("nobody", vec![], value(0.0, 10.0)),
            ("a deputy is nobody", vec![assignment(1, Deputy, FIRST, None)], value(0.0, 10.0)),
            (
                "a deputy doubles nobody",
                vec![assignment(1, Principal, FIRST, None), assignment(2, Deputy, FIRST, None)],
                value(10.0, 10.0),
            ),
            (
                "vacant from Wednesday to Friday",
                vec![
                    assignment(1, Principal, FIRST, Some("2026-03-03")),
                    assignment(2, Principal, "2026-03-09", None),
                ],
                value(7.0, 10.0),
            ),
            (
                "an acting teacher fills the vacancy",
                vec![
                    assignment(1, Principal, FIRST, Some("2026-03-03")),
                    assignment(3, Acting, "2026-03-04", Some("2026-03-06")),
                    assignment(2, Principal, "2026-03-09", None),
                ],
                value(10.0, 10.0),
            ),
            (
                "an acting teacher doubles nobody",
                vec![assignment(1, Principal, FIRST, None), assignment(2, Acting, FIRST, None)],
                value(10.0, 10.0),
            ),
            (
                "two principals for two days",
                vec![assignment(1, Principal, FIRST, None), assignment(2, Principal, "2026-03-12", None)],
                value(8.0, 10.0),
            ),
            (
                "the same person twice is one",
                vec![assignment(1, Principal, FIRST, None), assignment(1, Principal, FIRST, None)],
                value(10.0, 10.0),
            ),
        ];
        for (what, assignments, expected) in table {
            assert_eq!(numbers(&[class(1, FIRST, None, assignments)]), expected, "{what}");
        }
    }

    #[test]
    fn a_share_of_no_day_is_not_applicable_and_no_class_is_no_evidence() {
        let later = class(1, "2026-03-14", None, vec![]);
        assert_eq!(numbers(&[later]), (MetricState::NotApplicable, None, None, None));
        assert_eq!(numbers(&[]), (MetricState::InsufficientEvidence, None, None, None));
    }

    #[test]
    fn the_lineage_adds_up_to_the_figure() {
        let first = class(1, FIRST, None, vec![assignment(1, AssignmentKind::Principal, "2026-03-04", None)]);
        let second = class(2, FIRST, Some("2026-03-03"), vec![]);
        let [a, b] = coverage(&[first, second], spring());
        let sum = |lines: &[Line], counts| -> f64 {
            lines.iter().filter(|line| line.counts == counts).map(|line| line.weight).sum()
        };
        assert_eq!((sum(&a.lines, true), sum(&a.lines, false)), (8.0, 4.0));
        assert_eq!((a.figure.numerator, a.figure.denominator), (Some(8.0), Some(12.0)));
        assert_eq!((sum(&b.lines, true), b.figure.value), (4.0, Some(4.0)));
    }

    proptest! {
        #[test]
        fn no_share_over_100_and_what_lies_outside_changes_nothing(
            spans in proptest::collection::vec((0u32..3, 0u8..3, 0u64..40, 0u64..40), 0..6),
        ) {
            use AssignmentKind::{Acting, Deputy, Principal};
            let start = day("2026-02-20");
            let mut open = class(1, FIRST, None, vec![]);
            for (who, kind, from, length) in spans {
                let kind = [Principal, Deputy, Acting][usize::from(kind)];
                let mut given = assignment(who, kind, FIRST, None);
                given.from = start + chrono::Days::new(from);
                given.to = Some(given.from + chrono::Days::new(length));
                open.assignments.push(given);
            }
            let [a, b] = coverage(std::slice::from_ref(&open), spring());
            prop_assert!(a.figure.value.unwrap() <= 100.0);
            prop_assert_eq!(a.figure.numerator.zip(b.figure.value).map(|(fine, faulty)| fine + faulty), Some(10.0));
            // A class of another time, and an assignment of another time, change nothing.
            let mut more = open.clone();
            let mut past = assignment(9, Principal, "2025-01-01", Some("2026-03-01"));
            past.person = person(9);
            more.assignments.push(past);
            let other = class(2, "2024-09-01", Some("2025-07-01"), vec![]);
            prop_assert_eq!(coverage(&[more, other], spring()), [a, b]);
        }
    }
}
