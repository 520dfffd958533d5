//! Analytics as its neighbours see it: events in, figures out, on a real PostgreSQL under the service's own role.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod concurrency;
mod figures;
mod isolation;
mod rebuild;
mod reshaped;
mod sums;
mod sweep;
mod world;
