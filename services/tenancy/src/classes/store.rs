//! All SQL on homeroom classes and assignments.

use crate::lists::Listing;
use crate::organisations::store::literal;
use crate::words::word;
use chrono::NaiveDate;
use contract::tenancy::AssignmentKind;
use platform::database_error;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use uuid::Uuid;
use vocabulary::{Ranges, Result};

/// A class as the table has it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Row {
    pub(crate) owner_no: i32,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) cohort: i32,
    pub(crate) programme: String,
    pub(crate) headcount: i32,
    pub(crate) opened_on: NaiveDate,
    pub(crate) closed_on: Option<NaiveDate>,
    pub(crate) version: i32,
    pub(crate) sort_key: String,
}

/// An assignment as the table has it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Assigned {
    pub(crate) owner_no: i32,
    pub(crate) id: Uuid,
    pub(crate) class_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) person_name: String,
    pub(crate) kind: String,
    pub(crate) from_on: NaiveDate,
    pub(crate) to_on: Option<NaiveDate>,
    pub(crate) appointment: Option<String>,
    pub(crate) end_reason: Option<String>,
}

/// Which classes a list shows.
pub(crate) struct Which<'a> {
    pub(crate) search: Option<&'a str>,
    pub(crate) school: Option<i32>,
    pub(crate) cohort: Option<i32>,
    pub(crate) vacant: Option<bool>,
    pub(crate) closed: bool,
}

const COLUMNS: &str =
    "c.owner_no, c.id, c.name, c.cohort, c.programme, c.headcount, c.opened_on, c.closed_on, c.version";
const FROM: &str = "from tenancy.homeroom_class c
    where exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where c.owner_no >= r.lo and c.owner_no < r.hi)";
const VACANT: &str = "not exists (select from tenancy.homeroom_assignment a where a.owner_no = c.owner_no and a.class_id = c.id
    and a.kind in ('principal', 'acting') and a.from_on <= $3 and (a.to_on is null or a.to_on >= $3))";

pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Ranges,
    on: NaiveDate,
    which: &Which<'_>,
    listing: &Listing,
) -> Result<(Vec<Row>, i64)> {
    let (lo, hi) = scope.ends();
    let search = which.search.map(literal);
    let condition = format!(
        "and ($4::text is null or position($4 in lower(c.name)) > 0 or position($4 in lower(c.programme)) > 0)
         and ($5::int is null or c.owner_no = $5) and ($6::int is null or c.cohort = $6)
         and ($7::bool is null or $7 = {VACANT}) and ($8 or (c.opened_on <= $3 and (c.closed_on is null or c.closed_on >= $3)))"
    );
    let count = format!("select count(*) from (select 1 {FROM} {condition} limit 10001) counted");
    let total: i64 = sqlx::query_scalar(AssertSqlSafe(count))
        .bind(&lo)
        .bind(&hi)
        .bind(on)
        .bind(&search)
        .bind(which.school)
        .bind(which.cohort)
        .bind(which.vacant)
        .bind(which.closed)
        .fetch_one(&mut *connection)
        .await
        .map_err(database_error)?;
    let sql = format!(
        "select {COLUMNS}, {} as sort_key {FROM} {condition} and {} {}",
        listing.key(),
        listing.after("c.id", 9),
        listing.order("c.id", 11)
    );
    let rows = sqlx::query_as(AssertSqlSafe(sql))
        .bind(&lo)
        .bind(&hi)
        .bind(on)
        .bind(&search)
        .bind(which.school)
        .bind(which.cohort)
        .bind(which.vacant)
        .bind(which.closed)
        .bind(listing.after.as_ref().map(|c| c.key.clone()))
        .bind(listing.after.as_ref().map(|c| c.id))
        .bind(listing.limit + 1)
        .fetch_all(connection)
        .await
        .map_err(database_error)?;
    Ok((rows, total))
}

