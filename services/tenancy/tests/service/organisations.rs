//! Founding, renaming, moving, merging and closing; numbers, codes, and what is refused.

use crate::town::{Town, county, day, on, school};
use chrono::NaiveDate;
use contract::tenancy::{
    BureauLevel, ChangeSchoolCode, CloseOrganisation, FoundOrganisation, MergeOrganisation, MoveOrganisation,
    OpenOrganisations, Organisation, OrganisationHistory, OrganisationKind, RenameOrganisation,
};
use testkit::key;
use vocabulary::{Code, OrganisationId, OrganisationNo, Principal, Result};

pub(crate) fn rename(id: OrganisationId, name: &str, on: NaiveDate) -> RenameOrganisation {
    RenameOrganisation { idempotency_key: key(), id, name: name.into(), on }
}

pub(crate) fn shift(id: OrganisationId, under: OrganisationId, on: NaiveDate) -> MoveOrganisation {
    MoveOrganisation { idempotency_key: key(), id, authority: Some(under), place_code: None, on }
}

pub(crate) fn merge(id: OrganisationId, into: OrganisationId, on: NaiveDate) -> MergeOrganisation {
    MergeOrganisation { idempotency_key: key(), id, into, on }
}

pub(crate) fn close(id: OrganisationId, on: NaiveDate) -> CloseOrganisation {
    CloseOrganisation { idempotency_key: key(), id, on }
}

pub(crate) fn code(id: OrganisationId, code: &str, on: NaiveDate) -> ChangeSchoolCode {
    ChangeSchoolCode { idempotency_key: key(), id, school_code: code.into(), on }
}

/// An organisation as it was on a day.
async fn then(town: &Town, who: &Principal, id: OrganisationId, on: NaiveDate) -> Organisation {
    let asked = OpenOrganisations { ids: vec![id], as_of: Some(on) };
    town.ask(who, asked).await.unwrap().pop().flatten().unwrap()
}

fn place(id: OrganisationId, code: &str, on: NaiveDate) -> MoveOrganisation {
    MoveOrganisation { idempotency_key: key(), id, authority: None, place_code: Some(code.into()), on }
}

#[tokio::test]
async fn numbers_come_in_blocks_and_overflow_into_more() {
    let town = Town::of(BureauLevel::Province).await;
    let province = town.bureau().await;
    let top = Town::own(&province);
    let bureau = |level, name: &str| FoundOrganisation { level: Some(level), ..county(top, name) };
    let city = town.ask(&province, bureau(BureauLevel::City, "甲市教育局")).await.unwrap();
    let next = town.ask(&province, bureau(BureauLevel::City, "乙市教育局")).await.unwrap();
    assert_eq!((city.no, next.no), (OrganisationNo(2), OrganisationNo(2 + 2_048)));
    let county = town.ask(&province, county(city.id, "甲县教育局")).await.unwrap();
    assert_eq!(county.no, OrganisationNo(3));
    let own = town.school(&province, city.id, "市直学校").await;
    assert_eq!(own.no, OrganisationNo(3 + 128), "a county's block is taken whole");
    let blocks: Vec<(i32, i32, i32)> =
        sqlx::query_as("select owner_no, lo, hi from tenancy.number_block order by owner_no, lo")
            .fetch_all(&mut town.base.superuser().await)
            .await
            .unwrap();
    assert_eq!(blocks, [(1, 1, 65_537), (2, 2, 2_050), (3, 3, 131), (2_050, 2_050, 4_098)]);

    // A county has 127 numbers beside its own; the next opens a block after all others.
    let someone = town.appoint(&province, county.id, "county", vocabulary::Role::BureauAdministrator).await;
    let who = town.as_now(&someone).await;
    let mut last = OrganisationNo(0);
    for n in 0..128 {
        last = town.ask(&who, school(county.id, &format!("第{n}学校"))).await.unwrap().no;
    }
    assert_eq!(last, OrganisationNo(65_537));
    for reader in [town.as_now(&someone).await, town.bureau().await] {
        let covered = [3, 4, 130, 65_537, 65_664].map(|no| reader.readable.contains(OrganisationNo(no)));
        assert_eq!(covered, [true; 5], "the overflow is covered, what is not given yet included");
        assert!(!reader.readable.contains(OrganisationNo(65_665)));
    }
    let neighbour = town.appoint(&province, next.id, "next", vocabulary::Role::BureauAdministrator).await;
    let neighbour = town.as_now(&neighbour).await;
    assert_eq!(neighbour.readable.pairs(), [(2_050, 4_098)]);
}

