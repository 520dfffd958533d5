//! Resources' questions.

use crate::ask::ask;
use async_graphql::{Context, Object};
use contract::resources::{ListDomains, ResourceDomain};
use vocabulary::Result;

/// Resources' root fields.
#[derive(Default)]
pub(crate) struct ResourcesQueries;

#[Object]
impl ResourcesQueries {
    /// The domains in which resources are shared (六领域资源).
    async fn resource_domains(&self, ctx: &Context<'_>) -> Result<Option<Vec<ResourceDomain>>> {
        ask(ctx, ListDomains {}).await.map(Some)
    }
}
