//! The SQL of studios.

use super::{Charter, Studio};
use crate::scope::{STUDIOS_IN_SCOPE, Scope, all, is_date, within};
use crate::spelling::spell;
use crate::words::Word;
use chrono::{DateTime, NaiveDate, Utc};
use contract::studios::{StudioLevel, StudioMode, StudioSort};
use platform::database_error;
use sqlx::postgres::PgArguments;
use sqlx::query::QueryAs;
use sqlx::{FromRow, PgConnection, Postgres};
use uuid::Uuid;
use vocabulary::{Code, Cursor, Direction, Error, OrganisationNo, PersonId, Result, StudioId};

/// Which studios a list shows, its input checked.
pub(crate) struct Which {
    pub(crate) owners: Option<Vec<i32>>,
    pub(crate) level: Option<StudioLevel>,
    pub(crate) mode: Option<StudioMode>,
    pub(crate) member: Option<PersonId>,
    pub(crate) include_closed: bool,
    pub(crate) search: Option<String>,
}

/// A row of the table.
#[derive(FromRow)]
pub(crate) struct Row {
    owner_no: i32,
    id: Uuid,
    name: String,
    level: String,
    stage: String,
    mode: String,
    leader_type: String,
    founded_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    version: i32,
}

impl Row {
    /// The studio.
    pub(crate) fn studio(self) -> Result<Studio> {
        Ok(Studio {
            owner: OrganisationNo(self.owner_no),
            id: StudioId::from_uuid(self.id),
            charter: Charter {
                level: Word::kept(&self.level)?,
                mode: Word::kept(&self.mode)?,
                leader_type: Word::kept(&self.leader_type)?,
                name: self.name,
                stage: self.stage,
            },
            founded_on: self.founded_on,
            closed_on: self.closed_on,
            version: self.version,
        })
    }
}

#[derive(FromRow)]
struct Detailed {
    #[sqlx(flatten)]
    row: Row,
    last_activity: Option<DateTime<Utc>>,
    lead_name: Option<String>,
    members: i32,
    open_tasks: i32,
    overdue_tasks: i32,
    cursor_key: String,
}

impl Detailed {
    fn shown(self) -> Result<(contract::studios::Studio, String)> {
        let studio = self.row.studio()?;
        let shown = contract::studios::Studio {
            id: studio.id,
            owner_no: studio.owner,
            name: studio.charter.name,
            level: studio.charter.level,
            stage: studio.charter.stage,
            mode: studio.charter.mode,
            leader_type: studio.charter.leader_type,
            lead_name: self.lead_name,
            founded_on: studio.founded_on,
            closed_on: studio.closed_on,
            members: self.members,
            open_tasks: self.open_tasks,
            overdue_tasks: self.overdue_tasks,
            last_activity: self.last_activity,
            version: studio.version,
        };
        Ok((shown, self.cursor_key))
    }
}

/// Studios with their counts and leads: `chosen` selects rows of the table with a `sort_key`.
fn detailed(chosen: &str, way: &str) -> String {
    format!(
        "with {STUDIOS_IN_SCOPE}, chosen as ({chosen}), counted as materialized (
             select c.*, m.members, m.lead_id, t.open_tasks, t.overdue_tasks from chosen c
             cross join lateral (
                 select count(*)::int as members,
                     (array_agg(m.person_id order by m.from_on, m.id) filter (where m.role = 'lead'))[1] as lead_id
                 from studios.membership m where m.owner_no = c.owner_no and m.studio_id = c.id
                     and m.from_on <= $4 and (m.to_on is null or m.to_on >= $4)) m
             cross join lateral (
                 select count(*)::int as open_tasks, (count(*) filter (where t.due_on < $4))::int as overdue_tasks
                 from studios.task t where t.owner_no = c.owner_no and t.studio_id = c.id and t.closed_on is null) t)
         select c.*, n.name as lead_name, c.sort_key::text as cursor_key from counted c
         left join studios.name_people(array(select lead_id from counted)) n on n.id = c.lead_id
         order by c.sort_key {way}, c.id {way}"
    )
}

