//! Journeys through the running program, each in both layouts.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and tells what it measured"
)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tests::{Browser, Layout, Program};

fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

const OVERVIEW: &str = "query($o: ID!, $p: Period!, $d: NaiveDate) { overview(organisation: $o, period: $p, asOf: $d) {
    schools { id no name figures(period: $p) { asOf figures { metric { id } state value numerator denominator } } }
    together { figures { metric { id } state value numerator denominator } } } }";

/// The organisation of the browser's hat and the current school year.
async fn here(browser: &Browser) -> (Value, Value) {
    let me = browser
        .ask("{ me { hat { organisation { id } } } periods { id kind current } }", json!({}))
        .await
        .ok();
    let periods = me.at("/periods").as_array().unwrap();
    let year = periods.iter().find(|p| p["kind"] == "SCHOOL_YEAR" && p["current"] == true).unwrap();
    (me.at("/me/hat/organisation/id").clone(), year["id"].clone())
}

async fn overview(browser: &Browser, organisation: &Value, period: &Value) -> Value {
    browser.ask(OVERVIEW, json!({ "o": organisation, "p": period })).await.ok().at("/overview").clone()
}

fn figure<'a>(figures: &'a Value, metric: &str) -> &'a Value {
    figures["figures"].as_array().unwrap().iter().find(|f| f["metric"]["id"] == metric).unwrap()
}

fn school<'a>(overview: &'a Value, id: &Value) -> &'a Value {
    overview["schools"].as_array().unwrap().iter().find(|s| s["id"] == *id).unwrap()
}

fn names(overview: &Value) -> BTreeSet<String> {
    overview["schools"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap().to_owned()).collect()
}

/// A lead closes a task; the officer's overview moves within two seconds and opens down to the record.
async fn a_closed_task_reaches_the_overview(program: &Program) {
    let lead = program.signed_in("s01.t01").await;
    let officer = program.signed_in("city.officer").await;
    let (city, year) = here(&officer).await;
    let studio = lead.ask("{ me { hat { studio } } }", json!({})).await.ok().at("/me/hat/studio").clone();
    let open = "query($f: TaskFilterInput) { tasks(filter: $f, first: 100) { nodes { id title dueOn state studio { owner { id } } } } }";
    let period = lead.ask("query { periods { id firstDay lastDay } }", json!({})).await.ok();
    let span = period.at("/periods").as_array().unwrap().iter().find(|p| p["id"] == year).unwrap().clone();
    let filter =
        json!({ "studio": studio, "state": "OPEN", "dueFrom": span["firstDay"], "dueTo": span["lastDay"] });
    let tasks = lead.ask(open, json!({ "f": filter })).await.ok();
    let task = tasks.at("/tasks/nodes/0").clone();
    assert!(task["id"].is_string(), "the lead has an open task this year: {tasks:?}");
    // Somebody on a studio need not know the organisation behind it: the officer does.
    let owner = "query($s: ID!) { studio(id: $s) { owner { id } } }";
    let home = officer.ask(owner, json!({ "s": studio })).await.ok().at("/studio/owner/id").clone();

    let before = overview(&officer, &city, &year).await;
    let before = figure(&school(&before, &home)["figures"], "3.3.1.a")["numerator"].as_f64().unwrap();
    let close = "mutation($i: CloseTaskInput!) { closeTask(input: $i) { task { id state closedOn } userErrors { code } } }";
    let input =
        json!({ "idempotencyKey": key(), "id": task["id"], "evidenceText": "活动记录与签到表已归档" });
    let closed = lead.ask(close, json!({ "i": input })).await.ok();
    assert_eq!(closed.at("/closeTask/task/state"), "CLOSED");
    let start = Instant::now();
    loop {
        let now = overview(&officer, &city, &year).await;
        if (figure(&school(&now, &home)["figures"], "3.3.1.a")["numerator"].as_f64().unwrap() - before - 1.0)
            .abs()
            < 1e-9
        {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(2), "the figure moves within two seconds");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let records = "query($s: ID!, $p: Period!, $after: String) { figure(school: $s, metric: \"3.3.1.a\", period: $p) {
        figure { numerator denominator } records(first: 100, after: $after) { nodes { counts task { id title state } } pageInfo { hasNextPage endCursor } totalCount } } }";
    let (mut after, mut found, mut counted) = (Value::Null, false, 0.0);
    loop {
        let opened = officer.ask(records, json!({ "s": home, "p": year, "after": after })).await.ok();
        for node in opened.at("/figure/records/nodes").as_array().unwrap() {
            found |= node["task"]["id"] == task["id"]
                && node["task"]["state"] == "CLOSED"
                && node["counts"] == true;
            counted += f64::from(u8::from(node["counts"] == true));
        }
        if opened.at("/figure/records/pageInfo/hasNextPage") != true {
            assert_eq!(
                opened.at("/figure/figure/numerator").as_f64(),
                Some(counted),
                "every counted record is there"
            );
            break;
        }
        after = opened.at("/figure/records/pageInfo/endCursor").clone();
    }
    assert!(found, "the closed task stands behind the figure");
}

