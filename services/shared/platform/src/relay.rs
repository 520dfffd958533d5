//! Hands the log on: to consumers in this process, or to a Redis stream that consumers in other processes read.

use crate::{Consumer, Database, Event, Lifecycle, apply, counts, database_error};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use redis::aio::ConnectionManager;
use redis::streams::{
    StreamAutoClaimOptions, StreamAutoClaimReply, StreamId, StreamRangeReply, StreamReadOptions,
    StreamReadReply,
};
use redis::{AsyncCommands as _, RedisResult};
use sqlx::AssertSqlSafe;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use vocabulary::{Code, Error, OrganisationNo, Result};

/// How many events go at once.
const BATCH: i32 = 500;
/// How long the relay sleeps when nothing rings.
const PAUSE: Duration = Duration::from_millis(150);
/// The cursor of consumers in the same process.
const CURSOR: &str = "local";
/// How many milliseconds an entry lies in a reader's hand before another takes it.
const IDLE: usize = 30_000;
/// The fields of an entry in a stream: the event, and the transaction that wrote it.
const EVENT: &str = "event";
const TRANSACTION: &str = "transaction";

type LocalConsumer = Arc<dyn Fn(Vec<Event>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Where events go.
#[derive(Clone)]
pub enum Sink {
    /// To consumers in this process.
    Local(Vec<LocalConsumer>),
    /// To the service's stream.
    Redis(ConnectionManager),
}

impl Sink {
    /// A consumer in this process.
    pub fn local<C: Consumer>(consumer: C) -> LocalConsumer {
        Arc::new(move |events| {
            let consumer = consumer.clone();
            Box::pin(async move { apply(&consumer, events).await })
        })
    }
}

/// The relay of one service's log.
pub struct Relay {
    database: Database,
    sink: Sink,
}

#[derive(sqlx::FromRow)]
struct Line {
    owner_no: i32,
    id: Uuid,
    studio_id: Option<Uuid>,
    aggregate: Uuid,
    version: i32,
    kind: String,
    payload: serde_json::Value,
    transaction_id: String,
    recorded_at: DateTime<Utc>,
    trace: Option<String>,
}

/// How far a log was handed on.
struct Place {
    transaction: String,
    event: Uuid,
    at: DateTime<Utc>,
}

impl Place {
    fn beginning() -> Self {
        Self { transaction: "0".to_owned(), event: Uuid::nil(), at: DateTime::UNIX_EPOCH }
    }

    /// The place of an entry of a stream; nothing where another hand wrote it.
    fn of(entry: &StreamId) -> Option<Self> {
        let event: Event = serde_json::from_str(&entry.get::<String>(EVENT)?).ok()?;
        let transaction: String = entry.get(TRANSACTION)?;
        transaction.parse::<u64>().ok()?;
        Some(Self { transaction, event: event.id, at: event.recorded_at })
    }
}

/// The Redis stream of a service's events.
fn stream(service: &str) -> String {
    format!("banlian:events:{service}")
}

impl Relay {
    /// A relay of this service's log.
    pub const fn new(database: Database, sink: Sink) -> Self {
        Self { database, sink }
    }

    /// Runs until shutdown; after a failure it tries the same events again.
    pub fn start(self, lifecycle: &Lifecycle) {
        lifecycle.spawn("relay", async move {
            let mut pause = PAUSE;
            loop {
                match self.step().await {
                    Ok(0) => {
                        let ring = self.database.wake().notified();
                        let _ = tokio::time::timeout(PAUSE, ring).await;
                        pause = PAUSE;
                    }
                    Ok(_) => pause = PAUSE,
                    Err(error) => {
                        let service = self.database.service();
                        counts::failed(service);
                        tracing::warn!(service, code = %error.code(), cause = error.cause().unwrap_or(""), "events not handed on");
                        tokio::time::sleep(pause).await;
                        pause = (pause * 2).min(Duration::from_secs(10));
                    }
                }
            }
        });
    }

    /// Hands on one batch; gives how many.
    pub async fn step(&self) -> Result<usize> {
        let place = self.place().await?;
        let Some((next, count)) = self.hand_on(&place).await? else { return Ok(0) };
        if let Sink::Local(_) = self.sink {
            self.keep(&next).await?;
        }
        Ok(count)
    }

    /// Hands on the whole log from its beginning and leaves the relay's place alone: for a consumer that forgot
    /// everything derived from it. Gives how many events there were.
    pub async fn replay(&self) -> Result<usize> {
        let (mut place, mut handed) = (Place::beginning(), 0);
        while let Some((next, count)) = self.hand_on(&place).await? {
            place = next;
            handed += count;
        }
        Ok(handed)
    }

    /// Hands on the batch after a place; gives where it ended and how many, or nothing at the end of the log.
    async fn hand_on(&self, place: &Place) -> Result<Option<(Place, usize)>> {
        let lines = self.lines(place).await?;
        let Some(last) = lines.last() else { return Ok(None) };
        let next = Place { transaction: last.transaction_id.clone(), event: last.id, at: last.recorded_at };
        let count = lines.len();
        match &self.sink {
            Sink::Local(consumers) => {
                let events: Vec<Event> = lines.into_iter().map(Line::event).collect();
                for consumer in consumers {
                    consumer(events.clone()).await?;
                }
            }
            Sink::Redis(redis) => self.append(redis.clone(), lines).await?,
        }
        Ok(Some((next, count)))
    }

    async fn append(&self, mut redis: ConnectionManager, lines: Vec<Line>) -> Result<()> {
        let mut pipe = redis::pipe();
        for line in lines {
            let transaction = line.transaction_id.clone();
            let event = serde_json::to_string(&line.event()).map_err(Error::internal)?;
            let entry = [(EVENT, event), (TRANSACTION, transaction)];
            pipe.xadd(stream(self.database.service()), "*", &entry).ignore();
        }
        pipe.query_async::<()>(&mut redis).await.map_err(away)
    }

    async fn place(&self) -> Result<Place> {
        match &self.sink {
            Sink::Local(_) => self.kept().await,
            Sink::Redis(redis) => self.last_entry(redis.clone()).await,
        }
    }

    /// The stream itself says how far the log was handed on. A cursor of our own would run ahead of a Redis that died
    /// before its last entries were on disk, and what it lost would never arrive. A stream that is empty, or ends with what
    /// another hand wrote, is filled from the beginning: the inboxes leave out what was applied.
    async fn last_entry(&self, mut redis: ConnectionManager) -> Result<Place> {
        let stream = stream(self.database.service());
        let last: StreamRangeReply = redis.xrevrange_count(stream, "+", "-", 1).await.map_err(away)?;
        Ok(last.ids.first().and_then(Place::of).unwrap_or_else(Place::beginning))
    }

    async fn kept(&self) -> Result<Place> {
        let sql = format!(
            "select transaction_id::text, event_id, recorded_at from {}.relay_cursor where name = $1",
            self.database.service()
        );
        let row = sqlx::query_as::<_, (String, Uuid, DateTime<Utc>)>(AssertSqlSafe(sql)).bind(CURSOR);
        let row = row.fetch_optional(self.database.unscoped()).await.map_err(database_error)?;
        Ok(row.map_or_else(Place::beginning, |(transaction, event, at)| Place { transaction, event, at }))
    }

    async fn lines(&self, place: &Place) -> Result<Vec<Line>> {
        let sql = format!(
            "select owner_no, id, studio_id, aggregate, version, kind, payload, transaction_id::text, recorded_at, trace
             from {}.read_log($1::xid8, $2, $3, $4)",
            self.database.service()
        );
        // Months long past need no look; the time is a clock's, which may have been wrong, now or then.
        let long_ago = place.at.checked_sub_signed(TimeDelta::days(400));
        let since =
            long_ago.filter(|_| place.at <= self.database.clock().now()).unwrap_or(DateTime::UNIX_EPOCH);
        let query = sqlx::query_as(AssertSqlSafe(sql))
            .bind(&place.transaction)
            .bind(place.event)
            .bind(since)
            .bind(BATCH);
        query.fetch_all(self.database.unscoped()).await.map_err(database_error)
    }

    async fn keep(&self, place: &Place) -> Result<()> {
        let sql = format!(
            "insert into {}.relay_cursor (name, transaction_id, event_id, recorded_at) values ($1, $2::xid8, $3, $4)
             on conflict (name) do update set transaction_id = excluded.transaction_id, event_id = excluded.event_id,
             recorded_at = excluded.recorded_at",
            self.database.service()
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(CURSOR)
            .bind(&place.transaction)
            .bind(place.event)
            .bind(place.at);
        query.execute(self.database.unscoped()).await.map(drop).map_err(database_error)
    }
}

impl Line {
    fn event(self) -> Event {
        Event {
            id: self.id,
            owner_no: OrganisationNo(self.owner_no),
            studio_id: self.studio_id,
            aggregate: self.aggregate,
            version: self.version,
            kind: self.kind,
            payload: self.payload,
            recorded_at: self.recorded_at,
            trace: self.trace,
        }
    }
}

fn away(error: redis::RedisError) -> Error {
    Error::new(Code::Unavailable).because(error)
}

/// Reads the streams of the consumer's sources in its group until shutdown. An entry is acknowledged after its commit;
/// one whose reader died is claimed after 30 seconds, and the inbox leaves out what had been applied.
///
/// One reader a group is what we start, and order is the log's then. A second process of the service shares the work: the
/// group gives an entry to one of them, and which applies first does not matter, since consumers keep the newest version.
pub fn consume_stream<C: Consumer>(lifecycle: &Lifecycle, client: &redis::Client, consumer: &C) {
    for source in C::SOURCES {
        let (client, consumer) = (client.clone(), consumer.clone());
        lifecycle.spawn("consumer", async move {
            let mut reader = Reader { stream: stream(source), consumer, client, pause: PAUSE };
            loop {
                if let Err(error) = reader.run().await {
                    let (stream, cause) = (&reader.stream, error.cause().unwrap_or(""));
                    tracing::warn!(stream, code = %error.code(), cause, "stream not read");
                    tokio::time::sleep(reader.pause).await;
                    reader.pause = (reader.pause * 2).min(Duration::from_secs(10));
                }
            }
        });
    }
}

struct Reader<C> {
    stream: String,
    consumer: C,
    client: redis::Client,
    pause: Duration,
}

impl<C: Consumer> Reader<C> {
    async fn run(&mut self) -> Result<()> {
        // A blocking read needs a connection of its own, without a time limit on answers.
        let config = redis::AsyncConnectionConfig::new().set_response_timeout(None);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let mut redis = connecting.await.map_err(away)?;
        let made: RedisResult<()> = redis.xgroup_create_mkstream(&self.stream, C::NAME, "0").await;
        if let Err(error) = made
            && error.code() != Some("BUSYGROUP")
        {
            return Err(away(error));
        }
        let me = format!("{}-{}", C::NAME, std::process::id());
        let mine = StreamReadOptions::default().group(C::NAME, &me).count(500);
        let fresh = StreamReadOptions::default().group(C::NAME, &me).count(500).block(5_000);
        // First what was in hand when an attempt failed or a reader died, then what is new.
        let reply: StreamReadReply =
            redis.xread_options(&[&self.stream], &["0"], &mine).await.map_err(away)?;
        self.apply(&mut redis, entries(reply)).await?;
        loop {
            let claim = StreamAutoClaimOptions::default().count(500);
            let claimed = redis.xautoclaim_options(&self.stream, C::NAME, &me, IDLE, "0-0", claim);
            let claimed: StreamAutoClaimReply = claimed.await.map_err(away)?;
            self.apply(&mut redis, claimed.claimed).await?;
            let reply: Option<StreamReadReply> =
                redis.xread_options(&[&self.stream], &[">"], &fresh).await.map_err(away)?;
            self.apply(&mut redis, reply.map(entries).unwrap_or_default()).await?;
            self.pause = PAUSE;
        }
    }

    /// An entry that is no event as we know it was written by another hand, or by a newer version of ours: it is not
    /// acknowledged, so that it is seen (`XINFO GROUPS`), is tried again, and does not stop those that can be read.
    async fn apply(
        &self,
        redis: &mut redis::aio::MultiplexedConnection,
        entries: Vec<StreamId>,
    ) -> Result<()> {
        let (mut ids, mut events, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        for entry in entries {
            let event = entry.get::<String>(EVENT).and_then(|text| serde_json::from_str::<Event>(&text).ok());
            match event {
                Some(event) => {
                    ids.push(entry.id);
                    events.push(event);
                }
                None => unreadable.push(entry.id),
            }
        }
        if let Some(first) = unreadable.first() {
            let (stream, entries) = (&self.stream, unreadable.len());
            counts::unreadable(C::NAME, entries);
            tracing::error!(stream, consumer = C::NAME, entries, first, "entries of a stream are no events");
        }
        if ids.is_empty() {
            return Ok(());
        }
        apply(&self.consumer, events).await?;
        redis.xack::<_, _, _, ()>(&self.stream, C::NAME, &ids).await.map_err(away)
    }
}

fn entries(reply: StreamReadReply) -> Vec<StreamId> {
    reply.keys.into_iter().flat_map(|key| key.ids).collect()
}
