//! A change in hand: rows, events, audit and idempotency key in one transaction.

use crate::database::enter;
use crate::{Database, database_error, json_error};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use tokio::sync::Notify;
use tracing::Span;
use uuid::Uuid;
use vocabulary::{
    AuditId, Clock, Code, Error, EventId, OrganisationNo, PersonId, Principal, Ranges, Result, StudioId,
};

/// A change begun: it is to be made, or it was made before and this is what was answered.
#[expect(clippy::large_enum_variant, reason = "it lives for a moment: it is taken apart at once")]
pub enum Begun<R> {
    /// To be made.
    Fresh(Work),
    /// Made before, under the same key.
    Repeated(R),
}

/// An event to be written by [`Work::publish_all`]: an aggregate's public state after its change number `version`.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Whose record it is.
    pub owner: OrganisationNo,
    /// The studio, where it belongs to one.
    pub studio: Option<StudioId>,
    /// The aggregate.
    pub aggregate: Uuid,
    /// Its version after the change.
    pub version: i32,
    /// The event's kind.
    pub kind: &'static str,
    /// The state.
    pub state: Value,
}

impl NewEvent {
    /// The event that tells this state.
    pub fn new(
        owner: OrganisationNo,
        studio: Option<StudioId>,
        aggregate: Uuid,
        version: i32,
        kind: &'static str,
        state: &impl Serialize,
    ) -> Result<Self> {
        let state = serde_json::to_value(state).map_err(Error::internal)?;
        Ok(Self { owner, studio, aggregate, version, kind, state })
    }
}

/// A change in hand. Dropped without [`Work::finish`], nothing of it stays.
pub struct Work {
    service: &'static str,
    tx: Transaction<'static, Postgres>,
    clock: Clock,
    wake: Arc<Notify>,
    principal: Arc<Principal>,
    action: &'static str,
    request_id: Uuid,
    key: Option<(PersonId, String)>,
    audited: bool,
    /// The transaction's `traceparent`, which goes with its events.
    trace: Option<String>,
    /// Open as long as the transaction is.
    _span: Span,
}

impl Deref for Work {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.tx
    }
}

impl DerefMut for Work {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}

impl Work {
    pub(crate) fn new(
        database: &Database,
        tx: Transaction<'static, Postgres>,
        principal: &Arc<Principal>,
        action: &'static str,
        request_id: Uuid,
        span: Span,
    ) -> Self {
        Self {
            service: database.service(),
            tx,
            clock: database.clock().clone(),
            wake: Arc::clone(database.wake()),
            principal: Arc::clone(principal),
            action,
            request_id,
            key: None,
            audited: false,
            trace: crate::trace::of(&span),
            _span: span,
        }
    }

