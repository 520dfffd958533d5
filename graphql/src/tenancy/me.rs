//! The person who asks.

use crate::ask::part;
use crate::clients::Clients;
use crate::session::Identity;
use async_graphql::{Context, Object};
use contract::tenancy::{HatChoice, ListSessions, Session};
use vocabulary::{Call, PersonId, Result};

/// The person who asks, and the hats they may put on.
pub(crate) struct Me {
    id: PersonId,
    identity: Identity,
    /// The call under which their own records are read: right after a sign-in it is not yet the request's.
    call: Call,
}

impl Me {
    /// The signed-in person of the request.
    pub(crate) fn of(ctx: &Context<'_>) -> Result<Option<Self>> {
        let call = part::<Call>(ctx)?.clone();
        Ok(Self::new(part::<Identity>(ctx)?, call))
    }

    /// The person of an identity, where it is one.
    pub(crate) fn new(identity: &Identity, call: Call) -> Option<Self> {
        let id = identity.resumed()?.principal.person()?;
        Some(Self { id, identity: identity.clone(), call })
    }
}

/// The person who asks.
#[Object]
impl Me {
    /// Their id.
    async fn id(&self) -> PersonId {
        self.id
    }

    /// Their name.
    async fn name(&self) -> &str {
        self.identity.resumed().map_or("", |resumed| &resumed.name)
    }

    /// Their account name.
    async fn login(&self) -> &str {
        self.identity.resumed().map_or("", |resumed| &resumed.login)
    }

    /// Whether they may do nothing but change their password.
    async fn must_change_password(&self) -> bool {
        self.identity.must_change_password()
    }

    /// The hat under which this request is made.
    async fn hat(&self) -> Option<&HatChoice> {
        let resumed = self.identity.resumed()?;
        let grant = resumed.principal.hat()?.grant;
        resumed.hats.iter().find(|hat| hat.grant == grant)
    }

    /// Every hat that they may put on today.
    async fn hats(&self) -> &[HatChoice] {
        self.identity.resumed().map_or(&[], |resumed| &resumed.hats)
    }

    /// Where they are signed in.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Option<Vec<Session>>> {
        part::<Clients>(ctx)?.tenancy.ask(&self.call, ListSessions {}).await.map(Some)
    }
}
