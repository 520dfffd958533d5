//! Live updates: what has changed, within the reader's scope; the page asks again for what it shows of it.

mod socket;

use crate::ask::part;
use crate::session::Identity;
use async_graphql::{Context, SimpleObject, Subscription};
use contract::events;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use platform::{Change, Changes};
use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError, error::TryRecvError};
use uuid::Uuid;
use vocabulary::{
    ClassId, MembershipId, OrganisationId, PersonId, PlanItemId, Principal, Result, StudioId,
    StudioSessionId, TaskId,
};

pub(crate) use socket::upgrade;

/// How long changes are gathered, so that an import of thousands of rows is not as many messages.
const GATHER: Duration = Duration::from_millis(100);
/// More changes at once than this are told as one.
const MOST: usize = 50;

/// What has changed.
#[derive(SimpleObject, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Changed {
    /// What it is, as its id begins: `task`, `studio`, `organisation`; `figure` for whatever analytics has computed;
    /// `all` where more has changed than is worth naming.
    kind: String,
    /// Its id, where it has one outside.
    id: String,
}

impl Changed {
    fn all() -> Self {
        Self { kind: "all".into(), id: String::new() }
    }
}

fn told<T: Display>(prefix: &str, id: &str, make: fn(Uuid) -> T) -> Changed {
    let id = Uuid::from_str(id).map(|uuid| make(uuid).to_string()).unwrap_or_default();
    Changed { kind: prefix.into(), id }
}

impl From<&Change> for Changed {
    fn from(change: &Change) -> Self {
        let id = change.id.as_str();
        match change.kind.as_str() {
            events::ORGANISATION => told(OrganisationId::PREFIX, id, OrganisationId::from_uuid),
            events::PERSON => told(PersonId::PREFIX, id, PersonId::from_uuid),
            events::CLASS => told(ClassId::PREFIX, id, ClassId::from_uuid),
            events::STUDIO => told(StudioId::PREFIX, id, StudioId::from_uuid),
            events::MEMBER => told(MembershipId::PREFIX, id, MembershipId::from_uuid),
            events::PLAN_ITEM => told(PlanItemId::PREFIX, id, PlanItemId::from_uuid),
            events::TASK => told(TaskId::PREFIX, id, TaskId::from_uuid),
            events::SESSION => told(StudioSessionId::PREFIX, id, StudioSessionId::from_uuid),
            kind => match kind.split_once('.') {
                Some(("analytics", _)) => Self { kind: "figure".into(), id: String::new() },
                Some((_, kind)) => Self { kind: kind.replace('_', ""), id: String::new() },
                None => Self { kind: kind.to_owned(), id: String::new() },
            },
        }
    }
}

/// Live updates.
pub(crate) struct Subscription;

/// Live updates.
#[Subscription]
impl Subscription {
    /// Something changed within the reader's scope; ask again for what is shown of it.
    async fn changed(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Changed>> {
        let principal = part::<Identity>(ctx)?.principal();
        Ok(changes(part::<Changes>(ctx)?.subscribe(), principal).boxed())
    }
}

/// What a principal may hear of.
fn changes(from: Receiver<Change>, principal: Arc<Principal>) -> impl Stream<Item = Changed> {
    let batches = futures::stream::unfold((from, principal), |(mut from, principal)| async move {
        let batch = gathered(&mut from, &principal).await?;
        Some((futures::stream::iter(batch), (from, principal)))
    });
    batches.flatten()
}

/// The next changes that the principal may hear of, each once; nothing when there will be none any more.
async fn gathered(from: &mut Receiver<Change>, principal: &Principal) -> Option<Vec<Changed>> {
    let mut batch = BTreeSet::new();
    let mut hear = |change: &Change| {
        if principal.reads(change.owner_no, change.studio) {
            batch.insert(Changed::from(change));
        }
        !batch.is_empty()
    };
    loop {
        match from.recv().await {
            Ok(change) if hear(&change) => break,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return Some(vec![Changed::all()]),
            Err(RecvError::Closed) => return None,
        }
    }
    tokio::time::sleep(GATHER).await;
    loop {
        match from.try_recv() {
            Ok(change) => {
                hear(&change);
            }
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            Err(TryRecvError::Lagged(_)) => return Some(vec![Changed::all()]),
        }
    }
    Some(if batch.len() > MOST { vec![Changed::all()] } else { batch.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{OrganisationNo, Ranges};

    fn change(owner: i32, studio: Option<StudioId>, kind: &str) -> Change {
        Change { owner_no: OrganisationNo(owner), studio, kind: kind.into(), id: Uuid::nil().to_string() }
    }

    #[tokio::test]
    async fn only_what_is_in_scope_is_told_and_once() {
        let hub = Changes::default();
        let guest_of = StudioId::new();
        let principal = Principal {
            readable: Ranges::from_pairs([(10, 20)]),
            studios: vec![guest_of],
            ..Principal::anonymous()
        };
        let mut heard = Box::pin(changes(hub.subscribe(), Arc::new(principal)));
        hub.publish(vec![
            change(9, None, events::TASK),
            change(20, Some(StudioId::new()), events::TASK),
            change(15, None, events::TASK),
            change(15, None, events::TASK),
            change(99, Some(guest_of), events::PLAN_ITEM),
            change(15, None, "analytics.sheet"),
        ])
        .await;
        let mut kinds = Vec::new();
        for _ in 0..3 {
            kinds.push(heard.next().await.unwrap().kind);
        }
        assert_eq!(kinds, ["figure", "planitem", "task"]);
        let more = tokio::time::timeout(GATHER * 3, heard.next()).await;
        assert!(more.is_err(), "{more:?}");
    }

    #[tokio::test]
    async fn very_many_are_told_as_one() {
        let hub = Changes::default();
        let principal = Principal { readable: Ranges::from_pairs([(1, 2)]), ..Principal::anonymous() };
        let mut heard = Box::pin(changes(hub.subscribe(), Arc::new(principal)));
        let many = (0..200)
            .map(|_| Change { id: StudioId::new().uuid().to_string(), ..change(1, None, events::STUDIO) });
        hub.publish(many.collect()).await;
        assert_eq!(heard.next().await, Some(Changed::all()));
    }
}