/// The column that a list is sorted by, and its type.
const fn key(sort: StudioSort) -> (&'static str, &'static str) {
    match sort {
        StudioSort::Name => ("s.pinyin", "text"),
        StudioSort::FoundedOn => ("s.founded_on", "date"),
        StudioSort::LastActivity => {
            ("coalesce((extract(epoch from s.last_activity) * 1000000)::bigint, 0)", "bigint")
        }
        StudioSort::OverdueTasks => (
            "(select count(*) from studios.task t where t.owner_no = s.owner_no and t.studio_id = s.id and t.closed_on is null and t.due_on < $4)",
            "bigint",
        ),
    }
}

/// A cursor's key must be of the sort's type before the database sees it.
fn checked(sort: StudioSort, cursor: &Cursor) -> Result<()> {
    let fits = match sort {
        StudioSort::Name => true,
        StudioSort::FoundedOn => is_date(&cursor.key),
        StudioSort::LastActivity | StudioSort::OverdueTasks => cursor.key.parse::<i64>().is_ok(),
    };
    if fits { Ok(()) } else { Err(Error::new(Code::Cursor).on("after")) }
}

const CHOSEN: &str = "from scope c join studios.studio s on s.owner_no = c.owner_no and s.id = c.studio_id
    where ($5::int[] is null or s.owner_no = any ($5)) and ($6::text is null or s.level = $6)
      and ($7::text is null or s.mode = $7)
      and ($8::uuid is null or exists (select from studios.membership m where m.owner_no = s.owner_no and m.studio_id = s.id
           and m.person_id = $8 and m.from_on <= $4 and (m.to_on is null or m.to_on >= $4)))
      and ($9 or s.closed_on is null)
      and ($10::text is null or strpos(lower(replace(s.name, ' ', '')), $10) > 0 or starts_with(s.pinyin, $10)
           or starts_with(s.initials, $10))";

fn filtered<'q, O>(
    scope: &Scope,
    sql: String,
    today: NaiveDate,
    which: &Which,
) -> QueryAs<'q, Postgres, O, PgArguments>
where
    O: for<'r> FromRow<'r, sqlx::postgres::PgRow>,
{
    scope
        .query(sql, today)
        .bind(which.owners.clone())
        .bind(which.level.map(Word::word))
        .bind(which.mode.map(Word::word))
        .bind(which.member.map(PersonId::uuid))
        .bind(which.include_closed)
        .bind(which.search.clone())
}

/// Studios in an order, at most `limit` of them after a cursor, each with its cursor's key.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    today: NaiveDate,
    which: &Which,
    (sort, direction): (StudioSort, Direction),
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<(contract::studios::Studio, String)>> {
    after.map_or(Ok(()), |cursor| checked(sort, cursor))?;
    let (key, kind) = key(sort);
    let (way, beyond) = match direction {
        Direction::Ascending => ("asc", ">"),
        Direction::Descending => ("desc", "<"),
    };
    let chosen = format!(
        "select s.*, {key} as sort_key {CHOSEN}
         and ($11::text is null or ({key}, s.id) {beyond} ($11::{kind}, $12::uuid)) order by {key} {way}, s.id {way} limit $13"
    );
    let query = filtered::<Detailed>(scope, detailed(&chosen, way), today, which)
        .bind(after.map(|cursor| cursor.key.clone()))
        .bind(after.map(|cursor| cursor.id))
        .bind(limit);
    all(query, connection).await?.into_iter().map(Detailed::shown).collect()
}

/// How many there are, counted to one more than 10,000.
pub(crate) async fn count(
    connection: &mut PgConnection,
    scope: &Scope,
    today: NaiveDate,
    which: &Which,
) -> Result<i64> {
    let sql = format!("with {STUDIOS_IN_SCOPE} select count(*) from (select 1 {CHOSEN} limit 10001) counted");
    let query = filtered::<(i64,)>(scope, sql, today, which);
    query.fetch_one(connection).await.map(|(total,)| total).map_err(database_error)
}

/// Studios by id.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[StudioId],
    today: NaiveDate,
) -> Result<Vec<contract::studios::Studio>> {
    let chosen = "select s.*, s.pinyin as sort_key from scope c
        join studios.studio s on s.owner_no = c.owner_no and s.id = c.studio_id where s.id = any ($5)";
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let query = scope.query::<Detailed>(detailed(chosen, "asc"), today).bind(ids);
    all(query, connection).await?.into_iter().map(|row| Ok(row.shown()?.0)).collect()
}

