//! 1.2.1 工作室定位 and 3.2.2 载体多样与参与, as far as sessions tell of them: those held in the period, up to the day
//! asked.
//!
//! 1.2.1 (b) functions that at least one session serves, 0–4; (c) how evenly they are served: −Σ p ln p ÷ ln 4, p being
//! a function's share of the pairs of a session and a function that it serves; (d) sessions held jointly with moral
//! education or student affairs ÷ sessions × 100.
//!
//! 3.2.2 (b) homeroom teachers of the period who came to at least one session ÷ all of them × 100: the principals of the
//! owner's classes, for one studio as for all; (c) who came ÷ who was expected × 100, of those expected, over the attendance of all sessions;
//! (e) people of other organisations who came to at least one, beside the number of their homes. Whoever is listed twice
//! in a session is listed once, and came if one of the lines says so. Behind b and e stand the sessions at which
//! somebody who counts was seen for the first time, each with how many they were; behind 1.2.1 b those that are the first
//! to serve a function, each with how many.

use super::{Computed, Frame, Line, Standing, size};
use crate::records::{Attended, Session};
use contract::analytics::RecordKind;
use contract::studios::StudioFunction;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{OrganisationNo, PersonId};

/// How many functions the standard names.
const FUNCTIONS: f64 = 4.0;

/// How many functions are served, of all that there are.
pub(crate) fn coverage(served: usize) -> Standing {
    Standing::count_of(size(served), FUNCTIONS)
}

/// How evenly the functions are served, by how many sessions serve each: 0 where all serve the same one, 1 where each
/// is served by as many.
pub(crate) fn balance(served: impl IntoIterator<Item = u32>) -> Standing {
    let mut served: Vec<f64> = served.into_iter().filter(|sessions| *sessions > 0).map(f64::from).collect();
    if served.is_empty() {
        return Standing::not_applicable();
    }
    // Added in one order, so that it is the same to the bit in whatever order they came.
    served.sort_by(f64::total_cmp);
    let pairs: f64 = served.iter().sum();
    let spread: f64 = served.iter().map(|sessions| sessions / pairs * (pairs / sessions).ln()).sum();
    let even = (spread / FUNCTIONS.ln()).min(1.0);
    Standing { numerator: None, ..Standing::count(even, Some(pairs)) }
}

/// The letters b, c and d of 1.2.1 and b, c and e of 3.2.2 over the sessions of a subject; `None` where it never held
/// one.
pub(super) fn held<'a>(
    sessions: Option<impl Iterator<Item = &'a Session>>,
    teachers: &BTreeSet<PersonId>,
    owner: OrganisationNo,
    frame: Frame,
) -> [Computed; 6] {
    let Some(sessions) = sessions else {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    };
    let counts = |s: &&Session| s.held && frame.period.holds(s.on) && s.on <= frame.as_of;
    let mut sessions: Vec<&Session> = sessions.filter(counts).collect();
    sessions.sort_by_key(|session| (session.on, session.id));
    let [covered, balanced] = functions(&sessions);
    [
        covered,
        balanced,
        joint(&sessions),
        reach(&sessions, teachers),
        attendance(&sessions),
        outside(&sessions, owner),
    ]
}

fn line(session: &Session, counts: bool, weight: f64) -> Line {
    Line { kind: RecordKind::Session, id: session.id, counts, weight }
}

/// 1.2.1 b and c.
fn functions(sessions: &[&Session]) -> [Computed; 2] {
    let mut served: BTreeMap<StudioFunction, u32> = BTreeMap::new();
    let (mut behind_coverage, mut behind_balance) = (Vec::new(), Vec::new());
    for session in sessions.iter().filter(|session| !session.functions.is_empty()) {
        let before = served.len();
        for function in &session.functions {
            *served.entry(*function).or_default() += 1;
        }
        if served.len() > before {
            behind_coverage.push(line(session, true, size(served.len() - before)));
        }
        behind_balance.push(line(session, true, size(session.functions.len())));
    }
    [
        Computed { figure: coverage(served.len()), lines: behind_coverage },
        Computed { figure: balance(served.into_values()), lines: behind_balance },
    ]
}

