//! Studios with their members: one row a member. Natural keys: organisation and name; studio, person and first day.

use super::directory::Directory;
use super::group::said;
use super::{Became, CHUNK, Tally, fault, store};
use crate::check;
use crate::member::Member;
use crate::people::Person;
use crate::studio::{Charter, Studio};
use crate::words::Word;
use chrono::NaiveDate;
use contract::studios::{MemberCategory, MemberRole};
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::{Faults, Row, Rows};
use std::collections::{BTreeMap, HashMap, HashSet};
use vocabulary::{Code, Error, MembershipId, OrganisationNo, PersonId, Result, StudioId};

const NOUN: (&str, &str) = ("工作室", "studio");

/// The rows of one studio, by their places in the file.
struct Group {
    owner: OrganisationNo,
    name: String,
    rows: Vec<usize>,
}

/// A studio as the file says it is, and what became of it.
struct Wanted {
    studio: Studio,
    became: Became,
}

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    sheet: &mut Rows,
) -> Result<Tally> {
    let directory = Directory::find(work, job, sheet).await?;
    let (rows, faults) = (&sheet.rows, &mut sheet.faults);
    let mut groups: BTreeMap<(OrganisationNo, &str), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let owner = directory.owner(row, faults);
        if let (Some(owner), Some(name)) = (owner, row.text("studio")) {
            groups.entry((owner, name)).or_default().push(at);
        }
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|((owner, name), rows)| Group { owner, name: name.to_owned(), rows })
        .collect();
    groups.sort_by_key(|group| group.rows.first().copied());
    let known: Vec<_> = groups
        .iter()
        .filter_map(|group| directory.studio_of(group.owner, &group.name))
        .map(|studio| (studio.owner, studio.id))
        .collect();
    let mut members: HashMap<(StudioId, PersonId), Vec<Member>> = HashMap::new();
    for member in store::members(&mut *work, &known).await? {
        members.entry((member.studio, member.person)).or_default().push(member);
    }
    let today = work.today();
    let mut tally = Tally::default();
    let (mut studios, mut memberships) = (Vec::new(), Vec::new());
    for group in &groups {
        let Some(wanted) = charter(&directory, group, rows, faults, today) else { continue };
        let mut listed = HashSet::new();
        let mut first = Some(wanted.became);
        for row in group.rows.iter().filter_map(|at| rows.get(*at)) {
            let Some(person) = directory.person(row, faults) else { continue };
            if !listed.insert(person.id) {
                let zh = "成员登录名：同一工作室内此人出现了两次";
                faults.add(row.number, "login", "twice_in_file", zh, "Member: stands twice in this studio");
                continue;
            }
            let before = members.get(&(wanted.studio.id, person.id)).map_or(&[][..], Vec::as_slice);
            let Some((member, became)) = membership(&wanted.studio, row, person, before, faults) else {
                continue;
            };
            tally.add(first.take().map_or(became, |studio| became.max(studio)));
            if became != Became::Unchanged {
                memberships.push((member, wanted.studio.charter.name.clone()));
            }
        }
        if wanted.became != Became::Unchanged {
            studios.push(wanted.studio);
        }
    }
    if faults.is_empty() {
        write(work, progress, rows.len(), &studios, &memberships).await?;
    }
    Ok(tally)
}

async fn write(
    work: &mut Work,
    progress: &mut Progress,
    rows: usize,
    studios: &[Studio],
    memberships: &[(Member, String)],
) -> Result<()> {
    for studios in studios.chunks(CHUNK) {
        store::put_studios(&mut *work, studios).await?;
        let events = studios.iter().map(Studio::event).collect::<Result<Vec<_>>>()?;
        work.publish_all(&events).await?;
    }
    let mut done = 0;
    for memberships in memberships.chunks(CHUNK) {
        let members: Vec<Member> = memberships.iter().map(|(member, _)| member.clone()).collect();
        store::put_members(&mut *work, &members).await?;
        let events =
            memberships.iter().map(|(member, name)| member.event(name)).collect::<Result<Vec<_>>>()?;
        work.publish_all(&events).await?;
        done += memberships.len();
        progress.set(done, rows).await?;
    }
    Ok(())
}

