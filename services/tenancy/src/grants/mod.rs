//! Grants (授权): a role given to a person, on an organisation or on one of its studios.

mod give;
mod read;
mod revoke;
pub(crate) mod store;

use contract::tenancy::{Grant, OrganisationRef};
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::{Error, GrantId, OrganisationId, OrganisationNo, PersonId, Result, Role, StudioId};

/// A row as the contract shows it, with its organisation named, and its person as they are called now.
fn grant(
    row: store::Row,
    organisation: Option<OrganisationRef>,
    names: &HashMap<Uuid, String>,
) -> Result<Grant> {
    let unknown = || OrganisationRef {
        id: OrganisationId::from_uuid(Uuid::nil()),
        no: OrganisationNo(row.owner_no),
        name: String::new(),
    };
    Ok(Grant {
        id: GrantId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person_id),
        person_name: names.get(&row.person_id).cloned().unwrap_or(row.person_name),
        role: Role::from_code(&row.role).ok_or_else(|| Error::internal(format!("the role {}", row.role)))?,
        organisation: organisation.unwrap_or_else(unknown),
        studio: row.studio_id.map(StudioId::from_uuid),
        studio_name: row.studio_name,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        revoked_at: row.revoked_at,
        given_by: row.given_by,
    })
}
