//! Tenancy's objects: the contract's fields, and the relations that the gateway joins.

use crate::analytics::SubjectFigures;
use crate::connection::Nodes;
use crate::levels::Of;
use crate::studios::Studio;
use async_graphql::{Context, Object};
use contract::analytics::SchoolFigures;
use contract::studios::StudiosOf;
use contract::tenancy::{self, Grant, GrantsOfPeople, GrantsOn, OrganisationKind};
use vocabulary::{ClassId, OrganisationId, Period, PersonId, Result};

/// An organisation (机构) as it was on a day.
pub(crate) struct Organisation(pub(crate) Of<tenancy::Organisation>);

impl From<Of<tenancy::Organisation>> for Organisation {
    fn from(of: Of<tenancy::Organisation>) -> Self {
        Self(of)
    }
}

/// An organisation (机构) as it was on a day.
#[Object(unresolvable = "id")]
impl Organisation {
    #[graphql(flatten)]
    async fn fields(&self) -> &tenancy::Organisation {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> OrganisationId {
        self.0.id
    }

    /// Its living studios, by name; at most 100.
    async fn studios(&self, ctx: &Context<'_>) -> Result<Option<Nodes<Studio>>> {
        let studios = self.0.many(ctx, |o| Some(o.no), |owners| StudiosOf { owners }).await?;
        Ok(Some(Nodes::of(studios)))
    }

    /// A school's figures in a period; nothing for a bureau or an alliance, whose figures stand in `overview`.
    async fn figures(&self, ctx: &Context<'_>, period: Period) -> Result<Option<SubjectFigures>> {
        let school = |o: &tenancy::Organisation| (o.kind == OrganisationKind::School).then_some(o.no);
        let figures = self.0.one(ctx, school, |schools| SchoolFigures { schools, period }).await?;
        Ok(figures.map(SubjectFigures::from))
    }

    /// The grants that stand on it or on its studios.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Option<Vec<Grant>>> {
        let grants = self.0.many(ctx, |o| Some(o.id), |organisations| GrantsOn { organisations }).await?;
        Ok(Some(grants.iter().map(|grant| Grant::clone(grant)).collect()))
    }
}

/// A person (人员).
pub(crate) struct Person(pub(crate) Of<tenancy::Person>);

impl From<Of<tenancy::Person>> for Person {
    fn from(of: Of<tenancy::Person>) -> Self {
        Self(of)
    }
}

/// A person (人员).
#[Object(unresolvable = "id")]
impl Person {
    #[graphql(flatten)]
    async fn fields(&self) -> &tenancy::Person {
        &self.0
    }

    /// Their id.
    pub(crate) async fn id(&self) -> PersonId {
        self.0.id
    }

    /// Their grants, newest first: those that the reader may know.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Option<Vec<Grant>>> {
        let grants = self.0.many(ctx, |person| Some(person.id), |people| GrantsOfPeople { people }).await?;
        Ok(Some(grants.iter().map(|grant| Grant::clone(grant)).collect()))
    }
}

/// A homeroom class (班级).
pub(crate) struct HomeroomClass(pub(crate) Of<tenancy::HomeroomClass>);

impl From<Of<tenancy::HomeroomClass>> for HomeroomClass {
    fn from(of: Of<tenancy::HomeroomClass>) -> Self {
        Self(of)
    }
}

/// A homeroom class (班级).
#[Object(unresolvable = "id")]
impl HomeroomClass {
    #[graphql(flatten)]
    async fn fields(&self) -> &tenancy::HomeroomClass {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> ClassId {
        self.0.id
    }
}
