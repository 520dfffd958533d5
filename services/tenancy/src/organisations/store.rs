//! All SQL on organisations.

use crate::lists::Listing;
use crate::words::{spelling, variant, word};
use chrono::NaiveDate;
use contract::tenancy::{BureauLevel, Organisation, OrganisationKind, OrganisationRef};
use platform::{Work, database_error};
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::{Error, OrganisationId, OrganisationNo, Ranges, Result};

#[derive(FromRow)]
struct Row {
    owner_no: i32,
    id: Uuid,
    kind: String,
    level: Option<String>,
    name: String,
    school_code: Option<String>,
    credit_code: Option<String>,
    place_code: Option<String>,
    place_name: Option<String>,
    parent_no: Option<i32>,
    founded_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    merged_into_no: Option<i32>,
    schools: i32,
    password_length: i32,
    version: i32,
}

/// Every organisation in the scope ($2, $3) as it was on the day $1: the last dated row up to the day; before its
/// first day, as it will be founded.
pub(crate) const AS_OF: &str = "
    from tenancy.organisation o
    join lateral (select n.name, n.pinyin, n.initials from tenancy.organisation_name n where n.owner_no = o.owner_no
        order by (n.from_on <= $1) desc, case when n.from_on <= $1 then n.from_on end desc, n.from_on limit 1) n on true
    left join lateral (select a.parent_no from tenancy.organisation_authority a where a.owner_no = o.owner_no
        and (a.from_on <= $1 or a.from_on = o.founded_on) and (a.to_on is null or a.to_on > $1)) a on true
    left join lateral (select p.code from tenancy.organisation_place p where p.owner_no = o.owner_no
        and (p.from_on <= $1 or p.from_on = o.founded_on) and (p.to_on is null or p.to_on > $1)) p on true
    left join lateral (select c.code from tenancy.organisation_code c where c.owner_no = o.owner_no
        and (c.from_on <= $1 or c.from_on = o.founded_on) and (c.to_on is null or c.to_on > $1)) c on true
    left join tenancy.place pl on pl.code = p.code
    where exists (select from unnest($2::int[], $3::int[]) r (lo, hi) where o.owner_no >= r.lo and o.owner_no < r.hi)";

const COLUMNS: &str = "o.owner_no, o.id, o.kind, o.level, n.name, c.code as school_code, o.credit_code, p.code as place_code,
    pl.name as place_name, a.parent_no, o.founded_on, o.closed_on, o.merged_into_no, o.password_length, o.version,
    case when o.kind = 'school' then 0 else (select count(*)::int from tenancy.below(o.owner_no, $1) b
        join tenancy.organisation s on s.owner_no = b and s.kind = 'school' and s.founded_on <= $1 and (s.closed_on is null or s.closed_on > $1)) end as schools";

/// Which organisations a list shows.
pub(crate) struct Which<'a> {
    pub(crate) search: Option<&'a str>,
    pub(crate) kind: Option<OrganisationKind>,
    pub(crate) under: Option<i32>,
    pub(crate) closed: bool,
}

const CONDITION: &str = "
    and ($4::text is null or position($4 in lower(n.name)) > 0 or n.pinyin like $4 || '%' or n.initials like $4 || '%' or c.code like $4 || '%')
    and ($5::text is null or o.kind = $5)
    and ($6::int is null or (o.owner_no <> $6 and o.owner_no in (select tenancy.below($6, $1))))
    and o.founded_on <= $1 and ($7 or o.closed_on is null or o.closed_on > $1)";

