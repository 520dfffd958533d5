//! What services learn of one another: the state that an event carries, by kind. Each is the aggregate's whole public
//! state after the change, so that a consumer keeps the newest version and nothing else.

use crate::studios::{CommunityActivity, MemberCategory, MemberRole, StudioFunction, TaskState};
use crate::tenancy::{AssignmentKind, OrganisationKind};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use vocabulary::{
    AssignmentId, ClassId, MembershipId, OrganisationId, OrganisationNo, PersonId, PlanItemId, StudioId,
    StudioSessionId, TaskId,
};

/// The kind of [`OrganisationEvent`].
pub const ORGANISATION: &str = "tenancy.organisation";
/// The kind of [`PersonEvent`].
pub const PERSON: &str = "tenancy.person";
/// The kind of [`ClassEvent`].
pub const CLASS: &str = "tenancy.class";
/// The kind of [`StudioEvent`].
pub const STUDIO: &str = "studios.studio";
/// The kind of [`MemberEvent`].
pub const MEMBER: &str = "studios.member";
/// The kind of [`PlanItemEvent`].
pub const PLAN_ITEM: &str = "studios.plan_item";
/// The kind of [`TaskEvent`].
pub const TASK: &str = "studios.task";
/// The kind of [`SessionEvent`].
pub const SESSION: &str = "studios.session";

/// An organisation; its rows belong to its own number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationEvent {
    /// Its id.
    pub id: OrganisationId,
    /// Its number.
    pub no: OrganisationNo,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name today.
    pub name: String,
    /// The day from which it no longer lives.
    pub closed_on: Option<NaiveDate>,
}

/// A person; the row belongs to their home organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonEvent {
    /// Their id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Account name.
    pub login: String,
    /// Home organisation.
    pub home: OrganisationNo,
    /// Its name.
    pub home_name: String,
    /// The day from which they no longer work there.
    pub left_on: Option<NaiveDate>,
}

/// A homeroom class with all its assignments; the row belongs to its school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassEvent {
    /// Its id.
    pub id: ClassId,
    /// First day.
    pub opened_on: NaiveDate,
    /// Last day, if closed.
    pub closed_on: Option<NaiveDate>,
    /// Its assignments.
    pub assignments: Vec<AssignmentState>,
}

/// An assignment in a [`ClassEvent`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssignmentState {
    /// Its id.
    pub id: AssignmentId,
    /// The teacher.
    pub person: PersonId,
    /// Principal, deputy or acting.
    pub kind: AssignmentKind,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if ended.
    pub to: Option<NaiveDate>,
    /// Whether the appointment is on record.
    #[serde(default)]
    pub appointed: bool,
    /// Whether it ended because the class graduated.
    #[serde(default)]
    pub graduated: bool,
}

/// A studio; the row belongs to its owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudioEvent {
    /// Its id.
    pub id: StudioId,
    /// Its name.
    pub name: String,
    /// First day.
    pub founded_on: NaiveDate,
    /// Last day, if closed.
    pub closed_on: Option<NaiveDate>,
}

/// A membership; the row belongs to the studio's owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberEvent {
    /// Its id.
    pub id: MembershipId,
    /// The studio.
    pub studio: StudioId,
    /// The studio's name, which a grant made from the membership shows.
    pub studio_name: String,
    /// Who.
    pub person: PersonId,
    /// Their home organisation.
    pub home: OrganisationNo,
    /// Their part.
    pub role: MemberRole,
    /// All categories.
    pub categories: Vec<MemberCategory>,
    /// The one that counts.
    pub principal_category: MemberCategory,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if ended.
    pub to: Option<NaiveDate>,
}

/// A plan item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanItemEvent {
    /// Its id.
    pub id: PlanItemId,
    /// The studio.
    pub studio: StudioId,
    /// The school year that begins in this year.
    pub school_year: i32,
    /// Whether it was removed.
    pub removed: bool,
}

/// A ledger line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskEvent {
    /// Its id.
    pub id: TaskId,
    /// The studio.
    pub studio: StudioId,
    /// Until when.
    pub due_on: NaiveDate,
    /// How it stands.
    pub state: TaskState,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether it was closed with evidence.
    pub with_evidence: bool,
}

/// A session of a studio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionEvent {
    /// Its id.
    pub id: StudioSessionId,
    /// The studio.
    pub studio: StudioId,
    /// The day on which it begins.
    pub on: NaiveDate,
    /// How long it lasts, in minutes, where somebody said.
    pub minutes: Option<i32>,
    /// Whether it was held.
    pub held: bool,
    /// What it serves.
    pub functions: Vec<StudioFunction>,
    /// What is done together in it.
    pub activities: Vec<CommunityActivity>,
    /// Whether it is held jointly with moral education or student affairs.
    pub joint: bool,
    /// Who was expected, and who came.
    pub attendance: Vec<AttendanceState>,
}

/// A line of a [`SessionEvent`]'s attendance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttendanceState {
    /// Who.
    pub person: PersonId,
    /// Their home organisation.
    pub home: OrganisationNo,
    /// Whether they were expected.
    pub expected: bool,
    /// Whether they came.
    pub present: bool,
}
