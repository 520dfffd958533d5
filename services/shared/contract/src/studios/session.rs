//! Sessions (活动): what a studio meets for, who came, and what was said.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use vocabulary::{Direction, OrganisationNo, PageInput, PersonId, StudioId, StudioSessionId};

/// What a session serves (工作室职能).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StudioFunction {
    /// 研究.
    Research,
    /// 咨询.
    Advice,
    /// 指导.
    Guidance,
    /// 服务.
    Service,
}

/// What is done together in it (共同体活动).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CommunityActivity {
    /// 交流.
    Exchange,
    /// 学习.
    Study,
    /// 研究.
    Research,
    /// 实践.
    Practice,
    /// 成长.
    Growth,
}

/// How a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum), graphql(name = "StudioSessionState"))]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// 已安排.
    Planned,
    /// 已完成: who came is on record.
    Held,
    /// 已取消.
    Cancelled,
}

/// A session of a studio (活动).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "StudioSessionFields"))]
pub struct Session {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: StudioSessionId,
    /// The studio.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub studio: StudioId,
    /// The organisation that the studio belongs to.
    pub owner_no: OrganisationNo,
    /// What it is about.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it lasts, in minutes; open where nobody said.
    pub minutes: Option<i32>,
    /// Where.
    pub place: Option<String>,
    /// What it serves.
    pub functions: Vec<StudioFunction>,
    /// What is done together in it.
    pub activities: Vec<CommunityActivity>,
    /// Whether it is held jointly with moral education or student affairs (德育、学生管理部门).
    pub joint: bool,
    /// How it stands.
    pub state: SessionState,
    /// What was said and decided (纪要).
    pub summary: Option<String>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Who was expected: the members of its day.
    #[cfg_attr(feature = "graphql", graphql(name = "expectedCount"))]
    pub expected: i32,
    /// Who came, of those.
    #[cfg_attr(feature = "graphql", graphql(name = "presentCount"))]
    pub present: i32,
    /// Who came besides.
    #[cfg_attr(feature = "graphql", graphql(name = "othersCount"))]
    pub others: i32,
    /// Counts changes.
    pub version: i32,
}

/// A line of a session's attendance (签到).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "Attendance"))]
pub struct Attendance {
    /// The session.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub session: StudioSessionId,
    /// Who.
    pub person: PersonId,
    /// Their name, where it may be known.
    pub person_name: Option<String>,
    /// Their home organisation.
    pub home_no: OrganisationNo,
    /// Its name.
    pub home_name: Option<String>,
    /// Whether they belong to another organisation than the studio.
    pub guest: bool,
    /// Whether they were expected: members on that day. Others come, and are not missed.
    pub expected: bool,
    /// Whether they came.
    pub present: bool,
}

/// What a list of sessions is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum), graphql(name = "StudioSessionSort"))]
#[serde(rename_all = "snake_case")]
pub enum SessionSort {
    /// By their beginning.
    StartsAt,
    /// By title, in pinyin.
    Title,
}

/// Which sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "graphql",
    derive(async_graphql::InputObject),
    graphql(name = "StudioSessionFilterInput")
)]
pub struct SessionFilter {
    /// Characters of the title, pinyin or initials.
    pub search: Option<String>,
    /// Only of this studio.
    pub studio: Option<StudioId>,
    /// Only of studios of these organisations.
    pub owners: Option<Vec<OrganisationNo>>,
    /// Only in this state.
    pub state: Option<SessionState>,
    /// Only those that serve this.
    pub function: Option<StudioFunction>,
    /// Beginning on this day or later.
    pub from: Option<NaiveDate>,
    /// Beginning on this day or earlier.
    pub to: Option<NaiveDate>,
}

/// A page of the sessions that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListSessions {
    /// Which.
    pub filter: SessionFilter,
    /// By what.
    pub sort: SessionSort,
    /// Which way.
    pub direction: Direction,
    /// Which page.
    pub page: PageInput,
}

/// Sessions by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenSessions {
    /// Which.
    pub ids: Vec<StudioSessionId>,
}

/// The attendance of sessions, aligned: those of the studio's own organisation first, then others, by name; at most 500 each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttendanceOf {
    /// Whose.
    pub sessions: Vec<StudioSessionId>,
}

/// Plans a session, or notes one that was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "PlanSessionInput"))]
pub struct PlanSession {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Of which studio.
    pub studio: StudioId,
    /// What it is about.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it lasts, in minutes: 1 to 1,440.
    pub minutes: Option<i32>,
    /// Where.
    pub place: Option<String>,
    /// What it serves: at least one.
    pub functions: Vec<StudioFunction>,
    /// What is done together in it.
    pub activities: Vec<CommunityActivity>,
    /// Whether it is held jointly with moral education or student affairs.
    pub joint: bool,
}

/// Changes what was said of a session; a cancelled one is planned again by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdateSessionInput"))]
pub struct UpdateSession {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: StudioSessionId,
    /// The version that was read.
    pub version: i32,
    /// What it is about.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it lasts, in minutes: 1 to 1,440.
    pub minutes: Option<i32>,
    /// Where.
    pub place: Option<String>,
    /// What it serves: at least one.
    pub functions: Vec<StudioFunction>,
    /// What is done together in it.
    pub activities: Vec<CommunityActivity>,
    /// Whether it is held jointly with moral education or student affairs.
    pub joint: bool,
}

/// Records that a session was held: who came, and what was said. Recorded again, the later record stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "RecordSessionInput"))]
pub struct RecordSession {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: StudioSessionId,
    /// The version that was read.
    pub version: i32,
    /// The members who came.
    pub present: Vec<PersonId>,
    /// The members who did not come. Members who are named nowhere did not come either.
    pub absent: Vec<PersonId>,
    /// The account names of others who came, of this school or another: at most 50.
    pub guests: Vec<String>,
    /// What was said and decided.
    pub summary: Option<String>,
}

/// Cancels a session: one that was planned, or one that was recorded by mistake, with its attendance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "CancelSessionInput"))]
pub struct CancelSession {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: StudioSessionId,
    /// Why.
    pub reason: String,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportSessions {
    /// Which.
    pub filter: SessionFilter,
}
