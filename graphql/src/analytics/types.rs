//! Figures, and the records behind them.

use crate::catalogue::Metric;
use crate::levels::Of;
use crate::studios::{StudioSession, Task};
use crate::tenancy::HomeroomClass;
use async_graphql::{Context, Object};
use contract::analytics::{self, RecordKind};
use contract::studios::{Member, OpenMembers, OpenSessions, OpenTasks};
use contract::tenancy::OpenClasses;
use vocabulary::{ClassId, MembershipId, Result, StudioSessionId, TaskId};

/// One metric of one subject in one period.
pub(crate) struct Figure(pub(crate) analytics::Figure);

/// One metric of one subject in one period.
#[Object]
impl Figure {
    #[graphql(flatten)]
    async fn fields(&self) -> &analytics::Figure {
        &self.0
    }

    /// The metric's id: `3.3.1.a`.
    async fn metric_id(&self) -> &str {
        &self.0.metric
    }

    /// The metric.
    async fn metric(&self) -> Option<Metric> {
        vocabulary::metric(&self.0.metric).map(|(_, metric)| Metric(metric))
    }
}

/// All figures of one subject in one period.
pub(crate) struct SubjectFigures(Source);

enum Source {
    Level(Of<analytics::SubjectFigures>),
    Alone(analytics::SubjectFigures),
}

impl SubjectFigures {
    fn value(&self) -> &analytics::SubjectFigures {
        match &self.0 {
            Source::Level(of) => of,
            Source::Alone(figures) => figures,
        }
    }
}

impl From<Of<analytics::SubjectFigures>> for SubjectFigures {
    fn from(of: Of<analytics::SubjectFigures>) -> Self {
        Self(Source::Level(of))
    }
}

impl From<analytics::SubjectFigures> for SubjectFigures {
    fn from(figures: analytics::SubjectFigures) -> Self {
        Self(Source::Alone(figures))
    }
}

/// All figures of one subject in one period.
#[Object]
impl SubjectFigures {
    #[graphql(flatten)]
    async fn fields(&self) -> &analytics::SubjectFigures {
        self.value()
    }

    /// One for each metric, in the metrics' order.
    async fn figures(&self) -> Vec<Figure> {
        self.value().figures.iter().cloned().map(Figure).collect()
    }
}

/// A figure in one of several periods.
pub(crate) struct TrendPoint(pub(crate) analytics::TrendPoint);

/// A figure in one of several periods.
#[Object]
impl TrendPoint {
    #[graphql(flatten)]
    async fn fields(&self) -> &analytics::TrendPoint {
        &self.0
    }

    /// The figure.
    async fn figure(&self) -> Figure {
        Figure(self.0.figure.clone())
    }
}

/// A record behind a figure: one of `task`, `member`, `class` and `session`, as its kind says; none where the reader may not
/// open it.
pub(crate) struct FigureRecord(Of<analytics::Record>);

impl From<Of<analytics::Record>> for FigureRecord {
    fn from(of: Of<analytics::Record>) -> Self {
        Self(of)
    }
}

fn id_of<K>(kind: RecordKind, make: fn(uuid::Uuid) -> K) -> impl Fn(&analytics::Record) -> Option<K> + Send {
    move |record| (record.kind == kind).then(|| make(record.id))
}

/// A record behind a figure: one of `task`, `member`, `class` and `session`, as its kind says; none where the reader may not
/// open it.
#[Object]
impl FigureRecord {
    #[graphql(flatten)]
    async fn fields(&self) -> &analytics::Record {
        &self.0
    }

    /// The ledger line.
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let key = id_of(RecordKind::Task, TaskId::from_uuid);
        Ok(self.0.one(ctx, key, |ids| OpenTasks { ids }).await?.map(Task))
    }

    /// The membership.
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let key = id_of(RecordKind::Member, MembershipId::from_uuid);
        let member = self.0.one(ctx, key, |ids| OpenMembers { ids }).await?;
        Ok(member.map(|member| Member::clone(&member)))
    }

    /// The homeroom class.
    async fn class(&self, ctx: &Context<'_>) -> Result<Option<HomeroomClass>> {
        let key = id_of(RecordKind::Class, ClassId::from_uuid);
        Ok(self.0.one(ctx, key, |ids| OpenClasses { ids }).await?.map(HomeroomClass))
    }

    /// The session.
    async fn session(&self, ctx: &Context<'_>) -> Result<Option<StudioSession>> {
        let key = id_of(RecordKind::Session, StudioSessionId::from_uuid);
        Ok(self.0.one(ctx, key, |ids| OpenSessions { ids }).await?.map(StudioSession))
    }
}