    pub(crate) async fn under_key<R: DeserializeOwned>(
        mut self,
        person: PersonId,
        key: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<Begun<R>> {
        let well_formed =
            (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !well_formed {
            return Err(Error::new(Code::IdempotencyKey).on("idempotencyKey"));
        }
        let body = serde_json::to_vec(body).map_err(Error::internal)?;
        let hash = Sha256::new().chain_update(self.action).chain_update(b"\n").chain_update(&body);
        let hash = hash.finalize().to_vec();
        // A second request with the same key waits here until the first has committed or gone.
        let sql = format!(
            "insert into {}.idempotency (person_id, key, action, body_hash, made_at) values ($1, $2, $3, $4, $5)
             on conflict (person_id, key) do nothing",
            self.service
        );
        let (at, action) = (self.now(), self.action);
        let insert =
            sqlx::query(AssertSqlSafe(sql)).bind(person.uuid()).bind(key).bind(action).bind(&hash).bind(at);
        let made = insert.execute(&mut *self.tx).await.map_err(database_error)?.rows_affected();
        if made == 1 {
            self.key = Some((person, key.to_owned()));
            return Ok(Begun::Fresh(self));
        }
        let sql = format!(
            "select body_hash, reply from {}.idempotency where person_id = $1 and key = $2",
            self.service
        );
        let row =
            sqlx::query_as::<_, (Vec<u8>, Option<Value>)>(AssertSqlSafe(sql)).bind(person.uuid()).bind(key);
        let (first, reply) = row.fetch_one(&mut *self.tx).await.map_err(database_error)?;
        match reply {
            Some(reply) if first == hash => {
                Ok(Begun::Repeated(serde_json::from_value(reply).map_err(|error| json_error(&error))?))
            }
            _ => Err(Error::new(Code::IdempotencyConflict).on("idempotencyKey")),
        }
    }

    /// Who asks.
    pub const fn principal(&self) -> &Arc<Principal> {
        &self.principal
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today in Asia/Shanghai.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// Writes an event to the service's log: the aggregate's public state after its change number `version`.
    pub async fn publish(
        &mut self,
        owner: OrganisationNo,
        studio: Option<StudioId>,
        aggregate: Uuid,
        version: i32,
        kind: &str,
        state: &(impl Serialize + Sync),
    ) -> Result<EventId> {
        let id = EventId::new();
        let payload = serde_json::to_value(state).map_err(Error::internal)?;
        let sql = format!(
            "insert into {}.event_log (owner_no, id, studio_id, aggregate, version, kind, payload, recorded_at, trace)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            self.service
        );
        let at = self.now();
        sqlx::query(AssertSqlSafe(sql))
            .bind(owner.0)
            .bind(id.uuid())
            .bind(studio.map(StudioId::uuid))
            .bind(aggregate)
            .bind(version)
            .bind(kind)
            .bind(payload)
            .bind(at)
            .bind(&self.trace)
            .execute(&mut *self.tx)
            .await
            .map_err(database_error)?;
        Ok(id)
    }

    /// Writes many events to the service's log, each as [`Work::publish`] does: for imports.
    pub async fn publish_all(&mut self, events: &[NewEvent]) -> Result<()> {
        let sql = format!(
            "insert into {}.event_log (owner_no, id, studio_id, aggregate, version, kind, payload, recorded_at, trace)
             select owner_no, id, studio_id, aggregate, version, kind, payload, $8, $9
             from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::jsonb[])
                 e (owner_no, id, studio_id, aggregate, version, kind, payload)",
            self.service
        );
        let at = self.now();
        for chunk in events.chunks(5_000) {
            sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(chunk.iter().map(|e| e.owner.0).collect::<Vec<_>>())
                .bind(chunk.iter().map(|_| EventId::new().uuid()).collect::<Vec<_>>())
                .bind(chunk.iter().map(|e| e.studio.map(StudioId::uuid)).collect::<Vec<_>>())
                .bind(chunk.iter().map(|e| e.aggregate).collect::<Vec<_>>())
                .bind(chunk.iter().map(|e| e.version).collect::<Vec<_>>())
                .bind(chunk.iter().map(|e| e.kind).collect::<Vec<_>>())
                .bind(chunk.iter().map(|e| &e.state).collect::<Vec<_>>())
                .bind(at)
                .bind(&self.trace)
                .execute(&mut *self.tx)
                .await
                .map_err(database_error)?;
        }
        Ok(())
    }

    /// Writes the audit line: what was changed, without personal data.
    pub async fn audit(
        &mut self,
        owner: OrganisationNo,
        studio: Option<StudioId>,
        subject: impl std::fmt::Display,
        detail: Value,
    ) -> Result<()> {
        let sql = format!(
            "insert into {}.audit (owner_no, id, studio_id, at, person_id, role, action, subject, detail, request_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.service
        );
        let action = self.action.rsplit('/').next().unwrap_or(self.action);
        let (at, principal) = (self.now(), Arc::clone(&self.principal));
        sqlx::query(AssertSqlSafe(sql))
            .bind(owner.0)
            .bind(AuditId::new().uuid())
            .bind(studio.map(StudioId::uuid))
            .bind(at)
            .bind(principal.person().map(PersonId::uuid))
            .bind(principal.role().map(vocabulary::Role::code))
            .bind(action)
            .bind(subject.to_string())
            .bind(detail)
            .bind(self.request_id)
            .execute(&mut *self.tx)
            .await
            .map_err(database_error)?;
        self.audited = true;
        Ok(())
    }

    /// Widens the scope of this change by a block of numbers that was just opened for an organisation within it.
    pub async fn widen(&mut self, lo: OrganisationNo, size: i32) -> Result<()> {
        let principal = Arc::make_mut(&mut self.principal);
        let block = (lo.0, lo.0.saturating_add(size));
        for ranges in [&mut principal.readable, &mut principal.writable] {
            *ranges = Ranges::from_pairs(ranges.pairs().iter().copied().chain([block]));
        }
        enter(&mut self.tx, &self.principal).await
    }

    /// Like [`Work::finish`], but keeps a reply without what is told only once: a one-time password.
    pub async fn finish_once<R: Serialize + Clone>(self, reply: R, forget: impl FnOnce(&mut R)) -> Result<R> {
        let mut kept = reply.clone();
        forget(&mut kept);
        self.finish(kept).await?;
        Ok(reply)
    }

    /// Keeps the reply under the key and commits. A caller's change without an audit line is a fault of ours.
    pub async fn finish<R: Serialize>(mut self, reply: R) -> Result<R> {
        if let Some((person, key)) = self.key.take() {
            if !self.audited {
                return Err(Error::internal(format!("{} left no audit line", self.action)));
            }
            let kept = serde_json::to_value(&reply).map_err(Error::internal)?;
            let sql = format!(
                "update {}.idempotency set reply = $3 where person_id = $1 and key = $2",
                self.service
            );
            let update = sqlx::query(AssertSqlSafe(sql)).bind(person.uuid()).bind(key).bind(kept);
            update.execute(&mut *self.tx).await.map_err(database_error)?;
        }
        self.tx.commit().await.map_err(database_error)?;
        self.wake.notify_one();
        Ok(reply)
    }
}
