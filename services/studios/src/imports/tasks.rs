//! Ledger lines. Natural key: studio, title and due date. A line that is open is closed by the file; one that is closed
//! stays as it is.

use super::directory::Directory;
use super::plan_items::{by_person, is_active};
use super::{Became, CHUNK, Tally, fault, store};
use crate::check;
use crate::member::Member;
use crate::plan_item::PlanItem;
use crate::task::{Evidence, Task};
use chrono::NaiveDate;
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::{Faults, Row, Rows};
use std::collections::{HashMap, HashSet};
use vocabulary::{Code, Error, Period, PersonId, PlanItemId, Result, StudioId, TaskId};

/// A line to be written, and whether it is new, and closed by the file.
struct Written {
    task: Task,
    new: bool,
    closed: bool,
}

/// What is there already.
struct Known {
    members: HashMap<PersonId, Vec<Member>>,
    items: HashMap<(StudioId, String), Vec<PlanItem>>,
    tasks: HashMap<(StudioId, String, NaiveDate), Task>,
    today: NaiveDate,
}

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    sheet: &mut Rows,
) -> Result<Tally> {
    let directory = Directory::find(work, job, sheet).await?;
    let (rows, faults) = (&sheet.rows, &mut sheet.faults);
    let mut keys: HashMap<StudioId, _> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let studio = directory.studio(row, faults).map(|studio| (studio.owner, studio.id));
        keys.extend(studio.map(|key| (key.1, key)));
        found.push(studio);
    }
    let keys: Vec<_> = keys.into_values().collect();
    let mut known = Known {
        members: by_person(store::members(&mut *work, &keys).await?),
        items: HashMap::new(),
        tasks: HashMap::new(),
        today: work.today(),
    };
    for item in store::plan_items(&mut *work, &keys).await? {
        known.items.entry((item.studio, item.wording.title.clone())).or_default().push(item);
    }
    for task in store::tasks(&mut *work, &keys).await? {
        known.tasks.entry((task.studio, task.title.clone(), task.due_on)).or_insert(task);
    }
    let (mut tally, mut written, mut listed) = (Tally::default(), Vec::new(), HashSet::new());
    for (row, studio) in rows.iter().zip(found) {
        let person = directory.person(row, faults).map(|person| person.id);
        let closing = closing(row, faults, known.today);
        let due_on = row.date("due_on").and_then(|day| match check::date("due_on", day) {
            Ok(day) => Some(day),
            Err(error) => {
                fault(faults, row.number, "due_on", &error);
                None
            }
        });
        let (Some((owner, studio)), Some(title), Some(due_on)) = (studio, row.text("title"), due_on) else {
            continue;
        };
        if !listed.insert((studio, title, due_on)) {
            let zh = "任务：本文件中同一工作室、同一到期日已有这一项";
            faults.add(row.number, "title", "twice_in_file", zh, "Task: stands in this file already");
            continue;
        }
        let plan_item = plan_item(&known, row, studio, due_on, faults);
        let before = known.tasks.get(&(studio, title.to_owned(), due_on));
        let task = match before {
            Some(task) if task.closed.is_some() => {
                tally.add(Became::Unchanged);
                continue;
            }
            Some(task) => Task {
                plan_item: plan_item.or(task.plan_item),
                person: person.or(task.person),
                closed: closing,
                ..task.clone()
            },
            None => {
                let (id, title) = (TaskId::new(), title.to_owned());
                Task { owner, id, studio, plan_item, title, person, due_on, closed: closing, version: 1 }
            }
        };
        if before.is_none_or(|before| before.person != task.person) {
            owner_fits(&known, row, &task, faults);
        }
        let closed = task.closed.is_some();
        match before {
            Some(before) if *before == task => tally.add(Became::Unchanged),
            Some(before) => {
                let version = before.version + 1;
                written.push(Written { task: Task { version, ..task }, new: false, closed });
                tally.add(Became::Changed);
            }
            None => {
                written.push(Written { task, new: true, closed });
                tally.add(Became::Created);
            }
        }
    }
    if faults.is_empty() {
        let mut done = 0;
        for lines in written.chunks(CHUNK) {
            write(work, lines).await?;
            done += lines.len();
            progress.set(done, rows.len()).await?;
        }
    }
    Ok(tally)
}

