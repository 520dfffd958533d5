//! The records that lie in the organisations: classes, studios, ledgers, audit.

use super::make::id;
use super::{Assignment, Audit, Class, Kind, Membership, PlanItem, Session, Studio, Task, World, day, noon};
use chrono::{Days, NaiveDate, TimeDelta};
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};

const TITLES: [&str; 6] =
    ["主题班会", "结对谈话", "家校沟通案例", "典型学生会诊", "班级公约汇编", "成长档案"];
const FUNCTIONS: [&str; 4] = ["research", "advice", "guidance", "service"];

impl World {
    pub(super) fn add_records(&mut self, rng: &mut StdRng) {
        for organisation in 0..self.organisations.len() {
            if self.organisations[organisation].kind == Kind::School {
                self.add_classes(rng, organisation);
            }
            let studios = match self.organisations[organisation].kind {
                Kind::School => rng.random_range(0..=2),
                _ => rng.random_range(0..=1),
            };
            for _ in 0..studios {
                self.add_studio(rng, organisation);
            }
        }
        self.add_audit(rng);
    }

    fn people_of(&self, organisation: usize) -> Vec<usize> {
        (0..self.people.len()).filter(|p| self.people[*p].home == organisation).collect()
    }

    fn add_classes(&mut self, rng: &mut StdRng, school: usize) {
        let people = self.people_of(school);
        for n in 0..rng.random_range(2..=4) {
            let opened = day(2024, 9, 1);
            let mut assignments = Vec::new();
            for kind in ["principal", "deputy"].into_iter().take(rng.random_range(0..=2)) {
                let person = *people.choose(rng).unwrap();
                let to = rng.random_ratio(1, 5).then(|| day(2026, 1, 20));
                assignments.push(Assignment { id: id(rng), person, kind, from: opened, to });
            }
            let closed = rng.random_ratio(1, 6).then(|| day(2026, 1, 31));
            let closed = closed.filter(|_| assignments.iter().all(|a| a.to.is_some()));
            let name = format!("24级{}班", n + 1);
            self.classes.push(Class { id: id(rng), school, name, cohort: 2024, opened, closed, assignments });
        }
    }

    fn add_studio(&mut self, rng: &mut StdRng, owner: usize) {
        let studio = self.studios.len();
        let founded = day(2024, 9, 1);
        let closed = rng.random_ratio(1, 8).then(|| day(2026, 2, 1));
        self.studios
            .push(Studio { id: id(rng), owner, name: format!("第{studio}工作室"), founded, closed });
        let mut people = self.people_of(owner);
        people.shuffle(rng);
        people.truncate(rng.random_range(2..=4));
        // Guests from anywhere.
        for _ in 0..rng.random_range(1..=2) {
            let guest = rng.random_range(0..self.people.len());
            if !people.contains(&guest) {
                people.push(guest);
            }
        }
        for (n, person) in people.iter().enumerate() {
            let guest = self.people[*person].home != owner;
            let (role, category) = match n {
                0 => ("lead", "homeroom_teacher"),
                _ if guest && rng.random_ratio(1, 2) => ("member", "outside_expert"),
                1 if !guest && rng.random_ratio(1, 2) => ("coordinator", "candidate"),
                _ => ("member", "psychology_teacher"),
            };
            let gone = closed.or_else(|| (n > 1 && rng.random_ratio(1, 6)).then(|| day(2026, 3, 31)));
            let later = n > 1 && gone.is_none() && rng.random_ratio(1, 8);
            let from = if later { day(2026, 8, 1) } else { founded };
            let (id, person) = (id(rng), *person);
            self.memberships.push(Membership { id, studio, person, role, category, from, to: gone });
        }
        for n in 0..2 {
            let title = format!("方案{n}");
            self.plan_items.push(PlanItem { id: id(rng), studio, title });
        }
        for n in 0..rng.random_range(4..=8u64) {
            let due = day(2026, 3, 1).checked_add_days(Days::new(n * 19)).unwrap();
            let closed = closed.or_else(|| (n < 4 && rng.random_ratio(1, 2)).then_some(due));
            let plan_item = rng.random_ratio(1, 2).then(|| self.plan_items.len() - 1);
            let title = format!("{}{n}", TITLES.choose(rng).unwrap());
            let owner = rng.random_ratio(4, 5).then(|| *people.choose(rng).unwrap());
            let (id, history) = (id(rng), id(rng));
            self.tasks.push(Task { id, history, studio, plan_item, title, owner, due, closed });
        }
    }

    /// Of every studio one session that was held and one that was called off; of one that lives also one that nobody has
    /// recorded yet, and one that lies ahead.
    pub(super) fn add_sessions(&mut self, rng: &mut StdRng) {
        for studio in 0..self.studios.len() {
            let held = day(2025, 11, 3).checked_add_days(Days::new(rng.random_range(0..40))).unwrap();
            let attendance = self.attendance(rng, studio, held);
            self.add_session(rng, studio, held, "held", attendance);
            self.add_session(rng, studio, day(2026, 1, 10), "cancelled", Vec::new());
            if self.studios[studio].closed.is_none() {
                self.add_session(rng, studio, day(2026, 5, 15), "planned", Vec::new());
                self.add_session(rng, studio, day(2026, 6, 20), "planned", Vec::new());
            }
        }
    }

    fn add_session(
        &mut self,
        rng: &mut StdRng,
        studio: usize,
        on: NaiveDate,
        state: &'static str,
        attendance: Vec<(usize, bool)>,
    ) {
        let title = format!("{}{}", TITLES.choose(rng).unwrap(), self.sessions.len());
        // Half of them half an hour after midnight in Shanghai: the day before, by the clock of the database.
        let starts = if rng.random() { noon(on) } else { noon(on) - TimeDelta::minutes(690) };
        let functions = FUNCTIONS.choose_multiple(rng, 2).copied().collect();
        let (id, joint) = (id(rng), rng.random());
        self.sessions.push(Session { id, studio, title, on, starts, state, functions, joint, attendance });
    }

    /// The members of the day, some of whom came, and two people of other organisations, one of whom did.
    fn attendance(&self, rng: &mut StdRng, studio: usize, on: NaiveDate) -> Vec<(usize, bool)> {
        let owner = self.studios[studio].owner;
        let members = self
            .memberships
            .iter()
            .filter(|m| m.studio == studio && m.from <= on && m.to.is_none_or(|to| on <= to));
        let mut attendance: Vec<(usize, bool)> = members.map(|m| (m.person, rng.random())).collect();
        for came in [true, false] {
            let known =
                |p: &usize| self.people[*p].home == owner || attendance.iter().any(|(one, _)| one == p);
            let others: Vec<usize> = (0..self.people.len()).filter(|p| !known(p)).collect();
            attendance.push((*others.choose(rng).unwrap(), came));
        }
        attendance
    }

    fn add_audit(&mut self, rng: &mut StdRng) {
        let start = noon(day(2026, 4, 1));
        for n in 0..400 {
            let service = *["tenancy", "studios", "resources", "analytics"].choose(rng).unwrap();
            let owner = rng.random_range(0..self.organisations.len());
            let of_owner: Vec<usize> =
                (0..self.studios.len()).filter(|s| self.studios[*s].owner == owner).collect();
            let studio = if service == "studios" { of_owner.choose(rng).copied() } else { None };
            let person = rng.random_range(0..self.people.len());
            let action = *["CloseTask", "AddClass", "GiveGrant", "FoundStudio"].choose(rng).unwrap();
            let at = start + TimeDelta::minutes(n * 17);
            self.audits.push(Audit { id: id(rng), service, owner, studio, person, action, at });
        }
    }
}
