//! Tenancy: who. Organisations, people, grants, homeroom classes, sign-in.

use crate::operation::{commands, service};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AssignmentId, AuditId, ClassId, Direction, FileBytes, GrantId, ImportId, ImportJob, OrganisationId,
    OrganisationNo, Page, PageInput, PersonId, Principal, Role, SessionId, StudioId,
};

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 教育主管部门.
    Bureau,
    /// 中等职业学校.
    School,
    /// 联盟 (片区, 职教集团).
    Alliance,
}

/// How high a bureau stands; decides the block of numbers it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum BureauLevel {
    /// 省: a block of 65,536.
    Province,
    /// 市: a block of 2,048.
    City,
    /// 县区: a block of 128.
    County,
}

/// Which of the two dated relations a tree follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum TreeBy {
    /// Who administers.
    Authority,
    /// Where it lies (GB/T 2260).
    Place,
}

/// An organisation, named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "OrganisationRef"))]
pub struct OrganisationRef {
    /// Its id.
    pub id: OrganisationId,
    /// Its permanent number.
    pub no: OrganisationNo,
    /// Its name on the day asked.
    pub name: String,
}

/// An organisation (机构) as it was on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "OrganisationFields"))]
pub struct Organisation {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: OrganisationId,
    /// Its permanent number.
    pub no: OrganisationNo,
    /// What it is.
    pub kind: OrganisationKind,
    /// A bureau's level.
    pub level: Option<BureauLevel>,
    /// Its name on that day.
    pub name: String,
    /// 学校标识码 on that day.
    pub school_code: Option<String>,
    /// 统一社会信用代码.
    pub credit_code: Option<String>,
    /// GB/T 2260 code of the place on that day.
    pub place_code: Option<String>,
    /// The place's name.
    pub place_name: Option<String>,
    /// Who administers it on that day.
    pub authority: Option<OrganisationRef>,
    /// First day.
    pub founded_on: NaiveDate,
    /// The day from which it no longer lives, if ever.
    pub closed_on: Option<NaiveDate>,
    /// What it was merged into.
    pub merged_into: Option<OrganisationRef>,
    /// Living schools below it by authority on that day (itself not counted).
    pub schools: i32,
    /// The fewest characters that a bureau asks of a password in its line of authority.
    pub password_length: Option<i32>,
    /// Counts its changes.
    pub version: i32,
}

/// A node of the organisation tree, in depth-first order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "TreeNode"))]
pub struct TreeNode {
    /// Names the node in this tree: an organisation's id or a place's code.
    pub key: String,
    /// The node above.
    pub parent: Option<String>,
    /// 0 at the top.
    pub depth: i32,
    /// What to show.
    pub name: String,
    /// The organisation, unless the node is a place.
    pub organisation: Option<OrganisationId>,
    /// Its kind.
    pub kind: Option<OrganisationKind>,
    /// Its number.
    pub no: Option<OrganisationNo>,
    /// Living schools at and below the node.
    pub schools: i32,
}

/// One entry of an organisation's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "OrganisationChange"))]
pub struct OrganisationChange {
    /// From which day.
    pub on: NaiveDate,
    /// `founded`, `renamed`, `moved`, `placed`, `code_changed`, `merged`, `closed`.
    pub what: String,
    /// The name, authority, place or code before.
    pub before: Option<String>,
    /// The one after.
    pub after: Option<String>,
}

/// Somebody who could see an organisation on a day, and by which grant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "Seer"))]
pub struct Seer {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Under which role.
    pub role: Role,
    /// On which organisation the grant stands.
    pub through: OrganisationRef,
    /// Whether they could also change it.
    pub writes: bool,
}

/// A person (人员).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "PersonFields"))]
pub struct Person {
    /// Their id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Account name.
    pub login: String,
    /// Home organisation.
    pub organisation: OrganisationRef,
    /// Telephone number, for those who administer people.
    pub phone: Option<String>,
    /// Until when sign-in is locked.
    pub locked_until: Option<DateTime<Utc>>,
    /// When they last signed in.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// The day from which they no longer work there.
    pub left_on: Option<NaiveDate>,
    /// Counts changes.
    pub version: i32,
}

/// A role given to a person (授权).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "Grant"))]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// The role.
    pub role: Role,
    /// The organisation on which it stands, or that owns the studio.
    pub organisation: OrganisationRef,
    /// The studio on which it stands, where it does.
    pub studio: Option<StudioId>,
    /// Its name.
    pub studio_name: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if limited.
    pub valid_to: Option<NaiveDate>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who gave it; nobody where a membership made it.
    pub given_by: Option<String>,
}

