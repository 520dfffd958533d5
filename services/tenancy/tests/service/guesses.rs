//! Guessing passwords: five failures within ten minutes lock account and source for fifteen; nothing tells an unknown
//! account from a known one.

use crate::accounts::change;
use crate::people::{all, list, reset};
use crate::town::{FIRST, SOURCE, Town, minutes};
use contract::tenancy::PersonFilter;
use std::time::{Duration, Instant};
use vocabulary::{Code, Result, Role};

async fn guess(town: &Town, at: i64, login: &str, password: &str) -> Code {
    guess_from(town, at, SOURCE, login, password).await
}

/// What a guess at a minute is answered.
async fn guess_from(town: &Town, at: i64, source: &str, login: &str, password: &str) -> Code {
    town.clock.set(minutes(at));
    town.sign_in_from(source, login, password).await.unwrap_err().code()
}

async fn teacher() -> (Town, String) {
    let town = Town::new().await;
    let who = town.bureau().await;
    let school = town.school(&who, Town::own(&who), "甲校").await;
    let lina = town.appoint(&who, school.id, "lina", Role::HomeroomTeacher).await;
    (town, lina.password)
}

#[tokio::test]
async fn five_failures_in_ten_minutes_lock_for_fifteen_from_the_fifth() {
    let (town, right) = teacher().await;
    for at in [0, 2, 4, 6, 10] {
        assert_eq!(guess(&town, at, "lina", "falsch").await, Code::SignInFailed, "{at}");
    }
    for at in [10, 11, 15, 20, 24] {
        assert_eq!(guess(&town, at, "lina", "falsch").await, Code::SignInLocked, "{at}");
        assert_eq!(guess(&town, at, "LINA ", &right).await, Code::SignInLocked, "{at}, with the right one");
    }
    // From another source, or under another name, nothing is locked.
    assert!(town.sign_in_from("192.0.2.2", "lina", &right).await.is_ok());
    assert!(town.sign_in("bureau.admin", FIRST).await.is_ok());
    // What was tried under the lock did not lengthen it, and one more failure after it does not lock again.
    town.clock.set(minutes(25));
    assert_eq!(guess(&town, 25, "lina", "falsch").await, Code::SignInFailed);
    assert!(town.sign_in("lina", &right).await.is_ok());
}

#[tokio::test]
async fn five_failures_over_more_than_ten_minutes_do_not_lock() {
    let (town, right) = teacher().await;
    for at in [0, 4, 7, 10, 13] {
        assert_eq!(guess(&town, at, "lina", "falsch").await, Code::SignInFailed, "{at}");
    }
    // The next one makes five within ten minutes: 4 to 13.
    assert_eq!(guess(&town, 13, "lina", "falsch").await, Code::SignInFailed);
    assert_eq!(guess(&town, 13, "lina", &right).await, Code::SignInLocked);
    assert_eq!(guess(&town, 28, "lina", &right).await, Code::SignInLocked);
    town.clock.set(minutes(29));
    assert!(town.sign_in("lina", &right).await.is_ok());
}

