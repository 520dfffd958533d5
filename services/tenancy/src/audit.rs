//! Reading the audit.

use crate::Tenancy;
use crate::people::store::names;
use crate::policy::{Action, may};
use contract::Handle;
use contract::tenancy::{AuditEntry, ListAudit};
use platform::AuditWhich;
use vocabulary::{AuditId, Call, OrganisationNo, Page, PersonId, Result, Role};

impl Handle<ListAudit> for Tenancy {
    async fn handle(&self, call: &Call, request: ListAudit) -> Result<Page<AuditEntry>> {
        may(&call.principal, Action::ReadAudit)?;
        let ListAudit { filter, page } = request;
        let which = AuditWhich {
            organisation: filter.organisation,
            person: filter.person.map(PersonId::uuid),
            action: filter.action,
            since: filter.since,
            until: filter.until,
        };
        let mut read = self.database.read(call).await?;
        let lines =
            platform::list_audit(&mut read, "tenancy", &call.principal.readable, &which, &page).await?;
        let people: Vec<_> = lines.items.iter().filter_map(|line| line.person_id).collect();
        let names = names(&mut read, &people).await?;
        Ok(lines.map(|line| AuditEntry {
            id: AuditId::from_uuid(line.id),
            at: line.at,
            service: "tenancy".to_owned(),
            person: line.person_id.map(PersonId::from_uuid),
            person_name: line.person_id.and_then(|id| names.get(&id).cloned()),
            role: line.role.as_deref().and_then(Role::from_code),
            action: line.action,
            organisation_no: OrganisationNo(line.owner_no),
            subject: line.subject,
            detail: line.detail.to_string(),
            request_id: line.request_id.to_string(),
        }))
    }
}
