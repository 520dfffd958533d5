//! Rows of classes with their teachers.

use super::directory::Directory;
use super::{Tally, fault};
use crate::classes::store::{self, Assigned, Row};
use crate::classes::{one_school, publish, within};
use crate::organisations::store::{Queue, queue};
use crate::people::store::by_login;
use contract::tenancy::Organisation;
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::Rows;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;
use vocabulary::{AssignmentId, ClassId, Code, Error, Result};

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    rows: &mut Rows,
) -> Result<Tally> {
    queue(work, Queue::Classes).await?;
    let directory = Directory::of(work, job).await?;
    let Rows { rows, faults, .. } = rows;
    let count = rows.len();
    let logins: Vec<String> =
        rows.iter().filter_map(|row| Some(row.text("login")?.trim().to_lowercase())).collect();
    let people: HashMap<String, (Uuid, i32, String)> = by_login(work, &logins)
        .await?
        .into_iter()
        .map(|(login, id, no, name)| (login, (id, no, name)))
        .collect();
    let named: BTreeSet<i32> = rows
        .iter()
        .filter_map(|row| directory.find(row.text("school")).ok())
        .map(|school| school.no.0)
        .collect();
    let nos: Vec<i32> = named.into_iter().collect();
    let known = store::of_schools(work, &nos).await?;
    let ids: Vec<Uuid> = known.iter().map(|class| class.id).collect();
    let assigned = store::assignments(work, &nos, &ids).await?;
    let mut assigned: HashSet<(Uuid, Uuid, String, chrono::NaiveDate)> =
        assigned.into_iter().map(|a| (a.class_id, a.person_id, a.kind, a.from_on)).collect();
    let mut classes: HashMap<(i32, i32, String), Row> =
        known.into_iter().map(|class| ((class.owner_no, class.cohort, class.name.clone()), class)).collect();
    let (mut tally, mut new, mut given): (Tally, Vec<Row>, Vec<Assigned>) = Default::default();
    let mut touched: BTreeSet<(i32, Uuid)> = BTreeSet::new();
    for (done, row) in rows.iter().enumerate() {
        progress.set(done, count).await?;
        let school: &Organisation = match directory.find(row.text("school")) {
            Ok(school) if Directory::is_school(school) => school,
            Ok(_) => {
                fault(faults, row.number, "school", &Error::new(Code::OrganisationKind));
                continue;
            }
            Err((zh, en)) => {
                faults.add(row.number, "school", "organisation_unknown", zh, en);
                continue;
            }
        };
        let (Some(name), Some(programme), Some(opened_on)) =
            (row.text("name"), row.text("programme"), row.date("opened_on"))
        else {
            continue;
        };
        let whole = |key| row.integer(key).and_then(|n| i32::try_from(n).ok());
        let (Some(cohort), Some(headcount)) = (whole("cohort"), whole("headcount")) else { continue };
        let key = (school.no.0, cohort, name.to_owned());
        let created = !classes.contains_key(&key);
        let class = classes.entry(key).or_insert_with(|| Row {
            owner_no: school.no.0,
            id: ClassId::new().uuid(),
            name: name.to_owned(),
            cohort,
            programme: programme.to_owned(),
            headcount,
            opened_on,
            closed_on: None,
            version: 1,
            sort_key: String::new(),
        });
        if created {
            new.push(class.clone());
            touched.insert((class.owner_no, class.id));
        }
        let mut changed = false;
        if let Some(login) = row.text("login") {
            let login = login.trim().to_lowercase();
            let Some((person, home, person_name)) = people.get(&login) else {
                faults.add(
                    row.number,
                    "login",
                    "person_unknown",
                    format!("没有登录名为“{login}”的人员，请先导入人员"),
                    format!("nobody has the account {login}: import people first"),
                );
                continue;
            };
            if !one_school(work, *home, school.no.0).await? {
                fault(faults, row.number, "login", &Error::new(Code::PersonElsewhere));
                continue;
            }
            let from = row.date("from").unwrap_or(opened_on);
            if let Err(error) = within(class, from, row.date("to")) {
                let column = if error.fault().field.as_deref() == Some("to") { "to" } else { "from" };
                fault(faults, row.number, column, &error);
                continue;
            }
            let kind = row.choice("kind").unwrap_or("principal");
            changed = assigned.insert((class.id, *person, kind.to_owned(), from));
            if changed {
                touched.insert((class.owner_no, class.id));
                given.push(Assigned {
                    owner_no: class.owner_no,
                    id: AssignmentId::new().uuid(),
                    class_id: class.id,
                    person_id: *person,
                    person_name: person_name.clone(),
                    kind: kind.to_owned(),
                    from_on: from,
                    to_on: row.date("to"),
                    appointment: row.text("appointment").map(str::to_owned),
                    end_reason: None,
                });
            }
        }
        match (created, changed) {
            (true, _) => tally.created += 1,
            (false, true) => tally.changed += 1,
            (false, false) => tally.unchanged += 1,
        }
    }
    if !faults.is_empty() {
        return Ok(tally);
    }
    for some in new.chunks(2_500) {
        store::insert_all(work, some).await?;
    }
    for some in given.chunks(2_500) {
        store::assign_all(work, some).await?;
    }
    let (nos, ids): (Vec<i32>, Vec<Uuid>) = touched.into_iter().unzip();
    let old: Vec<Uuid> = ids.iter().copied().filter(|id| !new.iter().any(|class| class.id == *id)).collect();
    store::touch(work, &nos, &old).await?;
    publish(work, &ids).await?;
    Ok(tally)
}
