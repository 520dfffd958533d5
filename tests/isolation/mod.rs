//! A random world in a real database, an oracle over its raw facts, and questions that compare the two.
#![allow(
    dead_code,
    unused_imports,
    clippy::allow_attributes,
    clippy::expect_used,
    reason = "each test binary uses what it needs, and fails by panicking"
)]

pub(crate) mod altered;
pub(crate) mod cases;
pub(crate) mod faults;
pub(crate) mod graphql;
pub(crate) mod load;
pub(crate) mod operations;
pub(crate) mod oracle;
pub(crate) mod report;
pub(crate) mod sql;
pub(crate) mod stage;
pub(crate) mod tables;
pub(crate) mod world;
