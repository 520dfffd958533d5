//! A small world: schools told by number, records told by small numbers, and the log that tells of them.

use analytics::{Analytics, Projector};
use chrono::NaiveDate;
use contract::analytics::{Figure, SchoolFigures, StudioFigures, SubjectFigures};
use contract::events::{
    AssignmentState, AttendanceState, CLASS, ClassEvent, MEMBER, MemberEvent, SESSION, STUDIO, SessionEvent,
    StudioEvent, TASK, TaskEvent,
};
use contract::studios::{MemberCategory, MemberRole, StudioFunction, TaskState};
use contract::tenancy::AssignmentKind;
use contract::{Handle as _, Operation};
use platform::{Changes, Database, Event, Relay, Sink};
use serde::Serialize;
use std::time::Duration;
use testkit::TestDatabase;
use uuid::Uuid;
use vocabulary::{
    AssignmentId, Call, ClassId, Clock, MembershipId, OrganisationNo, Period, PersonId, Principal, Result,
    StudioId, StudioSessionId, TaskId,
};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The UUID of a record of a kind: `tells` keeps kinds apart.
fn uuid(tells: u128, n: u32) -> Uuid {
    Uuid::from_u128((tells << 64) | u128::from(n))
}

pub(crate) fn studio_id(n: u32) -> StudioId {
    StudioId::from_uuid(uuid(2, n))
}

pub(crate) fn class_uuid(n: u32) -> Uuid {
    uuid(1, n)
}

pub(crate) fn task_uuid(n: u32) -> Uuid {
    uuid(4, n)
}

pub(crate) fn session_uuid(n: u32) -> Uuid {
    uuid(7, n)
}

fn event(
    owner: i32,
    studio: Option<u32>,
    aggregate: Uuid,
    version: i32,
    kind: &str,
    state: &impl Serialize,
) -> Event {
    Event {
        // The id follows from the content, so that the same event told twice is the same.
        id: Uuid::from_u128(aggregate.as_u128() ^ (u128::from(version.unsigned_abs()) << 40)),
        owner_no: OrganisationNo(owner),
        studio_id: studio.map(|n| studio_id(n).uuid()),
        aggregate,
        version,
        kind: kind.to_owned(),
        payload: serde_json::to_value(state).unwrap(),
        recorded_at: testkit::noon(),
        trace: None,
    }
}

/// Who teaches a class: (person, kind, from, to).
pub(crate) type Teaches<'a> = (u32, AssignmentKind, &'a str, Option<&'a str>);

pub(crate) fn class(
    owner: i32,
    n: u32,
    version: i32,
    opened: &str,
    closed: Option<&str>,
    who: &[Teaches<'_>],
) -> Event {
    let assignment = |(at, (person, kind, from, to)): (u32, &Teaches<'_>)| AssignmentState {
        id: AssignmentId::from_uuid(uuid(6, n * 100 + at)),
        person: PersonId::from_uuid(uuid(5, *person)),
        kind: *kind,
        from: day(from),
        to: to.map(day),
        // Of every second person there is a paper.
        appointed: person % 2 == 1,
        graduated: false,
    };
    let state = ClassEvent {
        id: ClassId::from_uuid(uuid(1, n)),
        opened_on: day(opened),
        closed_on: closed.map(day),
        assignments: (0u32..).zip(who).map(assignment).collect(),
    };
    event(owner, None, uuid(1, n), version, CLASS, &state)
}

pub(crate) fn studio(owner: i32, n: u32, version: i32, founded: &str, closed: Option<&str>) -> Event {
    let state = StudioEvent {
        id: studio_id(n),
        name: format!("班主任工作室 {n}"),
        founded_on: day(founded),
        closed_on: closed.map(day),
    };
    event(owner, Some(n), uuid(2, n), version, STUDIO, &state)
}

/// A member of a studio by person and home; the first category is the principal one.
#[derive(Clone, Copy)]
pub(crate) struct Joins<'a> {
    pub(crate) person: u32,
    pub(crate) home: i32,
    pub(crate) categories: &'a [MemberCategory],
    pub(crate) from: &'a str,
    pub(crate) to: Option<&'a str>,
}

