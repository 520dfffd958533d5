//! 2.1.1 人员构成: who the members are.
//!
//! (a) members whose principal category belongs to the core ÷ active members × 100, by person-days of the period, so
//! that members who came or left count for the days that they were there; (b) supplementary categories that occur,
//! 0–5; (c) members of other schools, beside the number of those schools; both of these on the last day of the period
//! or the day asked. Each person counts once.

use super::{Computed, Frame, Line, Standing, size};
use crate::records::Membership;
use chrono::NaiveDate;
use contract::analytics::RecordKind;
use contract::studios::MemberCategory;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{OrganisationNo, PersonId};

/// How many supplementary categories the standard names.
pub(crate) const SUPPLEMENTARY: f64 = 5.0;

/// Whether the category belongs to the core (主体): own homeroom teachers and those being prepared to become one.
pub(crate) const fn is_core(category: MemberCategory) -> bool {
    matches!(category, MemberCategory::HomeroomTeacher | MemberCategory::Candidate)
}

/// Parts of a member in which a mean is told.
const FINE: f64 = 1_073_741_824.0;

/// The memberships of one person.
type Held<'a> = Vec<&'a Membership>;

/// The membership that speaks for a person on a day: one of the core before others, then the first made.
fn speaking<'a>(held: &Held<'a>, day: NaiveDate) -> Option<&'a Membership> {
    let active = held.iter().filter(|m| m.active_on(day));
    active.min_by_key(|m| (!is_core(m.principal_category), m.id)).copied()
}

/// The letters a, b and c, over the memberships of a subject.
pub(super) fn structure<'a>(
    memberships: impl Iterator<Item = &'a Membership>,
    owner: OrganisationNo,
    frame: Frame,
) -> [Computed; 3] {
    let mut people: BTreeMap<PersonId, Held<'a>> = BTreeMap::new();
    for membership in memberships {
        people.entry(membership.person).or_default().push(membership);
    }
    if people.is_empty() {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    }
    let [categories, guests] = on_the_day(&people, owner, frame.as_of);
    [core(&people, frame), categories, guests]
}

/// Letter a. Person-days are told as the mean number of members over the days on which there were any: where nobody
/// came or left, that is the number of members.
fn core(people: &BTreeMap<PersonId, Held<'_>>, frame: Frame) -> Computed {
    let mut days: usize = 0;
    // How many days each membership spoke for its person.
    let mut spoken: BTreeMap<uuid::Uuid, (bool, usize)> = BTreeMap::new();
    for day in frame.period.first_day().iter_days().take_while(|day| *day <= frame.as_of) {
        let mut anybody = false;
        for membership in people.values().filter_map(|held| speaking(held, day)) {
            let entry =
                spoken.entry(membership.id).or_insert_with(|| (is_core(membership.principal_category), 0));
            entry.1 += 1;
            anybody = true;
        }
        days += usize::from(anybody);
    }
    // In 2^-30ths, so that sums over schools are exact in whatever order they are added.
    let mean = |days_of_all: usize| (size(days_of_all) / size(days) * FINE).round() / FINE;
    let sum = |core_only: bool| -> usize {
        spoken.values().filter(|(is_core, _)| *is_core || !core_only).map(|(_, days)| days).sum()
    };
    if days == 0 {
        return Computed::bare(Standing::not_applicable());
    }
    let figure = Standing::share(mean(sum(true)), mean(sum(false)));
    let line = |(id, (counts, days))| Line { kind: RecordKind::Member, id, counts, weight: mean(days) };
    Computed { figure, lines: spoken.into_iter().map(line).collect() }
}

