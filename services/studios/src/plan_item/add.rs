//! Adds a plan item.

use super::{PlanItem, Wording, owner_is_member, reply, store};
use crate::policy::{self, Action};
use crate::{Studios, check, studio};
use contract::Handle;
use contract::studios::{AddPlanItem, PlanItem as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, PlanItemId, Result};

impl Handle<AddPlanItem> for Studios {
    async fn handle(&self, call: &Call, request: AddPlanItem) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let wording = Wording::checked(
            &request.title,
            request.owner,
            request.deliverable.as_deref(),
            request.due_on,
            request.measure.as_deref(),
        );
        let school_year = check::school_year("schoolYear", request.school_year);
        check::together([wording.as_ref().err(), school_year.as_ref().err()])?;
        let (wording, school_year) = (wording?, school_year?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let studio = studio::locked(&mut work, &call.principal, request.studio, Action::MakePlan).await?;
        owner_is_member(&mut work, studio.owner, studio.id, wording.person).await?;
        let item = PlanItem {
            owner: studio.owner,
            id: PlanItemId::new(),
            studio: studio.id,
            school_year,
            wording,
            version: 1,
        };
        store::insert(&mut work, &item).await?;
        work.publish_all(&[item.event(false)?]).await?;
        let detail = json!({ "schoolYear": school_year });
        work.audit(studio.owner, Some(studio.id), item.id, detail).await?;
        let shown = reply(&mut work, &scope, item.id).await?;
        work.finish(shown).await
    }
}