/// Kind of homeroom assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum AssignmentKind {
    /// 班主任.
    Principal,
    /// 副班主任: never doubles the principal.
    Deputy,
    /// 代理班主任: fills a vacancy.
    Acting,
}

/// A homeroom assignment (班主任任职), dated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "HomeroomAssignment"))]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The class.
    pub class: ClassId,
    /// The teacher.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Principal, deputy or acting.
    pub kind: AssignmentKind,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if ended.
    pub to: Option<NaiveDate>,
    /// The appointment record (聘任文号).
    pub appointment: Option<String>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// A homeroom class (班级).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "HomeroomClassFields"))]
pub struct HomeroomClass {
    /// Its id.
    #[cfg_attr(feature = "graphql", graphql(skip))]
    pub id: ClassId,
    /// The school.
    pub school: OrganisationRef,
    /// Its name.
    pub name: String,
    /// The year of entry (年级).
    pub cohort: i32,
    /// The programme (专业).
    pub programme: String,
    /// Students.
    pub headcount: i32,
    /// First day.
    pub opened_on: NaiveDate,
    /// Last day, if closed or graduated.
    pub closed_on: Option<NaiveDate>,
    /// All assignments, newest first.
    pub assignments: Vec<Assignment>,
    /// Whether nobody is principal or acting on the day asked.
    pub vacant: bool,
    /// Counts changes.
    pub version: i32,
}

/// A grant that a person may put on as a hat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "HatChoice"))]
pub struct HatChoice {
    /// The grant.
    pub grant: GrantId,
    /// Its role.
    pub role: Role,
    /// Where it stands.
    pub organisation: OrganisationRef,
    /// What that is.
    pub organisation_kind: OrganisationKind,
    /// The studio, where it stands on one.
    pub studio: Option<StudioId>,
    /// Its name.
    pub studio_name: Option<String>,
}

/// A signed-in session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "SignInSession"))]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last used.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub ends_at: DateTime<Utc>,
    /// The browser, as it named itself.
    pub device: String,
    /// The network address it came from.
    pub source: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "AuditEntry"))]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: DateTime<Utc>,
    /// In which service.
    pub service: String,
    /// Who did it.
    pub person: Option<PersonId>,
    /// Their name, where it may be known.
    pub person_name: Option<String>,
    /// Under which role.
    pub role: Option<Role>,
    /// What: the operation's name.
    pub action: String,
    /// Whose record it is.
    pub organisation_no: OrganisationNo,
    /// The id of the record changed.
    pub subject: String,
    /// What changed, as JSON without personal data.
    pub detail: String,
    /// Under which request.
    pub request_id: String,
}

/// Signs in with an account name and a password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// Account name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The network address of the caller.
    pub source: String,
    /// The browser, as it names itself.
    pub device: String,
}

/// What a sign-in gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The opaque session token, told once.
    pub token: String,
    /// The session.
    pub session: SessionId,
}

/// Who is behind a session token, under which hat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resume {
    /// The session token.
    pub token: String,
    /// The hat asked for; the first valid grant where none is named.
    pub hat: Option<GrantId>,
    /// Whether this only looks whether the session still lives (an open page's connection does, again and again): a
    /// look is no use of the session, so that a page left open does not keep it from ending idle.
    #[serde(default)]
    pub look: bool,
}

/// The answer to [`Resume`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resumed {
    /// Who asks, and what follows from it.
    pub principal: Principal,
    /// The person's name.
    pub name: String,
    /// The account name.
    pub login: String,
    /// Whether only a change of password is allowed.
    pub must_change_password: bool,
    /// Every hat they may put on today.
    pub hats: Vec<HatChoice>,
}

/// The caller's own sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListSessions {}

/// Ends the session that asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "SignOutInput"))]
pub struct SignOut {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
}

/// Ends one of the caller's own sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "RevokeSessionInput"))]
pub struct RevokeSession {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// The session.
    pub session: SessionId,
}

/// Changes the caller's own password; every other session ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "ChangePasswordInput"))]
pub struct ChangePassword {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// The present password.
    pub present: String,
    /// The new one.
    pub new: String,
}

/// Gives a person a one-time password, to be changed at the next sign-in; ends their sessions and any lock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "ResetPasswordInput"))]
pub struct ResetPassword {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Whose.
    pub person: PersonId,
}

/// A one-time password, told once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "OneTimePassword"))]
pub struct NewPassword {
    /// Whose.
    pub person: PersonId,
    /// Their account name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// What a list of organisations is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum OrganisationSort {
    /// By permanent number.
    Number,
    /// By name, in pinyin.
    Name,
    /// By first day.
    FoundedOn,
}

