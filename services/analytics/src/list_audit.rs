//! The service's audit. Figures follow from other services' changes, which are in those services' audits; what stands
//! here is what was done to this service itself.

use crate::Analytics;
use crate::policy::{Action, may};
use contract::Handle;
use contract::analytics::ListAudit;
use contract::tenancy::AuditEntry;
use platform::{AuditLine, AuditWhich, list_audit};
use vocabulary::{AuditId, Call, OrganisationNo, Page, PersonId, Result, Role};

impl Handle<ListAudit> for Analytics {
    async fn handle(&self, call: &Call, request: ListAudit) -> Result<Page<AuditEntry>> {
        may(&call.principal, Action::ReadAudit)?;
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
            list_audit(&mut read, "analytics", &call.principal.readable, &which, &request.page).await?;
        Ok(page.map(entry))
    }
}

fn entry(line: AuditLine) -> AuditEntry {
    AuditEntry {
        id: AuditId::from_uuid(line.id),
        at: line.at,
        service: "analytics".to_owned(),
        person: line.person_id.map(PersonId::from_uuid),
        person_name: None,
        role: line.role.as_deref().and_then(Role::from_code),
        action: line.action,
        organisation_no: OrganisationNo(line.owner_no),
        subject: line.subject,
        detail: line.detail.to_string(),
        request_id: line.request_id.to_string(),
    }
}
