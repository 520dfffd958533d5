//! Figures from the truth by the letters of the standard, told once more in as few words as possible: 1.1.2 a b c e,
//! 2.1.1 a b c, 3.3.1 a b c f. The city's spreadsheets tell of no session, so that there is no evidence for 1.2.1 b c d
//! and 3.2.2 b c e.

use super::town::{Class, Closing, Given, Line, Member, Part, Studio, Town, day};
use chrono::{Datelike as _, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A period: its name in the API and its days.
#[derive(Clone)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

impl Span {
    /// The n-th semester (1, 2) of the school year that begins in a year.
    pub(crate) fn semester(year: i32, n: u32) -> Self {
        let (first, last) = if n == 1 {
            (day(year, 9, 1), day(year + 1, 1, 31))
        } else {
            (day(year + 1, 2, 1), day(year + 1, 7, 31))
        };
        Self { name: format!("{year}-{}.{n}", year + 1), first, last }
    }

    /// The school year that begins in a year.
    pub(crate) fn school_year(year: i32) -> Self {
        Self { name: format!("{year}-{}", year + 1), first: day(year, 9, 1), last: day(year + 1, 8, 31) }
    }

    /// A calendar year.
    pub(crate) fn calendar_year(year: i32) -> Self {
        Self { name: year.to_string(), first: day(year, 1, 1), last: day(year, 12, 31) }
    }

    fn whole_year(&self) -> bool {
        self.last - self.first > chrono::TimeDelta::days(300)
    }
}

/// A figure as it should stand: a state, and its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stand {
    pub(crate) state: &'static str,
    pub(crate) numerator: Option<f64>,
    pub(crate) denominator: Option<f64>,
    pub(crate) value: Option<f64>,
}

const MISSING: Stand =
    Stand { state: "INSUFFICIENT_EVIDENCE", numerator: None, denominator: None, value: None };
const NONE: Stand = Stand { state: "NOT_APPLICABLE", ..MISSING };

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

fn share(part: usize, of: usize) -> Stand {
    if of == 0 {
        return NONE;
    }
    share_of(number(part), number(of))
}

fn share_of(part: f64, of: f64) -> Stand {
    Stand { state: "VALUE", numerator: Some(part), denominator: Some(of), value: Some(part * 100.0 / of) }
}

fn count(n: usize, beside: usize) -> Stand {
    let (n, beside) = (number(n), number(beside));
    Stand { state: "VALUE", numerator: Some(n), denominator: Some(beside), value: Some(n) }
}

/// The metrics in the order in which they are told.
pub(crate) const METRICS: [&str; 17] = [
    "1.1.2.a", "1.1.2.b", "2.1.1.a", "2.1.1.b", "2.1.1.c", "3.3.1.a", "3.3.1.b", "3.3.1.c", "3.3.1.f",
    "1.1.2.c", "1.1.2.e", "1.2.1.b", "1.2.1.c", "1.2.1.d", "3.2.2.b", "3.2.2.c", "3.2.2.e",
];

/// The place of turnover (1.1.2 e).
const TURNOVER: usize = 10;

/// Monday to Friday between 1 September and 20 January or 20 February and 10 July, without 1–7 October, 1 January and
/// 1–5 May.
fn is_teaching_day(on: NaiveDate) -> bool {
    let n = on.month() * 100 + on.day();
    let term = n >= 901 || n <= 120 || (220..=710).contains(&n);
    let feast = n == 101 || (1001..=1007).contains(&n) || (501..=505).contains(&n);
    term && !feast && on.weekday() != Weekday::Sat && on.weekday() != Weekday::Sun
}

/// Class-days, and those without exactly one homeroom teacher.
fn class_days(classes: &[&Class], first: NaiveDate, last: NaiveDate) -> (usize, usize) {
    let (mut all, mut wrong) = (0, 0);
    for on in first.iter_days().take_while(|on| *on <= last).filter(|on| is_teaching_day(*on)) {
        for class in classes.iter().filter(|class| class.opened_on <= on) {
            let there = |part| {
                let held = class.given.iter().filter(move |g| g.part == part && g.from <= on);
                held.filter(|g| g.to.is_none_or(|to| on <= to)).map(|g| &g.login).collect::<BTreeSet<_>>()
            };
            let principals = there(Part::Principal).len();
            let one = principals == 1 || (principals == 0 && !there(Part::Acting).is_empty());
            all += 1;
            wrong += usize::from(!one);
        }
    }
    (all, wrong)
}

