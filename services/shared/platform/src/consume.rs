//! Consumers: each event once, all events of one organisation in one transaction.

use crate::{Database, Event, Work, database_error};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashSet};
use std::future::Future;
use uuid::Uuid;
use vocabulary::{OrganisationNo, Result};

/// Applies events of other services to projections of one's own.
pub trait Consumer: Clone + Send + Sync + 'static {
    /// Its name in the inbox and among Redis' groups.
    const NAME: &'static str;
    /// The services whose events it takes.
    const SOURCES: &'static [&'static str];

    /// The consumer's own database.
    fn database(&self) -> &Database;

    /// Applies events that were not applied before, all of one organisation, in the order of the log. The scope of
    /// `work` is that organisation.
    fn apply(
        &self,
        work: &mut Work,
        owner: OrganisationNo,
        events: &[Event],
    ) -> impl Future<Output = Result<()>> + Send;

    /// After the commit: tells open pages.
    fn applied(&self, events: &[Event]) -> impl Future<Output = ()> + Send {
        let _ = events;
        std::future::ready(())
    }
}

/// Applies a batch: the inbox leaves out what was applied before.
pub async fn apply<C: Consumer>(consumer: &C, events: Vec<Event>) -> Result<()> {
    let mut by_owner: BTreeMap<OrganisationNo, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_owner.entry(event.owner_no).or_default().push(event);
    }
    for (owner, events) in by_owner {
        let database = consumer.database();
        let mut work = database.begin_service(C::NAME, "apply", owner).await?;
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        let sql = format!(
            "insert into {}.inbox (owner_no, consumer, event_id) select $1, $2, id from unnest($3::uuid[]) id
             on conflict do nothing returning event_id",
            database.service()
        );
        let fresh = sqlx::query_scalar::<_, Uuid>(AssertSqlSafe(sql)).bind(owner.0).bind(C::NAME).bind(&ids);
        let fresh: HashSet<Uuid> =
            fresh.fetch_all(&mut *work).await.map_err(database_error)?.into_iter().collect();
        let mut seen = HashSet::new();
        let fresh: Vec<Event> =
            events.into_iter().filter(|e| fresh.contains(&e.id) && seen.insert(e.id)).collect();
        if fresh.is_empty() {
            continue;
        }
        consumer.apply(&mut work, owner, &fresh).await?;
        work.finish(()).await?;
        consumer.applied(&fresh).await;
    }
    Ok(())
}
