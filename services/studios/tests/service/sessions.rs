//! Sessions: planned, held with who came, recorded again, called off; and what others learn of them.

use crate::town::{CHONGSHI, MINGDE, Town, day, fields, officer, on, person};
use chrono::{DateTime, Utc};
use contract::events::{AttendanceState, SessionEvent};
use contract::studios::{
    AttendanceOf, CancelSession, CloseStudio, CommunityActivity, EndMembership, OpenSessions, OpenStudios,
    PlanSession, RecordSession, Session, SessionState, StudioFunction, UpdateSession,
};
use platform::apply;
use studios::StudiosConsumer;
use testkit::{key, noon};
use vocabulary::{Code, OrganisationNo, PersonId, Principal, Role, StudioId, StudioSessionId};

/// A moment.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Two in the afternoon of the Tuesday before the test's Monday.
pub(crate) const TUESDAY: &str = "2026-05-12T06:00:00Z";

pub(crate) fn plan(studio: StudioId, title: &str, starts_at: &str) -> PlanSession {
    PlanSession {
        idempotency_key: key(),
        studio,
        title: title.into(),
        starts_at: at(starts_at),
        minutes: Some(90),
        place: Some("会议室".into()),
        functions: vec![StudioFunction::Guidance, StudioFunction::Research],
        activities: vec![CommunityActivity::Exchange],
        joint: false,
    }
}

pub(crate) fn update(session: &Session, starts_at: &str) -> UpdateSession {
    UpdateSession {
        idempotency_key: key(),
        id: session.id,
        version: session.version,
        title: "主题教研（二）".into(),
        starts_at: at(starts_at),
        minutes: None,
        place: Some(" ".into()),
        functions: vec![StudioFunction::Service],
        activities: Vec::new(),
        joint: true,
    }
}

pub(crate) fn record(
    session: &Session,
    present: &[PersonId],
    absent: &[PersonId],
    guests: &[&str],
) -> RecordSession {
    RecordSession {
        idempotency_key: key(),
        id: session.id,
        version: session.version,
        present: present.to_vec(),
        absent: absent.to_vec(),
        guests: guests.iter().map(|login| (*login).to_owned()).collect(),
        summary: Some(" 议定三项 ".into()),
    }
}

pub(crate) fn cancel(id: StudioSessionId) -> CancelSession {
    CancelSession { idempotency_key: key(), id, reason: "停电".into() }
}

/// A session that the school plans.
pub(crate) async fn planned(town: &Town, studio: StudioId, starts_at: &str) -> Session {
    town.ask(&town.administrator(MINGDE), plan(studio, "主题教研", starts_at)).await.unwrap()
}

/// Name, guest, present: each line of the attendance that the caller sees.
pub(crate) async fn attendance(
    town: &Town,
    who: &Principal,
    id: StudioSessionId,
) -> Vec<(Option<String>, bool, bool)> {
    let asked = AttendanceOf { sessions: vec![StudioSessionId::new(), id] };
    let lines = town.ask(who, asked).await.unwrap();
    assert_eq!((lines.len(), lines[0].len()), (2, 0), "aligned");
    lines[1].iter().map(|line| (line.person_name.clone(), line.guest, line.present)).collect()
}

fn line(name: &str, guest: bool, present: bool) -> (Option<String>, bool, bool) {
    (Some(name.to_owned()), guest, present)
}

fn on_field(code: Code, field: &str) -> Vec<(Code, Option<String>)> {
    vec![(code, Some(field.to_owned()))]
}

