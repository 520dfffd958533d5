//! What happened to a ledger line, newest first.

use super::store;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{TaskEvent, TaskHistory};
use vocabulary::{Call, Code, Error, Result};

impl Handle<TaskHistory> for Studios {
    async fn handle(&self, call: &Call, request: TaskHistory) -> Result<Vec<TaskEvent>> {
        let scope = policy::reads(&call.principal)?;
        let mut read = self.database.read(call).await?;
        let entries = store::history(&mut read, &scope, request.id).await?;
        // Every line has at least the entry of its adding.
        if entries.is_empty() { Err(Error::new(Code::NotFound)) } else { Ok(entries) }
    }
}
