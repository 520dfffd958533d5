//! `node(id)`: the id says what it is.

use crate::studios::{PlanItem, Studio, StudioSession, Task};
use crate::tenancy::{HomeroomClass, Organisation, Person};
use async_graphql::{Context, InputValueError, InputValueResult, Interface, Scalar, ScalarType, Value};
use vocabulary::{
    ClassId, Code, Error, OrganisationId, PersonId, PlanItemId, Result, StudioId, StudioSessionId, TaskId,
};

/// An id of any kind.
pub(crate) struct NodeId(String);

#[Scalar(name = "ID")]
impl ScalarType for NodeId {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.len() <= 64 => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

macro_rules! from_ids {
    ($($id:ty),*) => { $(impl From<$id> for NodeId {
        fn from(id: $id) -> Self {
            Self(id.to_string())
        }
    })* };
}
from_ids!(OrganisationId, PersonId, ClassId, StudioId, PlanItemId, TaskId, StudioSessionId);

/// Whatever has an id of its own.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "NodeId", desc = "Its id."))]
pub(crate) enum Node {
    /// An organisation.
    Organisation(Organisation),
    /// A person.
    Person(Person),
    /// A homeroom class.
    HomeroomClass(HomeroomClass),
    /// A studio.
    Studio(Studio),
    /// A plan item.
    PlanItem(PlanItem),
    /// A ledger line.
    Task(Task),
    /// A session of a studio.
    StudioSession(StudioSession),
}

/// The object with this id.
pub(crate) async fn node(ctx: &Context<'_>, id: NodeId) -> Result<Option<Node>> {
    let wrong = || Error::new(Code::InvalidValue).on("id");
    let (prefix, _) = id.0.split_once('_').ok_or_else(wrong)?;
    macro_rules! parsed {
        () => {
            id.0.parse().map_err(|_| wrong())?
        };
    }
    Ok(match prefix {
        OrganisationId::PREFIX => crate::tenancy::organisation(ctx, parsed!(), None).await?.map(Node::from),
        PersonId::PREFIX => crate::tenancy::person(ctx, parsed!()).await?.map(Node::from),
        ClassId::PREFIX => crate::tenancy::class(ctx, parsed!()).await?.map(Node::from),
        StudioId::PREFIX => crate::studios::studio(ctx, parsed!()).await?.map(Node::from),
        PlanItemId::PREFIX => crate::studios::plan_item(ctx, parsed!()).await?.map(Node::from),
        TaskId::PREFIX => crate::studios::task(ctx, parsed!()).await?.map(Node::from),
        StudioSessionId::PREFIX => crate::studios::studio_session(ctx, parsed!()).await?.map(Node::from),
        _ => return Err(wrong()),
    })
}
