//! The SQL of the kept records.

use super::{Assignment, Attended, Class, Membership, Records, Session, Studio, Task};
use chrono::NaiveDate;
use contract::studios::{MemberCategory, StudioFunction};
use platform::database_error;
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{Error, OrganisationNo, PersonId, Result};

/// Categories and their words in the database.
const CATEGORIES: [(MemberCategory, &str); 7] = [
    (MemberCategory::HomeroomTeacher, "homeroom_teacher"),
    (MemberCategory::Candidate, "candidate"),
    (MemberCategory::MoralEducationExpert, "moral_education_expert"),
    (MemberCategory::PsychologyTeacher, "psychology_teacher"),
    (MemberCategory::Researcher, "researcher"),
    (MemberCategory::Administrator, "administrator"),
    (MemberCategory::OutsideExpert, "outside_expert"),
];

/// What sessions serve, and the words in the database.
const FUNCTIONS: [(StudioFunction, &str); 4] = [
    (StudioFunction::Research, "research"),
    (StudioFunction::Advice, "advice"),
    (StudioFunction::Guidance, "guidance"),
    (StudioFunction::Service, "service"),
];

/// The words of the categories that supplement the core.
pub(crate) fn supplementary() -> Vec<&'static str> {
    let words = CATEGORIES.iter().filter(|(category, _)| !crate::figures::is_core(*category));
    words.map(|(_, word)| *word).collect()
}

