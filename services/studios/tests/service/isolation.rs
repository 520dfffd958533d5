//! Two locks: what a foreign tenant, a guest, or nobody sees, with each lock alone.

use crate::ledger::{close, reopen};
use crate::lists::{all_studios, all_tasks, any, any_task};
use crate::plans;
use crate::session_lists::{all_sessions, any_session};
use crate::sessions::{TUESDAY, cancel, plan, record, update};
use crate::town::{BLOCK, BUREAU, CHONGSHI, MINGDE, Town, add_member, add_task, day, officer, on};
use contract::studios::{
    AttendanceOf, CloseStudio, EndMembership, Member, MembersOf, OpenMembers, OpenPlanItems, OpenSessions,
    OpenStudios, OpenTasks, PlanItem, PlanItemsOf, Session, Studio, StudiosOf, Task, TaskHistory,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use testkit::{key, principal};
use vocabulary::{Code, OrganisationNo, PersonId, Principal, Role};

struct Content {
    studio: Studio,
    member: Member,
    item: PlanItem,
    task: Task,
    session: Session,
}

async fn content(town: &Town) -> Content {
    let studio = town.studio().await;
    let member = town.member(studio.id, "wangfang").await;
    let item = town.ask(&town.administrator(MINGDE), plans::add(studio.id, "研讨")).await.unwrap();
    let task = town.task(studio.id, "家访", Some(town.wangfang)).await;
    let school = town.administrator(MINGDE);
    let session = town.ask(&school, plan(studio.id, "教研", TUESDAY)).await.unwrap();
    let held = record(&session, &[town.lina], &[town.wangfang], &[]);
    let session = town.ask(&school, held).await.unwrap();
    Content { studio, member, item, task, session }
}

/// What a caller finds of the content, by every way of reading.
async fn seen(town: &Town, who: &Principal, c: &Content) -> Vec<bool> {
    vec![
        town.ask(who, OpenStudios { ids: vec![c.studio.id] }).await.unwrap()[0].is_some(),
        town.ask(who, OpenMembers { ids: vec![c.member.id] }).await.unwrap()[0].is_some(),
        town.ask(who, OpenPlanItems { ids: vec![c.item.id] }).await.unwrap()[0].is_some(),
        town.ask(who, OpenTasks { ids: vec![c.task.id] }).await.unwrap()[0].is_some(),
        town.ask(who, StudiosOf { owners: vec![OrganisationNo(MINGDE)] }).await.unwrap()[0].len() == 1,
        town.ask(who, MembersOf { studios: vec![c.studio.id] }).await.unwrap()[0].len() == 2,
        town.ask(who, PlanItemsOf { studios: vec![c.studio.id], school_year: 2025 }).await.unwrap()[0].len()
            == 1,
        town.ask(who, all_studios(any())).await.unwrap().total == 1,
        town.ask(who, all_tasks(any_task())).await.unwrap().total == 1,
        town.ask(who, TaskHistory { id: c.task.id }).await.is_ok(),
        town.ask(who, OpenSessions { ids: vec![c.session.id] }).await.unwrap()[0].is_some(),
        town.ask(who, AttendanceOf { sessions: vec![c.session.id] }).await.unwrap()[0].len() == 2,
        town.ask(who, all_sessions(any_session())).await.unwrap().total == 1,
    ]
}

async fn changes(town: &Town, who: &Principal, c: &Content) -> Vec<Code> {
    vec![
        town.code(who, add_member(c.studio.id, "zhaolei")).await,
        town.code(who, EndMembership { idempotency_key: key(), id: c.member.id, on: day(5, 18) }).await,
        town.code(who, plans::add(c.studio.id, "甲")).await,
        town.code(who, add_task(c.studio.id, "甲", None)).await,
        town.code(who, close(c.task.id)).await,
        town.code(who, reopen(c.task.id)).await,
        town.code(who, plan(c.studio.id, "甲", TUESDAY)).await,
        town.code(who, update(&c.session, TUESDAY)).await,
        town.code(who, record(&c.session, &[town.lina], &[], &[])).await,
        town.code(who, cancel(c.session.id)).await,
        town.code(who, CloseStudio { idempotency_key: key(), id: c.studio.id, on: day(5, 18) }).await,
    ]
}

#[tokio::test]
async fn readers_see_and_foreigners_do_not() {
    let town = Town::new().await;
    let c = content(&town).await;
    let teacher = principal::on_organisation(
        PersonId::new(),
        Role::HomeroomTeacher,
        MINGDE,
        &[(MINGDE, MINGDE + 1)],
        &[],
    );
    let readers = [
        officer(),
        town.administrator(MINGDE),
        teacher,
        on(c.studio.id, Role::ExternalExpert, town.zhaolei),
        on(c.studio.id, Role::StudioMember, town.wangfang),
    ];
    for who in readers {
        assert_eq!(seen(&town, &who, &c).await, [true; 13], "{:?}", who.role());
    }
    let security =
        principal::on_organisation(PersonId::new(), Role::SecurityAdministrator, BUREAU, &[BLOCK], &[]);
    let audit = principal::on_organisation(PersonId::new(), Role::AuditAdministrator, BUREAU, &[BLOCK], &[]);
    let blind = [town.administrator(CHONGSHI), principal::without_hat(town.lina), security, audit];
    for who in blind {
        assert_eq!(seen(&town, &who, &c).await, [false; 13], "{:?}", who.role());
        assert_eq!(changes(&town, &who, &c).await, [Code::NotFound; 11], "{:?}", who.role());
    }
    assert_eq!(changes(&town, &officer(), &c).await, [Code::Forbidden; 11]);
    assert_eq!(changes(&town, &Principal::anonymous(), &c).await, [Code::Unauthenticated; 11]);
    assert_eq!(town.code(&Principal::anonymous(), all_studios(any())).await, Code::Unauthenticated);
}

#[tokio::test]
async fn a_guest_sees_the_studio_and_no_more_of_its_school() {
    let town = Town::new().await;
    let c = content(&town).await;
    let other = town.studio_named("另一个").await;
    let guest = on(c.studio.id, Role::StudioMember, town.wangfang);
    assert_eq!(seen(&town, &guest, &c).await, [true; 13]);
    let opened = town.ask(&guest, OpenStudios { ids: vec![other.id] }).await.unwrap();
    assert_eq!(opened, [None]);
    let members = town.ask(&guest, MembersOf { studios: vec![c.studio.id] }).await.unwrap();
    let names: Vec<&str> = members[0].iter().map(|member| member.person_name.as_str()).collect();
    assert_eq!(names, ["李娜", "王芳"]);
    // The school's other people stay unnamed, even to one who knows their ids.
    let mut connection = scoped(&town, &guest).await;
    let known: Vec<String> = sqlx::query_scalar("select name from studios.name_people($1) order by name")
        .bind(vec![town.lina.uuid(), town.zhangwei.uuid(), town.zhaolei.uuid(), town.wangfang.uuid()])
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert_eq!(known, ["张伟", "李娜", "王芳"], "张伟 worked in the ledger");
}

/// A connection as the service's role with the caller's scope set, in a transaction.
async fn scoped(town: &Town, who: &Principal) -> PgConnection {
    let mut connection = town.base.role("studios").await;
    sqlx::query("begin").execute(&mut connection).await.unwrap();
    let ids = |ids: &[vocabulary::StudioId]| {
        format!("{{{}}}", ids.iter().map(|id| id.uuid().to_string()).collect::<Vec<_>>().join(","))
    };
    sqlx::query("select platform.enter($1, $2, $3, $4, $5)")
        .bind(who.readable.to_string())
        .bind(who.writable.to_string())
        .bind(ids(&who.studios))
        .bind(ids(&who.studios_writable))
        .bind(who.person().map_or_else(String::new, |id| id.uuid().to_string()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

const TABLES: [&str; 11] = [
    "studio",
    "membership",
    "plan_item",
    "task",
    "task_history",
    "session",
    "attendance",
    "organisation",
    "person",
    "event_log",
    "audit",
];

#[tokio::test]
async fn row_level_security_alone_keeps_foreigners_out() {
    let town = Town::new().await;
    let c = content(&town).await;
    let foreigner = principal::school_administrator(PersonId::new(), 500);
    for table in TABLES {
        let mut connection = scoped(&town, &foreigner).await;
        let sql = AssertSqlSafe(format!("select count(*) from studios.{table}"));
        let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
        assert_eq!(seen, 0, "{table}");
    }
    let statements = [
        format!(
            "insert into studios.task_history (owner_no, id, studio_id, task_id, at, what) values ({MINGDE}, gen_random_uuid(), '{}', '{}', now(), 'closed')",
            c.studio.id.uuid(),
            c.task.id.uuid()
        ),
        format!(
            "insert into studios.plan_item (owner_no, id, studio_id, school_year, title, version) values ({MINGDE}, gen_random_uuid(), '{}', 2025, 'x', 1)",
            c.studio.id.uuid()
        ),
        format!(
            "insert into studios.session (owner_no, id, studio_id, title, pinyin, initials, starts_at, functions, activities, joint, state, version)
             values ({MINGDE}, gen_random_uuid(), '{}', 'x', 'x', 'x', now(), '{{research}}', '{{}}', false, 'planned', 1)",
            c.studio.id.uuid()
        ),
        format!(
            "insert into studios.attendance (owner_no, session_id, studio_id, person_id, home_no, present) values ({MINGDE}, '{}', '{}', gen_random_uuid(), 500, true)",
            c.session.id.uuid(),
            c.studio.id.uuid()
        ),
            "insert into studios.person (owner_no, id, name, login, pinyin, initials, home_name, version) values (500, gen_random_uuid(), 'x', 'x', 'x', 'x', 'x', 1)"
            .to_owned(),
            "insert into studios.organisation (owner_no, id, name, kind, version) values (500, gen_random_uuid(), 'x', 'school', 1)"
            .to_owned(),
    ];
    for sql in statements {
        let mut connection = scoped(&town, &foreigner).await;
        let refused = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut connection).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{sql}: {refused}");
    }
    let untouched = [
        "update studios.studio set name = 'x'",
        "update studios.membership set role = 'lead'",
        "update studios.task set title = 'x'",
        "delete from studios.plan_item",
        "update studios.session set title = 'x'",
        "update studios.attendance set present = true",
        "delete from studios.attendance",
    ];
    let officer = officer();
    for who in [&foreigner, &officer] {
        for sql in untouched {
            let mut connection = scoped(&town, who).await;
            let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
            assert_eq!(done.rows_affected(), 0, "{sql}");
        }
    }
    let kept = [
        "update studios.task_history set note = 'x'",
        "delete from studios.task_history",
        "delete from studios.task",
        "delete from studios.session",
        "update studios.session set studio_id = id",
        "update studios.attendance set person_id = session_id",
    ];
    for sql in kept {
        let mut connection = scoped(&town, &town.administrator(MINGDE)).await;
        let refused = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{sql}: {refused}");
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn the_query_and_the_policy_alone_keep_foreigners_out() {
    let town = Town::new().await;
    let c = content(&town).await;
    let mut past_locks = town.base.superuser().await;
    for table in TABLES {
        let sql = AssertSqlSafe(format!(
            "alter table studios.{table} no force row level security; alter table studios.{table} disable row level security"
        ));
        sqlx::raw_sql(sql).execute(&mut past_locks).await.unwrap();
    }
    for who in [town.administrator(CHONGSHI), principal::without_hat(town.lina)] {
        assert_eq!(seen(&town, &who, &c).await, [false; 13], "{:?}", who.role());
        assert_eq!(changes(&town, &who, &c).await, [Code::NotFound; 11], "{:?}", who.role());
    }
    assert_eq!(changes(&town, &officer(), &c).await, [Code::Forbidden; 11]);
    assert_eq!(seen(&town, &officer(), &c).await, [true; 13]);
}
