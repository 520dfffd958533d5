//! Mutations, in an order in which each succeeds and leaves what later ones name.

/// Under which hat a mutation is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    /// The school's administrator.
    School,
    /// The administrator of the bureau above it.
    Bureau,
    /// A person who has just signed in.
    Self_,
}

/// A mutation with an input that succeeds.
pub(crate) struct Mutation {
    pub(crate) field: &'static str,
    pub(crate) by: As,
    /// The input without its idempotency key.
    pub(crate) input: &'static str,
    /// What is asked of the payload.
    pub(crate) selection: &'static str,
    /// What to keep of it: (name, path).
    pub(crate) keeps: &'static [(&'static str, &'static str)],
}

const fn case(
    field: &'static str,
    by: As,
    input: &'static str,
    selection: &'static str,
    keeps: &'static [(&'static str, &'static str)],
) -> Mutation {
    Mutation { field, by, input, selection, keeps }
}

/// Every mutation but `signIn`, which has no key: each signing in is a session of its own.
#[rustfmt::skip]
pub(crate) const MUTATIONS: &[Mutation] = &[
    case("addPerson", As::School, r#"{"name": "赵一", "login": "zhao.yi.once", "organisation": "$school", "phone": "19900009999"}"#, "added { person password }", &[("person", "/added/person"), ("password", "/added/password")]),
    case("updatePerson", As::School, r#"{"id": "$person", "version": 1, "name": "赵一一", "phone": null}"#, "person { id name version }", &[]),
    case("noteLeaving", As::School, r#"{"id": "$person", "version": 2, "leftOn": "2026-09-01"}"#, "person { id leftOn version }", &[]),
    case("giveGrant", As::School, r#"{"person": "$person", "role": "HOMEROOM_TEACHER", "organisation": "$school", "validFrom": "2026-05-18", "validTo": null}"#, "grant { id role }", &[("grant", "/grant/id")]),
    case("revokeGrant", As::School, r#"{"grant": "$grant"}"#, "grant { id revokedAt }", &[]),
    case("resetPassword", As::School, r#"{"person": "$person"}"#, "password { person login password }", &[("password", "/password/password")]),
    case("addClass", As::School, r#"{"school": "$school", "name": "25级一次班", "cohort": 2025, "programme": "护理", "headcount": 40, "openedOn": "2025-09-01"}"#, "class { id version }", &[("class", "/class/id")]),
    case("updateClass", As::School, r#"{"id": "$class", "version": 1, "name": "25级两次班", "programme": "护理", "headcount": 41, "closedOn": null}"#, "class { id version }", &[]),
    case("assignHomeroom", As::School, r#"{"class": "$class", "person": "$person", "kind": "PRINCIPAL", "from": "2025-09-01", "to": null, "appointment": "聘 1 号"}"#, "class { id assignments { id } }", &[("assignment", "/class/assignments/0/id")]),
    case("endAssignment", As::School, r#"{"assignment": "$assignment", "on": "2026-05-01", "reason": "transfer"}"#, "class { id assignments { id to } }", &[]),
    case("foundStudio", As::School, r#"{"owner": "$no", "name": "一次工作室", "level": "SCHOOL", "stage": null, "mode": "MENTORING", "leaderType": "LEADING", "leadLogin": "$lead", "foundedOn": "2025-09-01"}"#, "studio { id version members { person } }", &[("studio", "/studio/id"), ("leader", "/studio/members/0/person")]),
    case("updateStudio", As::School, r#"{"id": "$studio", "version": 1, "name": "两次工作室", "level": "SCHOOL", "stage": null, "mode": "MENTORING", "leaderType": "LEADING"}"#, "studio { id version }", &[]),
    case("addMember", As::School, r#"{"studio": "$studio", "login": "$guest", "role": "MEMBER", "categories": ["CANDIDATE"], "principalCategory": "CANDIDATE", "from": "2025-09-01"}"#, "member { id version }", &[("membership", "/member/id")]),
    case("updateMember", As::School, r#"{"id": "$membership", "version": 1, "role": "MEMBER", "categories": ["RESEARCHER"], "principalCategory": "RESEARCHER"}"#, "member { id version }", &[]),
    case("addPlanItem", As::School, r#"{"studio": "$studio", "schoolYear": 2025, "title": "方案一次", "owner": null, "deliverable": null, "dueOn": "2026-06-01", "measure": null}"#, "planItem { id version }", &[("planitem", "/planItem/id")]),
    case("updatePlanItem", As::School, r#"{"id": "$planitem", "version": 1, "title": "方案两次", "owner": null, "deliverable": null, "dueOn": "2026-06-02", "measure": null}"#, "planItem { id version }", &[]),
    case("removePlanItem", As::School, r#"{"id": "$planitem"}"#, "removed", &[]),
    case("addTask", As::School, r#"{"studio": "$studio", "planItem": null, "title": "任务一次", "owner": null, "dueOn": "2026-06-01"}"#, "task { id version }", &[("task", "/task/id")]),
    case("updateTask", As::School, r#"{"id": "$task", "version": 1, "title": "任务两次", "owner": null, "dueOn": "2026-06-02"}"#, "task { id version }", &[]),
    case("closeTask", As::School, r#"{"id": "$task", "evidenceText": "签到表", "evidenceLink": null, "reason": null}"#, "task { id state }", &[]),
    case("reopenTask", As::School, r#"{"id": "$task", "reason": "还有一半"}"#, "task { id state }", &[]),
    case("planSession", As::School, r#"{"studio": "$studio", "title": "活动一次", "startsAt": "2026-05-12T06:00:00Z", "minutes": 90, "place": "会议室", "functions": ["RESEARCH"], "activities": ["EXCHANGE"], "joint": false}"#, "session { id version }", &[("studiosession", "/session/id")]),
    case("updateSession", As::School, r#"{"id": "$studiosession", "version": 1, "title": "活动两次", "startsAt": "2026-05-13T06:00:00Z", "minutes": null, "place": null, "functions": ["ADVICE", "RESEARCH"], "activities": [], "joint": true}"#, "session { id version }", &[]),
    case("recordSession", As::School, r#"{"id": "$studiosession", "version": 2, "present": ["$leader"], "absent": [], "guests": ["$guest"], "summary": "议定三项"}"#, "session { id state version attendance { person present } }", &[]),
    case("planSession", As::School, r#"{"studio": "$studio", "title": "活动又一次", "startsAt": "2026-06-12T06:00:00Z", "minutes": null, "place": null, "functions": ["SERVICE"], "activities": [], "joint": false}"#, "session { id version }", &[("studiosession", "/session/id")]),
    case("cancelSession", As::School, r#"{"id": "$studiosession", "reason": "停电"}"#, "session { id state cancelReason }", &[]),
    case("endMembership", As::School, r#"{"id": "$membership", "on": "2026-05-17"}"#, "member { id to }", &[]),
    case("closeStudio", As::School, r#"{"id": "$studio", "on": "2026-05-18"}"#, "studio { id closedOn }", &[]),
    case("foundOrganisation", As::Bureau, r#"{"kind": "SCHOOL", "level": null, "name": "一次职业学校", "authority": "$bureau", "placeCode": "530100", "schoolCode": "3699999901", "creditCode": null, "foundedOn": "2026-05-01"}"#, "organisation { id no version }", &[("founded", "/organisation/id")]),
    case("renameOrganisation", As::Bureau, r#"{"id": "$founded", "name": "两次职业学校", "on": "2026-05-10"}"#, "organisation { id name }", &[]),
    case("changeSchoolCode", As::Bureau, r#"{"id": "$founded", "schoolCode": "3699999902", "on": "2026-05-11"}"#, "organisation { id schoolCode }", &[]),
    case("moveOrganisation", As::Bureau, r#"{"id": "$founded", "authority": "$county", "placeCode": null, "on": "2026-05-12"}"#, "organisation { id authority { id } }", &[]),
    case("mergeOrganisation", As::Bureau, r#"{"id": "$founded", "into": "$school", "on": "2026-05-13"}"#, "organisation { id closedOn }", &[]),
    case("closeOrganisation", As::Bureau, r#"{"id": "$closing", "on": "2026-05-14"}"#, "organisation { id closedOn }", &[]),
    case("setPasswordLength", As::Bureau, r#"{"id": "$bureau", "length": 13}"#, "organisation { id passwordLength }", &[]),
    case("changePassword", As::Self_, r#"{"present": "$password", "new": "Geheim-Wort-2026"}"#, "done", &[]),
    case("revokeSession", As::Self_, r#"{"session": "$session"}"#, "done", &[]),
    case("signOut", As::Self_, "{}", "done", &[]),
];
