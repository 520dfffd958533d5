//! Homeroom classes and assignments: principal, deputy, acting; vacancies; two principals are a fact.

use crate::organisations::{close, merge};
use crate::town::{Town, class, day, on};
use chrono::NaiveDate;
use contract::tenancy::{
    AssignHomeroom, AssignmentKind, ClassFilter, ClassSort, EndAssignment, HomeroomClass, ListClasses,
    Organisation, UpdateClass,
};
use testkit::key;
use vocabulary::{AssignmentId, ClassId, Code, Direction, PageInput, PersonId, Principal, Role};

pub(crate) fn assign(
    class: ClassId,
    person: PersonId,
    kind: AssignmentKind,
    from: NaiveDate,
) -> AssignHomeroom {
    AssignHomeroom { idempotency_key: key(), class, person, kind, from, to: None, appointment: None }
}

pub(crate) fn end(assignment: AssignmentId, on: NaiveDate) -> EndAssignment {
    EndAssignment { idempotency_key: key(), assignment, on, reason: "transfer".into() }
}

pub(crate) fn update(class: &HomeroomClass, closed_on: Option<NaiveDate>) -> UpdateClass {
    UpdateClass {
        idempotency_key: key(),
        id: class.id,
        version: class.version,
        name: class.name.clone(),
        programme: "护理".into(),
        headcount: 41,
        closed_on,
    }
}

/// The names of the classes that are vacant on a day.
async fn vacant(town: &Town, who: &Principal, on: NaiveDate) -> Vec<String> {
    let filter =
        ClassFilter { search: None, school: None, cohort: None, vacant: Some(true), include_closed: None };
    let asked = ListClasses {
        filter,
        sort: ClassSort::Name,
        direction: Direction::Ascending,
        as_of: Some(on),
        page: PageInput::default(),
    };
    let page = town.ask(who, asked).await.unwrap();
    assert!(page.items.iter().all(|class| class.vacant));
    page.items.into_iter().map(|class| class.name).collect()
}

struct Scene {
    town: Town,
    who: Principal,
    school: Organisation,
    lina: PersonId,
    wang: PersonId,
}

async fn scene() -> Scene {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let lina = town.add(&who, school.id, "lina").await.id;
    let wang = town.add(&who, school.id, "wang").await.id;
    Scene { town, who, school, lina, wang }
}

#[tokio::test]
async fn a_class_is_vacant_but_for_a_principal_or_an_acting_teacher() {
    let Scene { town, who, school, lina, wang } = scene().await;
    let one = town.class(&who, school.id, "一班").await;
    town.class(&who, school.id, "二班").await;
    assert!(one.vacant);
    let led = assign(one.id, lina, AssignmentKind::Principal, on(2025, 9, 1));
    let led = town.ask(&who, led).await.unwrap();
    assert!(!led.vacant);
    town.ask(&who, assign(one.id, wang, AssignmentKind::Deputy, on(2025, 9, 1))).await.unwrap();
    town.ask(&who, end(led.assignments[0].id, day(3, 31))).await.unwrap();
    town.ask(&who, assign(one.id, wang, AssignmentKind::Acting, day(4, 10))).await.unwrap();
    let told = [on(2025, 9, 1), day(3, 31), day(4, 1), day(4, 9), day(4, 10)];
    let mut empty = Vec::new();
    for on in told {
        empty.push(vacant(&town, &who, on).await.len());
    }
    assert_eq!(empty, [1, 1, 2, 2, 1], "a deputy fills no vacancy, an acting teacher does");
}

#[tokio::test]
async fn two_principals_on_a_day_are_a_fact_and_one_twice_is_a_slip() {
    let Scene { town, who, school, lina, wang } = scene().await;
    let one = town.class(&who, school.id, "一班").await;
    town.ask(&who, assign(one.id, lina, AssignmentKind::Principal, day(3, 1))).await.unwrap();
    let both = town.ask(&who, assign(one.id, wang, AssignmentKind::Principal, day(3, 1))).await.unwrap();
    assert_eq!(both.assignments.len(), 2);
    let told: i64 = sqlx::query_scalar(
        "select jsonb_array_length(payload -> 'assignments')::int8 from tenancy.event_log where kind = 'tenancy.class' order by version desc limit 1",
    )
    .fetch_one(&mut town.base.superuser().await)
    .await
    .unwrap();
    assert_eq!(told, 2, "analytics counts the doubled days");
    let again = assign(one.id, lina, AssignmentKind::Principal, day(5, 1));
    assert_eq!(town.code(&who, again).await, Code::AssignmentTwice);
    let first = both.assignments.iter().find(|a| a.person == lina).unwrap();
    town.ask(&who, end(first.id, day(4, 30))).await.unwrap();
    town.ask(&who, assign(one.id, lina, AssignmentKind::Principal, day(5, 1))).await.unwrap();
    town.ask(&who, assign(one.id, lina, AssignmentKind::Deputy, day(5, 1))).await.unwrap();
}