/// Which organisations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "graphql",
    derive(async_graphql::InputObject),
    graphql(name = "OrganisationFilterInput")
)]
pub struct OrganisationFilter {
    /// Characters of the name, pinyin, initials, or the beginning of a code.
    pub search: Option<String>,
    /// Only this kind.
    pub kind: Option<OrganisationKind>,
    /// Only what is below this one by authority on the day.
    pub under: Option<OrganisationId>,
    /// Also closed and merged ones.
    pub include_closed: Option<bool>,
}

/// A page of the organisations that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListOrganisations {
    /// Which.
    pub filter: OrganisationFilter,
    /// By what.
    pub sort: OrganisationSort,
    /// Which way.
    pub direction: Direction,
    /// On which day; today where none is named.
    pub as_of: Option<NaiveDate>,
    /// Which page.
    pub page: PageInput,
}

/// Organisations by id, aligned with the ids; `None` where one may not be seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenOrganisations {
    /// Which.
    pub ids: Vec<OrganisationId>,
    /// On which day.
    pub as_of: Option<NaiveDate>,
}

/// Organisations by number, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenOrganisationsByNo {
    /// Which.
    pub nos: Vec<OrganisationNo>,
    /// On which day.
    pub as_of: Option<NaiveDate>,
}

/// The living schools below an organisation (or itself, if a school) on a day, by authority; at most 10,000.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchoolsUnder {
    /// Below which.
    pub organisation: OrganisationId,
    /// On which day.
    pub as_of: Option<NaiveDate>,
    /// Also those that had ended by then, merged or closed, but lived after this day: their records are still there to
    /// be counted.
    #[serde(default)]
    pub ended_since: Option<NaiveDate>,
}

/// The tree below what the caller's hat may see, on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationTree {
    /// By authority or by place.
    pub by: TreeBy,
    /// On which day.
    pub as_of: Option<NaiveDate>,
}

/// An organisation's history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationHistory {
    /// Which.
    pub id: OrganisationId,
}

/// Who could see an organisation on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhoCouldSee {
    /// Which.
    pub id: OrganisationId,
    /// On which day.
    pub on: NaiveDate,
}

/// Founds an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "FoundOrganisationInput"))]
pub struct FoundOrganisation {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// A bureau's level.
    pub level: Option<BureauLevel>,
    /// Its name.
    pub name: String,
    /// Who administers it.
    pub authority: OrganisationId,
    /// GB/T 2260.
    pub place_code: Option<String>,
    /// 学校标识码.
    pub school_code: Option<String>,
    /// 统一社会信用代码.
    pub credit_code: Option<String>,
    /// First day.
    pub founded_on: NaiveDate,
}

/// Renames it from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "graphql",
    derive(async_graphql::InputObject),
    graphql(name = "RenameOrganisationInput")
)]
pub struct RenameOrganisation {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: OrganisationId,
    /// The new name.
    pub name: String,
    /// From which day.
    pub on: NaiveDate,
}

/// Puts it under another authority, or in another place, from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "MoveOrganisationInput"))]
pub struct MoveOrganisation {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: OrganisationId,
    /// The new authority.
    pub authority: Option<OrganisationId>,
    /// The new place.
    pub place_code: Option<String>,
    /// From which day.
    pub on: NaiveDate,
}

/// Changes a school's 学校标识码 from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "ChangeSchoolCodeInput"))]
pub struct ChangeSchoolCode {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: OrganisationId,
    /// The new code.
    pub school_code: String,
    /// From which day.
    pub on: NaiveDate,
}

/// Merges it into another of its kind from a day on; its records stay under its number and are seen by the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "MergeOrganisationInput"))]
pub struct MergeOrganisation {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which one ends.
    pub id: OrganisationId,
    /// Which one goes on.
    pub into: OrganisationId,
    /// From which day.
    pub on: NaiveDate,
}

/// Closes it from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "CloseOrganisationInput"))]
pub struct CloseOrganisation {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: OrganisationId,
    /// From which day.
    pub on: NaiveDate,
}

/// Says how many characters a password has at least, for everybody at and below a bureau; a superior's stricter word
/// holds. It is asked of the next password that somebody chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "SetPasswordLengthInput"))]
pub struct SetPasswordLength {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which bureau.
    pub id: OrganisationId,
    /// At least so many characters: 12 to 64.
    pub length: i32,
}