#[tokio::test]
async fn a_session_is_planned_and_held_and_the_later_record_stands() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let planned = town.ask(&lead, plan(studio.id, " 主题教研 ", TUESDAY)).await.unwrap();
    assert_eq!(
        (planned.state, planned.version, planned.owner_no),
        (SessionState::Planned, 1, OrganisationNo(MINGDE))
    );
    assert_eq!((planned.title.as_str(), planned.expected, planned.present), ("主题教研", 0, 0));
    assert_eq!(
        planned.functions,
        [StudioFunction::Research, StudioFunction::Guidance],
        "in the standard's order"
    );
    let held = record(&planned, &[town.lina], &[town.wangfang], &[" ZhaoLei "]);
    let held = town.ask(&lead, held).await.unwrap();
    assert_eq!((held.state, held.version), (SessionState::Held, 2));
    // A guest is not missed where they do not come, and counts beside those who are.
    assert_eq!((held.expected, held.present, held.others), (2, 1, 1));
    assert_eq!(held.summary.as_deref(), Some("议定三项"));
    let shown = attendance(&town, &lead, held.id).await;
    assert_eq!(shown, [line("李娜", false, true), line("王芳", true, false), line("赵磊", true, true)]);
    let lines = town.ask(&lead, AttendanceOf { sessions: vec![held.id] }).await.unwrap();
    assert_eq!(lines[0][1].home_name.as_deref(), Some("崇实职业学校"));
    assert_eq!((lines[0][1].home_no, lines[0][1].person), (OrganisationNo(CHONGSHI), town.wangfang));
    let open = town.ask(&lead, OpenStudios { ids: vec![studio.id] }).await.unwrap();
    assert_eq!(open[0].as_ref().unwrap().last_activity, Some(noon()));

    assert_eq!(town.code(&lead, record(&planned, &[town.lina], &[], &[])).await, Code::Stale);
    // One of the school who is no member comes under their account name, like a guest.
    let again = record(&held, &[town.wangfang], &[town.lina], &["zhangwei"]);
    let again = town.ask(&lead, again).await.unwrap();
    assert_eq!((again.version, again.expected, again.present, again.others), (3, 2, 1, 1));
    let shown = attendance(&town, &lead, held.id).await;
    assert_eq!(shown, [line("李娜", false, false), line("张伟", false, true), line("王芳", true, true)]);
    // Whom the record names already may be named by it again, member or not; members who are not named did not come.
    let corrected = record(&again, &[town.lina], &[town.zhangwei], &[]);
    let corrected = town.ask(&lead, corrected).await.unwrap();
    assert_eq!((corrected.version, corrected.expected, corrected.present, corrected.others), (4, 2, 1, 0));
    let shown = attendance(&town, &lead, held.id).await;
    assert_eq!(shown, [line("李娜", false, true), line("王芳", true, false)]);
    // It was recorded by mistake, and was not held.
    let cancelled = town.ask(&lead, cancel(held.id)).await.unwrap();
    assert_eq!(
        (cancelled.state, cancelled.expected, cancelled.summary.as_deref()),
        (SessionState::Cancelled, 0, None)
    );
    let opened = town.ask(&lead, OpenSessions { ids: vec![StudioSessionId::new(), held.id] }).await.unwrap();
    assert_eq!(opened, [None, Some(cancelled)]);
}

#[tokio::test]
async fn members_of_the_day_are_named_by_id_and_others_by_account_name() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    town.member(studio.id, "wangfang").await;
    let left = town.member(studio.id, "zhangwei").await;
    town.ask(&lead, EndMembership { idempotency_key: key(), id: left.id, on: day(4, 30) }).await.unwrap();
    let session = planned(&town, studio.id, TUESDAY).await;
    let refused = async |request: RecordSession| fields(&town.ask(&lead, request).await.unwrap_err());
    let not_expected = |field| on_field(Code::NotExpected, field);
    assert_eq!(
        refused(record(&session, &[town.lina, town.zhangwei], &[], &[])).await,
        not_expected("present")
    );
    assert_eq!(refused(record(&session, &[town.lina], &[town.zhangwei], &[])).await, not_expected("absent"));
    assert_eq!(refused(record(&session, &[PersonId::new()], &[], &[])).await, not_expected("present"));
    let unknown = town.ask(&lead, record(&session, &[town.lina], &[], &["Nobody"])).await.unwrap_err();
    assert_eq!(fields(&unknown), on_field(Code::GuestUnknown, "guests"));
    assert_eq!(unknown.fault().params["login"], "nobody");
    assert_eq!(refused(record(&session, &[], &[town.lina], &[])).await, on_field(Code::Required, "present"));
    let both = record(&session, &[town.lina], &[town.lina], &[]);
    assert_eq!(refused(both).await, on_field(Code::InvalidValue, "absent"));
    assert!(attendance(&town, &lead, session.id).await.is_empty(), "what was refused left no trace");

    // On the last day of a membership one is still expected; before its first one is not.
    let last_day = planned(&town, studio.id, "2026-04-30T06:00:00Z").await;
    town.ask(&lead, record(&last_day, &[town.zhangwei], &[town.wangfang], &[])).await.unwrap();
    let before = planned(&town, studio.id, "2026-01-31T06:00:00Z").await;
    assert_eq!(refused(record(&before, &[town.wangfang], &[], &[])).await, not_expected("present"));
    town.ask(&lead, record(&before, &[], &[], &["wangfang"])).await.unwrap();

    // Who has left their school since was there when the session was.
    let mut event = person(town.zhaolei, CHONGSHI, "zhaolei", "赵磊", 2);
    event.payload["left_on"] = "2026-05-01".into();
    apply(&StudiosConsumer::new(town.database.clone()), vec![event]).await.unwrap();
    let gone = record(&session, &[town.lina], &[], &["zhaolei"]);
    assert_eq!(refused(gone).await, on_field(Code::GuestUnknown, "guests"));
    let earlier = planned(&town, studio.id, "2026-04-20T06:00:00Z").await;
    town.ask(&lead, record(&earlier, &[], &[], &["zhaolei"])).await.unwrap();
}

