//! Hands the log on: to consumers in this process, or to a Redis stream that consumers in other processes read.

use crate::{Consumer, Database, Event, Lifecycle, apply, database_error};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use redis::aio::ConnectionManager;
use redis::streams::{
    StreamAutoClaimOptions, StreamAutoClaimReply, StreamId, StreamReadOptions, StreamReadReply,
};
use redis::{AsyncCommands as _, RedisResult};
use sqlx::AssertSqlSafe;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use vocabulary::{Error, OrganisationNo, Result};

/// How many events go at once.
const BATCH: i32 = 500;
/// How long the relay sleeps when nothing rings.
const PAUSE: Duration = Duration::from_millis(150);

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
    name: &'static str,
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
}

struct Place {
    transaction: String,
    event: Uuid,
    at: DateTime<Utc>,
}

impl Place {
    fn beginning() -> Self {
        Self { transaction: "0".to_owned(), event: Uuid::nil(), at: DateTime::UNIX_EPOCH }
    }
}

/// The Redis stream of a service's events.
fn stream(service: &str) -> String {
    format!("banlian:events:{service}")
}

impl Relay {
    /// A relay of this service's log.
    pub const fn new(database: Database, sink: Sink) -> Self {
        let name = match sink {
            Sink::Local(_) => "local",
            Sink::Redis(_) => "redis",
        };
        Self { database, sink, name }
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
        self.keep(&next).await?;
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
        let events: Vec<Event> = lines.into_iter().map(Line::event).collect();
        match &self.sink {
            Sink::Local(consumers) => {
                for consumer in consumers {
                    consumer(events.clone()).await?;
                }
            }
            Sink::Redis(redis) => self.append(redis.clone(), &events).await?,
        }
        Ok(Some((next, count)))
    }

    async fn append(&self, mut redis: ConnectionManager, events: &[Event]) -> Result<()> {
        let mut pipe = redis::pipe();
        for event in events {
            let text = serde_json::to_string(event).map_err(Error::internal)?;
            pipe.xadd(stream(self.database.service()), "*", &[("event", text)]).ignore();
        }
        pipe.query_async::<()>(&mut redis).await.map_err(Error::internal)
    }

    async fn place(&self) -> Result<Place> {
        let sql = format!(
            "select transaction_id::text, event_id, recorded_at from {}.relay_cursor where name = $1",
            self.database.service()
        );
        let row = sqlx::query_as::<_, (String, Uuid, DateTime<Utc>)>(AssertSqlSafe(sql)).bind(self.name);
        let row = row.fetch_optional(self.database.unscoped()).await.map_err(database_error)?;
        Ok(row.map_or_else(Place::beginning, |(transaction, event, at)| Place { transaction, event, at }))
    }

    async fn lines(&self, place: &Place) -> Result<Vec<Line>> {
        let sql = format!(
            "select owner_no, id, studio_id, aggregate, version, kind, payload, transaction_id::text, recorded_at
             from {}.read_log($1::xid8, $2, $3, $4)",
            self.database.service()
        );
        // No transaction runs for a day: older months need no look.
        let since = place.at.checked_sub_signed(TimeDelta::days(1)).unwrap_or(DateTime::UNIX_EPOCH);
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
            .bind(self.name)
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
        }
    }
}

/// Reads the streams of the consumer's sources in its group until shutdown. An entry is acknowledged after its commit;
/// one whose reader died is claimed after 30 seconds, and the inbox leaves out what had been applied.
pub fn consume_stream<C: Consumer>(lifecycle: &Lifecycle, client: &redis::Client, consumer: &C) {
    for source in C::SOURCES {
        let (client, consumer) = (client.clone(), consumer.clone());
        lifecycle.spawn("consumer", async move {
            let mut reader = Reader { stream: stream(source), consumer, client, pause: PAUSE };
            loop {
                if let Err(error) = reader.run().await {
                    tracing::warn!(stream = reader.stream, %error, "stream not read");
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
    async fn run(&mut self) -> RedisResult<()> {
        // A blocking read needs a connection of its own, without a time limit on answers.
        let config = redis::AsyncConnectionConfig::new().set_response_timeout(None);
        let mut redis = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        let made: RedisResult<()> = redis.xgroup_create_mkstream(&self.stream, C::NAME, "0").await;
        if let Err(error) = made
            && error.code() != Some("BUSYGROUP")
        {
            return Err(error);
        }
        let me = format!("{}-{}", C::NAME, std::process::id());
        // First what this group had in hand when a reader died, then what is new.
        loop {
            let claim = StreamAutoClaimOptions::default().count(500);
            let idle = Duration::from_secs(30).as_millis();
            let claimed: StreamAutoClaimReply = redis
                .xautoclaim_options(
                    &self.stream,
                    C::NAME,
                    &me,
                    usize::try_from(idle).unwrap_or(30_000),
                    "0-0",
                    claim,
                )
                .await?;
            self.apply(&mut redis, claimed.claimed).await?;
            let mine: StreamReadReply = redis
                .xread_options(
                    &[&self.stream],
                    &["0"],
                    &StreamReadOptions::default().group(C::NAME, &me).count(500),
                )
                .await?;
            for key in mine.keys {
                self.apply(&mut redis, key.ids).await?;
            }
            let options = StreamReadOptions::default().group(C::NAME, &me).count(500).block(5_000);
            let fresh: Option<StreamReadReply> =
                redis.xread_options(&[&self.stream], &[">"], &options).await?;
            for key in fresh.into_iter().flat_map(|reply| reply.keys) {
                self.apply(&mut redis, key.ids).await?;
            }
            self.pause = PAUSE;
        }
    }

    async fn apply(
        &self,
        redis: &mut redis::aio::MultiplexedConnection,
        entries: Vec<StreamId>,
    ) -> RedisResult<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
        let events = entries.iter().filter_map(|entry| entry.get::<String>("event"));
        let events: Vec<Event> = events.filter_map(|text| serde_json::from_str(&text).ok()).collect();
        apply(&self.consumer, events).await.map_err(|error| {
            let cause = error.cause().unwrap_or("").to_owned();
            redis::RedisError::from((
                redis::ErrorKind::Client,
                "events not applied",
                format!("{error}: {cause}"),
            ))
        })?;
        redis.xack::<_, _, _, ()>(&self.stream, C::NAME, &ids).await
    }
}
