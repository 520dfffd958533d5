//! Schools that move and merge in the middle of a year: every day's tree is whole, and sums by the old and by the new one
//! come to the same.

use crate::organisations::{close, merge, shift};
use crate::town::{Town, day, on, school};
use chrono::{Days, NaiveDate};
use contract::tenancy::{
    ClassFilter, ClassSort, FoundOrganisation, ListClasses, OrganisationTree, SchoolsUnder, TreeBy,
    WhoCouldSee,
};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Direction, OrganisationId, OrganisationNo, PageInput, Principal, Role};

/// The living schools at and below an organisation on a day.
async fn schools(town: &Town, who: &Principal, top: OrganisationId, on: NaiveDate) -> Vec<OrganisationNo> {
    let asked = SchoolsUnder { organisation: top, as_of: Some(on), ended_since: None };
    town.ask(who, asked).await.unwrap().into_iter().map(|school| school.no).collect()
}

/// How many classes each organisation has on a day, whether it lives or its records live on.
async fn classes(town: &Town, who: &Principal, on: NaiveDate) -> BTreeMap<i32, usize> {
    let filter = ClassFilter { search: None, school: None, cohort: None, vacant: None, include_closed: None };
    let asked = ListClasses {
        filter,
        sort: ClassSort::Name,
        direction: Direction::Ascending,
        as_of: Some(on),
        page: PageInput { first: 100, after: None },
    };
    let mut counted = BTreeMap::new();
    for class in town.ask(who, asked).await.unwrap().items {
        *counted.entry(class.school.no.0).or_default() += 1;
    }
    counted
}

/// What hangs at and below a number by the tree of a day.
async fn below(town: &Town, no: OrganisationNo, on: NaiveDate) -> BTreeSet<i32> {
    let sql = "select tenancy.below($1, $2)";
    let mut role = town.base.role("tenancy").await;
    let found: Vec<i32> = sqlx::query_scalar(sql).bind(no.0).bind(on).fetch_all(&mut role).await.unwrap();
    found.into_iter().collect()
}

#[tokio::test]
async fn sums_by_the_old_and_the_new_tree_are_the_same() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let (east, west) = (town.county(&who, "东县教育局").await, town.county(&who, "西县教育局").await);
    let mut all = Vec::new();
    for (n, under) in [east.id, east.id, east.id, west.id, west.id, top].into_iter().enumerate() {
        let founded = town.school(&who, under, &format!("第{n}学校")).await;
        for class in 0..=n {
            town.class(&who, founded.id, &format!("{class}班")).await;
        }
        all.push(founded);
    }
    let [mover, merged, closed, goes_on, .., direct] = all.as_slice() else { panic!("six schools") };
    let new = FoundOrganisation { founded_on: day(2, 20), ..school(west.id, "新校") };
    let new = town.ask(&who, new).await.unwrap();
    town.ask(&who, shift(mover.id, west.id, day(3, 1))).await.unwrap();
    town.ask(&who, merge(merged.id, goes_on.id, day(3, 15))).await.unwrap();
    town.ask(&who, close(closed.id, day(4, 1))).await.unwrap();
    town.ask(&who, shift(direct.id, east.id, day(7, 1))).await.unwrap();

    let (first, last) = (on(2025, 9, 1), day(7, 31));
    let mut today = first;
    let mut told = Vec::new();
    while today <= last {
        let whole = schools(&town, &who, top, today).await;
        let parts = [
            schools(&town, &who, east.id, today).await,
            schools(&town, &who, west.id, today).await,
            whole.iter().copied().filter(|no| *no == direct.no && today < day(7, 1)).collect(),
        ];
        let mut once: Vec<OrganisationNo> = parts.concat();
        once.sort_unstable();
        assert_eq!(once, whole, "every living school once on {today}");
        let sizes = parts.map(|part| part.len());
        if told.last().is_none_or(|(_, before)| *before != sizes) {
            told.push((today, sizes));
        }
        today = today.checked_add_days(Days::new(1)).unwrap();
    }
    let expected = [
        (first, [3, 2, 1]),
        (day(2, 20), [3, 3, 1]),
        (day(3, 1), [2, 4, 1]),
        (day(3, 15), [1, 4, 1]),
        (day(4, 1), [0, 4, 1]),
        (day(7, 1), [1, 4, 0]),
    ];
    assert_eq!(told, expected);

    // Records stay under their number: whichever day's tree groups them, each is counted once.
    let trees = [first, day(2, 28), day(3, 1), day(3, 15), day(4, 1), day(5, 18), day(7, 1)];
    for on in trees {
        let counted = classes(&town, &who, on).await;
        let total: usize = counted.values().sum();
        assert_eq!(total, 21, "{on}");
        for tree in trees {
            let (east, west) = (below(&town, east.no, tree).await, below(&town, west.no, tree).await);
            assert!(east.is_disjoint(&west));
            let whole = below(&town, OrganisationNo(1), tree).await;
            let sum = |group: &BTreeSet<i32>| -> usize {
                counted.iter().filter(|(no, _)| group.contains(no)).map(|(_, n)| n).sum()
            };
            let own: BTreeSet<i32> =
                whole.iter().copied().filter(|no| !east.contains(no) && !west.contains(no)).collect();
            assert_eq!(sum(&east) + sum(&west) + sum(&own), total, "{on} by the tree of {tree}");
            assert_eq!(sum(&whole), total, "{on} by the tree of {tree}");
            assert!(whole.contains(&new.no.0), "what is founded later has its place before");
            let expected = match tree {
                tree if tree < day(3, 1) => (6, 9, 6),
                tree if tree < day(3, 15) => (5, 10, 6),
                tree if tree < day(7, 1) => (3, 12, 6),
                _ => (9, 12, 0),
            };
            assert_eq!((sum(&east), sum(&west), sum(&own)), expected, "by the tree of {tree}");
        }
    }
    // Over a year, what lived in it counts: by whichever day's tree, the schools are the same.
    for tree in [day(3, 15), day(4, 1), day(5, 18), day(7, 1)] {
        let since = SchoolsUnder { organisation: top, as_of: Some(tree), ended_since: Some(first) };
        let found: BTreeSet<OrganisationNo> =
            town.ask(&who, since).await.unwrap().into_iter().map(|school| school.no).collect();
        assert!(
            all.iter().all(|school| found.contains(&school.no)) && found.len() == 7,
            "by the tree of {tree}"
        );
    }
    let later = SchoolsUnder { organisation: top, as_of: Some(day(7, 1)), ended_since: Some(day(3, 15)) };
    let found = town.ask(&who, later).await.unwrap();
    assert!(found.iter().all(|school| school.no != merged.no) && found.iter().any(|s| s.no == closed.no));
    let shown = OrganisationTree { by: TreeBy::Authority, as_of: Some(day(5, 18)) };
    let nodes = town.ask(&who, shown).await.unwrap();
    let counts: Vec<(&str, i32)> = nodes
        .iter()
        .filter(|node| node.kind == Some(contract::tenancy::OrganisationKind::Bureau))
        .map(|node| (node.name.as_str(), node.schools))
        .collect();
    assert_eq!(counts, [("云川市教育局", 5), ("东县教育局", 0), ("西县教育局", 4)]);
    let by_place = OrganisationTree { by: TreeBy::Place, as_of: Some(day(5, 18)) };
    let nodes = town.ask(&who, by_place).await.unwrap();
    let leaves = nodes.iter().filter(|node| node.kind == Some(contract::tenancy::OrganisationKind::School));
    assert_eq!(leaves.count(), 5, "by place too");
}

