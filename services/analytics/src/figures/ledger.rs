//! 3.3.1 台账销账: the tasks due in the period, all of them, as they stand on the day asked.
//!
//! (a) closed with evidence ÷ due × 100; (b) closed with evidence by the due date ÷ due × 100; (c) the median days
//! overdue of those closed late or still open past their date; (f) closed with a reason and no evidence.

use super::{Computed, Frame, Line, Standing, size};
use crate::records::Task;
use chrono::NaiveDate;
use contract::analytics::RecordKind;

/// The day on which the task was closed, as known on a day.
fn closed(task: &Task, as_of: NaiveDate) -> Option<NaiveDate> {
    task.closed_on.filter(|closed| *closed <= as_of)
}

fn overdue_days(task: &Task, as_of: NaiveDate) -> Option<f64> {
    let until = closed(task, as_of).unwrap_or(as_of);
    let days = i32::try_from(until.signed_duration_since(task.due_on).num_days()).unwrap_or(i32::MAX);
    (days > 0).then_some(f64::from(days))
}

/// The middle value; of an even number, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get(values.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The letters a, b, c and f over the tasks of a subject; `None` where it never had one.
pub(super) fn clearing<'a>(tasks: Option<impl Iterator<Item = &'a Task>>, frame: Frame) -> [Computed; 4] {
    let Some(tasks) = tasks else {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    };
    let (mut due, mut cleared, mut on_time, mut unexplained) = (0.0, 0.0, 0.0, 0.0);
    let mut behind: [Vec<Line>; 4] = std::array::from_fn(|_| Vec::new());
    for task in tasks.filter(|task| frame.period.holds(task.due_on)) {
        let line = |counts, weight| Line { kind: RecordKind::Task, id: task.id, counts, weight };
        let closed = closed(task, frame.as_of);
        let is_cleared = closed.is_some() && task.with_evidence;
        let is_on_time = is_cleared && closed.is_some_and(|closed| closed <= task.due_on);
        due += 1.0;
        cleared += f64::from(u8::from(is_cleared));
        on_time += f64::from(u8::from(is_on_time));
        behind[0].push(line(is_cleared, 1.0));
        behind[1].push(line(is_on_time, 1.0));
        if let Some(days) = overdue_days(task, frame.as_of) {
            behind[2].push(line(true, days));
        }
        if closed.is_some() && !task.with_evidence {
            unexplained += 1.0;
            behind[3].push(line(true, 1.0));
        }
    }
    let late: Vec<f64> = behind[2].iter().map(|line| line.weight).collect();
    let overdue = size(late.len());
    let middle = median(late).map_or_else(Standing::not_applicable, |days| Standing {
        numerator: None,
        ..Standing::count(days, Some(overdue))
    });
    let [all, timely, late, open_handed] = behind;
    [
        Computed { figure: Standing::share(cleared, due), lines: all },
        Computed { figure: Standing::share(on_time, due), lines: timely },
        Computed { figure: middle, lines: late },
        Computed { figure: Standing::count_of(unexplained, due), lines: open_handed },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{day, task};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use vocabulary::{MetricState, Period};

    fn frame(as_of: &str) -> Frame {
        Frame { period: Period::semester(2025, 2), as_of: day(as_of) }
    }

    fn clear(tasks: &[Task]) -> [Computed; 4] {
        clearing(Some(tasks.iter()), frame("2026-05-18"))
    }

    /// Eight tasks due in the semester and two that are not.
    fn ledger() -> Vec<Task> {
        vec![
            task(1, "2026-03-10", Some(("2026-03-09", true))),
            task(2, "2026-03-10", Some(("2026-03-10", true))),
            task(3, "2026-03-10", Some(("2026-03-16", true))), // 6 days late
            task(4, "2026-03-10", Some(("2026-03-10", false))), // closed with a reason
            task(5, "2026-04-30", Some(("2026-05-02", false))), // with a reason, 2 days late
            task(6, "2026-05-08", None),                       // open, 10 days past
            task(7, "2026-05-18", None),                       // due today
            task(8, "2026-06-30", None),                       // due later in the semester
            task(9, "2026-01-31", Some(("2026-02-03", true))), // due in the semester before
            task(10, "2026-08-01", None),                      // due after it
        ]
    }

    #[test]
    fn letter_a_is_closed_with_evidence_of_all_due() {
        let figure = clear(&ledger())[0].figure;
        assert_eq!((figure.numerator, figure.denominator, figure.value), (Some(3.0), Some(8.0), Some(37.5)));
    }

    #[test]
    fn letter_b_is_closed_with_evidence_in_time() {
        let figure = clear(&ledger())[1].figure;
        assert_eq!((figure.numerator, figure.denominator, figure.value), (Some(2.0), Some(8.0), Some(25.0)));
    }

    #[test]
    fn letter_c_is_the_median_of_late_and_still_open_ones() {
        let figure = clear(&ledger())[2].figure;
        assert_eq!((figure.denominator, figure.value), (Some(3.0), Some(6.0)), "of 2, 6 and 10");
        let four: Vec<Task> = ledger().into_iter().chain([task(11, "2026-05-17", None)]).collect();
        assert_eq!(clear(&four)[2].figure.value, Some(4.0), "of 1, 2, 6 and 10");
        let none = clear(&ledger()[..2]);
        assert_eq!(none[2].figure.state, MetricState::NotApplicable, "no task overdue has no median, not 0");
    }

    #[test]
    fn letter_f_counts_what_was_closed_with_a_reason_only() {
        let computed = clear(&ledger());
        assert_eq!((computed[3].figure.value, computed[3].lines.len()), (Some(2.0), 2));
        assert_eq!(clear(&ledger()[..2])[3].figure.value, Some(0.0));
    }

    #[test]
    fn none_due_is_not_applicable_and_none_ever_is_no_evidence() {
        for computed in clear(&ledger()[8..]) {
            assert_eq!((computed.figure.state, computed.figure.value), (MetricState::NotApplicable, None));
        }
        for computed in clearing(None::<std::slice::Iter<'_, Task>>, frame("2026-05-18")) {
            assert_eq!((computed.figure, computed.lines.len()), (Standing::insufficient(), 0));
        }
    }

    #[test]
    fn what_was_closed_after_the_day_asked_was_open_on_it() {
        let tasks = [task(1, "2026-03-10", Some(("2026-03-20", true)))];
        let [a, _, c, _] = clearing(Some(tasks.iter()), frame("2026-03-15"));
        assert_eq!((a.figure.value, c.figure.value), (Some(0.0), Some(5.0)));
    }

    fn any_task() -> impl Strategy<Value = Task> {
        let closing = proptest::option::of((0u64..200, any::<bool>()));
        (1u32..1000, 0u64..300, closing).prop_map(|(id, due, closing)| {
            let mut task = task(id, "2025-12-01", None);
            task.due_on = task.due_on + chrono::Days::new(due);
            if let Some((after, with_evidence)) = closing {
                task.closed_on = Some(day("2025-12-15") + chrono::Days::new(after));
                task.with_evidence = with_evidence;
            }
            task
        })
    }

    proptest! {
        #[test]
        fn no_share_over_100_nothing_twice_and_what_is_due_elsewhere_changes_nothing(
            tasks in proptest::collection::vec(any_task(), 0..40),
        ) {
            let mut seen = BTreeSet::new();
            let tasks: Vec<Task> = tasks.into_iter().filter(|task| seen.insert(task.id)).collect();
            let computed = clear(&tasks);
            for figure in &computed {
                let ids: BTreeSet<_> = figure.lines.iter().map(|line| line.id).collect();
                prop_assert_eq!(ids.len(), figure.lines.len());
            }
            let due = tasks.iter().filter(|task| Period::semester(2025, 2).holds(task.due_on)).count();
            prop_assert_eq!(computed[0].lines.len(), due);
            if due > 0 {
                let [a, b] = [computed[0].figure, computed[1].figure];
                prop_assert!(a.value.unwrap() <= 100.0 && b.numerator.unwrap() <= a.numerator.unwrap());
                let counted: f64 = computed[0].lines.iter().filter(|l| l.counts).map(|l| l.weight).sum();
                prop_assert_eq!(a.numerator, Some(counted));
            }
            let mut more = tasks.clone();
            more.push(task(2000, "2026-01-31", Some(("2026-02-10", false))));
            more.push(task(2001, "2026-08-01", None));
            prop_assert_eq!(&clear(&more), &computed);
            let backwards: Vec<Task> = tasks.into_iter().rev().collect();
            let again = clear(&backwards);
            for (one, other) in again.iter().zip(&computed) {
                prop_assert_eq!(one.figure, other.figure);
            }
        }
    }
}
