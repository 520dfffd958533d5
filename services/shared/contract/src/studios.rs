//! Studios: the daily work. Studios, members, plan items, the task ledger, sessions.

mod session;

pub use session::{
    Attendance, AttendanceOf, CancelSession, CommunityActivity, ExportSessions, ListSessions, OpenSessions,
    PlanSession, RecordSession, Session, SessionFilter, SessionSort, SessionState, StudioFunction,
    UpdateSession,
};

use crate::operation::{commands, service};
use crate::tenancy::{AuditEntry, AuditFilter};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use vocabulary::{
    Direction, FileBytes, ImportId, ImportJob, MembershipId, OrganisationNo, Page, PageInput, PersonId,
    PlanItemId, StudioId, TaskId,
};

/// How high a studio was set up (级别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StudioLevel {
    /// 校级.
    School,
    /// 县区级.
    County,
    /// 市级.
    City,
    /// 省级.
    Province,
    /// 国家级.
    Nation,
}

/// How a studio works (建设模式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StudioMode {
    /// 名师工作室.
    MasterTeacher,
    /// 师徒结对.
    Mentoring,
    /// 模块化团队协作.
    ModularTeam,
    /// 其他.
    Other,
}

/// What kind of leader heads it (领衔类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum LeaderType {
    /// 担纲领衔的主持人.
    Leading,
    /// 承担统筹协调职责的负责人.
    Coordinating,
}

/// A member's category (成员类别): two of the core, five that supplement it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MemberCategory {
    /// 本校班主任教师 (core).
    HomeroomTeacher,
    /// 班主任培育对象 (core).
    Candidate,
    /// 德育和学生管理专家.
    MoralEducationExpert,
    /// 心理健康教师.
    PsychologyTeacher,
    /// 教研人员.
    Researcher,
    /// 行政干部.
    Administrator,
    /// 校外专家.
    OutsideExpert,
}

/// A member's part in the studio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// 主持人.
    Lead,
    /// 负责人.
    Coordinator,
    /// 成员.
    Member,
}

/// How a ledger line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// 未销账.
    Open,
    /// 已销账.
    Closed,
}

/// A homeroom-teacher studio (班主任工作室).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "StudioFields"))]
pub struct Studio {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: StudioId,
    /// The organisation that it belongs to.
    pub owner_no: OrganisationNo,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: StudioLevel,
    /// Its stage, from the bureau's own list.
    pub stage: String,
    /// Its mode.
    pub mode: StudioMode,
    /// Its leader's type.
    pub leader_type: LeaderType,
    /// Who leads it today.
    pub lead_name: Option<String>,
    /// First day.
    pub founded_on: NaiveDate,
    /// Last day, if closed.
    pub closed_on: Option<NaiveDate>,
    /// Active members today.
    #[cfg_attr(feature = "graphql", graphql(name = "memberCount"))]
    pub members: i32,
    /// Open ledger lines.
    pub open_tasks: i32,
    /// Open ledger lines past their due date.
    pub overdue_tasks: i32,
    /// When something was last done in its ledger, or a session was recorded.
    pub last_activity: Option<DateTime<Utc>>,
    /// Counts changes.
    pub version: i32,
}

/// A member of a studio (成员), dated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "StudioMember"))]
pub struct Member {
    /// The membership's id.
    pub id: MembershipId,
    /// The studio.
    pub studio: StudioId,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Their home organisation.
    pub home_no: OrganisationNo,
    /// Its name.
    pub home_name: String,
    /// Whether they belong to another organisation than the studio.
    pub guest: bool,
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
    /// Counts changes.
    pub version: i32,
}

