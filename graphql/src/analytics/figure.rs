//! One figure, opened: its value, its way over the periods, and the records behind it.

use super::types::{Figure, FigureRecord, TrendPoint};
use crate::ask::ask;
use crate::catalogue::Metric;
use crate::connection::{Connection, page};
use crate::levels::Of;
use crate::studios::Studio;
use crate::tenancy::Organisation;
use async_graphql::{Context, Object};
use contract::analytics::{FigureRecords, FigureTrend, SchoolFigures, StudioFigures};
use contract::tenancy;
use vocabulary::{Code, Error, OrganisationId, OrganisationNo, Period, Result, StudioId};

/// One figure, opened.
pub(crate) struct FigureDetail {
    school: Option<Of<tenancy::Organisation>>,
    studio: Option<Of<contract::studios::Studio>>,
    metric: &'static vocabulary::Metric,
    period: Period,
}

/// Opens a figure of a school or of a studio; nothing where that may not be seen.
pub(crate) async fn figure(
    ctx: &Context<'_>,
    school: Option<OrganisationId>,
    studio: Option<StudioId>,
    metric: &str,
    period: Period,
) -> Result<Option<FigureDetail>> {
    let (_, metric) =
        vocabulary::metric(metric).ok_or_else(|| Error::new(Code::MetricUnknown).on("metric"))?;
    let (school, studio) = match (school, studio) {
        (Some(id), None) => match crate::tenancy::organisation(ctx, id, None).await? {
            Some(school) => (Some(school.0), None),
            None => return Ok(None),
        },
        (None, Some(id)) => match crate::studios::studio(ctx, id).await? {
            Some(studio) => (None, Some(studio.0)),
            None => return Ok(None),
        },
        (None, None) => return Err(Error::new(Code::Required).on("school")),
        (Some(_), Some(_)) => return Err(Error::new(Code::InvalidValue).on("studio")),
    };
    Ok(Some(FigureDetail { school, studio, metric, period }))
}

impl FigureDetail {
    fn subject(&self) -> (Option<OrganisationNo>, Option<StudioId>) {
        (self.school.as_ref().map(|school| school.no), self.studio.as_ref().map(|studio| studio.id))
    }
}

/// One figure, opened.
#[Object]
impl FigureDetail {
    /// Whose, where it is a school's.
    async fn school(&self) -> Option<Organisation> {
        self.school.clone().map(Organisation)
    }

    /// Whose, where it is a studio's.
    async fn studio(&self) -> Option<Studio> {
        self.studio.clone().map(Studio)
    }

    /// The metric.
    async fn metric(&self) -> Metric {
        Metric(self.metric)
    }

    /// The period.
    async fn period(&self) -> Period {
        self.period
    }

    /// The figure.
    async fn figure(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        let period = self.period;
        let found = match self.subject() {
            (Some(school), _) => ask(ctx, SchoolFigures { schools: vec![school], period }).await?,
            (_, Some(studio)) => ask(ctx, StudioFigures { studios: vec![studio], period }).await?,
            (None, None) => Vec::new(),
        };
        let figures = found.into_iter().flatten().flat_map(|subject| subject.figures);
        Ok(figures.into_iter().find(|figure| figure.metric == self.metric.id).map(Figure))
    }

    /// The figure in the last periods of the same kind, oldest first; 1 to 12.
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 6)] periods: i32,
    ) -> Result<Option<Vec<TrendPoint>>> {
        let (school, studio) = self.subject();
        let metric = self.metric.id.clone();
        let points = ask(ctx, FigureTrend { school, studio, metric, period: self.period, periods }).await?;
        Ok(Some(points.into_iter().map(TrendPoint).collect()))
    }

    /// The records behind it: those that miss the target first.
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<FigureRecord>>> {
        let (school, studio) = self.subject();
        let metric = self.metric.id.clone();
        let request = FigureRecords { school, studio, metric, period: self.period, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }
}
