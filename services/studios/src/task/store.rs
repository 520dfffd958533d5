//! The SQL of the ledger.

use super::{Evidence, Task};
use crate::scope::{STUDIOS_IN_SCOPE, Scope, all, is_date, within};
use crate::spelling::spell;
use chrono::{DateTime, NaiveDate, Utc};
use contract::studios::{TaskSort, TaskState};
use platform::database_error;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::QueryAs;
use sqlx::{FromRow, PgConnection, Postgres};
use uuid::Uuid;
use vocabulary::{
    Code, Cursor, Direction, Error, OrganisationNo, PersonId, PlanItemId, Result, StudioId, TaskId,
};

/// Which lines a list shows, its input checked.
pub(crate) struct Which {
    pub(crate) search: Option<String>,
    pub(crate) studio: Option<StudioId>,
    pub(crate) owners: Option<Vec<i32>>,
    pub(crate) state: Option<TaskState>,
    pub(crate) overdue: bool,
    pub(crate) person: Option<PersonId>,
    pub(crate) due_from: Option<NaiveDate>,
    pub(crate) due_to: Option<NaiveDate>,
}

/// A row of the table.
#[derive(FromRow)]
pub(crate) struct Row {
    owner_no: i32,
    id: Uuid,
    studio_id: Uuid,
    plan_item_id: Option<Uuid>,
    title: String,
    owner_person_id: Option<Uuid>,
    due_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    evidence_text: Option<String>,
    evidence_link: Option<String>,
    reason: Option<String>,
    version: i32,
}

impl Row {
    /// The line.
    pub(crate) fn task(self) -> Task {
        let evidence = Evidence { text: self.evidence_text, link: self.evidence_link, reason: self.reason };
        Task {
            owner: OrganisationNo(self.owner_no),
            id: TaskId::from_uuid(self.id),
            studio: StudioId::from_uuid(self.studio_id),
            plan_item: self.plan_item_id.map(PlanItemId::from_uuid),
            title: self.title,
            person: self.owner_person_id.map(PersonId::from_uuid),
            due_on: self.due_on,
            closed: self.closed_on.map(|on| (on, evidence)),
            version: self.version,
        }
    }
}

/// A line as its readers see it, with what an export adds.
#[derive(FromRow)]
pub(crate) struct Named {
    #[sqlx(flatten)]
    row: Row,
    owner_name: Option<String>,
    /// The studio's name.
    pub(crate) studio_name: String,
    /// What the list is sorted by.
    pub(crate) cursor_key: String,
}

impl Named {
    /// The line.
    pub(crate) fn shown(self, today: NaiveDate) -> contract::studios::Task {
        let task = self.row.task();
        let (state, overdue_days) = (task.state(), task.overdue_days(today));
        let (closed_on, evidence) = task.closed.unzip();
        let (text, link, reason) =
            evidence.map_or((None, None, None), |evidence| (evidence.text, evidence.link, evidence.reason));
        contract::studios::Task {
            id: task.id,
            studio: task.studio,
            owner_no: task.owner,
            plan_item: task.plan_item,
            title: task.title,
            owner: task.person,
            owner_name: self.owner_name,
            due_on: task.due_on,
            state,
            closed_on,
            evidence_text: text,
            evidence_link: link,
            reason,
            overdue_days,
            version: task.version,
        }
    }

    /// The line's id.
    pub(crate) const fn id(&self) -> Uuid {
        self.row.id
    }
}

/// The columns of a [`Row`].
pub(crate) const COLUMNS: &str = "t.owner_no, t.id, t.studio_id, t.plan_item_id, t.title, t.owner_person_id, t.due_on, t.closed_on, t.evidence_text, t.evidence_link, t.reason, t.version";

