//! What the schema shows of studios.

mod mutations;
mod queries;
mod types;

pub(crate) use mutations::StudiosMutations;
pub(crate) use queries::{StudiosQueries, plan_item, studio, studio_session, task};
pub(crate) use types::{PlanItem, Studio, StudioSession, Task};
