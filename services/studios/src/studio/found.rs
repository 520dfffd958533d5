//! Founds a studio, with its lead as its first member.

use super::{Charter, Studio, reply, store};
use crate::member::{self, Member};
use crate::policy::{self, Action};
use crate::{Studios, check, people};
use contract::Handle;
use contract::studios::{FoundStudio, MemberCategory, MemberRole, Studio as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, MembershipId, Result, StudioId};

impl Handle<FoundStudio> for Studios {
    async fn handle(&self, call: &Call, request: FoundStudio) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        policy::may(&call.principal, Action::FoundStudio, request.owner, None)
            .map_err(|error| error.on("owner"))?;
        let charter = Charter::checked(
            &request.name,
            request.level,
            request.stage.as_deref(),
            request.mode,
            request.leader_type,
        );
        let founded_on = check::date("foundedOn", request.founded_on);
        let login = check::login("leadLogin", &request.lead_login);
        check::together([charter.as_ref().err(), founded_on.as_ref().err(), login.as_ref().err()])?;
        let (charter, founded_on, login) = (charter?, founded_on?, login?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let today = work.today();
        if founded_on > today {
            return Err(Error::new(Code::DateInFuture).on("foundedOn"));
        }
        if !people::store::lives(&mut work, request.owner, today).await? {
            return Err(Error::new(Code::NotFound).on("owner"));
        }
        let lead = people::store::find(&mut work, std::slice::from_ref(&login), today).await?;
        let lead =
            lead.get(&login).cloned().ok_or_else(|| Error::new(Code::PersonUnknown).on("leadLogin"))?;
        let studio = Studio {
            owner: request.owner,
            id: StudioId::new(),
            charter,
            founded_on,
            closed_on: None,
            version: 1,
        };
        let category = if lead.home == studio.owner {
            MemberCategory::HomeroomTeacher
        } else {
            MemberCategory::OutsideExpert
        };
        let membership = Member {
            owner: studio.owner,
            id: MembershipId::new(),
            studio: studio.id,
            person: lead.id,
            home: lead.home,
            role: MemberRole::Lead,
            categories: vec![category],
            principal_category: category,
            from: founded_on,
            to: None,
            version: 1,
        };
        store::insert(&mut work, &studio).await?;
        member::store::insert(&mut work, &membership).await?;
        let events = [studio.event()?, membership.event(&studio.charter.name)?];
        work.publish_all(&events).await?;
        let detail = json!({ "lead": lead.id, "membership": membership.id });
        work.audit(studio.owner, Some(studio.id), studio.id, detail).await?;
        let shown = reply(&mut work, &scope, studio.id).await?;
        work.finish(shown).await
    }
}
