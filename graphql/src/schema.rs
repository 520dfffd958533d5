//! The schema: the services' parts put together.

use crate::analytics::AnalyticsQueries;
use crate::catalogue::CatalogueQueries;
use crate::live::Subscription;
use crate::resources::ResourcesQueries;
use crate::studios::{StudiosMutations, StudiosQueries};
use crate::tenancy::{TenancyMutations, TenancyQueries};
use async_graphql::{MergedObject, SDLExportOptions, Schema, SchemaBuilder, ValidationMode};

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub(crate) struct Query(TenancyQueries, StudiosQueries, AnalyticsQueries, ResourcesQueries, CatalogueQueries);

/// Everything that can be changed. Each takes an input with an idempotency key; what the caller should correct is in
/// the payload's `userErrors`.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(TenancyMutations, StudiosMutations);

/// The gateway's schema.
pub(crate) type Banlian = Schema<Query, Mutation, Subscription>;

/// The schema without its data.
pub(crate) fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    // The door bounds cost and depth before anything runs, for each document by what is known of it.
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .validation_mode(ValidationMode::Strict)
        .disable_suggestions()
        .limit_recursive_depth(64)
}

/// The schema's text.
pub fn sdl() -> String {
    builder().finish().sdl()
}

/// The schema's text with federation keys: a province composes it into its own supergraph.
pub fn federated_sdl() -> String {
    builder().finish().sdl_with_options(SDLExportOptions::new().federation())
}
