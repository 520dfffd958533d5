//! Studios' questions.

use super::{PlanItem, Studio, StudioSession, Task};
use crate::ask::ask;
use crate::connection::{Connection, page};
use crate::levels::Of;
use async_graphql::{Context, Object};
use contract::studios::{
    ListSessions, ListStudios, ListTasks, OpenPlanItems, OpenSessions, OpenStudios, OpenTasks, SessionFilter,
    SessionSort, StudioFilter, StudioSort, TaskEvent, TaskFilter, TaskHistory, TaskSort,
};
use vocabulary::{Direction, PlanItemId, Result, StudioId, StudioSessionId, TaskId};

/// Studios' root fields.
#[derive(Default)]
pub(crate) struct StudiosQueries;

/// One studio.
pub(crate) async fn studio(ctx: &Context<'_>, id: StudioId) -> Result<Option<Studio>> {
    let found = ask(ctx, OpenStudios { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(Studio))
}

/// One plan item.
pub(crate) async fn plan_item(ctx: &Context<'_>, id: PlanItemId) -> Result<Option<PlanItem>> {
    let found = ask(ctx, OpenPlanItems { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(PlanItem))
}

/// One task.
pub(crate) async fn task(ctx: &Context<'_>, id: TaskId) -> Result<Option<Task>> {
    let found = ask(ctx, OpenTasks { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(Task))
}

/// One session.
pub(crate) async fn studio_session(ctx: &Context<'_>, id: StudioSessionId) -> Result<Option<StudioSession>> {
    let found = ask(ctx, OpenSessions { ids: vec![id] }).await?;
    Ok(found.into_iter().flatten().next().map(Of::alone).map(StudioSession))
}

#[Object]
impl StudiosQueries {
    /// The studios that the reader may see.
    async fn studios(
        &self,
        ctx: &Context<'_>,
        filter: Option<StudioFilter>,
        #[graphql(default_with = "StudioSort::Name")] sort: StudioSort,
        #[graphql(default)] direction: Direction,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<Studio>>> {
        let none = StudioFilter {
            search: None,
            owners: None,
            level: None,
            mode: None,
            mine: None,
            include_closed: None,
        };
        let filter = filter.unwrap_or(none);
        let request = ListStudios { filter, sort, direction, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// A studio.
    async fn studio(&self, ctx: &Context<'_>, id: StudioId) -> Result<Option<Studio>> {
        studio(ctx, id).await
    }

    /// A plan item.
    async fn plan_item(&self, ctx: &Context<'_>, id: PlanItemId) -> Result<Option<PlanItem>> {
        plan_item(ctx, id).await
    }

    /// The ledger lines that the reader may see.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        filter: Option<TaskFilter>,
        #[graphql(default_with = "TaskSort::DueOn")] sort: TaskSort,
        #[graphql(default)] direction: Direction,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<Task>>> {
        let none = TaskFilter {
            search: None,
            studio: None,
            owners: None,
            state: None,
            overdue: None,
            mine: None,
            due_from: None,
            due_to: None,
        };
        let filter = filter.unwrap_or(none);
        let request = ListTasks { filter, sort, direction, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// A ledger line.
    async fn task(&self, ctx: &Context<'_>, id: TaskId) -> Result<Option<Task>> {
        task(ctx, id).await
    }

    /// What happened to a ledger line, newest first.
    async fn task_history(&self, ctx: &Context<'_>, id: TaskId) -> Result<Option<Vec<TaskEvent>>> {
        ask(ctx, TaskHistory { id }).await.map(Some)
    }

    /// The sessions of studios that the reader may see.
    async fn studio_sessions(
        &self,
        ctx: &Context<'_>,
        filter: Option<SessionFilter>,
        #[graphql(default_with = "SessionSort::StartsAt")] sort: SessionSort,
        #[graphql(default)] direction: Direction,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
    ) -> Result<Option<Connection<StudioSession>>> {
        let none = SessionFilter {
            search: None,
            studio: None,
            owners: None,
            state: None,
            function: None,
            from: None,
            to: None,
        };
        let filter = filter.unwrap_or(none);
        let request = ListSessions { filter, sort, direction, page: page(first, after) };
        ask(ctx, request).await.map(Connection::of).map(Some)
    }

    /// A session of a studio.
    async fn studio_session(&self, ctx: &Context<'_>, id: StudioSessionId) -> Result<Option<StudioSession>> {
        studio_session(ctx, id).await
    }
}