/// A search text in which `%` and `_` mean themselves.
pub(crate) fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Ranges,
    on: NaiveDate,
    which: &Which<'_>,
    listing: &Listing,
) -> Result<(Vec<(Organisation, String)>, i64)> {
    let (lo, hi) = scope.ends();
    let (search, kind) = (which.search.map(literal), which.kind.map(|kind| word(&kind)));
    let count = format!("select count(*) from (select 1 {AS_OF} {CONDITION} limit 10001) counted");
    let total: i64 = sqlx::query_scalar(AssertSqlSafe(count))
        .bind(on)
        .bind(&lo)
        .bind(&hi)
        .bind(&search)
        .bind(&kind)
        .bind(which.under)
        .bind(which.closed)
        .fetch_one(&mut *connection)
        .await
        .map_err(database_error)?;
    let sql = format!(
        "select {COLUMNS}, {} as sort_key {AS_OF} {CONDITION} and {} {}",
        listing.key(),
        listing.after("o.id", 8),
        listing.order("o.id", 10)
    );
    let rows: Vec<Keyed> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(on)
        .bind(&lo)
        .bind(&hi)
        .bind(&search)
        .bind(&kind)
        .bind(which.under)
        .bind(which.closed)
        .bind(listing.after.as_ref().map(|c| c.key.clone()))
        .bind(listing.after.as_ref().map(|c| c.id))
        .bind(listing.limit + 1)
        .fetch_all(&mut *connection)
        .await
        .map_err(database_error)?;
    let (rows, keys): (Vec<Row>, Vec<String>) =
        rows.into_iter().map(|keyed| (keyed.row, keyed.sort_key)).unzip();
    Ok((named(connection, rows, on).await?.into_iter().zip(keys).collect(), total))
}

#[derive(FromRow)]
struct Keyed {
    #[sqlx(flatten)]
    row: Row,
    sort_key: String,
}

/// By id or by number, within the scope; closed ones too.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Ranges,
    on: NaiveDate,
    ids: &[Uuid],
    nos: &[i32],
) -> Result<Vec<Organisation>> {
    let (lo, hi) = scope.ends();
    let sql =
        format!("select {COLUMNS} {AS_OF} and (o.id = any ($4::uuid[]) or o.owner_no = any ($5::int[]))");
    let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(on).bind(&lo).bind(&hi).bind(ids).bind(nos);
    let rows = rows.fetch_all(&mut *connection).await.map_err(database_error)?;
    named(connection, rows, on).await
}

/// The living schools at and below an organisation.
pub(crate) async fn schools_under(
    connection: &mut PgConnection,
    scope: &Ranges,
    on: NaiveDate,
    no: i32,
    ended_since: Option<NaiveDate>,
) -> Result<Vec<Organisation>> {
    let (lo, hi) = scope.ends();
    let sql = format!(
        "select {COLUMNS} {AS_OF} and o.kind = 'school' and o.founded_on <= $1
         and (o.closed_on is null or o.closed_on > coalesce(least($1, $5), $1))
         and o.owner_no in (select tenancy.below($4, $1)) order by o.owner_no limit 10000"
    );
    let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(on).bind(&lo).bind(&hi).bind(no);
    let rows = rows.bind(ended_since).fetch_all(&mut *connection).await.map_err(database_error)?;
    named(connection, rows, on).await
}

async fn named(connection: &mut PgConnection, rows: Vec<Row>, on: NaiveDate) -> Result<Vec<Organisation>> {
    let beside: Vec<i32> =
        rows.iter().flat_map(|row| [row.parent_no, row.merged_into_no]).flatten().collect();
    let names = names(connection, &beside, on).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Organisation {
                id: OrganisationId::from_uuid(row.id),
                no: OrganisationNo(row.owner_no),
                kind: variant(&row.kind)?,
                level: row.level.as_deref().map(variant).transpose()?,
                name: row.name,
                school_code: row.school_code,
                credit_code: row.credit_code,
                place_code: row.place_code,
                place_name: row.place_name,
                authority: row.parent_no.and_then(|no| names.get(&no).cloned()),
                founded_on: row.founded_on,
                closed_on: row.closed_on,
                merged_into: row.merged_into_no.and_then(|no| names.get(&no).cloned()),
                schools: row.schools,
                password_length: (row.kind == "bureau").then_some(row.password_length),
                version: row.version,
            })
        })
        .collect()
}