async fn write(work: &mut Work, lines: &[Written]) -> Result<()> {
    let tasks: Vec<Task> = lines.iter().map(|line| line.task.clone()).collect();
    store::put_tasks(&mut *work, &tasks).await?;
    let mut entries = Vec::with_capacity(lines.len() * 2);
    for line in lines {
        if line.new || !line.closed {
            let what = if line.new { "added" } else { "changed" };
            entries.push(store::Entry { task: &line.task, what, note: None });
        }
        if let Some((_, evidence)) = &line.task.closed {
            entries.push(store::Entry { task: &line.task, what: "closed", note: Some(evidence.note()) });
        }
    }
    let (at, person) = (work.now(), work.principal().person());
    store::record(&mut *work, &entries, at, person).await?;
    let events = tasks.iter().map(Task::event).collect::<Result<Vec<_>>>()?;
    work.publish_all(&events).await
}

/// When and with what the row says that the line was closed.
fn closing(row: &Row, faults: &mut Faults, today: NaiveDate) -> Option<(NaiveDate, Evidence)> {
    let (text, link, reason) = (row.text("evidence"), row.text("link"), row.text("reason"));
    let Some(on) = row.date("closed_on") else {
        // A day that could not be read has its fault already.
        if (text.is_some() || link.is_some() || reason.is_some()) && row.shown("closed_on").is_empty() {
            let zh = "销账日期：填写了证据或原因，请填写销账日期";
            faults.add(
                row.number,
                "closed_on",
                "required",
                zh,
                "Closed on: there is evidence, so name the day",
            );
        }
        return None;
    };
    let day = check::date("closed_on", on)
        .and_then(|on| if on > today { Err(Error::new(Code::DateInFuture)) } else { Ok(on) });
    if let Err(error) = &day {
        fault(faults, row.number, "closed_on", error);
    }
    match Evidence::checked(text, link, reason) {
        Ok(evidence) => day.ok().map(|on| (on, evidence)),
        Err(error) => {
            let column = if error.code() == Code::InvalidLink { "link" } else { "evidence" };
            fault(faults, row.number, column, &error);
            None
        }
    }
}

/// The plan item that the row names: where several years have one, that of the school year of the due date.
fn plan_item(
    known: &Known,
    row: &Row,
    studio: StudioId,
    due_on: NaiveDate,
    faults: &mut Faults,
) -> Option<PlanItemId> {
    let title = row.text("plan_item")?;
    let found = known.items.get(&(studio, title.to_owned())).map_or(&[][..], Vec::as_slice);
    let of_year = found.iter().find(|item| Period::school_year(item.school_year).holds(due_on));
    let only = if let [only] = found { Some(only) } else { None };
    let item = of_year.or(only);
    if item.is_none() {
        let (zh, en) = if found.is_empty() {
            ("方案任务：该工作室的方案中没有这一项", "Plan item: the studio's plans have no such item")
        } else {
            (
                "方案任务：有多个学年的同名项，且都不含到期日",
                "Plan item: several years have it, and none holds the due date",
            )
        };
        faults.add(row.number, "plan_item", "plan_item_unknown", zh, en);
    }
    item.map(|item| item.id)
}

/// An open line's owner is a member today; a closed one's was a member at some time.
fn owner_fits(known: &Known, row: &Row, task: &Task, faults: &mut Faults) {
    let Some(person) = task.person else { return };
    let members = known.members.get(&person).map_or(&[][..], Vec::as_slice);
    let fits = if task.closed.is_some() {
        members.iter().any(|member| member.studio == task.studio)
    } else {
        is_active(members, task.studio, person, known.today)
    };
    if !fits {
        fault(faults, row.number, "login", &Error::new(Code::NotAMember));
    }
}
