//! From spreadsheets to the first true overview: an empty installation, and the files of a city of 35 schools as people
//! made them. Prints how long the machine took; what the people took is theirs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../city/mod.rs"]
mod city;

use city::oracle::{METRICS, Span, Stand};
use city::paper::{Cure, File};
use city::town::{CITY, SIZE, Town};
use city::{edit, files};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use tests::{Browser, Layout, Program};

const SHEETS: [(&str, &str, &str); 6] = [
    ("tenancy", "organisations", "机构"),
    ("tenancy", "people", "人员与授权"),
    ("tenancy", "classes", "班级与班主任"),
    ("studios", "studios", "工作室与成员"),
    ("studios", "plan_items", "方案任务"),
    ("studios", "tasks", "任务台账"),
];

/// Times what the machine does.
struct Clock(Vec<(String, Duration)>);

impl Clock {
    fn told(&mut self, what: impl Into<String>, since: Instant) {
        self.0.push((what.into(), since.elapsed()));
    }
}

/// Signs in with the first password, which only lets itself be changed.
async fn administrator(program: &Program) -> Browser {
    let account = program.account("bureau.admin");
    let first = program.signed_in("bureau.admin").await;
    let nothing = first.ask("{ organisations { nodes { name } } }", json!({})).await;
    assert_eq!(nothing.codes(), ["tenancy.password_change_required"]);
    assert_ne!(first.get("/files/templates/tenancy/people.xlsx").await.0, 200);
    let change = "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { userErrors { code } } }";
    let new = "Yunchuan-2026-bureau";
    let key = uuid::Uuid::now_v7().to_string();
    first
        .ask(change, json!({ "i": { "idempotencyKey": key, "present": account.password, "new": new } }))
        .await
        .ok();
    Browser::signed_in(&program.address, "bureau.admin", new).await
}

/// The template of a kind: fixed headers, dropdowns, a notes sheet, no data.
async fn template(admin: &Browser, service: &str, kind: &str, title: &str) -> Vec<u8> {
    let (status, bytes) = admin.get(&format!("/files/templates/{service}/{kind}.xlsx")).await;
    assert_eq!(status, 200);
    let sheets = edit::sheets(&bytes);
    assert!(sheets.contains_key("填写说明") && sheets[title].len() == 1, "{kind}: {:?}", sheets.keys());
    let xml = edit::part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("state=\"frozen\"") && xml.contains("<dataValidation "), "{kind}");
    bytes
}

/// The faults as the error file lists them: row in the upload, row in this file, column, code, what it says.
fn faults(errors: &[u8]) -> Vec<(u32, u32, String, String, String)> {
    let summary = edit::sheets(errors).remove("错误汇总").unwrap();
    let header = summary.iter().position(|row| row[0].starts_with("原行号")).unwrap();
    let fault = |row: &Vec<String>| {
        (row[0].parse().unwrap(), row[1].parse().unwrap(), row[2].clone(), row[6].clone(), row[4].clone())
    };
    summary[header + 1..].iter().map(fault).collect()
}

/// The error file with every fault put right in it, as a person would, from the last row to the first.
fn cured(errors: &[u8], file: &File) -> Vec<u8> {
    let headers = edit::sheets_first(errors).remove(0);
    let here: BTreeMap<u32, u32> = faults(errors).into_iter().map(|fault| (fault.0, fault.1)).collect();
    edit::with_sheet(errors, |mut xml| {
        for wrong in file.wrong.iter().rev() {
            let row = here[&wrong.row];
            match &wrong.cure {
                Cure::Delete => xml = edit::without_row(xml, row),
                Cure::Type(cells) => {
                    for (header, text) in cells {
                        let column = headers.iter().position(|h| h.trim_end_matches('*') == *header).unwrap();
                        xml = edit::typed(xml, row, column, text);
                    }
                }
            }
        }
        xml
    })
}

fn tally(job: &Value) -> (&str, [i64; 5]) {
    let counts =
        ["rows", "created", "changed", "unchanged", "faults"].map(|name| job[name].as_i64().unwrap());
    (job["state"].as_str().unwrap(), counts)
}