#[tokio::test]
async fn an_organisation_is_shown_as_it_was_on_a_day() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let (east, west) = (town.county(&who, "东县教育局").await, town.county(&who, "西县教育局").await);
    let founded = town.school(&who, east.id, "明德职业学校").await;
    let first = founded.school_code.clone().unwrap();
    town.ask(&who, rename(founded.id, "明德技师学院", day(3, 1))).await.unwrap();
    town.ask(&who, shift(founded.id, west.id, day(4, 1))).await.unwrap();
    town.ask(&who, place(founded.id, "539922", day(4, 10))).await.unwrap();
    town.ask(&who, code(founded.id, "3653000777", day(4, 20))).await.unwrap();
    // And what is planned.
    town.ask(&who, rename(founded.id, "云川技师学院", day(9, 1))).await.unwrap();
    town.ask(&who, shift(founded.id, east.id, day(9, 1))).await.unwrap();
    let mut told = Vec::new();
    for on in
        [on(2010, 9, 1), day(2, 28), day(3, 1), day(3, 31), day(4, 1), day(4, 20), day(8, 31), day(9, 1)]
    {
        let o = then(&town, &who, founded.id, on).await;
        assert_eq!(o.no, founded.no, "the number is permanent");
        let code = o.school_code.map(|code| code != first);
        told.push((o.name, o.authority.unwrap().id == west.id, o.place_code.unwrap() == "539922", code));
    }
    let was = |name: &str, west, moved, coded| (name.to_owned(), west, moved, Some(coded));
    assert_eq!(
        told,
        [
            was("明德职业学校", false, false, false),
            was("明德职业学校", false, false, false),
            was("明德技师学院", false, false, false),
            was("明德技师学院", false, false, false),
            was("明德技师学院", true, false, false),
            was("明德技师学院", true, true, true),
            was("明德技师学院", true, true, true),
            was("云川技师学院", false, true, true),
        ]
    );
    let history = town.ask(&who, OrganisationHistory { id: founded.id }).await.unwrap();
    let said: Vec<(NaiveDate, &str)> = history.iter().map(|c| (c.on, c.what.as_str())).collect();
    assert_eq!(
        said[..5],
        [
            (day(9, 1), "moved"),
            (day(9, 1), "renamed"),
            (day(4, 20), "code_changed"),
            (day(4, 10), "placed"),
            (day(4, 1), "moved"),
        ]
    );
    assert_eq!(history[4].before.as_deref(), Some("东县教育局"));
    assert_eq!(history[4].after.as_deref(), Some("西县教育局"));
}