#[tokio::test]
async fn who_sees_a_school_changes_on_the_day_it_moves() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let (east, west) = (town.county(&who, "东县教育局").await, town.county(&who, "西县教育局").await);
    let one = town.school(&who, east.id, "甲校").await;
    let two = town.school(&who, west.id, "乙校").await;
    let from = town.appoint(&who, east.id, "east", Role::BureauOfficer).await;
    let to = town.appoint(&who, west.id, "west", Role::BureauAdministrator).await;
    let head = town.appoint(&who, two.id, "head", Role::SchoolAdministrator).await;
    town.ask(&who, shift(one.id, west.id, day(5, 20))).await.unwrap();
    let (mut seen, mut could) = (Vec::new(), Vec::new());
    for date in [19, 20] {
        town.clock.set(testkit::noon() + chrono::TimeDelta::days(date - 18));
        for someone in [&from, &to] {
            let now = town.as_now(someone).await;
            seen.push((now.readable.contains(one.no), now.writable.contains(one.no)));
        }
        let asked = WhoCouldSee { id: one.id, on: day(5, u32::try_from(date).unwrap()) };
        let seers = town.ask(&town.bureau().await, asked).await.unwrap();
        could.push([&from, &to].map(|someone| seers.iter().any(|seer| seer.person == someone.id)));
    }
    assert_eq!(seen, [(true, false), (false, false), (false, false), (true, true)]);
    assert_eq!(could, [[true, false], [false, true]]);
    // Merged, it is seen by those who see what it went into, and its records stay under its number.
    let before = town.as_now(&head).await;
    assert!(!before.readable.contains(one.no));
    town.ask(&town.as_now(&to).await, merge(one.id, two.id, day(5, 20))).await.unwrap();
    let after = town.as_now(&head).await;
    assert!(after.writable.contains(one.no) && after.writable.contains(two.no));
}

#[tokio::test]
async fn what_is_founded_later_can_be_prepared() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let next = FoundOrganisation { founded_on: day(9, 1), ..school(Town::own(&who), "明年的学校") };
    let next = town.ask(&who, next).await.unwrap();
    let who = town.bureau().await;
    assert!(who.writable.contains(next.no), "its founders see it before its first day");
    town.appoint(&who, next.id, "head", Role::SchoolAdministrator).await;
    assert!(schools(&town, &who, Town::own(&who), day(8, 31)).await.is_empty());
    assert_eq!(schools(&town, &who, Town::own(&who), day(9, 1)).await, [next.no]);
}
