#![doc = include_str!("../README.md")]

mod calendar;
mod call;
mod clock;
mod error;
mod files;
mod ids;
mod indicators;
mod page;
mod principal;
mod ranges;
mod role;
mod text;

pub use calendar::{Period, PeriodKind, is_teaching_day, teaching_days};
pub use call::Call;
pub use clock::{Clock, shanghai};
pub use error::{Code, Error, Fault, Kind, Result};
pub use files::{FileBytes, ImportJob, ImportState};
pub use ids::*;
pub use indicators::{
    COMPUTED, EDITION, Group, INDICATORS, Indicator, METRICS, Metric, MetricState, Source, SubjectKind, Term,
    Unit, VOCABULARIES, Vocabulary, metric,
};
pub use page::{Cursor, Direction, MAX_FIRST, MAX_IDS, Page, PageInput, aligned, at_most};
pub use principal::{Actor, Hat, Principal, Scope};
pub use ranges::{OrganisationNo, Ranges};
pub use role::Role;
pub use text::{clean_line, clean_text};
