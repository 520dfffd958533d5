//! The SQL of sessions and their attendance.

use super::{Line, Session, Wording};
use crate::scope::{STUDIOS_IN_SCOPE, Scope, all, within};
use crate::spelling::spell;
use crate::words::Word;
use chrono::{DateTime, Utc};
use contract::studios::{Attendance, SessionSort, SessionState, StudioFunction};
use platform::database_error;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::QueryAs;
use sqlx::{FromRow, PgConnection, Postgres};
use uuid::Uuid;
use vocabulary::{
    Code, Cursor, Direction, Error, OrganisationNo, PersonId, Result, StudioId, StudioSessionId,
};

/// Which sessions a list shows, its input checked.
pub(crate) struct Which {
    pub(crate) search: Option<String>,
    pub(crate) studio: Option<StudioId>,
    pub(crate) owners: Option<Vec<i32>>,
    pub(crate) state: Option<SessionState>,
    pub(crate) function: Option<StudioFunction>,
    /// The beginning of the first day.
    pub(crate) from: Option<DateTime<Utc>>,
    /// The end of the last day.
    pub(crate) until: Option<DateTime<Utc>>,
}

/// A row of the table.
#[derive(FromRow)]
pub(crate) struct Row {
    owner_no: i32,
    id: Uuid,
    studio_id: Uuid,
    title: String,
    starts_at: DateTime<Utc>,
    minutes: Option<i32>,
    place: Option<String>,
    functions: Vec<String>,
    activities: Vec<String>,
    joint: bool,
    state: String,
    summary: Option<String>,
    cancel_reason: Option<String>,
    version: i32,
}

impl Row {
    /// The session.
    pub(crate) fn session(self) -> Result<Session> {
        Ok(Session {
            owner: OrganisationNo(self.owner_no),
            id: StudioSessionId::from_uuid(self.id),
            studio: StudioId::from_uuid(self.studio_id),
            wording: Wording {
                title: self.title,
                starts_at: self.starts_at,
                minutes: self.minutes,
                place: self.place,
                functions: kept(&self.functions)?,
                activities: kept(&self.activities)?,
                joint: self.joint,
            },
            state: SessionState::kept(&self.state)?,
            summary: self.summary,
            cancel_reason: self.cancel_reason,
            version: self.version,
        })
    }
}

fn kept<T: Word>(words: &[String]) -> Result<Vec<T>> {
    words.iter().map(|word| T::kept(word)).collect()
}

/// The words of terms.
pub(crate) fn words<T: Word>(terms: &[T]) -> Vec<&'static str> {
    terms.iter().map(|term| term.word()).collect()
}

/// The columns of a [`Row`].
pub(crate) const COLUMNS: &str = "s.owner_no, s.id, s.studio_id, s.title, s.starts_at, s.minutes, s.place, s.functions, s.activities, s.joint, s.state, s.summary, s.cancel_reason, s.version";

#[derive(FromRow)]
struct Counted {
    #[sqlx(flatten)]
    row: Row,
    studio_name: String,
    expected: i32,
    present: i32,
    others: i32,
    cursor_key: String,
}

/// A session as its readers see it, with what a list and an export add.
pub(crate) struct Listed {
    pub(crate) session: contract::studios::Session,
    /// The studio's name.
    pub(crate) studio_name: String,
    /// What the list is sorted by.
    pub(crate) cursor_key: String,
}

impl Counted {
    fn listed(self) -> Result<Listed> {
        let session = self.row.session()?;
        let shown = contract::studios::Session {
            id: session.id,
            studio: session.studio,
            owner_no: session.owner,
            title: session.wording.title,
            starts_at: session.wording.starts_at,
            minutes: session.wording.minutes,
            place: session.wording.place,
            functions: session.wording.functions,
            activities: session.wording.activities,
            joint: session.wording.joint,
            state: session.state,
            summary: session.summary,
            cancel_reason: session.cancel_reason,
            expected: self.expected,
            present: self.present,
            others: self.others,
            version: session.version,
        };
        Ok(Listed { session: shown, studio_name: self.studio_name, cursor_key: self.cursor_key })
    }
}

/// Sessions with their counts: `chosen` is a common table expression of that name with a `sort_key`.
fn counted(chosen: &str, way: &str) -> String {
    format!(
        "with {chosen} select s.*, t.name as studio_name, a.expected, a.present, a.others, s.sort_key::text as cursor_key from chosen s
         join studios.studio t on t.owner_no = s.owner_no and t.id = s.studio_id
         cross join lateral (select (count(*) filter (where a.expected))::int as expected,
                 (count(*) filter (where a.expected and a.present))::int as present,
                 (count(*) filter (where not a.expected and a.present))::int as others
             from studios.attendance a where a.owner_no = s.owner_no and a.session_id = s.id) a
         order by s.sort_key {way}, s.id {way}"
    )
}