/// Principals' assignments within the days: all, those with an appointment on record, and those that ended.
fn appointments(classes: &[&Class], first: NaiveDate, on: NaiveDate) -> [usize; 3] {
    let all = classes.iter().flat_map(|class| &class.given).filter(|g| g.part == Part::Principal);
    let held: Vec<&Given> = all.filter(|g| g.from <= on && g.to.is_none_or(|to| first <= to)).collect();
    let ended = held.iter().filter(|g| g.to.is_some_and(|to| to <= on)).count();
    [held.len(), held.iter().filter(|g| g.appointed).count(), ended]
}

const CORE: [&str; 2] = ["本校班主任教师", "班主任培育对象"];

/// What is counted over members: means over the days on which there were any, and who is there on the last day.
struct Body {
    active: f64,
    core: f64,
    categories: BTreeSet<&'static str>,
    guests: usize,
    homes: usize,
}

fn body(studios: &[&Studio], school: usize, first: NaiveDate, on: NaiveDate) -> Body {
    let mut people: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for member in studios.iter().flat_map(|studio| &studio.members).filter(|member| member.from <= on) {
        people.entry(&member.login).or_default().push(member);
    }
    let (mut days, mut active, mut core) = (0, 0, 0);
    for day in first.iter_days().take_while(|day| *day <= on) {
        let there = |held: &&Vec<&Member>| held.iter().any(|m| m.from <= day);
        let of_core = |held: &&Vec<&Member>| held.iter().any(|m| m.from <= day && CORE.contains(&m.category));
        let present = people.values().filter(there).count();
        days += usize::from(present > 0);
        active += present;
        core += people.values().filter(of_core).count();
    }
    let all = people.values().flatten().flat_map(|m| m.others.iter().chain([&m.category]));
    let guests: Vec<usize> =
        people.values().map(|held| held[0].home).filter(|home| *home != school).collect();
    Body {
        active: number(active) / number(days.max(1)),
        core: number(core) / number(days.max(1)),
        categories: all.copied().filter(|category| !CORE.contains(category)).collect(),
        guests: guests.len(),
        homes: guests.iter().collect::<BTreeSet<_>>().len(),
    }
}

/// What is counted over the ledger: due, cleared, cleared in time, closed with a reason; and the days overdue.
fn ledger(lines: &[&Line], span: &Span, on: NaiveDate) -> ([usize; 4], Vec<i64>) {
    let due: Vec<&&Line> = lines.iter().filter(|l| span.first <= l.due_on && l.due_on <= span.last).collect();
    let closed = |l: &Line| l.closed.filter(|(day, _)| *day <= on);
    let evident = |l: &Line| closed(l).filter(|(_, with)| *with != Closing::Reason).map(|(day, _)| day);
    let cleared = due.iter().filter(|l| evident(l).is_some()).count();
    let timely = due.iter().filter(|l| evident(l).is_some_and(|day| day <= l.due_on)).count();
    let reasons = due.iter().filter(|l| closed(l).is_some() && evident(l).is_none()).count();
    let late = |l: &&&Line| (closed(l).map_or(on, |(day, _)| day) - l.due_on).num_days();
    ([due.len(), cleared, timely, reasons], due.iter().map(late).filter(|days| *days > 0).collect())
}

fn median(mut days: Vec<i64>) -> Stand {
    days.sort_unstable();
    let n = days.len();
    if n == 0 {
        return NONE;
    }
    #[expect(clippy::cast_precision_loss, reason = "days of a year or two")]
    let middle = (days[n / 2] + days[(n - 1) / 2]) as f64 / 2.0;
    Stand { numerator: None, value: Some(middle), ..count(0, n) }
}

/// Everything that is counted of one subject; nothing where it has no record by the period's end.
struct Counted {
    /// Class-days and wrong ones; `None` for a studio or without classes.
    days: Option<(usize, usize)>,
    /// Principals: all, appointed on record, ended; `None` where nobody was ever assigned.
    held: Option<[usize; 3]>,
    body: Option<Body>,
    ledger: Option<([usize; 4], Vec<i64>)>,
}

fn counted(
    classes: &[&Class],
    studios: &[&Studio],
    school: usize,
    span: &Span,
    today: NaiveDate,
) -> Option<Counted> {
    let firsts =
        classes.iter().map(|class| class.opened_on).chain(studios.iter().map(|studio| studio.founded_on));
    let firsts = firsts.chain(studios.iter().flat_map(|studio| &studio.lines).map(|line| line.due_on));
    firsts.min().filter(|first| *first <= span.last)?;
    let on = span.last.min(today);
    let lines: Vec<&Line> = studios.iter().flat_map(|studio| &studio.lines).collect();
    Some(Counted {
        days: (!classes.is_empty()).then(|| class_days(classes, span.first, on)),
        held: classes
            .iter()
            .any(|class| !class.given.is_empty())
            .then(|| appointments(classes, span.first, on)),
        body: (!studios.is_empty()).then(|| body(studios, school, span.first, on)),
        ledger: (!lines.is_empty()).then(|| ledger(&lines, span, on)),
    })
}

