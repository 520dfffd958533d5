//! All of it is a function of the records and the day: replayed, regrouped and reordered it is the same to the byte.

use crate::world::{Dice, World, a_year, class};
use std::time::Duration;

#[tokio::test]
async fn truncated_and_replayed_it_is_equal_to_the_byte() {
    let world = World::new().await;
    let events = a_year(7, 2);
    // As life goes: a few at a time.
    for few in events.chunks(9) {
        world.log(few).await;
        world.relay(0).await;
    }
    let told = i64::try_from(events.len()).unwrap();
    world.relay(told).await;
    let before = world.dump().await;
    assert!(before.len() > 50_000, "{}", before.len());
    // Another test's open transaction may hide the log's end for a moment.
    for _ in 0..100 {
        let handed = world.analytics.rebuild(&world.logs()).await.unwrap();
        if handed == events.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.count("select count(*) from analytics.inbox").await, told);
    let after = world.dump().await;
    assert!(before == after, "{}", first_difference(&before, &after));
}

#[tokio::test]
async fn a_rebuild_needs_every_log() {
    let world = World::of(a_year(3, 1)).await;
    let before = world.dump().await;
    let [tenancy, _] = world.logs();
    assert!(world.analytics.rebuild(&[tenancy]).await.is_err());
    assert!(world.dump().await == before, "nothing was forgotten");
}

#[tokio::test]
async fn order_and_batches_leave_no_trace() {
    for seed in [11, 12, 13] {
        let events = a_year(seed, 2);
        let at_once = World::of(events.clone()).await;
        let expected = at_once.dump().await;
        let mut dice = Dice(seed * 77 + 1);
        // Within a batch, and then across all of them: newest versions may come first.
        let one_by_one = World::new().await;
        for batch in events.chunks(17) {
            let mut batch = batch.to_vec();
            dice.shuffle(&mut batch);
            one_by_one.apply(batch).await;
        }
        let mut everything = events;
        dice.shuffle(&mut everything);
        let shuffled = World::new().await;
        for batch in everything.chunks(23) {
            shuffled.apply(batch.to_vec()).await;
        }
        for other in [one_by_one, shuffled] {
            let dump = other.dump().await;
            assert!(dump == expected, "seed {seed}: {}", first_difference(&expected, &dump));
        }
    }
}

#[tokio::test]
async fn a_first_record_that_lies_later_than_it_did_takes_its_sheets_along() {
    let corrected = || class(11, 1, 2, "2025-09-01", None, &[]);
    let world = World::of(vec![class(11, 1, 1, "2015-09-01", None, &[])]).await;
    assert!(world.school(11, "2016").await.as_of.is_some());
    world.apply(vec![corrected()]).await;
    assert!(world.school(11, "2016").await.as_of.is_none());
    assert!(world.dump().await == World::of(vec![corrected()]).await.dump().await);
}

fn first_difference(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    pair.map_or_else(|| "one is longer".to_owned(), |(a, b)| format!("\n{a}\n{b}"))
}
