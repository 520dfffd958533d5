//! Files that cross the contract, and the imports made from them.

use crate::ImportId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A small file in memory (a template, an export, an import): base64 on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBytes(pub Vec<u8>);

impl Serialize for FileBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&base64::display::Base64Display::new(&self.0, &STANDARD))
    }
}

impl<'de> Deserialize<'de> for FileBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        STANDARD.decode(text.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}

/// How an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Waits for a worker.
    Queued,
    /// Being read, checked or written.
    Running,
    /// A dry run without faults: nothing was written, everything would be.
    Checked,
    /// Written, whole.
    Done,
    /// Rows with faults: nothing was written; the error file says why.
    Faulty,
    /// The file itself could not be read, or the work failed: nothing was written.
    Failed,
}

/// An import of one spreadsheet (导入): all or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "ImportJob"))]
pub struct ImportJob {
    /// The import.
    pub id: ImportId,
    /// Which template: `organisations`, `people`, `classes`, `studios`, `plan_items`, `tasks`.
    pub kind: String,
    /// The file's name as it was uploaded.
    pub file_name: String,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// How it stands.
    pub state: ImportState,
    /// Rows in the file, once it is read.
    pub rows: i32,
    /// Rows worked through so far.
    pub rows_done: i32,
    /// Rows that made something new.
    pub created: i32,
    /// Rows that changed something.
    pub changed: i32,
    /// Rows that were there already, as they are.
    pub unchanged: i32,
    /// Rows with faults.
    pub faults: i32,
    /// What was wrong with the file as a whole, in Chinese.
    pub problem_zh: Option<String>,
    /// The same in English.
    pub problem_en: Option<String>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}