/// What a list of people is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum PersonSort {
    /// By name, in pinyin.
    Name,
    /// By account name.
    Login,
    /// By last sign-in.
    LastSignIn,
}

/// Which people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "PersonFilterInput"))]
pub struct PersonFilter {
    /// Characters of the name, pinyin, initials, or the beginning of an account name.
    pub search: Option<String>,
    /// Only of this home organisation.
    pub organisation: Option<OrganisationId>,
    /// Only who holds this role today.
    pub role: Option<Role>,
    /// Only whose sign-in is locked.
    pub locked: Option<bool>,
}

/// A page of the people that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPeople {
    /// Which.
    pub filter: PersonFilter,
    /// By what.
    pub sort: PersonSort,
    /// Which way.
    pub direction: Direction,
    /// Which page.
    pub page: PageInput,
}

/// People by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenPeople {
    /// Which.
    pub ids: Vec<PersonId>,
}

/// Adds a person with an account; the reply holds a one-time password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AddPersonInput"))]
pub struct AddPerson {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Name.
    pub name: String,
    /// Account name.
    pub login: String,
    /// Home organisation.
    pub organisation: OrganisationId,
    /// Telephone number.
    pub phone: Option<String>,
}

/// A person just added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "AddedPerson"))]
pub struct AddedPerson {
    /// Their id.
    pub person: PersonId,
    /// The one-time password, told once.
    pub password: String,
}

/// Corrects a person's name or telephone number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdatePersonInput"))]
pub struct UpdatePerson {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Who.
    pub id: PersonId,
    /// The version that was read.
    pub version: i32,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
}

/// Notes the day from which a person no longer works there (离职): they cannot sign in from then on. Without a day, they
/// are back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "NoteLeavingInput"))]
pub struct NoteLeaving {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Who.
    pub id: PersonId,
    /// The version that was read.
    pub version: i32,
    /// From which day.
    pub left_on: Option<NaiveDate>,
}

/// The grants of people, aligned, newest first; of each those that the caller may know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantsOfPeople {
    /// Who.
    pub people: Vec<PersonId>,
}

/// The grants that stand on organisations or their studios, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantsOn {
    /// Where.
    pub organisations: Vec<OrganisationId>,
}

/// What the caller may give on an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantableRoles {
    /// Where.
    pub organisation: OrganisationId,
}

/// Gives a role on an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "GiveGrantInput"))]
pub struct GiveGrant {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// To whom.
    pub person: PersonId,
    /// Which role.
    pub role: Role,
    /// Where.
    pub organisation: OrganisationId,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if limited.
    pub valid_to: Option<NaiveDate>,
}

/// Takes a grant back at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "RevokeGrantInput"))]
pub struct RevokeGrant {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub grant: GrantId,
}

/// What a list of classes is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ClassSort {
    /// By name.
    Name,
    /// By year of entry.
    Cohort,
    /// By students.
    Headcount,
}

/// Which classes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "ClassFilterInput"))]
pub struct ClassFilter {
    /// Characters of the name or the programme.
    pub search: Option<String>,
    /// Only of this school.
    pub school: Option<OrganisationId>,
    /// Only of this year of entry.
    pub cohort: Option<i32>,
    /// Only those without a homeroom teacher on the day.
    pub vacant: Option<bool>,
    /// Also closed ones.
    pub include_closed: Option<bool>,
}

/// A page of the classes that the caller may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListClasses {
    /// Which.
    pub filter: ClassFilter,
    /// By what.
    pub sort: ClassSort,
    /// Which way.
    pub direction: Direction,
    /// On which day.
    pub as_of: Option<NaiveDate>,
    /// Which page.
    pub page: PageInput,
}

/// Classes by id, aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenClasses {
    /// Which.
    pub ids: Vec<ClassId>,
}

/// Adds a class to a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AddClassInput"))]
pub struct AddClass {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which school.
    pub school: OrganisationId,
    /// Name.
    pub name: String,
    /// Year of entry.
    pub cohort: i32,
    /// Programme.
    pub programme: String,
    /// Students.
    pub headcount: i32,
    /// First day.
    pub opened_on: NaiveDate,
}

/// Corrects a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "UpdateClassInput"))]
pub struct UpdateClass {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub id: ClassId,
    /// The version that was read.
    pub version: i32,
    /// Name.
    pub name: String,
    /// Programme.
    pub programme: String,
    /// Students.
    pub headcount: i32,
    /// Last day, if closed.
    pub closed_on: Option<NaiveDate>,
}

