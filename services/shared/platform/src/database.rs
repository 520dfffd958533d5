//! A service's database: the only place where a tenant transaction is opened, and only from a principal.

use crate::{Begun, Work, database_error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use std::ops::{Deref, DerefMut};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tracing::Span;
use uuid::Uuid;
use vocabulary::{Call, Clock, Code, Error, OrganisationNo, Principal, Result};

/// A service's schema under the service's role.
#[derive(Clone)]
pub struct Database {
    service: &'static str,
    pool: PgPool,
    clock: Clock,
    wake: Arc<Notify>,
}

/// A read-only tenant transaction: a connection whose scope is set.
pub struct Read {
    tx: Transaction<'static, Postgres>,
    /// Open as long as the transaction is.
    _span: Span,
}

impl Deref for Read {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.tx
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}

/// The span of a transaction: whose it is and what it is for, never what it says. It is of level debug, so that it costs
/// nothing where no traces are exported.
macro_rules! transaction_span {
    ($name:literal, $database:expr, $action:expr) => {
        tracing::debug_span!(
            $name,
            "otel.kind" = "client",
            "db.system.name" = "postgresql",
            "db.namespace" = $database.service,
            action = $action
        )
    };
}

/// PostgreSQL's text of an array of UUIDs.
fn array(ids: impl Iterator<Item = Uuid>) -> String {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    format!("{{{}}}", ids.join(","))
}

/// Says the scope of a transaction: what row-level security reads.
pub(crate) async fn enter(connection: &mut PgConnection, principal: &Principal) -> Result<()> {
    sqlx::query("select platform.enter($1, $2, $3, $4, $5)")
        .bind(principal.readable.to_string())
        .bind(principal.writable.to_string())
        .bind(array(principal.studios.iter().map(|id| id.uuid())))
        .bind(array(principal.studios_writable.iter().map(|id| id.uuid())))
        .bind(principal.person().map_or_else(String::new, |id| id.uuid().to_string()))
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

impl Database {
    /// Connects lazily: the first use makes the first connection.
    pub fn connect(service: &'static str, url: &str, connections: u32, clock: Clock) -> Result<Self> {
        let options = PgConnectOptions::from_str(url).map_err(Error::internal)?.application_name(service);
        let options = options.options([
            ("statement_timeout", "60000"),
            // The log is handed on below the oldest running transaction: one that hangs would hold up everybody's events.
            ("idle_in_transaction_session_timeout", "300000"),
            ("search_path", "pg_catalog"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            .connect_lazy_with(options);
        Ok(Self { service, pool, clock, wake: Arc::default() })
    }

    /// The schema's name.
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// Time.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Rings when a change was committed here: the relay listens.
    pub(crate) fn wake(&self) -> &Arc<Notify> {
        &self.wake
    }

    /// The pool itself, for what is no tenant's: keepers' functions, cursors, readiness. No tenant row is seen
    /// through it, since no scope is set.
    pub const fn unscoped(&self) -> &PgPool {
        &self.pool
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.pool).await.map(drop).map_err(database_error)
    }

    /// Forgets idempotency keys after seven days, and the files of imports after ninety.
    pub async fn sweep(&self) -> Result<()> {
        let sql = format!("select {}.sweep($1)", self.service);
        let swept = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(self.clock.now()).execute(&self.pool).await;
        swept.map(drop).map_err(database_error)
    }

    /// Waits for connections in use and closes all.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where a tenant transaction is opened")]
    async fn enter(&self, principal: &Principal) -> Result<Transaction<'static, Postgres>> {
        let mut tx = self.pool.begin().await.map_err(database_error)?;
        enter(&mut tx, principal).await?;
        Ok(tx)
    }

    /// Opens a transaction that reads what the caller may see. It ends when it is dropped.
    pub async fn read(&self, call: &Call) -> Result<Read> {
        let span = transaction_span!("read", self, tracing::field::Empty);
        Ok(Read { tx: self.enter(&call.principal).await?, _span: span })
    }

    /// Opens a change under the caller's idempotency key. The same key and body again gives the first reply; the same
    /// key with another body is refused.
    pub async fn begin<R: DeserializeOwned>(
        &self,
        call: &Call,
        action: &'static str,
        key: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<Begun<R>> {
        let person = call.principal.person().ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let work = self.change(&call.principal, action, call.request_id).await?;
        work.under_key(person, key, body).await
    }

    /// Opens a change by a service itself, on the rows of one organisation.
    pub async fn begin_service(&self, name: &str, action: &'static str, no: OrganisationNo) -> Result<Work> {
        let principal = Arc::new(Principal::service(name, no));
        self.change(&principal, action, Uuid::now_v7()).await
    }

    /// Opens a change for a caller without an idempotency key: for what is repeated safely by its own nature, such as
    /// an import's rows.
    pub async fn begin_unkeyed(
        &self,
        principal: &Arc<Principal>,
        action: &'static str,
        request_id: Uuid,
    ) -> Result<Work> {
        self.change(principal, action, request_id).await
    }

    async fn change(
        &self,
        principal: &Arc<Principal>,
        action: &'static str,
        request_id: Uuid,
    ) -> Result<Work> {
        let span = transaction_span!("change", self, action);
        let tx = self.enter(principal).await?;
        Ok(Work::new(self, tx, principal, action, request_id, span))
    }
}