#[tokio::test]
async fn it_is_recorded_from_its_day_on_and_that_day_is_shanghais() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    // Half an hour after midnight: of today, and of tomorrow.
    let today = planned(&town, studio.id, "2026-05-17T16:30:00Z").await;
    let tomorrow = planned(&town, studio.id, "2026-05-18T16:30:00Z").await;
    let tonight = planned(&town, studio.id, "2026-05-18T15:59:59Z").await;
    let held = town.ask(&lead, record(&today, &[town.lina], &[], &[])).await.unwrap();
    town.ask(&lead, record(&tonight, &[town.lina], &[], &[])).await.unwrap();
    assert_eq!(town.code(&lead, record(&tomorrow, &[town.lina], &[], &[])).await, Code::SessionAhead);
    // What was held does not move into the future.
    let moved = town.ask(&lead, update(&held, "2026-05-18T16:30:00Z")).await.unwrap_err();
    assert_eq!(fields(&moved), on_field(Code::DateInFuture, "startsAt"));
    let moved = town.ask(&lead, update(&held, TUESDAY)).await.unwrap();
    assert_eq!((moved.state, moved.starts_at, moved.version), (SessionState::Held, at(TUESDAY), 3));
    assert_eq!((moved.present, moved.summary.as_deref()), (1, Some("议定三项")), "the record stays");
    assert_eq!((moved.minutes, moved.place.as_deref(), moved.joint), (None, None, true));
    assert_eq!(town.code(&lead, update(&held, TUESDAY)).await, Code::Stale);
    // Not before the studio's first day, the fifth of January.
    let early = town.ask(&lead, plan(studio.id, "甲", "2026-01-04T15:59:59Z")).await.unwrap_err();
    assert_eq!(fields(&early), on_field(Code::DateOrder, "startsAt"));
    assert_eq!(town.code(&lead, update(&tomorrow, "2026-01-04T15:59:59Z")).await, Code::DateOrder);
    town.ask(&lead, plan(studio.id, "甲", "2026-01-04T16:00:00Z")).await.unwrap();
}

#[tokio::test]
async fn what_was_called_off_is_held_once_it_is_planned_again() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let session = planned(&town, studio.id, TUESDAY).await;
    let mut silent = cancel(session.id);
    silent.reason = " \u{200b}".into();
    assert_eq!(town.code(&lead, silent).await, Code::Required);
    let off = town.ask(&lead, cancel(session.id)).await.unwrap();
    assert_eq!(
        (off.state, off.cancel_reason.as_deref(), off.version),
        (SessionState::Cancelled, Some("停电"), 2)
    );
    assert_eq!(town.code(&lead, cancel(session.id)).await, Code::SessionCancelled);
    assert_eq!(town.code(&lead, record(&off, &[town.lina], &[], &[])).await, Code::SessionCancelled);
    let again = town.ask(&lead, update(&off, "2026-05-13T06:00:00Z")).await.unwrap();
    assert_eq!(
        (again.state, again.cancel_reason.as_deref(), again.version),
        (SessionState::Planned, None, 3)
    );
    let held = town.ask(&lead, record(&again, &[town.lina], &[], &[])).await.unwrap();
    assert_eq!((held.state, held.version), (SessionState::Held, 4));
}

