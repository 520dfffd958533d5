//! All SQL on people.

use crate::lists::Listing;
use crate::organisations::store::literal;
use crate::words::spelling;
use chrono::{DateTime, NaiveDate, Utc};
use platform::database_error;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::{Ranges, Result};

/// A person as the table has them.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Row {
    pub(crate) owner_no: i32,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) phone: Option<String>,
    pub(crate) left_on: Option<NaiveDate>,
    pub(crate) last_sign_in: Option<DateTime<Utc>>,
    pub(crate) version: i32,
    pub(crate) locked_until: Option<DateTime<Utc>>,
    pub(crate) sort_key: String,
}

/// Which people a list shows.
pub(crate) struct Which<'a> {
    pub(crate) search: Option<&'a str>,
    pub(crate) home: Option<i32>,
    pub(crate) role: Option<&'static str>,
    pub(crate) locked: Option<bool>,
}

const COLUMNS: &str = "p.owner_no, p.id, p.name, p.login, p.phone, p.left_on, p.last_sign_in, p.version, l.until as locked_until";
const FROM: &str = "from tenancy.person p left join tenancy.locks($3) l on l.login = p.login
    where (exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where p.owner_no >= r.lo and p.owner_no < r.hi) or p.id = (select platform.person()))";
const CONDITION: &str = "
    and ($4::text is null or position($4 in lower(p.name)) > 0 or p.pinyin like $4 || '%' or p.initials like $4 || '%' or p.login like $4 || '%')
    and ($5::int is null or p.owner_no = $5)
    and ($6::text is null or exists (select from tenancy.role_grant g where g.person_id = p.id and g.role = $6 and g.revoked_at is null
        and g.valid_from <= $8 and (g.valid_to is null or g.valid_to >= $8)))
    and ($7::bool is null or (l.until is not null) = $7)";

pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Ranges,
    now: DateTime<Utc>,
    today: NaiveDate,
    which: &Which<'_>,
    listing: &Listing,
) -> Result<(Vec<Row>, i64)> {
    let (lo, hi) = scope.ends();
    let search = which.search.map(literal);
    let count = format!("select count(*) from (select 1 {FROM} {CONDITION} limit 10001) counted");
    let total: i64 = sqlx::query_scalar(AssertSqlSafe(count))
        .bind(&lo)
        .bind(&hi)
        .bind(now)
        .bind(&search)
        .bind(which.home)
        .bind(which.role)
        .bind(which.locked)
        .bind(today)
        .fetch_one(&mut *connection)
        .await
        .map_err(database_error)?;
    let sql = format!(
        "select {COLUMNS}, {} as sort_key {FROM} {CONDITION} and {} {}",
        listing.key(),
        listing.after("p.id", 9),
        listing.order("p.id", 11)
    );
    let rows = sqlx::query_as(AssertSqlSafe(sql))
        .bind(&lo)
        .bind(&hi)
        .bind(now)
        .bind(&search)
        .bind(which.home)
        .bind(which.role)
        .bind(which.locked)
        .bind(today)
        .bind(listing.after.as_ref().map(|c| c.key.clone()))
        .bind(listing.after.as_ref().map(|c| c.id))
        .bind(listing.limit + 1)
        .fetch_all(connection)
        .await
        .map_err(database_error)?;
    Ok((rows, total))
}

pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Ranges,
    now: DateTime<Utc>,
    ids: &[Uuid],
) -> Result<Vec<Row>> {
    let (lo, hi) = scope.ends();
    let sql = format!("select {COLUMNS}, '' as sort_key {FROM} and p.id = any ($4::uuid[])");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(&lo)
        .bind(&hi)
        .bind(now)
        .bind(ids)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// Names of people, as far as the scope reads them.
pub(crate) async fn names(connection: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as("select id, name from tenancy.person where id = any ($1)")
        .bind(ids)
        .fetch_all(connection)
        .await
        .map_err(database_error)?;
    Ok(rows.into_iter().collect())
}

/// Names of people whom the scope reads, or who hold a grant in it.
pub(crate) async fn known(connection: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let sql = "select id, name from tenancy.name_people($1)";
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as(sql).bind(ids).fetch_all(connection).await.map_err(database_error)?;
    Ok(rows.into_iter().collect())
}

/// A person's home, where the scope reads it.
pub(crate) async fn home(connection: &mut PgConnection, id: Uuid) -> Result<Option<i32>> {
    sqlx::query_scalar("select owner_no from tenancy.person where id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await
        .map_err(database_error)
}

/// A person to be added.
#[derive(Clone)]
pub(crate) struct New {
    pub(crate) owner_no: i32,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) phone: Option<String>,
    pub(crate) left_on: Option<NaiveDate>,
}

pub(crate) async fn insert_all(connection: &mut PgConnection, new: &[New]) -> Result<()> {
    let spelled: Vec<(String, String)> = new.iter().map(|person| spelling(&person.name)).collect();
    sqlx::query(
        "insert into tenancy.person (owner_no, id, name, pinyin, initials, login, phone, version)
         select o, i, n, p, s, l, t, 1 from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) a (o, i, n, p, s, l, t)",
    )
    .bind(new.iter().map(|p| p.owner_no).collect::<Vec<_>>())
    .bind(new.iter().map(|p| p.id).collect::<Vec<_>>())
    .bind(new.iter().map(|p| p.name.clone()).collect::<Vec<_>>())
    .bind(spelled.iter().map(|s| s.0.clone()).collect::<Vec<_>>())
    .bind(spelled.iter().map(|s| s.1.clone()).collect::<Vec<_>>())
    .bind(new.iter().map(|p| p.login.clone()).collect::<Vec<_>>())
    .bind(new.iter().map(|p| p.phone.clone()).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Changes name and telephone number of the version that was read; the new version, or `None`.
pub(crate) async fn update(
    connection: &mut PgConnection,
    owner_no: i32,
    id: Uuid,
    version: i32,
    name: &str,
    phone: Option<&str>,
) -> Result<Option<i32>> {
    let (pinyin, initials) = spelling(name);
    sqlx::query_scalar(
        "update tenancy.person set name = $4, pinyin = $5, initials = $6, phone = $7, version = version + 1
         where owner_no = $1 and id = $2 and version = $3 returning version",
    )
    .bind(owner_no)
    .bind(id)
    .bind(version)
    .bind(name)
    .bind(pinyin)
    .bind(initials)
    .bind(phone)
    .fetch_optional(connection)
    .await
    .map_err(database_error)
}

/// Notes the day from which a person no longer works there, on the version that was read; the new version, or `None`.
pub(crate) async fn leave(
    connection: &mut PgConnection,
    owner_no: i32,
    id: Uuid,
    version: i32,
    left_on: Option<NaiveDate>,
) -> Result<Option<i32>> {
    sqlx::query_scalar(
        "update tenancy.person set left_on = $4, version = version + 1
         where owner_no = $1 and id = $2 and version = $3 returning version",
    )
    .bind(owner_no)
    .bind(id)
    .bind(version)
    .bind(left_on)
    .fetch_optional(connection)
    .await
    .map_err(database_error)
}

/// People by account name: login, id, home, name.
pub(crate) async fn by_login(
    connection: &mut PgConnection,
    logins: &[String],
) -> Result<Vec<(String, Uuid, i32, String)>> {
    let sql = "select login, id, no, name from tenancy.find_people($1)";
    sqlx::query_as(sql).bind(logins).fetch_all(connection).await.map_err(database_error)
}