/// Names of organisations that stand beside records which the caller reads.
pub(crate) async fn names(
    connection: &mut PgConnection,
    nos: &[i32],
    on: NaiveDate,
) -> Result<HashMap<i32, OrganisationRef>> {
    let sql = "select no, id, name from tenancy.name_organisations($1, $2)";
    let rows: Vec<(i32, Uuid, String)> =
        sqlx::query_as(sql).bind(nos).bind(on).fetch_all(connection).await.map_err(database_error)?;
    let named = |(no, id, name)| {
        (no, OrganisationRef { id: OrganisationId::from_uuid(id), no: OrganisationNo(no), name })
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The chain of authorities above an organisation on a day, itself first.
pub(crate) async fn above(connection: &mut PgConnection, no: i32, on: NaiveDate) -> Result<Vec<i32>> {
    sqlx::query_scalar("select tenancy.above($1, $2)")
        .bind(no)
        .bind(on)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// What is at and below an organisation on a day.
pub(crate) async fn below(connection: &mut PgConnection, no: i32, on: NaiveDate) -> Result<Vec<i32>> {
    sqlx::query_scalar("select tenancy.below($1, $2)")
        .bind(no)
        .bind(on)
        .fetch_all(connection)
        .await
        .map_err(database_error)
}

/// What the line of authority of an organisation covers on a day.
pub(crate) async fn covered(connection: &mut PgConnection, no: i32, on: NaiveDate) -> Result<Ranges> {
    let text: String = sqlx::query_scalar("select tenancy.covered($1, $2)::text")
        .bind(no)
        .bind(on)
        .fetch_one(connection)
        .await
        .map_err(database_error)?;
    text.parse().map_err(Error::internal)
}

/// A change of an organisation as the history tells it: from which day, what, before, after.
pub(crate) async fn history(
    connection: &mut PgConnection,
    no: i32,
) -> Result<Vec<(NaiveDate, String, Option<String>, Option<String>)>> {
    let sql = "
        select * from (
            select n.from_on, case when lag(n.name) over w is null then 'founded' else 'renamed' end, lag(n.name) over w, n.name
                from tenancy.organisation_name n where n.owner_no = $1 window w as (order by n.from_on)
            union all
            select c.from_on, 'code_changed', lag(c.code) over w, c.code from tenancy.organisation_code c where c.owner_no = $1 window w as (order by c.from_on)
            union all
            select p.from_on, 'placed', lag(p.code) over w, p.code from tenancy.organisation_place p where p.owner_no = $1 window w as (order by p.from_on)
            union all
            select a.from_on, 'moved', lag(x.name) over w, x.name from tenancy.organisation_authority a
                cross join lateral tenancy.name_organisations(array[a.parent_no], a.from_on) x where a.owner_no = $1 window w as (order by a.from_on)
            union all
            select o.closed_on, case when o.merged_into_no is null then 'closed' else 'merged' end, null,
                (select x.name from tenancy.name_organisations(array[o.merged_into_no], o.closed_on) x)
                from tenancy.organisation o where o.owner_no = $1 and o.closed_on is not null
        ) h (on_day, what, before, after) order by on_day desc, what";
    sqlx::query_as(sql).bind(no).fetch_all(connection).await.map_err(database_error)
}

/// Grants that stood on organisations on a day: person, name, role, number.
pub(crate) async fn grants_standing_on(
    connection: &mut PgConnection,
    nos: &[i32],
    on: NaiveDate,
) -> Result<Vec<(Uuid, String, String, i32)>> {
    let sql = "select person_id, person_name, role, no from tenancy.grants_standing_on($1, $2) order by no, role, person_name limit 500";
    sqlx::query_as(sql).bind(nos).bind(on).fetch_all(connection).await.map_err(database_error)
}

/// An organisation to be founded.
pub(crate) struct New<'a> {
    pub(crate) no: i32,
    pub(crate) id: Uuid,
    pub(crate) kind: OrganisationKind,
    pub(crate) level: Option<BureauLevel>,
    pub(crate) name: &'a str,
    pub(crate) parent: Option<i32>,
    pub(crate) place_code: Option<&'a str>,
    pub(crate) school_code: Option<&'a str>,
    pub(crate) credit_code: Option<&'a str>,
    pub(crate) founded_on: NaiveDate,
}

pub(crate) async fn insert(connection: &mut PgConnection, new: &New<'_>) -> Result<()> {
    let (pinyin, initials) = spelling(new.name);
    sqlx::query("insert into tenancy.organisation (owner_no, id, kind, level, credit_code, founded_on, password_length, version) values ($1, $2, $3, $4, $5, $6, 12, 1)")
        .bind(new.no).bind(new.id).bind(word(&new.kind)).bind(new.level.map(|level| word(&level))).bind(new.credit_code).bind(new.founded_on)
        .execute(&mut *connection).await.map_err(database_error)?;
    sqlx::query("insert into tenancy.organisation_name (owner_no, from_on, name, pinyin, initials) values ($1, $2, $3, $4, $5)")
        .bind(new.no).bind(new.founded_on).bind(new.name).bind(pinyin).bind(initials)
        .execute(&mut *connection).await.map_err(database_error)?;
    if let Some(parent) = new.parent {
        start(connection, Dated::Authority(parent), new.no, new.founded_on).await?;
    }
    if let Some(code) = new.place_code {
        start(connection, Dated::Place(code), new.no, new.founded_on).await?;
    }
    if let Some(code) = new.school_code {
        start(connection, Dated::Code(code), new.no, new.founded_on).await?;
    }
    Ok(())
}

/// One of the dated facts of an organisation.
pub(crate) enum Dated<'a> {
    Name(&'a str),
    Authority(i32),
    Place(&'a str),
    Code(&'a str),
}

impl Dated<'_> {
    const fn table(&self) -> &'static str {
        match self {
            Dated::Name(_) => "organisation_name",
            Dated::Authority(_) => "organisation_authority",
            Dated::Place(_) => "organisation_place",
            Dated::Code(_) => "organisation_code",
        }
    }
}

async fn start(connection: &mut PgConnection, fact: Dated<'_>, no: i32, on: NaiveDate) -> Result<()> {
    let query = match fact {
        Dated::Name(name) => {
            let (pinyin, initials) = spelling(name);
            sqlx::query("insert into tenancy.organisation_name (owner_no, from_on, name, pinyin, initials) values ($1, $2, $3, $4, $5)
                         on conflict (owner_no, from_on) do update set to_on = null, name = excluded.name, pinyin = excluded.pinyin, initials = excluded.initials")
                .bind(no).bind(on).bind(name.to_owned()).bind(pinyin).bind(initials)
        }
        Dated::Authority(parent) => sqlx::query("insert into tenancy.organisation_authority (owner_no, from_on, parent_no) values ($1, $2, $3)
                         on conflict (owner_no, from_on) do update set to_on = null, parent_no = excluded.parent_no").bind(no).bind(on).bind(parent),
        Dated::Place(code) => sqlx::query("insert into tenancy.organisation_place (owner_no, from_on, code) values ($1, $2, $3)
                         on conflict (owner_no, from_on) do update set to_on = null, code = excluded.code").bind(no).bind(on).bind(code.to_owned()),
        Dated::Code(code) => sqlx::query("insert into tenancy.organisation_code (owner_no, from_on, code) values ($1, $2, $3)
                         on conflict (owner_no, from_on) do update set to_on = null, code = excluded.code").bind(no).bind(on).bind(code.to_owned()),
    };
    query.execute(connection).await.map(drop).map_err(database_error)
}

/// Ends the running interval of a fact on a day and starts the next; on the day it began itself, it is corrected.
pub(crate) async fn change(
    connection: &mut PgConnection,
    fact: Dated<'_>,
    no: i32,
    on: NaiveDate,
) -> Result<()> {
    let sql = format!(
        "update tenancy.{} set to_on = $2 where owner_no = $1 and to_on is null and from_on < $2",
        fact.table()
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(no)
        .bind(on)
        .execute(&mut *connection)
        .await
        .map_err(database_error)?;
    start(connection, fact, no, on).await
}

/// The day of the last change of a fact.
pub(crate) async fn last_change(
    connection: &mut PgConnection,
    fact: &Dated<'_>,
    no: i32,
) -> Result<Option<NaiveDate>> {
    let sql = format!("select max(from_on) from tenancy.{} where owner_no = $1", fact.table());
    sqlx::query_scalar(AssertSqlSafe(sql)).bind(no).fetch_one(connection).await.map_err(database_error)
}

/// The day of the last change of any fact, planned ones included.
pub(crate) async fn last_of_all(connection: &mut PgConnection, no: i32) -> Result<Option<NaiveDate>> {
    let sql = "select max(from_on) from (
        select from_on from tenancy.organisation_name where owner_no = $1
        union all select from_on from tenancy.organisation_authority where owner_no = $1
        union all select from_on from tenancy.organisation_place where owner_no = $1
        union all select from_on from tenancy.organisation_code where owner_no = $1) facts";
    sqlx::query_scalar(sql).bind(no).fetch_one(connection).await.map_err(database_error)
}

/// What is changed by one after the other: two at once would each see it without the other's change.
#[derive(Clone, Copy)]
pub(crate) enum Queue {
    /// The tree, and the numbers that `take_numbers` gives under the same lock.
    Tree = 4711,
    /// Imports of people.
    People = 4712,
    /// Imports of classes.
    Classes = 4714,
}

/// Waits until nobody else is changing it.
pub(crate) async fn queue(connection: &mut PgConnection, queue: Queue) -> Result<()> {
    sqlx::query("select pg_catalog.pg_advisory_xact_lock($1)")
        .bind(queue as i64)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

/// Sets the shortest password of a bureau's line of authority.
pub(crate) async fn set_password_length(connection: &mut PgConnection, no: i32, length: i32) -> Result<()> {
    let sql = "update tenancy.organisation set password_length = $2 where owner_no = $1";
    sqlx::query(sql).bind(no).bind(length).execute(connection).await.map(drop).map_err(database_error)
}

/// Counts a change; gives the new version, or `None` where it is not there.
pub(crate) async fn touch(connection: &mut PgConnection, no: i32) -> Result<Option<i32>> {
    let sql = "update tenancy.organisation set version = version + 1 where owner_no = $1 returning version";
    sqlx::query_scalar(sql).bind(no).fetch_optional(connection).await.map_err(database_error)
}

/// Ends its life on a day.
pub(crate) async fn end(
    connection: &mut PgConnection,
    no: i32,
    on: NaiveDate,
    into: Option<i32>,
) -> Result<()> {
    let sql = "update tenancy.organisation set closed_on = $2, merged_into_no = $3 where owner_no = $1";
    sqlx::query(sql).bind(no).bind(on).bind(into).execute(connection).await.map(drop).map_err(database_error)
}

/// Takes numbers from a bureau's blocks; `None` where they are full.
pub(crate) async fn take_numbers(
    work: &mut Work,
    bureau: i32,
    size: i32,
    overflow: i32,
) -> Result<Option<i32>> {
    let sql = "select tenancy.take_numbers($1, $2, $3)";
    sqlx::query_scalar(sql)
        .bind(bureau)
        .bind(size)
        .bind(overflow)
        .fetch_one(&mut **work)
        .await
        .map_err(database_error)
}

/// Gives a new bureau the block it was founded in.
pub(crate) async fn give_block(connection: &mut PgConnection, no: i32, size: i32) -> Result<()> {
    sqlx::query("select tenancy.give_block($1, $1, $2)")
        .bind(no)
        .bind(no + size)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

/// Claims a code for an organisation from a day on; false where another one has it then.
pub(crate) async fn claim_code(
    connection: &mut PgConnection,
    code: &str,
    no: i32,
    from: NaiveDate,
) -> Result<bool> {
    sqlx::query_scalar("select tenancy.claim_code($1, $2, $3)")
        .bind(code)
        .bind(no)
        .bind(from)
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// Gives an organisation's codes free from a day on, but for those that stay.
pub(crate) async fn free_codes(
    connection: &mut PgConnection,
    no: i32,
    kept: &[String],
    from: NaiveDate,
) -> Result<()> {
    sqlx::query("select tenancy.free_codes($1, $2, $3)")
        .bind(no)
        .bind(kept)
        .bind(from)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}

/// Names of places.
pub(crate) async fn places(connection: &mut PgConnection) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = sqlx::query_as("select code, name from tenancy.place")
        .fetch_all(connection)
        .await
        .map_err(database_error)?;
    Ok(rows.into_iter().collect())
}
