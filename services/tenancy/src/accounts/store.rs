//! All SQL on accounts and sessions. An account belongs to no tenant before somebody has signed in: keepers reach it.

use chrono::{DateTime, NaiveDate, Utc};
use platform::database_error;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use vocabulary::Result;

/// What a sign-in needs of an account.
#[derive(FromRow)]
pub(crate) struct Account {
    pub(crate) person_id: Uuid,
    pub(crate) hash: Option<String>,
}

pub(crate) async fn account(
    connection: &mut PgConnection,
    login: &str,
    today: NaiveDate,
) -> Result<Option<Account>> {
    let sql = "select person_id, hash from tenancy.account_of($1, $2)";
    sqlx::query_as(sql).bind(login).bind(today).fetch_optional(connection).await.map_err(database_error)
}

/// Whether an account is locked for a source.
pub(crate) async fn locked(
    connection: &mut PgConnection,
    login: &str,
    source: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "select tenancy.locked_until($1, $2, $3) is not null";
    sqlx::query_scalar(sql)
        .bind(login)
        .bind(source)
        .bind(now)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Notes a failure; false where the lock has fallen meanwhile.
pub(crate) async fn note_failure(
    connection: &mut PgConnection,
    login: &str,
    source: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "select tenancy.note_failure($1, $2, $3)";
    sqlx::query_scalar(sql)
        .bind(login)
        .bind(source)
        .bind(now)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Waits until no other attempt on the account from this source is being judged.
pub(crate) async fn queue_attempt(connection: &mut PgConnection, login: &str, source: &str) -> Result<()> {
    let sql = "select tenancy.queue_attempt($1, $2)";
    sqlx::query(sql).bind(login).bind(source).execute(connection).await.map(drop).map_err(database_error)
}

/// A session to be started.
pub(crate) struct Start<'a> {
    pub(crate) person: Uuid,
    pub(crate) session: Uuid,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) device: &'a str,
    pub(crate) source: &'a str,
    pub(crate) login: &'a str,
}

/// Begins a session; false where the lock has fallen meanwhile.
pub(crate) async fn start_session(connection: &mut PgConnection, start: Start<'_>) -> Result<bool> {
    sqlx::query_scalar("select tenancy.start_session($1, $2, $3, $4, $5, $6, $7)")
        .bind(start.person)
        .bind(start.session)
        .bind(start.token_hash)
        .bind(start.now)
        .bind(start.device)
        .bind(start.source)
        .bind(start.login)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Who is behind a token.
#[derive(FromRow)]
pub(crate) struct Resumed {
    pub(crate) session_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) must_change: bool,
    pub(crate) grants: serde_json::Value,
}

pub(crate) async fn resume(
    connection: &mut PgConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
    today: NaiveDate,
    look: bool,
) -> Result<Option<Resumed>> {
    let sql =
        "select session_id, person_id, name, login, must_change, grants from tenancy.resume($1, $2, $3, $4)";
    sqlx::query_as(sql)
        .bind(token_hash)
        .bind(now)
        .bind(today)
        .bind(look)
        .fetch_optional(connection)
        .await
        .map_err(database_error)
}

/// A session of one's own.
#[derive(FromRow)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) started_at: DateTime<Utc>,
    pub(crate) last_seen_at: DateTime<Utc>,
    pub(crate) device: String,
    pub(crate) source: String,
}

pub(crate) async fn sessions(
    connection: &mut PgConnection,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Session>> {
    let sql = "select id, started_at, last_seen_at, device, source from tenancy.session where person_id = $1
               and started_at > $2 - interval '12 hours' and last_seen_at > $2 - interval '30 minutes' order by last_seen_at desc limit 100";
    sqlx::query_as(sql).bind(person).bind(now).fetch_all(connection).await.map_err(database_error)
}

pub(crate) async fn end_session(connection: &mut PgConnection, person: Uuid, session: Uuid) -> Result<bool> {
    let ended = sqlx::query("delete from tenancy.session where person_id = $1 and id = $2")
        .bind(person)
        .bind(session)
        .execute(connection)
        .await;
    Ok(ended.map_err(database_error)?.rows_affected() == 1)
}

/// The caller's own hashes, home and account name.
#[derive(FromRow)]
pub(crate) struct Own {
    pub(crate) hash: Option<String>,
    pub(crate) old_hashes: Vec<String>,
    pub(crate) person_no: i32,
    pub(crate) login: String,
}

pub(crate) async fn own(connection: &mut PgConnection) -> Result<Option<Own>> {
    let sql = "select hash, old_hashes, person_no, login from tenancy.own_hashes()";
    sqlx::query_as(sql).fetch_optional(connection).await.map_err(database_error)
}

pub(crate) async fn password_length(connection: &mut PgConnection, no: i32, today: NaiveDate) -> Result<i32> {
    sqlx::query_scalar("select tenancy.password_length($1, $2)")
        .bind(no)
        .bind(today)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Sets the caller's own hash, where `present` is it still; the other sessions end.
pub(crate) async fn set_own_hash(
    connection: &mut PgConnection,
    hash: &str,
    present: Option<&str>,
    session: Uuid,
) -> Result<bool> {
    sqlx::query_scalar("select tenancy.set_own_hash($1, $2, $3)")
        .bind(hash)
        .bind(present)
        .bind(session)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// The network address from which one of the caller's own sessions was begun.
pub(crate) async fn source(connection: &mut PgConnection, session: Uuid) -> Result<Option<String>> {
    sqlx::query_scalar(
        "select source from tenancy.session where person_id = (select platform.person()) and id = $1",
    )
    .bind(session)
    .fetch_optional(connection)
    .await
    .map_err(database_error)
}

/// Gives a one-time password; the account name, or `None` where the caller does not write the person's home.
pub(crate) async fn reset_hash(
    connection: &mut PgConnection,
    person: Uuid,
    hash: &str,
) -> Result<Option<String>> {
    sqlx::query_scalar("select tenancy.reset_hash($1, $2)")
        .bind(person)
        .bind(hash)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Makes accounts; gives the account names that somebody else has.
pub(crate) async fn make_accounts(
    connection: &mut PgConnection,
    logins: &[String],
    people: &[Uuid],
    nos: &[i32],
) -> Result<Vec<String>> {
    let sql = "select tenancy.make_accounts($1, $2, $3)";
    sqlx::query_scalar(sql)
        .bind(logins)
        .bind(people)
        .bind(nos)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// Whether the caller writes everywhere that a person holds a grant.
pub(crate) async fn outranks(connection: &mut PgConnection, person: Uuid, today: NaiveDate) -> Result<bool> {
    let sql = "select tenancy.outranks($1, $2)";
    sqlx::query_scalar(sql).bind(person).bind(today).fetch_one(connection).await.map_err(database_error)
}