#[tokio::test]
async fn a_success_forgives_and_a_reset_unlocks() {
    let (town, right) = teacher().await;
    for round in 0..3 {
        for _ in 0..4 {
            assert_eq!(guess(&town, round, "lina", "falsch").await, Code::SignInFailed);
        }
        assert!(town.sign_in("lina", &right).await.is_ok());
    }
    for source in [SOURCE, "192.0.2.2"] {
        for _ in 0..5 {
            assert_eq!(guess_from(&town, 3, source, "lina", "falsch").await, Code::SignInFailed);
        }
    }
    let who = town.bureau().await;
    let locked = list(PersonFilter { locked: Some(true), ..all() });
    let shown = town.ask(&who, locked.clone()).await.unwrap();
    assert_eq!((shown.total, shown.items.len()), (1, 1), "locked from two places, shown once");
    let until = shown.items[0].locked_until.unwrap() - minutes(18);
    assert!(until < chrono::TimeDelta::seconds(1), "{until}");
    town.clock.set(minutes(17));
    assert_eq!(town.ask(&who, locked.clone()).await.unwrap().total, 1);
    town.clock.set(minutes(19));
    assert_eq!(town.ask(&who, locked.clone()).await.unwrap().total, 0);
    town.clock.set(minutes(10));
    let told = town.ask(&who, reset(shown.items[0].id)).await.unwrap();
    assert!(town.sign_in("lina", &told.password).await.is_ok());
    assert_eq!(town.ask(&who, locked).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_five() {
    let (town, right) = teacher().await;
    let guesses = (0..100).map(|n| {
        let right = right.clone();
        let town = &town;
        // The right one comes late among them, as it would by luck.
        async move { town.sign_in("lina", if n == 60 { &right } else { "Falsch-Wort-2026" }).await }
    });
    let outcomes: Vec<Result<String>> = futures::future::join_all(guesses).await;
    let of = |code| outcomes.iter().filter(|o| o.as_ref().is_err_and(|e| e.code() == code)).count();
    assert_eq!((of(Code::SignInFailed), of(Code::SignInLocked)), (5, 95));
    assert_eq!(guess(&town, 14, "lina", &right).await, Code::SignInLocked);
    assert_eq!(town.count("select count(*) from tenancy.sign_in_failure").await, 5);
    assert_eq!(town.count("select count(*) from tenancy.session s join tenancy.person p on p.id = s.person_id where p.login = 'lina'").await, 0);
    // An account that is not there locks the same.
    let guesses = (0..100).map(|_| town.sign_in("nobody", "Falsch-Wort-2026"));
    let outcomes: Vec<Result<String>> = futures::future::join_all(guesses).await;
    let failed =
        outcomes.iter().filter(|o| o.as_ref().is_err_and(|e| e.code() == Code::SignInFailed)).count();
    assert_eq!(failed, 5);
}

#[tokio::test]
async fn a_session_left_open_is_no_way_around_the_lock() {
    let (town, right) = teacher().await;
    let now = town.now("lina", &right).await;
    for _ in 0..5 {
        assert_eq!(town.code(&now, change("falsch", "Geheim-Wort-2026")).await, Code::PasswordWrong);
    }
    assert_eq!(town.code(&now, change(&right, "Geheim-Wort-2026")).await, Code::SignInLocked);
    town.clock.set(minutes(16));
    let repeated = change(&right, "Geheim-Wort-2026");
    for _ in 0..7 {
        assert!(town.ask(&now, repeated.clone()).await.unwrap(), "a repetition is no guess");
    }
}

#[tokio::test]
async fn many_guesses_at_once_from_an_open_session_are_five() {
    let (town, right) = teacher().await;
    let now = town.now("lina", &right).await;
    let guesses = (0..30).map(|n| {
        let (town, now) = (&town, &now);
        let present = if n == 20 { right.clone() } else { "falsch".to_owned() };
        async move { town.error(now, change(&present, "Geheim-Wort-2026")).await.code() }
    });
    let codes = futures::future::join_all(guesses).await;
    let of = |code| codes.iter().filter(|c| **c == code).count();
    assert_eq!((of(Code::PasswordWrong), of(Code::SignInLocked)), (5, 25));
}

#[tokio::test]
async fn an_unknown_account_is_answered_as_a_wrong_password_is() {
    let (town, right) = teacher().await;
    let mut said = Vec::new();
    for login in ["lina", "nobody", "x", "", "lina.x", "' or true --", &"长".repeat(10_000)] {
        let mut answers = Vec::new();
        for n in 0..6 {
            let password = if n == 3 { "x".repeat(2_000) } else { "Falsch-Wort-2026".to_owned() };
            let error = town.sign_in(login, &password).await.unwrap_err();
            answers.push(serde_json::to_value(&error).unwrap());
        }
        said.push(answers);
    }
    assert!(said.iter().all(|answers| *answers == said[0]), "{said:?}");
    assert_eq!(said[0][5]["fault"]["code"], "tenancy.sign_in_locked");
    assert!(town.sign_in_from("192.0.2.9", "lina", &right).await.is_ok());
}

/// The quickest: what else the machine does only adds to a time.
fn quickest(times: &[Duration]) -> f64 {
    times.iter().min().unwrap().as_secs_f64()
}

/// A sign-in without a hash, or with one more, would be several times off.
fn alike(one: f64, other: f64) -> bool {
    (0.6..1.67).contains(&(one / other))
}

/// How long one sign-in takes that is refused.
async fn refused(town: &Town, source: &str, login: &str) -> Duration {
    let began = Instant::now();
    town.sign_in_from(source, login, "Falsch-Wort-2026").await.unwrap_err();
    began.elapsed()
}

#[tokio::test]
async fn an_unknown_account_takes_the_time_of_a_wrong_password() {
    let (town, _) = teacher().await;
    let who = town.bureau().await;
    town.add(&who, Town::own(&who), "fresh").await;
    // Known, unknown, and known but never signed in, in turn, each time from a source that has not failed before.
    let logins = ["lina", "nobody", "fresh"];
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for n in 0..24 {
        for which in [n, n + 1, n + 2].map(|turn| turn % 3) {
            times[which].push(refused(&town, &format!("10.0.{which}.{n}"), logins[which]).await);
        }
    }
    let [known, unknown, fresh] = times.map(|times| quickest(&times));
    println!("known {known:.4} s, unknown {unknown:.4} s, never signed in {fresh:.4} s");
    for other in [unknown, fresh] {
        assert!(alike(other, known), "{other} against {known}");
    }
    // Under the lock, too.
    for login in ["lina", "nobody"] {
        for _ in 0..5 {
            refused(&town, SOURCE, login).await;
        }
    }
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..200 {
        for which in [n % 2, (n + 1) % 2] {
            times[which].push(refused(&town, SOURCE, logins[which]).await);
        }
    }
    let [known, unknown] = times.map(|times| quickest(&times));
    println!("locked: known {known:.6} s, unknown {unknown:.6} s");
    assert!(alike(unknown, known), "{unknown} against {known}");
}

/// A line of `/proc/self/status`, in KiB.
pub(crate) fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|l| l.strip_prefix(line)).unwrap();
    found.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap()
}

/// In a process of its own, as nextest runs it, this is what signing in takes; among others it may only be more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_sign_ins_at_once_stay_small() {
    let town = Town::new().await;
    // The peak is counted from here on.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS");
    let began = Instant::now();
    let all = (0..100).map(|n| {
        let town = &town;
        async move { town.sign_in_from(&format!("10.0.0.{n}"), "bureau.admin", FIRST).await }
    });
    let outcomes = futures::future::join_all(all).await;
    assert!(outcomes.iter().all(Result::is_ok));
    let grown = memory("VmHWM").saturating_sub(before) / 1024;
    println!("100 sign-ins at once in {:?}, {grown} MiB more at the peak", began.elapsed());
    assert!(grown < 256, "{grown} MiB");
}
