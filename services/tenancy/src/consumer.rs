//! Members' grants, made from the studios' events.

use crate::grants::store::{Row, keep_of_membership};
use contract::events::{MEMBER, MemberEvent};
use contract::studios::MemberRole;
use platform::{Consumer, Database, Event, Work};
use vocabulary::{OrganisationNo, Result, Role};

/// Keeps a grant for every membership: the newest version of the membership wins.
#[derive(Clone)]
pub struct TenancyConsumer {
    database: Database,
}

impl TenancyConsumer {
    /// A consumer that writes to this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

impl Consumer for TenancyConsumer {
    const NAME: &'static str = "tenancy";
    const SOURCES: &'static [&'static str] = &["studios"];

    fn database(&self) -> &Database {
        &self.database
    }

    async fn apply(&self, work: &mut Work, owner: OrganisationNo, events: &[Event]) -> Result<()> {
        for event in events.iter().filter(|event| event.kind == MEMBER) {
            let member: MemberEvent = event.state()?;
            let role = match member.role {
                MemberRole::Lead => Role::StudioLead,
                MemberRole::Coordinator => Role::StudioCoordinator,
                MemberRole::Member => Role::StudioMember,
            };
            let row = Row {
                owner_no: owner.0,
                // One grant a membership: its id is the membership's own.
                id: member.id.uuid(),
                person_id: member.person.uuid(),
                person_name: String::new(),
                role: role.code().to_owned(),
                studio_id: Some(member.studio.uuid()),
                studio_name: Some(member.studio_name),
                valid_from: member.from,
                valid_to: member.to,
                revoked_at: None,
                given_by: None,
            };
            keep_of_membership(work, &row, event.version).await?;
        }
        Ok(())
    }
}
