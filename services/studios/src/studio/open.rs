//! Studios by id, and the living studios of organisations.

use super::store;
use crate::scope::grouped;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{OpenStudios, Studio, StudiosOf};
use vocabulary::{Call, Result, aligned, at_most};

impl Handle<OpenStudios> for Studios {
    async fn handle(&self, call: &Call, request: OpenStudios) -> Result<Vec<Option<Studio>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("ids", request.ids.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &scope, &request.ids, self.database.clock().today()).await?;
        Ok(aligned(&request.ids, found, |studio| studio.id))
    }
}

impl Handle<StudiosOf> for Studios {
    async fn handle(&self, call: &Call, request: StudiosOf) -> Result<Vec<Vec<Studio>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("owners", request.owners.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::living(&mut read, &scope, &request.owners, self.database.clock().today()).await?;
        Ok(grouped(&request.owners, found, |studio| studio.owner_no))
    }
}
