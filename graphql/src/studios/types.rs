//! Studios' objects: the contract's fields, and the relations that the gateway joins.

use crate::analytics::SubjectFigures;
use crate::connection::Nodes;
use crate::levels::Of;
use crate::tenancy::Organisation;
use async_graphql::{Context, Object};
use contract::analytics::StudioFigures;
use contract::studios::{
    self, Attendance, AttendanceOf, Member, MembersOf, OpenPlanItems, OpenStudios, PlanItemsOf,
};
use contract::tenancy::OpenOrganisationsByNo;
use vocabulary::{Period, PlanItemId, Result, StudioId, StudioSessionId, TaskId};

/// A homeroom-teacher studio (班主任工作室).
pub(crate) struct Studio(pub(crate) Of<studios::Studio>);

impl From<Of<studios::Studio>> for Studio {
    fn from(of: Of<studios::Studio>) -> Self {
        Self(of)
    }
}

/// A homeroom-teacher studio (班主任工作室).
#[Object(unresolvable = "id")]
impl Studio {
    #[graphql(flatten)]
    async fn fields(&self) -> &studios::Studio {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> StudioId {
        self.0.id
    }

    /// The organisation that it belongs to, where the reader may see it: a guest may not.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        let make = |nos| OpenOrganisationsByNo { nos, as_of: None };
        Ok(self.0.one(ctx, |studio| Some(studio.owner_no), make).await?.map(Organisation))
    }

    /// Its members: active ones first, then by name.
    async fn members(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        let members = self.0.many(ctx, |studio| Some(studio.id), |studios| MembersOf { studios }).await?;
        Ok(Some(members.iter().map(|member| Member::clone(member)).collect()))
    }

    /// Its plan for the school year that begins in the given year, by due date; at most 200 items.
    async fn plan_items(&self, ctx: &Context<'_>, school_year: i32) -> Result<Option<Nodes<PlanItem>>> {
        let make = |studios| PlanItemsOf { studios, school_year };
        Ok(Some(Nodes::of(self.0.many(ctx, |studio| Some(studio.id), make).await?)))
    }

    /// Its figures in a period.
    async fn figures(&self, ctx: &Context<'_>, period: Period) -> Result<Option<SubjectFigures>> {
        let make = |studios| StudioFigures { studios, period };
        Ok(self.0.one(ctx, |studio| Some(studio.id), make).await?.map(SubjectFigures::from))
    }
}

/// An item of a studio's plan (方案任务).
pub(crate) struct PlanItem(pub(crate) Of<studios::PlanItem>);

impl From<Of<studios::PlanItem>> for PlanItem {
    fn from(of: Of<studios::PlanItem>) -> Self {
        Self(of)
    }
}

/// An item of a studio's plan (方案任务).
#[Object(unresolvable = "id")]
impl PlanItem {
    #[graphql(flatten)]
    async fn fields(&self) -> &studios::PlanItem {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> PlanItemId {
        self.0.id
    }

    /// The studio whose plan it belongs to.
    async fn studio(&self, ctx: &Context<'_>) -> Result<Option<Studio>> {
        Ok(self.0.one(ctx, |item| Some(item.studio), |ids| OpenStudios { ids }).await?.map(Studio))
    }
}

/// A line of the task ledger (任务台账).
pub(crate) struct Task(pub(crate) Of<studios::Task>);

impl From<Of<studios::Task>> for Task {
    fn from(of: Of<studios::Task>) -> Self {
        Self(of)
    }
}

/// A line of the task ledger (任务台账).
#[Object(unresolvable = "id")]
impl Task {
    #[graphql(flatten)]
    async fn fields(&self) -> &studios::Task {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> TaskId {
        self.0.id
    }

    /// The studio in whose ledger it stands.
    async fn studio(&self, ctx: &Context<'_>) -> Result<Option<Studio>> {
        Ok(self.0.one(ctx, |task| Some(task.studio), |ids| OpenStudios { ids }).await?.map(Studio))
    }

    /// The plan item that it comes from, where it comes from one.
    async fn plan_item(&self, ctx: &Context<'_>) -> Result<Option<PlanItem>> {
        Ok(self.0.one(ctx, |task| task.plan_item, |ids| OpenPlanItems { ids }).await?.map(PlanItem))
    }
}

/// A session of a studio (活动).
pub(crate) struct StudioSession(pub(crate) Of<studios::Session>);

impl From<Of<studios::Session>> for StudioSession {
    fn from(of: Of<studios::Session>) -> Self {
        Self(of)
    }
}

/// A session of a studio (活动).
#[Object(unresolvable = "id")]
impl StudioSession {
    #[graphql(flatten)]
    async fn fields(&self) -> &studios::Session {
        &self.0
    }

    /// Its id.
    pub(crate) async fn id(&self) -> StudioSessionId {
        self.0.id
    }

    /// The studio that holds it.
    async fn studio(&self, ctx: &Context<'_>) -> Result<Option<Studio>> {
        Ok(self.0.one(ctx, |session| Some(session.studio), |ids| OpenStudios { ids }).await?.map(Studio))
    }

    /// Who was expected, and who came: those of the studio's own organisation first, then guests, by name.
    async fn attendance(&self, ctx: &Context<'_>) -> Result<Option<Vec<Attendance>>> {
        let make = |sessions| AttendanceOf { sessions };
        let lines = self.0.many(ctx, |session| Some(session.id), make).await?;
        Ok(Some(lines.iter().map(|line| Attendance::clone(line)).collect()))
    }
}
