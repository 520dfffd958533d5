//! The consumer: tenancy's events keep the names of people and organisations.

use crate::people::store;
use contract::events::{ORGANISATION, OrganisationEvent, PERSON, PersonEvent};
use platform::{Consumer, Database, Event, Work};
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{OrganisationNo, Result};

/// Keeps the newest state of each person and organisation.
#[derive(Clone)]
pub struct StudiosConsumer {
    database: Database,
}

impl StudiosConsumer {
    /// A consumer that writes to this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

impl Consumer for StudiosConsumer {
    const NAME: &'static str = "studios";
    const SOURCES: &'static [&'static str] = &["tenancy"];

    fn database(&self) -> &Database {
        &self.database
    }

    async fn apply(&self, work: &mut Work, owner: OrganisationNo, events: &[Event]) -> Result<()> {
        let mut newest: BTreeMap<Uuid, &Event> = BTreeMap::new();
        for event in events.iter().filter(|event| event.kind == PERSON) {
            let kept = newest.entry(event.aggregate).or_insert(event);
            if kept.version < event.version {
                *kept = event;
            }
        }
        let people: Vec<(PersonEvent, i32)> =
            newest.into_values().map(|event| Ok((event.state()?, event.version))).collect::<Result<_>>()?;
        if !people.is_empty() {
            store::keep_people(&mut *work, owner, &people).await?;
        }
        for event in events.iter().filter(|event| event.kind == ORGANISATION) {
            store::keep_organisation(&mut *work, &event.state::<OrganisationEvent>()?, event.version).await?;
        }
        Ok(())
    }
}
