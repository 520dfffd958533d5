//! What studios meet for, and who comes.

use crate::names::{MEETINGS, PLACES, SUMMARIES};
use crate::town::{Manner, Studio};
use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

/// A session of a studio, as the template's words.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// What it is about.
    pub title: &'static str,
    /// On which day.
    pub on: NaiveDate,
    /// When it begins.
    pub at: &'static str,
    /// How long it lasts.
    pub minutes: i64,
    /// Where.
    pub place: &'static str,
    /// What it serves.
    pub functions: &'static str,
    /// What is done together in it.
    pub activities: &'static str,
    /// Whether it is held with moral education or student affairs.
    pub joint: bool,
    /// Who was expected, by account name, and whether they came; nobody yet where it lies ahead.
    pub came: Vec<(String, bool)>,
    /// What was said.
    pub summary: Option<&'static str>,
}

/// How far back sessions go, and how far ahead they are planned.
const BACK: u64 = 400;
const AHEAD: u64 = 21;

/// The sessions of a studio. `others` are teachers of its school who are no members, `neighbour` is one of another
/// school.
pub(crate) fn meetings(
    seed: u64,
    studio: &Studio,
    manner: Manner,
    (others, neighbour): (&[String], &str),
    today: NaiveDate,
) -> Vec<Meeting> {
    let mut rng = StdRng::seed_from_u64(seed);
    let (step, comes) = match manner {
        Manner::Strong => (12, 92),
        Manner::Ordinary => (18, 78),
        Manner::LastWeek => (30, 70),
        Manner::Silent => (24, 66),
    };
    // A strong studio does all that a studio is for; others keep to some of it.
    let kinds = match manner {
        Manner::Strong => MEETINGS.len(),
        Manner::Ordinary => 7,
        Manner::LastWeek | Manner::Silent => 4,
    };
    let mut all = Vec::new();
    let mut on = (today - Days::new(BACK)).max(studio.founded_on + Days::new(7));
    while on <= today + Days::new(AHEAD) {
        let day = afternoon(on);
        on = on + Days::new(step + rng.random_range(0..5));
        let silent = matches!(manner, Manner::Silent) && day > today - Days::new(95);
        if holiday(day) || silent || all.last().is_some_and(|last: &Meeting| last.on >= day) {
            continue;
        }
        let Some(kind) = MEETINGS[..kinds].choose(&mut rng) else { continue };
        let held = day <= today;
        let mut came = Vec::new();
        if held {
            for member in studio.members.iter().filter(|member| member.4 <= day) {
                came.push((member.0.clone(), rng.random_ratio(comes, 100)));
            }
            if let Some((_, lead)) = came.first_mut() {
                *lead = true;
            }
            if matches!(manner, Manner::Strong | Manner::Ordinary) {
                let open = rng.random_range(0..4);
                came.extend(
                    others
                        .iter()
                        .filter(|_| rng.random_ratio(1, 4))
                        .take(open)
                        .map(|one| (one.clone(), true)),
                );
            }
            if kind.joint && matches!(manner, Manner::Strong) && !came.iter().any(|(one, _)| one == neighbour)
            {
                came.push((neighbour.to_owned(), true));
            }
        }
        all.push(Meeting {
            title: kind.title,
            on: day,
            at: ["14:00", "15:40", "16:30"][all.len() % 3],
            minutes: [60, 90, 120][rng.random_range(0..3)],
            place: PLACES.choose(&mut rng).copied().unwrap_or_default(),
            functions: kind.functions,
            activities: kind.activities,
            joint: kind.joint,
            summary: SUMMARIES.choose(&mut rng).copied().filter(|_| held),
            came,
        });
    }
    all
}

/// The Wednesday of the day's week: teachers have no lessons that afternoon.
fn afternoon(on: NaiveDate) -> NaiveDate {
    on.week(Weekday::Mon).first_day() + Days::new(2)
}

fn holiday(on: NaiveDate) -> bool {
    let n = on.month() * 100 + on.day();
    (711..=831).contains(&n) || (121..=219).contains(&n) || (1001..=1007).contains(&n) || n == 101
}
