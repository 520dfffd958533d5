//! What the schema shows of tenancy.

mod me;
mod mutations;
mod queries;
mod types;

pub(crate) use me::Me;
pub(crate) use mutations::TenancyMutations;
pub(crate) use queries::{TenancyQueries, class, organisation, person};
pub(crate) use types::{HomeroomClass, Organisation, Person};