fn word<T: PartialEq>(words: &[(T, &'static str)], term: &T) -> &'static str {
    words.iter().find(|(known, _)| known == term).map_or("", |(_, word)| *word)
}

fn term<T: Copy>(words: &[(T, &str)], word: &str) -> Result<T> {
    let found = words.iter().find(|(_, known)| *known == word).map(|(term, _)| *term);
    found.ok_or_else(|| Error::internal(format!("no term {word}")))
}

fn terms<T: Copy, C: FromIterator<T>>(words: &[(T, &str)], found: &[String]) -> Result<C> {
    found.iter().map(|word| term(words, word)).collect()
}

/// One transaction at a time works on an organisation's figures: two consumers may bring its events at once. Advisory
/// locks go through one coordinator, as do the consumers.
pub(crate) async fn lock(connection: &mut PgConnection, owner: OrganisationNo) -> Result<()> {
    let lock = sqlx::query("select pg_catalog.pg_advisory_xact_lock(6113, $1)").bind(owner.0);
    lock.execute(connection).await.map(drop).map_err(database_error)
}

#[derive(sqlx::FromRow)]
struct ClassRow {
    id: Uuid,
    version: i32,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    assignments: Json<Vec<Assignment>>,
}

/// Classes of an organisation: these, or all.
pub(crate) async fn classes(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    only: Option<&[Uuid]>,
) -> Result<Vec<Class>> {
    let rows: Vec<ClassRow> = sqlx::query_as(
        "select id, version, opened_on, closed_on, assignments from analytics.class
         where owner_no = $1 and ($2::uuid[] is null or id = any ($2)) order by id",
    )
    .bind(owner.0)
    .bind(only)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    let class = |row: ClassRow| Class {
        id: row.id,
        version: row.version,
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        assignments: row.assignments.0,
    };
    Ok(rows.into_iter().map(class).collect())
}

/// Keeps classes.
pub(crate) async fn put_classes(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    classes: &[Class],
) -> Result<()> {
    let rows = classes.iter().map(|class| {
        json!({ "id": class.id, "version": class.version, "opened_on": class.opened_on, "closed_on": class.closed_on,
                "assignments": class.assignments })
    });
    sqlx::query(
        "insert into analytics.class (owner_no, id, version, opened_on, closed_on, assignments)
         select $1, n.id, n.version, n.opened_on, n.closed_on, n.assignments
         from pg_catalog.jsonb_to_recordset($2) n (id uuid, version int, opened_on date, closed_on date, assignments jsonb)
         on conflict on constraint class_pkey do update set version = excluded.version,
             opened_on = excluded.opened_on, closed_on = excluded.closed_on, assignments = excluded.assignments",
    )
    .bind(owner.0)
    .bind(rows.collect::<Value>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Studios of an organisation: these, or all.
pub(crate) async fn studios(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    only: Option<&[Uuid]>,
) -> Result<Vec<Studio>> {
    let rows: Vec<(Uuid, i32, NaiveDate, Option<NaiveDate>)> = sqlx::query_as(
        "select id, version, founded_on, closed_on from analytics.studio
         where owner_no = $1 and ($2::uuid[] is null or id = any ($2)) order by id",
    )
    .bind(owner.0)
    .bind(only)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    let studio = |(id, version, founded_on, closed_on)| Studio { id, version, founded_on, closed_on };
    Ok(rows.into_iter().map(studio).collect())
}

/// Keeps studios.
pub(crate) async fn put_studios(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studios: &[Studio],
) -> Result<()> {
    let rows = studios.iter().map(|studio| {
        json!({ "id": studio.id, "version": studio.version, "founded_on": studio.founded_on,
                "closed_on": studio.closed_on })
    });
    sqlx::query(
        "insert into analytics.studio (owner_no, id, version, founded_on, closed_on)
         select $1, n.id, n.version, n.founded_on, n.closed_on
         from pg_catalog.jsonb_to_recordset($2) n (id uuid, version int, founded_on date, closed_on date)
         on conflict on constraint studio_pkey do update set version = excluded.version,
             founded_on = excluded.founded_on, closed_on = excluded.closed_on",
    )
    .bind(owner.0)
    .bind(rows.collect::<Value>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

#[derive(sqlx::FromRow)]
struct MembershipRow {
    id: Uuid,
    studio_id: Uuid,
    version: i32,
    person_id: Uuid,
    home_no: i32,
    principal_category: String,
    categories: Vec<String>,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
}

/// Memberships of an organisation's studios: these, or all.
pub(crate) async fn memberships(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    only: Option<&[Uuid]>,
) -> Result<Vec<Membership>> {
    let rows: Vec<MembershipRow> = sqlx::query_as(
        "select id, studio_id, version, person_id, home_no, principal_category, categories, from_on, to_on
         from analytics.membership where owner_no = $1 and ($2::uuid[] is null or id = any ($2)) order by id",
    )
    .bind(owner.0)
    .bind(only)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    let membership = |row: MembershipRow| {
        Ok(Membership {
            id: row.id,
            studio: row.studio_id,
            version: row.version,
            person: PersonId::from_uuid(row.person_id),
            home: OrganisationNo(row.home_no),
            principal_category: term(&CATEGORIES, &row.principal_category)?,
            categories: terms(&CATEGORIES, &row.categories)?,
            from: row.from_on,
            to: row.to_on,
        })
    };
    rows.into_iter().map(membership).collect()
}

/// Keeps memberships.
pub(crate) async fn put_memberships(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    memberships: &[Membership],
) -> Result<()> {
    let rows = memberships.iter().map(|m| {
        let categories: Vec<&str> = m.categories.iter().map(|category| word(&CATEGORIES, category)).collect();
        json!({ "id": m.id, "studio_id": m.studio, "version": m.version, "person_id": m.person.uuid(),
                "home_no": m.home, "principal_category": word(&CATEGORIES, &m.principal_category),
                "categories": categories, "from_on": m.from, "to_on": m.to })
    });
    sqlx::query(
        "insert into analytics.membership (owner_no, id, studio_id, version, person_id, home_no, principal_category,
             categories, from_on, to_on)
         select $1, n.id, n.studio_id, n.version, n.person_id, n.home_no, n.principal_category, n.categories, n.from_on,
             n.to_on
         from pg_catalog.jsonb_to_recordset($2) n (id uuid, studio_id uuid, version int, person_id uuid, home_no int,
             principal_category text, categories text[], from_on date, to_on date)
         on conflict on constraint membership_pkey do update set studio_id = excluded.studio_id,
             version = excluded.version, person_id = excluded.person_id, home_no = excluded.home_no,
             principal_category = excluded.principal_category, categories = excluded.categories,
             from_on = excluded.from_on, to_on = excluded.to_on",
    )
    .bind(owner.0)
    .bind(rows.collect::<Value>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

#[derive(sqlx::FromRow)]
struct TaskRow {
    id: Uuid,
    studio_id: Uuid,
    version: i32,
    due_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    with_evidence: bool,
}

impl From<TaskRow> for Task {
    fn from(row: TaskRow) -> Self {
        Self {
            id: row.id,
            studio: row.studio_id,
            version: row.version,
            due_on: row.due_on,
            closed_on: row.closed_on,
            with_evidence: row.with_evidence,
        }
    }
}

/// These tasks of an organisation's studios; none without ids.
pub(crate) async fn tasks_by_id(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    only: Option<&[Uuid]>,
) -> Result<Vec<Task>> {
    let rows: Vec<TaskRow> = sqlx::query_as(
        "select id, studio_id, version, due_on, closed_on, with_evidence from analytics.task
         where owner_no = $1 and id = any ($2) order by id",
    )
    .bind(owner.0)
    .bind(only.unwrap_or_default())
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(Task::from).collect())
}

/// The tasks of an organisation's studios that are due from the first to the last day.
pub(crate) async fn tasks_due(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Task>> {
    let rows: Vec<TaskRow> = sqlx::query_as(
        "select id, studio_id, version, due_on, closed_on, with_evidence from analytics.task
         where owner_no = $1 and due_on >= $2 and due_on <= $3 order by id",
    )
    .bind(owner.0)
    .bind(first)
    .bind(last)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(Task::from).collect())
}

/// Keeps tasks.
pub(crate) async fn put_tasks(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    tasks: &[Task],
) -> Result<()> {
    let rows = tasks.iter().map(|task| {
        json!({ "id": task.id, "studio_id": task.studio, "version": task.version, "due_on": task.due_on,
                "closed_on": task.closed_on, "with_evidence": task.with_evidence })
    });
    sqlx::query(
        "insert into analytics.task (owner_no, id, studio_id, version, due_on, closed_on, with_evidence)
         select $1, n.id, n.studio_id, n.version, n.due_on, n.closed_on, n.with_evidence
         from pg_catalog.jsonb_to_recordset($2) n (id uuid, studio_id uuid, version int, due_on date, closed_on date,
             with_evidence boolean)
         on conflict on constraint task_pkey do update set studio_id = excluded.studio_id, version = excluded.version,
             due_on = excluded.due_on, closed_on = excluded.closed_on, with_evidence = excluded.with_evidence",
    )
    .bind(owner.0)
    .bind(rows.collect::<Value>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: Uuid,
    studio_id: Uuid,
    version: i32,
    on_day: NaiveDate,
    held: bool,
    functions: Vec<String>,
    joint: bool,
    attendance: Json<Vec<Attended>>,
}

fn session(row: SessionRow) -> Result<Session> {
    Ok(Session {
        id: row.id,
        studio: row.studio_id,
        version: row.version,
        on: row.on_day,
        held: row.held,
        functions: terms(&FUNCTIONS, &row.functions)?,
        joint: row.joint,
        attendance: row.attendance.0,
    })
}

/// These sessions of an organisation's studios; none without ids.
pub(crate) async fn sessions_by_id(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    only: Option<&[Uuid]>,
) -> Result<Vec<Session>> {
    let rows: Vec<SessionRow> = sqlx::query_as(
        "select id, studio_id, version, on_day, held, functions, joint, attendance from analytics.session
         where owner_no = $1 and id = any ($2) order by id",
    )
    .bind(owner.0)
    .bind(only.unwrap_or_default())
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    rows.into_iter().map(session).collect()
}

/// The sessions that an organisation's studios held from the first to the last day.
pub(crate) async fn sessions_held(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Session>> {
    let rows: Vec<SessionRow> = sqlx::query_as(
        "select id, studio_id, version, on_day, held, functions, joint, attendance from analytics.session
         where owner_no = $1 and held and on_day >= $2 and on_day <= $3 order by id",
    )
    .bind(owner.0)
    .bind(first)
    .bind(last)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    rows.into_iter().map(session).collect()
}

/// Keeps sessions.
pub(crate) async fn put_sessions(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    sessions: &[Session],
) -> Result<()> {
    let rows = sessions.iter().map(|s| {
        let functions: Vec<&str> = s.functions.iter().map(|function| word(&FUNCTIONS, function)).collect();
        json!({ "id": s.id, "studio_id": s.studio, "version": s.version, "on_day": s.on, "held": s.held,
                "functions": functions, "joint": s.joint, "attendance": s.attendance })
    });
    sqlx::query(
        "insert into analytics.session (owner_no, id, studio_id, version, on_day, held, functions, joint, attendance)
         select $1, n.id, n.studio_id, n.version, n.on_day, n.held, n.functions, n.joint, n.attendance
         from pg_catalog.jsonb_to_recordset($2) n (id uuid, studio_id uuid, version int, on_day date, held boolean,
             functions text[], joint boolean, attendance jsonb)
         on conflict on constraint session_pkey do update set studio_id = excluded.studio_id,
             version = excluded.version, on_day = excluded.on_day, held = excluded.held,
             functions = excluded.functions, joint = excluded.joint, attendance = excluded.attendance",
    )
    .bind(owner.0)
    .bind(rows.collect::<Value>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// The records of an organisation, without its tasks and sessions.
pub(crate) async fn records(connection: &mut PgConnection, owner: OrganisationNo) -> Result<Records> {
    let classes = classes(&mut *connection, owner, None).await?;
    let studios = studios(&mut *connection, owner, None).await?;
    let memberships = memberships(&mut *connection, owner, None).await?;
    let first_due =
        "select studio_id, min(due_on) from analytics.task where owner_no = $1 group by studio_id";
    let ledgers = firsts(&mut *connection, owner, first_due).await?;
    let first_held = "select studio_id, min(on_day) from analytics.session where owner_no = $1 and held
         group by studio_id";
    let meetings = firsts(connection, owner, first_held).await?;
    Ok(Records::new(classes, studios, memberships, ledgers, meetings))
}

/// The first days of a kind of record, by studio.
async fn firsts(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    query: &'static str,
) -> Result<BTreeMap<Uuid, NaiveDate>> {
    let rows: Vec<(Uuid, NaiveDate)> =
        sqlx::query_as(query).bind(owner.0).fetch_all(connection).await.map_err(database_error)?;
    Ok(rows.into_iter().collect())
}