/// An item of a studio's plan (方案任务).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "PlanItemFields"))]
pub struct PlanItem {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: PlanItemId,
    /// The studio.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub studio: StudioId,
    /// The school year that begins in this year.
    pub school_year: i32,
    /// What is to be done.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What it yields.
    pub deliverable: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How it is told done.
    pub measure: Option<String>,
    /// Ledger lines made from it.
    #[cfg_attr(feature = "graphql", graphql(name = "taskCount"))]
    pub tasks: i32,
    /// Closed ones among them.
    #[cfg_attr(feature = "graphql", graphql(name = "closedTaskCount"))]
    pub tasks_closed: i32,
    /// Counts changes.
    pub version: i32,
}

/// A line of the task ledger (任务台账).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "TaskFields"))]
pub struct Task {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: TaskId,
    /// The studio.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub studio: StudioId,
    /// The organisation that the studio belongs to.
    pub owner_no: OrganisationNo,
    /// The plan item that it comes from.
    #[cfg_attr(feature = "graphql", graphql(name = "planItemId"))]
    pub plan_item: Option<PlanItemId>,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// Until when.
    pub due_on: NaiveDate,
    /// How it stands.
    pub state: TaskState,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The evidence in words.
    pub evidence_text: Option<String>,
    /// The evidence as a link.
    pub evidence_link: Option<String>,
    /// Why it was closed without evidence.
    pub reason: Option<String>,
    /// Days past due while open, or by which it was closed late; 0 otherwise.
    pub overdue_days: i32,
    /// Counts changes.
    pub version: i32,
}

/// What happened to a ledger line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "TaskHistoryEntry"))]
pub struct TaskEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// `added`, `changed`, `closed`, `reopened`.
    pub what: String,
    /// Who did it.
    pub person: Option<PersonId>,
    /// Their name.
    pub person_name: Option<String>,
    /// Evidence, reason, or what changed.
    pub note: Option<String>,
}

/// What a list of studios is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StudioSort {
    /// By name, in pinyin.
    Name,
    /// By first day.
    FoundedOn,
    /// By last activity.
    LastActivity,
    /// By overdue tasks.
    OverdueTasks,
}

/// Which studios.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "StudioFilterInput"))]
pub struct StudioFilter {
    /// Characters of the name, pinyin or initials.
    pub search: Option<String>,
    /// Only of these organisations.
    pub owners: Option<Vec<OrganisationNo>>,
    /// Only of this level.
    pub level: Option<StudioLevel>,
    /// Only of this mode.
    pub mode: Option<StudioMode>,
    /// Only those of which the caller is a member today.
    pub mine: Option<bool>,
    /// Also closed ones.
    pub include_closed: Option<bool>,
}

/// A page of the studios that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListStudios {
    /// Which.
    pub filter: StudioFilter,
    /// By what.
    pub sort: StudioSort,
    /// Which way.
    pub direction: Direction,
    /// Which page.
    pub page: PageInput,
}

/// Studios by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenStudios {
    /// Which.
    pub ids: Vec<StudioId>,
}

/// The living studios of organisations, aligned, by name; at most 100 each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudiosOf {
    /// Whose.
    pub owners: Vec<OrganisationNo>,
}

/// Founds a studio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "FoundStudioInput"))]
pub struct FoundStudio {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// The organisation that it belongs to.
    pub owner: OrganisationNo,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: StudioLevel,
    /// Its stage.
    pub stage: Option<String>,
    /// Its mode.
    pub mode: StudioMode,
    /// Its leader's type.
    pub leader_type: LeaderType,
    /// The account name of who leads it.
    pub lead_login: String,
    /// First day.
    pub founded_on: NaiveDate,
}

/// Corrects a studio's charter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdateStudioInput"))]
pub struct UpdateStudio {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: StudioId,
    /// The version that was read.
    pub version: i32,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: StudioLevel,
    /// Its stage.
    pub stage: Option<String>,
    /// Its mode.
    pub mode: StudioMode,
    /// Its leader's type.
    pub leader_type: LeaderType,
}

/// Closes a studio on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "CloseStudioInput"))]
pub struct CloseStudio {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: StudioId,
    /// Its last day.
    pub on: NaiveDate,
}

/// The members of studios, aligned: active ones first, then by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MembersOf {
    /// Whose.
    pub studios: Vec<StudioId>,
}

