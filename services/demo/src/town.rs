//! The network itself: organisations, people, classes, studios, ledgers.

use crate::names;
use crate::sessions::{Meeting, meetings};
use chrono::{Datelike as _, Days, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{Rng as _, SeedableRng as _};

/// How large a network is made.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// County bureaus below the city's.
    pub counties: usize,
    /// Schools in all.
    pub schools: usize,
    /// Teachers a school.
    pub teachers: usize,
    /// Classes a school.
    pub classes: usize,
    /// Ledger lines a studio in a school year.
    pub tasks: usize,
}

impl Size {
    /// A dozen schools: what `make up` loads.
    pub const SMALL: Size = Size { counties: 3, schools: 12, teachers: 14, classes: 8, tasks: 40 };
    /// A city of 35 schools.
    pub const CITY: Size = Size { counties: 6, schools: 35, teachers: 24, classes: 14, tasks: 60 };
}

/// A county or the city itself, with its bureau.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its place code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its bureau's name.
    pub bureau: String,
}

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Account name.
    pub login: String,
    /// Home organisation's name.
    pub organisation: String,
    /// A telephone number of the reserved range.
    pub phone: String,
    /// The role's Chinese name.
    pub role: &'static str,
}

/// A class with who leads it: login, kind, first day, last day.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its school's name.
    pub school: String,
    /// Its name.
    pub name: String,
    /// Year of entry.
    pub cohort: i32,
    /// Programme.
    pub programme: &'static str,
    /// Students.
    pub headcount: i32,
    /// First day.
    pub opened_on: NaiveDate,
    /// Assignments.
    pub teachers: Vec<(String, &'static str, NaiveDate, Option<NaiveDate>)>,
}

/// A school.
#[derive(Debug, Clone)]
pub struct School {
    /// Its name.
    pub name: String,
    /// The bureau above it.
    pub bureau: String,
    /// 学校标识码.
    pub code: String,
    /// Where it lies.
    pub place: String,
}

/// A member of a studio: login, part, principal category, further categories, first day.
pub type Joined = (String, &'static str, &'static str, &'static str, NaiveDate);

/// A ledger line.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// What is to be done.
    pub title: String,
    /// The plan item's title.
    pub plan_item: &'static str,
    /// Who does it.
    pub owner: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The evidence in words.
    pub evidence: Option<&'static str>,
    /// The evidence as a link.
    pub link: Option<String>,
    /// The reason without evidence.
    pub reason: Option<&'static str>,
}

/// A studio.
#[derive(Debug, Clone)]
pub struct Studio {
    /// Its name.
    pub name: String,
    /// The organisation it belongs to.
    pub owner: String,
    /// Level, mode, leader's type, as the template's words.
    pub words: [&'static str; 3],
    /// First day.
    pub founded_on: NaiveDate,
    /// Its stage, from the bureau's own list.
    pub stage: &'static str,
    /// Members: login, part, principal category, further categories, first day. The first leads.
    pub members: Vec<Joined>,
    /// The school years for which it has a plan.
    pub plan_years: Vec<i32>,
    /// Its ledger.
    pub tasks: Vec<Ledger>,
    /// Its sessions.
    pub sessions: Vec<Meeting>,
}

/// A city with its bureaus, schools and studios.
#[derive(Debug, Clone)]
pub struct Town {
    /// The city and its counties; the city first.
    pub places: Vec<Place>,
    /// Schools.
    pub schools: Vec<School>,
    /// People.
    pub people: Vec<Person>,
    /// Classes.
    pub classes: Vec<Class>,
    /// Studios.
    pub studios: Vec<Studio>,
}

/// How many days a ledger reaches ahead.
const AHEAD: u64 = 60;

/// How a studio keeps its ledger.
#[derive(Clone, Copy)]
pub(crate) enum Manner {
    Strong,
    Ordinary,
    LastWeek,
    Silent,
}

impl Manner {
    /// That of the n-th studio.
    const fn of(n: usize) -> Self {
        match n % 7 {
            0 | 3 => Self::Strong,
            4 => Self::LastWeek,
            5 => Self::Silent,
            _ => Self::Ordinary,
        }
    }
}

const COUNTIES: [&str; 6] = ["青禾县", "临江县", "东溪区", "石桥县", "华亭区", "云岭县"];
/// The city's name.
const CITY: &str = "云川市";
const SUPPLEMENTS: [&str; 5] = ["德育和学生管理专家", "心理健康教师", "教研人员", "行政干部", "校外专家"];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn school_year(today: NaiveDate) -> i32 {
    if today.month() >= 9 { today.year() } else { today.year() - 1 }
}

impl Town {
    /// Invents a network, told relative to `today`.
    pub fn make(seed: u64, size: Size, today: NaiveDate) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut town = Self {
            places: places(size.counties),
            schools: Vec::new(),
            people: Vec::new(),
            classes: Vec::new(),
            studios: Vec::new(),
        };
        town.bureau_people(&mut rng);
        for i in 0..size.schools {
            town.add_school(i, size, today, &mut rng);
        }
        town.add_studios(size, today, &mut rng);
        town.add_sessions(seed, size, today);
        town
    }

