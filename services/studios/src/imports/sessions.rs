//! Sessions with their attendance: one row a person. Natural keys: studio, title and day; session and person. Who came
//! makes a session held; one without anybody is planned. The file adds to an attendance and corrects it.

use super::directory::Directory;
use super::group::said;
use super::{Became, CHUNK, Tally, fault, store};
use crate::check;
use crate::member::Member;
use crate::people::Person;
use crate::session::{Line, MOST, Session, Wording, with_members};
use crate::studio::Studio;
use crate::words::Word;
use chrono::{NaiveDate, NaiveTime, Timelike as _};
use contract::studios::{CommunityActivity, SessionState, StudioFunction};
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::{Faults, Row, Rows};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use vocabulary::{Code, Error, OrganisationNo, PersonId, Result, StudioId, StudioSessionId, shanghai};

const NOUN: (&str, &str) = ("活动", "session");

/// A session's natural key.
type Key<'a> = (StudioId, &'a str, NaiveDate);

/// A session to be written, with everybody who was expected.
struct Written {
    session: Session,
    attendance: Vec<Line>,
}

/// What is there already: sessions with their attendance.
type Known = HashMap<(StudioId, String, NaiveDate), (Session, BTreeMap<PersonId, Line>)>;

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    sheet: &mut Rows,
) -> Result<Tally> {
    let first = sheet.rows.iter().filter_map(|row| row.date("on")).min();
    let first = first.unwrap_or_else(|| work.today());
    let directory = Directory::as_of(work, job, sheet, first).await?;
    let (rows, faults) = (&sheet.rows, &mut sheet.faults);
    let mut groups: HashMap<Key<'_>, Vec<&Row>> = HashMap::new();
    let (mut order, mut studios) = (Vec::new(), HashMap::new());
    for row in rows {
        let Some(studio) = directory.studio(row, faults) else { continue };
        let day = row.date("on").map(|day| check::date("on", day)).transpose();
        let day = day.unwrap_or_else(|error| {
            fault(faults, row.number, "on", &error);
            None
        });
        let (Some(title), Some(day)) = (row.text("title"), day) else { continue };
        studios.entry(studio.id).or_insert(studio);
        let key = (studio.id, title, day);
        let group = groups.entry(key).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(row);
    }
    let keys: Vec<_> = studios.values().map(|studio| (studio.owner, studio.id)).collect();
    let known = known(work, &keys).await?;
    let mut members: HashMap<StudioId, Vec<Member>> = HashMap::new();
    for member in store::members(&mut *work, &keys).await? {
        members.entry(member.studio).or_default().push(member);
    }
    let today = work.today();
    let (mut tally, mut written) = (Tally::default(), Vec::new());
    for key in order {
        let (Some(group), Some(studio)) = (groups.get(&key), studios.get(&key.0)) else { continue };
        let before = known.get(&(key.0, key.1.to_owned(), key.2));
        let there = before.map(|(_, attendance)| attendance.clone()).unwrap_or_default();
        let members = members_on(members.get(&key.0).map_or(&[][..], Vec::as_slice), key.2);
        let named = attended(&directory, group, &members, &there, faults);
        let Some((mut session, mut became)) = session(studio, key, group, before.map(|(s, _)| s), faults)
        else {
            continue;
        };
        let number = group.first().map_or(0, |row| row.number);
        let mut attendance = there.clone();
        if named.is_empty() {
            if session.state == SessionState::Planned && session.summary.is_some() {
                let zh = "人员登录名：填写了纪要，请至少填写一名到会人员";
                faults.add(
                    number,
                    "login",
                    "required",
                    zh,
                    "Account: what was said is told, so say who came",
                );
                continue;
            }
        } else {
            attendance.extend(named);
            attendance = with_members(attendance, members);
        }
        if attendance != there && !attendance.values().any(|line| line.present) {
            let zh = "是否到会：至少要有一人到会，才算举办过";
            faults.add(
                number,
                "present",
                "nobody_came",
                zh,
                "Came: a session that was held had somebody there",
            );
            continue;
        }
        if attendance.len() > MOST {
            fault(faults, number, "login", &Error::new(Code::TooMany).with("max", MOST));
            continue;
        }
        if attendance != there && key.2 > today {
            fault(faults, number, "on", &Error::new(Code::SessionAhead));
            continue;
        }
        if attendance != there {
            session.state = SessionState::Held;
            became = became.max(Became::Changed);
        }
        for _ in group {
            tally.add(became);
        }
        if became != Became::Unchanged {
            session.version += i32::from(before.is_some());
            written.push(Written { session, attendance: attendance.into_values().collect() });
        }
    }
    if faults.is_empty() {
        write(work, progress, rows.len(), &written).await?;
    }
    Ok(tally)
}

