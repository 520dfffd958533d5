//! Tenancy's questions.
#![expect(clippy::too_many_arguments, reason = "a list's field takes what the list can be asked for")]

use super::{HomeroomClass, Me, Organisation, Person};
use crate::ask::ask;
use crate::connection::{Connection, page};
use crate::levels::Of;
use async_graphql::{Context, Object};
use chrono::NaiveDate;
use contract::tenancy::{
    ClassFilter, ClassSort, GrantableRoles, ListClasses, ListOrganisations, ListPeople, OpenClasses,
    OpenOrganisations, OpenPeople, OrganisationChange, OrganisationFilter, OrganisationHistory,
    OrganisationSort, OrganisationTree, PersonFilter, PersonSort, Seer, TreeBy, TreeNode, WhoCouldSee,
};
use vocabulary::{ClassId, Direction, OrganisationId, PersonId, Result, Role};

/// Tenancy's root fields.
#[derive(Default)]
pub(crate) struct TenancyQueries;

/// One organisation as it was on a day.
pub(crate) async fn organisation(
    ctx: &Context<'_>,
    id: OrganisationId,
    as_of: Option<NaiveDate>,
) -> Result<Option<Organisation>> {
    let found = ask(ctx, OpenOrganisations { ids: vec![id], as_of }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(Organisation))
}

/// One person.
pub(crate) async fn person(ctx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
    let found = ask(ctx, OpenPeople { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(Person))
}

/// One class.
pub(crate) async fn class(ctx: &Context<'_>, id: ClassId) -> Result<Option<HomeroomClass>> {
    let found = ask(ctx, OpenClasses { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(HomeroomClass))
}

#[Object]
impl TenancyQueries {
    /// The person who asks; nothing where nobody has signed in.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Me>> {
        Me::of(ctx)
    }

    /// The organisations that the reader may see.
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        filter: Option<OrganisationFilter>,
        #[graphql(default_with = "OrganisationSort::Number")] sort: OrganisationSort,
        #[graphql(default)] direction: Direction,
        as_of: Option<NaiveDate>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<Organisation>>> {
        let none = OrganisationFilter { search: None, kind: None, under: None, include_closed: None };
        let filter = filter.unwrap_or(none);
        let request = ListOrganisations { filter, sort, direction, as_of, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// An organisation, today or as it was on a day.
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        id: OrganisationId,
        as_of: Option<NaiveDate>,
    ) -> Result<Option<Organisation>> {
        organisation(ctx, id, as_of).await
    }

    /// The tree below what the reader's hat may see, by authority or by place, on a day; depth first.
    async fn organisation_tree(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "TreeBy::Authority")] by: TreeBy,
        as_of: Option<NaiveDate>,
    ) -> Result<Option<Vec<TreeNode>>> {
        ask(ctx, OrganisationTree { by, as_of }).await.map(Some)
    }

    /// An organisation's history, newest first.
    async fn organisation_history(
        &self,
        ctx: &Context<'_>,
        id: OrganisationId,
    ) -> Result<Option<Vec<OrganisationChange>>> {
        ask(ctx, OrganisationHistory { id }).await.map(Some)
    }

    /// Who could see an organisation on a day, and by which grant.
    async fn who_could_see(
        &self,
        ctx: &Context<'_>,
        id: OrganisationId,
        on: NaiveDate,
    ) -> Result<Option<Vec<Seer>>> {
        ask(ctx, WhoCouldSee { id, on }).await.map(Some)
    }

    /// The roles that the reader may give on an organisation.
    async fn grantable_roles(
        &self,
        ctx: &Context<'_>,
        organisation: OrganisationId,
    ) -> Result<Option<Vec<Role>>> {
        ask(ctx, GrantableRoles { organisation }).await.map(Some)
    }

    /// The people that the reader may see.
    async fn people(
        &self,
        ctx: &Context<'_>,
        filter: Option<PersonFilter>,
        #[graphql(default_with = "PersonSort::Name")] sort: PersonSort,
        #[graphql(default)] direction: Direction,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<Person>>> {
        let none = PersonFilter { search: None, organisation: None, role: None, locked: None };
        let filter = filter.unwrap_or(none);
        let request = ListPeople { filter, sort, direction, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// A person.
    async fn person(&self, ctx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
        person(ctx, id).await
    }

    /// The homeroom classes that the reader may see.
    async fn classes(
        &self,
        ctx: &Context<'_>,
        filter: Option<ClassFilter>,
        #[graphql(default_with = "ClassSort::Name")] sort: ClassSort,
        #[graphql(default)] direction: Direction,
        as_of: Option<NaiveDate>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<HomeroomClass>>> {
        let none =
            ClassFilter { search: None, school: None, cohort: None, vacant: None, include_closed: None };
        let filter = filter.unwrap_or(none);
        let request = ListClasses { filter, sort, direction, as_of, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// A homeroom class.
    async fn class(&self, ctx: &Context<'_>, id: ClassId) -> Result<Option<HomeroomClass>> {
        class(ctx, id).await
    }
}
