//! What goes wrong around the program, in both layouts: it is killed in the middle of work, its database stops and dies,
//! Redis dies. Nothing that was acknowledged is lost or made twice, and everything comes back by itself.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it saw"
)]

use redis::AsyncCommands as _;
use redis::streams::{
    StreamId, StreamInfoConsumersReply, StreamInfoGroupsReply, StreamPendingCountReply, StreamRangeReply,
};
use rustix::process::Signal;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tests::{Answer, Browser, Layout, Program, signal, working_in};
use uuid::Uuid;
use vocabulary::Clock;

const ADD: &str = "mutation($i: AddTaskInput!) { addTask(input: $i) { task { id } userErrors { code } } }";
/// The stream of the ledger's events.
const STREAM: &str = "banlian:events:studios";
const CLOSE: &str =
    "mutation($i: CloseTaskInput!) { closeTask(input: $i) { task { id } userErrors { code } } }";

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// The UUID behind an id of the API.
fn uuid(id: &str) -> Uuid {
    id.rsplit('_').next().unwrap().parse().unwrap()
}

/// What the program has said that it did.
#[derive(Default, Debug)]
struct Acknowledged {
    added: BTreeSet<Uuid>,
    closed: BTreeSet<Uuid>,
    /// The codes of what it could not do.
    refused: BTreeSet<String>,
}

/// Whether an answer is one that may be given in any trouble: an answer to a query, with a code for what failed.
fn well_formed(answer: &Answer) -> bool {
    answer.status == 200 && answer.codes().iter().all(|code| code.starts_with("platform."))
}

/// One hand that adds and closes tasks until told to stop, or until the program is gone.
async fn hand(
    lead: Browser,
    studio: Value,
    stop: Arc<AtomicBool>,
    closings: Arc<AtomicUsize>,
) -> Acknowledged {
    let mut done = Acknowledged::default();
    let due = chrono::Local::now().date_naive().to_string();
    while !stop.load(Ordering::Relaxed) {
        let add =
            json!({ "i": { "idempotencyKey": key(), "studio": studio, "title": "一项任务", "dueOn": due } });
        let Some(added) = lead.try_ask(ADD, add).await else { break };
        assert!(well_formed(&added), "{added:#?}");
        let Some(id) = added.at("/addTask/task/id").as_str() else {
            done.refused.extend(added.codes());
            continue;
        };
        done.added.insert(uuid(id));
        let close = json!({ "i": { "idempotencyKey": key(), "id": id, "evidenceText": "已完成" } });
        let Some(closed) = lead.try_ask(CLOSE, close).await else { break };
        assert!(well_formed(&closed), "{closed:#?}");
        if closed.codes().is_empty() {
            done.closed.insert(uuid(id));
            closings.fetch_add(1, Ordering::Relaxed);
        } else {
            done.refused.extend(closed.codes());
        }
    }
    done
}

/// Many hands at work while something happens, which is told how many tasks are closed so far.
async fn burst(program: &Program, happens: impl AsyncFnOnce(&AtomicUsize)) -> Acknowledged {
    let lead = program.signed_in("s01.t01").await;
    let studio = lead.ask("{ me { hat { studio } } }", json!({})).await.ok().at("/me/hat/studio").clone();
    let (stop, closings) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let hands = (0..8).map(|_| hand(lead.clone(), studio.clone(), Arc::clone(&stop), Arc::clone(&closings)));
    let ends = async {
        happens(&closings).await;
        stop.store(true, Ordering::Relaxed);
    };
    let (done, ()) = tokio::join!(futures::future::join_all(hands), ends);
    let mut all = Acknowledged::default();
    for done in done {
        all.added.extend(done.added);
        all.closed.extend(done.closed);
        all.refused.extend(done.refused);
    }
    all
}

/// Waits until so many tasks are closed.
async fn until_closed(closings: &AtomicUsize, many: usize) {
    let begun = Instant::now();
    while closings.load(Ordering::Relaxed) < many {
        assert!(begun.elapsed() < Duration::from_mins(1), "{closings:?} of {many} were closed");
        seconds(0.01).await;
    }
}

async fn seconds(n: f64) {
    tokio::time::sleep(Duration::from_secs_f64(n)).await;
}

async fn count(database: &mut PgConnection, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(database).await.unwrap()
}

/// The logs' events that a consumer has not applied.
async fn waiting(database: &mut PgConnection) -> i64 {
    let mut waiting = 0;
    for (log, consumer) in
        [("tenancy", "analytics"), ("studios", "analytics"), ("tenancy", "studios"), ("studios", "tenancy")]
    {
        let sql = format!(
            "select count(*) from {log}.event_log e where not exists (
                 select from {consumer}.inbox i where i.consumer = '{consumer}' and i.event_id = e.id)"
        );
        waiting += count(database, &sql).await;
    }
    waiting
}