#[tokio::test]
async fn nonsense_is_refused_with_its_code() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let (east, west) = (town.county(&who, "东县教育局").await, town.county(&who, "西县教育局").await);
    let one = town.school(&who, east.id, "甲校").await;
    let two = town.school(&who, east.id, "乙校").await;
    let today = day(5, 18);
    let code = |result: Result<Organisation>| result.unwrap_err().code();

    // Under itself, under what is below it, under what holds nobody, under one that is not higher.
    assert_eq!(code(town.ask(&who, shift(east.id, east.id, today)).await), Code::OrganisationCycle);
    assert_eq!(code(town.ask(&who, shift(east.id, one.id, today)).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, shift(one.id, two.id, today)).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, shift(east.id, west.id, today)).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, shift(one.id, OrganisationId::new(), today)).await), Code::NotFound);
    let mut nowhere = shift(one.id, west.id, today);
    nowhere.authority = None;
    assert_eq!(code(town.ask(&who, nowhere).await), Code::Required);
    // The one on which one stands.
    assert_eq!(code(town.ask(&who, rename(top, "我局", today)).await), Code::Forbidden);
    assert_eq!(code(town.ask(&who, close(top, today)).await), Code::Forbidden);
    assert_eq!(code(town.ask(&who, merge(one.id, top, today)).await), Code::Forbidden);
    // Before it was founded, or out of all calendars.
    let early = on(2010, 8, 31);
    assert_eq!(code(town.ask(&who, rename(one.id, "早", early)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, shift(one.id, west.id, early)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, merge(one.id, two.id, early)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, close(one.id, early)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, close(one.id, on(2101, 1, 1))).await), Code::InvalidDate);
    let young = town
        .ask(&who, FoundOrganisation { founded_on: day(6, 1), ..county(top, "新县教育局") })
        .await
        .unwrap();
    assert_eq!(code(town.ask(&who, shift(one.id, young.id, today)).await), Code::OrganisationClosed);
    // Before the last change of the same fact, planned ones too.
    town.ask(&who, shift(one.id, west.id, day(9, 1))).await.unwrap();
    let error = town.error(&who, shift(one.id, east.id, day(8, 31))).await;
    assert_eq!((error.code(), error.fault().params["last"].as_str()), (Code::ChangeBeforeLast, "2026-09-01"));
    assert_eq!(code(town.ask(&who, merge(one.id, two.id, day(8, 1))).await), Code::ChangeBeforeLast);
    assert_eq!(code(town.ask(&who, close(one.id, day(8, 1))).await), Code::ChangeBeforeLast);
    town.ask(&who, rename(two.id, "乙学院", day(9, 1))).await.unwrap();
    assert_eq!(
        code(town.ask(&who, close(two.id, today)).await),
        Code::ChangeBeforeLast,
        "it has a later name"
    );
    // Into itself, into another kind, with others below it.
    assert_eq!(code(town.ask(&who, merge(one.id, one.id, day(9, 1))).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, merge(one.id, east.id, day(9, 1))).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, merge(east.id, west.id, today)).await), Code::OrganisationBusy);
    assert_eq!(code(town.ask(&who, close(east.id, today)).await), Code::OrganisationBusy);
    // What is over stays over.
    let three = town.school(&who, east.id, "丙校").await;
    town.ask(&who, close(three.id, today)).await.unwrap();
    assert_eq!(code(town.ask(&who, close(three.id, today)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, merge(three.id, one.id, today)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, merge(one.id, three.id, day(9, 1))).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, rename(three.id, "又", today)).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, shift(three.id, west.id, today)).await), Code::OrganisationClosed);
    town.ask(&who, close(young.id, day(7, 1))).await.unwrap();
    assert_eq!(code(town.ask(&who, shift(one.id, young.id, day(9, 2))).await), Code::OrganisationClosed);
    assert_eq!(code(town.ask(&who, school(young.id, "丁校")).await), Code::OrganisationClosed);
    // Founding: kinds and levels.
    assert_eq!(code(town.ask(&who, school(one.id, "丁校")).await), Code::OrganisationKind);
    assert_eq!(code(town.ask(&who, county(east.id, "县下县")).await), Code::OrganisationKind);
    let mut missing = school(top, " ");
    missing.school_code = None;
    missing.place_code = Some("53".into());
    missing.founded_on = on(2101, 1, 1);
    let all: Vec<Code> = town.error(&who, missing).await.faults().map(|fault| fault.code).collect();
    assert_eq!(all, [Code::Required, Code::PlaceInvalid, Code::InvalidDate, Code::CodeMissing]);
    let mut levelless = county(top, "某局");
    levelless.level = None;
    assert_eq!(code(town.ask(&who, levelless).await), Code::Required);
}

#[tokio::test]
async fn two_changes_at_once_leave_one_line_of_intervals() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let (east, west) = (town.county(&who, "东县教育局").await, town.county(&who, "西县教育局").await);
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let moves = (0..8).map(|n| {
        let under = if n % 2 == 0 { east.id } else { west.id };
        town.ask(&who, shift(school.id, under, day(3, 20 - n)))
    });
    let outcomes = futures::future::join_all(moves).await;
    assert!(outcomes.iter().any(Result::is_ok));
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert_eq!(refused.code(), Code::ChangeBeforeLast);
    }
    let overlapping = town
        .count(
            "select count(*) from tenancy.organisation_authority a join tenancy.organisation_authority b
             on a.owner_no = b.owner_no and a.from_on < b.from_on and (a.to_on is null or a.to_on > b.from_on)",
        )
        .await;
    assert_eq!(overlapping, 0);
}

