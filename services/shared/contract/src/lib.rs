#![doc = include_str!("../README.md")]

pub mod analytics;
pub mod events;
mod operation;
mod passport;
mod remote;
pub mod resources;
mod route;
pub mod studios;
pub mod tenancy;
mod trace;

pub use operation::{Client, Command, Handle, Operation, Serves};
pub use passport::Passports;
pub use remote::{Remote, traced_client};
pub use route::{Door, LONGEST_BODY, Served, serve};
pub use trace::continue_trace;
