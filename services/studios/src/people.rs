//! What is kept of tenancy's people and organisations: names for members and owners.

pub(crate) mod store;

use vocabulary::{OrganisationNo, PersonId};

/// A person as a studio knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Their id.
    pub(crate) id: PersonId,
    /// Their name.
    pub(crate) name: String,
    /// Their home organisation.
    pub(crate) home: OrganisationNo,
    /// Its name.
    pub(crate) home_name: String,
}