/// The living studios of organisations by name, at most 100 each.
pub(crate) async fn living(
    connection: &mut PgConnection,
    scope: &Scope,
    owners: &[OrganisationNo],
    today: NaiveDate,
) -> Result<Vec<contract::studios::Studio>> {
    let chosen = "select s.*, s.pinyin as sort_key from (
            select s.owner_no, s.id, row_number() over (partition by s.owner_no order by s.pinyin, s.id) as place
            from scope c join studios.studio s on s.owner_no = c.owner_no and s.id = c.studio_id
            where s.owner_no = any ($5) and s.closed_on is null) l
        join studios.studio s on s.owner_no = l.owner_no and s.id = l.id where l.place <= 100";
    let owners: Vec<i32> = owners.iter().map(|no| no.0).collect();
    let query = scope.query::<Detailed>(detailed(chosen, "asc"), today).bind(owners);
    all(query, connection).await?.into_iter().map(|row| Ok(row.shown()?.0)).collect()
}

/// The columns of a [`Row`].
pub(crate) const COLUMNS: &str =
    "s.owner_no, s.id, s.name, s.level, s.stage, s.mode, s.leader_type, s.founded_on, s.closed_on, s.version";

/// A studio within the scope.
pub(crate) async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    id: StudioId,
) -> Result<Option<Studio>> {
    let condition = within("s", "id");
    let sql = format!("select {COLUMNS} from studios.studio s where s.id = $4 and {condition}");
    let row = scope.bound::<Row>(sql).bind(id.uuid()).fetch_optional(connection).await;
    row.map_err(database_error)?.map(Row::studio).transpose()
}

/// A studio, locked.
pub(crate) async fn lock(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    id: StudioId,
) -> Result<Option<Studio>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from studios.studio s where s.owner_no = $1 and s.id = $2 for update"
    ));
    let row = sqlx::query_as::<_, Row>(sql).bind(owner.0).bind(id.uuid()).fetch_optional(connection).await;
    row.map_err(database_error)?.map(Row::studio).transpose()
}

/// A name that another living studio of the organisation has is a conflict.
fn named(error: sqlx::Error) -> Error {
    match error.as_database_error().and_then(|error| error.constraint()) {
        Some("studio_name_key") => Error::new(Code::StudioNameTaken).on("name"),
        _ => database_error(error),
    }
}

/// Adds a studio.
pub(crate) async fn insert(connection: &mut PgConnection, studio: &Studio) -> Result<()> {
    let (pinyin, initials) = spell(&studio.charter.name);
    sqlx::query(
        "insert into studios.studio (owner_no, id, name, pinyin, initials, level, stage, mode, leader_type, founded_on, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(studio.owner.0)
    .bind(studio.id.uuid())
    .bind(&studio.charter.name)
    .bind(pinyin)
    .bind(initials)
    .bind(studio.charter.level.word())
    .bind(&studio.charter.stage)
    .bind(studio.charter.mode.word())
    .bind(studio.charter.leader_type.word())
    .bind(studio.founded_on)
    .bind(studio.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(named)
}

/// Writes a studio's charter, last day and version.
pub(crate) async fn update(connection: &mut PgConnection, studio: &Studio) -> Result<()> {
    let (pinyin, initials) = spell(&studio.charter.name);
    sqlx::query(
        "update studios.studio set name = $3, pinyin = $4, initials = $5, level = $6, stage = $7, mode = $8,
             leader_type = $9, closed_on = $10, version = $11 where owner_no = $1 and id = $2",
    )
    .bind(studio.owner.0)
    .bind(studio.id.uuid())
    .bind(&studio.charter.name)
    .bind(pinyin)
    .bind(initials)
    .bind(studio.charter.level.word())
    .bind(&studio.charter.stage)
    .bind(studio.charter.mode.word())
    .bind(studio.charter.leader_type.word())
    .bind(studio.closed_on)
    .bind(studio.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(named)
}

/// Notes that something was done in the studio's ledger.
pub(crate) async fn touch(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    id: StudioId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query("update studios.studio set last_activity = $3 where owner_no = $1 and id = $2")
        .bind(owner.0)
        .bind(id.uuid())
        .bind(at)
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}