    /// The city's bureau.
    pub fn city(&self) -> &Place {
        &self.places[0]
    }

    fn person(&mut self, login: String, organisation: &str, role: &'static str, rng: &mut StdRng) -> String {
        let n = self.people.len();
        let person = Person {
            name: names::person(rng),
            login: login.clone(),
            organisation: organisation.to_owned(),
            phone: format!("1990000{n:04}"),
            role,
        };
        self.people.push(person);
        login
    }

    fn bureau_people(&mut self, rng: &mut StdRng) {
        for (i, place) in self.places.clone().into_iter().enumerate() {
            let prefix = if i == 0 { "city".to_owned() } else { format!("county{i}") };
            self.person(format!("{prefix}.officer"), &place.bureau, "主管部门督导员", rng);
            if i == 0 {
                self.person("city.analyst".to_owned(), &place.bureau, "分析员", rng);
            } else {
                self.person(format!("{prefix}.admin"), &place.bureau, "主管部门管理员", rng);
            }
        }
    }

    fn add_school(&mut self, i: usize, size: Size, today: NaiveDate, rng: &mut StdRng) {
        // Every fourth school is the city's own and lies in a county that does not administer it.
        let county = 1 + i % (self.places.len() - 1);
        let (bureau, named) = if i.is_multiple_of(4) { (0, 0) } else { (county, county) };
        let kind = names::SCHOOLS[i % names::SCHOOLS.len()];
        let again = if i >= names::SCHOOLS.len() {
            ["", "城东", "城南", "城西"][(i / names::SCHOOLS.len()) % 4]
        } else {
            ""
        };
        let school = School {
            name: format!("{}{again}{kind}", self.places[named].name),
            bureau: self.places[bureau].bureau.clone(),
            code: format!("3653{:06}", 100 + i),
            place: self.places[county].code.clone(),
        };
        let (prefix, name) = (format!("s{:02}", i + 1), school.name.clone());
        self.person(format!("{prefix}.leader"), &name, "学校领导", rng);
        self.person(format!("{prefix}.admin"), &name, "学校管理员", rng);
        self.person(format!("{prefix}.clerk"), &name, "学校经办人", rng);
        for t in 1..=size.teachers {
            self.person(format!("{prefix}.t{t:02}"), &name, "班主任", rng);
        }
        self.schools.push(school);
        let year = school_year(today);
        for c in 0..size.classes {
            let cohort = year - i32::try_from(c % 3).unwrap_or(0);
            let programme = names::PROGRAMMES[(i * 5 + c) % names::PROGRAMMES.len()];
            let opened_on = day(cohort, 9, 1);
            let teacher = format!("{prefix}.t{:02}", 1 + c % size.teachers);
            let mut teachers = vec![(teacher, "班主任", opened_on, None)];
            match (i + c * 7) % 11 {
                // A vacancy since three weeks, filled in some schools by an acting teacher.
                3 if i % 2 == 1 => {
                    teachers[0].3 = today.checked_sub_days(Days::new(21));
                    if i % 4 == 1 {
                        let acting = format!("{prefix}.t{:02}", 1 + (c + 1) % size.teachers);
                        teachers.push((acting, "代理班主任", today - Days::new(14), None));
                    }
                }
                // A deputy, and a class with two by mistake.
                5 => teachers.push((
                    format!("{prefix}.t{:02}", 1 + (c + 2) % size.teachers),
                    "副班主任",
                    opened_on,
                    None,
                )),
                7 if i % 5 == 2 => teachers.push((
                    format!("{prefix}.t{:02}", 1 + (c + 3) % size.teachers),
                    "班主任",
                    today - Days::new(30),
                    None,
                )),
                _ => {}
            }
            let name = format!("{:02}级{programme}{}班", cohort % 100, 1 + c / 3);
            self.classes.push(Class {
                school: self.schools[i].name.clone(),
                name,
                cohort,
                programme,
                headcount: rng.random_range(28..=52),
                opened_on,
                teachers,
            });
        }
    }

