//! The consumer: events of other services become records, facts and sheets, all in one transaction.

use crate::{records, refresh};
use platform::{Change, Changes, Consumer, Database, Event, Work};
use vocabulary::{OrganisationNo, Result, StudioId};

/// Applies the events of tenancy and studios, and then tells open pages what changed.
#[derive(Clone)]
pub struct Projector {
    database: Database,
    changes: Changes,
}

impl Projector {
    /// A consumer that writes to this database and tells of what it applied.
    pub const fn new(database: Database, changes: Changes) -> Self {
        Self { database, changes }
    }
}

impl Consumer for Projector {
    const NAME: &'static str = "analytics";
    const SOURCES: &'static [&'static str] = &["tenancy", "studios"];

    fn database(&self) -> &Database {
        &self.database
    }

    async fn apply(&self, work: &mut Work, owner: OrganisationNo, events: &[Event]) -> Result<()> {
        let today = work.today();
        if let Some(touched) = records::keep(&mut *work, owner, events).await? {
            let sheets = refresh::refresh(&mut *work, owner, today, &touched).await?;
            tracing::debug!(owner = owner.0, events = events.len(), sheets, "figures brought up to date");
        }
        Ok(())
    }

    async fn applied(&self, events: &[Event]) {
        let changes = events.iter().map(|event| Change {
            owner_no: event.owner_no,
            studio: event.studio_id.map(StudioId::from_uuid),
            kind: event.kind.clone(),
            id: event.aggregate.to_string(),
        });
        self.changes.publish(changes.collect()).await;
    }
}