const STARTS_AT: &str = "(extract(epoch from s.starts_at) * 1000000)::bigint";

/// The column that a list is sorted by, and its type.
const fn key(sort: SessionSort) -> (&'static str, &'static str) {
    match sort {
        SessionSort::StartsAt => (STARTS_AT, "bigint"),
        SessionSort::Title => ("s.pinyin", "text"),
    }
}

const CHOSEN: &str =
    "from scope c join studios.session s on s.owner_no = c.owner_no and s.studio_id = c.studio_id
    where ($4::text is null or strpos(lower(replace(s.title, ' ', '')), $4) > 0 or strpos(s.pinyin, $4) > 0
        or strpos(s.initials, $4) > 0)
      and ($5::uuid is null or s.studio_id = $5) and ($6::int[] is null or s.owner_no = any ($6))
      and ($7::text is null or s.state = $7) and ($8::text is null or $8 = any (s.functions))
      and ($9::timestamptz is null or s.starts_at >= $9) and ($10::timestamptz is null or s.starts_at < $10)";

fn filtered<'q, O>(scope: &Scope, sql: String, which: &Which) -> QueryAs<'q, Postgres, O, PgArguments>
where
    O: for<'r> FromRow<'r, PgRow>,
{
    scope
        .bound(sql)
        .bind(which.search.clone())
        .bind(which.studio.map(StudioId::uuid))
        .bind(which.owners.clone())
        .bind(which.state.map(Word::word))
        .bind(which.function.map(Word::word))
        .bind(which.from)
        .bind(which.until)
}

/// Sessions in an order, at most `limit` of them after a cursor.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    which: &Which,
    (sort, direction): (SessionSort, Direction),
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Listed>> {
    if after.is_some_and(|cursor| sort == SessionSort::StartsAt && cursor.key.parse::<i64>().is_err()) {
        return Err(Error::new(Code::Cursor).on("after"));
    }
    let (key, kind) = key(sort);
    let (way, beyond) = match direction {
        Direction::Ascending => ("asc", ">"),
        Direction::Descending => ("desc", "<"),
    };
    let chosen = format!(
        "{STUDIOS_IN_SCOPE}, chosen as materialized (select {COLUMNS}, {key} as sort_key {CHOSEN}
         and ($11::text is null or ({key}, s.id) {beyond} ($11::{kind}, $12::uuid)) order by {key} {way}, s.id {way} limit $13)"
    );
    let query = filtered::<Counted>(scope, counted(&chosen, way), which)
        .bind(after.map(|cursor| cursor.key.clone()))
        .bind(after.map(|cursor| cursor.id))
        .bind(limit);
    all(query, connection).await?.into_iter().map(Counted::listed).collect()
}

/// How many there are, counted to one more than 10,000.
pub(crate) async fn count(connection: &mut PgConnection, scope: &Scope, which: &Which) -> Result<i64> {
    let sql = format!("with {STUDIOS_IN_SCOPE} select count(*) from (select 1 {CHOSEN} limit 10001) counted");
    let query = filtered::<(i64,)>(scope, sql, which);
    query.fetch_one(connection).await.map(|(total,)| total).map_err(database_error)
}

fn uuids(ids: &[StudioSessionId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.uuid()).collect()
}

/// Sessions by id.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[StudioSessionId],
) -> Result<Vec<contract::studios::Session>> {
    let condition = within("s", "studio_id");
    let chosen = format!(
        "chosen as materialized (select {COLUMNS}, {STARTS_AT} as sort_key from studios.session s where s.id = any ($4) and {condition})"
    );
    let rows = all(scope.bound::<Counted>(counted(&chosen, "asc")).bind(uuids(ids)), connection).await?;
    rows.into_iter().map(|row| row.listed().map(|listed| listed.session)).collect()
}

/// A session within the scope.
pub(crate) async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    id: StudioSessionId,
) -> Result<Option<Session>> {
    let condition = within("s", "studio_id");
    let sql = format!("select {COLUMNS} from studios.session s where s.id = $4 and {condition}");
    let row = scope.bound::<Row>(sql).bind(id.uuid()).fetch_optional(connection).await;
    row.map_err(database_error)?.map(Row::session).transpose()
}

