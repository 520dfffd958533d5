//! Who is behind a token: the principal, made anew from the tree and the grants of today.

use super::{store, token_hash};
use crate::Tenancy;
use crate::organisations::store::covered;
use crate::policy::reach;
use crate::words::variant;
use contract::Handle;
use contract::tenancy::{HatChoice, OrganisationRef, Resume, Resumed};
use serde::Deserialize;
use uuid::Uuid;
use vocabulary::{
    Actor, Call, Code, Error, GrantId, Hat, OrganisationId, OrganisationNo, PersonId, Principal, Ranges,
    Result, Role, Scope, SessionId, StudioId,
};

/// A valid grant as the keeper tells it.
#[derive(Deserialize)]
struct Valid {
    id: Uuid,
    role: String,
    no: i32,
    organisation: Uuid,
    kind: String,
    name: String,
    studio: Option<Uuid>,
    studio_name: Option<String>,
}

impl Valid {
    fn choice(&self) -> Result<HatChoice> {
        let organisation = OrganisationRef {
            id: OrganisationId::from_uuid(self.organisation),
            no: OrganisationNo(self.no),
            name: self.name.clone(),
        };
        Ok(HatChoice {
            grant: GrantId::from_uuid(self.id),
            role: self.role()?,
            organisation,
            organisation_kind: variant(&self.kind)?,
            studio: self.studio.map(StudioId::from_uuid),
            studio_name: self.studio_name.clone(),
        })
    }

    fn role(&self) -> Result<Role> {
        Role::from_code(&self.role)
            .ok_or_else(|| Error::internal(format!("the role {} of a grant", self.role)))
    }

    fn hat(&self) -> Result<Hat> {
        let no = OrganisationNo(self.no);
        let scope = match self.studio {
            Some(id) => Scope::Studio { id: StudioId::from_uuid(id), no },
            None => Scope::Organisation { id: OrganisationId::from_uuid(self.organisation), no },
        };
        Ok(Hat { grant: GrantId::from_uuid(self.id), role: self.role()?, scope })
    }
}

impl Handle<Resume> for Tenancy {
    async fn handle(&self, call: &Call, request: Resume) -> Result<Resumed> {
        let (now, today) = (self.database.clock().now(), self.database.clock().today());
        let mut work = self.database.begin_unkeyed(&call.principal, "Resume", call.request_id).await?;
        let found = store::resume(&mut work, &token_hash(&request.token), now, today, request.look).await?;
        let found = found.ok_or_else(|| Error::new(Code::SessionExpired))?;
        let mut grants: Vec<Valid> = serde_json::from_value(found.grants).map_err(Error::internal)?;
        // Who leads a studio and a class begins with the studio: the roles' own order, the oldest grant of each first.
        grants.sort_by_key(|grant| Role::from_code(&grant.role));
        let chosen = match request.hat {
            // A hat that was taken back is said to be: the page puts on another.
            Some(hat) => Some(
                grants
                    .iter()
                    .find(|grant| grant.id == hat.uuid())
                    .ok_or_else(|| Error::new(Code::Forbidden))?,
            ),
            None => grants.first(),
        };
        let hat = chosen.map(Valid::hat).transpose()?;
        let (mut readable, mut writable, mut studios, mut studios_writable) =
            (Ranges::none(), Ranges::none(), Vec::new(), Vec::new());
        if let Some(hat) = &hat {
            match &hat.scope {
                Scope::Organisation { no, .. } => {
                    let all = covered(&mut work, no.0, today).await?;
                    let (reads, writes) = reach(hat.role);
                    if writes {
                        writable = all.clone();
                    }
                    if reads {
                        readable = all;
                    }
                }
                Scope::Studio { id, .. } => {
                    studios.push(*id);
                    if hat.role != Role::ExternalExpert {
                        studios_writable.push(*id);
                    }
                }
            }
        }
        let hats = grants.iter().map(Valid::choice).collect::<Result<_>>()?;
        work.finish(()).await?;
        let actor = Actor::Person {
            id: PersonId::from_uuid(found.person_id),
            session: SessionId::from_uuid(found.session_id),
            hat,
        };
        Ok(Resumed {
            principal: Principal { actor, readable, writable, studios, studios_writable },
            name: found.name,
            login: found.login,
            must_change_password: found.must_change,
            hats,
        })
    }
}
