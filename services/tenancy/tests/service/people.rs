//! People: added, corrected, leaving; what is shown of them to whom.

use crate::town::{FIRST, SOURCE, Town, add_person, day, give};
use contract::tenancy::{
    AddPerson, ListPeople, NoteLeaving, OpenPeople, Person, PersonFilter, PersonSort, ResetPassword,
    UpdatePerson,
};
use testkit::{key, noon};
use vocabulary::{Code, Direction, PageInput, PersonId, Principal, Role};

pub(crate) fn all() -> PersonFilter {
    PersonFilter { search: None, organisation: None, role: None, locked: None }
}

pub(crate) fn list(filter: PersonFilter) -> ListPeople {
    ListPeople {
        filter,
        sort: PersonSort::Login,
        direction: Direction::Ascending,
        page: PageInput { first: 100, after: None },
    }
}

pub(crate) fn leave(id: PersonId, version: i32, left_on: Option<chrono::NaiveDate>) -> NoteLeaving {
    NoteLeaving { idempotency_key: key(), id, version, left_on }
}

pub(crate) fn reset(person: PersonId) -> ResetPassword {
    ResetPassword { idempotency_key: key(), person }
}

fn update(person: &Person, name: &str, phone: Option<&str>) -> UpdatePerson {
    UpdatePerson {
        idempotency_key: key(),
        id: person.id,
        version: person.version,
        name: name.into(),
        phone: phone.map(str::to_owned),
    }
}

async fn open(town: &Town, who: &Principal, id: PersonId) -> Option<Person> {
    town.ask(who, OpenPeople { ids: vec![id] }).await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn a_person_is_added_with_an_account_and_corrected() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let wrong = AddPerson {
        name: "\u{200b}".into(),
        login: "李娜".into(),
        phone: Some("不知道".into()),
        ..add_person(school.id, "x")
    };
    let all: Vec<Code> = town.error(&who, wrong).await.faults().map(|fault| fault.code).collect();
    assert_eq!(all, [Code::Required, Code::LoginInvalid, Code::InvalidValue]);
    let lina = town.add(&who, school.id, " LiNa ").await;
    assert_eq!(town.code(&who, add_person(school.id, "lina")).await, Code::LoginTaken);
    let shown = open(&town, &who, lina.id).await.unwrap();
    assert_eq!((shown.login.as_str(), shown.organisation.id), ("lina", school.id));
    let named = town.ask(&who, update(&shown, "李娜", None)).await.unwrap();
    assert_eq!((named.name.as_str(), named.phone.as_deref(), named.version), ("李娜", None, 2));
    assert_eq!(town.code(&who, update(&shown, "李那", None)).await, Code::Stale);
    // A renaming is seen wherever the name is shown.
    let given = town.ask(&who, give(lina.id, Role::SchoolLeader, school.id)).await.unwrap();
    town.ask(&who, update(&named, "李娜娜", None)).await.unwrap();
    let grants = contract::tenancy::GrantsOfPeople { people: vec![lina.id] };
    let grants = town.ask(&who, grants).await.unwrap();
    assert_eq!((given.person_name.as_str(), grants[0][0].person_name.as_str()), ("李娜", "李娜娜"));
    let closed = crate::organisations::close(school.id, day(5, 18));
    town.ask(&who, closed).await.unwrap();
    assert_eq!(town.code(&who, add_person(school.id, "late")).await, Code::OrganisationClosed);
}

#[tokio::test]
async fn one_who_left_cannot_sign_in_and_their_sessions_end() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let head = town.appoint(&who, school.id, "head", Role::SchoolAdministrator).await;
    let lina = town.appoint(&who, school.id, "lina", Role::HomeroomTeacher).await;
    let token = town.sign_in("lina", &lina.password).await.unwrap();
    let head = town.as_now(&head).await;
    let gone = town.ask(&head, leave(lina.id, 1, Some(day(5, 19)))).await.unwrap();
    assert_eq!((gone.left_on, gone.version), (Some(day(5, 19)), 2));
    town.resume(&token).await.unwrap();
    town.clock.set(noon() + chrono::TimeDelta::hours(12) - chrono::TimeDelta::minutes(1));
    let last = town.sign_in("lina", &lina.password).await.unwrap();
    town.resume(&last).await.unwrap();
    town.clock.set(noon() + chrono::TimeDelta::hours(12));
    assert_eq!(town.resume(&last).await.unwrap_err().code(), Code::SessionExpired);
    let refused = town.sign_in("lina", &lina.password).await.unwrap_err();
    assert_eq!(refused.code(), Code::SignInFailed, "as if there were no such account");
    // A correction does not bring them back; the others learn of it; a return does.
    let named = town.ask(&head, update(&gone, "李娜", None)).await.unwrap();
    assert_eq!(named.left_on, Some(day(5, 19)));
    let told: Option<String> = sqlx::query_scalar(
        "select payload ->> 'left_on' from tenancy.event_log where kind = 'tenancy.person' and aggregate = $1 order by version desc limit 1",
    )
    .bind(lina.id.uuid())
    .fetch_one(&mut town.base.superuser().await)
    .await
    .unwrap();
    assert_eq!(told.as_deref(), Some("2026-05-19"));
    town.ask(&head, leave(lina.id, 3, None)).await.unwrap();
    town.sign_in("lina", &lina.password).await.unwrap();
}

