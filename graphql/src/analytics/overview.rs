//! The bureau's overview: the schools below an organisation and their figures, one by one and together.

use super::types::SubjectFigures;
use crate::ask::{ask, clock};
use crate::connection::Nodes;
use crate::levels::Of;
use crate::tenancy::Organisation;
use async_graphql::{Context, Object};
use chrono::NaiveDate;
use contract::analytics::TreeFigures;
use contract::tenancy::{self, SchoolsUnder};
use vocabulary::{OrganisationId, OrganisationNo, Period, Result};

/// How many schools a list holds at most; the figures together are of all of them.
const MOST: usize = 250;

/// The schools below an organisation, and their figures.
pub(crate) struct Overview {
    organisation: Of<tenancy::Organisation>,
    period: Period,
    as_of: Option<NaiveDate>,
    /// Every school that has records in the period: also those that were merged or closed in it, or the sum of a year
    /// would be another by the tree before and after.
    counted: Vec<OrganisationNo>,
    /// How many schools live on that day, of which the list shows the first.
    living: usize,
    schools: Vec<Of<tenancy::Organisation>>,
}

/// Makes an overview; nothing where the organisation may not be seen.
pub(crate) async fn overview(
    ctx: &Context<'_>,
    organisation: OrganisationId,
    period: Period,
    as_of: Option<NaiveDate>,
) -> Result<Option<Overview>> {
    let Some(top) = crate::tenancy::organisation(ctx, organisation, as_of).await? else { return Ok(None) };
    let ended_since = Some(period.first_day());
    let mut schools = ask(ctx, SchoolsUnder { organisation, as_of, ended_since }).await?;
    let counted = schools.iter().map(|school| school.no).collect();
    let on = as_of.unwrap_or(clock(ctx)?.today());
    schools.retain(|school| school.closed_on.is_none_or(|closed| closed > on));
    let living = schools.len();
    schools.truncate(MOST);
    Ok(Some(Overview { organisation: top.0, period, as_of, counted, living, schools: Of::level(schools) }))
}

/// The schools below an organisation on a day, and their figures in a period.
#[Object]
impl Overview {
    /// Below which.
    async fn organisation(&self) -> Organisation {
        Organisation(self.organisation.clone())
    }

    /// In which period.
    async fn period(&self) -> Period {
        self.period
    }

    /// By the tree of which day; today where none was named.
    async fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    /// The schools; at most 250.
    async fn schools(&self) -> Nodes<Organisation> {
        Nodes::of(self.schools.clone())
    }

    /// How many schools there are.
    async fn school_count(&self) -> usize {
        self.living
    }

    /// Whether the list leaves some out.
    async fn truncated(&self) -> bool {
        self.living > self.schools.len()
    }

    /// The figures of all the schools together, of those too that were merged or closed in the period: counted facts
    /// are summed, then divided.
    async fn together(&self, ctx: &Context<'_>) -> Result<Option<SubjectFigures>> {
        let request = TreeFigures { sets: vec![self.counted.clone()], period: self.period };
        Ok(ask(ctx, request).await?.into_iter().next().map(SubjectFigures::from))
    }
}
