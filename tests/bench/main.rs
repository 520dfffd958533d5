//! `make bench`: the figures of README.md, each beside what it is compared with.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be taken stops the run"
)]

use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use std::path::Path;
use std::time::{Duration, Instant};
use tests::{Browser, Layout, Program};

struct Row {
    what: &'static str,
    ours: String,
    against: String,
    ratio: String,
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn percentile(mut times: Vec<Duration>, p: usize) -> Duration {
    times.sort();
    times[(times.len() * p / 100).min(times.len() - 1)]
}

/// Resident memory of a process in MiB.
fn resident(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

/// A connection to the program's private database under the analytics service's role.
async fn database(data: &Path) -> PgConnection {
    let pid = std::fs::read_to_string(data.join("pgdata/postmaster.pid")).unwrap();
    let socket = pid.lines().nth(4).unwrap().replace('/', "%2F");
    let password = std::fs::read_to_string(data.join("secrets/analytics")).unwrap();
    let url = format!("postgres://banlian_analytics:{}@localhost/banlian?host={socket}", password.trim());
    PgConnection::connect(&url).await.unwrap()
}

const OVERVIEW: &str = "query($o: ID!, $p: Period!) { overview(organisation: $o, period: $p) { schools { id name figures(period: $p) { figures { metric { id } state value numerator denominator } } } } }";

/// The same figures by one statement over the facts, under the same role and policy, answered as JSON.
const STATEMENT: &str = "
    select coalesce(json_agg(json_build_object('no', s.owner_no, 'figures', s.figures)), '[]')::text from (
        select f.owner_no, json_agg(json_build_object('metric', f.metric, 'state', f.state, 'value', f.value,
               'numerator', f.numerator, 'denominator', f.denominator) order by f.metric) as figures
        from analytics.fact f
        where f.owner_no >= $1 and f.owner_no < $2 and f.period = $3 and f.studio_id is null
        group by f.owner_no
    ) s";

async fn sign_ins(program: &Program, rows: &mut Vec<Row>) {
    let account = program.account("city.officer");
    let mut times = Vec::new();
    for _ in 0..20 {
        let mut browser = Browser::anonymous(&program.address);
        times.push(browser.sign_in(&account.login, &account.password).await.ok().took);
    }
    let ours = percentile(times, 50);
    let start = Instant::now();
    let browser = Browser::anonymous(&program.address);
    for _ in 0..20 {
        browser.ask("{ __typename }", json!({})).await.ok();
    }
    let floor = start.elapsed() / 20;
    rows.push(Row {
        what: "sign-in, p50 (argon2id m=19456 t=2)",
        ours: format!("{:.1} ms", ms(ours)),
        against: format!("{:.1} ms an empty query", ms(floor)),
        ratio: format!("{:.1}", ms(ours) / ms(floor)),
    });
}

async fn overview(program: &Program, rows: &mut Vec<Row>) {
    let browser = program.signed_in("city.officer").await;
    let me = browser
        .ask("{ me { hat { organisation { id no } } } periods { id kind current } }", json!({}))
        .await
        .ok();
    let city = me.at("/me/hat/organisation/id").clone();
    let periods = me.at("/periods").as_array().unwrap();
    let period =
        periods.iter().find(|p| p["kind"] == "SCHOOL_YEAR" && p["current"] == true).unwrap()["id"].clone();
    let variables = json!({ "o": city, "p": period });
    let mut times = Vec::new();
    for i in 0..220 {
        let answer = browser.ask(OVERVIEW, variables.clone()).await.ok();
        if i >= 20 {
            times.push(answer.took);
        }
    }
    let ours = percentile(times.clone(), 50);
    let mut sql = database(program.data()).await;
    let mut floor = Vec::new();
    for i in 0..220 {
        let start = Instant::now();
        let mut tx = sql.begin().await.unwrap();
        sqlx::query("select platform.enter('{[0,2147483647)}', '{}', '{}', '{}', '')")
            .execute(&mut *tx)
            .await
            .unwrap();
        let text: String = sqlx::query_scalar(STATEMENT)
            .bind(0)
            .bind(i32::MAX)
            .bind(period.as_str().unwrap())
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert!(text.len() > 100, "the statement finds figures");
        if i >= 20 {
            floor.push(start.elapsed());
        }
    }
    let statement = percentile(floor, 50);
    rows.push(Row {
        what: "bureau overview, p50 on one connection",
        ours: format!("{:.2} ms", ms(ours)),
        against: format!("{:.2} ms one SQL statement over the facts", ms(statement)),
        ratio: format!("{:.2}", ms(ours) / ms(statement)),
    });
    rows.push(Row {
        what: "bureau overview, p99",
        ours: format!("{:.2} ms", ms(percentile(times, 99))),
        against: String::new(),
        ratio: String::new(),
    });
}

#[tokio::main]
async fn main() {
    let mut rows = Vec::new();
    let start = Instant::now();
    let program = Program::start(Layout::AllInOne, "small");
    let first = start.elapsed();
    let (data, _) = program.stop();
    let start = Instant::now();
    let program = Program::start_in(&data, Layout::AllInOne, "small", &[]);
    let warm = start.elapsed();
    rows.push(Row {
        what: "start-up with data, to the address printed",
        ours: format!("{:.2} s", warm.as_secs_f64()),
        against: format!("{:.1} s the first start, with the network loaded", first.as_secs_f64()),
        ratio: format!("{:.2}", warm.as_secs_f64() / first.as_secs_f64()),
    });
    tokio::time::sleep(Duration::from_secs(5)).await;
    let idle = resident(program.pid());
    rows.push(Row {
        what: "idle memory, all in one, without PostgreSQL",
        ours: format!("{idle:.0} MiB"),
        against: "150 MiB aimed at".to_owned(),
        ratio: format!("{:.2}", idle / 150.0),
    });
    sign_ins(&program, &mut rows).await;
    overview(&program, &mut rows).await;
    let after = resident(program.pid());
    rows.push(Row {
        what: "memory after these",
        ours: format!("{after:.0} MiB"),
        against: format!("{idle:.0} MiB idle"),
        ratio: format!("{:.2}", after / idle),
    });
    println!("| Figure | Banlian | Against | Ratio |\n| --- | --- | --- | --- |");
    for Row { what, ours, against, ratio } in rows {
        println!("| {what} | {ours} | {against} | {ratio} |");
    }
}