/// The studio as the file says it is; what the file leaves out stays as it was.
fn charter(
    directory: &Directory,
    group: &Group,
    rows: &[Row],
    faults: &mut Faults,
    today: NaiveDate,
) -> Option<Wanted> {
    let own: Vec<&Row> = group.rows.iter().filter_map(|at| rows.get(*at)).collect();
    let number = own.first().map_or(0, |row| row.number);
    let level = said(&own, faults, "level", NOUN, |row| row.choice("level")).and_then(Word::from_word);
    let stage = said(&own, faults, "stage", NOUN, |row| row.text("stage")).map(str::to_owned);
    let mode = said(&own, faults, "mode", NOUN, |row| row.choice("mode")).and_then(Word::from_word);
    let leader = said(&own, faults, "leader_type", NOUN, |row| row.choice("leader_type"));
    let leader_type = leader.and_then(Word::from_word);
    let founded_on = said(&own, faults, "founded_on", NOUN, |row| row.date("founded_on"));
    if let Some(day) = founded_on
        && let Err(error) = check::date("founded_on", day).and_then(|day| not_after(day, today))
    {
        fault(faults, number, "founded_on", &error);
        return None;
    }
    if let Some(studio) = directory.studio_of(group.owner, &group.name) {
        if studio.closed_on.is_some() {
            fault(faults, number, "studio", &Error::new(Code::StudioClosed));
            return None;
        }
        let mut wanted = studio.clone();
        wanted.charter = Charter {
            name: studio.charter.name.clone(),
            level: level.unwrap_or(studio.charter.level),
            stage: stage.unwrap_or_else(|| studio.charter.stage.clone()),
            mode: mode.unwrap_or(studio.charter.mode),
            leader_type: leader_type.unwrap_or(studio.charter.leader_type),
        };
        wanted.founded_on = founded_on.unwrap_or(studio.founded_on);
        let changed = wanted != *studio;
        wanted.version += i32::from(changed);
        return Some(Wanted {
            studio: wanted,
            became: if changed { Became::Changed } else { Became::Unchanged },
        });
    }
    let missing = [
        ("level", level.is_none()),
        ("mode", mode.is_none()),
        ("leader_type", leader_type.is_none()),
        ("founded_on", founded_on.is_none()),
    ];
    for (column, _) in missing.into_iter().filter(|(_, missing)| *missing) {
        // A cell that could not be read has its fault already.
        if !faults.iter().any(|fault| group.holds(rows, fault.row) && fault.column == Some(column)) {
            let zh = "新建的工作室须填写此项，填在任意一行即可";
            faults.add(number, column, "required", zh, "A new studio needs this, in any one of its rows");
        }
    }
    let led = group.rows.iter().filter_map(|at| rows.get(*at)).any(|row| row.choice("role") == Some("lead"));
    if !led {
        let zh = "成员角色：新建的工作室至少有一名主持人";
        faults.add(number, "role", "lead_missing", zh, "Part: a new studio has at least one lead");
    }
    let studio = Studio {
        owner: group.owner,
        id: StudioId::new(),
        charter: Charter {
            name: group.name.clone(),
            level: level?,
            stage: stage.unwrap_or_default(),
            mode: mode?,
            leader_type: leader_type?,
        },
        founded_on: founded_on?,
        closed_on: None,
        version: 1,
    };
    Some(Wanted { studio, became: Became::Created })
}

impl Group {
    fn holds(&self, rows: &[Row], number: u32) -> bool {
        self.rows.iter().filter_map(|at| rows.get(*at)).any(|row| row.number == number)
    }
}

fn not_after(day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day > today { Err(Error::new(Code::DateInFuture)) } else { Ok(()) }
}

/// The membership as a row says it is.
fn membership(
    studio: &Studio,
    row: &Row,
    person: &Person,
    before: &[Member],
    faults: &mut Faults,
) -> Option<(Member, Became)> {
    let role: MemberRole = row.choice("role").and_then(Word::from_word)?;
    let principal: MemberCategory = row.choice("category").and_then(Word::from_word)?;
    let others = row.choices("categories").iter().filter_map(|word| MemberCategory::from_word(word));
    let mut categories: Vec<MemberCategory> = others.chain([principal]).collect();
    categories.sort_unstable();
    categories.dedup();
    // Without a first day the row means the membership that lasts.
    let from = match row.date("from") {
        Some(day) => day,
        None => before.iter().find(|m| m.to.is_none()).map_or(studio.founded_on, |m| m.from),
    };
    if let Err(error) = check::date("from", from) {
        fault(faults, row.number, "from", &error);
        return None;
    }
    if let Some(member) = before.iter().find(|member| member.from == from) {
        let mut wanted = member.clone();
        wanted.role = role;
        wanted.categories = categories;
        wanted.principal_category = principal;
        let changed = wanted != *member;
        wanted.version += i32::from(changed);
        return Some((wanted, if changed { Became::Changed } else { Became::Unchanged }));
    }
    if from < studio.founded_on {
        fault(faults, row.number, "from", &Error::new(Code::DateOrder));
        return None;
    }
    if before.iter().any(|other| other.to.is_none_or(|to| to >= from)) {
        fault(faults, row.number, "from", &Error::new(Code::MemberTwice));
        return None;
    }
    let member = Member {
        owner: studio.owner,
        id: MembershipId::new(),
        studio: studio.id,
        person: person.id,
        home: person.home,
        role,
        categories,
        principal_category: principal,
        from,
        to: None,
        version: 1,
    };
    Some((member, Became::Created))
}
