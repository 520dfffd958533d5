//! Who was expected at sessions, and who came.

use super::store;
use crate::scope::grouped;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{Attendance, AttendanceOf};
use vocabulary::{Call, Result, at_most};

impl Handle<AttendanceOf> for Studios {
    async fn handle(&self, call: &Call, request: AttendanceOf) -> Result<Vec<Vec<Attendance>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("sessions", request.sessions.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::attendance(&mut read, &scope, &request.sessions).await?;
        Ok(grouped(&request.sessions, found, |line| line.session))
    }
}
