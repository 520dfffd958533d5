//! An event as its consumers see it.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{Error, OrganisationNo, Result};

/// A line of a service's event log. It carries the aggregate's public state after the change, so that a consumer keeps
/// the newest version it has seen and the order of arrival does not matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its id, by which it is applied once.
    pub id: Uuid,
    /// Whose record it is.
    pub owner_no: OrganisationNo,
    /// The studio, where it belongs to one.
    pub studio_id: Option<Uuid>,
    /// The aggregate.
    pub aggregate: Uuid,
    /// The aggregate's version after the change.
    pub version: i32,
    /// What it is about: `tenancy.class`, `studios.task`, …
    pub kind: String,
    /// The state.
    pub payload: serde_json::Value,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// The `traceparent` of the change that wrote it, where it was traced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

impl Event {
    /// The state, typed.
    pub fn state<T: DeserializeOwned>(&self) -> Result<T> {
        // What the decoder says would quote the state.
        T::deserialize(&self.payload)
            .map_err(|_| Error::internal(format!("event {} ({}) is of another form", self.id, self.kind)))
    }
}