/// Lines with names: `chosen` is a common table expression of that name with a `sort_key`.
fn named(chosen: &str, way: &str) -> String {
    format!(
        "with {chosen} select t.*, n.name as owner_name, s.name as studio_name, t.sort_key::text as cursor_key from chosen t
         join studios.studio s on s.owner_no = t.owner_no and s.id = t.studio_id
         left join studios.name_people(array(select distinct owner_person_id from chosen)) n on n.id = t.owner_person_id
         order by t.sort_key {way}, t.id {way}"
    )
}

/// The column that a list is sorted by, and its type. Open lines stand after every day of closing.
const fn key(sort: TaskSort) -> (&'static str, &'static str) {
    match sort {
        TaskSort::DueOn => ("t.due_on", "date"),
        TaskSort::Title => ("t.pinyin", "text"),
        TaskSort::ClosedOn => ("coalesce(t.closed_on, '9999-12-31'::date)", "date"),
    }
}

const CHOSEN: &str =
    "from scope c join studios.task t on t.owner_no = c.owner_no and t.studio_id = c.studio_id
    where ($5::text is null or strpos(lower(replace(t.title, ' ', '')), $5) > 0)
      and ($6::uuid is null or t.studio_id = $6) and ($7::int[] is null or t.owner_no = any ($7))
      and ($8::boolean is null or (t.closed_on is null) = $8)
      and (not $9 or (t.closed_on is null and t.due_on < $4))
      and ($10::uuid is null or t.owner_person_id = $10)
      and ($11::date is null or t.due_on >= $11) and ($12::date is null or t.due_on <= $12)";

fn filtered<'q, O>(
    scope: &Scope,
    sql: String,
    today: NaiveDate,
    which: &Which,
) -> QueryAs<'q, Postgres, O, PgArguments>
where
    O: for<'r> FromRow<'r, PgRow>,
{
    scope
        .query(sql, today)
        .bind(which.search.clone())
        .bind(which.studio.map(StudioId::uuid))
        .bind(which.owners.clone())
        .bind(which.state.map(|state| state == TaskState::Open))
        .bind(which.overdue)
        .bind(which.person.map(PersonId::uuid))
        .bind(which.due_from)
        .bind(which.due_to)
}

/// Lines in an order, at most `limit` of them after a cursor.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    today: NaiveDate,
    which: &Which,
    (sort, direction): (TaskSort, Direction),
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Named>> {
    if after.is_some_and(|cursor| sort != TaskSort::Title && !is_date(&cursor.key)) {
        return Err(Error::new(Code::Cursor).on("after"));
    }
    let (key, kind) = key(sort);
    let (way, beyond) = match direction {
        Direction::Ascending => ("asc", ">"),
        Direction::Descending => ("desc", "<"),
    };
    let chosen = format!(
        "{STUDIOS_IN_SCOPE}, chosen as materialized (select {COLUMNS}, {key} as sort_key {CHOSEN}
         and ($13::text is null or ({key}, t.id) {beyond} ($13::{kind}, $14::uuid)) order by {key} {way}, t.id {way} limit $15)"
    );
    let query = filtered::<Named>(scope, named(&chosen, way), today, which)
        .bind(after.map(|cursor| cursor.key.clone()))
        .bind(after.map(|cursor| cursor.id))
        .bind(limit);
    all(query, connection).await
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

/// Lines by id.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[TaskId],
    today: NaiveDate,
) -> Result<Vec<contract::studios::Task>> {
    let condition = within("t", "studio_id");
    let chosen = format!(
        "chosen as materialized (select {COLUMNS}, t.due_on as sort_key from studios.task t where t.id = any ($4) and {condition})"
    );
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = all(scope.bound::<Named>(named(&chosen, "asc")).bind(ids), connection).await?;
    Ok(rows.into_iter().map(|row| row.shown(today)).collect())
}

/// A line within the scope.
pub(crate) async fn find(connection: &mut PgConnection, scope: &Scope, id: TaskId) -> Result<Option<Task>> {
    let condition = within("t", "studio_id");
    let sql = format!("select {COLUMNS} from studios.task t where t.id = $4 and {condition}");
    let row = scope.bound::<Row>(sql).bind(id.uuid()).fetch_optional(connection).await;
    Ok(row.map_err(database_error)?.map(Row::task))
}

