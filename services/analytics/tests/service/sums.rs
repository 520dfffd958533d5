//! Sums over sets of schools: before and after a school moved, they reconcile.

use crate::world::{Joins, Meets, World, a_year, class, member, officer, period, session, studio, task};
use contract::analytics::{SubjectFigures, TreeFigures};
use contract::studios::MemberCategory::{HomeroomTeacher, OutsideExpert, PsychologyTeacher};
use contract::studios::StudioFunction::{Guidance, Research};
use vocabulary::{METRICS, MetricState, OrganisationNo, Unit};

async fn sums(world: &World, sets: &[&[i32]], of: &str) -> Vec<SubjectFigures> {
    let sets = sets.iter().map(|set| set.iter().copied().map(OrganisationNo).collect()).collect();
    world.ask(&officer(), TreeFigures { sets, period: period(of) }).await.unwrap()
}

#[tokio::test]
async fn old_and_new_sets_reconcile() {
    let world = World::of(a_year(42, 4)).await;
    for of in ["2024-2025", "2025-2026.1", "2025-2026.2", "2025-2026", "2026"] {
        // School 13 moves from one bureau to the other.
        let found = sums(&world, &[&[11, 12, 13], &[14], &[11, 12], &[13, 14], &[11, 12, 13, 14]], of).await;
        for (slot, metric) in METRICS.iter().enumerate() {
            let figure = |at: usize| &found[at].figures[slot];
            let add = |one: Option<f64>, other: Option<f64>| one.unwrap_or(0.0) + other.unwrap_or(0.0);
            let all = figure(4);
            let denominators =
                [(0, 1), (2, 3)].map(|(a, b)| add(figure(a).denominator, figure(b).denominator));
            let numerators = [(0, 1), (2, 3)].map(|(a, b)| add(figure(a).numerator, figure(b).numerator));
            let missing = [(0, 1), (2, 3)].map(|(a, b)| figure(a).missing + figure(b).missing);
            assert_eq!(missing, [all.missing; 2], "{} in {of}", metric.id);
            // Categories and functions are told apart over a set, so theirs is no sum, but no less than each part's.
            if ["2.1.1.b", "1.2.1.b"].contains(&metric.id.as_str()) {
                let together = all.numerator.unwrap_or(0.0);
                let parts = [0, 1, 2, 3].map(|at| figure(at).numerator.unwrap_or(0.0));
                assert!(parts.iter().all(|part| *part <= together), "{} in {of}", metric.id);
                assert!(numerators.iter().all(|sum| together <= *sum), "{} in {of}", metric.id);
            } else {
                assert_eq!(
                    denominators.map(Some),
                    [all.denominator.or(Some(0.0)); 2],
                    "{} in {of}",
                    metric.id
                );
                assert_eq!(numerators.map(Some), [all.numerator.or(Some(0.0)); 2], "{} in {of}", metric.id);
            }
            if metric.unit == Unit::Percent && all.state == MetricState::Value {
                let share = all.numerator.unwrap() / all.denominator.unwrap() * 100.0;
                assert_eq!(all.value, Some(share));
                assert!(share <= 100.0);
            }
            if metric.unit == Unit::Index {
                let mut values = (0..5).filter_map(|at| figure(at).value);
                assert!(values.all(|value| (0.0..=1.0).contains(&value)), "{} in {of}", metric.id);
            }
        }
        // A set of one is the school itself.
        let single = sums(&world, &[&[12]], of).await.remove(0);
        let own = world.school(12, of).await;
        assert_eq!(single.as_of, own.as_of);
        for (sum, own) in single.figures.iter().zip(&own.figures) {
            assert_eq!(
                (sum.state, sum.value, sum.numerator),
                (own.state, own.value, own.numerator),
                "{}",
                sum.metric
            );
        }
    }
}

#[tokio::test]
async fn what_has_no_sum_is_told_from_the_records() {
    let joins = |person, categories| Joins { person, home: 11, categories, from: "2025-09-01", to: None };
    let meets = |functions| {
        let listed = &[(1, 20, true)];
        Meets { on: "2026-03-10", held: true, functions, joint: false, listed }
    };
    let world = World::of(vec![
        studio(11, 1, 1, "2025-09-01", None),
        studio(12, 2, 1, "2025-09-01", None),
        member(11, 1, 1, 1, joins(1, &[HomeroomTeacher, PsychologyTeacher])),
        member(12, 2, 2, 1, joins(2, &[PsychologyTeacher])),
        member(12, 2, 3, 1, joins(3, &[OutsideExpert])),
        task(11, 1, 1, 1, "2026-05-08", None),
        task(12, 2, 2, 1, "2026-05-16", None),
        task(12, 2, 3, 1, "2026-05-14", None),
        session(11, 1, 1, 1, meets(&[Research])),
        session(12, 2, 2, 1, meets(&[Guidance])),
        session(12, 2, 3, 1, meets(&[Guidance, Research])),
        class(13, 1, 1, "2025-09-01", None, &[]),
    ])
    .await;
    let found = sums(&world, &[&[11], &[12], &[11, 12, 11, 13], &[]], "2025-2026.2").await;
    let column =
        |slot: usize| -> Vec<Option<f64>> { found.iter().map(|set| set.figures[slot].value).collect() };
    // Overdue 10 days in one school, 2 and 4 in the other: the median of all three is 4, not the mean of 10 and 3.
    assert_eq!(column(7), [Some(10.0), Some(3.0), Some(4.0), None]);
    assert_eq!(column(3), [Some(1.0), Some(2.0), Some(2.0), None]);
    // The school named twice counts once; the one without members or tasks is told as missing.
    let together = &found[2].figures[5];
    assert_eq!((together.denominator, together.missing), (Some(3.0), 1));
    // Each school serves a function most; together both are served alike, which is half of what four could be.
    assert_eq!(column(11), [Some(1.0), Some(2.0), Some(2.0), None]);
    let balance = column(12);
    assert_eq!((balance[0], balance[3]), (Some(0.0), None));
    assert!((balance[1].unwrap() - 0.459_147_917_027_245).abs() < 1e-12);
    assert!((balance[2].unwrap() - 0.5).abs() < 1e-12);
    let together = &found[2].figures[12];
    assert_eq!((together.numerator, together.denominator, together.missing), (None, Some(4.0), 1));
    // Somebody who came to both counts in each, and of the schools that people come from there is no sum.
    assert_eq!(column(16), [Some(1.0), Some(1.0), Some(2.0), None]);
    assert_eq!(found[2].figures[16].denominator, None);
    let nothing = &found[3];
    assert!(nothing.as_of.is_none() && nothing.figures.iter().all(|f| f.state == MetricState::NotApplicable));
}