    fn add_sessions(&mut self, seed: u64, size: Size, today: NaiveDate) {
        let place_of =
            |town: &Self, owner: &str| town.schools.iter().position(|school| school.name == *owner);
        for n in 0..self.studios.len() {
            let Some(school) = place_of(self, &self.studios[n].owner) else { continue };
            let member = |login: &String| self.studios[n].members.iter().any(|member| member.0 == *login);
            let teachers = (1..=size.teachers).map(|t| format!("s{:02}.t{t:02}", school + 1));
            let others: Vec<String> = teachers.filter(|login| !member(login)).collect();
            let neighbour =
                format!("s{:02}.t{:02}", 1 + (school + 3) % self.schools.len(), 1 + n % size.teachers);
            let apart = seed.wrapping_add(u64::try_from(n).unwrap_or(0));
            let held = meetings(apart, &self.studios[n], Manner::of(n), (&others, &neighbour), today);
            self.studios[n].sessions = held;
        }
    }

    fn add_studios(&mut self, size: Size, today: NaiveDate, rng: &mut StdRng) {
        let schools: Vec<String> = self.schools.iter().map(|school| school.name.clone()).collect();
        for (i, owner) in schools.iter().enumerate() {
            for second in 0..=usize::from(i % 4 == 0) {
                let n = self.studios.len();
                let manner = Manner::of(n);
                let (founded_on, began) = (day(school_year(today) - 1, 9, 1), day(school_year(today), 9, 1));
                let teacher =
                    |t: usize| format!("s{:02}.t{:02}", i + 1, 1 + (second * 5 + t) % size.teachers);
                let mut members = vec![(teacher(0), "主持人", "本校班主任教师", "", founded_on)];
                // Seven to eleven of its own school, most of them of the core; in one of seven too few are.
                let own = 6 + n % 5;
                let core = if n % 7 == 6 { own / 3 } else { own - 2 - n % 3 };
                for t in 1..=own {
                    let part = if t == 1 && n % 3 == 2 { "负责人" } else { "成员" };
                    let (category, further) = match t {
                        t if t <= core => (["本校班主任教师", "班主任培育对象"][t % 2], ""),
                        // A psychologist who leads a class, as small schools have them.
                        t if t == core + 1 && n.is_multiple_of(2) => ("心理健康教师", "本校班主任教师"),
                        _ => (SUPPLEMENTS[(n + t) % 4], ""),
                    };
                    // In some the last one came in October, in some last spring.
                    let came = match n % 3 {
                        _ if t < own => None,
                        0 => began.checked_add_days(Days::new(45)),
                        1 => founded_on.checked_add_days(Days::new(190)),
                        _ => None,
                    };
                    let from = came.filter(|came| *came <= today).unwrap_or(founded_on);
                    members.push((teacher(t), part, category, further, from));
                }
                let own = members.len();
                // Guests from the next schools: none in some, two in others.
                for guest in 0..[1, 2, 1, 1, 0, 1][n % 6] {
                    let login = format!("s{:02}.t{:02}", 1 + (i + 1 + guest) % schools.len(), 9 + guest);
                    members.push((login, "成员", SUPPLEMENTS[4], "", [founded_on, began][n % 2]));
                }
                let studio = Studio {
                    name: format!("“{}”班主任工作室", names::STUDIOS[n % names::STUDIOS.len()]),
                    owner: owner.clone(),
                    words: [
                        ["校级", "县区级", "市级"][n % 3],
                        ["名师工作室", "师徒结对", "模块化团队协作"][n % 3],
                        if n % 3 == 2 {
                            "承担统筹协调职责的负责人"
                        } else {
                            "担纲领衔的主持人"
                        },
                    ],
                    stage: ["培育", "立项", "验收"][(n * 2) % 3],
                    founded_on,
                    // The ledger reaches some weeks ahead: in summer into the next school year.
                    plan_years: (school_year(today) - 1..=school_year(today + Days::new(AHEAD))).collect(),
                    tasks: ledger(&members[..own], manner, size.tasks, today, rng),
                    members,
                    sessions: Vec::new(),
                };
                self.studios.push(studio);
            }
        }
    }
}