/// Waits until every consumer has applied every event.
async fn all_applied(program: &Program) {
    let begun = Instant::now();
    let mut database = program.superuser().await;
    loop {
        let waiting = waiting(&mut database).await;
        if waiting == 0 {
            return;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "{waiting} events were never applied");
        seconds(0.1).await;
    }
}

/// Every acknowledged change is there once, with its event and its line in the audit.
async fn once(program: &Program, done: &Acknowledged) {
    let mut database = program.superuser().await;
    let rows: Vec<(Uuid, bool)> = sqlx::query_as("select id, evidence_text is not null from studios.task")
        .fetch_all(&mut database)
        .await
        .unwrap();
    for id in &done.added {
        let found: Vec<bool> = rows.iter().filter(|(row, _)| row == id).map(|(_, closed)| *closed).collect();
        assert_eq!(found.len(), 1, "{id} was acknowledged");
        assert!(found[0] || !done.closed.contains(id), "{id} was acknowledged as closed");
    }
    let ids: Vec<Uuid> = done.added.iter().copied().collect();
    let sql = "select action, subject, count(*) from studios.audit where action in ('AddTask', 'CloseTask') group by 1, 2";
    let lines: Vec<(String, String, i64)> = sqlx::query_as(sql).fetch_all(&mut database).await.unwrap();
    let lines_of = |action: &str, id: &Uuid| {
        let id = id.simple().to_string();
        let of =
            |(a, subject, _): &&(String, String, i64)| a == action && subject.replace('-', "").ends_with(&id);
        lines.iter().filter(of).map(|(_, _, n)| *n).sum::<i64>()
    };
    let events: Vec<(Uuid, i64, i32)> = sqlx::query_as(
        "select aggregate, count(*), max(version) from studios.event_log where aggregate = any ($1) group by 1",
    )
    .bind(&ids)
    .fetch_all(&mut database)
    .await
    .unwrap();
    assert_eq!(events.len(), ids.len());
    for (id, events, newest) in events {
        let (added, closed) = (lines_of("AddTask", &id), lines_of("CloseTask", &id));
        assert_eq!((added, events, i64::from(newest)), (1, 1 + closed, 1 + closed), "{id}");
        assert!(
            closed == i64::from(done.closed.contains(&id)) || closed == 1,
            "{id} was closed {closed} times"
        );
    }
    let twice = count(&mut database, "select count(*) from (select event_id from analytics.inbox where consumer = 'analytics' group by 1 having count(*) > 1) t").await;
    assert_eq!(twice, 0, "events were applied twice");
}

/// Everything that analytics has made of the events.
async fn figures(database: &mut PgConnection) -> Vec<String> {
    let mut all = Vec::new();
    for table in ["class", "studio", "membership", "task", "fact", "fact_record", "sheet"] {
        let sql = format!("select '{table} ' || t::text from analytics.{table} t order by 1");
        all.extend(
            sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch_all(&mut *database).await.unwrap(),
        );
    }
    all
}

/// Forgotten and made again from the logs, the figures are the same.
async fn equal_to_a_rebuild(program: &Program) {
    let mut database = program.superuser().await;
    let before = figures(&mut database).await;
    let connect = |service| {
        platform::Database::connect(service, &program.service_database(service), 2, Clock::system()).unwrap()
    };
    let analytics = analytics::Analytics::new(connect("analytics"));
    let logs = [connect("tenancy"), connect("studios")];
    analytics.rebuild(&logs).await.unwrap();
    let after = figures(&mut database).await;
    assert!(before.len() > 100, "{} rows", before.len());
    let differing = before.iter().zip(&after).find(|(a, b)| a != b);
    assert!(before == after, "{} and {} rows, {differing:?}", before.len(), after.len());
    for database in logs.iter().chain([analytics.database()]) {
        database.close().await;
    }
}

/// Killed in the middle of a burst, and started again.
async fn killed(layout: Layout) -> Program {
    let program = Program::start(layout, "small");
    let mut before = program.superuser().await;
    let (kill, service) = match layout {
        Layout::AllInOne => (program.pid(), "the program"),
        Layout::Separate => (program.service("analytics"), "analytics"),
    };
    let mut left = 0;
    let done = burst(&program, async |closings| {
        until_closed(closings, 30).await;
        signal(kill, Signal::STOP);
        // In the middle: there are events that it has not applied.
        left = waiting(&mut before).await;
        signal(kill, Signal::KILL);
        seconds(0.3).await;
    })
    .await;
    println!(
        "{layout:?}: {} added, {} closed when {service} was killed with {left} events to apply",
        done.added.len(),
        done.closed.len()
    );
    drop(before);
    let data = match layout {
        Layout::AllInOne => program.kill(),
        Layout::Separate => {
            // One process of five is gone: the others stop in good order, and the program says that it failed.
            let (data, well) = program.ended(Duration::from_secs(40));
            assert!(!well, "a program that lost a service ends with a failure");
            assert_eq!(working_in(&data), Vec::<u32>::new(), "nothing is left running");
            data
        }
    };
    let program = Program::start_in(&data, layout, "small", &[]);
    all_applied(&program).await;
    once(&program, &done).await;
    equal_to_a_rebuild(&program).await;
    program
}

