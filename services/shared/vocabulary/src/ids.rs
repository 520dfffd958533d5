//! Id newtypes: a UUIDv7 inside, an opaque text such as `studio_0190…` outside.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why a text is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {expected}_…")]
pub struct NotAnId {
    /// The prefix that was expected.
    pub expected: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form begins with.
            pub const PREFIX: &'static str = $prefix;
            /// A new id (UUIDv7: ids made later sort later).
            #[expect(clippy::new_without_default, reason = "an id is made on purpose, never by default")]
            pub fn new() -> Self { Self(Uuid::now_v7()) }
            /// The id with this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }
            /// The UUID inside.
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let hex = text.strip_prefix(concat!($prefix, "_")).filter(|hex| hex.len() == 32);
                hex.and_then(|hex| Uuid::try_parse(hex).ok()).map(Self).ok_or(NotAnId { expected: $prefix })
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "graphql")]
        #[async_graphql::Scalar(name = "ID")]
        impl async_graphql::ScalarType for $name {
            fn parse(value: async_graphql::Value) -> async_graphql::InputValueResult<Self> {
                match &value {
                    async_graphql::Value::String(text) => text.parse().map_err(async_graphql::InputValueError::custom),
                    _ => Err(async_graphql::InputValueError::expected_type(value)),
                }
            }
            fn to_value(&self) -> async_graphql::Value { async_graphql::Value::String(self.to_string()) }
        }
    )*
    /// Every id's prefix, for `node(id)` and the documentation.
    pub const ID_PREFIXES: &[&str] = &[$($prefix),*];
    };
}

ids! {
    /// A bureau, a school or an alliance.
    OrganisationId = "organisation";
    /// A person.
    PersonId = "person";
    /// A role given to a person on an organisation or a studio.
    GrantId = "grant";
    /// A homeroom class (班级).
    ClassId = "class";
    /// A homeroom assignment (班主任任职).
    AssignmentId = "assignment";
    /// A homeroom-teacher studio (班主任工作室).
    StudioId = "studio";
    /// A person's membership of a studio.
    MembershipId = "membership";
    /// An item of a studio's plan (方案任务).
    PlanItemId = "planitem";
    /// A line of the task ledger (任务台账).
    TaskId = "task";
    /// A session of a studio.
    StudioSessionId = "studiosession";
    /// A signed-in session.
    SessionId = "session";
    /// An import of a spreadsheet.
    ImportId = "import";
    /// A line of a service's event log.
    EventId = "event";
    /// A line of a service's audit.
    AuditId = "audit";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_and_refuses_another_kind() {
        let id = StudioId::new();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().parse::<TaskId>(), Err(NotAnId { expected: "task" }));
        for bad in ["", "studio_", "studio_xyz", "studio_0190", &format!("studio_{{{}}}", id.uuid())] {
            assert!(bad.parse::<StudioId>().is_err(), "{bad}");
        }
    }
}