#[tokio::test]
async fn planning_says_all_that_is_wrong() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let mut wrong = plan(studio.id, " \u{200b}", "9999-12-31T00:00:00Z");
    (wrong.minutes, wrong.place, wrong.functions) = (Some(1_441), Some("长".repeat(101)), Vec::new());
    let error = town.ask(&lead, wrong).await.unwrap_err();
    let expected = [
        (Code::Required, "title"),
        (Code::InvalidDate, "startsAt"),
        (Code::InvalidValue, "minutes"),
        (Code::TooLong, "place"),
        (Code::Required, "functions"),
    ];
    assert_eq!(fields(&error), expected.map(|(code, field)| (code, Some(field.to_owned()))));
    for minutes in [0, -1, i32::MAX] {
        let wrong = PlanSession { minutes: Some(minutes), ..plan(studio.id, "甲", TUESDAY) };
        assert_eq!(town.code(&lead, wrong).await, Code::InvalidValue, "{minutes}");
    }
    let session = planned(&town, studio.id, TUESDAY).await;
    let crowd: Vec<PersonId> = (0..501).map(|_| PersonId::new()).collect();
    let error = town.ask(&lead, record(&session, &crowd, &[], &[])).await.unwrap_err();
    assert_eq!(fields(&error), on_field(Code::TooMany, "present"));
    let mut long = record(&session, &[town.lina], &[], &[""]);
    long.summary = Some("长".repeat(10_001));
    let error = town.ask(&lead, long).await.unwrap_err();
    let expected = [(Code::TooLong, "summary"), (Code::Required, "guests")];
    assert_eq!(fields(&error), expected.map(|(code, field)| (code, Some(field.to_owned()))));
}

#[tokio::test]
async fn a_moment_at_the_end_of_time_is_no_day_of_the_field() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    // Eight hours later there is no calendar any more.
    for far in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
        let request = PlanSession { starts_at: far, ..plan(studio.id, "甲", TUESDAY) };
        let error = town.ask(&lead, request).await.unwrap_err();
        assert_eq!(fields(&error), on_field(Code::InvalidDate, "startsAt"), "{far}");
    }
}

#[tokio::test]
async fn leads_and_coordinators_keep_sessions_and_others_read_them() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let other = town.studio_named("另一个").await;
    let session = planned(&town, studio.id, TUESDAY).await;
    let tried = async |who: &Principal| {
        [
            town.code(who, plan(studio.id, "甲", TUESDAY)).await,
            town.code(who, update(&session, TUESDAY)).await,
            town.code(who, record(&session, &[town.lina], &[], &[])).await,
            town.code(who, cancel(session.id)).await,
        ]
    };
    let member = on(studio.id, Role::StudioMember, town.wangfang);
    let expert = on(studio.id, Role::ExternalExpert, town.wangfang);
    for who in [&member, &expert, &officer()] {
        assert_eq!(tried(who).await, [Code::Forbidden; 4], "{:?}", who.role());
    }
    let elsewhere = on(other.id, Role::StudioLead, town.lina);
    for who in [&elsewhere, &town.administrator(CHONGSHI)] {
        assert_eq!(tried(who).await, [Code::NotFound; 4], "{:?}", who.role());
    }
    assert_eq!(tried(&Principal::anonymous()).await, [Code::Unauthenticated; 4]);
    let coordinator = on(studio.id, Role::StudioCoordinator, town.zhangwei);
    town.ask(&coordinator, record(&session, &[town.lina], &[], &[])).await.unwrap();
    town.ask(&coordinator, plan(studio.id, "甲", TUESDAY)).await.unwrap();
    // A closed studio's sessions stay as they are.
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let end = CloseStudio { idempotency_key: key(), id: studio.id, on: day(5, 18) };
    town.ask(&lead, end).await.unwrap();
    assert_eq!(tried(&lead).await, [Code::StudioClosed; 4]);
}

