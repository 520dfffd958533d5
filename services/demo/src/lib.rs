#![doc = include_str!("../README.md")]

mod load;
mod names;
mod sessions;
mod sheets;
mod town;

pub use load::{Account, Network, SEED, load};
pub use sessions::Meeting;
pub use sheets::{Sheet, Target, sheets};
pub use town::{Class, Joined, Ledger, Person, Place, School, Size, Studio, Town};
