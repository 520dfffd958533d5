//! Studios' commands.

use super::{PlanItem, Studio, StudioSession, Task};
use crate::levels::Of;
use crate::payload::mutations;
use contract::studios::{
    AddMember, AddPlanItem, AddTask, CancelSession, CloseStudio, CloseTask, EndMembership, FoundStudio,
    Member, PlanSession, RecordSession, RemovePlanItem, ReopenTask, UpdateMember, UpdatePlanItem,
    UpdateSession, UpdateStudio, UpdateTask,
};

/// Studios' mutations.
#[derive(Default)]
pub(crate) struct StudiosMutations;

fn studio(reply: contract::studios::Studio) -> Studio {
    Studio(Of::alone(reply))
}

fn plan_item(reply: contract::studios::PlanItem) -> PlanItem {
    PlanItem(Of::alone(reply))
}

fn task(reply: contract::studios::Task) -> Task {
    Task(Of::alone(reply))
}

fn session(reply: contract::studios::Session) -> StudioSession {
    StudioSession(Of::alone(reply))
}

mutations! { StudiosMutations {
    /// Founds a studio.
    found_studio(FoundStudio) -> FoundStudioPayload { studio: Studio = studio }
    /// Corrects a studio's charter.
    update_studio(UpdateStudio) -> UpdateStudioPayload { studio: Studio = studio }
    /// Closes a studio on a day.
    close_studio(CloseStudio) -> CloseStudioPayload { studio: Studio = studio }
    /// Adds a member; they may belong to another school.
    add_member(AddMember) -> AddMemberPayload { member: Member = |reply| reply }
    /// Corrects a membership.
    update_member(UpdateMember) -> UpdateMemberPayload { member: Member = |reply| reply }
    /// Ends a membership on a day.
    end_membership(EndMembership) -> EndMembershipPayload { member: Member = |reply| reply }
    /// Adds a plan item.
    add_plan_item(AddPlanItem) -> AddPlanItemPayload { plan_item: PlanItem = plan_item }
    /// Changes a plan item.
    update_plan_item(UpdatePlanItem) -> UpdatePlanItemPayload { plan_item: PlanItem = plan_item }
    /// Removes a plan item that no ledger line uses.
    remove_plan_item(RemovePlanItem) -> RemovePlanItemPayload { removed: bool = |reply| reply }
    /// Adds a ledger line.
    add_task(AddTask) -> AddTaskPayload { task: Task = task }
    /// Changes an open ledger line.
    update_task(UpdateTask) -> UpdateTaskPayload { task: Task = task }
    /// Closes a ledger line (销账), with evidence or with a written reason.
    close_task(CloseTask) -> CloseTaskPayload { task: Task = task }
    /// Opens a closed ledger line again; the closing stays in its history.
    reopen_task(ReopenTask) -> ReopenTaskPayload { task: Task = task }
    /// Plans a session, or notes one that was.
    plan_session(PlanSession) -> PlanSessionPayload { session: StudioSession = session }
    /// Changes what was said of a session; a cancelled one is planned again by it.
    update_session(UpdateSession) -> UpdateSessionPayload { session: StudioSession = session }
    /// Records that a session was held: who came, and what was said. Recorded again, the later record stands.
    record_session(RecordSession) -> RecordSessionPayload { session: StudioSession = session }
    /// Cancels a planned session.
    cancel_session(CancelSession) -> CancelSessionPayload { session: StudioSession = session }
} }