/// The figures of a period; turnover is asked of whole years alone.
fn told(counted: Option<&Counted>, is_studio: bool, span: &Span) -> [Stand; METRICS.len()] {
    let mut figures = of_records(counted, is_studio);
    if !span.whole_year() {
        figures[TURNOVER] = NONE;
    }
    figures
}

fn of_records(counted: Option<&Counted>, is_studio: bool) -> [Stand; METRICS.len()] {
    let Some(Counted { days, held, body, ledger }) = counted else {
        return [MISSING; METRICS.len()];
    };
    let [a, b] = match days {
        _ if is_studio => [NONE; 2],
        None => [MISSING; 2],
        Some((0, _)) => [NONE; 2],
        Some((all, wrong)) => [share(all - wrong, *all), count(*wrong, *all)],
    };
    let [appointed, turnover] = match held {
        _ if is_studio => [NONE; 2],
        None => [MISSING; 2],
        Some([0, ..]) => [NONE; 2],
        Some([all, appointed, ended]) => [share(*appointed, *all), share(*ended, *all)],
    };
    let [core, categories, guests] = match body {
        None => [MISSING; 3],
        Some(body) if body.active <= 0.0 => [NONE; 3],
        Some(body) => [
            share_of(body.core, body.active),
            count(body.categories.len(), 5),
            count(body.guests, body.homes),
        ],
    };
    let [cleared, timely, overdue, reasons] = match ledger {
        None => [MISSING; 4],
        Some(([0, ..], _)) => [NONE; 4],
        Some(([due, cleared, timely, reasons], late)) => {
            [share(*cleared, *due), share(*timely, *due), median(late.clone()), count(*reasons, *due)]
        }
    };
    let [covered, balance, joint, reach, attendance, outside] = [MISSING; 6];
    [
        a, b, core, categories, guests, cleared, timely, overdue, reasons, appointed, turnover, covered,
        balance, joint, reach, attendance, outside,
    ]
}

impl Town {
    fn of_school(&self, school: usize, span: &Span) -> Option<Counted> {
        let classes: Vec<&Class> = self.classes.iter().filter(|class| class.school == school).collect();
        let studios: Vec<&Studio> = self.studios.iter().filter(|studio| studio.school == school).collect();
        counted(&classes, &studios, school, span, self.today)
    }

    /// A school's figures.
    pub(crate) fn school_figures(&self, school: usize, span: &Span) -> [Stand; METRICS.len()] {
        told(self.of_school(school, span).as_ref(), false, span)
    }

    /// A studio's figures.
    pub(crate) fn studio_figures(&self, studio: usize, span: &Span) -> [Stand; METRICS.len()] {
        let studio = &self.studios[studio];
        told(counted(&[], &[studio], studio.school, span, self.today).as_ref(), true, span)
    }

    /// The whole city's: what is counted is added up, then divided; the median is that of all days overdue together,
    /// categories are those that occur anywhere, and of the schools that guests come from there is no sum.
    pub(crate) fn together(&self, span: &Span) -> [Stand; METRICS.len()] {
        let all: Vec<Counted> =
            (0..self.schools.len()).filter_map(|school| self.of_school(school, span)).collect();
        let mut sum = Counted { days: None, held: None, body: None, ledger: None };
        for one in all {
            if let Some((days, wrong)) = one.days {
                let (d, w) = sum.days.unwrap_or_default();
                sum.days = Some((d + days, w + wrong));
            }
            if let Some(held) = one.held {
                let mut all = sum.held.unwrap_or_default();
                all.iter_mut().zip(held).for_each(|(all, n)| *all += n);
                sum.held = Some(all);
            }
            if let Some(body) = one.body {
                sum.body = Some(match sum.body.take() {
                    None => body,
                    Some(mut all) => {
                        all.active += body.active;
                        all.core += body.core;
                        all.categories.extend(body.categories);
                        all.guests += body.guests;
                        all
                    }
                });
            }
            if let Some((counts, late)) = one.ledger {
                let (mut all, mut days) = sum.ledger.unwrap_or_default();
                all.iter_mut().zip(counts).for_each(|(all, n)| *all += n);
                days.extend(late);
                sum.ledger = Some((all, days));
            }
        }
        let mut figures = told(Some(&sum), false, span);
        figures[4].denominator = None;
        figures
    }
}
