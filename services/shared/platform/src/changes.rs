//! What open pages hear of: that something changed, and whose it is. The page asks again under its own rights.

use crate::Lifecycle;
use futures::StreamExt as _;
use redis::AsyncCommands as _;
use redis::aio::ConnectionManager;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::broadcast;
use vocabulary::{OrganisationNo, StudioId};

/// Something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whose record it is.
    pub owner_no: OrganisationNo,
    /// The studio, where it belongs to one.
    pub studio: Option<StudioId>,
    /// What it is: the event's kind.
    pub kind: String,
    /// The record's UUID.
    pub id: String,
}

/// The hub: in one process a broadcast, between processes a Redis channel as well.
#[derive(Clone)]
pub struct Changes {
    local: broadcast::Sender<Change>,
    redis: Option<ConnectionManager>,
}

const CHANNEL: &str = "banlian:changes";

impl Default for Changes {
    fn default() -> Self {
        Self { local: broadcast::channel(1024).0, redis: None }
    }
}

impl Changes {
    /// A hub that publishes to the Redis channel.
    pub fn publishing(redis: ConnectionManager) -> Self {
        Self { redis: Some(redis), ..Self::default() }
    }

    /// Listens to changes from now on. One that lags behind misses some and should reload.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.local.subscribe()
    }

    /// Tells what changed. Nobody listening is no fault; a lost message only delays a page until its next question.
    pub async fn publish(&self, changes: Vec<Change>) {
        for change in changes {
            if let Some(redis) = &self.redis {
                let text = serde_json::to_string(&change).unwrap_or_default();
                let sent: redis::RedisResult<()> = redis.clone().publish(CHANNEL, text).await;
                if let Err(error) = sent {
                    tracing::warn!(%error, "change not published");
                }
            }
            let _ = self.local.send(change);
        }
    }

    /// Hands on what other processes publish, until shutdown; reconnects by itself.
    pub fn listen(&self, lifecycle: &Lifecycle, client: redis::Client) {
        let local = self.local.clone();
        lifecycle.spawn("changes", async move {
            loop {
                if let Ok(mut pubsub) = client.get_async_pubsub().await
                    && pubsub.subscribe(CHANNEL).await.is_ok()
                {
                    let mut messages = pubsub.on_message();
                    while let Some(message) = messages.next().await {
                        if let Ok(change) = serde_json::from_slice(message.get_payload_bytes()) {
                            let _ = local.send(change);
                        }
                    }
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        });
    }
}
