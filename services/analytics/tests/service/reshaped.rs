//! What is renamed, moved or shared in the middle of a year is counted on each day where it then was.

use crate::world::{Joins, World, class, member, numbers, officer, period, studio, task};
use contract::analytics::TreeFigures;
use contract::studios::MemberCategory::{Candidate, HomeroomTeacher, OutsideExpert, PsychologyTeacher};
use contract::tenancy::AssignmentKind::Principal;
use vocabulary::OrganisationNo;

const SPRING: &str = "2025-2026.2";

#[tokio::test]
async fn a_renamed_class_counts_as_before() {
    let teachers = [(1, Principal, "2025-09-01", Some("2026-03-01"))];
    let world = World::of(vec![class(11, 1, 1, "2025-09-01", None, &teachers)]).await;
    let before = world.school(11, SPRING).await;
    // A new name is a new version that says the same of what is counted.
    world.apply(vec![class(11, 1, 2, "2025-09-01", None, &teachers)]).await;
    assert_eq!(world.school(11, SPRING).await, before);
}

#[tokio::test]
async fn a_class_that_moves_has_each_day_in_one_school() {
    let whole =
        World::of(vec![class(11, 1, 1, "2025-09-01", None, &[(1, Principal, "2025-09-01", None)])]).await;
    let days = numbers(&whole.school(11, SPRING).await, "1.1.2.a").1;
    // It leaves 11 at the end of March and goes on in 12; its new teacher is named a week later.
    let world = World::of(vec![
        class(
            11,
            1,
            1,
            "2025-09-01",
            Some("2026-03-31"),
            &[(1, Principal, "2025-09-01", Some("2026-03-31"))],
        ),
        class(12, 2, 1, "2026-04-01", None, &[(2, Principal, "2026-04-08", None)]),
    ])
    .await;
    let (old, new) = (world.school(11, SPRING).await, world.school(12, SPRING).await);
    let sum = numbers(&old, "1.1.2.a").1.zip(numbers(&new, "1.1.2.a").1).map(|(a, b)| a + b);
    assert_eq!(sum, days, "no class-day is lost and none is counted twice");
    assert_eq!(numbers(&old, "1.1.2.b").2, Some(0.0));
    assert_eq!(numbers(&new, "1.1.2.b").2, Some(5.0), "from Wednesday to Tuesday");
    let sets = vec![[11, 12].map(OrganisationNo).to_vec()];
    let together = TreeFigures { sets, period: period(SPRING) };
    let together = world.ask(&officer(), together).await.unwrap().remove(0);
    assert_eq!(numbers(&together, "1.1.2.b"), (Some(5.0), days, Some(5.0)));
}

#[tokio::test]
async fn a_citys_studio_has_members_from_many_schools() {
    let joins = |person, home, categories| Joins { person, home, categories, from: "2025-09-01", to: None };
    let world = World::of(vec![
        studio(10, 1, 1, "2025-09-01", None),
        member(10, 1, 1, 1, joins(1, 11, &[HomeroomTeacher])),
        member(10, 1, 2, 1, joins(2, 12, &[Candidate])),
        member(10, 1, 3, 1, joins(3, 12, &[PsychologyTeacher])),
        member(10, 1, 4, 1, joins(4, 10, &[OutsideExpert])),
        // One of them is a member at home too.
        studio(11, 2, 1, "2025-09-01", None),
        member(11, 2, 5, 1, joins(1, 11, &[HomeroomTeacher])),
        task(10, 1, 1, 1, "2026-03-10", Some(("2026-03-10", true))),
    ])
    .await;
    let own = world.studio(1, SPRING).await;
    assert_eq!(
        numbers(&own, "2.1.1.a"),
        (Some(2.0), Some(4.0), Some(50.0)),
        "core by what they are, not where"
    );
    assert_eq!(numbers(&own, "2.1.1.c"), (Some(3.0), Some(2.0), Some(3.0)), "three of two schools");
    assert_eq!(numbers(&world.school(10, SPRING).await, "3.3.1.a"), (Some(1.0), Some(1.0), Some(100.0)));
    // The school that they come from counts its own studio only: what they do for the city is the city's.
    let home = world.school(11, SPRING).await;
    assert_eq!(numbers(&home, "2.1.1.a"), (Some(1.0), Some(1.0), Some(100.0)));
    assert_eq!(numbers(&home, "3.3.1.a"), (None, None, None));
}

#[tokio::test]
async fn a_calendar_year_holds_the_days_of_both_school_years() {
    let world = World::of(vec![
        task(11, 1, 1, 1, "2025-12-31", Some(("2025-12-30", true))),
        task(11, 1, 2, 1, "2026-01-01", Some(("2026-01-01", true))),
        task(11, 1, 3, 1, "2026-01-31", None),
        task(11, 1, 4, 1, "2026-02-01", Some(("2026-02-01", false))),
        task(11, 1, 5, 1, "2026-09-01", None),
        task(11, 1, 6, 1, "2026-12-31", None),
        task(11, 1, 7, 1, "2027-01-01", None),
    ])
    .await;
    for (of, cleared, due) in [
        ("2025", 1.0, 1.0),
        ("2026", 1.0, 5.0),
        ("2025-2026.1", 2.0, 3.0),
        ("2025-2026.2", 0.0, 1.0),
        ("2025-2026", 2.0, 4.0),
    ] {
        let figure = numbers(&world.school(11, of).await, "3.3.1.a");
        assert_eq!(figure, (Some(cleared), Some(due), Some(cleared / due * 100.0)), "{of}");
    }
    // Open past its day, and closed late: both are told on the day asked.
    assert_eq!(numbers(&world.school(11, "2026").await, "3.3.1.c").1, Some(1.0));
}
