//! What every change leaves: one effect, one audit line, events in order; and what tenancy's events leave.

use crate::ledger::{close, reopen};
use crate::lists::{all_studios, any};
use crate::plans;
use crate::sessions::{self, TUESDAY};
use crate::town::{MINGDE, Town, add_member, add_task, day, found, officer, on, person};
use contract::studios::{
    CloseStudio, EndMembership, LeaderType, ListAudit, MemberCategory, MemberRole, MembersOf, RemovePlanItem,
    StudioLevel, StudioMode, UpdateMember, UpdatePlanItem, UpdateStudio, UpdateTask,
};
use contract::tenancy::AuditFilter;
use contract::{Command, Handle};
use platform::apply;
use serde::Serialize;
use std::fmt::Debug;
use studios::{Studios, StudiosConsumer};
use testkit::key;
use vocabulary::{Code, PageInput, PersonId, Principal, Role};

/// Sends a command three times: twice as it is, and once with its key but another body.
async fn thrice<O, F>(town: &Town, who: &Principal, command: O, other: F) -> O::Reply
where
    O: Command + Clone + Sync,
    O::Reply: PartialEq + Debug + Serialize,
    F: FnOnce(&mut O),
    Studios: Handle<O>,
{
    let before = audited(town).await;
    let first = town.ask(who, command.clone()).await.unwrap_or_else(|error| panic!("{}: {error:?}", O::PATH));
    let again = town.ask(who, command.clone()).await.unwrap();
    assert_eq!(first, again, "{}", O::PATH);
    let mut changed = command;
    other(&mut changed);
    assert_eq!(town.code(who, changed).await, Code::IdempotencyConflict, "{}", O::PATH);
    assert_eq!(audited(town).await, before + 1, "{} leaves one audit line", O::PATH);
    first
}

async fn audited(town: &Town) -> i64 {
    let mut past_locks = town.base.superuser().await;
    sqlx::query_scalar("select count(*) from studios.audit").fetch_one(&mut past_locks).await.unwrap()
}

#[tokio::test]
async fn every_command_repeated_has_one_effect_and_one_audit_line() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    let studio = thrice(&town, &who, found(MINGDE, "甲"), |c| c.name += "乙").await;
    let update = UpdateStudio {
        idempotency_key: key(),
        id: studio.id,
        version: 1,
        name: "乙".into(),
        level: StudioLevel::City,
        stage: None,
        mode: StudioMode::Other,
        leader_type: LeaderType::Leading,
    };
    thrice(&town, &who, update, |c| c.version = 2).await;
    let member = thrice(&town, &who, add_member(studio.id, "wangfang"), |c| c.login += "x").await;
    let update = UpdateMember {
        idempotency_key: key(),
        id: member.id,
        version: 1,
        role: MemberRole::Coordinator,
        categories: vec![MemberCategory::OutsideExpert],
        principal_category: MemberCategory::OutsideExpert,
    };
    thrice(&town, &who, update, |c| c.version = 2).await;
    let item = thrice(&town, &who, plans::add(studio.id, "研讨"), |c| c.title += "x").await;
    let update = UpdatePlanItem {
        idempotency_key: key(),
        id: item.id,
        version: 1,
        title: "研讨会".into(),
        owner: None,
        deliverable: None,
        due_on: None,
        measure: None,
    };
    thrice(&town, &who, update, |c| c.version = 2).await;
    thrice(&town, &who, RemovePlanItem { idempotency_key: key(), id: item.id }, |c| {
        c.id = vocabulary::PlanItemId::new();
    })
    .await;
    let task = thrice(&town, &who, add_task(studio.id, "家访", None), |c| c.title += "x").await;
    let update = UpdateTask {
        idempotency_key: key(),
        id: task.id,
        version: 1,
        title: "家访一".into(),
        owner: None,
        due_on: day(5, 1),
    };
    thrice(&town, &who, update, |c| c.version = 2).await;
    thrice(&town, &who, close(task.id), |c| c.reason = Some("x".into())).await;
    thrice(&town, &who, reopen(task.id), |c| c.reason += "x").await;
    let session = thrice(&town, &who, sessions::plan(studio.id, "教研", TUESDAY), |c| c.title += "x").await;
    let session = thrice(&town, &who, sessions::update(&session, TUESDAY), |c| c.version = 9).await;
    // Before the guest's membership ends below, for a day that lies before that Tuesday.
    let held = sessions::record(&session, &[town.lina], &[town.wangfang], &["zhaolei"]);
    thrice(&town, &who, held, |c| c.summary = None).await;
    let session = thrice(&town, &who, sessions::plan(studio.id, "例会", TUESDAY), |c| c.minutes = None).await;
    thrice(&town, &who, sessions::cancel(session.id), |c| c.reason += "x").await;
    let end = EndMembership { idempotency_key: key(), id: member.id, on: day(5, 1) };
    thrice(&town, &who, end, |c| c.on = day(5, 2)).await;
    let end = CloseStudio { idempotency_key: key(), id: studio.id, on: day(5, 18) };
    thrice(&town, &who, end, |c| c.on = day(5, 17)).await;
    for bad in ["", "short", &"x".repeat(65), "键键键键键键键键", "a b c d e"] {
        let mut command = found(MINGDE, "丙");
        command.idempotency_key = bad.into();
        assert_eq!(town.code(&who, command).await, Code::IdempotencyKey, "{bad}");
    }

    let mut past_locks = town.base.superuser().await;
    let gaps: i64 = sqlx::query_scalar(
        "select count(*) from (select version, row_number() over (partition by aggregate order by id) as place from studios.event_log) e where version <> place",
    )
    .fetch_one(&mut past_locks)
    .await
    .unwrap();
    assert_eq!(gaps, 0, "versions count the changes of an aggregate, in the log's order");
    let kinds: Vec<(String, i64)> =
        sqlx::query_as("select kind, count(*) from studios.event_log group by kind order by kind")
            .fetch_all(&mut past_locks)
            .await
            .unwrap();
    // The lead's membership: founded, renamed with the studio, ended with it. The guest's: added, changed, ended.
    let expected = [
        ("studios.member", 6),
        ("studios.plan_item", 3),
        ("studios.session", 5),
        ("studios.studio", 3),
        ("studios.task", 4),
    ];
    assert_eq!(kinds, expected.map(|(kind, n)| (kind.to_owned(), n)));
    let personal: i64 = sqlx::query_scalar(
        "select count(*) from studios.audit where detail::text ~ '李娜|王芳|赵磊|lina|wangfang|zhaolei|证据|简报|三项|停电|教研|会议室'",
    )
    .fetch_one(&mut past_locks)
    .await
    .unwrap();
    assert_eq!(personal, 0, "the audit says what changed without personal data");
}