pub(crate) fn member(owner: i32, in_studio: u32, n: u32, version: i32, joins: Joins<'_>) -> Event {
    let state = MemberEvent {
        id: MembershipId::from_uuid(uuid(3, n)),
        studio: studio_id(in_studio),
        studio_name: format!("班主任工作室 {in_studio}"),
        person: PersonId::from_uuid(uuid(5, joins.person)),
        home: OrganisationNo(joins.home),
        role: MemberRole::Member,
        categories: joins.categories.to_vec(),
        principal_category: joins.categories[0],
        from: day(joins.from),
        to: joins.to.map(day),
    };
    event(owner, Some(in_studio), uuid(3, n), version, MEMBER, &state)
}

/// A task: open, or closed on a day with evidence or without.
pub(crate) fn task(
    owner: i32,
    in_studio: u32,
    n: u32,
    version: i32,
    due: &str,
    closed: Option<(&str, bool)>,
) -> Event {
    let state = TaskEvent {
        id: TaskId::from_uuid(uuid(4, n)),
        studio: studio_id(in_studio),
        due_on: day(due),
        state: if closed.is_some() { TaskState::Closed } else { TaskState::Open },
        closed_on: closed.map(|(on, _)| day(on)),
        with_evidence: closed.is_some_and(|(_, evidence)| evidence),
    };
    event(owner, Some(in_studio), uuid(4, n), version, TASK, &state)
}

/// A session: its day, whether it was held, what it serves, and who is listed: person, home, and whether they came.
#[derive(Clone, Copy)]
pub(crate) struct Meets<'a> {
    pub(crate) on: &'a str,
    pub(crate) held: bool,
    pub(crate) functions: &'a [StudioFunction],
    pub(crate) joint: bool,
    pub(crate) listed: &'a [(u32, i32, bool)],
}

pub(crate) fn session(owner: i32, in_studio: u32, n: u32, version: i32, meets: Meets<'_>) -> Event {
    let attendance = |(person, home, present): &(u32, i32, bool)| AttendanceState {
        person: PersonId::from_uuid(uuid(5, *person)),
        home: OrganisationNo(*home),
        expected: true,
        present: *present,
    };
    let state = SessionEvent {
        id: StudioSessionId::from_uuid(session_uuid(n)),
        studio: studio_id(in_studio),
        on: day(meets.on),
        minutes: None,
        held: meets.held,
        functions: meets.functions.to_vec(),
        activities: Vec::new(),
        joint: meets.joint,
        attendance: meets.listed.iter().map(attendance).collect(),
    };
    event(owner, Some(in_studio), session_uuid(n), version, SESSION, &state)
}

pub(crate) struct World {
    pub(crate) test: TestDatabase,
    pub(crate) clock: Clock,
    pub(crate) database: Database,
    pub(crate) analytics: Analytics,
    pub(crate) projector: Projector,
    pub(crate) changes: Changes,
}

impl World {
    /// An empty one, on 2026-05-18.
    pub(crate) async fn new() -> Self {
        let test = TestDatabase::new().await;
        let clock = testkit::clock();
        let database = test.database("analytics", clock.clone());
        let changes = Changes::default();
        let projector = Projector::new(database.clone(), changes.clone());
        Self { analytics: Analytics::new(database.clone()), test, clock, database, projector, changes }
    }

    /// A world with these events applied, as they came.
    pub(crate) async fn of(events: Vec<Event>) -> Self {
        let world = Self::new().await;
        world.apply(events).await;
        world
    }

    pub(crate) async fn apply(&self, events: Vec<Event>) {
        platform::apply(&self.projector, events).await.expect("events are applied");
    }

    /// Asks under a principal.
    pub(crate) async fn ask<O: Operation>(&self, principal: &Principal, request: O) -> Result<O::Reply>
    where
        Analytics: contract::Handle<O>,
    {
        self.analytics.handle(&testkit::call(principal.clone()), request).await
    }

    pub(crate) async fn school(&self, no: i32, period: &str) -> SubjectFigures {
        let request = SchoolFigures { schools: vec![OrganisationNo(no)], period: period.parse().unwrap() };
        self.ask(&officer(), request).await.unwrap().remove(0).expect("a school within scope")
    }

    pub(crate) async fn studio(&self, n: u32, period: &str) -> SubjectFigures {
        let request = StudioFigures { studios: vec![studio_id(n)], period: period.parse().unwrap() };
        self.ask(&officer(), request).await.unwrap().remove(0).expect("a studio within scope")
    }