/// Adds a session.
pub(crate) async fn insert(connection: &mut PgConnection, session: &Session) -> Result<()> {
    let (pinyin, initials) = spell(&session.wording.title);
    sqlx::query(
        "insert into studios.session (owner_no, id, studio_id, title, pinyin, initials, starts_at, minutes, place, functions,
             activities, joint, state, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(session.owner.0)
    .bind(session.id.uuid())
    .bind(session.studio.uuid())
    .bind(&session.wording.title)
    .bind(pinyin)
    .bind(initials)
    .bind(session.wording.starts_at)
    .bind(session.wording.minutes)
    .bind(&session.wording.place)
    .bind(words(&session.wording.functions))
    .bind(words(&session.wording.activities))
    .bind(session.wording.joint)
    .bind(session.state.word())
    .bind(session.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Writes a session: what was said of it, how it stands, and its version.
pub(crate) async fn update(connection: &mut PgConnection, session: &Session) -> Result<()> {
    let (pinyin, initials) = spell(&session.wording.title);
    sqlx::query(
        "update studios.session set title = $3, pinyin = $4, initials = $5, starts_at = $6, minutes = $7, place = $8,
             functions = $9, activities = $10, joint = $11, state = $12, summary = $13, cancel_reason = $14, version = $15
         where owner_no = $1 and id = $2",
    )
    .bind(session.owner.0)
    .bind(session.id.uuid())
    .bind(&session.wording.title)
    .bind(pinyin)
    .bind(initials)
    .bind(session.wording.starts_at)
    .bind(session.wording.minutes)
    .bind(&session.wording.place)
    .bind(words(&session.wording.functions))
    .bind(words(&session.wording.activities))
    .bind(session.wording.joint)
    .bind(session.state.word())
    .bind(&session.summary)
    .bind(&session.cancel_reason)
    .bind(session.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// The attendance of a session, by person.
pub(crate) async fn lines(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    session: StudioSessionId,
) -> Result<Vec<Line>> {
    let rows: Vec<(Uuid, i32, bool, bool)> = sqlx::query_as(
        "select person_id, home_no, expected, present from studios.attendance where owner_no = $1 and session_id = $2
         order by person_id",
    )
    .bind(owner.0)
    .bind(session.uuid())
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(line).collect())
}

/// A line from its columns.
pub(crate) fn line((person, home, expected, present): (Uuid, i32, bool, bool)) -> Line {
    Line { person: PersonId::from_uuid(person), home: OrganisationNo(home), expected, present }
}

/// Writes an attendance in the place of what was there.
pub(crate) async fn put_attendance(
    connection: &mut PgConnection,
    session: &Session,
    attendance: &[Line],
) -> Result<()> {
    sqlx::query("delete from studios.attendance where owner_no = $1 and session_id = $2")
        .bind(session.owner.0)
        .bind(session.id.uuid())
        .execute(&mut *connection)
        .await
        .map_err(database_error)?;
    sqlx::query(
        "insert into studios.attendance (owner_no, session_id, studio_id, person_id, home_no, expected, present)
         select $1, $2, $3, n.* from unnest($4::uuid[], $5::int[], $6::boolean[], $7::boolean[]) n",
    )
    .bind(session.owner.0)
    .bind(session.id.uuid())
    .bind(session.studio.uuid())
    .bind(attendance.iter().map(|one| one.person.uuid()).collect::<Vec<_>>())
    .bind(attendance.iter().map(|one| one.home.0).collect::<Vec<_>>())
    .bind(attendance.iter().map(|one| one.expected).collect::<Vec<_>>())
    .bind(attendance.iter().map(|one| one.present).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

#[derive(FromRow)]
struct AttendanceRow {
    owner_no: i32,
    session_id: Uuid,
    person_id: Uuid,
    home_no: i32,
    expected: bool,
    present: bool,
    person_name: Option<String>,
    home_name: Option<String>,
}

/// The attendance of sessions: those of the studio's own organisation first, then guests, by name; at most 500 each.
pub(crate) async fn attendance(
    connection: &mut PgConnection,
    scope: &Scope,
    sessions: &[StudioSessionId],
) -> Result<Vec<Attendance>> {
    let condition = within("a", "studio_id");
    let sql = format!(
        "with chosen as materialized (select a.owner_no, a.session_id, a.person_id, a.home_no, a.expected, a.present
             from studios.attendance a where a.session_id = any ($4) and {condition})
         select a.*, n.name as person_name, n.home_name from chosen a
         left join studios.name_people(array(select distinct person_id from chosen)) n on n.id = a.person_id
         order by a.home_no <> a.owner_no, n.pinyin, a.person_id"
    );
    let rows = all(scope.bound::<AttendanceRow>(sql).bind(uuids(sessions)), connection).await?;
    let line = |row: AttendanceRow| Attendance {
        session: StudioSessionId::from_uuid(row.session_id),
        person: PersonId::from_uuid(row.person_id),
        person_name: row.person_name,
        home_no: OrganisationNo(row.home_no),
        home_name: row.home_name,
        guest: row.home_no != row.owner_no,
        expected: row.expected,
        present: row.present,
    };
    Ok(rows.into_iter().map(line).collect())
}