/// Memberships by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenMembers {
    /// Which.
    pub ids: Vec<MembershipId>,
}

/// Adds a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AddMemberInput"))]
pub struct AddMember {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// To which studio.
    pub studio: StudioId,
    /// The person's account name; they may belong to another school.
    pub login: String,
    /// Their part.
    pub role: MemberRole,
    /// All categories.
    pub categories: Vec<MemberCategory>,
    /// The one that counts.
    pub principal_category: MemberCategory,
    /// First day.
    pub from: NaiveDate,
}

/// Corrects a membership.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdateMemberInput"))]
pub struct UpdateMember {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: MembershipId,
    /// The version that was read.
    pub version: i32,
    /// Their part.
    pub role: MemberRole,
    /// All categories.
    pub categories: Vec<MemberCategory>,
    /// The one that counts.
    pub principal_category: MemberCategory,
}

/// Ends a membership on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "EndMembershipInput"))]
pub struct EndMembership {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: MembershipId,
    /// Its last day.
    pub on: NaiveDate,
}

/// The plan items of studios in a school year, aligned, by due date; at most 200 each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanItemsOf {
    /// Whose.
    pub studios: Vec<StudioId>,
    /// The school year that begins in this year.
    pub school_year: i32,
}

/// Plan items by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenPlanItems {
    /// Which.
    pub ids: Vec<PlanItemId>,
}

/// Adds a plan item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AddPlanItemInput"))]
pub struct AddPlanItem {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// To which studio.
    pub studio: StudioId,
    /// The school year that begins in this year.
    pub school_year: i32,
    /// What is to be done.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// What it yields.
    pub deliverable: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How it is told done.
    pub measure: Option<String>,
}

/// Changes a plan item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdatePlanItemInput"))]
pub struct UpdatePlanItem {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: PlanItemId,
    /// The version that was read.
    pub version: i32,
    /// What is to be done.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// What it yields.
    pub deliverable: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How it is told done.
    pub measure: Option<String>,
}

/// Removes a plan item that no ledger line uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "RemovePlanItemInput"))]
pub struct RemovePlanItem {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: PlanItemId,
}

/// What a list of tasks is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum TaskSort {
    /// By due date.
    DueOn,
    /// By title.
    Title,
    /// By the day it was closed.
    ClosedOn,
}

/// Which tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "TaskFilterInput"))]
pub struct TaskFilter {
    /// Characters of the title.
    pub search: Option<String>,
    /// Only of this studio.
    pub studio: Option<StudioId>,
    /// Only of studios of these organisations.
    pub owners: Option<Vec<OrganisationNo>>,
    /// Only in this state.
    pub state: Option<TaskState>,
    /// Only open ones past their due date.
    pub overdue: Option<bool>,
    /// Only those of which the caller is the owner.
    pub mine: Option<bool>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
}

/// A page of the tasks that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListTasks {
    /// Which.
    pub filter: TaskFilter,
    /// By what.
    pub sort: TaskSort,
    /// Which way.
    pub direction: Direction,
    /// Which page.
    pub page: PageInput,
}

/// Tasks by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenTasks {
    /// Which.
    pub ids: Vec<TaskId>,
}

/// What happened to a task, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskHistory {
    /// Which.
    pub id: TaskId,
}

/// Adds a ledger line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AddTaskInput"))]
pub struct AddTask {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// To which studio.
    pub studio: StudioId,
    /// The plan item that it comes from.
    pub plan_item: Option<PlanItemId>,
    /// What is to be done.
    pub title: String,
    /// Who does it: a member.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due_on: NaiveDate,
}

/// Changes an open ledger line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdateTaskInput"))]
pub struct UpdateTask {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: TaskId,
    /// The version that was read.
    pub version: i32,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due_on: NaiveDate,
}