/// 1.2.1 d.
fn joint(sessions: &[&Session]) -> Computed {
    let joint = sessions.iter().filter(|session| session.joint).count();
    let lines = sessions.iter().map(|session| line(session, session.joint, 1.0));
    Computed { figure: Standing::share(size(joint), size(sessions.len())), lines: lines.collect() }
}

/// Who is listed in a session, each once. Of two lines that both came, or neither, the lower home stands.
fn listed(session: &Session) -> BTreeMap<PersonId, &Attended> {
    let mut listed: BTreeMap<PersonId, &Attended> = BTreeMap::new();
    for attended in &session.attendance {
        let known = listed.entry(attended.person).or_insert(attended);
        if (!attended.present, attended.home) < (!known.present, known.home) {
            *known = attended;
        }
    }
    listed
}

/// The people who came and are counted, each with the home told of them first; and the sessions at which somebody was
/// seen for the first time.
fn seen(
    sessions: &[&Session],
    counted: impl Fn(&Attended) -> bool,
) -> (BTreeMap<PersonId, OrganisationNo>, Vec<Line>) {
    let (mut people, mut lines) = (BTreeMap::new(), Vec::new());
    for session in sessions {
        let before = people.len();
        for (person, attended) in listed(session) {
            if attended.present && counted(attended) {
                people.entry(person).or_insert(attended.home);
            }
        }
        if people.len() > before {
            lines.push(line(session, true, size(people.len() - before)));
        }
    }
    (people, lines)
}

/// 3.2.2 b.
fn reach(sessions: &[&Session], teachers: &BTreeSet<PersonId>) -> Computed {
    let (reached, lines) = seen(sessions, |attended| teachers.contains(&attended.person));
    Computed { figure: Standing::share(size(reached.len()), size(teachers.len())), lines }
}

/// 3.2.2 c.
fn attendance(sessions: &[&Session]) -> Computed {
    let (mut came, mut expected, mut lines) = (0, 0, Vec::new());
    for session in sessions {
        let listed = listed(session);
        let of_those = || listed.values().filter(|attended| attended.expected);
        let (all, present) = (of_those().count(), of_those().filter(|attended| attended.present).count());
        for (counts, people) in [(true, present), (false, all - present)] {
            if people > 0 {
                lines.push(line(session, counts, size(people)));
            }
        }
        came += present;
        expected += all;
    }
    Computed { figure: Standing::share(size(came), size(expected)), lines }
}

