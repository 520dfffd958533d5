//! 1.1.2 一班一主任: a class has exactly one homeroom teacher on every teaching day.
//!
//! (a) class-days with exactly one principal ÷ class-days × 100; (b) vacant and doubled class-days. An acting teacher
//! fills a vacancy and doubles nobody, a deputy is not counted, one person assigned twice is one.
//!
//! (c) principals' assignments with an appointment on record ÷ assignments active × 100; (e) principals' assignments
//! ended in the period other than by graduation ÷ assignments active × 100. An assignment that lasts as
//! long as its class ends by graduation; one that the same person goes on with, the day after, has not ended.

use super::{Computed, Frame, Line, Standing, size};
use crate::records::{Assignment, Class};
use chrono::NaiveDate;
use contract::analytics::RecordKind;
use contract::tenancy::AssignmentKind;
use std::collections::BTreeSet;
use vocabulary::{PersonId, teaching_days};

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
fn coverage(classes: &[Class], frame: Frame) -> [Computed; 2] {
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

/// Whether an assignment of a class ended by a day, and somebody else had to come.
fn turned_over(class: &Class, assignment: &Assignment, by: NaiveDate) -> bool {
    let Some(last) = assignment.to.filter(|to| *to <= by) else { return false };
    let with_class = class.closed_on.is_some_and(|closed| last >= closed);
    let goes_on = |other: &Assignment| {
        other.kind == assignment.kind
            && other.person == assignment.person
            && other.from > assignment.from
            && last.succ_opt().is_some_and(|next| other.holds(next))
    };
    !assignment.graduated && !with_class && !class.assignments.iter().any(goes_on)
}

/// The principals' assignments of a class that lie in the period, up to the day asked and to the class's last.
fn active(class: &Class, frame: Frame) -> impl Iterator<Item = &Assignment> {
    let first = frame.period.first_day();
    let end = class.closed_on.map_or(frame.as_of, |closed| closed.min(frame.as_of));
    let there = move |a: &&Assignment| {
        let in_period = first <= end && a.from <= end && a.to.is_none_or(|to| first <= to);
        in_period && a.kind == AssignmentKind::Principal
    };
    class.assignments.iter().filter(there)
}

/// The homeroom teachers of the period: whoever was principal of one of the classes on some day of it.
pub(super) fn principals(classes: &[Class], frame: Frame) -> BTreeSet<PersonId> {
    classes.iter().flat_map(|class| active(class, frame)).map(|assignment| assignment.person).collect()
}

/// The letters c and e, over the principals of a school's classes.
fn appointments(classes: &[Class], frame: Frame) -> [Computed; 2] {
    if classes.iter().all(|class| class.assignments.is_empty()) {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    }
    let share = |counts: &dyn Fn(&Class, &Assignment) -> bool| {
        let (mut counted, mut all, mut lines) = (0.0, 0.0, Vec::new());
        for class in classes {
            let (with, without): (Vec<_>, Vec<_>) =
                active(class, frame).partition(|assignment| counts(class, assignment));
            for (some, counts) in [(with, true), (without, false)] {
                let weight = size(some.len());
                if weight > 0.0 {
                    lines.push(Line { kind: RecordKind::Class, id: class.id, counts, weight });
                    all += weight;
                    counted += if counts { weight } else { 0.0 };
                }
            }
        }
        Computed { figure: Standing::share(counted, all), lines }
    };
    [
        share(&|_, assignment| assignment.appointed),
        share(&|class, assignment| turned_over(class, assignment, frame.as_of)),
    ]
}

/// The letters a, b, c and e, over all classes of a school.
pub(super) fn teachers(classes: &[Class], frame: Frame) -> [Computed; 4] {
    let [covered, uncovered] = coverage(classes, frame);
    let [appointed, turnover] = appointments(classes, frame);
    [covered, uncovered, appointed, turnover]
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

    /// The numerator and the denominator of c and e in the school year up to a day.
    fn held(classes: &[Class], as_of: &str) -> [(Option<f64>, Option<f64>); 2] {
        let frame = Frame { period: Period::school_year(2025), as_of: day(as_of) };
        appointments(classes, frame).map(|computed| {
            let sum: f64 = computed.lines.iter().filter(|line| line.counts).map(|line| line.weight).sum();
            assert!(computed.figure.numerator.is_none_or(|counted| (counted - sum).abs() < f64::EPSILON));
            (computed.figure.numerator, computed.figure.denominator)
        })
    }

    #[test]
    fn letter_c_is_the_principals_with_an_appointment_on_record() {
        use AssignmentKind::{Acting, Deputy, Principal};
        let on_record = |mut one: Assignment| {
            one.appointed = true;
            one
        };
        let classes = [
            class(
                1,
                "2024-09-01",
                None,
                vec![
                    on_record(assignment(1, Principal, "2024-09-01", Some("2025-08-31"))), // another year
                    on_record(assignment(2, Principal, "2025-09-01", Some("2026-01-31"))),
                    assignment(3, Principal, "2026-02-01", None),
                    on_record(assignment(4, Deputy, "2025-09-01", None)),
                    assignment(5, Acting, "2025-09-01", None),
                ],
            ),
            class(2, "2025-09-01", None, vec![on_record(assignment(6, Principal, "2025-09-01", None))]),
        ];
        assert_eq!(held(&classes, "2026-05-18")[0], (Some(2.0), Some(3.0)));
        assert_eq!(held(&classes, "2026-01-15")[0], (Some(2.0), Some(2.0)), "the third has not begun");
    }

    #[test]
    fn letter_e_is_the_principals_who_ended_otherwise_than_by_graduation() {
        use AssignmentKind::{Acting, Principal};
        let ended = |graduated: bool, to: &str| {
            let mut one = assignment(1, Principal, "2025-09-01", Some(to));
            one.graduated = graduated;
            one
        };
        let table = [
            ("still there", None, vec![assignment(1, Principal, "2025-09-01", None)], (0.0, 1.0)),
            ("gone", None, vec![ended(false, "2026-03-01")], (1.0, 1.0)),
            ("gone later than the day asked", None, vec![ended(false, "2026-05-19")], (0.0, 1.0)),
            ("by graduation, as told", None, vec![ended(true, "2026-03-01")], (0.0, 1.0)),
            ("with the class", Some("2026-03-01"), vec![ended(false, "2026-03-01")], (0.0, 1.0)),
            (
                "appointed anew, and goes on",
                None,
                vec![ended(false, "2026-01-31"), assignment(1, Principal, "2026-02-01", None)],
                (0.0, 2.0),
            ),
            (
                "somebody else goes on",
                None,
                vec![ended(false, "2026-01-31"), assignment(2, Principal, "2026-02-01", None)],
                (1.0, 2.0),
            ),
            (
                "an acting teacher is no turnover",
                None,
                vec![
                    assignment(1, Principal, "2025-09-01", None),
                    assignment(2, Acting, "2025-09-01", Some("2025-10-01")),
                ],
                (0.0, 1.0),
            ),
        ];
        for (what, closed_on, assignments, (gone, active)) in table {
            let classes = [class(1, "2025-09-01", closed_on, assignments)];
            assert_eq!(held(&classes, "2026-05-18")[1], (Some(gone), Some(active)), "{what}");
        }
    }

    #[test]
    fn the_homeroom_teachers_are_the_principals_on_some_day_of_the_period() {
        use AssignmentKind::{Acting, Deputy, Principal};
        let table = [
            ("all the time", None, assignment(1, Principal, "2024-09-01", None), true),
            ("until its first day", None, assignment(1, Principal, "2025-09-01", Some("2026-02-01")), true),
            ("until the day before", None, assignment(1, Principal, "2025-09-01", Some("2026-01-31")), false),
            ("from the day asked", None, assignment(1, Principal, LAST, None), true),
            ("from the day after", None, assignment(1, Principal, "2026-03-14", None), false),
            ("a deputy", None, assignment(1, Deputy, FIRST, None), false),
            ("an acting teacher", None, assignment(1, Acting, FIRST, None), false),
            ("of a class of before", Some("2026-01-31"), assignment(1, Principal, "2025-09-01", None), false),
            (
                "of a class closed since",
                Some("2026-02-01"),
                assignment(1, Principal, "2025-09-01", None),
                true,
            ),
        ];
        for (what, closed_on, given, counts) in table {
            let found = principals(&[class(1, "2024-09-01", closed_on, vec![given])], spring());
            assert_eq!(found.contains(&person(1)), counts, "{what}");
        }
        let given = |who| vec![assignment(who, Principal, FIRST, None)];
        let classes = [1, 1, 2].map(|who| class(who, FIRST, None, given(who)));
        assert_eq!(principals(&classes, spring()), BTreeSet::from([person(1), person(2)]), "each once");
    }

    #[test]
    fn no_assignment_active_is_not_applicable_and_none_ever_is_no_evidence() {
        let past = assignment(1, AssignmentKind::Principal, "2023-09-01", Some("2024-07-10"));
        let [c, e] = teachers_of_year(&[class(1, "2023-09-01", None, vec![past])]);
        assert_eq!((c, e), (Standing::not_applicable(), Standing::not_applicable()));
        let [c, e] = teachers_of_year(&[class(1, "2023-09-01", None, vec![])]);
        assert_eq!((c, e), (Standing::insufficient(), Standing::insufficient()));
    }

    fn teachers_of_year(classes: &[Class]) -> [Standing; 2] {
        let [_, _, c, e] =
            teachers(classes, Frame { period: Period::school_year(2025), as_of: day("2026-05-18") });
        [c.figure, e.figure]
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
            prop_assert_eq!(coverage(&[more.clone(), other.clone()], spring()), [a, b]);
            let year = Frame { period: Period::school_year(2025), as_of: day(LAST) };
            let [c, e] = appointments(std::slice::from_ref(&open), year);
            for share in [&c, &e] {
                let in_bounds = share.figure.value.is_none_or(|value| (0.0..=100.0).contains(&value));
                prop_assert!(in_bounds);
            }
            open.assignments.push(assignment(9, Deputy, FIRST, None));
            let with_others = appointments(&[open, other], year);
            // A deputy is evidence of assignments, and no more.
            if c.figure.state != MetricState::InsufficientEvidence {
                prop_assert_eq!(with_others, [c, e]);
            }
        }
    }
}