pub(crate) async fn open(connection: &mut PgConnection, scope: &Ranges, ids: &[Uuid]) -> Result<Vec<Row>> {
    let (lo, hi) = scope.ends();
    let sql = format!("select {COLUMNS}, '' as sort_key {FROM} and c.id = any ($3)");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(lo)
        .bind(hi)
        .bind(ids)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// All classes of schools, for an import: found by school, cohort and name.
pub(crate) async fn of_schools(connection: &mut PgConnection, nos: &[i32]) -> Result<Vec<Row>> {
    let sql =
        format!("select {COLUMNS}, '' as sort_key from tenancy.homeroom_class c where c.owner_no = any ($1)");
    sqlx::query_as(AssertSqlSafe(sql)).bind(nos).fetch_all(connection).await.map_err(database_error)
}

const ASSIGNED: &str = "select owner_no, id, class_id, person_id, person_name, kind, from_on, to_on, appointment, end_reason from tenancy.homeroom_assignment";

/// The assignments of classes, newest first.
pub(crate) async fn assignments(
    connection: &mut PgConnection,
    nos: &[i32],
    classes: &[Uuid],
) -> Result<Vec<Assigned>> {
    let sql =
        format!("{ASSIGNED} where owner_no = any ($1) and class_id = any ($2) order by from_on desc, id");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(nos)
        .bind(classes)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

pub(crate) async fn assignment(connection: &mut PgConnection, id: Uuid) -> Result<Option<Assigned>> {
    let sql = format!("{ASSIGNED} where id = $1");
    sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await.map_err(database_error)
}

pub(crate) async fn insert_all(connection: &mut PgConnection, rows: &[Row]) -> Result<u64> {
    let done = sqlx::query(
        "insert into tenancy.homeroom_class (owner_no, id, name, cohort, programme, headcount, opened_on, version)
         select o, i, n, c, p, h, d, 1 from unnest($1::int[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::int[], $7::date[]) a (o, i, n, c, p, h, d)
         on conflict (owner_no, cohort, name) do nothing",
    )
    .bind(rows.iter().map(|r| r.owner_no).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.id).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.name.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.cohort).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.programme.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.headcount).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.opened_on).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map_err(database_error)?;
    Ok(done.rows_affected())
}

/// A correction of the version that was read; false where it is of another version.
pub(crate) async fn update(connection: &mut PgConnection, row: &Row) -> Result<bool> {
    let sql = "update tenancy.homeroom_class set name = $4, programme = $5, headcount = $6, closed_on = $7, version = version + 1
               where owner_no = $1 and id = $2 and version = $3
                 and not exists (select from tenancy.homeroom_class other where other.owner_no = $1 and other.cohort = $8 and other.name = $4 and other.id <> $2)";
    let done = sqlx::query(sql)
        .bind(row.owner_no)
        .bind(row.id)
        .bind(row.version)
        .bind(&row.name)
        .bind(&row.programme)
        .bind(row.headcount)
        .bind(row.closed_on)
        .bind(row.cohort)
        .execute(connection)
        .await
        .map_err(database_error)?;
    Ok(done.rows_affected() == 1)
}

/// Whether the school has another class of this name in the cohort.
pub(crate) async fn name_taken(connection: &mut PgConnection, row: &Row) -> Result<bool> {
    sqlx::query_scalar("select exists (select from tenancy.homeroom_class where owner_no = $1 and cohort = $2 and name = $3 and id <> $4)")
        .bind(row.owner_no).bind(row.cohort).bind(&row.name).bind(row.id).fetch_one(connection).await.map_err(database_error)
}

/// Counts a change of a class's assignments.
pub(crate) async fn touch(connection: &mut PgConnection, nos: &[i32], classes: &[Uuid]) -> Result<()> {
    let sql =
        "update tenancy.homeroom_class set version = version + 1 where owner_no = any ($1) and id = any ($2)";
    sqlx::query(sql).bind(nos).bind(classes).execute(connection).await.map(drop).map_err(database_error)
}

pub(crate) async fn assign_all(connection: &mut PgConnection, rows: &[Assigned]) -> Result<()> {
    sqlx::query(
        "insert into tenancy.homeroom_assignment (owner_no, id, class_id, person_id, person_name, kind, from_on, to_on, appointment)
         select o, i, c, p, n, k, f, t, a from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[])
             x (o, i, c, p, n, k, f, t, a)",
    )
    .bind(rows.iter().map(|r| r.owner_no).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.id).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.class_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.person_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.person_name.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.kind.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.from_on).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.to_on).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.appointment.clone()).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

pub(crate) async fn end_assignment(
    connection: &mut PgConnection,
    owner_no: i32,
    id: Uuid,
    on: NaiveDate,
    reason: &str,
) -> Result<()> {
    let sql =
        "update tenancy.homeroom_assignment set to_on = $3, end_reason = $4 where owner_no = $1 and id = $2";
    sqlx::query(sql)
        .bind(owner_no)
        .bind(id)
        .bind(on)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

/// The word of a kind of assignment.
pub(crate) fn kind_word(kind: AssignmentKind) -> String {
    word(&kind)
}