    /// Every row derived, as text, in an order of their own.
    pub(crate) async fn dump(&self) -> String {
        let mut connection = self.test.superuser().await;
        let mut all = String::new();
        for table in ["class", "studio", "membership", "task", "session", "fact", "fact_record", "sheet"] {
            let sql = format!(
                "select coalesce(string_agg(t::text, E'\\n' order by t::text collate \"C\"), '') from analytics.{table} t"
            );
            let rows: String =
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
            all.extend([table, "\n", &rows, "\n"]);
        }
        all
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.test.superuser().await).await.unwrap()
    }

    /// Writes events into the logs of the services that they come from.
    pub(crate) async fn log(&self, events: &[Event]) {
        for event in events {
            let service = if event.kind.starts_with("tenancy.") { "tenancy" } else { "studios" };
            let database = self.test.database(service, self.clock.clone());
            let mut work = database.begin_service("test", "tell", event.owner_no).await.unwrap();
            let studio = event.studio_id.map(StudioId::from_uuid);
            let (kind, payload) = (event.kind.as_str(), &event.payload);
            work.publish(event.owner_no, studio, event.aggregate, event.version, kind, payload)
                .await
                .unwrap();
            work.finish(()).await.unwrap();
            database.close().await;
        }
    }

    pub(crate) fn logs(&self) -> [Database; 2] {
        ["tenancy", "studios"].map(|service| self.test.database(service, self.clock.clone()))
    }

    /// Hands on the logs until so many events were applied. The relay stays below the oldest transaction of the whole
    /// server, so another test's may hold it up for a moment.
    pub(crate) async fn relay(&self, expected: i64) {
        for log in self.logs() {
            let relay = Relay::new(log, Sink::Local(vec![Sink::local(self.projector.clone())]));
            while relay.step().await.unwrap() > 0 {}
        }
        for _ in 0..200 {
            if self.count("select count(*) from analytics.inbox").await >= expected {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            for log in self.logs() {
                let relay = Relay::new(log, Sink::Local(vec![Sink::local(self.projector.clone())]));
                relay.step().await.unwrap();
            }
        }
        panic!("the log was not handed on");
    }
}

/// A bureau's officer over the numbers 10 to 99.
pub(crate) fn officer() -> Principal {
    testkit::principal::bureau_officer(PersonId::new(), 10, (10, 100))
}

pub(crate) fn call(principal: &Principal) -> Call {
    testkit::call(principal.clone())
}

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub(crate) fn figure<'a>(figures: &'a SubjectFigures, metric: &str) -> &'a Figure {
    figures.figures.iter().find(|figure| figure.metric == metric).unwrap()
}

/// A figure's numerator, denominator and value.
pub(crate) fn numbers(figures: &SubjectFigures, metric: &str) -> (Option<f64>, Option<f64>, Option<f64>) {
    let figure = figure(figures, metric);
    (figure.numerator, figure.denominator, figure.value)
}

