//! Adds a member by account name, a guest from another school too.

use super::{Member, action, categories, reply, store};
use crate::{Studios, check, people, policy, studio};
use contract::Handle;
use contract::studios::{AddMember, Member as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, MembershipId, Result};

impl Handle<AddMember> for Studios {
    async fn handle(&self, call: &Call, request: AddMember) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let login = check::login("login", &request.login);
        let categories = categories(&request.categories, request.principal_category);
        let from = check::date("from", request.from);
        check::together([login.as_ref().err(), categories.as_ref().err(), from.as_ref().err()])?;
        let (login, categories, from) = (login?, categories?, from?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let studio = studio::locked(&mut work, &call.principal, request.studio, action(request.role)).await?;
        if from < studio.founded_on {
            return Err(Error::new(Code::DateOrder).on("from"));
        }
        let today = work.today();
        let person = people::store::find(&mut work, std::slice::from_ref(&login), today).await?;
        let person =
            person.get(&login).cloned().ok_or_else(|| Error::new(Code::PersonUnknown).on("login"))?;
        let before = store::of_person(&mut work, studio.owner, studio.id, person.id).await?;
        if before.iter().any(|other| other.to.is_none_or(|to| to >= from)) {
            return Err(Error::new(Code::MemberTwice).on("login"));
        }
        let member = Member {
            owner: studio.owner,
            id: MembershipId::new(),
            studio: studio.id,
            person: person.id,
            home: person.home,
            role: request.role,
            categories,
            principal_category: request.principal_category,
            from,
            to: None,
            version: 1,
        };
        store::insert(&mut work, &member).await?;
        work.publish_all(&[member.event(&studio.charter.name)?]).await?;
        let detail = json!({ "person": member.person, "role": member.role, "from": member.from });
        work.audit(studio.owner, Some(studio.id), member.id, detail).await?;
        let shown = reply(&mut work, &scope, member.id).await?;
        work.finish(shown).await
    }
}
