//! Imports: each service runs its own; a page shows one service's.

use crate::ask::ask;
use crate::connection::page;
use async_graphql::{Context, Enum};
use contract::{studios, tenancy};
use vocabulary::{Code, ImportId, ImportJob, Page, Result};

/// A service that takes spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ImportService {
    /// Organisations, people, classes.
    Tenancy,
    /// Studios, plan items, ledger lines.
    Studios,
}

/// The imports into a service, newest first.
pub(crate) async fn imports(
    ctx: &Context<'_>,
    service: ImportService,
    first: i32,
    after: Option<String>,
) -> Result<Page<ImportJob>> {
    let page = page(first, after);
    match service {
        ImportService::Tenancy => ask(ctx, tenancy::ListImports { page }).await,
        ImportService::Studios => ask(ctx, studios::ListImports { page }).await,
    }
}

/// One import; nothing where there is none that the reader may see.
pub(crate) async fn import(
    ctx: &Context<'_>,
    service: ImportService,
    id: ImportId,
) -> Result<Option<ImportJob>> {
    let found = match service {
        ImportService::Tenancy => ask(ctx, tenancy::OpenImport { id }).await,
        ImportService::Studios => ask(ctx, studios::OpenImport { id }).await,
    };
    match found {
        Err(error) if error.code() == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}
