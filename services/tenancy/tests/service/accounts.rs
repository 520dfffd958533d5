//! Passwords: how long, which were used, who sets the length; the first sign-in.

use crate::people::reset;
use crate::town::{FIRST, Someone, Town, county, day};
use contract::tenancy::{ChangePassword, OpenOrganisations, SetPasswordLength};
use testkit::key;
use vocabulary::{Code, OrganisationId, Principal, Role};

pub(crate) fn change(present: &str, new: &str) -> ChangePassword {
    ChangePassword { idempotency_key: key(), present: present.into(), new: new.into() }
}

pub(crate) fn length(id: OrganisationId, length: i32) -> SetPasswordLength {
    SetPasswordLength { idempotency_key: key(), id, length }
}

async fn teacher(town: &Town, who: &Principal, at: OrganisationId) -> (Someone, Principal) {
    let someone = town.appoint(who, at, "lina", Role::HomeroomTeacher).await;
    let now = town.as_now(&someone).await;
    (someone, now)
}

#[tokio::test]
async fn a_password_has_twelve_characters_of_three_classes_and_is_none_of_the_last_five() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let (lina, now) = teacher(&town, &who, school.id).await;
    for weak in ["Short-1", "alllowercaseletters", "lowercase12345", "ABCDEFGHIJKL", "Elf-Zeichen", ""] {
        let error = town.error(&now, change(&lina.password, weak)).await;
        assert_eq!(
            (error.code(), error.fault().params["min"].as_str()),
            (Code::PasswordWeak, "12"),
            "{weak}"
        );
    }
    let long = format!("Aa1-{}", "x".repeat(197));
    assert_eq!(town.code(&now, change(&lina.password, &long)).await, Code::PasswordWeak);
    let error = town.error(&now, change("falsch", "Geheim-Wort-2026")).await;
    assert_eq!((error.code(), error.fault().field.as_deref()), (Code::PasswordWrong, Some("present")));
    // The present one and the four before it are refused, the sixth last is free again.
    let mut used = vec![lina.password.clone()];
    for n in 1..=5 {
        let next = format!("Geheim-Wort-{n}");
        town.ask(&now, change(used.last().unwrap(), &next)).await.unwrap();
        used.push(next);
        for old in used.iter().rev().take(5) {
            let again = change(used.last().unwrap(), old);
            assert_eq!(town.code(&now, again).await, Code::PasswordReused, "{old} of {used:?}");
        }
    }
    town.ask(&now, change(&used[5], &used[0])).await.unwrap();
    // One that an administrator gave is one that was used.
    let head = town.appoint(&who, school.id, "head", Role::SchoolAdministrator).await;
    let told = town.ask(&town.as_now(&head).await, reset(lina.id)).await.unwrap();
    let now = town.now("lina", &told.password).await;
    assert_eq!(town.code(&now, change(&told.password, &used[0])).await, Code::PasswordReused);
}

#[tokio::test]
async fn the_first_sign_in_changes_the_password() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let lina = town.appoint(&who, school.id, "lina", Role::HomeroomTeacher).await;
    let token = town.sign_in("lina", &lina.password).await.unwrap();
    let first = town.resume(&token).await.unwrap();
    assert!(first.must_change_password, "the gateway lets nothing else through");
    town.ask(&first.principal, change(&lina.password, "Geheim-Wort-2026")).await.unwrap();
    assert!(!town.resume(&token).await.unwrap().must_change_password);
    assert_eq!(town.sign_in("lina", &lina.password).await.unwrap_err().code(), Code::SignInFailed);
    let head = town.appoint(&who, school.id, "head", Role::SchoolAdministrator).await;
    let told = town.ask(&town.as_now(&head).await, reset(lina.id)).await.unwrap();
    assert_eq!(town.resume(&token).await.unwrap_err().code(), Code::SessionExpired, "all sessions end");
    let token = town.sign_in("lina", &told.password).await.unwrap();
    assert!(town.resume(&token).await.unwrap().must_change_password);
}

#[tokio::test]
async fn a_bureau_says_how_long_passwords_are() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let east = town.county(&who, "东县教育局").await;
    assert_eq!(east.password_length, Some(12));
    let school = town.school(&who, east.id, "甲校").await;
    let (lina, now) = teacher(&town, &who, school.id).await;
    let official = town.appoint(&who, east.id, "east", Role::BureauAdministrator).await;
    let official = town.as_now(&official).await;
    for wrong in [i32::MIN, -1, 0, 11, 65, i32::MAX] {
        assert_eq!(town.code(&who, length(top, wrong)).await, Code::InvalidValue, "{wrong}");
    }
    assert_eq!(town.code(&who, length(school.id, 16)).await, Code::OrganisationKind);
    assert_eq!(town.code(&now, length(top, 12)).await, Code::NotFound);
    assert_eq!(town.code(&now, length(school.id, 12)).await, Code::Forbidden);
    assert_eq!(town.code(&official, length(top, 16)).await, Code::NotFound);
    let shown = town.ask(&official, length(east.id, 16)).await.unwrap();
    assert_eq!((shown.password_length, shown.version), (Some(16), 2));
    let weak = town.error(&now, change(&lina.password, "Geheim-Wort-26")).await;
    assert_eq!((weak.code(), weak.fault().params["min"].as_str()), (Code::PasswordWeak, "16"));
    // The stricter of all above holds; and a security administrator may set it as well.
    let security = town.now("security", FIRST).await;
    town.ask(&security, length(top, 20)).await.unwrap();
    town.ask(&official, length(east.id, 12)).await.unwrap();
    let weak = town.error(&now, change(&lina.password, "Geheim-Wort-2026")).await;
    assert_eq!(weak.fault().params["min"].as_str(), "20");
    town.ask(&now, change(&lina.password, "Geheim-Wort-2026-lang")).await.unwrap();
    let opened = OpenOrganisations { ids: vec![top, school.id], as_of: None };
    let opened = town.ask(&who, opened).await.unwrap();
    let lengths: Vec<_> = opened.into_iter().map(|o| o.unwrap().password_length).collect();
    assert_eq!(lengths, [Some(20), None]);
    let over = town.ask(&who, county(top, "旧县教育局")).await.unwrap();
    town.ask(&who, crate::organisations::close(over.id, day(5, 1))).await.unwrap();
    assert_eq!(town.code(&who, length(over.id, 16)).await, Code::OrganisationClosed);
}

#[tokio::test]
async fn two_changes_at_once_are_one_change() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let (lina, now) = teacher(&town, &who, school.id).await;
    let changes = (0..6).map(|n| town.ask(&now, change(&lina.password, &format!("Geheim-Wort-{n}"))));
    let outcomes = futures::future::join_all(changes).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let hashes: i64 =
        sqlx::query_scalar("select cardinality(old_hashes)::int8 from tenancy.account where login = 'lina'")
            .fetch_one(&mut town.base.superuser().await)
            .await
            .unwrap();
    assert_eq!(hashes, 1);
}
