//! Each event once, whatever dies and whoever works beside.

use crate::world::{World, a_year, class, numbers, task};
use platform::{Consumer, Database, Event, Relay, Sink, Work};
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use vocabulary::{OrganisationNo, Result};

/// Where the consumer stops for good.
#[derive(Clone, Copy, PartialEq)]
enum Stops {
    BeforeCommit,
    AfterCommit,
    /// For half a second before the commit.
    AWhile,
    Never,
}

/// The projector, which may hang at a place and counts the events it is given.
#[derive(Clone)]
struct Mortal {
    inner: analytics::Projector,
    stops: Stops,
    given: Arc<AtomicUsize>,
    reached: Arc<tokio::sync::Notify>,
}

impl Consumer for Mortal {
    const NAME: &'static str = analytics::Projector::NAME;
    const SOURCES: &'static [&'static str] = analytics::Projector::SOURCES;

    fn database(&self) -> &Database {
        self.inner.database()
    }

    async fn apply(&self, work: &mut Work, owner: OrganisationNo, events: &[Event]) -> Result<()> {
        self.inner.apply(work, owner, events).await?;
        self.given.fetch_add(events.len(), Ordering::SeqCst);
        if self.stops == Stops::BeforeCommit {
            self.reached.notify_one();
            pending::<()>().await;
        }
        if self.stops == Stops::AWhile {
            self.reached.notify_one();
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(())
    }

    async fn applied(&self, events: &[Event]) {
        if self.stops == Stops::AfterCommit {
            self.reached.notify_one();
            pending::<()>().await;
        }
        self.inner.applied(events).await;
    }
}

fn mortal(world: &World, stops: Stops) -> Mortal {
    Mortal { inner: world.projector.clone(), stops, given: Arc::default(), reached: Arc::default() }
}

/// Runs the studios' relay until the consumer reaches its place, and kills it there.
async fn die(world: &World, stops: Stops) {
    let consumer = mortal(world, stops);
    let reached = Arc::clone(&consumer.reached);
    let [_, studios] = world.logs();
    let relay = Relay::new(studios, Sink::Local(vec![Sink::local(consumer)]));
    let running = async {
        loop {
            relay.step().await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        () = running => {}
        () = reached.notified() => {}
    }
}

/// Goes on with a consumer that lives; gives how many events it was given.
async fn go_on(world: &World, until_inbox: i64) -> usize {
    let consumer = mortal(world, Stops::Never);
    let [_, studios] = world.logs();
    let relay = Relay::new(studios, Sink::Local(vec![Sink::local(consumer.clone())]));
    for _ in 0..200 {
        let handed = relay.step().await.unwrap();
        if handed == 0 && world.count("select count(*) from analytics.inbox").await == until_inbox {
            return consumer.given.load(Ordering::SeqCst);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the log was not handed on");
}

#[tokio::test]
async fn killed_before_its_commit_it_leaves_nothing_and_applies_once_afterwards() {
    let world = World::new().await;
    let events =
        [task(11, 1, 1, 1, "2026-03-01", None), task(11, 1, 2, 1, "2026-03-01", Some(("2026-02-27", true)))];
    world.log(&events).await;
    die(&world, Stops::BeforeCommit).await;
    assert_eq!(world.count("select count(*) from analytics.task").await, 0);
    assert_eq!(world.count("select count(*) from analytics.inbox").await, 0);
    assert_eq!(world.count("select count(*) from analytics.sheet").await, 0);
    assert_eq!(go_on(&world, 2).await, 2);
    assert_eq!(
        numbers(&world.school(11, "2025-2026.2").await, "3.3.1.a"),
        (Some(1.0), Some(2.0), Some(50.0))
    );
}

#[tokio::test]
async fn killed_after_its_commit_it_is_handed_the_same_again_and_applies_nothing_twice() {
    let world = World::new().await;
    world.log(&[task(11, 1, 1, 1, "2026-03-01", None), task(12, 2, 2, 1, "2026-03-01", None)]).await;
    die(&world, Stops::AfterCommit).await;
    // One organisation's events were committed; the relay's place was not moved.
    assert_eq!(world.count("select count(*) from analytics.inbox").await, 1);
    assert_eq!(world.count("select count(*) from studios.relay_cursor").await, 0);
    let before = world.dump().await;
    assert_eq!(go_on(&world, 2).await, 1, "only the other organisation's is new");
    let after = world.dump().await;
    assert!(before.lines().all(|line| after.contains(line)), "what was applied stayed as it was");
    assert_eq!(world.count("select count(*) from analytics.task").await, 2);
    assert_eq!(go_on(&world, 2).await, 0);
}

#[tokio::test]
async fn the_same_batch_again_and_twice_the_same_event_change_nothing() {
    let events = a_year(5, 1);
    let world = World::of(events.clone()).await;
    let before = world.dump().await;
    world.apply(events.iter().chain(&events).cloned().collect()).await;
    assert!(world.dump().await == before);
}

#[tokio::test]
async fn a_second_source_waits_for_the_first_and_sees_what_it_wrote() {
    let vacant = || class(11, 1, 1, "2026-03-01", None, &[]);
    let due = || task(11, 1, 1, 1, "2026-03-10", None);
    let expected = World::of(vec![due(), vacant()]).await.dump().await;
    let world = World::new().await;
    let slow = mortal(&world, Stops::AWhile);
    let second = async {
        slow.reached.notified().await;
        world.apply(vec![vacant()]).await;
    };
    let (first, ()) = tokio::join!(platform::apply(&slow, vec![due()]), second);
    first.unwrap();
    assert!(world.dump().await == expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_sources_at_once_lose_nothing_of_each_other() {
    let events = a_year(21, 1);
    let expected = World::of(events.clone()).await.dump().await;
    let world = World::new().await;
    let (classes, others): (Vec<Event>, Vec<Event>) =
        events.into_iter().partition(|event| event.kind.starts_with("tenancy."));
    let feed = |events: Vec<Event>| {
        let projector = world.projector.clone();
        async move {
            for event in events {
                platform::apply(&projector, vec![event]).await.unwrap();
            }
        }
    };
    let half = others.len() / 2;
    let (first, second) = (others[..half].to_vec(), others[half..].to_vec());
    tokio::join!(feed(classes), feed(first), feed(second));
    assert!(world.dump().await == expected);
}