/// How many open lines the person has in the studio.
pub(crate) async fn open_of(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    person: PersonId,
) -> Result<i64> {
    sqlx::query_scalar(
        "select count(*) from studios.task where owner_no = $1 and studio_id = $2 and owner_person_id = $3 and closed_on is null",
    )
    .bind(owner.0)
    .bind(studio.uuid())
    .bind(person.uuid())
    .fetch_one(connection)
    .await
    .map_err(database_error)
}

/// Adds a line.
pub(crate) async fn insert(connection: &mut PgConnection, task: &Task) -> Result<()> {
    sqlx::query(
        "insert into studios.task (owner_no, id, studio_id, plan_item_id, title, pinyin, owner_person_id, due_on, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(task.owner.0)
    .bind(task.id.uuid())
    .bind(task.studio.uuid())
    .bind(task.plan_item.map(PlanItemId::uuid))
    .bind(&task.title)
    .bind(spell(&task.title).0)
    .bind(task.person.map(PersonId::uuid))
    .bind(task.due_on)
    .bind(task.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Writes a line: wording, owner, due date, closing and version.
pub(crate) async fn update(connection: &mut PgConnection, task: &Task) -> Result<()> {
    let (closed_on, evidence) = task.closed.as_ref().map(|(on, evidence)| (*on, evidence)).unzip();
    sqlx::query(
        "update studios.task set title = $3, pinyin = $4, owner_person_id = $5, due_on = $6, closed_on = $7,
             evidence_text = $8, evidence_link = $9, reason = $10, version = $11 where owner_no = $1 and id = $2",
    )
    .bind(task.owner.0)
    .bind(task.id.uuid())
    .bind(&task.title)
    .bind(spell(&task.title).0)
    .bind(task.person.map(PersonId::uuid))
    .bind(task.due_on)
    .bind(closed_on)
    .bind(evidence.and_then(|e| e.text.as_deref()))
    .bind(evidence.and_then(|e| e.link.as_deref()))
    .bind(evidence.and_then(|e| e.reason.as_deref()))
    .bind(task.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Appends to a line's history.
pub(crate) async fn record(
    connection: &mut PgConnection,
    task: &Task,
    at: DateTime<Utc>,
    what: &'static str,
    person: Option<PersonId>,
    note: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "insert into studios.task_history (owner_no, id, studio_id, task_id, at, what, person_id, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(task.owner.0)
    .bind(Uuid::now_v7())
    .bind(task.studio.uuid())
    .bind(task.id.uuid())
    .bind(at)
    .bind(what)
    .bind(person.map(PersonId::uuid))
    .bind(note)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

#[derive(FromRow)]
struct Entry {
    at: DateTime<Utc>,
    what: String,
    person_id: Option<Uuid>,
    person_name: Option<String>,
    note: Option<String>,
}

/// The history of a line, newest first, at most 500 entries.
pub(crate) async fn history(
    connection: &mut PgConnection,
    scope: &Scope,
    id: TaskId,
) -> Result<Vec<contract::studios::TaskEvent>> {
    let condition = within("h", "studio_id");
    let sql = format!(
        "with chosen as materialized (select h.at, h.id, h.what, h.person_id, h.note from studios.task_history h
             where h.task_id = $4 and {condition} order by h.at desc, h.id desc limit 500)
         select h.*, n.name as person_name from chosen h
         left join studios.name_people(array(select distinct person_id from chosen)) n on n.id = h.person_id
         order by h.at desc, h.id desc"
    );
    let rows = all(scope.bound::<Entry>(sql).bind(id.uuid()), connection).await?;
    let event = |row: Entry| contract::studios::TaskEvent {
        at: row.at,
        what: row.what,
        person: row.person_id.map(PersonId::from_uuid),
        person_name: row.person_name,
        note: row.note,
    };
    Ok(rows.into_iter().map(event).collect())
}