fn places(counties: usize) -> Vec<Place> {
    let city = Place { code: "539900".to_owned(), name: CITY.to_owned(), bureau: format!("{CITY}教育局") };
    let county = |(i, name): (usize, &&str)| Place {
        code: format!("5399{:02}", 21 + i),
        name: (*name).to_owned(),
        bureau: format!("{name}教育局"),
    };
    std::iter::once(city).chain(COUNTIES.iter().take(counties).enumerate().map(county)).collect()
}

/// A ledger of fourteen months, from a year ago to some weeks ahead: each month has its own work, and some of what
/// recurs. Guests advise; the work is the school's own people's.
fn ledger(
    members: &[Joined],
    manner: Manner,
    tasks: usize,
    today: NaiveDate,
    rng: &mut StdRng,
) -> Vec<Ledger> {
    let (first, span) = (today - Days::new(360), 360 + AHEAD);
    let step = |n: usize| u64::try_from(n).unwrap_or(0) * span / u64::try_from(tasks.max(1)).unwrap_or(1);
    let mut of_month: Vec<(String, usize, &'static str)> = Vec::new();
    let mut month = 0;
    let mut lines = Vec::with_capacity(tasks);
    for n in 0..tasks {
        let due_on = first + Days::new(step(n));
        if due_on.month() != month || of_month.is_empty() {
            month = due_on.month();
            let own = names::WORKS.iter().filter(|work| work.month == month);
            of_month = own.map(|work| (work.title.to_owned(), work.item, work.evidence)).collect();
            let recurs = names::MONTHLY.iter();
            of_month
                .extend(recurs.map(|(title, item, evidence)| (format!("{month} {title}"), *item, *evidence)));
            of_month.shuffle(rng);
        }
        let Some((title, item, proof)) = of_month.pop() else { continue };
        let owner = members[rng.random_range(0..members.len())].0.clone();
        let closed_on = closing(manner, due_on, today, rng).filter(|on| *on <= today);
        let without = rng.random_ratio(1, 25);
        let linked = rng.random_ratio(1, 6);
        let reason = names::REASONS.choose(rng).copied();
        let link = closed_on.filter(|_| linked && !without);
        lines.push(Ledger {
            title,
            plan_item: names::PLAN.get(item).map_or("", |plan| plan.0),
            owner,
            due_on,
            closed_on,
            evidence: closed_on.filter(|_| !without).map(|_| proof),
            link: link.map(|on| format!("https://example.edu.cn/banzhuren/{}", on.format("%Y%m%d"))),
            reason: closed_on.and_then(|_| reason.filter(|_| without)),
        });
    }
    lines
}

fn closing(manner: Manner, due_on: NaiveDate, today: NaiveDate, rng: &mut StdRng) -> Option<NaiveDate> {
    let late = |days: u64| due_on.checked_add_days(Days::new(days));
    match manner {
        Manner::Strong => {
            if rng.random_ratio(9, 10) {
                due_on.checked_sub_days(Days::new(rng.random_range(0..6)))
            } else {
                late(rng.random_range(1..5))
            }
        }
        Manner::Ordinary => match rng.random_range(0..10) {
            0..6 => due_on.checked_sub_days(Days::new(rng.random_range(0..4))),
            6..9 => late(rng.random_range(1..25)),
            _ => None,
        },
        // Everything in the last week of January and of June.
        Manner::LastWeek => {
            let end = if matches!(due_on.month(), 2..=7) {
                day(due_on.year(), 6, 28)
            } else {
                day(due_on.year() + i32::from(due_on.month() >= 8), 1, 18)
            };
            Some(end + Days::new(rng.random_range(0..5)))
        }
        // Nothing since three months.
        Manner::Silent => late(rng.random_range(0..10)).filter(|on| *on < today - Days::new(95)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::Period;

    #[test]
    fn the_same_seed_and_day_make_the_same_network() {
        let today = day(2026, 5, 18);
        let (a, b) = (Town::make(7, Size::SMALL, today), Town::make(7, Size::SMALL, today));
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
        assert_eq!(a.schools.len(), 12);
        assert!(
            a.studios
                .iter()
                .all(|studio| studio.tasks.iter().all(|task| task.closed_on.is_none_or(|on| on <= today)))
        );
        assert!(
            a.places.iter().all(|place| a.schools.iter().any(|school| school.bureau == place.bureau)),
            "every bureau has schools of its own"
        );
        let names: std::collections::HashSet<_> = a.schools.iter().map(|school| &school.name).collect();
        assert_eq!(names.len(), a.schools.len(), "schools' names are unique");
    }

    #[test]
    fn on_every_day_of_a_year_it_tells_of_this_semester_and_the_one_before() {
        for days in (0..366).step_by(11) {
            let today = day(2026, 9, 1) + Days::new(days);
            let town = Town::make(7, Size::SMALL, today);
            let now = Period::semester_of(today);
            let (mut this, mut before) = (0, 0);
            for studio in &town.studios {
                let mut seen = std::collections::HashSet::new();
                for task in &studio.tasks {
                    assert!(seen.insert((&task.title, task.due_on)), "{today}: {} twice", task.title);
                    assert!(
                        studio.plan_years.contains(&school_year(task.due_on)),
                        "{today}: {}",
                        task.due_on
                    );
                    assert!(names::PLAN.iter().any(|plan| plan.0 == task.plan_item));
                    assert_eq!(task.closed_on.is_some(), task.evidence.is_some() || task.reason.is_some());
                    this += usize::from(now.holds(task.due_on));
                    before += usize::from(now.previous().holds(task.due_on));
                }
                let founded = studio.founded_on;
                assert!(
                    studio.members.iter().all(|member| founded <= member.4 && member.4 <= today),
                    "{today}"
                );
                let people: std::collections::HashSet<_> =
                    studio.members.iter().map(|member| &member.0).collect();
                assert_eq!(people.len(), studio.members.len(), "nobody twice");
            }
            assert!(this > 50 && before > 50, "{today}: {this} and {before}");
        }
    }

    /// What a stranger is to see: a strong studio, one that closes in the last week, one gone silent, a class without a
    /// teacher, guests.
    #[test]
    fn there_is_something_to_see() {
        let today = day(2026, 11, 25);
        let town = Town::make(20_260_901, Size::SMALL, today);
        let due = |studio: &Studio| studio.tasks.iter().filter(|task| task.due_on <= today).count();
        let cleared = |studio: &Studio| studio.tasks.iter().filter(|task| task.closed_on.is_some()).count();
        let latest = |studio: &Studio| studio.tasks.iter().filter_map(|task| task.closed_on).max();
        assert!(town.studios.iter().any(|studio| cleared(studio) * 20 > due(studio) * 19), "a strong one");
        let silent = |studio: &Studio| latest(studio).is_some_and(|on| on < today - Days::new(90));
        assert!(town.studios.iter().any(silent), "a silent one");
        let last_week = |studio: &Studio| {
            let june = studio.tasks.iter().filter_map(|task| task.closed_on).filter(|on| on.month() == 6);
            june.filter(|on| on.day() >= 28).count() > 5
        };
        assert!(town.studios.iter().any(last_week), "one that closes everything at the end");
        let taught =
            |class: &Class| class.teachers.iter().any(|teacher| teacher.3.is_none_or(|to| to >= today));
        assert!(town.classes.iter().any(|class| !taught(class)), "a class without a homeroom teacher");
        let home =
            |login: &str| town.people.iter().find(|p| p.login == login).map(|p| p.organisation.clone());
        let guest = |studio: &Studio| {
            studio.members.iter().any(|m| home(&m.0).is_some_and(|home| home != studio.owner))
        };
        let with_guests = town.studios.iter().filter(|studio| guest(studio)).count();
        assert!(with_guests > 8 && with_guests < town.studios.len(), "guests in most");
    }
}
