//! Ledger lines by id.

use super::store;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{OpenTasks, Task};
use vocabulary::{Call, Result, aligned, at_most};

impl Handle<OpenTasks> for Studios {
    async fn handle(&self, call: &Call, request: OpenTasks) -> Result<Vec<Option<Task>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("ids", request.ids.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &scope, &request.ids, self.database.clock().today()).await?;
        Ok(aligned(&request.ids, found, |task| task.id))
    }
}