/// Brings in one file: the dry run names each fault, its error file is put right and comes in whole, and the same file
/// again changes nothing. `expected` is how many rows make something new, change something, and are there already.
async fn bring_in(
    admin: &Browser,
    bureau: &str,
    (service, kind, _): (&str, &str, &str),
    file: &File,
    expected: [i64; 3],
    clock: &mut Clock,
) {
    let mut wanted: Vec<_> =
        file.wrong.iter().map(|w| (w.row, w.column.to_owned(), w.code.to_owned())).collect();
    wanted.sort();
    // People of one service reach the other as events, a moment later.
    let patience = Instant::now();
    let (errors, found) = loop {
        let start = Instant::now();
        let job = admin.import(service, kind, bureau, true, file.bytes.clone()).await;
        assert_eq!(job["problemZh"], Value::Null, "{kind}");
        let rows = file.rows.to_string();
        let path = format!("/files/errors/{service}/{}.xlsx", job["id"].as_str().unwrap());
        let (status, errors) = admin.get(&path).await;
        assert_eq!((job["state"].as_str(), status), (Some("FAULTY"), 200), "{kind}: {job}");
        let mut found: Vec<_> = faults(&errors).into_iter().map(|f| (f.0, f.2, f.3)).collect();
        found.sort();
        let heard = found.len() <= wanted.len() + 20;
        if heard || patience.elapsed() > Duration::from_mins(1) {
            clock.told(format!("{kind}: dry run of {rows} rows, {} faults, error file", found.len()), start);
            let rows_wrong: BTreeSet<u32> = wanted.iter().map(|w| w.0).collect();
            assert_eq!(job["rows"].as_u64(), u64::try_from(file.rows).ok(), "{kind}");
            assert_eq!(job["faults"].as_u64(), u64::try_from(rows_wrong.len()).ok(), "{kind}: {found:#?}");
            break (errors, found);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    assert_eq!(found, wanted, "{kind}: the faults of a file, each in its row and column");
    for (_, _, column, code, says) in faults(&errors) {
        let near = code == "organisation_unknown" || code == "not_in_list" && column != "主要类别";
        assert!(!near || says.contains("是否为"), "{kind}: a near match is proposed: {says}");
    }
    let whole = cured(&errors, file);
    let start = Instant::now();
    let checked = admin.import(service, kind, bureau, true, whole.clone()).await;
    clock.told(format!("{kind}: dry run of the corrected file"), start);
    let [created, changed, unchanged] = expected;
    let rows = created + changed + unchanged;
    assert_eq!(tally(&checked), ("CHECKED", [rows, created, changed, unchanged, 0]), "{kind}");
    let start = Instant::now();
    let done = admin.import(service, kind, bureau, false, whole.clone()).await;
    clock.told(format!("{kind}: import of {rows} rows"), start);
    assert_eq!(tally(&done), ("DONE", [rows, created, changed, unchanged, 0]), "{kind}");
    let start = Instant::now();
    let again = admin.import(service, kind, bureau, false, whole).await;
    clock.told(format!("{kind}: the same file again"), start);
    assert_eq!(tally(&again), ("DONE", [rows, 0, 0, rows, 0]), "{kind}");
}

const FIGURES: &str = "figures { metricId state numerator denominator value }";

/// The nine figures that this test tells; as the API tells them.
fn figures(told: &Value) -> Vec<Stand> {
    let known = ["VALUE", "NOT_APPLICABLE", "INSUFFICIENT_EVIDENCE"];
    let figure = |metric: &&str| {
        let all = told["figures"].as_array().unwrap();
        let one = all.iter().find(|figure| figure["metricId"] == *metric).unwrap();
        let state = known.into_iter().find(|state| one["state"] == *state).unwrap();
        let number = |name: &str| one[name].as_f64();
        Stand {
            state,
            numerator: number("numerator"),
            denominator: number("denominator"),
            value: number("value"),
        }
    };
    METRICS.iter().map(figure).collect()
}

/// What differs: whose figure, what it should be, what it is.
fn differences(whose: &str, should: &[Stand], is: &[Stand], into: &mut Vec<String>) {
    let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        (a, b) => a == b,
    };
    for ((metric, should), is) in METRICS.iter().zip(should).zip(is) {
        let fine = should.state == is.state
            && same(should.numerator, is.numerator)
            && same(should.denominator, is.denominator)
            && same(should.value, is.value);
        if !fine {
            into.push(format!("{whose} {metric}: should be {should:?}, is {is:?}"));
        }
    }
}

/// Compares the whole overview in a period with the truth; gives what differs, and counts the states that should be.
async fn compare(
    admin: &Browser,
    town: &Town,
    bureau: &str,
    span: &Span,
    states: &mut BTreeMap<&'static str, usize>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut against = |whose: &str, should: [Stand; METRICS.len()], told: &Value| {
        for stand in &should {
            *states.entry(stand.state).or_default() += 1;
        }
        differences(&format!("{} {whose}", span.name), &should, &figures(told), &mut found);
    };
    let document = format!(
        "query($o: ID!, $p: Period!) {{ overview(organisation: $o, period: $p) {{ schoolCount truncated
            schools {{ name figures(period: $p) {{ {FIGURES} }} }} together {{ {FIGURES} }} }} }}"
    );
    let overview = admin.ask(&document, json!({ "o": bureau, "p": span.name })).await.ok();
    assert_eq!(overview.at("/overview/schoolCount").as_u64(), u64::try_from(SIZE).ok());
    let schools = overview.at("/overview/schools").as_array().unwrap();
    let named: BTreeMap<&str, &Value> =
        schools.iter().map(|s| (s["name"].as_str().unwrap(), &s["figures"])).collect();
    assert_eq!((named.len(), schools.len()), (SIZE, SIZE), "each school once");
    for (i, school) in town.schools.iter().enumerate() {
        against(&school.name, town.school_figures(i, span), named[school.name.as_str()]);
    }
    against("together", town.together(span), overview.at("/overview/together"));
    let document = format!(
        "query($p: Period!) {{ studios(first: 100) {{ totalCount nodes {{ name figures(period: $p) {{ {FIGURES} }} }} }} }}"
    );
    let studios = admin.ask(&document, json!({ "p": span.name })).await.ok();
    let studios = studios.at("/studios/nodes").as_array().unwrap();
    assert_eq!(studios.len(), town.studios.len());
    for (i, studio) in town.studios.iter().enumerate() {
        let told = studios.iter().find(|told| told["name"] == *studio.name).unwrap();
        against(&studio.name, town.studio_figures(i, span), &told["figures"]);
    }
    found
}

