//! A page of the service's audit, newest first.

use crate::{Studios, people, policy};
use contract::Handle;
use contract::studios::ListAudit;
use contract::tenancy::AuditEntry;
use platform::{AuditLine, AuditWhich, list_audit};
use vocabulary::{AuditId, Call, OrganisationNo, Page, PersonId, Result, Role};

impl Handle<ListAudit> for Studios {
    async fn handle(&self, call: &Call, request: ListAudit) -> Result<Page<AuditEntry>> {
        policy::may_read_audit(&call.principal)?;
        let filter = request.filter;
        let which = AuditWhich {
            organisation: filter.organisation,
            person: filter.person.map(PersonId::uuid),
            action: filter.action,
            since: filter.since,
            until: filter.until,
        };
        let mut read = self.database.read(call).await?;
        let page = list_audit(&mut read, "studios", &call.principal.readable, &which, &request.page).await?;
        let people: Vec<_> = page.items.iter().filter_map(|line| line.person_id).collect();
        let names = people::store::names(&mut read, &people).await?;
        Ok(page.map(|line: AuditLine| AuditEntry {
            id: AuditId::from_uuid(line.id),
            at: line.at,
            service: "studios".to_owned(),
            person: line.person_id.map(PersonId::from_uuid),
            person_name: line.person_id.and_then(|id| names.get(&PersonId::from_uuid(id)).cloned()),
            role: line.role.as_deref().and_then(Role::from_code),
            action: line.action,
            organisation_no: OrganisationNo(line.owner_no),
            subject: line.subject,
            detail: line.detail.to_string(),
            request_id: line.request_id.to_string(),
        }))
    }
}