#[tokio::test]
async fn no_two_living_schools_have_one_code() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let coded = |name: &str, code: &str, founded_on| FoundOrganisation {
        school_code: Some(code.into()),
        founded_on,
        ..school(top, name)
    };
    let past = on(2010, 9, 1);
    let one = town.ask(&who, coded("甲校", "3653000001", past)).await.unwrap();
    let refused = async |request| town.code(&who, request).await;
    for bad in ["", "365300000", "36530000011", "1153000001", "365300000a", "３６５３０００００１"]
    {
        let wanted = if bad.is_empty() { Code::CodeMissing } else { Code::SchoolCodeInvalid };
        assert_eq!(refused(coded("乙校", bad, past)).await, wanted, "{bad}");
    }
    assert_eq!(refused(coded("乙校", "3653000001", past)).await, Code::SchoolCodeTaken);
    assert_eq!(refused(coded("乙校", "3653000001", day(12, 1))).await, Code::SchoolCodeTaken);
    // Kept through a renaming.
    let named = town.ask(&who, rename(one.id, "甲学院", day(3, 1))).await.unwrap();
    assert_eq!(named.school_code.as_deref(), Some("3653000001"));
    let two = town.ask(&who, coded("乙校", "3653000002", past)).await.unwrap();
    assert_eq!(town.code(&who, code(two.id, "3653000001", day(4, 1))).await, Code::SchoolCodeTaken);
    // A code that is left on a day is free from that day, not sooner.
    town.ask(&who, code(one.id, "3653000003", day(9, 1))).await.unwrap();
    assert_eq!(refused(coded("丙校", "3653000001", day(8, 31))).await, Code::SchoolCodeTaken);
    assert_eq!(refused(coded("丙校", "3653000003", day(5, 18))).await, Code::SchoolCodeTaken);
    let three = town.ask(&who, coded("丙校", "3653000001", day(9, 1))).await.unwrap();
    assert_eq!(town.code(&who, code(one.id, "3653000001", day(9, 2))).await, Code::SchoolCodeTaken);
    // So with an end that is planned, and one that has been.
    town.ask(&who, close(two.id, day(7, 1))).await.unwrap();
    assert_eq!(refused(coded("丁校", "3653000002", day(6, 30))).await, Code::SchoolCodeTaken);
    assert_eq!(refused(coded("丁校", "3653000002", past)).await, Code::SchoolCodeTaken);
    town.ask(&who, coded("丁校", "3653000002", day(7, 1))).await.unwrap();
    // A renaming of the day itself is a correction, and one's own code is no other's.
    town.ask(&who, code(three.id, "3653000004", day(9, 1))).await.unwrap();
    town.ask(&who, code(three.id, "3653000001", day(9, 1))).await.unwrap();
    // Ten at once: one has it.
    let race = (0..10).map(|n| town.ask(&who, coded(&format!("同码{n}"), "3653000099", past)));
    let outcomes = futures::future::join_all(race).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let twice = town
        .count(
            "select count(*) from tenancy.organisation_code a
             join tenancy.organisation_code b on a.code = b.code and a.owner_no < b.owner_no
             join tenancy.organisation oa on oa.owner_no = a.owner_no join tenancy.organisation ob on ob.owner_no = b.owner_no
             where daterange(a.from_on, least(a.to_on, oa.closed_on)) && daterange(b.from_on, least(b.to_on, ob.closed_on))",
        )
        .await;
    assert_eq!(twice, 0);
}

#[tokio::test]
async fn a_credit_code_stands_in_for_a_school_code() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let technical = |name: &str, code: &str| FoundOrganisation {
        school_code: None,
        credit_code: Some(code.into()),
        ..school(Town::own(&who), name)
    };
    for bad in ["91350100M000100Y44", "91350100M000100Y4", "91350100M000100YI3", "91350100M000100Y４3"] {
        assert_eq!(town.code(&who, technical("技工学校", bad)).await, Code::CreditCodeInvalid, "{bad}");
    }
    let founded = town.ask(&who, technical("技工学校", " 91350100m000100y43")).await.unwrap();
    assert_eq!(founded.credit_code.as_deref(), Some("91350100M000100Y43"));
    assert_eq!(town.code(&who, technical("另一所", "91350100M000100Y43")).await, Code::CreditCodeTaken);
    town.ask(&who, close(founded.id, day(5, 1))).await.unwrap();
    let after = FoundOrganisation { founded_on: day(5, 1), ..technical("另一所", "91350100M000100Y43") };
    town.ask(&who, after).await.unwrap();
}

#[tokio::test]
async fn alliances_are_founded_and_hold_nobody() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let alliance = FoundOrganisation {
        kind: OrganisationKind::Alliance,
        level: Some(BureauLevel::City),
        school_code: None,
        ..school(top, "云川职教集团")
    };
    let alliance = town.ask(&who, alliance).await.unwrap();
    assert_eq!((alliance.level, alliance.password_length, alliance.school_code), (None, None, None));
    assert_eq!(town.code(&who, school(alliance.id, "甲校")).await, Code::OrganisationKind);
    let one = town.school(&who, top, "甲校").await;
    assert_eq!(town.code(&who, merge(alliance.id, one.id, day(5, 1))).await, Code::OrganisationKind);
    assert_eq!(town.code(&who, code(alliance.id, "3653000001", day(5, 1))).await, Code::OrganisationKind);
}
