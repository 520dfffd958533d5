//! What the schema shows of analytics.

mod figure;
mod overview;
mod queries;
mod types;

pub(crate) use queries::AnalyticsQueries;
pub(crate) use types::SubjectFigures;