/// A county's officer sees the county's schools and no others.
async fn an_officer_sees_exactly_their_schools(program: &Program) {
    let city = program.signed_in("city.officer").await;
    let county = program.signed_in("county1.officer").await;
    let ((all, year), (own, _)) = (here(&city).await, here(&county).await);
    let everything = overview(&city, &all, &year).await;
    let theirs = overview(&county, &own, &year).await;
    assert!(
        names(&theirs).len() > 1
            && names(&theirs).is_subset(&names(&everything))
            && names(&theirs) != names(&everything)
    );
    let foreign = everything["schools"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| !names(&theirs).contains(s["name"].as_str().unwrap()))
        .unwrap();
    let peek = county
        .ask(
            "query($id: ID!) { organisation(id: $id) { name } node(id: $id) { id } }",
            json!({ "id": foreign["id"] }),
        )
        .await;
    assert_eq!((peek.at("/organisation"), peek.at("/node")), (&Value::Null, &Value::Null));
    let absent = county
        .ask(
            "query($id: ID!) { organisation(id: $id) { name } node(id: $id) { id } }",
            json!({ "id": format!("organisation_{}", uuid::Uuid::now_v7().simple()) }),
        )
        .await;
    assert_eq!(peek.codes(), absent.codes(), "foreign and absent look alike");
}

/// A school moves to another bureau: who sees it changes on that day, and the sums of both trees agree.
async fn a_school_moves(program: &Program) {
    let admin = program.signed_in("bureau.admin").await;
    let (city, year) = here(&admin).await;
    let (first, second) =
        (program.signed_in("county1.officer").await, program.signed_in("county2.officer").await);
    let ((a, _), (b, _)) = (here(&first).await, here(&second).await);
    let before = overview(&admin, &city, &year).await;
    let moving = overview(&first, &a, &year).await["schools"][0].clone();
    let today = chrono::Local::now().date_naive();
    let yesterday = today.pred_opt().unwrap();
    let document = "mutation($i: MoveOrganisationInput!) { moveOrganisation(input: $i) { organisation { authority { id } } userErrors { code messageEn } } }";
    let input =
        json!({ "idempotencyKey": key(), "id": moving["id"], "authority": b, "on": today.to_string() });
    let moved = admin.ask(document, json!({ "i": input })).await.ok();
    assert_eq!(moved.at("/moveOrganisation/organisation/authority/id"), &b);
    let start = Instant::now();
    loop {
        let (old, new) = (overview(&first, &a, &year).await, overview(&second, &b, &year).await);
        let gone = !names(&old).contains(moving["name"].as_str().unwrap());
        if gone && names(&new).contains(moving["name"].as_str().unwrap()) {
            break;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "a move takes effect within 60 seconds");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let after = overview(&admin, &city, &year).await;
    assert_eq!(names(&before), names(&after), "the city sees the same schools");
    for metric in ["1.1.2.a", "3.3.1.a", "3.3.1.f"] {
        assert_eq!(
            figure(&before["together"], metric),
            figure(&after["together"], metric),
            "sums agree: {metric}"
        );
    }
    // As it was yesterday, and who could see it on each day.
    let as_of = json!({ "o": a, "p": year, "d": yesterday.to_string() });
    let was = admin.ask(OVERVIEW, as_of).await.ok();
    assert!(names(was.at("/overview")).contains(moving["name"].as_str().unwrap()), "as it was on a day");
    let seers =
        "query($id: ID!, $d: NaiveDate!) { whoCouldSee(id: $id, on: $d) { through { id } personName role } }";
    for (day, bureau) in [(yesterday, &a), (today, &b)] {
        let seen = admin.ask(seers, json!({ "id": moving["id"], "d": day.to_string() })).await.ok();
        let through: Vec<&Value> =
            seen.at("/whoCouldSee").as_array().unwrap().iter().map(|s| &s["through"]["id"]).collect();
        let other = if bureau == &a { &b } else { &a };
        assert!(through.contains(&bureau) && !through.contains(&other), "on {day}");
    }
}

/// A revoked grant is of no use within a minute.
async fn a_revocation_takes_effect(program: &Program) {
    let admin = program.signed_in("bureau.admin").await;
    let officer = program.signed_in("county3.officer").await;
    let me = officer.ask("{ me { hat { grant organisation { id } } } }", json!({})).await.ok();
    let (organisation, _) = here(&officer).await;
    let document = "mutation($i: RevokeGrantInput!) { revokeGrant(input: $i) { grant { revokedAt } userErrors { code } } }";
    let input = json!({ "idempotencyKey": key(), "grant": me.at("/me/hat/grant") });
    admin.ask(document, json!({ "i": input })).await.ok();
    let start = Instant::now();
    loop {
        let peek = officer
            .ask("query($id: ID!) { organisation(id: $id) { name } }", json!({ "id": organisation }))
            .await;
        if peek.at("/organisation").is_null() {
            break;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "a revocation takes effect within 60 seconds");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    println!("revoked after {:.1} s in {:?}", start.elapsed().as_secs_f64(), program.layout());
}

/// Unknown account and wrong password look alike.
async fn a_refused_sign_in_tells_nothing(program: &Program) {
    let mut browser = Browser::anonymous(&program.address);
    let wrong = browser.sign_in("city.officer", "Not-the-password-1").await;
    let unknown = browser.sign_in("nobody.at.all", "Not-the-password-1").await;
    let codes = ["tenancy.sign_in_failed".to_owned()];
    assert_eq!((wrong.codes(), unknown.codes()), (codes.to_vec(), codes.to_vec()));
    assert!(
        wrong.took > Duration::from_millis(8) && unknown.took > Duration::from_millis(8),
        "both pay for a hash"
    );
}

async fn all_journeys(layout: Layout) {
    let program = Program::start(layout, "small");
    a_refused_sign_in_tells_nothing(&program).await;
    a_closed_task_reaches_the_overview(&program).await;
    an_officer_sees_exactly_their_schools(&program).await;
    a_school_moves(&program).await;
    a_revocation_takes_effect(&program).await;
}

#[tokio::test]
async fn journeys_in_one_process() {
    all_journeys(Layout::AllInOne).await;
}

#[tokio::test]
async fn journeys_in_five_processes() {
    all_journeys(Layout::Separate).await;
}
