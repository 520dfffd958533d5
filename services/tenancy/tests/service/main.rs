//! Tenancy on a real PostgreSQL, as its own role.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod classes;
mod fifty_thousand;
mod grants;
mod guesses;
mod isolation;
mod organisations;
mod people;
mod sessions;
mod spreadsheet;
mod town;
mod traces;
mod tree;
