#![doc = include_str!("../README.md")]

mod figures;
mod list_audit;
mod policy;
mod projector;
mod reading;
mod rebuild;
mod records;
mod refresh;
mod sheet;
mod sweep;

pub use projector::Projector;

use platform::Database;

/// The service: figures, read from sheets that [`Projector`] keeps.
#[derive(Clone)]
pub struct Analytics {
    database: Database,
}

impl Analytics {
    /// The service over its own schema.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// Its database.
    pub const fn database(&self) -> &Database {
        &self.database
    }
}

#[cfg(test)]
mod tests {
    use super::Analytics;
    use std::sync::Arc;

    #[test]
    fn every_operation_of_the_contract_has_its_handler() {
        let cast: fn(Arc<Analytics>) -> Arc<dyn contract::analytics::Analytics> = |service| service;
        let _ = cast;
    }
}
