//! As many people as a province has homeroom teachers, several times over, in one file.

use crate::guesses::memory;
use crate::people::{all, list};
use crate::spreadsheet::{people_file, run, tally};
use crate::town::Town;
use contract::tenancy::{ImportKind, PersonFilter};
use std::time::{Duration, Instant};
use vocabulary::ImportState;

#[tokio::test]
async fn fifty_thousand_people_come_in() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let mut names = Vec::new();
    for n in 0..20 {
        names.push(town.school(&who, Town::own(&who), &format!("第{n}学校")).await.name);
    }
    let cells: Vec<[String; 2]> = (0..50_000).map(|n| [format!("钱{n}"), format!("t{n:05}")]).collect();
    let rows: Vec<Vec<&str>> = cells
        .iter()
        .enumerate()
        .map(|(n, [name, login])| {
            let school = names[n % names.len()].as_str();
            vec![name.as_str(), login, school, "", "班主任", "2025-09-01", ""]
        })
        .collect();
    let file = people_file(&rows);
    println!("a file of {} kB", file.0.len() / 1024);
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, began) = (memory("VmRSS"), Instant::now());
    let job = run(&town, &who, ImportKind::People, file.clone(), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 50_000, 0, 0, 0));
    let (took, grown) = (began.elapsed(), memory("VmHWM").saturating_sub(before) / 1024);
    println!("50,000 people with grants imported in {took:?}, {grown} MiB more at the peak");
    assert!(took < Duration::from_mins(2), "{took:?}");
    assert!(grown < 512, "{grown} MiB");
    let began = Instant::now();
    assert_eq!(town.ask(&who, list(all())).await.unwrap().total, 10_000);
    println!("a page of them in {:?}", began.elapsed());
    let began = Instant::now();
    let found = PersonFilter { search: Some("t4999".into()), ..all() };
    assert_eq!(town.ask(&who, list(found)).await.unwrap().total, 10);
    println!("ten of them found in {:?}", began.elapsed());
    let began = Instant::now();
    let again = run(&town, &who, ImportKind::People, file, false).await;
    assert_eq!(tally(&again), (ImportState::Done, 0, 0, 50_000, 0));
    println!("imported again in {:?}", began.elapsed());
    assert_eq!(
        town.count("select count(*) from tenancy.event_log where kind = 'tenancy.person'").await,
        50_000 + 4
    );
}