/// Assigns a teacher to a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AssignHomeroomInput"))]
pub struct AssignHomeroom {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which class.
    pub class: ClassId,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub kind: AssignmentKind,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if known.
    pub to: Option<NaiveDate>,
    /// The appointment record.
    pub appointment: Option<String>,
}

/// Ends an assignment on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "EndAssignmentInput"))]
pub struct EndAssignment {
    /// Repeats of the same change carry the same key: 8 to 64 letters, digits or hyphens.
    pub idempotency_key: String,
    /// Which.
    pub assignment: AssignmentId,
    /// Its last day.
    pub on: NaiveDate,
    /// Why: `graduation`, `transfer`, `leave`, `other`.
    pub reason: String,
}

/// Which lines of the audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::InputObject), graphql(name = "AuditFilterInput"))]
pub struct AuditFilter {
    /// Only about this organisation's records.
    pub organisation: Option<OrganisationNo>,
    /// Only by this person.
    pub person: Option<PersonId>,
    /// Only this operation.
    pub action: Option<String>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// To this day.
    pub until: Option<NaiveDate>,
}

/// A page of the service's audit, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAudit {
    /// Which.
    pub filter: AuditFilter,
    /// Which page.
    pub page: PageInput,
}

/// What a spreadsheet for this service holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Schools and bureaus.
    Organisations,
    /// People with their grants.
    People,
    /// Classes with their homeroom assignments.
    Classes,
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
    /// Under which organisation the rows lie.
    pub organisation: OrganisationId,
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

/// The error file of an import: the rows as they came, with what is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportErrors {
    /// Which.
    pub id: ImportId,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportOrganisations {
    /// Which.
    pub filter: OrganisationFilter,
    /// On which day.
    pub as_of: Option<NaiveDate>,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportPeople {
    /// Which.
    pub filter: PersonFilter,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportClasses {
    /// Which.
    pub filter: ClassFilter,
    /// On which day.
    pub as_of: Option<NaiveDate>,
}

/// The list as .xlsx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportAudit {
    /// Which.
    pub filter: AuditFilter,
}

service! {
    /// Who: organisations, people, grants, classes, sign-in.
    pub trait Tenancy at "tenancy" {
        SignIn => SignedIn,
        Resume => Resumed,
        ListSessions => Vec<Session>,
        SignOut => bool,
        RevokeSession => bool,
        ChangePassword => bool,
        ResetPassword => NewPassword,
        ListOrganisations => Page<Organisation>,
        OpenOrganisations => Vec<Option<Organisation>>,
        OpenOrganisationsByNo => Vec<Option<Organisation>>,
        SchoolsUnder => Vec<Organisation>,
        OrganisationTree => Vec<TreeNode>,
        OrganisationHistory => Vec<OrganisationChange>,
        WhoCouldSee => Vec<Seer>,
        FoundOrganisation => Organisation,
        RenameOrganisation => Organisation,
        MoveOrganisation => Organisation,
        ChangeSchoolCode => Organisation,
        MergeOrganisation => Organisation,
        CloseOrganisation => Organisation,
        SetPasswordLength => Organisation,
        ListPeople => Page<Person>,
        OpenPeople => Vec<Option<Person>>,
        AddPerson => AddedPerson,
        UpdatePerson => Person,
        NoteLeaving => Person,
        GrantsOfPeople => Vec<Vec<Grant>>,
        GrantsOn => Vec<Vec<Grant>>,
        GrantableRoles => Vec<Role>,
        GiveGrant => Grant,
        RevokeGrant => Grant,
        ListClasses => Page<HomeroomClass>,
        OpenClasses => Vec<Option<HomeroomClass>>,
        AddClass => HomeroomClass,
        UpdateClass => HomeroomClass,
        AssignHomeroom => HomeroomClass,
        EndAssignment => HomeroomClass,
        ListAudit => Page<AuditEntry>,
        Template => FileBytes,
        StartImport => ImportJob,
        OpenImport => ImportJob,
        ListImports => Page<ImportJob>,
        ImportErrors => FileBytes,
        ExportOrganisations => FileBytes,
        ExportPeople => FileBytes,
        ExportClasses => FileBytes,
        ExportAudit => FileBytes,
    }
}

commands! { SignOut, RevokeSession, ChangePassword, ResetPassword, FoundOrganisation, RenameOrganisation, MoveOrganisation, ChangeSchoolCode, MergeOrganisation, CloseOrganisation, SetPasswordLength, AddPerson, UpdatePerson, NoteLeaving, GiveGrant, RevokeGrant, AddClass, UpdateClass, AssignHomeroom, EndAssignment, StartImport }