async fn known(work: &mut Work, studios: &[(OrganisationNo, StudioId)]) -> Result<Known> {
    let sessions = store::sessions(&mut *work, studios).await?;
    let mut attendance: HashMap<StudioSessionId, BTreeMap<PersonId, Line>> = HashMap::new();
    for (session, one) in store::attendance(&mut *work, studios).await? {
        attendance.entry(session).or_default().insert(one.person, one);
    }
    let mut known = Known::new();
    for session in sessions {
        let key = (session.studio, session.wording.title.clone(), session.day());
        let there = attendance.remove(&session.id).unwrap_or_default();
        // Of two of one name and day, one of which was cancelled, the file means the other.
        let stands = session.state != SessionState::Cancelled;
        match known.entry(key) {
            Entry::Vacant(place) => drop(place.insert((session, there))),
            Entry::Occupied(mut place) if stands && place.get().0.state == SessionState::Cancelled => {
                place.insert((session, there));
            }
            Entry::Occupied(_) => {}
        }
    }
    Ok(known)
}

/// Who of a studio's members is one on a day, with their home.
fn members_on(members: &[Member], day: NaiveDate) -> BTreeMap<PersonId, OrganisationNo> {
    let there = members.iter().filter(|m| m.from <= day && m.to.is_none_or(|to| to >= day));
    there.map(|member| (member.person, member.home)).collect()
}

/// Who the rows say came, and who did not.
fn attended(
    directory: &Directory,
    group: &[&Row],
    members: &BTreeMap<PersonId, OrganisationNo>,
    before: &BTreeMap<PersonId, Line>,
    faults: &mut Faults,
) -> BTreeMap<PersonId, Line> {
    let mut found: BTreeMap<PersonId, Line> = BTreeMap::new();
    for row in group {
        let said = row.choice("present");
        let Some(Person { id, home, .. }) = directory.person(row, faults) else {
            if said.is_some() && row.shown("login").is_empty() {
                let zh = "人员登录名：填写了是否到会，请填写登录名";
                faults.add(row.number, "login", "required", zh, "Account: somebody came, so say who");
            }
            continue;
        };
        let present = said != Some("no");
        let expected = members.contains_key(id) || before.get(id).is_some_and(|line| line.expected);
        if !present && !expected {
            fault(faults, row.number, "present", &Error::new(Code::NotExpected));
            continue;
        }
        if found.insert(*id, Line { person: *id, home: *home, expected, present }).is_some() {
            let zh = "人员登录名：同一活动内此人出现了两次";
            faults.add(row.number, "login", "twice_in_file", zh, "Person: stands twice in this session");
        }
    }
    found
}

