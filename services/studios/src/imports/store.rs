//! The SQL of imports: finding at once what a file speaks of, and writing many rows by one statement.

use crate::member::Member;
use crate::plan_item::PlanItem;
use crate::session::{Line, Session};
use crate::spelling::spell;
use crate::studio::Studio;
use crate::task::Task;
use crate::words::Word;
use crate::{member, plan_item, session, studio, task};
use chrono::{DateTime, NaiveDate, Utc};
use platform::database_error;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{OrganisationNo, PersonId, PlanItemId, Ranges, Result, StudioId, StudioSessionId};

/// Living organisations of these names within the ranges.
pub(super) async fn organisations(
    connection: &mut PgConnection,
    within: &Ranges,
    names: &[String],
    today: NaiveDate,
) -> Result<Vec<(String, OrganisationNo)>> {
    let (lower, upper) = within.ends();
    let rows: Vec<(String, i32)> = sqlx::query_as(
        "select o.name, o.owner_no from unnest($1::int[], $2::int[]) r (lo, hi)
         join studios.organisation o on o.owner_no >= r.lo and o.owner_no < r.hi
         where o.name = any ($3) and (o.closed_on is null or o.closed_on > $4) order by o.owner_no",
    )
    .bind(lower)
    .bind(upper)
    .bind(names)
    .bind(today)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(|(name, no)| (name, OrganisationNo(no))).collect())
}

/// Studios of these names within the ranges, locked in the order of their keys.
pub(super) async fn studios(
    connection: &mut PgConnection,
    within: &Ranges,
    names: &[String],
) -> Result<Vec<Studio>> {
    let (lower, upper) = within.ends();
    let columns = studio::store::COLUMNS;
    let sql = AssertSqlSafe(format!(
        "select {columns} from unnest($1::int[], $2::int[]) r (lo, hi)
         join studios.studio s on s.owner_no >= r.lo and s.owner_no < r.hi
         where s.name = any ($3) order by s.owner_no, s.id for update of s"
    ));
    let rows = sqlx::query_as::<_, studio::store::Row>(sql).bind(lower).bind(upper).bind(names);
    let rows = rows.fetch_all(connection).await.map_err(database_error)?;
    rows.into_iter().map(studio::store::Row::studio).collect()
}

fn pairs(studios: &[(OrganisationNo, StudioId)]) -> (Vec<i32>, Vec<Uuid>) {
    studios.iter().map(|(owner, id)| (owner.0, id.uuid())).unzip()
}

/// The memberships of studios.
pub(super) async fn members(
    connection: &mut PgConnection,
    studios: &[(OrganisationNo, StudioId)],
) -> Result<Vec<Member>> {
    let (owners, ids) = pairs(studios);
    let columns = member::store::COLUMNS;
    let sql = AssertSqlSafe(format!(
        "select {columns} from unnest($1::int[], $2::uuid[]) k (owner_no, id)
         join studios.membership m on m.owner_no = k.owner_no and m.studio_id = k.id order by m.from_on, m.id"
    ));
    let rows = sqlx::query_as::<_, member::store::Row>(sql).bind(owners).bind(ids);
    let rows = rows.fetch_all(connection).await.map_err(database_error)?;
    rows.into_iter().map(member::store::Row::member).collect()
}

/// The plan items of studios.
pub(super) async fn plan_items(
    connection: &mut PgConnection,
    studios: &[(OrganisationNo, StudioId)],
) -> Result<Vec<PlanItem>> {
    let (owners, ids) = pairs(studios);
    let columns = plan_item::store::COLUMNS;
    let sql = AssertSqlSafe(format!(
        "select {columns} from unnest($1::int[], $2::uuid[]) k (owner_no, id)
         join studios.plan_item p on p.owner_no = k.owner_no and p.studio_id = k.id order by p.id"
    ));
    let rows = sqlx::query_as::<_, plan_item::store::Row>(sql).bind(owners).bind(ids);
    let rows = rows.fetch_all(connection).await.map_err(database_error)?;
    Ok(rows.into_iter().map(plan_item::store::Row::item).collect())
}

/// The ledgers of studios.
pub(super) async fn tasks(
    connection: &mut PgConnection,
    studios: &[(OrganisationNo, StudioId)],
) -> Result<Vec<Task>> {
    let (owners, ids) = pairs(studios);
    let columns = task::store::COLUMNS;
    let sql = AssertSqlSafe(format!(
        "select {columns} from unnest($1::int[], $2::uuid[]) k (owner_no, id)
         join studios.task t on t.owner_no = k.owner_no and t.studio_id = k.id order by t.id"
    ));
    let rows = sqlx::query_as::<_, task::store::Row>(sql).bind(owners).bind(ids);
    let rows = rows.fetch_all(connection).await.map_err(database_error)?;
    Ok(rows.into_iter().map(task::store::Row::task).collect())
}