/// Closes a task (销账), with evidence or with a written reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "CloseTaskInput"))]
pub struct CloseTask {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: TaskId,
    /// The evidence in words.
    pub evidence_text: Option<String>,
    /// The evidence as a link.
    pub evidence_link: Option<String>,
    /// Why there is no evidence.
    pub reason: Option<String>,
}

/// Opens a closed task again; the closing stays in its history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "ReopenTaskInput"))]
pub struct ReopenTask {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: TaskId,
    /// Why.
    pub reason: String,
}

/// What a spreadsheet for this service holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Studios with their members.
    Studios,
    /// Plan items.
    PlanItems,
    /// Ledger lines.
    Tasks,
    /// Sessions with their attendance.
    Sessions,
}

/// A template's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Which.
    pub kind: ImportKind,
}

/// Starts an import; watch it by [`OpenImport`]. The same file again makes nothing twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartImport {
    /// Repeats carry the same key.
    pub idempotency_key: String,
    /// Which template.
    pub kind: ImportKind,
    /// Under whose hat the rows lie: the number of the caller's organisation.
    pub organisation: OrganisationNo,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub file: FileBytes,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// How an import stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenImport {
    /// Which.
    pub id: ImportId,
}

/// The caller's organisation's imports, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListImports {
    /// Which page.
    pub page: PageInput,
}

/// The error file of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportErrors {
    /// Which.
    pub id: ImportId,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportStudios {
    /// Which.
    pub filter: StudioFilter,
}

/// A studio's members as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportMembers {
    /// Which.
    pub studio: StudioId,
}

/// A studio's plan for a school year as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportPlanItems {
    /// Whose.
    pub studio: StudioId,
    /// The year in which the school year begins.
    pub school_year: i32,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportTasks {
    /// Which.
    pub filter: TaskFilter,
}

/// A page of the service's audit, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAudit {
    /// Which.
    pub filter: AuditFilter,
    /// Which page.
    pub page: PageInput,
}

service! {
    /// The daily work: studios, members, plans, the task ledger, sessions.
    pub trait Studios at "studios" {
        ListStudios => Page<Studio>,
        OpenStudios => Vec<Option<Studio>>,
        StudiosOf => Vec<Vec<Studio>>,
        FoundStudio => Studio,
        UpdateStudio => Studio,
        CloseStudio => Studio,
        MembersOf => Vec<Vec<Member>>,
        OpenMembers => Vec<Option<Member>>,
        AddMember => Member,
        UpdateMember => Member,
        EndMembership => Member,
        PlanItemsOf => Vec<Vec<PlanItem>>,
        OpenPlanItems => Vec<Option<PlanItem>>,
        AddPlanItem => PlanItem,
        UpdatePlanItem => PlanItem,
        RemovePlanItem => bool,
        ListTasks => Page<Task>,
        OpenTasks => Vec<Option<Task>>,
        TaskHistory => Vec<TaskEvent>,
        AddTask => Task,
        UpdateTask => Task,
        CloseTask => Task,
        ReopenTask => Task,
        ListSessions => Page<Session>,
        OpenSessions => Vec<Option<Session>>,
        AttendanceOf => Vec<Vec<Attendance>>,
        PlanSession => Session,
        UpdateSession => Session,
        RecordSession => Session,
        CancelSession => Session,
        Template => FileBytes,
        StartImport => ImportJob,
        OpenImport => ImportJob,
        ListImports => Page<ImportJob>,
        ImportErrors => FileBytes,
        ExportStudios => FileBytes,
        ExportMembers => FileBytes,
        ExportPlanItems => FileBytes,
        ExportTasks => FileBytes,
        ExportSessions => FileBytes,
        ListAudit => Page<AuditEntry>,
    }
}

commands! { FoundStudio, UpdateStudio, CloseStudio, AddMember, UpdateMember, EndMembership, AddPlanItem, UpdatePlanItem, RemovePlanItem, AddTask, UpdateTask, CloseTask, ReopenTask, PlanSession, UpdateSession, RecordSession, CancelSession, StartImport }
