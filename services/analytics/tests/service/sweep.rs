//! Figures of running periods depend on the day: the sweep brings them to it.

use crate::world::{World, a_year, class, day, figure, numbers, task};
use chrono::{DateTime, Utc};
use vocabulary::MetricState;

fn noon(text: &str) -> DateTime<Utc> {
    day(text).and_hms_opt(4, 0, 0).unwrap().and_utc()
}

#[tokio::test]
async fn the_sweep_brings_running_periods_to_today_and_leaves_the_others() {
    let world =
        World::of(vec![class(11, 1, 1, "2025-09-01", None, &[]), task(11, 1, 1, 1, "2026-05-18", None)])
            .await;
    assert_eq!(world.analytics.sweep().await.unwrap(), 0, "the events brought everything to their day");
    let vacant = |figures| numbers(&figures, "1.1.2.b").2.unwrap();
    let before = vacant(world.school(11, "2025-2026.2").await);
    let autumn = world.school(11, "2025-2026.1").await;

    world.clock.set(noon("2026-05-20"));
    // A read says the day it stands at and writes nothing.
    assert_eq!(world.school(11, "2025-2026.2").await.as_of, Some(day("2026-05-18")));
    assert_eq!(world.analytics.sweep().await.unwrap(), 1);
    let spring = world.school(11, "2025-2026.2").await;
    assert_eq!((spring.as_of, vacant(spring.clone())), (Some(day("2026-05-20")), before + 2.0));
    assert_eq!(numbers(&spring, "3.3.1.c").2, Some(2.0), "the task is two days late by now");
    assert_eq!(world.school(11, "2025-2026.1").await, autumn);
    assert_eq!(world.analytics.sweep().await.unwrap(), 0);

    // In September the spring stands as on its last day, and a new semester and school year have begun.
    world.clock.set(noon("2026-09-02"));
    assert_eq!(world.analytics.sweep().await.unwrap(), 1);
    assert_eq!(world.school(11, "2025-2026.2").await.as_of, Some(day("2026-07-31")));
    let begun = world.school(11, "2026-2027.1").await;
    assert_eq!((begun.as_of, vacant(begun.clone())), (Some(day("2026-09-02")), 2.0));
    assert_eq!(figure(&begun, "3.3.1.a").state, MetricState::NotApplicable);
    assert_eq!(world.analytics.sweep().await.unwrap(), 0);
}

#[tokio::test]
async fn swept_day_by_day_or_built_at_the_end_it_is_the_same() {
    let events = a_year(9, 2);
    let world = World::of(events.clone()).await;
    for today in ["2026-05-19", "2026-07-31", "2026-08-01", "2026-09-01", "2027-01-01"] {
        world.clock.set(noon(today));
        assert_eq!(world.analytics.sweep().await.unwrap(), 2);
    }
    let fresh = World::new().await;
    fresh.clock.set(noon("2027-01-01"));
    fresh.apply(events).await;
    assert!(world.dump().await == fresh.dump().await);
}