async fn write(connection: &mut PgConnection, sql: &'static str, rows: Value) -> Result<()> {
    sqlx::query(sql).bind(rows).execute(connection).await.map(drop).map_err(database_error)
}

/// Adds studios, or writes the charters and versions of studios that are there.
pub(super) async fn put_studios(connection: &mut PgConnection, studios: &[Studio]) -> Result<()> {
    let rows = studios.iter().map(|studio| {
        let (pinyin, initials) = spell(&studio.charter.name);
        json!({ "owner_no": studio.owner, "id": studio.id.uuid(), "name": studio.charter.name, "pinyin": pinyin,
                "initials": initials, "level": studio.charter.level.word(), "stage": studio.charter.stage,
                "mode": studio.charter.mode.word(), "leader_type": studio.charter.leader_type.word(),
                "founded_on": studio.founded_on, "version": studio.version })
    });
    write(
        connection,
        "insert into studios.studio (owner_no, id, name, pinyin, initials, level, stage, mode, leader_type, founded_on, version)
         select owner_no, id, name, pinyin, initials, level, stage, mode, leader_type, founded_on, version
         from jsonb_to_recordset($1) n (owner_no int, id uuid, name text, pinyin text, initials text, level text, stage text,
             mode text, leader_type text, founded_on date, version int)
         on conflict on constraint studio_pkey do update set level = excluded.level, stage = excluded.stage,
             mode = excluded.mode, leader_type = excluded.leader_type, founded_on = excluded.founded_on,
             version = excluded.version",
        rows.collect(),
    )
    .await
}

/// Adds memberships, or writes the parts, categories and versions of memberships that are there.
pub(super) async fn put_members(connection: &mut PgConnection, members: &[Member]) -> Result<()> {
    let rows = members.iter().map(|member| {
        let categories: Vec<&str> = member.categories.iter().map(|category| category.word()).collect();
        json!({ "owner_no": member.owner, "id": member.id.uuid(), "studio_id": member.studio.uuid(),
                "person_id": member.person.uuid(), "home_no": member.home, "role": member.role.word(),
                "categories": categories, "principal_category": member.principal_category.word(),
                "from_on": member.from, "to_on": member.to, "version": member.version })
    });
    write(
        connection,
        "insert into studios.membership (owner_no, id, studio_id, person_id, home_no, role, categories, principal_category,
             from_on, to_on, version)
         select owner_no, id, studio_id, person_id, home_no, role, categories, principal_category, from_on, to_on, version
         from jsonb_to_recordset($1) n (owner_no int, id uuid, studio_id uuid, person_id uuid, home_no int, role text,
             categories text[], principal_category text, from_on date, to_on date, version int)
         on conflict on constraint membership_pkey do update set role = excluded.role, categories = excluded.categories,
             principal_category = excluded.principal_category, version = excluded.version",
        rows.collect(),
    )
    .await
}

/// Adds plan items, or writes the wording and versions of items that are there.
pub(super) async fn put_plan_items(connection: &mut PgConnection, items: &[PlanItem]) -> Result<()> {
    let rows = items.iter().map(|item| {
        json!({ "owner_no": item.owner, "id": item.id.uuid(), "studio_id": item.studio.uuid(),
                "school_year": item.school_year, "title": item.wording.title,
                "owner_person_id": item.wording.person.map(PersonId::uuid), "deliverable": item.wording.deliverable,
                "due_on": item.wording.due_on, "measure": item.wording.measure, "version": item.version })
    });
    write(
        connection,
        "insert into studios.plan_item (owner_no, id, studio_id, school_year, title, owner_person_id, deliverable, due_on,
             measure, version)
         select owner_no, id, studio_id, school_year, title, owner_person_id, deliverable, due_on, measure, version
         from jsonb_to_recordset($1) n (owner_no int, id uuid, studio_id uuid, school_year int, title text,
             owner_person_id uuid, deliverable text, due_on date, measure text, version int)
         on conflict on constraint plan_item_pkey do update set owner_person_id = excluded.owner_person_id,
             deliverable = excluded.deliverable, due_on = excluded.due_on, measure = excluded.measure,
             version = excluded.version",
        rows.collect(),
    )
    .await
}

