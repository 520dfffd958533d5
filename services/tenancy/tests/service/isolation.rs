//! Two locks: what a foreign tenant finds and may write, with each lock alone.

use crate::classes::assign;
use crate::people::{all, list};
use crate::spreadsheet::{people_file, run};
use crate::town::{FIRST, Town, day, give};
use contract::tenancy::{
    AssignmentKind, GrantsOfPeople, GrantsOn, ImportKind, OpenClasses, OpenOrganisations, OpenPeople,
    Organisation,
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeSet;
use testkit::principal;
use vocabulary::{ClassId, OrganisationNo, PersonId, Principal, Role};

/// A school with everything that a school has, and the bureau above it.
struct Content {
    town: Town,
    bureau: Principal,
    school: Organisation,
    person: PersonId,
    class: ClassId,
}

async fn content() -> Content {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let school = town.school(&bureau, Town::own(&bureau), "甲校").await;
    let person = town.appoint(&bureau, school.id, "lina", Role::HomeroomTeacher).await.id;
    let class = town.class(&bureau, school.id, "一班").await.id;
    town.ask(&bureau, assign(class, person, AssignmentKind::Principal, day(3, 1))).await.unwrap();
    run(&town, &bureau, ImportKind::People, people_file(&[]), true).await;
    assert!(town.sign_in("lina", "falsch").await.is_err());
    Content { town, bureau, school, person, class }
}

/// A school's administrator of another tenant.
fn foreigner() -> Principal {
    principal::school_administrator(PersonId::new(), 500)
}

/// Who reads everything here and writes nothing.
fn officer() -> Principal {
    principal::bureau_officer(PersonId::new(), 1, (1, 2_049))
}

/// A connection as the service's role with the caller's scope set, in a transaction.
async fn scoped(town: &Town, who: &Principal) -> PgConnection {
    let mut connection = town.base.role("tenancy").await;
    sqlx::query("begin").execute(&mut connection).await.unwrap();
    sqlx::query("select platform.enter($1, $2, '{}', '{}', $3)")
        .bind(who.readable.to_string())
        .bind(who.writable.to_string())
        .bind(who.person().map_or_else(String::new, |id| id.uuid().to_string()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

/// A table, what a foreigner would write into it, and which column they would overwrite. Nothing where the role itself
/// may not: then keepers alone reach it.
const TABLES: [(&str, Option<&str>, Option<&str>); 15] = [
    (
        "organisation",
        Some(
            "(owner_no, id, kind, founded_on, password_length, version) values (2, gen_random_uuid(), 'school', '2020-01-01', 12, 1)",
        ),
        Some("version = 9"),
    ),
    (
        "organisation_name",
        Some("(owner_no, from_on, name, pinyin, initials) values (2, '2020-01-01', 'x', 'x', 'x')"),
        Some("name = 'x'"),
    ),
    (
        "organisation_authority",
        Some("(owner_no, from_on, parent_no) values (2, '2020-01-01', 500)"),
        Some("parent_no = 500"),
    ),
    (
        "organisation_place",
        Some("(owner_no, from_on, code) values (2, '2020-01-01', '110000')"),
        Some("code = '110000'"),
    ),
    (
        "organisation_code",
        Some("(owner_no, from_on, code) values (2, '2020-01-01', '3611111111')"),
        Some("code = '3611111111'"),
    ),
    (
        "person",
        Some(
            "(owner_no, id, name, pinyin, initials, login, version) values (2, gen_random_uuid(), 'x', 'x', 'x', 'x', 1)",
        ),
        Some("name = 'x'"),
    ),
    (
        "role_grant",
        Some(
            "(owner_no, id, person_id, person_name, role, valid_from, version) values (2, gen_random_uuid(), gen_random_uuid(), 'x', 'school_administrator', '2020-01-01', 1)",
        ),
        Some("valid_to = null"),
    ),
    (
        "homeroom_class",
        Some(
            "(owner_no, id, name, cohort, programme, headcount, opened_on, version) values (2, gen_random_uuid(), 'x', 2025, 'x', 1, '2025-09-01', 1)",
        ),
        Some("name = 'x'"),
    ),
    (
        "homeroom_assignment",
        Some(
            "(owner_no, id, class_id, person_id, person_name, kind, from_on) select 2, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'deputy', '2026-01-01'",
        ),
        Some("to_on = null"),
    ),
    (
        "event_log",
        Some(
            "(owner_no, id, aggregate, version, kind, payload, recorded_at) values (2, gen_random_uuid(), gen_random_uuid(), 1, 'tenancy.person', '{}', now())",
        ),
        None,
    ),
    (
        "audit",
        Some(
            "(owner_no, id, at, action, subject, detail, request_id) values (2, gen_random_uuid(), now(), 'x', 'x', '{}', gen_random_uuid())",
        ),
        None,
    ),
    (
        "import",
        Some(
            "(owner_no, id, kind, file_name, file, dry_run, principal, state, asked_by, asked_at) values (2, gen_random_uuid(), 'people', 'x', '', false, '{}', 'queued', gen_random_uuid(), now())",
        ),
        Some("state = 'queued'"),
    ),
    ("inbox", Some("(owner_no, consumer, event_id) values (2, 'tenancy', gen_random_uuid())"), None),
    (
        "idempotency",
        Some("(person_id, key, action, body_hash, made_at) values (gen_random_uuid(), 'x', 'x', '', now())"),
        Some("reply = null"),
    ),
    ("session", None, None),
];

/// What only keepers reach, and what is no tenant's.
const KEPT: [&str; 4] = ["number_block", "live_code", "account", "sign_in_failure"];
const SHARED: [&str; 2] = ["place", "relay_cursor"];

#[tokio::test]
async fn the_tables_here_are_all_there_are() {
    let town = Town::new().await;
    let there: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'tenancy' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like '\\_%'",
    )
    .fetch_all(&mut town.base.superuser().await)
    .await
    .unwrap();
    let named = TABLES.iter().map(|(table, ..)| *table).chain(KEPT).chain(SHARED);
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), named.collect());
}

#[tokio::test]
async fn row_level_security_alone_keeps_foreigners_out() {
    let Content { town, person, .. } = content().await;
    for (table, insert, update) in TABLES {
        let filled: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from tenancy.{table}")))
            .fetch_one(&mut town.base.superuser().await)
            .await
            .unwrap();
        assert!(filled > 0 || table == "inbox", "{table} has rows to be found");
        for who in [foreigner(), Principal::anonymous(), principal::without_hat(PersonId::new())] {
            let mut connection = scoped(&town, &who).await;
            let sql = AssertSqlSafe(format!("select count(*) from tenancy.{table}"));
            let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
            assert_eq!(seen, 0, "{table}");
        }
        for who in [foreigner(), officer(), Principal::anonymous()] {
            if let Some(insert) = insert {
                let mut connection = scoped(&town, &who).await;
                let sql = AssertSqlSafe(format!("insert into tenancy.{table} {insert}"));
                let refused = sqlx::raw_sql(sql).execute(&mut connection).await.unwrap_err().to_string();
                assert!(refused.contains("row-level security"), "{table}: {refused}");
            }
            let mut connection = scoped(&town, &who).await;
            if let Some(update) = update {
                let sql = AssertSqlSafe(format!("update tenancy.{table} set {update}"));
                let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
                assert_eq!(done.rows_affected(), 0, "{table}");
            }
            let sql = AssertSqlSafe(format!("delete from tenancy.{table}"));
            match sqlx::query(sql).execute(&mut connection).await {
                Ok(done) => assert_eq!(done.rows_affected(), 0, "{table}"),
                Err(refused) => {
                    assert!(refused.to_string().contains("permission denied"), "{table}: {refused}");
                }
            }
        }
    }
    for table in KEPT {
        for statement in [
            format!("select count(*) from tenancy.{table}"),
            format!("delete from tenancy.{table}"),
            format!(
                "update tenancy.{table} set {0} = {0}",
                if table == "number_block" {
                    "lo"
                } else if table == "live_code" {
                    "code"
                } else {
                    "login"
                }
            ),
        ] {
            let mut connection = scoped(&town, &officer()).await;
            let refused = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap_err();
            assert!(refused.to_string().contains("permission denied"), "{table}: {refused}");
        }
    }
    // One's own, and nobody else's: sessions, grants, the person.
    let own = principal::without_hat(person);
    for (table, rows) in
        [("person", 1), ("role_grant", 1), ("session", 0), ("organisation", 0), ("homeroom_class", 0)]
    {
        let sql = AssertSqlSafe(format!("select count(*) from tenancy.{table}"));
        let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut scoped(&town, &own).await).await.unwrap();
        assert_eq!(seen, rows, "{table}");
    }
    let mut connection = scoped(&town, &own).await;
    for sql in ["update tenancy.person set name = 'x'", "update tenancy.role_grant set valid_to = null"] {
        assert_eq!(sqlx::query(sql).execute(&mut connection).await.unwrap().rows_affected(), 0, "{sql}");
    }
    // Append only, for the tenant itself too.
    let bureau = principal::bureau_administrator(PersonId::new(), 1, (1, 2_049));
    for sql in [
        "update tenancy.audit set action = 'x'",
        "delete from tenancy.audit",
        "update tenancy.event_log set version = 9",
        "delete from tenancy.event_log",
        "delete from tenancy.person",
        "update tenancy.person set owner_no = 3",
        "update tenancy.homeroom_class set owner_no = 3",
        "update tenancy.role_grant set person_id = gen_random_uuid()",
    ] {
        let refused = sqlx::query(sql).execute(&mut scoped(&town, &bureau).await).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn keepers_do_nothing_for_foreigners() {
    let Content { town, person, .. } = content().await;
    let hash =
        "select coalesce(hashtext(string_agg(a::text, '' order by login)), 0)::int8 from tenancy.account a";
    let before = town.count(hash).await;
    let nothing = [
        "select count(*) from (select tenancy.take_numbers(1, 1, 128)) t (n) where n is not null",
        "select count(*) from (select tenancy.claim_code('3699999999', 2, '2020-01-01')) t (n) where n",
        "select count(*) from tenancy.find_people(array['lina', 'bureau.admin'])",
        "select count(*) from tenancy.name_people((select array_agg(person_id) from (select $1::uuid) t (person_id)))",
        "select count(*) from (select tenancy.reset_hash($1, 'x')) t (n) where n is not null",
        "select count(*) from tenancy.locks('2026-05-18 04:00+00')",
        "select count(*) from tenancy.own_hashes()",
        "select count(*) from (select tenancy.outranks($1, '2026-05-18')) t (n) where n",
        "select count(*) from tenancy.make_accounts(array['stolen'], array[gen_random_uuid()], array[2]) t (n) where n <> 'stolen'",
    ];
    for sql in nothing {
        for who in [foreigner(), Principal::anonymous()] {
            let mut connection = scoped(&town, &who).await;
            let query = sqlx::query_scalar::<_, i64>(sql);
            let query = if sql.contains("$1") { query.bind(person.uuid()) } else { query };
            assert_eq!(query.fetch_one(&mut connection).await.unwrap(), 0, "{sql}");
            sqlx::query("commit").execute(&mut connection).await.unwrap();
        }
    }
    for sql in [
        "select tenancy.give_block(2, 2, 200)",
        "select tenancy.free_codes(2, '{}', '2020-01-01')",
        "select tenancy.set_own_hash('x', null, gen_random_uuid())",
    ] {
        let mut connection = scoped(&town, &foreigner()).await;
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        sqlx::query("commit").execute(&mut connection).await.unwrap();
    }
    assert_eq!(town.count(hash).await, before);
    assert_eq!(town.count("select count(*) from tenancy.number_block").await, 1);
    assert_eq!(town.count("select count(*) from tenancy.live_code where until is null").await, 1);
    assert_eq!(town.count("select count(*) from tenancy.account where login = 'stolen'").await, 0);
    assert!(town.sign_in("bureau.admin", FIRST).await.is_ok());
}

/// What a caller finds of the content, by every way of reading.
async fn seen(c: &Content, who: &Principal) -> [bool; 6] {
    let town = &c.town;
    let organisation = OpenOrganisations { ids: vec![c.school.id], as_of: None };
    let people = town.ask(who, list(all())).await.unwrap().items;
    [
        town.ask(who, organisation).await.unwrap()[0].is_some(),
        town.ask(who, OpenPeople { ids: vec![c.person] }).await.unwrap()[0].is_some(),
        people.iter().any(|person| person.id == c.person),
        town.ask(who, OpenClasses { ids: vec![c.class] }).await.unwrap()[0].is_some(),
        !town.ask(who, GrantsOfPeople { people: vec![c.person] }).await.unwrap()[0].is_empty(),
        !town.ask(who, GrantsOn { organisations: vec![c.school.id] }).await.unwrap()[0].is_empty(),
    ]
}

#[tokio::test]
async fn the_query_and_the_policy_alone_keep_foreigners_out() {
    let c = content().await;
    let mut past_locks = c.town.base.superuser().await;
    for (table, ..) in TABLES {
        let sql = format!(
            "alter table tenancy.{table} no force row level security; alter table tenancy.{table} disable row level security"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut past_locks).await.unwrap();
    }
    for who in [foreigner(), principal::without_hat(PersonId::new())] {
        assert_eq!(seen(&c, &who).await, [false; 6], "{:?}", who.role());
        let changes = [
            c.town.code(&who, assign(c.class, c.person, AssignmentKind::Deputy, day(3, 1))).await,
            c.town.code(&who, give(c.person, Role::SchoolLeader, c.school.id)).await,
            c.town.code(&who, crate::organisations::rename(c.school.id, "x", day(5, 18))).await,
            c.town.code(&who, crate::people::leave(c.person, 1, None)).await,
            c.town.code(&who, crate::town::class(c.school.id, "x")).await,
        ];
        assert_eq!(changes, [vocabulary::Code::NotFound; 5], "{:?}", who.role());
    }
    assert_eq!(seen(&c, &officer()).await, [true; 6]);
    assert_eq!(seen(&c, &c.bureau).await, [true; 6]);
    assert_eq!(c.school.no, OrganisationNo(2));
}
