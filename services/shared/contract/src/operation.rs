//! An operation is a message type with its reply; these traits make its local call from generic code.

use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::sync::Arc;
use tracing::Instrument as _;
use vocabulary::{Call, Code, Error, Result};

/// A message that a service answers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not in a `service!` table",
    label = "add it to its service's table in `contract`"
)]
pub trait Operation: Serialize + DeserializeOwned + Send + 'static {
    /// What comes back.
    type Reply: Serialize + DeserializeOwned + Send + 'static;
    /// The service that answers: `dyn Studios`.
    type Service: Serves<Self> + ?Sized;
    /// The route and the name in traces: `/studios/OpenStudio`.
    const PATH: &'static str;
}

/// A message that changes something: it carries the caller's idempotency key.
pub trait Command: Operation {
    /// The key under which a repetition is recognised.
    fn idempotency_key(&self) -> &str;
}

/// Answers an operation: written by the service, in the use case's own file.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `impl Handle<{O}>`",
    label = "write it in the use case's file"
)]
pub trait Handle<O: Operation>: Send + Sync + 'static {
    /// Answers the request.
    fn handle(&self, call: &Call, request: O) -> impl Future<Output = Result<O::Reply>> + Send;
}

/// The boxed twin of [`Handle`], which makes `dyn Studios` possible; implemented for every handler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `impl Handle<{O}>`",
    label = "write it in the use case's file"
)]
pub trait Serves<O: Operation>: Send + Sync + 'static {
    /// Answers the request.
    fn serve<'a>(&'a self, call: &'a Call, request: O) -> BoxFuture<'a, Result<O::Reply>>;
}

impl<O: Operation, T: Handle<O>> Serves<O> for T {
    fn serve<'a>(&'a self, call: &'a Call, request: O) -> BoxFuture<'a, Result<O::Reply>> {
        Box::pin(self.handle(call, request))
    }
}

/// A service as its callers see it, in this process or another.
pub struct Client<S: ?Sized>(Arc<S>);

impl<S: ?Sized> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: ?Sized> Client<S> {
    /// A client of a local service or of a [`crate::Remote`].
    pub const fn new(service: Arc<S>) -> Self {
        Self(service)
    }

    /// Asks: one span, one deadline, for both layouts. Dropping the future cancels the work.
    pub async fn ask<O>(&self, call: &Call, request: O) -> Result<O::Reply>
    where
        O: Operation<Service = S>,
        S: Serves<O>,
    {
        let left = call.left()?;
        call.count();
        let span = tracing::info_span!("ask", operation = O::PATH, request_id = %call.request_id);
        let answer = tokio::time::timeout(left, self.0.serve(call, request)).instrument(span).await;
        answer.unwrap_or_else(|_| Err(Error::new(Code::DeadlineExceeded)))
    }
}

/// Makes a service's trait, its operations and its routes from one plain table.
macro_rules! service {
    ($(#[$doc:meta])* pub trait $name:ident at $path:literal { $($op:ident => $reply:ty,)* }) => {
        $(#[$doc])*
        pub trait $name: Send + Sync + 'static $(+ $crate::Serves<$op>)* {}
        impl<T: Send + Sync + 'static $(+ $crate::Handle<$op>)*> $name for T {}
        $(impl $crate::Operation for $op {
            type Reply = $reply;
            type Service = dyn $name;
            const PATH: &'static str = concat!("/", $path, "/", stringify!($op));
        })*
        /// The routes of every operation.
        pub fn routes(service: std::sync::Arc<dyn $name>, door: $crate::Door) -> axum::Router {
            axum::Router::new()
                $(.route(<$op as $crate::Operation>::PATH, axum::routing::post($crate::serve::<$op>)))*
                .layer(axum::extract::DefaultBodyLimit::max($crate::LONGEST_BODY))
                .with_state((service, door))
        }
        /// The paths of every operation.
        pub const PATHS: &[&str] = &[$(<$op as $crate::Operation>::PATH),*];
    };
}
pub(crate) use service;

/// Marks messages as commands: each has a field `idempotency_key`.
macro_rules! commands {
    ($($op:ident),* $(,)?) => {
        $(impl $crate::Command for $op {
            fn idempotency_key(&self) -> &str { &self.idempotency_key }
        })*
        /// The commands: the operations that change something.
        pub const COMMANDS: &[&str] = &[$(<$op as $crate::Operation>::PATH),*];
    };
}
pub(crate) use commands;
