//! Asking a service from a resolver.

use crate::clients::{Clients, Has};
use async_graphql::Context;
use contract::Operation;
use vocabulary::{Call, Clock, Error, Result};

/// What a resolver finds in its context, beside what its request brought.
pub(crate) fn part<'a, T: Send + Sync + 'static>(ctx: &Context<'a>) -> Result<&'a T> {
    ctx.data_opt().ok_or_else(|| Error::internal(format!("no {} in the context", std::any::type_name::<T>())))
}

/// Asks the operation's service under the request's call.
pub(crate) async fn ask<O>(ctx: &Context<'_>, request: O) -> Result<O::Reply>
where
    O: Operation,
    Clients: Has<O::Service>,
{
    part::<Clients>(ctx)?.client().ask(part::<Call>(ctx)?, request).await
}

/// Today in Asia/Shanghai.
pub(crate) fn clock<'a>(ctx: &Context<'a>) -> Result<&'a Clock> {
    part(ctx)
}
