//! Plan items of studios in a school year, and plan items by id.

use super::store;
use crate::scope::grouped;
use crate::{Studios, check, policy};
use contract::Handle;
use contract::studios::{OpenPlanItems, PlanItem, PlanItemsOf};
use vocabulary::{Call, Result, aligned, at_most};

impl Handle<PlanItemsOf> for Studios {
    async fn handle(&self, call: &Call, request: PlanItemsOf) -> Result<Vec<Vec<PlanItem>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("studios", request.studios.len())?;
        let school_year = check::school_year("schoolYear", request.school_year)?;
        let mut read = self.database.read(call).await?;
        let found = store::of_studios(&mut read, &scope, &request.studios, school_year).await?;
        Ok(grouped(&request.studios, found, |item| item.studio))
    }
}

impl Handle<OpenPlanItems> for Studios {
    async fn handle(&self, call: &Call, request: OpenPlanItems) -> Result<Vec<Option<PlanItem>>> {
        let scope = policy::reads(&call.principal)?;
        at_most("ids", request.ids.len())?;
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &scope, &request.ids).await?;
        Ok(aligned(&request.ids, found, |item| item.id))
    }
}