#[tokio::test]
async fn a_guest_of_the_studio_reads_who_came_and_a_foreigner_nothing() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let session = planned(&town, studio.id, TUESDAY).await;
    let held = record(&session, &[town.lina], &[town.wangfang], &["zhaolei"]);
    town.ask(&town.administrator(MINGDE), held).await.unwrap();
    let expected = [line("李娜", false, true), line("王芳", true, false), line("赵磊", true, true)];
    let guest = on(studio.id, Role::StudioMember, town.wangfang);
    let expert = on(studio.id, Role::ExternalExpert, PersonId::new());
    for who in [&guest, &expert, &officer()] {
        assert_eq!(attendance(&town, who, session.id).await, expected, "{:?}", who.role());
    }
    let open = OpenSessions { ids: vec![session.id] };
    assert!(town.ask(&guest, open.clone()).await.unwrap()[0].is_some());
    let foreigners = [town.administrator(CHONGSHI), testkit::principal::without_hat(town.wangfang)];
    for who in &foreigners {
        assert_eq!(town.ask(who, open.clone()).await.unwrap(), [None], "{:?}", who.role());
        assert!(attendance(&town, who, session.id).await.is_empty(), "{:?}", who.role());
    }
}

#[tokio::test]
async fn of_two_recordings_at_once_one_is_left() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    for _ in 0..5 {
        let session = planned(&town, studio.id, TUESDAY).await;
        let (mine, theirs) =
            (record(&session, &[town.lina], &[], &[]), record(&session, &[town.wangfang], &[], &["zhaolei"]));
        let (a, b) = tokio::join!(town.ask(&lead, mine), town.ask(&lead, theirs));
        let left = if a.is_ok() {
            vec![line("李娜", false, true), line("王芳", true, false)]
        } else {
            vec![line("李娜", false, false), line("王芳", true, true), line("赵磊", true, true)]
        };
        let refused: Vec<Code> = [a, b].into_iter().filter_map(|reply| Some(reply.err()?.code())).collect();
        assert_eq!(refused, [Code::Stale]);
        assert_eq!(attendance(&town, &lead, session.id).await, left);
        let same = cancel(planned(&town, studio.id, TUESDAY).await.id);
        let (a, b) = tokio::join!(town.ask(&lead, same.clone()), town.ask(&lead, same));
        assert_eq!(a.unwrap(), b.unwrap(), "the same request twice is one change");
    }
}

#[tokio::test]
async fn others_learn_who_came() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let session = planned(&town, studio.id, "2026-05-11T16:30:00Z").await;
    let held = record(&session, &[town.lina], &[town.wangfang], &["zhaolei"]);
    let held = town.ask(&lead, held).await.unwrap();
    town.ask(&lead, record(&held, &[town.lina], &[], &[])).await.unwrap();
    let mut past_locks = town.base.superuser().await;
    let told: Vec<serde_json::Value> = sqlx::query_scalar(
        "select payload from studios.event_log where kind = 'studios.session' and aggregate = $1 order by version",
    )
    .bind(session.id.uuid())
    .fetch_all(&mut past_locks)
    .await
    .unwrap();
    let told: Vec<SessionEvent> =
        told.into_iter().map(|state| serde_json::from_value(state).unwrap()).collect();
    let line = |person, home, expected, present| AttendanceState {
        person,
        home: OrganisationNo(home),
        expected,
        present,
    };
    let mut again = vec![line(town.lina, MINGDE, true, true), line(town.wangfang, CHONGSHI, true, false)];
    let mut came = again.clone();
    came.push(line(town.zhaolei, CHONGSHI, false, true));
    came.sort_by_key(|one| one.person);
    again.sort_by_key(|one| one.person);
    let state = |held, attendance| SessionEvent {
        id: session.id,
        studio: studio.id,
        on: day(5, 12),
        minutes: Some(90),
        held,
        functions: vec![StudioFunction::Research, StudioFunction::Guidance],
        activities: vec![CommunityActivity::Exchange],
        joint: false,
        attendance,
    };
    assert_eq!(told, [state(false, Vec::new()), state(true, came), state(true, again)]);
}
