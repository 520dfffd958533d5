//! Sessions: how long they live, and how they end.

use crate::accounts::change;
use crate::people::{all, list, reset};
use crate::town::{FIRST, Town, minutes};
use contract::tenancy::{ListSessions, Resume, RevokeSession, SignOut};
use testkit::key;
use vocabulary::{Code, Principal, SessionId};

pub(crate) fn sign_out() -> SignOut {
    SignOut { idempotency_key: key() }
}

pub(crate) fn end(session: SessionId) -> RevokeSession {
    RevokeSession { idempotency_key: key(), session }
}

async fn alive(town: &Town, token: &str) -> bool {
    match town.resume(token).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.code(), Code::SessionExpired);
            false
        }
    }
}

async fn who(town: &Town, token: &str) -> Principal {
    town.resume(token).await.unwrap().principal
}

#[tokio::test]
async fn a_session_ends_idle_after_half_an_hour_and_in_any_case_after_twelve() {
    let town = Town::new().await;
    let idle = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let used = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let looked_at = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let mut lived = Vec::new();
    for at in (20..=740).step_by(20) {
        town.clock.set(minutes(at));
        lived.push(alive(&town, &used).await);
        if at <= 20 {
            // A page left open looks whether it still lives, which is no use of it.
            let look = Resume { token: looked_at.clone(), hat: None, look: true };
            town.ask(&Principal::anonymous(), look).await.unwrap();
        }
        if at == 40 {
            assert!(!alive(&town, &idle).await && !alive(&town, &looked_at).await);
        }
    }
    assert_eq!(lived.iter().filter(|alive| **alive).count(), 35, "to 11 h 40 min, and not at 12 h");
    assert!(lived[..35].iter().all(|alive| *alive));
    for wrong in ["", "nothing", &"x".repeat(10_000), "\0"] {
        assert!(!alive(&town, wrong).await);
    }
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended() {
    let town = Town::new().await;
    let [first, second, third] = [0, 1, 2].map(|_| town.sign_in("bureau.admin", FIRST));
    let (first, second, third) = (first.await.unwrap(), second.await.unwrap(), third.await.unwrap());
    let me = who(&town, &first).await;
    let sessions = town.ask(&me, ListSessions {}).await.unwrap();
    assert_eq!(sessions.len(), 3);
    let current: Vec<_> =
        sessions.iter().filter(|session| session.current).map(|session| session.id).collect();
    assert_eq!(current, [me.session().unwrap()]);
    assert_eq!((sessions[0].device.as_str(), sessions[0].source.as_str()), ("Firefox", crate::town::SOURCE));
    assert_eq!(sessions[0].ends_at, minutes(30));
    let other = who(&town, &second).await;
    town.ask(&me, end(other.session().unwrap())).await.unwrap();
    assert!(!alive(&town, &second).await, "refused at once");
    assert_eq!(town.code(&me, end(other.session().unwrap())).await, Code::NotFound);
    // Nobody else's.
    let stranger = town.now("security", FIRST).await;
    assert_eq!(town.code(&me, end(stranger.session().unwrap())).await, Code::NotFound);
    assert_eq!(town.ask(&stranger, ListSessions {}).await.unwrap().len(), 1);
    town.ask(&me, sign_out()).await.unwrap();
    assert!(!alive(&town, &first).await && alive(&town, &third).await);
    assert_eq!(town.code(&Principal::anonymous(), sign_out()).await, Code::Unauthenticated);
    assert_eq!(town.code(&Principal::anonymous(), ListSessions {}).await, Code::Unauthenticated);
    // Tokens are kept as hashes.
    let kept: Vec<u8> = sqlx::query_scalar("select token_hash from tenancy.session limit 1")
        .fetch_one(&mut town.base.superuser().await)
        .await
        .unwrap();
    assert_eq!(kept.len(), 32);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_a_reset_all() {
    let town = Town::new().await;
    let here = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let there = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let me = who(&town, &here).await;
    town.ask(&me, change(FIRST, "Geheim-Wort-2026")).await.unwrap();
    assert!(alive(&town, &here).await && !alive(&town, &there).await);
    let there = town.sign_in("bureau.admin", "Geheim-Wort-2026").await.unwrap();
    let security = town.now("security", FIRST).await;
    let people = town.ask(&security, list(all())).await.unwrap().items;
    let id = people.iter().find(|person| person.login == "bureau.admin").unwrap().id;
    assert_eq!(Some(id), me.person());
    town.ask(&security, reset(id)).await.unwrap();
    assert!(!alive(&town, &here).await && !alive(&town, &there).await);
    assert_eq!(
        town.sign_in("bureau.admin", "Geheim-Wort-2026").await.unwrap_err().code(),
        Code::SignInFailed
    );
}