#[tokio::test]
async fn nobody_gets_at_the_account_of_somebody_above_them() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let (one, two) = (town.school(&who, top, "甲校").await, town.school(&who, top, "乙校").await);
    let head = town.appoint(&who, one.id, "head", Role::SchoolAdministrator).await;
    let mixed = town.appoint(&who, one.id, "mixed", Role::HomeroomTeacher).await;
    let foreign = town.add(&who, two.id, "foreign").await;
    town.ask(&who, give(mixed.id, Role::BureauOfficer, top)).await.unwrap();
    let principal = town.as_now(&head).await;
    assert_eq!(town.code(&principal, reset(mixed.id)).await, Code::Forbidden);
    assert_eq!(town.code(&principal, leave(mixed.id, 1, Some(day(5, 1)))).await, Code::Forbidden);
    assert_eq!(town.code(&principal, reset(foreign.id)).await, Code::NotFound);
    assert_eq!(town.code(&principal, leave(foreign.id, 1, None)).await, Code::NotFound);
    // One's own password is changed with the present one, and a clerk closes no administrator's door.
    assert_eq!(town.code(&principal, reset(head.id)).await, Code::Forbidden);
    let clerk = town.appoint(&who, one.id, "clerk", Role::SchoolClerk).await;
    let teacher = town.appoint(&who, one.id, "teacher", Role::HomeroomTeacher).await;
    let clerk = town.as_now(&clerk).await;
    assert_eq!(town.code(&clerk, leave(head.id, 1, Some(day(5, 1)))).await, Code::Forbidden);
    town.ask(&clerk, leave(teacher.id, 1, Some(day(5, 1)))).await.unwrap();
    // The three administrators stand on the bureau too, and are none of its administrator's.
    let people = town.ask(&who, list(all())).await.unwrap().items;
    let id = |login: &str| people.iter().find(|person| person.login == login).unwrap().id;
    for login in ["system", "security", "audit"] {
        assert_eq!(town.code(&who, reset(id(login))).await, Code::Forbidden, "{login}");
        assert_eq!(town.code(&who, leave(id(login), 1, Some(day(5, 1)))).await, Code::Forbidden, "{login}");
    }
    let security = town.now("security", FIRST).await;
    for login in ["system", "audit", "bureau.admin", "mixed", "foreign"] {
        let told = town.ask(&security, reset(id(login))).await.unwrap();
        town.sign_in(login, &told.password).await.unwrap();
    }
    for login in ["system", "audit"] {
        let one = town
            .appoint(&security_stands_in(&town).await, top, &format!("{login}.x"), Role::BureauOfficer)
            .await;
        let officer = town.as_now(&one).await;
        assert_eq!(town.code(&officer, reset(mixed.id)).await, Code::Forbidden);
    }
}

/// The bureau's administrator with the password that the security administrator gave them.
async fn security_stands_in(town: &Town) -> Principal {
    let security = town.now("security", FIRST).await;
    let people = town.ask(&security, list(all())).await.unwrap().items;
    let id = people.iter().find(|person| person.login == "bureau.admin").unwrap().id;
    let told = town.ask(&security, reset(id)).await.unwrap();
    town.now("bureau.admin", &told.password).await
}

#[tokio::test]
async fn telephone_numbers_are_for_those_who_administer() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let head = town.appoint(&who, school.id, "head", Role::SchoolAdministrator).await;
    let clerk = town.appoint(&who, school.id, "clerk", Role::SchoolClerk).await;
    let lina = town.appoint(&who, school.id, "lina", Role::HomeroomTeacher).await;
    let phone = Some("13800000000".to_owned());
    let (head, clerk_now, lina_now) =
        (town.as_now(&head).await, town.as_now(&clerk).await, town.as_now(&lina).await);
    let officer = town.appoint(&who, Town::own(&who), "officer", Role::BureauOfficer).await;
    let officer = town.as_now(&officer).await;
    for (reader, sees) in
        [(&who, true), (&head, true), (&clerk_now, true), (&lina_now, true), (&officer, false)]
    {
        let shown = open(&town, reader, lina.id).await.unwrap();
        assert_eq!((shown.phone == phone, shown.last_sign_in.is_some()), (sees, sees), "{:?}", reader.role());
    }
    let shown = open(&town, &lina_now, clerk.id).await.unwrap();
    assert_eq!((shown.phone, shown.last_sign_in), (None, None));
    let locked = PersonFilter { locked: Some(true), ..all() };
    assert_eq!(town.code(&officer, list(locked)).await, Code::Forbidden);
    let shown = open(&town, &clerk_now, lina.id).await.unwrap();
    town.ask(&clerk_now, update(&shown, "李娜", shown.phone.as_deref())).await.unwrap();
    assert_eq!(open(&town, &head, lina.id).await.unwrap().phone, phone);
    let found = PersonFilter { search: Some("李".into()), role: Some(Role::HomeroomTeacher), ..all() };
    assert_eq!(town.ask(&head, list(found)).await.unwrap().total, 1);
    let neighbour = town.school(&who, Town::own(&who), "乙校").await;
    let other = town.appoint(&who, neighbour.id, "other", Role::SchoolAdministrator).await;
    let other = town.as_now(&other).await;
    assert_eq!(open(&town, &other, lina.id).await, None);
    assert_eq!(town.code(&other, update(&shown, "x", None)).await, Code::NotFound);
    assert!(town.sign_in_from(SOURCE, "lina", &lina.password).await.is_ok());
}