/// The session as the file says it is; what the file leaves out stays as it was.
fn session(
    studio: &Studio,
    (_, title, day): Key<'_>,
    group: &[&Row],
    before: Option<&Session>,
    faults: &mut Faults,
) -> Option<(Session, Became)> {
    let number = group.first().map_or(0, |row| row.number);
    if before.is_some_and(|session| session.state == SessionState::Cancelled) {
        fault(faults, number, "title", &Error::new(Code::SessionCancelled));
        return None;
    }
    if day < studio.founded_on {
        fault(faults, number, "on", &Error::new(Code::DateOrder));
        return None;
    }
    let time = said(group, faults, "at", NOUN, |row| row.text("at"));
    let time = time.map(|text| time_of(text).ok_or(text)).transpose();
    let time = time.unwrap_or_else(|_| {
        let zh = "开始时间：请写成 14:30 的样子";
        faults.add(number, "at", "not_a_time", zh, "Begins at: write it like 14:30");
        None
    });
    let minutes = said(group, faults, "minutes", NOUN, |row| row.integer("minutes"));
    let place = said(group, faults, "place", NOUN, |row| row.text("place")).map(str::to_owned);
    let functions = said(group, faults, "functions", NOUN, |row| some(row.choices("functions")));
    let activities = said(group, faults, "activities", NOUN, |row| some(row.choices("activities")));
    let joint = said(group, faults, "joint", NOUN, |row| row.choice("joint")).map(|word| word == "yes");
    let summary = said(group, faults, "summary", NOUN, |row| row.text("summary")).map(str::to_owned);
    let old = before.map(|session| &session.wording);
    let functions: Vec<StudioFunction> = match (functions, old) {
        (Some(words), _) => terms(words),
        (None, Some(old)) => old.functions.clone(),
        (None, None) => {
            let zh = "职能：新的活动须填写，填在任意一行即可";
            faults.add(
                number,
                "functions",
                "required",
                zh,
                "Functions: a new session needs them, in any one of its rows",
            );
            return None;
        }
    };
    let activities: Option<Vec<CommunityActivity>> = activities.map(terms);
    let starts_at = match (time, old) {
        (None, Some(old)) => old.starts_at,
        (time, _) => {
            let at = day.and_time(time.unwrap_or_else(afternoon)).and_local_timezone(shanghai());
            at.single()?.to_utc()
        }
    };
    let wording = Wording {
        title: title.to_owned(),
        starts_at,
        minutes: minutes.and_then(|n| i32::try_from(n).ok()).or_else(|| old.and_then(|old| old.minutes)),
        place: place.or_else(|| old.and_then(|old| old.place.clone())),
        functions,
        activities: activities.or_else(|| old.map(|old| old.activities.clone())).unwrap_or_default(),
        joint: joint.or_else(|| old.map(|old| old.joint)).unwrap_or(false),
    };
    let session = Session {
        owner: studio.owner,
        id: before.map_or_else(StudioSessionId::new, |session| session.id),
        studio: studio.id,
        wording,
        state: before.map_or(SessionState::Planned, |session| session.state),
        summary: summary.or_else(|| before.and_then(|session| session.summary.clone())),
        cancel_reason: None,
        version: before.map_or(1, |session| session.version),
    };
    let became = match before {
        None => Became::Created,
        Some(before) if *before == session => Became::Unchanged,
        Some(_) => Became::Changed,
    };
    Some((session, became))
}

fn some(words: &[&'static str]) -> Option<Vec<&'static str>> {
    (!words.is_empty()).then(|| words.to_vec())
}

fn terms<T: Word + Ord>(words: Vec<&'static str>) -> Vec<T> {
    let mut terms: Vec<T> = words.into_iter().filter_map(T::from_word).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// When a session begins of which the file does not say when.
const fn afternoon() -> NaiveTime {
    match NaiveTime::from_hms_opt(14, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// A time to the minute, as people write it or as Excel keeps it: as a part of the day.
fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.replace('：', ":");
    let mut times =
        ["%H:%M", "%H:%M:%S"].into_iter().filter_map(|form| NaiveTime::parse_from_str(&text, form).ok());
    let part = || {
        let part: f64 = text.parse().ok().filter(|part| (0.0..1.0).contains(part))?;
        // A day has 1,440 minutes: the number is small and not negative.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1,440")]
        let minutes = (part * 1_440.0).round() as u32;
        NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0)
    };
    let time = times.next().or_else(part)?;
    NaiveTime::from_hms_opt(time.hour(), time.minute(), 0)
}

async fn write(work: &mut Work, progress: &mut Progress, rows: usize, written: &[Written]) -> Result<()> {
    let mut done = 0;
    for some in written.chunks(CHUNK) {
        let sessions: Vec<&Session> = some.iter().map(|one| &one.session).collect();
        store::put_sessions(&mut *work, &sessions).await?;
        let lines: Vec<(&Session, &Line)> =
            some.iter().flat_map(|one| one.attendance.iter().map(move |line| (&one.session, line))).collect();
        for lines in lines.chunks(CHUNK) {
            store::put_attendance(&mut *work, lines).await?;
        }
        let held = sessions.iter().filter(|session| session.state == SessionState::Held);
        let days = held.map(|session| ((session.owner, session.studio), session.day()));
        let at = work.now();
        store::did(&mut *work, days, at).await?;
        let events = some.iter().map(|one| one.session.event(&one.attendance)).collect::<Result<Vec<_>>>()?;
        work.publish_all(&events).await?;
        done += some.len();
        progress.set(done.min(rows), rows).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        assert_eq!(time_of("14:30"), at(14, 30));
        assert_eq!(time_of("9：05"), at(9, 5));
        assert_eq!((time_of("08:00:00"), time_of("23:59:60")), (at(8, 0), at(23, 59)));
        assert_eq!(
            (time_of("0.604166666666667"), time_of("0"), time_of("1.5")),
            (at(14, 30), at(0, 0), None)
        );
        assert_eq!((time_of("25:00"), time_of("下午"), time_of("")), (None, None, None));
    }
}