fn audit(action: Option<&str>) -> ListAudit {
    let action = action.map(str::to_owned);
    ListAudit {
        filter: AuditFilter { organisation: None, person: None, action, since: None, until: None },
        page: PageInput::default(),
    }
}

#[tokio::test]
async fn the_audit_is_read_by_those_who_run_an_organisation() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let task = town.task(studio.id, "家访", None).await;
    town.ask(&lead, close(task.id)).await.unwrap();
    let who = town.administrator(MINGDE);
    let page = town.ask(&who, audit(None)).await.unwrap();
    let lines: Vec<_> =
        page.items.iter().map(|line| (line.action.as_str(), line.person_name.as_deref())).collect();
    assert_eq!(
        lines,
        [("CloseTask", Some("李娜")), ("AddTask", Some("张伟")), ("FoundStudio", Some("张伟"))]
    );
    assert_eq!(town.ask(&who, audit(Some("AddTask"))).await.unwrap().total, 1);
    assert_eq!(town.ask(&town.administrator(MINGDE + 1), audit(None)).await.unwrap().total, 0);
    for other in [lead, officer()] {
        assert_eq!(town.code(&other, audit(None)).await, Code::Forbidden);
    }
}

#[tokio::test]
async fn the_newest_state_of_a_person_wins_whatever_the_order() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let consumer = StudiosConsumer::new(town.database.clone());
    let newest = person(town.lina, MINGDE, "lina", "李娜娜", 7);
    let older = person(town.lina, MINGDE, "lina", "李那", 3);
    apply(&consumer, vec![newest.clone(), older.clone()]).await.unwrap();
    apply(&consumer, vec![older, newest.clone(), newest]).await.unwrap();
    let late = person(town.lina, MINGDE, "lina", "李旧", 2);
    apply(&consumer, vec![late]).await.unwrap();
    let who = town.administrator(MINGDE);
    let members = town.ask(&who, MembersOf { studios: vec![studio.id] }).await.unwrap();
    assert_eq!(members[0][0].person_name, "李娜娜");
    let listed = town.ask(&who, all_studios(any())).await.unwrap();
    assert_eq!(listed.items[0].lead_name.as_deref(), Some("李娜娜"));
    let mut past_locks = town.base.superuser().await;
    let applied: i64 = sqlx::query_scalar("select count(*) from studios.inbox where consumer = 'studios'")
        .fetch_one(&mut past_locks)
        .await
        .unwrap();
    assert_eq!(applied, 10, "each event once");
}

#[tokio::test]
async fn one_who_left_is_not_added() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let mut event = person(town.zhaolei, MINGDE + 1, "zhaolei", "赵磊", 2);
    event.payload["left_on"] = "2026-05-18".into();
    apply(&StudiosConsumer::new(town.database.clone()), vec![event]).await.unwrap();
    let who = town.administrator(MINGDE);
    assert_eq!(town.code(&who, add_member(studio.id, "zhaolei")).await, Code::PersonUnknown);
    let moved = person(town.wangfang, MINGDE, "wangfang", "王芳", 2);
    apply(
        &StudiosConsumer::new(town.database.clone()),
        vec![moved, person(PersonId::new(), MINGDE, "x1", "丁", 1)],
    )
    .await
    .unwrap();
    let member = town.ask(&who, add_member(studio.id, "wangfang")).await.unwrap();
    assert!(!member.guest, "the newest home counts");
}
