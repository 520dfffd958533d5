//! Studios on a real PostgreSQL, as its own role.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod hostile;
mod isolation;
mod ledger;
mod lists;
mod members;
mod plans;
mod session_lists;
mod session_sheets;
mod sessions;
mod spreadsheet;
mod studios;
mod town;
mod traces;
