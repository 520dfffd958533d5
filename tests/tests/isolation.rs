//! Isolation: random people under random hats ask random questions, and an oracle over the raw facts says what they may
//! see; faults are planted, and each must be seen.
//!
//! `ISOLATION_SEED` draws another world.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../isolation/mod.rs"]
mod isolation;

use chrono::NaiveDate;
use isolation::faults;
use isolation::graphql::{self, Hat};
use isolation::load::{self, Rows, tenancy::token_of};
use isolation::operations::{self, Places, Tried, Wire};
use isolation::oracle::Oracle;
use isolation::report::Report;
use isolation::sql::{self, Under};
use isolation::stage::{Differences, Stage};
use isolation::tables::{Asker, TABLES};
use isolation::world::{On, World, noon};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;
use testkit::TestDatabase;
use vocabulary::{Clock, OrganisationNo, Principal, StudioId};

/// How many pairs a run compares at least.
const PAIRS: usize = 10_000;

#[expect(clippy::disallowed_methods, reason = "the seed is the developer's switch, not configuration")]
fn seed() -> u64 {
    std::env::var("ISOLATION_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_518)
}

/// The hats of a day, in a random order: every grant, valid or not.
fn hats<'w>(world: &'w World, day: NaiveDate, rng: &mut StdRng) -> Vec<Hat<'w>> {
    let oracle = Oracle::new(world, day);
    let hat = |grant: &'w isolation::world::Grant| {
        let at = match grant.on {
            On::Organisation(at) => format!("on {}", world.organisations[at].no),
            On::Studio(at) => {
                format!("on studio {at} of {}", world.organisations[world.studios[at].owner].no)
            }
        };
        let name = format!("{} {} {at} ({day})", world.people[grant.person].login, grant.role.code());
        let token = token_of(world.people[grant.person].id, day);
        let valid = oracle.valid(grant);
        Hat {
            oracle,
            grant,
            rights: if valid { oracle.rights(grant) } else { isolation::oracle::Rights::default() },
            token,
            name,
            valid,
        }
    };
    let there = world.grants.iter().filter(|grant| world.people[grant.person].left.is_none());
    let mut hats: Vec<Hat<'w>> = there.map(hat).collect();
    hats.shuffle(rng);
    hats
}

/// Compares the principal that tenancy makes with what the oracle says.
async fn principal(stage: &Stage, hat: &Hat<'_>, report: &mut Report) -> Principal {
    let world = hat.world();
    let resumed = stage.resume(&hat.token, Some(hat.grant.id)).await;
    let question = || format!("the principal of {}", hat.name);
    let Ok(resumed) = resumed else {
        report.check("principal", !hat.valid, || format!("{}: {resumed:?}", question()));
        return Principal::anonymous();
    };
    let made = &resumed.principal;
    let worn =
        made.hat().is_some_and(|worn| worn.grant.uuid() == hat.grant.id && worn.role == hat.grant.role);
    let own = made.person().is_some_and(|person| person.uuid() == world.people[hat.grant.person].id);
    report.check("principal", worn == hat.valid && own, || {
        format!("{}: valid {}, {made:?}", question(), hat.valid)
    });
    let numbers = world.organisations.iter().map(|o| o.no);
    let within = |ranges: &vocabulary::Ranges| -> BTreeSet<String> {
        numbers.clone().filter(|no| ranges.contains(OrganisationNo(*no))).map(|no| no.to_string()).collect()
    };
    let expected = |numbers: &BTreeSet<i32>| numbers.iter().map(ToString::to_string).collect();
    report.compare("principal: readable", question, &expected(&hat.rights.reads), &within(&made.readable));
    report.compare("principal: writable", question, &expected(&hat.rights.writes), &within(&made.writable));
    let ids = |studios: &[StudioId]| studios.iter().map(|id| id.uuid().to_string()).collect();
    let texts = |studios: &BTreeSet<uuid::Uuid>| studios.iter().map(ToString::to_string).collect();
    report.compare("principal: studios", question, &texts(&hat.rights.studios), &ids(&made.studios));
    let writable = texts(&hat.rights.studios_writable);
    report.compare("principal: studios written", question, &writable, &ids(&made.studios_writable));
    let offered = resumed.hats.iter().map(|choice| choice.grant.uuid().to_string()).collect();
    let valid = world.grants.iter().filter(|g| g.person == hat.grant.person && hat.oracle.valid(g));
    report.compare("principal: hats", question, &valid.map(|g| g.id.to_string()).collect(), &offered);
    resumed.principal
}

