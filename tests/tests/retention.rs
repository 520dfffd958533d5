//! What the register of personal data says of how long things are kept, where the program itself forgets them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sqlx::PgConnection;
use testkit::TestDatabase;

async fn say(connection: &mut PgConnection, sql: &'static str) {
    sqlx::raw_sql(sql).execute(connection).await.unwrap();
}

async fn ids(connection: &mut PgConnection, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(connection).await.unwrap()
}

#[tokio::test]
async fn files_of_imports_are_forgotten_after_ninety_days_and_keys_after_seven() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    say(
        &mut admin,
        "insert into studios.import (owner_no, id, kind, file_name, file, dry_run, principal, state, error_file, asked_by, asked_at, ended_at)
         select 1, gen_random_uuid(), 'tasks', name, 'rows', false, '{}', state, 'rows', gen_random_uuid(), now() - age, now() - ended
         from (values ('old', interval '91 days', 'faulty', interval '91 days'), ('young', interval '89 days', 'faulty', interval '89 days'),
                      ('waiting', interval '91 days', 'queued', null)) i (name, age, state, ended);
         insert into studios.idempotency (person_id, key, action, body_hash, made_at)
         values (gen_random_uuid(), 'old-key-1', 'x', '', now() - interval '8 days'), (gen_random_uuid(), 'young-key', 'x', '', now() - interval '6 days')",
    )
    .await;
    let mut service = database.role("studios").await;
    say(&mut service, "select studios.sweep(now())").await;
    let kept = "select file_name from studios.import where file <> '' and error_file is not null order by 1";
    assert_eq!(ids(&mut admin, kept).await, ["waiting", "young"]);
    assert_eq!(ids(&mut admin, "select file_name from studios.import order by 1").await.len(), 3);
    assert_eq!(ids(&mut admin, "select key from studios.idempotency").await, ["young-key"]);
}

#[tokio::test]
async fn a_sign_in_forgets_everybodys_sessions_that_are_over() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    say(
        &mut admin,
        "insert into tenancy.session (person_id, id, token_hash, started_at, last_seen_at, device, source)
         select gen_random_uuid(), gen_random_uuid(), sha256(name::bytea), now() - age, now() - idle, name, ''
         from (values ('over', interval '12 hours 1 minute', interval '1 minute'), ('idle', interval '1 hour', interval '31 minutes'),
                      ('alive', interval '11 hours', interval '29 minutes')) s (name, age, idle)",
    )
    .await;
    let mut service = database.role("tenancy").await;
    say(
        &mut service,
        "select tenancy.start_session(gen_random_uuid(), gen_random_uuid(), 'token', now(), 'fresh', '', 'nobody')",
    )
    .await;
    assert_eq!(ids(&mut admin, "select device from tenancy.session order by 1").await, ["alive", "fresh"]);
}