/// Letters b and c.
fn on_the_day(people: &BTreeMap<PersonId, Held<'_>>, owner: OrganisationNo, day: NaiveDate) -> [Computed; 2] {
    let (mut behind_categories, mut behind_guests) = (Vec::new(), Vec::new());
    let (mut categories, mut homes) = (BTreeSet::new(), BTreeSet::new());
    let mut anybody = false;
    for held in people.values() {
        let Some(speaking) = speaking(held, day) else { continue };
        anybody = true;
        let line = |id| Line { kind: RecordKind::Member, id, counts: true, weight: 1.0 };
        let active = || held.iter().filter(|m| m.active_on(day));
        // Behind a category stand all the memberships that bring one, also two of the same person.
        let bringing = active().filter(|m| m.categories.iter().any(|category| !is_core(*category)));
        behind_categories.extend(bringing.map(|m| line(m.id)));
        categories.extend(active().flat_map(|m| &m.categories).copied().filter(|c| !is_core(*c)));
        if speaking.home != owner {
            homes.insert(speaking.home);
            behind_guests.push(line(speaking.id));
        }
    }
    if !anybody {
        return std::array::from_fn(|_| Computed::bare(Standing::not_applicable()));
    }
    let guests = Standing::count(size(behind_guests.len()), Some(size(homes.len())));
    let covered = Standing::count(size(categories.len()), Some(SUPPLEMENTARY));
    [
        Computed { figure: covered, lines: behind_categories },
        Computed { figure: guests, lines: behind_guests },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{day, member};
    use MemberCategory::{
        Administrator, Candidate, HomeroomTeacher, MoralEducationExpert, OutsideExpert, PsychologyTeacher,
        Researcher,
    };
    use proptest::prelude::*;
    use vocabulary::{MetricState, Period};

    const OWNER: OrganisationNo = OrganisationNo(7);

    /// The spring semester, as it stands on its 107th day.
    fn today() -> Frame {
        Frame { period: Period::semester(2025, 2), as_of: day("2026-05-18") }
    }

    fn values(members: &[Membership]) -> [Option<(f64, Option<f64>)>; 3] {
        structure(members.iter(), OWNER, today())
            .map(|c| c.figure.value.map(|value| (value, c.figure.denominator)))
    }

    #[test]
    fn letter_a_is_the_share_of_the_core() {
        let table = [
            (vec![HomeroomTeacher], 100.0),
            (vec![Candidate, HomeroomTeacher, Researcher, Administrator], 50.0),
            (vec![OutsideExpert], 0.0),
        ];
        for (principals, expected) in table {
            let members: Vec<Membership> =
                (1u32..).zip(&principals).map(|(n, category)| member(n, n, 7, &[*category])).collect();
            let active = f64::from(u32::try_from(members.len()).unwrap());
            assert_eq!(values(&members)[0], Some((expected, Some(active))), "{principals:?}");
        }
        // A psychologist who is also a homeroom teacher counts by the principal category, which stands first here.
        let psychologist = member(1, 1, 7, &[PsychologyTeacher, HomeroomTeacher]);
        assert_eq!(values(&[psychologist])[0], Some((0.0, Some(1.0))));
    }

    #[test]
    fn who_came_or_left_counts_for_their_days() {
        let span = |n, category, from: &str, to: Option<&str>| {
            let (from, to) = (day(from), to.map(day));
            Membership { from, to, ..member(n, n, 7, &[category]) }
        };
        // 107 days from 1 February to 18 May.
        let table = [
            (
                "a psychologist came on the last day",
                vec![span(2, PsychologyTeacher, "2026-05-18", None)],
                107,
                108,
            ),
            ("one left on the first", vec![span(2, Researcher, "2025-09-01", Some("2026-02-01"))], 107, 108),
            (
                "a teacher was there for ten days",
                vec![span(2, HomeroomTeacher, "2026-03-01", Some("2026-03-10"))],
                117,
                117,
            ),
            ("one had left before", vec![span(2, Researcher, "2025-09-01", Some("2026-01-31"))], 107, 107),
            ("one comes tomorrow", vec![span(2, Researcher, "2026-05-19", None)], 107, 107),
            (
                "one left and came back as another",
                vec![
                    span(2, Candidate, "2025-09-01", Some("2026-02-28")),
                    Membership {
                        person: member(2, 2, 7, &[Researcher]).person,
                        ..span(3, Researcher, "2026-03-02", None)
                    },
                ],
                107 + 28,
                107 + 28 + 78,
            ),
        ];
        for (what, others, part, whole) in table {
            let mut members = vec![member(1, 1, 7, &[HomeroomTeacher])];
            members.extend(others);
            let [core, ..] = structure(members.iter(), OWNER, today());
            let expected = f64::from(part) / f64::from(whole) * 100.0;
            assert!((core.figure.value.unwrap() - expected).abs() < 1e-6, "{what}");
            let mean = core.figure.denominator.unwrap();
            assert!((mean - f64::from(whole) / 107.0).abs() < 1e-9, "{what}");
            let weights: f64 = core.lines.iter().filter(|line| line.counts).map(|line| line.weight).sum();
            assert!((weights - core.figure.numerator.unwrap()).abs() < 1e-8, "{what}");
        }
        // A studio of twenty days is told by its twenty days.
        let young = [span(1, HomeroomTeacher, "2026-04-29", None), span(2, Researcher, "2026-04-29", None)];
        assert_eq!(values(&young)[0], Some((50.0, Some(2.0))));
        // Nobody is there any more: the share of the days before stands, and nobody brings a category today.
        let gone = [span(1, HomeroomTeacher, "2025-09-01", Some("2026-04-01"))];
        assert_eq!(values(&gone), [Some((100.0, Some(1.0))), None, None]);
    }

    #[test]
    fn letter_b_counts_the_supplementary_categories_that_occur() {
        let table: [(&[&[MemberCategory]], f64); 4] = [
            (&[&[HomeroomTeacher]], 0.0),
            (&[&[HomeroomTeacher, PsychologyTeacher], &[PsychologyTeacher]], 1.0),
            (&[&[Researcher], &[Administrator, MoralEducationExpert], &[Candidate]], 3.0),
            (&[&[MoralEducationExpert, PsychologyTeacher, Researcher, Administrator, OutsideExpert]], 5.0),
        ];
        for (members, expected) in table {
            let members: Vec<Membership> =
                (1u32..).zip(members).map(|(n, categories)| member(n, n, 7, categories)).collect();
            assert_eq!(values(&members)[1], Some((expected, Some(5.0))));
        }
    }

    #[test]
    fn letter_c_counts_guests_beside_their_schools() {
        let at_home = [member(1, 1, 7, &[HomeroomTeacher])];
        assert_eq!(values(&at_home)[2], Some((0.0, Some(0.0))), "no guest is a true zero");
        let members = [
            member(1, 1, 7, &[HomeroomTeacher]),
            member(2, 2, 8, &[HomeroomTeacher]),
            member(3, 3, 8, &[OutsideExpert]),
            member(4, 4, 9, &[OutsideExpert]),
        ];
        assert_eq!(values(&members)[2], Some((3.0, Some(2.0))));
    }

    #[test]
    fn a_person_in_two_studios_counts_once() {
        let twice = [member(1, 1, 7, &[Researcher]), member(2, 1, 7, &[HomeroomTeacher])];
        let [core, categories, _] = structure(twice.iter(), OWNER, today());
        assert_eq!((core.figure.numerator, core.figure.denominator), (Some(1.0), Some(1.0)));
        assert_eq!(
            core.lines,
            [Line { kind: RecordKind::Member, id: twice[1].id, counts: true, weight: 1.0 }]
        );
        assert_eq!(categories.lines[0].id, twice[0].id);
    }

    #[test]
    fn nobody_active_is_not_applicable_and_nobody_ever_is_no_evidence() {
        let mut gone = member(1, 1, 7, &[HomeroomTeacher]);
        gone.to = Some(day("2026-01-31"));
        for (members, state) in
            [(vec![gone], MetricState::NotApplicable), (vec![], MetricState::InsufficientEvidence)]
        {
            for computed in structure(members.iter(), OWNER, today()) {
                assert_eq!((computed.figure.state, computed.figure.value), (state, None));
            }
        }
    }

    fn any_member() -> impl Strategy<Value = Membership> {
        let category = proptest::sample::select(vec![
            HomeroomTeacher,
            Candidate,
            MoralEducationExpert,
            PsychologyTeacher,
            OutsideExpert,
        ]);
        (1u32..40, 1u32..8, 7i32..10, proptest::collection::vec(category, 1..4))
            .prop_map(|(id, person, home, categories)| member(id, person, home, &categories))
    }

    proptest! {
        #[test]
        fn no_share_over_100_nobody_twice_and_order_is_nothing(
            members in proptest::collection::vec(any_member(), 1..20),
        ) {
            let mut seen = BTreeSet::new();
            let mut members: Vec<Membership> = members.into_iter().filter(|m| seen.insert(m.id)).collect();
            let computed = structure(members.iter(), OWNER, today());
            let people: BTreeSet<PersonId> = members.iter().map(|m| m.person).collect();
            prop_assert_eq!(computed[0].lines.len(), people.len());
            prop_assert!(computed[0].figure.value.unwrap() <= 100.0);
            prop_assert!(computed[1].figure.value.unwrap() <= SUPPLEMENTARY);
            for figure in &computed {
                let ids: BTreeSet<_> = figure.lines.iter().map(|line| line.id).collect();
                prop_assert_eq!(ids.len(), figure.lines.len());
            }
            prop_assert!(computed[2].lines.len() <= people.len());
            // Somebody who left, and the order, change nothing.
            let mut gone = member(99, 99, 9, &[OutsideExpert]);
            gone.to = Some(day("2026-01-31"));
            members.push(gone);
            members.reverse();
            let again = structure(members.iter(), OWNER, today());
            for (one, other) in again.iter().zip(&computed) {
                prop_assert_eq!(one.figure, other.figure);
            }
        }
    }
}