/// How many rows make something new, change something, and are there already, by the truth.
fn expected(town: &Town, kind: &str) -> [i64; 3] {
    let count = |n: usize| i64::try_from(n).unwrap();
    match kind {
        "organisations" => [count(town.counties.len() + town.schools.len()), 0, 0],
        // One stands there twice alike.
        "people" => [count(town.people.len()), 0, 1],
        "classes" => {
            let further = town.classes.iter().map(|class| class.given.len().saturating_sub(1)).sum();
            [count(town.classes.len()), count(further), 0]
        }
        "studios" => [count(town.studios.iter().map(|studio| studio.members.len()).sum()), 0, 0],
        "plan_items" => [count(town.studios.iter().map(|studio| studio.plan_years.len() * 6).sum()), 0, 0],
        _ => [count(town.studios.iter().map(|studio| studio.lines.len()).sum()), 0, 0],
    }
}

#[tokio::test]
async fn a_citys_spreadsheets_become_its_true_overview() {
    let mut clock = Clock(Vec::new());
    let whole = Instant::now();
    let program = Program::start(Layout::AllInOne, "none");
    clock.told("start of an empty installation", whole);
    let start = Instant::now();
    let admin = administrator(&program).await;
    clock.told("first sign-in, new password", start);
    let me = admin.ask("{ me { hat { organisation { id name } } } }", json!({})).await.ok();
    assert_eq!(me.at("/me/hat/organisation/name"), CITY);
    let bureau = me.at("/me/hat/organisation/id").as_str().unwrap().to_owned();
    let mut town = Town::on(vocabulary::Clock::system().today());
    for sheet in SHEETS {
        let (service, kind, title) = sheet;
        let empty = template(&admin, service, kind, title).await;
        let file = match kind {
            "organisations" => files::organisations(&town),
            "people" => files::people(&town, &empty),
            "classes" => files::classes(&town),
            "studios" => files::studios(&town),
            "plan_items" => files::plan_items(&town),
            _ => files::tasks(&town),
        };
        bring_in(&admin, &bureau, sheet, &file, expected(&town, kind), &mut clock).await;
    }
    // The last events reach the figures a moment after the import has ended.
    let spans = |year| {
        [
            Span::semester(year, 1),
            Span::semester(year, 2),
            Span::school_year(year),
            Span::semester(year - 1, 1),
            Span::semester(year - 1, 2),
            Span::school_year(year - 1),
            Span::calendar_year(year),
        ]
    };
    let start = Instant::now();
    let mut states = BTreeMap::new();
    let differing = loop {
        states.clear();
        town.today = vocabulary::Clock::system().today();
        let mut differing = Vec::new();
        for span in spans(town.year).iter().filter(|span| span.first <= town.today) {
            differing.extend(compare(&admin, &town, &bureau, span, &mut states).await);
        }
        if differing.is_empty() || start.elapsed() > Duration::from_mins(1) {
            break differing;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    clock.told("until every figure was true, and comparing them", start);
    println!("from an empty installation to the first true overview of a city of {SIZE} schools:");
    for (what, took) in &clock.0 {
        println!("  {:>7.2} s  {what}", took.as_secs_f64());
    }
    println!("  {:>7.2} s  in all; figures compared: {states:?}", whole.elapsed().as_secs_f64());
    assert!(
        differing.is_empty(),
        "{} differ, such as {:#?}",
        differing.len(),
        &differing[..differing.len().min(8)]
    );
}
