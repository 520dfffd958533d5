#![doc = include_str!("../README.md")]

mod check;
mod consumer;
mod export;
mod imports;
mod list_audit;
mod member;
mod people;
mod plan_item;
mod policy;
mod scope;
mod session;
mod spelling;
mod studio;
mod task;
mod words;

pub use consumer::StudiosConsumer;
pub use imports::StudiosImporter;

use contract::Command;
use platform::{Begun, Database};
use vocabulary::{Call, Result};

/// The service: studios, members, plan items, the task ledger, sessions.
#[derive(Clone)]
pub struct Studios {
    database: Database,
}

impl Studios {
    /// The service over its own schema.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// Opens a change under the command's own key.
    async fn begin<O: Command + Sync>(&self, call: &Call, command: &O) -> Result<Begun<O::Reply>> {
        self.database.begin(call, O::PATH, command.idempotency_key(), command).await
    }
}

#[cfg(test)]
mod tests {
    use super::Studios;
    use std::sync::Arc;

    #[test]
    fn every_operation_of_the_contract_has_its_handler() {
        let cast: fn(Arc<Studios>) -> Arc<dyn contract::studios::Studios> = |service| service;
        let _ = cast;
    }
}