#[tokio::test]
async fn dates_and_people_that_do_not_fit_are_refused() {
    let Scene { town, who, school, lina, wang } = scene().await;
    let one = town.class(&who, school.id, "一班").await;
    assert_eq!(town.code(&who, class(school.id, "一班")).await, Code::ClassNameTaken);
    let early = assign(one.id, lina, AssignmentKind::Principal, on(2025, 8, 31));
    assert_eq!(town.code(&who, early).await, Code::AssignmentOutsideClass);
    let mut backwards = assign(one.id, lina, AssignmentKind::Principal, day(3, 1));
    backwards.to = Some(day(2, 28));
    assert_eq!(town.code(&who, backwards).await, Code::DateOrder);
    let led = town.ask(&who, assign(one.id, lina, AssignmentKind::Principal, day(3, 1))).await.unwrap();
    let closing = update(&led, Some(day(2, 1)));
    assert_eq!(town.code(&who, closing).await, Code::AssignmentOutsideClass, "an assignment begins later");
    assert_eq!(town.code(&who, update(&led, Some(on(2025, 8, 1)))).await, Code::DateOrder);
    assert_eq!(town.code(&who, update(&one, None)).await, Code::Stale);
    let closed = town.ask(&who, update(&led, Some(day(6, 30)))).await.unwrap();
    let late = assign(one.id, wang, AssignmentKind::Principal, day(7, 1));
    assert_eq!(town.code(&who, late).await, Code::AssignmentOutsideClass);
    let id = closed.assignments[0].id;
    assert_eq!(town.code(&who, end(id, day(2, 28))).await, Code::DateOrder);
    assert_eq!(town.code(&who, end(id, day(7, 1))).await, Code::AssignmentOutsideClass);
    let mut wordless = end(id, day(6, 1));
    wordless.reason = "boredom".into();
    assert_eq!(town.code(&who, wordless).await, Code::InvalidValue);

    let other = town.school(&who, Town::own(&who), "乙校").await;
    let guest = town.appoint(&who, other.id, "guest", Role::SchoolAdministrator).await;
    let elsewhere = assign(one.id, guest.id, AssignmentKind::Deputy, day(3, 1));
    assert_eq!(town.code(&who, elsewhere).await, Code::PersonElsewhere);
    let official = town.add(&who, Town::own(&who), "official").await;
    let above = assign(one.id, official.id, AssignmentKind::Deputy, day(3, 1));
    assert_eq!(town.code(&who, above).await, Code::PersonElsewhere);
    let neighbour = town.as_now(&guest).await;
    assert_eq!(town.code(&neighbour, update(&closed, None)).await, Code::NotFound);
    assert_eq!(town.code(&neighbour, end(id, day(6, 1))).await, Code::NotFound);
    assert_eq!(town.code(&neighbour, class(school.id, "三班")).await, Code::NotFound);
    let foreign = assign(one.id, guest.id, AssignmentKind::Deputy, day(3, 1));
    assert_eq!(town.code(&neighbour, foreign).await, Code::NotFound);
    assert_eq!(town.code(&who, class(Town::own(&who), "局班")).await, Code::OrganisationKind);
}

#[tokio::test]
async fn merged_schools_share_their_teachers_and_closed_ones_open_no_classes() {
    let Scene { town, who, school, lina, .. } = scene().await;
    let goes_on = town.school(&who, Town::own(&who), "乙校").await;
    let zhao = town.add(&who, goes_on.id, "zhao").await.id;
    let old = town.class(&who, school.id, "一班").await;
    town.ask(&who, merge(school.id, goes_on.id, day(5, 1))).await.unwrap();
    let who = town.bureau().await;
    let mut late = class(school.id, "二班");
    late.opened_on = day(5, 1);
    assert_eq!(town.code(&who, late).await, Code::OrganisationClosed);
    let new = town.class(&who, goes_on.id, "三班").await;
    town.ask(&who, assign(new.id, lina, AssignmentKind::Principal, day(5, 1))).await.unwrap();
    town.ask(&who, assign(old.id, zhao, AssignmentKind::Principal, day(5, 1))).await.unwrap();
    town.ask(&who, close(goes_on.id, day(5, 18))).await.unwrap();
}
