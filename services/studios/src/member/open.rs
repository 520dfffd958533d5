//! Members of studios, and memberships by id.

use super::store;
use crate::scope::grouped;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{Member, MembersOf, OpenMembers};
use vocabulary::{Call, Result, aligned, at_most};

impl Handle<MembersOf> for Studios {
    async fn handle(&self, call: &Call, request: MembersOf) -> Result<Vec<Vec<Member>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("studios", request.studios.len())?;
        let mut read = self.database.read(call).await?;
        let found =
            store::of_studios(&mut read, &scope, &request.studios, self.database.clock().today()).await?;
        Ok(grouped(&request.studios, found, |member| member.studio))
    }
}

impl Handle<OpenMembers> for Studios {
    async fn handle(&self, call: &Call, request: OpenMembers) -> Result<Vec<Option<Member>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("ids", request.ids.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &scope, &request.ids, self.database.clock().today()).await?;
        Ok(aligned(&request.ids, found, |member| member.id))
    }
}