async fn readiness(address: &str) -> u16 {
    let asked = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
    asked.get(format!("{address}/readyz")).send().await.map_or(0, |answer| answer.status().as_u16())
}

async fn becomes(program: &Program, status: u16, within: Duration) -> Duration {
    let begun = Instant::now();
    loop {
        let now = readiness(&program.address).await;
        if now == status {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < within, "/readyz is {now}, not {status}, after {within:?}");
        seconds(0.05).await;
    }
}

/// The database stands still and is not ready, and is ready again; it dies, and is brought back.
async fn the_database_goes_and_comes_back(program: &Program) {
    let lead = program.signed_in("s01.t01").await;
    let tasks = "{ tasks(first: 1) { nodes { id } } }";
    let cluster = working_in(&program.data().join("pgdata"));
    assert!(cluster.len() > 5, "{cluster:?}");
    assert_eq!(readiness(&program.address).await, 200);
    let stop = |which: Signal| cluster.iter().for_each(|pid| signal(*pid, which));
    stop(Signal::STOP);
    let nobody = Browser::anonymous(&program.address);
    let (gone, answer, health) = tokio::join!(
        becomes(program, 503, Duration::from_secs(10)),
        lead.ask(tasks, json!({})),
        nobody.get("/healthz"),
    );
    stop(Signal::CONT);
    assert!(well_formed(&answer) && !answer.codes().is_empty(), "{answer:#?}");
    assert_eq!(health.0, 200, "the process itself is well");
    let back = becomes(program, 200, Duration::from_secs(20)).await;
    println!("not ready after {gone:?}, ready again after {back:?}; meanwhile {:?}", answer.codes());

    let first = program.postmaster();
    let done = burst(program, async |closings| {
        until_closed(closings, 10).await;
        signal(first, Signal::KILL);
        let begun = Instant::now();
        let mut seen = BTreeSet::new();
        // What readiness says is true: not ready means that nothing can be read, ready again that it can.
        while begun.elapsed() < Duration::from_secs(30) {
            let (ready, answer) = (readiness(&program.address).await, lead.ask(tasks, json!({})).await);
            assert!(well_formed(&answer), "{answer:#?}");
            seen.insert(ready);
            let another = std::fs::metadata(format!("/proc/{first}")).is_err();
            if another
                && ready == 200
                && answer.codes().is_empty()
                && begun.elapsed() > Duration::from_secs(1)
            {
                break;
            }
        }
        println!("the postmaster was killed: /readyz said {seen:?}, all is well after {:?}", begun.elapsed());
        becomes(program, 200, Duration::from_secs(1)).await;
    })
    .await;
    assert_ne!(program.postmaster(), first);
    lead.ask(tasks, json!({})).await.ok();
    println!("{} added, {} closed; refused: {:?}", done.added.len(), done.closed.len(), done.refused);
    all_applied(program).await;
    once(program, &done).await;
}

/// Every group has read every stream to its end.
async fn read_to_the_end(program: &Program) {
    let client = redis::Client::open(program.redis_url()).unwrap();
    let mut redis = client.get_multiplexed_async_connection().await.unwrap();
    let mut groups = BTreeSet::new();
    for service in ["tenancy", "studios"] {
        let begun = Instant::now();
        loop {
            let reply: StreamInfoGroupsReply =
                redis.xinfo_groups(format!("banlian:events:{service}")).await.unwrap();
            let found = reply.groups;
            if found.len() == 2 && found.iter().all(|group| group.lag == Some(0) && group.pending == 0) {
                groups.extend(found.into_iter().map(|group| (service, group.name)));
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(40), "not read to the end: {found:?}");
            seconds(0.2).await;
        }
    }
    let expected =
        [("studios", "analytics"), ("studios", "tenancy"), ("tenancy", "analytics"), ("tenancy", "studios")];
    assert_eq!(groups, expected.map(|(s, g)| (s, g.to_owned())).into());
}

