//! The second lock: what the policies let through, asked by SQL as the service's own role.

use crate::world::{World, a_year, call, day, studio_id};
use platform::Read;
use sqlx::AssertSqlSafe;
use testkit::principal;
use vocabulary::{OrganisationNo, PersonId, Principal, Role};

const TABLES: [&str; 8] =
    ["class", "studio", "membership", "task", "session", "fact", "fact_record", "sheet"];

async fn rows(read: &mut Read, condition: &str) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in TABLES {
        let sql = format!("select count(*) from analytics.{table} t where {condition}");
        counts.push(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut **read).await.unwrap());
    }
    counts
}

async fn seen(world: &World, principal: &Principal, condition: &str) -> Vec<i64> {
    rows(&mut world.database.read(&call(principal)).await.unwrap(), condition).await
}

#[tokio::test]
async fn a_foreign_scope_sees_nothing() {
    let world = World::of(a_year(1, 3)).await;
    let me = PersonId::new();
    let foreign = principal::bureau_officer(me, 500, (500, 600));
    let near = principal::school_administrator(me, 14);
    for nobody in [foreign, near, principal::without_hat(me), Principal::anonymous()] {
        assert_eq!(seen(&world, &nobody, "true").await, [0; TABLES.len()]);
    }
    // Without any scope set, too.
    let mut bare = world.test.role("analytics").await;
    for table in TABLES {
        let sql = format!("select count(*) from analytics.{table}");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut bare).await.unwrap();
        assert_eq!(count, 0, "{table}");
    }
    // A school sees its own rows and no other's.
    let own = principal::school_administrator(me, 12);
    assert!(seen(&world, &own, "t.owner_no = 12").await.iter().all(|count| *count > 0));
    assert_eq!(seen(&world, &own, "t.owner_no <> 12").await, [0; TABLES.len()]);
}

#[tokio::test]
async fn a_studio_given_alone_shows_nothing_else_of_its_school() {
    let world = World::of(a_year(1, 2)).await;
    let expert = principal::on_studio(PersonId::new(), Role::ExternalExpert, studio_id(0), 11);
    let all = seen(&world, &expert, "true").await;
    assert_eq!((all[0], all[1]), (0, 1), "no class, one studio");
    assert!(all[2..].iter().all(|count| *count > 0));
    let mut read = world.database.read(&call(&expert)).await.unwrap();
    for table in &TABLES[2..] {
        let sql = format!("select count(*) from analytics.{table} where studio_id is distinct from $1");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(studio_id(0).uuid())
            .fetch_one(&mut *read)
            .await
            .unwrap();
        assert_eq!(count, 0, "{table}");
    }
}

#[tokio::test]
async fn nobody_writes_figures_but_the_service_on_the_organisation_in_hand() {
    let world = World::of(a_year(1, 1)).await;
    let changes = [
        "update analytics.sheet set as_of = as_of",
        "delete from analytics.fact",
        "update analytics.task set version = version + 1",
        "update analytics.session set held = not held",
        "delete from analytics.fact_record",
    ];
    // A person never, even one who may write everything there.
    let administrator = principal::bureau_administrator(PersonId::new(), 10, (10, 100));
    for sql in changes {
        let mut read = world.database.read(&call(&administrator)).await.unwrap();
        assert_eq!(sqlx::query(sql).execute(&mut *read).await.unwrap().rows_affected(), 0, "{sql}");
    }
    let mut read = world.database.read(&call(&administrator)).await.unwrap();
    let insert = "insert into analytics.studio (owner_no, id, version, founded_on) values (11, $1, 1, $2)";
    let refused =
        sqlx::query(insert).bind(PersonId::new().uuid()).bind(day("2026-01-01")).execute(&mut *read).await;
    assert!(refused.unwrap_err().to_string().contains("row-level security"));
    // The service, in the organisation's own transaction, and in no other's.
    for (no, written) in [(11, true), (12, false)] {
        let mut work = world.database.begin_service("analytics", "test", OrganisationNo(no)).await.unwrap();
        for sql in changes {
            let touched = sqlx::query(sql).execute(&mut *work).await.unwrap().rows_affected();
            assert_eq!(touched > 0, written, "{sql}");
        }
    }
}

#[tokio::test]
async fn the_tests_role_is_the_services() {
    let world = World::new().await;
    let (user, bypasses): (String, bool) = sqlx::query_as(
        "select current_user::text, r.rolbypassrls or r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user",
    )
    .fetch_one(world.database.unscoped())
    .await
    .unwrap();
    assert_eq!((user.as_str(), bypasses), ("banlian_analytics", false));
    let unforced = world
        .count(
            "select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'analytics' and c.relkind in ('r', 'p') and not c.relforcerowsecurity
             and c.relname in ('class', 'studio', 'membership', 'task', 'session', 'fact', 'fact_record', 'sheet')",
        )
        .await;
    assert_eq!(unforced, 0);
}