/// All questions of one kind of run, on every day; until the first difference where a fault is planted.
async fn run(
    stage: &Stage,
    world: &World,
    rows: &Rows,
    rng: &mut StdRng,
    report: &mut Report,
    days: &[NaiveDate],
) {
    for day in days.iter().copied() {
        stage.clock.set(noon(day));
        let hats = hats(world, day, rng);
        for round in 0..2 {
            for hat in &hats {
                let principal = principal(stage, hat, report).await;
                let person = world.people[hat.grant.person].id;
                let asker = || Asker { person, rights: &hat.rights };
                if principal.person().is_some() {
                    let under = Under { name: &hat.name, principal: &principal, asker: asker() };
                    let database = &stage.databases[rng.random_range(0..stage.databases.len())];
                    sql::read(database, rows, &under, rng, report).await;
                    sql::write(database, rows, &under, rng, report).await;
                }
                let questions = if hat.valid && hat.on_organisation() { 5 } else { 2 };
                for _ in 0..questions {
                    graphql::question(stage, hat, rng, report).await;
                }
                if round == 0 && rng.random_ratio(1, 3) {
                    graphql::change(stage, hat, rng, report).await;
                }
                if report.done() {
                    return;
                }
            }
        }
    }
}

fn shown(report: &Report, most: usize) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for difference in &report.differences {
        *kinds.entry(difference.probe).or_default() += 1;
    }
    let mut text = format!("{} differences: {kinds:?}\n", report.differences.len());
    for difference in report.differences.iter().take(most) {
        writeln!(text, "  {difference}").unwrap();
    }
    text
}

/// A hash over the rows of every table, to see that nothing moved; but for what a request leaves of itself.
async fn everything(database: &TestDatabase) -> Vec<String> {
    let mut admin = database.superuser().await;
    let kept =
        TABLES.iter().filter(|table| table.name != "tenancy.session" && table.short() != "idempotency");
    let parts: Vec<String> = kept
        .map(|table| {
            let name = table.name;
            format!("select '{name} ' || count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {name} t")
        })
        .collect();
    sqlx::query_scalar(sqlx::AssertSqlSafe(parts.join(" union all "))).fetch_all(&mut admin).await.unwrap()
}

