//! Plan items. Natural key: studio, school year and title.

use super::directory::Directory;
use super::{Became, CHUNK, Tally, fault, store};
use crate::check;
use crate::member::Member;
use crate::plan_item::{PlanItem, Wording};
use chrono::NaiveDate;
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::Rows;
use std::collections::{HashMap, HashSet};
use vocabulary::{Code, Error, PersonId, PlanItemId, Result, StudioId};

/// The first year of a school year as people write it: `2025`, `2025-2026`, `2025—2026学年`.
fn school_year(text: &str) -> Option<i32> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches("学年").trim_end_matches('年');
    let mut years = text.split(['-', '–', '—', '－', '~', '～', '至', '/']).filter(|part| !part.is_empty());
    let first: i32 = years.next()?.trim_end_matches('年').parse().ok()?;
    if let Some(second) = years.next() {
        let second: i32 = second.parse().ok()?;
        if second != first.checked_add(1)? && second != (first + 1) % 100 {
            return None;
        }
    }
    (years.next().is_none() && check::YEARS.contains(&first)).then_some(first)
}

/// Whether the person is a member of the studio today.
pub(super) fn is_active(members: &[Member], studio: StudioId, person: PersonId, today: NaiveDate) -> bool {
    members.iter().any(|member| {
        member.studio == studio
            && member.person == person
            && member.from <= today
            && member.to.is_none_or(|to| to >= today)
    })
}

/// Memberships by person, so that a row finds its owner's at once.
pub(super) fn by_person(members: Vec<Member>) -> HashMap<PersonId, Vec<Member>> {
    let mut found: HashMap<PersonId, Vec<Member>> = HashMap::new();
    for member in members {
        found.entry(member.person).or_default().push(member);
    }
    found
}

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    sheet: &mut Rows,
) -> Result<Tally> {
    let directory = Directory::find(work, job, sheet).await?;
    let (rows, faults) = (&sheet.rows, &mut sheet.faults);
    let today = work.today();
    let mut known: HashMap<StudioId, _> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let studio = directory.studio(row, faults).map(|studio| (studio.owner, studio.id));
        known.extend(studio.map(|key| (key.1, key)));
        found.push(studio);
    }
    let known: Vec<_> = known.into_values().collect();
    let members = by_person(store::members(&mut *work, &known).await?);
    let mut items: HashMap<(StudioId, i32, String), PlanItem> = HashMap::new();
    for item in store::plan_items(&mut *work, &known).await? {
        items.entry((item.studio, item.school_year, item.wording.title.clone())).or_insert(item);
    }
    let (mut tally, mut written, mut listed) = (Tally::default(), Vec::new(), HashSet::new());
    for (row, studio) in rows.iter().zip(found) {
        let person = directory.person(row, faults).map(|person| person.id);
        let year = row.text("school_year").and_then(school_year);
        if year.is_none() && row.text("school_year").is_some() {
            let zh = "学年：请写成 2025-2026 或 2025";
            faults.add(
                row.number,
                "school_year",
                "not_a_school_year",
                zh,
                "School year: write 2025-2026 or 2025",
            );
        }
        if let Some(Err(error)) = row.date("due_on").map(|day| check::date("due_on", day)) {
            fault(faults, row.number, "due_on", &error);
        }
        let (Some((owner, studio)), Some(year), Some(title)) = (studio, year, row.text("title")) else {
            continue;
        };
        let key = (studio, year, title.to_owned());
        let before = items.get(&key);
        let renamed = before.is_none_or(|item| item.wording.person != person);
        if let Some(person) = person.filter(|_| renamed)
            && !is_active(members.get(&person).map_or(&[], Vec::as_slice), studio, person, today)
        {
            fault(faults, row.number, "login", &Error::new(Code::NotAMember));
        }
        if !listed.insert(key) {
            let zh = "方案任务：本文件中同一工作室、同一学年已有这一项";
            faults.add(row.number, "title", "twice_in_file", zh, "Plan item: stands in this file already");
            continue;
        }
        let text = |key| row.text(key).map(str::to_owned);
        // What the file leaves empty stays as it was.
        let kept = before.map(|item| &item.wording);
        let wording = Wording {
            title: title.to_owned(),
            person: person.or_else(|| kept.and_then(|w| w.person)),
            deliverable: text("deliverable").or_else(|| kept.and_then(|w| w.deliverable.clone())),
            due_on: row.date("due_on").or_else(|| kept.and_then(|w| w.due_on)),
            measure: text("measure").or_else(|| kept.and_then(|w| w.measure.clone())),
        };
        let (item, became) = match before {
            Some(item) if item.wording == wording => (item.clone(), Became::Unchanged),
            Some(item) => (PlanItem { wording, version: item.version + 1, ..item.clone() }, Became::Changed),
            None => {
                let id = PlanItemId::new();
                (PlanItem { owner, id, studio, school_year: year, wording, version: 1 }, Became::Created)
            }
        };
        tally.add(became);
        if became != Became::Unchanged {
            written.push(item);
        }
    }
    if faults.is_empty() {
        let mut done = 0;
        for items in written.chunks(CHUNK) {
            store::put_plan_items(&mut *work, items).await?;
            let events = items.iter().map(|item| item.event(false)).collect::<Result<Vec<_>>>()?;
            work.publish_all(&events).await?;
            done += items.len();
            progress.set(done, rows.len()).await?;
        }
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::school_year;

    #[test]
    fn school_years_as_people_write_them() {
        for text in
            ["2025", "2025-2026", "2025—2026学年", "2025 – 2026 学年", "2025-26", "2025年", "2025至2026学年"]
        {
            assert_eq!(school_year(text), Some(2025), "{text}");
        }
        for text in ["", "25", "2025-2027", "2025-2026-2027", "学年", "99999999999", "2147483647-1"] {
            assert_eq!(school_year(text), None, "{text}");
        }
    }
}
