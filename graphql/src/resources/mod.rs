//! What the schema shows of resources.

mod queries;

pub(crate) use queries::ResourcesQueries;
