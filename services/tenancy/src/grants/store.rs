//! All SQL on grants.

use chrono::{DateTime, NaiveDate, Utc};
use platform::database_error;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use uuid::Uuid;
use vocabulary::{Ranges, Result};

/// A grant as the table has it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Row {
    pub(crate) owner_no: i32,
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) person_name: String,
    pub(crate) role: String,
    pub(crate) studio_id: Option<Uuid>,
    pub(crate) studio_name: Option<String>,
    pub(crate) valid_from: NaiveDate,
    pub(crate) valid_to: Option<NaiveDate>,
    pub(crate) revoked_at: Option<DateTime<Utc>>,
    pub(crate) given_by: Option<String>,
}

const SELECT: &str = "select owner_no, id, person_id, person_name, role, studio_id, studio_name, valid_from, valid_to, revoked_at, given_by
    from tenancy.role_grant g
    where (exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where g.owner_no >= r.lo and g.owner_no < r.hi) or g.person_id = (select platform.person()))";

/// Grants of people, newest first.
pub(crate) async fn of_people(
    connection: &mut PgConnection,
    scope: &Ranges,
    people: &[Uuid],
) -> Result<Vec<Row>> {
    let (lo, hi) = scope.ends();
    let sql = format!("{SELECT} and g.person_id = any ($3) order by valid_from desc, id limit 10000");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(lo)
        .bind(hi)
        .bind(people)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// The grants of people on organisations that were not taken back, all of them, for an import: person, number, role, days.
pub(crate) async fn standing(
    connection: &mut PgConnection,
    scope: &Ranges,
    people: &[Uuid],
) -> Result<Vec<(Uuid, i32, String, NaiveDate, Option<NaiveDate>)>> {
    let (lo, hi) = scope.ends();
    let sql = "select person_id, owner_no, role, valid_from, valid_to from tenancy.role_grant g
        where exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where g.owner_no >= r.lo and g.owner_no < r.hi)
          and g.person_id = any ($3) and g.studio_id is null and g.revoked_at is null";
    sqlx::query_as(sql).bind(lo).bind(hi).bind(people).fetch_all(connection).await.map_err(database_error)
}

/// Grants on organisations and their studios, newest first.
pub(crate) async fn on(connection: &mut PgConnection, scope: &Ranges, nos: &[i32]) -> Result<Vec<Row>> {
    let (lo, hi) = scope.ends();
    let sql = format!("{SELECT} and g.owner_no = any ($3) order by valid_from desc, id limit 10000");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(lo)
        .bind(hi)
        .bind(nos)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

pub(crate) async fn open(connection: &mut PgConnection, scope: &Ranges, id: Uuid) -> Result<Option<Row>> {
    let (lo, hi) = scope.ends();
    let sql = format!("{SELECT} and g.id = $3");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(lo)
        .bind(hi)
        .bind(id)
        .fetch_optional(connection)
        .await
        .map_err(database_error)
}

pub(crate) async fn insert_all(connection: &mut PgConnection, rows: &[Row]) -> Result<()> {
    sqlx::query(
        "insert into tenancy.role_grant (owner_no, id, person_id, person_name, role, studio_id, studio_name, valid_from, valid_to, given_by, version)
         select o, i, p, n, r, s, sn, f, t, b, 1 from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::date[], $9::date[], $10::text[])
             a (o, i, p, n, r, s, sn, f, t, b)",
    )
    .bind(rows.iter().map(|g| g.owner_no).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.id).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.person_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.person_name.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.role.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.studio_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.studio_name.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.valid_from).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.valid_to).collect::<Vec<_>>())
    .bind(rows.iter().map(|g| g.given_by.clone()).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// A grant that a membership makes: the newest version of the membership wins.
pub(crate) async fn keep_of_membership(connection: &mut PgConnection, row: &Row, version: i32) -> Result<()> {
    sqlx::query(
        "insert into tenancy.role_grant (owner_no, id, person_id, person_name, role, studio_id, studio_name, valid_from, valid_to, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (owner_no, id) do update set role = excluded.role, studio_name = excluded.studio_name, valid_from = excluded.valid_from,
             valid_to = excluded.valid_to, version = excluded.version where role_grant.version < excluded.version",
    )
    .bind(row.owner_no).bind(row.id).bind(row.person_id).bind(&row.person_name).bind(&row.role).bind(row.studio_id).bind(&row.studio_name)
    .bind(row.valid_from).bind(row.valid_to).bind(version)
    .execute(connection).await.map(drop).map_err(database_error)
}

pub(crate) async fn revoke(
    connection: &mut PgConnection,
    owner_no: i32,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    let sql = "update tenancy.role_grant set revoked_at = $3, version = version + 1 where owner_no = $1 and id = $2 and revoked_at is null";
    sqlx::query(sql)
        .bind(owner_no)
        .bind(id)
        .bind(at)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

/// Roles that a person holds or will hold, wherever.
pub(crate) async fn roles_held(
    connection: &mut PgConnection,
    person: Uuid,
    today: NaiveDate,
) -> Result<Vec<String>> {
    sqlx::query_scalar("select tenancy.roles_held($1, $2)")
        .bind(person)
        .bind(today)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}
