//! Analytics: figures. Facts with their lineage, and the sheets that hold them.

use crate::operation::service;
use crate::tenancy::{AuditEntry, AuditFilter};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use vocabulary::{MetricState, OrganisationNo, Page, PageInput, Period, StudioId};

/// A figure: one metric of one subject in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "FigureFields"))]
pub struct Figure {
    /// The metric's id: `3.3.1.a`.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub metric: String,
    /// How it stands.
    pub state: MetricState,
    /// The value in the metric's unit, where there is one.
    pub value: Option<f64>,
    /// The numerator, where there is one.
    pub numerator: Option<f64>,
    /// The denominator, where there is one.
    pub denominator: Option<f64>,
    /// How many kinds of records are missing, where evidence is insufficient; in a sum over schools, how many of them
    /// have no such records.
    pub missing: i32,
}

/// All figures of one subject in one period, in the metrics' order, from its sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "SubjectFiguresFields"))]
pub struct SubjectFigures {
    /// The period.
    pub period: Period,
    /// The day up to which records count; `None` where nothing was recorded yet.
    pub as_of: Option<NaiveDate>,
    /// One for each metric.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub figures: Vec<Figure>,
}

/// The figures of schools by number, aligned; every school has an answer within the caller's scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchoolFigures {
    /// Whose.
    pub schools: Vec<OrganisationNo>,
    /// The period.
    pub period: Period,
}

/// The figures of studios, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudioFigures {
    /// Whose.
    pub studios: Vec<StudioId>,
    /// The period.
    pub period: Period,
}

/// The figures of sets of schools together: counted facts are summed, then divided. Aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TreeFigures {
    /// The schools of each set.
    pub sets: Vec<Vec<OrganisationNo>>,
    /// The period.
    pub period: Period,
}

/// What kind of record stands behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A line of the task ledger.
    Task,
    /// A membership.
    Member,
    /// A homeroom class.
    Class,
    /// A session of a studio.
    Session,
}

/// A record behind a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "RecordFields"))]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: uuid::Uuid,
    /// Whether it counts in the numerator.
    pub counts: bool,
    /// How much it brings: days, class-days, assignments, people, functions, a part of the period, or 1.
    pub weight: f64,
}

/// A page of the records behind a figure: those that miss the target first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRecords {
    /// The school whose figure it is, or
    pub school: Option<OrganisationNo>,
    /// the studio.
    pub studio: Option<StudioId>,
    /// The metric's id.
    pub metric: String,
    /// The period.
    pub period: Period,
    /// Which page.
    pub page: PageInput,
}

/// A metric of a subject over the last periods of the same kind, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureTrend {
    /// The school whose figure it is, or
    pub school: Option<OrganisationNo>,
    /// the studio.
    pub studio: Option<StudioId>,
    /// The metric's id.
    pub metric: String,
    /// The last period.
    pub period: Period,
    /// How many: 1 to 12.
    pub periods: i32,
}

/// A figure in one of several periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "TrendPointFields"))]
pub struct TrendPoint {
    /// The period.
    pub period: Period,
    /// The figure.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub figure: Figure,
}

/// A page of the service's audit, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAudit {
    /// Which.
    pub filter: AuditFilter,
    /// Which page.
    pub page: PageInput,
}

service! {
    /// Figures: facts, lineage, sheets.
    pub trait Analytics at "analytics" {
        SchoolFigures => Vec<Option<SubjectFigures>>,
        StudioFigures => Vec<Option<SubjectFigures>>,
        TreeFigures => Vec<SubjectFigures>,
        FigureRecords => Page<Record>,
        FigureTrend => Vec<TrendPoint>,
        ListAudit => Page<AuditEntry>,
    }
}
