#![doc = include_str!("../README.md")]

mod accounts;
mod audit;
mod classes;
mod consumer;
mod exports;
mod grants;
mod imports;
mod install;
mod lists;
mod organisations;
mod people;
mod policy;
mod words;

pub use consumer::TenancyConsumer;
pub use imports::TenancyImporter;
pub use install::{Founder, Installation, install};

use accounts::hashing::Hashing;
use contract::Command;
use platform::{Begun, Database};
use vocabulary::{Call, Result};

/// The service: who.
#[derive(Clone)]
pub struct Tenancy {
    database: Database,
    hashing: Hashing,
}

impl Tenancy {
    /// The service over its own schema.
    pub fn new(database: Database) -> Self {
        Self { database, hashing: Hashing::default() }
    }

    /// Opens a change under the command's own key.
    async fn begin<O: Command + Sync>(&self, call: &Call, command: &O) -> Result<Begun<O::Reply>> {
        self.database.begin(call, O::PATH, command.idempotency_key(), command).await
    }
}

/// Takes the change in hand, or gives the first reply to the same command.
macro_rules! fresh {
    ($begun:expr) => {
        match $begun.await? {
            platform::Begun::Fresh(work) => work,
            platform::Begun::Repeated(reply) => return Ok(reply),
        }
    };
}
pub(crate) use fresh;

#[cfg(test)]
mod tests {
    use super::Tenancy;
    use std::sync::Arc;

    #[test]
    fn every_operation_of_the_contract_has_its_handler() {
        let cast: fn(Arc<Tenancy>) -> Arc<dyn contract::tenancy::Tenancy> = |service| service;
        let _ = cast;
    }
}
