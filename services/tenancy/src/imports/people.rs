//! Rows of people with grants.

use super::directory::Directory;
use super::{Tally, fault};
use crate::grants::store as grants;
use crate::organisations::store::{Queue, queue};
use crate::people::store::{self, New};
use crate::people::{event, login, open_accounts, phone};
use crate::policy::{may_give, stands_on};
use chrono::NaiveDate;
use contract::tenancy::Organisation;
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::Rows;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;
use vocabulary::{Code, Error, GrantId, PersonId, Result, Role};

/// Somebody whom a row means.
#[derive(Clone)]
struct Known {
    id: Uuid,
    home: i32,
    name: String,
}

/// First and last day of a grant.
type Term = (NaiveDate, Option<NaiveDate>);

/// Whether one term lies within the other: such a grant is there already. One that has run out is not.
fn covers(held: Term, term: Term) -> bool {
    held.0 <= term.0 && held.1.is_none_or(|end| term.1.is_some_and(|to| to <= end))
}

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    rows: &mut Rows,
) -> Result<Tally> {
    queue(work, Queue::People).await?;
    let directory = Directory::of(work, job).await?;
    let Rows { rows, faults, .. } = rows;
    let count = rows.len();
    let logins: Vec<String> = rows.iter().filter_map(|row| login(row.text("login")?).ok()).collect();
    let mut known: HashMap<String, Known> = HashMap::new();
    for (login, id, home, name) in store::by_login(work, &logins).await? {
        known.insert(login, Known { id, home, name });
    }
    let before: Vec<Uuid> = known.values().map(|person| person.id).collect();
    let mut terms: HashMap<(Uuid, i32, String), Vec<Term>> = HashMap::new();
    for (person, no, role, from, to) in grants::standing(work, &job.principal.readable, &before).await? {
        terms.entry((person, no, role)).or_default().push((from, to));
    }
    let allowed = job.principal.role().map(may_give).unwrap_or_default();
    let (mut tally, mut new, mut granted_now): (Tally, Vec<(u32, New, String)>, Vec<grants::Row>) =
        Default::default();
    for (done, row) in rows.iter().enumerate() {
        progress.set(done, count).await?;
        let (Some(name), Some(text)) = (row.text("name"), row.text("login")) else { continue };
        let (login, phone) = match (login(text), phone(row.text("phone"))) {
            (Ok(login), Ok(phone)) => (login, phone),
            (Err(error), _) => {
                fault(faults, row.number, "login", &error);
                continue;
            }
            (_, Err(error)) => {
                fault(faults, row.number, "phone", &error);
                continue;
            }
        };
        let home: &Organisation = match directory.find(row.text("organisation")) {
            Ok(home) => home,
            Err((zh, en)) => {
                faults.add(row.number, "organisation", "organisation_unknown", zh, en);
                continue;
            }
        };
        let (person, created) = match known.get(&login) {
            Some(person) if person.home == home.no.0 && person.name == name => (person.clone(), false),
            Some(_) => {
                fault(faults, row.number, "login", &Error::new(Code::LoginTaken));
                continue;
            }
            None => {
                let person = Known { id: PersonId::new().uuid(), home: home.no.0, name: name.to_owned() };
                let row_new = New {
                    owner_no: person.home,
                    id: person.id,
                    name: person.name.clone(),
                    login: login.clone(),
                    phone,
                    left_on: None,
                };
                new.push((row.number, row_new, home.name.clone()));
                known.insert(login, person.clone());
                (person, true)
            }
        };
        let mut granted = false;
        if let Some(role) = row.choice("role").and_then(Role::from_code) {
            if !allowed.contains(&role) {
                fault(faults, row.number, "role", &Error::new(Code::GrantNotAllowed));
                continue;
            }
            if !stands_on(role, home.kind) {
                fault(faults, row.number, "role", &Error::new(Code::GrantScope));
                continue;
            }
            let valid_from = row.date("from").unwrap_or_else(|| work.today());
            if row.date("to").is_some_and(|to| to < valid_from) {
                fault(faults, row.number, "to", &Error::new(Code::DateOrder));
                continue;
            }
            let term = (valid_from, row.date("to"));
            let held = terms.entry((person.id, home.no.0, role.code().to_owned())).or_default();
            granted = !held.iter().any(|held| covers(*held, term));
            if granted {
                held.push(term);
                granted_now.push(grants::Row {
                    owner_no: home.no.0,
                    id: GrantId::new().uuid(),
                    person_id: person.id,
                    person_name: person.name,
                    role: role.code().to_owned(),
                    studio_id: None,
                    studio_name: None,
                    valid_from,
                    valid_to: row.date("to"),
                    revoked_at: None,
                    given_by: None,
                });
            }
        }
        match (created, granted) {
            (true, _) => tally.created += 1,
            (false, true) => tally.changed += 1,
            (false, false) => tally.unchanged += 1,
        }
    }
    if !faults.is_empty() {
        return Ok(tally);
    }
    for some in new.chunks(2_500) {
        let people: Vec<New> = some.iter().map(|(_, person, _)| person.clone()).collect();
        let taken: HashSet<String> = open_accounts(work, &people).await?.into_iter().collect();
        for (number, ..) in some.iter().filter(|(_, person, _)| taken.contains(&person.login)) {
            fault(faults, *number, "login", &Error::new(Code::LoginTaken));
        }
        if !taken.is_empty() {
            continue;
        }
        store::insert_all(work, &people).await?;
        let events =
            some.iter().map(|(_, person, home)| event(person, home, 1)).collect::<Result<Vec<_>>>()?;
        work.publish_all(&events).await?;
    }
    for some in granted_now.chunks(2_500) {
        grants::insert_all(work, some).await?;
    }
    Ok(tally)
}