/// A second process of a service shares the work: each event is still applied once.
async fn a_second_reader_shares_the_work(program: &Program) {
    let first = program.service("analytics");
    let environment = std::fs::read(format!("/proc/{first}/environ")).unwrap();
    let words = String::from_utf8(environment).unwrap();
    let known = words.split('\0').filter_map(|word| word.split_once('='));
    let mut second = std::process::Command::new(tests::binary())
        .args(["serve", "--only", "analytics"])
        .env_clear()
        .envs(known.filter(|(name, _)| !name.starts_with("BANLIAN_L")))
        .env("BANLIAN_LOG", "warn")
        .spawn()
        .unwrap();
    let client = redis::Client::open(program.redis_url()).unwrap();
    let mut redis = client.get_multiplexed_async_connection().await.unwrap();
    let me = format!("analytics-{}", second.id());
    let done = burst(program, async |closings| {
        let begun = Instant::now();
        loop {
            let readers: StreamInfoConsumersReply = redis.xinfo_consumers(STREAM, "analytics").await.unwrap();
            if readers.consumers.iter().any(|reader| reader.name == me) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{readers:?}");
            seconds(0.1).await;
        }
        until_closed(closings, closings.load(Ordering::Relaxed) + 20).await;
    })
    .await;
    all_applied(program).await;
    read_to_the_end(program).await;
    signal(second.id(), Signal::TERM);
    assert!(second.wait().unwrap().success());
    once(program, &done).await;
}

/// Redis dies with events on their way, and even loses what it had: the logs have everything.
async fn redis_goes_and_comes_back(program: &Program) {
    assert_eq!(program.processes().len(), 5, "five processes run the built program");
    let done = burst(program, async |closings| {
        for round in 1..=3 {
            until_closed(closings, round * 8).await;
            let begun = Instant::now();
            let server = loop {
                if let [server] = *working_in(&program.data().join("redis")) {
                    break server;
                }
                assert!(begun.elapsed() < Duration::from_secs(20), "Redis was not started again");
                seconds(0.05).await;
            };
            signal(server, Signal::KILL);
            assert_eq!(readiness(&program.address).await, 200, "what is written is safe without it");
        }
        until_closed(closings, 40).await;
    })
    .await;
    assert_eq!(done.refused, BTreeSet::new(), "what is written is safe without it");
    all_applied(program).await;
    read_to_the_end(program).await;
    once(program, &done).await;

    // As after a crash of the machine: the last entries are gone, though they had been handed on.
    let client = redis::Client::open(program.redis_url()).unwrap();
    let mut redis = client.get_multiplexed_async_connection().await.unwrap();
    let mut database = program.superuser().await;
    let last: StreamRangeReply = redis.xrevrange_count(STREAM, "+", "-", 5).await.unwrap();
    let events: Vec<Uuid> = last.ids.iter().map(event_of).collect();
    let length: usize = redis.xlen(STREAM).await.unwrap();
    let forget = sqlx::query("delete from analytics.inbox where event_id = any ($1)").bind(&events);
    forget.execute(&mut database).await.unwrap();
    let ids: Vec<&str> = last.ids.iter().map(|entry| entry.id.as_str()).collect();
    let gone: usize = redis.xdel(STREAM, &ids).await.unwrap();
    assert_eq!(gone, 5);
    all_applied(program).await;
    let again: usize = redis.xlen(STREAM).await.unwrap();
    assert!(again >= length, "{again} of {length} entries are there again");

    // What is no event of ours stays where it can be seen, and stops nothing.
    let strange = [("event", "{\"of\":\"another hand\"}")];
    let _: String = redis.xadd(STREAM, "*", &strange).await.unwrap();
    let done = burst(program, async |closings| until_closed(closings, 8).await).await;
    all_applied(program).await;
    once(program, &done).await;
    let begun = Instant::now();
    loop {
        let pending: StreamPendingCountReply =
            redis.xpending_count(STREAM, "analytics", "-", "+", 10).await.unwrap();
        if pending.ids.len() == 1 {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{pending:?}");
        seconds(0.1).await;
    }
    let mut told = 0;
    for address in program.addresses() {
        let (_, page) = Browser::anonymous(&address).get("/metrics").await;
        let page = String::from_utf8(page).unwrap();
        let of_it = |l: &&str| l.starts_with("events_unreadable_total") && l.contains("\"analytics\"");
        told += page.lines().filter(of_it).count();
    }
    assert_eq!(told, 1, "the metrics tell of it");
}

fn event_of(entry: &StreamId) -> Uuid {
    let event: Value = serde_json::from_str(&entry.get::<String>("event").unwrap()).unwrap();
    event["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_one_process() {
    let program = killed(Layout::AllInOne).await;
    assert_eq!(program.processes(), [program.pid()]);
    the_database_goes_and_comes_back(&program).await;
    equal_to_a_rebuild(&program).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_five_processes() {
    let program = killed(Layout::Separate).await;
    read_to_the_end(&program).await;
    the_database_goes_and_comes_back(&program).await;
    a_second_reader_shares_the_work(&program).await;
    redis_goes_and_comes_back(&program).await;
    equal_to_a_rebuild(&program).await;
}