/// Adds ledger lines, or writes the owners, closings and versions of lines that are there.
pub(super) async fn put_tasks(connection: &mut PgConnection, tasks: &[Task]) -> Result<()> {
    let rows = tasks.iter().map(|task| {
        let (closed_on, evidence) = task.closed.as_ref().map(|(on, evidence)| (*on, evidence)).unzip();
        json!({ "owner_no": task.owner, "id": task.id.uuid(), "studio_id": task.studio.uuid(),
                "plan_item_id": task.plan_item.map(PlanItemId::uuid), "title": task.title, "pinyin": spell(&task.title).0,
                "owner_person_id": task.person.map(PersonId::uuid), "due_on": task.due_on, "closed_on": closed_on,
                "evidence_text": evidence.and_then(|e| e.text.as_deref()),
                "evidence_link": evidence.and_then(|e| e.link.as_deref()),
                "reason": evidence.and_then(|e| e.reason.as_deref()), "version": task.version })
    });
    write(
        connection,
        "insert into studios.task (owner_no, id, studio_id, plan_item_id, title, pinyin, owner_person_id, due_on, closed_on,
             evidence_text, evidence_link, reason, version)
         select owner_no, id, studio_id, plan_item_id, title, pinyin, owner_person_id, due_on, closed_on, evidence_text,
             evidence_link, reason, version
         from jsonb_to_recordset($1) n (owner_no int, id uuid, studio_id uuid, plan_item_id uuid, title text, pinyin text,
             owner_person_id uuid, due_on date, closed_on date, evidence_text text, evidence_link text, reason text, version int)
         on conflict on constraint task_pkey do update set plan_item_id = excluded.plan_item_id,
             owner_person_id = excluded.owner_person_id, closed_on = excluded.closed_on,
             evidence_text = excluded.evidence_text, evidence_link = excluded.evidence_link, reason = excluded.reason,
             version = excluded.version",
        rows.collect(),
    )
    .await
}

/// What a line's history is to keep.
pub(super) struct Entry<'a> {
    /// The line.
    pub(super) task: &'a Task,
    /// What happened.
    pub(super) what: &'static str,
    /// Evidence, reason or what changed.
    pub(super) note: Option<String>,
}

