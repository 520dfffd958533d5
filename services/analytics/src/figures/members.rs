//! 2.1.1 人员构成: who the members are, on the last day of the period or the day asked.
//!
//! (a) members whose principal category belongs to the core ÷ active members × 100; (b) supplementary categories that
//! occur, 0–5; (c) members of other schools, beside the number of those schools. Each person counts once.

use super::{Computed, Line, Standing};
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

/// The letters a, b and c, over the memberships of a subject.
pub(super) fn structure<'a>(
    memberships: impl Iterator<Item = &'a Membership>,
    owner: OrganisationNo,
    day: NaiveDate,
) -> [Computed; 3] {
    let mut recorded = false;
    let mut people: BTreeMap<PersonId, Vec<&Membership>> = BTreeMap::new();
    for membership in memberships {
        recorded = true;
        if membership.active_on(day) {
            people.entry(membership.person).or_default().push(membership);
        }
    }
    if !recorded {
        return std::array::from_fn(|_| Computed::bare(Standing::insufficient()));
    }
    if people.is_empty() {
        return std::array::from_fn(|_| Computed::bare(Standing::not_applicable()));
    }
    let (mut active, mut core) = (0.0, 0.0);
    let (mut behind_core, mut behind_categories, mut behind_guests) = (Vec::new(), Vec::new(), Vec::new());
    let mut categories: BTreeSet<MemberCategory> = BTreeSet::new();
    let mut homes = BTreeSet::new();
    for held in people.values() {
        // The membership that speaks for the person: one of the core before others, then the first made.
        let Some(speaking) = held.iter().min_by_key(|m| (!is_core(m.principal_category), m.id)) else {
            continue;
        };
        let line = |counts| Line { kind: RecordKind::Member, id: speaking.id, counts, weight: 1.0 };
        let is_of_core = is_core(speaking.principal_category);
        active += 1.0;
        core += f64::from(u8::from(is_of_core));
        behind_core.push(line(is_of_core));
        // Behind a category stand all the memberships that bring one, also two of the same person.
        for bringing in held.iter().filter(|m| m.categories.iter().any(|category| !is_core(*category))) {
            behind_categories.push(Line { id: bringing.id, ..line(true) });
        }
        categories.extend(held.iter().flat_map(|m| &m.categories).copied().filter(|c| !is_core(*c)));
        if speaking.home != owner {
            homes.insert(speaking.home);
            behind_guests.push(line(true));
        }
    }
    let size = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    let guests = Standing::count(size(behind_guests.len()), Some(size(homes.len())));
    let covered = Standing::count(size(categories.len()), Some(SUPPLEMENTARY));
    [
        Computed { figure: Standing::share(core, active), lines: behind_core },
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
    use vocabulary::MetricState;

    const OWNER: OrganisationNo = OrganisationNo(7);

    fn today() -> NaiveDate {
        day("2026-05-18")
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
        gone.to = Some(day("2026-05-17"));
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
            gone.to = Some(day("2025-12-31"));
            members.push(gone);
            members.reverse();
            let again = structure(members.iter(), OWNER, today());
            for (one, other) in again.iter().zip(&computed) {
                prop_assert_eq!(one.figure, other.figure);
            }
        }
    }
}
