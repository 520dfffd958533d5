#![doc = include_str!("../README.md")]

mod list_audit;
mod list_domains;
mod policy;
mod store;

use platform::Database;

/// The service: files and their metadata.
#[derive(Clone)]
pub struct Resources {
    database: Database,
}

impl Resources {
    /// The service over its own schema.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}