/// A year of several schools, from a seed: records made, corrected, closed and reopened, in the order of the log.
pub(crate) fn a_year(seed: u64, schools: u32) -> Vec<Event> {
    let mut dice = Dice(seed | 1);
    let mut events = Vec::new();
    for school in 0..schools {
        let owner = 11 + i32::try_from(school).unwrap();
        for n in 0..3 {
            let n = school * 10 + n;
            let opened = dice.day("2024-08-20", 400);
            let first = dice.day("2025-08-20", 100);
            let given = (n, AssignmentKind::Principal, first.as_str(), None);
            events.push(class(owner, n, 1, &opened, None, &[given]));
            let handed = dice.day("2026-01-10", 60);
            let acting = (n + 50, AssignmentKind::Acting, handed.as_str(), None);
            let ended = (n, AssignmentKind::Principal, first.as_str(), Some(handed.as_str()));
            events.push(class(owner, n, 2, &opened, dice.maybe("2026-06-30"), &[ended, acting]));
        }
        for n in 0..2 {
            let n = school * 10 + n;
            let founded = dice.day("2024-02-01", 500);
            events.push(studio(owner, n, 1, &founded, None));
            for m in 0..5 {
                let categories = dice.categories();
                let from = dice.day(&founded, 300);
                let joins = Joins {
                    person: school * 100 + dice.below(8),
                    home: owner + i32::try_from(dice.below(3)).unwrap(),
                    categories: &categories,
                    from: &from,
                    to: None,
                };
                events.push(member(owner, n, n * 10 + m, 1, joins));
                if dice.below(3) == 0 {
                    let to = dice.day("2025-12-01", 200);
                    events.push(member(owner, n, n * 10 + m, 2, Joins { to: Some(&to), ..joins }));
                }
            }
            for t in 0..12 {
                let t = n * 100 + t;
                let due = dice.day("2025-03-01", 500);
                events.push(task(owner, n, t, 1, &due, None));
                let on = dice.day(&due, 40);
                match dice.below(5) {
                    0 => {}
                    1 => events.push(task(owner, n, t, 2, &due, Some((&on, false)))),
                    2 => {
                        events.push(task(owner, n, t, 2, &due, Some((&on, true))));
                        events.push(task(owner, n, t, 3, &due, None));
                    }
                    3 => events.push(task(owner, n, t, 2, &dice.day("2025-09-01", 300), None)),
                    _ => events.push(task(owner, n, t, 2, &due, Some((&on, true)))),
                }
            }
            if dice.below(4) == 0 {
                let closed = dice.day("2026-01-01", 120);
                events.push(studio(owner, n, 2, &founded, Some(&closed)));
            }
            for s in 0..6 {
                events.extend(meeting(&mut dice, owner, n, n * 100 + s));
            }
        }
    }
    events
}

/// A session of a studio as life goes: planned, mostly held, now and then corrected afterwards.
fn meeting(dice: &mut Dice, owner: i32, in_studio: u32, n: u32) -> Vec<Event> {
    let (on, functions, joint) = (dice.day("2025-03-01", 450), dice.functions(), dice.below(3) == 0);
    let listed: Vec<(u32, i32, bool)> = (0..5).map(|_| dice.listed(owner, in_studio / 10)).collect();
    let corrected = dice.day("2025-09-01", 200);
    let planned = Meets { on: &on, held: false, functions: &functions, joint, listed: &[] };
    let held = Meets { held: true, listed: &listed, ..planned };
    let told = match dice.below(6) {
        0 => vec![planned],
        1 => vec![planned, held, Meets { listed: &listed[..3], ..held }],
        2 => vec![planned, held, Meets { on: &corrected, functions: &[], ..held }],
        3 => vec![planned, held, planned],
        _ => vec![planned, held],
    };
    (1..).zip(told).map(|(version, meets)| session(owner, in_studio, n, version, meets)).collect()
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 16) % u64::from(bound)).unwrap()
    }

    fn day(&mut self, from: &str, within: u32) -> String {
        (day(from) + chrono::Days::new(u64::from(self.below(within)))).to_string()
    }

    fn maybe(&mut self, text: &'static str) -> Option<&'static str> {
        (self.below(2) == 0).then_some(text)
    }

    fn categories(&mut self) -> Vec<MemberCategory> {
        use MemberCategory::{Candidate, HomeroomTeacher, OutsideExpert, PsychologyTeacher, Researcher};
        let all = [HomeroomTeacher, Candidate, PsychologyTeacher, Researcher, OutsideExpert];
        let first = usize::try_from(self.below(5)).unwrap();
        let second = usize::try_from(self.below(5)).unwrap();
        let mut chosen = vec![all[first]];
        if second != first {
            chosen.push(all[second]);
        }
        chosen
    }

    fn functions(&mut self) -> Vec<StudioFunction> {
        use StudioFunction::{Advice, Guidance, Research, Service};
        let mut chosen = vec![Research, Advice, Guidance, Service];
        chosen.retain(|_| self.below(2) == 0);
        chosen
    }

    /// Somebody in a session's attendance: a homeroom teacher of the school, or one of those who are members.
    fn listed(&mut self, owner: i32, school: u32) -> (u32, i32, bool) {
        let teaches = self.below(2) == 0;
        let person = if teaches { school * 10 + self.below(3) } else { school * 100 + self.below(8) };
        let home = if teaches { owner } else { owner + i32::try_from(self.below(3)).unwrap() };
        (person, home, self.below(4) > 0)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = usize::try_from(self.below(u32::try_from(i + 1).unwrap())).unwrap();
            items.swap(i, j);
        }
    }
}