/// 3.2.2 e. Where no session was held, nobody could have come.
fn outside(sessions: &[&Session], owner: OrganisationNo) -> Computed {
    if sessions.is_empty() {
        return Computed::bare(Standing::not_applicable());
    }
    let (guests, lines) = seen(sessions, |attended| attended.home != owner);
    let homes: BTreeSet<OrganisationNo> = guests.values().copied().collect();
    Computed { figure: Standing::count(size(guests.len()), Some(size(homes.len()))), lines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{day, id, person, session};
    use crate::records::{Records, Subject};
    use StudioFunction::{Advice, Guidance, Research, Service};
    use proptest::prelude::*;
    use vocabulary::{MetricState, Period};

    const OWNER: OrganisationNo = OrganisationNo(7);

    // The places of the letters.
    const COVERED: usize = 0;
    const BALANCE: usize = 1;
    const JOINT: usize = 2;
    const REACH: usize = 3;
    const ATTENDANCE: usize = 4;
    const OUTSIDE: usize = 5;

    fn today() -> Frame {
        Frame { period: Period::semester(2025, 2), as_of: day("2026-05-18") }
    }

    /// Studio 1's figures, in a school where persons 1, 2 and 3 lead classes.
    fn figures(sessions: &[Session]) -> [Computed; 6] {
        let mut records = Records::new(vec![], vec![], vec![], BTreeMap::new(), BTreeMap::new());
        records.sessions = sessions.to_vec();
        let own = records.sessions_of(Subject::Studio(id(1)));
        held(Some(own), &BTreeSet::from([1, 2, 3].map(person)), OWNER, today())
    }

    /// How a figure stands: its state, numerator and denominator.
    type Stands = (MetricState, Option<f64>, Option<f64>);

    const NOTHING: Stands = (MetricState::NotApplicable, None, None);

    fn value(numerator: f64, denominator: f64) -> Stands {
        (MetricState::Value, Some(numerator), Some(denominator))
    }

    /// The sessions behind a figure, by number: whether it counts, and its weight.
    type Behind<'a> = &'a [(u128, bool, f64)];

    fn check(letter: usize, table: &[(&str, &[Session], Stands, Behind<'_>)]) {
        for (what, sessions, stands, behind) in table {
            let Computed { figure, lines } = &figures(sessions)[letter];
            assert_eq!((figure.state, figure.numerator, figure.denominator), *stands, "{what}");
            let found: Vec<_> = lines.iter().map(|l| (l.id.as_u128(), l.counts, l.weight)).collect();
            assert_eq!(found, *behind, "{what}");
            assert!(lines.iter().all(|line| line.kind == RecordKind::Session), "{what}");
        }
    }

    /// In March two sessions, today one, and three that do not count.
    fn spring() -> Vec<Session> {
        let first =
            session(1, "2026-03-05", &[Research, Guidance], &[(1, 7, true), (2, 7, false), (8, 8, true)]);
        vec![
            Session { joint: true, ..first },
            session(
                2,
                "2026-03-05",
                &[Research],
                &[(1, 7, true), (2, 7, true), (9, 9, true), (10, 9, false)],
            ),
            session(3, "2026-05-18", &[], &[(2, 7, true), (8, 8, true), (11, 9, true)]),
            session(4, "2026-01-31", &[Advice], &[(3, 7, true), (12, 6, true)]),
            session(5, "2026-05-19", &[Advice], &[(3, 7, true), (12, 6, true)]),
            Session {
                held: false,
                ..session(6, "2026-04-01", &[Advice], &[(3, 7, true), (12, 6, true), (13, 7, false)])
            },
        ]
    }

    /// A session that says nothing of itself.
    fn silent() -> Vec<Session> {
        vec![session(1, "2026-03-05", &[], &[])]
    }

    #[test]
    fn positioning_letter_b_counts_the_functions_that_a_session_serves() {
        let all = [session(1, "2026-02-01", &[Research, Advice, Guidance, Service], &[])];
        check(
            COVERED,
            &[
                ("two of them, the second adds none", &spring(), value(2.0, 4.0), &[(1, true, 2.0)]),
                ("all, in one session", &all, value(4.0, 4.0), &[(1, true, 4.0)]),
                ("it names none", &silent(), value(0.0, 4.0), &[]),
                ("none in the period", &spring()[3..], value(0.0, 4.0), &[]),
            ],
        );
    }

    #[test]
    fn positioning_letter_c_is_how_evenly_functions_are_served() {
        let weights: Behind<'_> = &[(1, true, 2.0), (2, true, 1.0)];
        let pairs = (MetricState::Value, None, Some(3.0));
        check(
            BALANCE,
            &[
                ("three pairs", &spring(), pairs, weights),
                ("no pair", &silent(), NOTHING, &[]),
                ("none in the period", &spring()[3..], NOTHING, &[]),
            ],
        );
        let table: [(&[u32], f64); 6] = [
            (&[5], 0.0),
            (&[3, 3], 0.5),
            (&[2, 1], 0.459_147_917_027_245),
            (&[7, 7, 7, 7], 1.0),
            (&[1, 1, 1, 0], 0.792_481_250_360_578),
            (&[1_000_000, 1_000_000, 1_000_000, 1_000_001], 1.0),
        ];
        for (served, even) in table {
            let standing = balance(served.iter().copied());
            assert!((standing.value.unwrap() - even).abs() < 1e-12, "{served:?}");
            assert!(standing.value.unwrap().is_sign_positive(), "{served:?}");
            assert_eq!(balance(served.iter().rev().copied()), standing, "{served:?}");
        }
        assert_eq!(balance([0, 0]), Standing::not_applicable());
    }

    #[test]
    fn positioning_letter_d_is_the_share_held_jointly() {
        check(
            JOINT,
            &[
                ("one", &spring(), value(1.0, 3.0), &[(1, true, 1.0), (2, false, 1.0), (3, false, 1.0)]),
                ("not the only one", &silent(), value(0.0, 1.0), &[(1, false, 1.0)]),
                ("none in the period", &spring()[3..], NOTHING, &[]),
            ],
        );
    }

    #[test]
    fn carriers_letter_b_is_the_homeroom_teachers_who_came_at_all() {
        let twice = [session(1, "2026-03-05", &[], &[(1, 7, false), (1, 7, true), (1, 7, true)])];
        let guest = [session(1, "2026-03-05", &[], &[(3, 9, true)])];
        let same_day = [
            session(2, "2026-03-05", &[], &[(1, 7, true), (2, 7, true)]),
            session(1, "2026-03-05", &[], &[(1, 7, true)]),
        ];
        check(
            REACH,
            &[
                ("the third was away", &spring(), value(2.0, 3.0), &[(1, true, 1.0), (2, true, 1.0)]),
                (
                    "on a day the first by number",
                    &same_day,
                    value(2.0, 3.0),
                    &[(1, true, 1.0), (2, true, 1.0)],
                ),
                ("listed twice, there once", &twice, value(1.0, 3.0), &[(1, true, 1.0)]),
                ("wherever their home is", &guest, value(1.0, 3.0), &[(1, true, 1.0)]),
                ("nobody came", &silent(), value(0.0, 3.0), &[]),
                ("none in the period", &spring()[3..], value(0.0, 3.0), &[]),
            ],
        );
        let [.., nobody, _, _] = held(Some(spring().iter()), &BTreeSet::new(), OWNER, today());
        assert_eq!(
            (nobody.figure, nobody.lines),
            (Standing::not_applicable(), vec![]),
            "no teacher to reach"
        );
    }

    #[test]
    fn carriers_letter_c_is_who_came_of_those_listed() {
        let twice =
            [session(1, "2026-03-05", &[], &[(1, 7, true), (1, 7, false), (2, 7, false), (2, 7, false)])];
        let behind: Behind<'_> =
            &[(1, true, 2.0), (1, false, 1.0), (2, true, 3.0), (2, false, 1.0), (3, true, 3.0)];
        let mut besides = vec![session(1, "2026-03-05", &[], &[(1, 7, true), (2, 7, false), (8, 8, true)])];
        besides[0].attendance[2].expected = false;
        let one_of_two: Behind<'_> = &[(1, true, 1.0), (1, false, 1.0)];
        check(
            ATTENDANCE,
            &[
                ("three sessions", &spring(), value(8.0, 10.0), behind),
                ("who was not expected is not missed", &besides, value(1.0, 2.0), one_of_two),
                ("present wins", &twice, value(1.0, 2.0), &[(1, true, 1.0), (1, false, 1.0)]),
                ("nobody was listed", &silent(), NOTHING, &[]),
                ("none in the period", &spring()[3..], NOTHING, &[]),
            ],
        );
    }

    #[test]
    fn carriers_letter_e_counts_people_from_outside_beside_their_homes() {
        let moved = [
            session(1, "2026-03-05", &[], &[(1, 8, true)]),
            session(2, "2026-03-06", &[], &[(1, 9, true), (2, 9, false)]),
        ];
        let weights: Behind<'_> = &[(1, true, 1.0), (2, true, 1.0), (3, true, 1.0)];
        check(
            OUTSIDE,
            &[
                ("three of two schools", &spring(), value(3.0, 2.0), weights),
                ("somebody who moved is one", &moved, value(1.0, 1.0), &[(1, true, 1.0)]),
                ("nobody is a true zero", &silent(), value(0.0, 0.0), &[]),
                ("none in the period", &spring()[3..], NOTHING, &[]),
            ],
        );
    }

    #[test]
    fn never_a_session_is_no_evidence() {
        for computed in held(None::<std::slice::Iter<'_, Session>>, &BTreeSet::new(), OWNER, today()) {
            assert_eq!((computed.figure, computed.lines.len()), (Standing::insufficient(), 0));
        }
    }

    fn any_session() -> impl Strategy<Value = Session> {
        let named = proptest::sample::subsequence(vec![Research, Advice, Guidance, Service], 0..=4);
        let listed = proptest::collection::vec((1u32..9, 6i32..10, any::<bool>()), 0..8);
        (1u32..1000, 0u64..260, named, listed, any::<bool>()).prop_map(|(n, later, named, listed, joint)| {
            let one = session(n, "2025-12-01", &named, &listed);
            Session { on: one.on + chrono::Days::new(later), joint, ..one }
        })
    }

    fn sum(lines: &[Line], counts: bool) -> f64 {
        lines.iter().filter(|line| line.counts == counts).map(|line| line.weight).sum()
    }

    proptest! {
        #[test]
        fn no_rate_over_100_nothing_twice_and_what_is_irrelevant_changes_nothing(
            sessions in proptest::collection::vec(any_session(), 0..30),
        ) {
            let mut numbers = BTreeSet::new();
            let mut sessions: Vec<Session> =
                sessions.into_iter().filter(|session| numbers.insert(session.id)).collect();
            let computed = figures(&sessions);
            for one in &computed {
                let places: BTreeSet<_> = one.lines.iter().map(|line| (line.id, line.counts)).collect();
                prop_assert_eq!(places.len(), one.lines.len());
            }
            for share in [&computed[JOINT], &computed[REACH], &computed[ATTENDANCE]] {
                prop_assert!(share.figure.value.is_none_or(|value| (0.0..=100.0).contains(&value)));
                prop_assert_eq!(share.figure.numerator.or(Some(0.0)), Some(sum(&share.lines, true)));
            }
            for whole in [&computed[JOINT], &computed[ATTENDANCE]] {
                let all = sum(&whole.lines, true) + sum(&whole.lines, false);
                prop_assert_eq!(whole.figure.denominator.or(Some(0.0)), Some(all));
            }
            prop_assert!(computed[COVERED].figure.value.is_some_and(|value| (0.0..=4.0).contains(&value)));
            let balance = &computed[BALANCE];
            prop_assert!(balance.figure.value.is_none_or(|value| (0.0..=1.0).contains(&value)));
            prop_assert_eq!(balance.figure.denominator.or(Some(0.0)), Some(sum(&balance.lines, true)));
            let outside = &computed[OUTSIDE];
            prop_assert_eq!(outside.figure.numerator.or(Some(0.0)), Some(sum(&outside.lines, true)));
            prop_assert!(outside.figure.numerator >= outside.figure.denominator);
            // Sessions of another time, of another studio, and such as were not held; and the order.
            let listed = [(1, 7, true), (99, 6, true), (98, 7, false)];
            let full = |n, on| session(n, on, &[Research, Advice], &listed);
            sessions.extend([full(2000, "2026-01-31"), full(2001, "2026-05-19"), full(2002, "2026-08-01")]);
            sessions.push(Session { studio: id(2), joint: true, ..full(2003, "2026-03-05") });
            sessions.push(Session { held: false, joint: true, ..full(2004, "2026-03-05") });
            prop_assert_eq!(&figures(&sessions), &computed);
            sessions.reverse();
            for session in &mut sessions {
                session.attendance.reverse();
            }
            prop_assert_eq!(&figures(&sessions), &computed);
        }
    }
}
