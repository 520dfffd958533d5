//! The services of a process, with their relays, consumers, imports and sweeps.

use crate::cli::Part;
use analytics::{Analytics, Projector};
use anyhow::Result;
use platform::{Changes, Database, Lifecycle, Relay, Sink, consume_stream};
use redis::aio::ConnectionManager;
use resources::Resources;
use std::sync::Arc;
use std::time::Duration;
use studios::{Studios, StudiosConsumer, StudiosImporter};
use tenancy::{Tenancy, TenancyConsumer, TenancyImporter};
use vocabulary::Clock;

/// How many connections a service's pool holds at most.
const CONNECTIONS: u32 = 12;

/// The name of a part's schema, role and routes.
pub(crate) const fn name(part: Part) -> &'static str {
    match part {
        Part::Tenancy => "tenancy",
        Part::Studios => "studios",
        Part::Resources => "resources",
        Part::Analytics => "analytics",
        Part::Gateway => "gateway",
    }
}

/// A service's database under its own role.
pub(crate) fn database(part: Part, url: &str) -> Result<Database> {
    Ok(Database::connect(name(part), url, CONNECTIONS, Clock::system())?)
}

/// The four services in this process.
pub(crate) struct Local {
    pub(crate) tenancy: Arc<Tenancy>,
    pub(crate) studios: Arc<Studios>,
    pub(crate) resources: Arc<Resources>,
    pub(crate) analytics: Arc<Analytics>,
    pub(crate) databases: Vec<Database>,
}

impl Local {
    /// Starts all four, with events handed on in memory.
    pub(crate) fn start(lifecycle: &Lifecycle, urls: &[String; 4], changes: &Changes) -> Result<Self> {
        let [t, s, r, a] = urls;
        let (t, s) = (database(Part::Tenancy, t)?, database(Part::Studios, s)?);
        let (r, a) = (database(Part::Resources, r)?, database(Part::Analytics, a)?);
        let figures = Projector::new(a.clone(), changes.clone());
        let to_tenancy = vec![Sink::local(StudiosConsumer::new(s.clone())), Sink::local(figures.clone())];
        let to_studios = vec![Sink::local(TenancyConsumer::new(t.clone())), Sink::local(figures)];
        Relay::new(t.clone(), Sink::Local(to_tenancy)).start(lifecycle);
        Relay::new(s.clone(), Sink::Local(to_studios)).start(lifecycle);
        for database in [&t, &s, &r, &a] {
            sweep(lifecycle, database.clone());
        }
        platform::imports::work_off(lifecycle, TenancyImporter::new(t.clone()));
        platform::imports::work_off(lifecycle, StudiosImporter::new(s.clone()));
        let analytics = Arc::new(Analytics::new(a.clone()));
        daily(lifecycle, Arc::clone(&analytics));
        Ok(Self {
            tenancy: Arc::new(Tenancy::new(t.clone())),
            studios: Arc::new(Studios::new(s.clone())),
            resources: Arc::new(Resources::new(r.clone())),
            analytics,
            databases: vec![t, s, r, a],
        })
    }
}

/// Starts what one service's process runs beside its routes: its relay to Redis, its consumer, imports and sweeps.
pub(crate) fn background(
    lifecycle: &Lifecycle,
    part: Part,
    database: &Database,
    client: &redis::Client,
    redis: &ConnectionManager,
) {
    sweep(lifecycle, database.clone());
    let relay = || Relay::new(database.clone(), Sink::Redis(redis.clone())).start(lifecycle);
    match part {
        Part::Tenancy => {
            relay();
            consume_stream(lifecycle, client, &TenancyConsumer::new(database.clone()));
            platform::imports::work_off(lifecycle, TenancyImporter::new(database.clone()));
        }
        Part::Studios => {
            relay();
            consume_stream(lifecycle, client, &StudiosConsumer::new(database.clone()));
            platform::imports::work_off(lifecycle, StudiosImporter::new(database.clone()));
        }
        Part::Resources => relay(),
        Part::Analytics => {
            let changes = Changes::publishing(redis.clone());
            consume_stream(lifecycle, client, &Projector::new(database.clone(), changes));
            daily(lifecycle, Arc::new(Analytics::new(database.clone())));
        }
        Part::Gateway => {}
    }
}

/// Forgets idempotency keys after seven days.
fn sweep(lifecycle: &Lifecycle, database: Database) {
    lifecycle.spawn("sweep", async move {
        loop {
            if let Err(error) = database.sweep().await {
                tracing::warn!(
                    service = database.service(),
                    cause = error.cause().unwrap_or(""),
                    "sweep failed"
                );
            }
            tokio::time::sleep(Duration::from_hours(1)).await;
        }
    });
}

/// Brings the figures of running periods to today, soon after midnight and after every start.
fn daily(lifecycle: &Lifecycle, analytics: Arc<Analytics>) {
    lifecycle.spawn("figures of the day", async move {
        loop {
            if let Err(error) = analytics.sweep().await {
                tracing::warn!(cause = error.cause().unwrap_or(""), "figures of the day failed");
            }
            tokio::time::sleep(Duration::from_mins(10)).await;
        }
    });
}
