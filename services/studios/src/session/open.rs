//! Sessions by id.

use super::store;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{OpenSessions, Session};
use vocabulary::{Call, Result, aligned, at_most};

impl Handle<OpenSessions> for Studios {
    async fn handle(&self, call: &Call, request: OpenSessions) -> Result<Vec<Option<Session>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("ids", request.ids.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &scope, &request.ids).await?;
        Ok(aligned(&request.ids, found, |session| session.id))
    }
}
