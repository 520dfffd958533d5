//! Who asks: a person under a hat, a service by name, or nobody yet.

use crate::{GrantId, OrganisationId, OrganisationNo, PersonId, Ranges, Role, SessionId, StudioId};
use serde::{Deserialize, Serialize};

/// Where a grant stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// On an organisation.
    Organisation {
        /// Its id.
        id: OrganisationId,
        /// Its number.
        no: OrganisationNo,
    },
    /// On a studio.
    Studio {
        /// Its id.
        id: StudioId,
        /// The number of the organisation that owns it.
        no: OrganisationNo,
    },
}

impl Scope {
    /// The number of the organisation in which the grant stands.
    pub const fn no(&self) -> OrganisationNo {
        match self {
            Scope::Organisation { no, .. } | Scope::Studio { no, .. } => *no,
        }
    }
}

/// The grant under which a request is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hat {
    /// The grant.
    pub grant: GrantId,
    /// Its role.
    pub role: Role,
    /// Where it stands.
    pub scope: Scope,
}

/// What kind of caller this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Nobody has signed in.
    Anonymous,
    /// A person in a session, under a hat where they hold a grant.
    Person {
        /// The person.
        id: PersonId,
        /// The session.
        session: SessionId,
        /// The hat; `None` for a person without a valid grant, who sees only what is their own.
        hat: Option<Hat>,
    },
    /// A service of ours, by name: a consumer or a sweep.
    Service(
        /// Its name.
        String,
    ),
}

/// An identity and what follows from it. A tenant transaction is opened only from one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Who asks.
    pub actor: Actor,
    /// Organisations whose rows may be read.
    pub readable: Ranges,
    /// Organisations whose rows may be written.
    pub writable: Ranges,
    /// Studios whose rows may be read although their organisation may not.
    pub studios: Vec<StudioId>,
    /// Studios whose rows may be written although their organisation may not.
    pub studios_writable: Vec<StudioId>,
}

impl Principal {
    /// Nobody.
    pub const fn anonymous() -> Self {
        Self {
            actor: Actor::Anonymous,
            readable: Ranges::none(),
            writable: Ranges::none(),
            studios: Vec::new(),
            studios_writable: Vec::new(),
        }
    }

    /// A service of ours that works on the rows of one organisation at a time.
    pub fn service(name: &str, no: OrganisationNo) -> Self {
        Self {
            actor: Actor::Service(name.to_owned()),
            readable: Ranges::one(no),
            writable: Ranges::one(no),
            ..Self::anonymous()
        }
    }

    /// The person, where there is one.
    pub const fn person(&self) -> Option<PersonId> {
        match &self.actor {
            Actor::Person { id, .. } => Some(*id),
            Actor::Anonymous | Actor::Service(_) => None,
        }
    }

    /// The session, where there is one.
    pub const fn session(&self) -> Option<SessionId> {
        match &self.actor {
            Actor::Person { session, .. } => Some(*session),
            Actor::Anonymous | Actor::Service(_) => None,
        }
    }

    /// The hat, where there is one.
    pub const fn hat(&self) -> Option<&Hat> {
        match &self.actor {
            Actor::Person { hat, .. } => hat.as_ref(),
            Actor::Anonymous | Actor::Service(_) => None,
        }
    }

    /// The role of the hat, where there is one.
    pub fn role(&self) -> Option<Role> {
        self.hat().map(|hat| hat.role)
    }

    /// Whether rows of the organisation (or, where given, of the studio) may be read.
    pub fn reads(&self, no: OrganisationNo, studio: Option<StudioId>) -> bool {
        self.readable.contains(no) || studio.is_some_and(|studio| self.studios.contains(&studio))
    }
}
