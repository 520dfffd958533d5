//! Analytics' questions.

use super::figure::{FigureDetail, figure};
use super::overview::{Overview, overview};
use async_graphql::{Context, Object};
use chrono::NaiveDate;
use vocabulary::{OrganisationId, Period, Result, StudioId};

/// Analytics' root fields.
#[derive(Default)]
pub(crate) struct AnalyticsQueries;

#[Object]
impl AnalyticsQueries {
    /// The schools below an organisation, by the tree of a day, and their figures in a period.
    async fn overview(
        &self,
        ctx: &Context<'_>,
        organisation: OrganisationId,
        period: Period,
        as_of: Option<NaiveDate>,
    ) -> Result<Option<Overview>> {
        overview(ctx, organisation, period, as_of).await
    }

    /// One figure of a school or of a studio (name one of them), opened down to the records behind it.
    async fn figure(
        &self,
        ctx: &Context<'_>,
        school: Option<OrganisationId>,
        studio: Option<StudioId>,
        metric: String,
        period: Period,
    ) -> Result<Option<FigureDetail>> {
        figure(ctx, school, studio, &metric, period).await
    }
}
