//! What every reader may know without asking a service: indicators, periods, roles, error codes; and the root fields
//! that join services: `node`, the audit, the imports.

mod audit;
mod imports;
mod indicators;
mod node;
mod periods;
mod roles;

pub(crate) use indicators::Metric;

use async_graphql::{Context, Object};
use audit::AuditService;
use contract::tenancy::{AuditEntry, AuditFilter};
use imports::ImportService;
use vocabulary::{ImportId, ImportJob, Result};

use crate::ask::{clock, part};
use crate::connection::{Connection, page};

/// The root fields that belong to no one service.
#[derive(Default)]
pub(crate) struct CatalogueQueries;

#[Object]
impl CatalogueQueries {
    /// The object with this id, whatever it is; nothing where there is none that the reader may see.
    async fn node(&self, ctx: &Context<'_>, id: node::NodeId) -> Result<Option<node::Node>> {
        node::node(ctx, id).await
    }

    /// The edition of the standard's catalogue that figures are computed by.
    async fn standard_edition(&self) -> &str {
        vocabulary::EDITION
    }

    /// The lists of terms that the standard enumerates, in its order.
    async fn vocabularies(&self) -> Vec<indicators::Vocabulary> {
        vocabulary::VOCABULARIES.iter().map(indicators::Vocabulary).collect()
    }

    /// The 32 indicators of the standard, in its order.
    async fn indicators(&self) -> Vec<indicators::Indicator> {
        vocabulary::INDICATORS.iter().map(indicators::Indicator).collect()
    }

    /// The periods of the last school years, newest first.
    async fn periods(&self, ctx: &Context<'_>) -> Result<Vec<periods::PeriodInfo>> {
        Ok(periods::periods(clock(ctx)?.today()))
    }

    /// The roles that a grant may carry.
    async fn roles(&self) -> Vec<roles::RoleInfo> {
        roles::roles()
    }

    /// Every error code with its texts; in development only.
    async fn error_codes(&self, ctx: &Context<'_>) -> Result<Option<Vec<roles::ErrorCode>>> {
        let development = part::<crate::Mode>(ctx)?.development;
        Ok(development.then(roles::error_codes))
    }

    /// The audit of all services together, newest first, as far as the reader may see it.
    async fn audit(
        &self,
        ctx: &Context<'_>,
        filter: Option<AuditFilter>,
        service: Option<AuditService>,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>> {
        audit::audit(ctx, filter, service, page(first, after)).await.map(Connection::from).map(Some)
    }

    /// The imports into a service, newest first.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        service: ImportService,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<ImportJob>>> {
        imports::imports(ctx, service, first, after).await.map(Connection::from).map(Some)
    }

    /// How an import stands.
    async fn import(
        &self,
        ctx: &Context<'_>,
        service: ImportService,
        id: ImportId,
    ) -> Result<Option<ImportJob>> {
        imports::import(ctx, service, id).await
    }
}
