//! Consumers: each event once, all events of one organisation in one transaction.

use crate::trace::Applying;
use crate::{Database, Event, Work, counts, database_error};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashSet};
use std::future::Future;
use tracing::Instrument as _;
use uuid::Uuid;
use vocabulary::{Kind, OrganisationNo, Result};

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

/// Applies a batch: the inbox leaves out what was applied before. An organisation whose events cannot be applied does not
/// keep the others from theirs, but the batch has failed then, and is tried again: nothing is ever skipped.
pub async fn apply<C: Consumer>(consumer: &C, events: Vec<Event>) -> Result<()> {
    let mut by_owner: BTreeMap<OrganisationNo, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_owner.entry(event.owner_no).or_default().push(event);
    }
    let mut first = Ok(());
    for (owner, events) in by_owner {
        let applying = Applying::new(C::NAME, &events);
        let applied = apply_of(consumer, owner, events).instrument(applying.work.clone()).await;
        if let Err(error) = applied {
            counts::failed(C::NAME);
            // What is away comes back, and whoever handed the events on says so.
            if error.kind() == Kind::Unavailable {
                return Err(error);
            }
            let cause = error.cause().unwrap_or("");
            tracing::error!(consumer = C::NAME, owner = owner.0, code = %error.code(), cause, "events not applied");
            first = first.and(Err(error));
        }
    }
    first
}

/// Applies events of one organisation, in one transaction.
async fn apply_of<C: Consumer>(consumer: &C, owner: OrganisationNo, events: Vec<Event>) -> Result<()> {
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
        return Ok(());
    }
    consumer.apply(&mut work, owner, &fresh).await?;
    work.finish(()).await?;
    counts::applied(C::NAME, fresh.len());
    consumer.applied(&fresh).await;
    Ok(())
}