/// Appends to the histories of many lines, in the order given, and notes when their studios last closed one.
pub(super) async fn record(
    connection: &mut PgConnection,
    entries: &[Entry<'_>],
    at: DateTime<Utc>,
    person: Option<PersonId>,
) -> Result<()> {
    let rows = entries.iter().map(|entry| {
        json!({ "owner_no": entry.task.owner, "id": Uuid::now_v7(), "studio_id": entry.task.studio.uuid(),
                "task_id": entry.task.id.uuid(), "what": entry.what, "note": entry.note })
    });
    sqlx::query(
        "insert into studios.task_history (owner_no, id, studio_id, task_id, at, what, person_id, note)
         select owner_no, id, studio_id, task_id, $2, what, $3, note
         from jsonb_to_recordset($1) n (owner_no int, id uuid, studio_id uuid, task_id uuid, what text, note text)",
    )
    .bind(rows.collect::<Value>())
    .bind(at)
    .bind(person.map(PersonId::uuid))
    .execute(&mut *connection)
    .await
    .map_err(database_error)?;
    let days = entries.iter().filter_map(|entry| {
        let (on, _) = entry.task.closed.as_ref()?;
        Some(((entry.task.owner, entry.task.studio), *on))
    });
    did(connection, days, at).await
}

/// Notes when studios last did something: on the day that the file says, not on the day on which somebody brought it in.
pub(super) async fn did(
    connection: &mut PgConnection,
    days: impl Iterator<Item = ((OrganisationNo, StudioId), NaiveDate)>,
    at: DateTime<Utc>,
) -> Result<()> {
    let mut latest: BTreeMap<(OrganisationNo, StudioId), NaiveDate> = BTreeMap::new();
    for (studio, on) in days {
        let known = latest.entry(studio).or_insert(on);
        *known = (*known).max(on);
    }
    let studios: Vec<_> = latest.keys().copied().collect();
    let days: Vec<NaiveDate> = latest.into_values().collect();
    let (owners, ids) = pairs(&studios);
    sqlx::query(
        "update studios.studio s set last_activity = greatest(s.last_activity,
             least($4, (k.on_day + time '12:00') at time zone 'Asia/Shanghai'))
         from unnest($1::int[], $2::uuid[], $3::date[]) k (owner_no, id, on_day)
         where s.owner_no = k.owner_no and s.id = k.id",
    )
    .bind(owners)
    .bind(ids)
    .bind(days)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// The sessions of studios.
pub(super) async fn sessions(
    connection: &mut PgConnection,
    studios: &[(OrganisationNo, StudioId)],
) -> Result<Vec<Session>> {
    let (owners, ids) = pairs(studios);
    let columns = session::store::COLUMNS;
    let sql = AssertSqlSafe(format!(
        "select {columns} from unnest($1::int[], $2::uuid[]) k (owner_no, id)
         join studios.session s on s.owner_no = k.owner_no and s.studio_id = k.id order by s.id"
    ));
    let rows = sqlx::query_as::<_, session::store::Row>(sql).bind(owners).bind(ids);
    let rows = rows.fetch_all(connection).await.map_err(database_error)?;
    rows.into_iter().map(session::store::Row::session).collect()
}

/// The attendance of the sessions of studios.
pub(super) async fn attendance(
    connection: &mut PgConnection,
    studios: &[(OrganisationNo, StudioId)],
) -> Result<Vec<(StudioSessionId, Line)>> {
    let (owners, ids) = pairs(studios);
    let rows: Vec<(Uuid, Uuid, i32, bool, bool)> = sqlx::query_as(
        "select a.session_id, a.person_id, a.home_no, a.expected, a.present
         from unnest($1::int[], $2::uuid[]) k (owner_no, id)
         join studios.attendance a on a.owner_no = k.owner_no and a.studio_id = k.id",
    )
    .bind(owners)
    .bind(ids)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    let of_session = |(session, person, home, expected, present)| {
        (StudioSessionId::from_uuid(session), session::store::line((person, home, expected, present)))
    };
    Ok(rows.into_iter().map(of_session).collect())
}

/// Adds sessions, or writes what is said of those that are there.
pub(super) async fn put_sessions(connection: &mut PgConnection, sessions: &[&Session]) -> Result<()> {
    let rows = sessions.iter().map(|session| {
        let wording = &session.wording;
        let (pinyin, initials) = spell(&wording.title);
        json!({ "owner_no": session.owner, "id": session.id.uuid(), "studio_id": session.studio.uuid(),
                "title": wording.title, "pinyin": pinyin, "initials": initials, "starts_at": wording.starts_at,
                "minutes": wording.minutes, "place": wording.place, "functions": session::store::words(&wording.functions),
                "activities": session::store::words(&wording.activities), "joint": wording.joint,
                "state": session.state.word(), "summary": session.summary, "version": session.version })
    });
    write(
        connection,
        "insert into studios.session (owner_no, id, studio_id, title, pinyin, initials, starts_at, minutes, place, functions,
             activities, joint, state, summary, version)
         select owner_no, id, studio_id, title, pinyin, initials, starts_at, minutes, place, functions, activities, joint,
             state, summary, version
         from jsonb_to_recordset($1) n (owner_no int, id uuid, studio_id uuid, title text, pinyin text, initials text,
             starts_at timestamptz, minutes int, place text, functions text[], activities text[], joint boolean, state text,
             summary text, version int)
         on conflict on constraint session_pkey do update set starts_at = excluded.starts_at, minutes = excluded.minutes,
             place = excluded.place, functions = excluded.functions, activities = excluded.activities,
             joint = excluded.joint, state = excluded.state, summary = excluded.summary, version = excluded.version",
        rows.collect(),
    )
    .await
}

/// Writes lines of attendance: new ones, and those that are there.
pub(super) async fn put_attendance(connection: &mut PgConnection, lines: &[(&Session, &Line)]) -> Result<()> {
    let rows = lines.iter().map(|(session, one)| {
        json!({ "owner_no": session.owner, "session_id": session.id.uuid(), "studio_id": session.studio.uuid(),
                "person_id": one.person.uuid(), "home_no": one.home, "expected": one.expected,
                "present": one.present })
    });
    write(
        connection,
        "insert into studios.attendance (owner_no, session_id, studio_id, person_id, home_no, expected, present)
         select owner_no, session_id, studio_id, person_id, home_no, expected, present
         from jsonb_to_recordset($1) n (owner_no int, session_id uuid, studio_id uuid, person_id uuid, home_no int,
             expected boolean, present boolean)
         on conflict on constraint attendance_pkey do update set home_no = excluded.home_no, expected = excluded.expected,
             present = excluded.present",
        rows.collect(),
    )
    .await
}
