//! A page of the service's audit, newest first.

use crate::Resources;
use crate::policy::{self, Action};
use contract::Handle;
use contract::resources::ListAudit;
use contract::tenancy::AuditEntry;
use platform::{AuditLine, AuditWhich, list_audit};
use vocabulary::{AuditId, Call, OrganisationNo, Page, PersonId, Result, Role};

impl Handle<ListAudit> for Resources {
    async fn handle(&self, call: &Call, request: ListAudit) -> Result<Page<AuditEntry>> {
        policy::may(&call.principal, Action::ReadAudit)?;
        let filter = request.filter;
        let which = AuditWhich {
            organisation: filter.organisation,
            person: filter.person.map(PersonId::uuid),
            action: filter.action,
            since: filter.since,
            until: filter.until,
        };
        let mut read = self.database.read(call).await?;
        let page =
            list_audit(&mut read, "resources", &call.principal.readable, &which, &request.page).await?;
        Ok(page.map(|line: AuditLine| AuditEntry {
            id: AuditId::from_uuid(line.id),
            at: line.at,
            service: "resources".to_owned(),
            person: line.person_id.map(PersonId::from_uuid),
            person_name: None,
            role: line.role.as_deref().and_then(Role::from_code),
            action: line.action,
            organisation_no: OrganisationNo(line.owner_no),
            subject: line.subject,
            detail: line.detail.to_string(),
            request_id: line.request_id.to_string(),
        }))
    }
}
