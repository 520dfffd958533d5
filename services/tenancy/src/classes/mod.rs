//! Homeroom classes (班级) and their assignments (班主任任职).

mod assign;
mod keep;
mod read;
pub(crate) mod store;

use crate::organisations::store::names;
use crate::words::variant;
use chrono::NaiveDate;
use contract::events::{AssignmentState, CLASS, ClassEvent};
use contract::tenancy::{Assignment, AssignmentKind, HomeroomClass, OrganisationRef};
use platform::{NewEvent, Work};
use sqlx::PgConnection;
use std::collections::HashMap;
use store::{Assigned, Row};
use uuid::Uuid;
use vocabulary::{AssignmentId, ClassId, OrganisationId, OrganisationNo, PersonId, Result};

pub(crate) use assign::{one_school, within};
pub(crate) use read::{Asked, page};

impl Assigned {
    fn shown(self) -> Result<Assignment> {
        Ok(Assignment {
            id: AssignmentId::from_uuid(self.id),
            class: ClassId::from_uuid(self.class_id),
            person: PersonId::from_uuid(self.person_id),
            person_name: self.person_name,
            kind: variant(&self.kind)?,
            from: self.from_on,
            to: self.to_on,
            appointment: self.appointment,
            end_reason: self.end_reason,
        })
    }
}

/// Rows as the contract shows them, with assignments and school; `vacant` on the day asked.
async fn shown(connection: &mut PgConnection, rows: Vec<Row>, on: NaiveDate) -> Result<Vec<HomeroomClass>> {
    let nos: Vec<i32> = rows.iter().map(|row| row.owner_no).collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let schools = names(connection, &nos, on).await?;
    let mut by_class: HashMap<Uuid, Vec<Assignment>> = HashMap::new();
    for assigned in store::assignments(connection, &nos, &ids).await? {
        by_class.entry(assigned.class_id).or_default().push(assigned.shown()?);
    }
    let class = |row: Row| {
        let assignments = by_class.remove(&row.id).unwrap_or_default();
        let leads = |a: &Assignment| {
            a.kind != AssignmentKind::Deputy && a.from <= on && a.to.is_none_or(|to| to >= on)
        };
        let no = OrganisationNo(row.owner_no);
        let unknown =
            || OrganisationRef { id: OrganisationId::from_uuid(Uuid::nil()), no, name: String::new() };
        HomeroomClass {
            id: ClassId::from_uuid(row.id),
            school: schools.get(&row.owner_no).cloned().unwrap_or_else(unknown),
            name: row.name,
            cohort: row.cohort,
            programme: row.programme,
            headcount: row.headcount,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            vacant: !assignments.iter().any(leads),
            assignments,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(class).collect())
}

/// What the others learn of a class.
fn event(class: &HomeroomClass) -> Result<NewEvent> {
    let assignment = |a: &Assignment| AssignmentState {
        id: a.id,
        person: a.person,
        kind: a.kind,
        from: a.from,
        to: a.to,
        appointed: a.appointment.is_some(),
        graduated: a.end_reason.as_deref() == Some(assign::GRADUATION),
    };
    let state = ClassEvent {
        id: class.id,
        opened_on: class.opened_on,
        closed_on: class.closed_on,
        assignments: class.assignments.iter().map(assignment).collect(),
    };
    NewEvent::new(class.school.no, None, class.id.uuid(), class.version, CLASS, &state)
}

/// Tells the others of classes as they are now, and gives them.
pub(crate) async fn publish(work: &mut Work, ids: &[Uuid]) -> Result<Vec<HomeroomClass>> {
    let (scope, today) = (work.principal().readable.clone(), work.today());
    let mut classes = Vec::with_capacity(ids.len());
    for some in ids.chunks(2_000) {
        let rows = store::open(work, &scope, some).await?;
        let shown = shown(work, rows, today).await?;
        let events = shown.iter().map(event).collect::<Result<Vec<_>>>()?;
        work.publish_all(&events).await?;
        classes.extend(shown);
    }
    Ok(classes)
}