fn moved(before: &[String], after: &[String]) -> Vec<String> {
    after.iter().filter(|line| !before.contains(line)).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_what_is_theirs_and_nothing_else() {
    let start = Instant::now();
    let world = World::make(seed());
    let rows = Rows::of(&world);
    let stage =
        Stage::open(load::load(&rows).await, Clock::fixed(noon(world.days[0])), Differences::default());
    let before = everything(&stage.database).await;
    let mut rng = StdRng::seed_from_u64(seed() ^ 1);
    let mut report = Report::default();
    run(&stage, &world, &rows, &mut rng, &mut report, &world.days).await;
    println!(
        "isolation, seed {}: {} organisations, {} people, {} grants, {} studios, {} tasks; {:.1} s\n{report}",
        seed(),
        world.organisations.len(),
        world.people.len(),
        world.grants.len(),
        world.studios.len(),
        world.tasks.len(),
        start.elapsed().as_secs_f32()
    );
    assert!(report.differences.is_empty(), "{}", shown(&report, 40));
    assert!(report.count() >= PAIRS, "only {} pairs", report.count());
    assert_eq!(moved(&before, &everything(&stage.database).await), [""; 0], "what was refused moved nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_lock_holds_alone() {
    // Without row-level security the answers through the gateway are the same: every query says its scope itself.
    let world = World::make(seed());
    let rows = Rows::of(&world);
    let database = load::load(&rows).await;
    let mut admin = database.superuser().await;
    for table in TABLES {
        let sql = format!("alter table {} disable row level security", table.name);
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
    }
    let stage = Stage::open(database, Clock::fixed(noon(world.days[0])), Differences::default());
    let mut rng = StdRng::seed_from_u64(seed() ^ 2);
    let mut report = Report::default();
    for hat in hats(&world, world.days[0], &mut rng) {
        for _ in 0..4 {
            graphql::question(&stage, &hat, &mut rng, &mut report).await;
        }
    }
    println!("the first lock alone:\n{report}");
    assert!(report.differences.is_empty(), "{}", shown(&report, 40));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_planted_fault_is_caught() {
    let world = World::make(seed());
    let rows = Rows::of(&world);
    let loaded = load::load(&rows).await;
    let unique = uuid::Uuid::now_v7().simple().to_string();
    let planted = faults::faults(&world, &unique);
    assert!(planted.len() >= 12);
    let mut table = String::new();
    let mut missed = Vec::new();
    for fault in planted {
        let database = loaded.copy().await;
        let mut admin = database.superuser().await;
        faults::plant(&fault, &mut admin).await;
        let role = fault.differences.role.clone();
        let stage = Stage::open(database, Clock::fixed(noon(world.days[0])), fault.differences.clone());
        // The questions of the first day, which all pass where no fault is planted.
        let mut rng = StdRng::seed_from_u64(seed() ^ 1);
        let mut report = Report { until_caught: true, ..Report::default() };
        run(&stage, &world, &rows, &mut rng, &mut report, &world.days[..1]).await;
        match report.differences.first() {
            Some(caught) => {
                writeln!(table, "  {:<80} {:<28} after {:>5}", fault.name, caught.probe, caught.after)
                    .unwrap();
            }
            None => missed.push(fault.name),
        }
        for database in &stage.databases {
            database.close().await;
        }
        if let Some((_, role)) = role {
            let sql = format!("drop owned by {role}; drop role {role}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
        }
    }
    println!("planted faults, seed {}, each with what caught it and after how many pairs:\n{table}", seed());
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_and_field_answers_the_wrong_with_a_code_and_without_a_hint() {
    let world = World::make(seed());
    let rows = Rows::of(&world);
    let stage =
        Stage::open(load::load(&rows).await, Clock::fixed(noon(world.days[0])), Differences::default());
    let places = Places::of(&stage, &world).await;
    let wire = Wire::of(&stage);
    let before = everything(&stage.database).await;
    let mut tried = Tried::default();
    operations::by_nobody(&wire, &places, &mut tried).await;
    operations::with_foreign_ids(&wire, &places, &mut tried).await;
    assert_eq!(
        everything(&stage.database).await,
        before,
        "nothing of nobody's or with foreign ids was written"
    );
    operations::with_malformed_input(&wire, &places, &mut tried).await;
    operations::fields(&stage, &places, &mut tried).await;
    println!("{} wrong requests to every operation and field", tried.count);
    assert!(
        tried.faults.is_empty(),
        "{} faults:\n{}",
        tried.faults.len(),
        tried.faults[..tried.faults.len().min(40)].join("\n")
    );
}

#[tokio::test]
async fn every_tenant_table_is_asked() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('tenancy', 'studios', 'resources', 'analytics') and c.relkind in ('r', 'p') and not c.relispartition
           and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('owner_no', 'person_id') and not a.attisdropped)",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    let known: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(
        known,
        tables.iter().map(String::as_str).collect(),
        "a new table gets its rule in tests/isolation/tables"
    );
}
