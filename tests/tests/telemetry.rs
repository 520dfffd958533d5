//! What the program tells of itself, in both layouts: one trace from the browser's request to the figure that it moved,
//! received by a collector; and nobody's data in traces, lines and metrics.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it saw"
)]

#[path = "../telemetry/receiver.rs"]
mod receiver;

use receiver::{Receiver, Span};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::time::{Duration, Instant};
use tests::{Browser, Layout, Program, folder};

fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The lead's studio and an open task in it.
async fn studio_and_task(lead: &Browser) -> (Value, Value) {
    let studio = lead.ask("{ me { hat { studio } } }", json!({})).await.ok().at("/me/hat/studio").clone();
    let open = "query($f: TaskFilterInput) { tasks(filter: $f, first: 1) { nodes { id } } }";
    let tasks = lead.ask(open, json!({ "f": { "studio": studio, "state": "OPEN" } })).await.ok();
    (studio, tasks.at("/tasks/nodes/0/id").clone())
}

const CLOSE: &str =
    "mutation($i: CloseTaskInput!) { closeTask(input: $i) { task { id } userErrors { code } } }";

/// The spans of the one trace in which a browser closed a task.
fn closing(spans: &[Span]) -> Vec<Span> {
    let changes = spans.iter().filter(|s| s.name == "change" && s.says("action") == "/studios/CloseTask");
    let changes: Vec<&Span> = changes.collect();
    assert_eq!(changes.len(), 1, "one task was closed: {changes:#?}");
    spans.iter().filter(|span| span.trace == changes[0].trace).cloned().collect()
}

/// A span and those above it: each process with the name of its span.
fn path<'a>(trace: &'a [Span], from: &'a Span) -> Vec<(&'a str, &'a str)> {
    let by_id: BTreeMap<&[u8], &Span> = trace.iter().map(|span| (&*span.id, span)).collect();
    let mut path = Vec::new();
    let mut next = Some(from);
    while let Some(span) = next {
        let process = span.process.strip_prefix("banlian-").unwrap_or("?");
        path.push((process, span.name.as_str()));
        assert!(path.len() < 20, "a circle: {path:?}");
        next = by_id.get(&*span.parent).copied();
        assert!(next.is_some() || span.parent.is_empty(), "the parent of {span:?} is in no trace");
    }
    path
}

/// From the request to the figures, in one trace.
fn one_trace(layout: Layout, spans: &[Span]) {
    let trace = closing(spans);
    let find = |name: &str, key: &str, value: &str| {
        let found = trace.iter().find(|span| span.name == name && span.says(key) == value);
        found.unwrap_or_else(|| panic!("no span {name} with {key} = {value} in {trace:#?}"))
    };
    for span in &trace {
        let path = path(&trace, span);
        assert_eq!(path.last().unwrap().1, "request", "{path:?} begins with the browser's request");
    }
    let change = find("change", "action", "/studios/CloseTask");
    assert_eq!(change.says("db.system.name"), "postgresql");
    let (gate, wire, studios, analytics, tenancy): (_, &[(&str, &str)], _, _, _) = match layout {
        Layout::AllInOne => ("all-in-one", &[], "all-in-one", "all-in-one", "all-in-one"),
        Layout::Separate => {
            ("gateway", &[("studios", "serve"), ("studios", "request")], "studios", "analytics", "tenancy")
        }
    };
    let above = [wire, &[(gate, "ask"), (gate, "graphql"), (gate, "request")]].concat();
    let asked = [&[(studios, "change")][..], &above].concat();
    assert_eq!(path(&trace, change), asked);
    for (consumer, process) in [("analytics", analytics), ("tenancy", tenancy)] {
        let apply = find("apply", "consumer", consumer);
        assert_eq!(path(&trace, apply), [&[(process, "apply")][..], &asked].concat());
        // What else had happened in that moment is applied with it: then one trace holds the transaction, and the others
        // point to it.
        let holder = apply.links.first().unwrap_or(&apply.id);
        let written =
            |span: &Span| span.name == "change" && span.parent == *holder && span.process == apply.process;
        assert!(spans.iter().any(written), "{consumer} wrote nothing under {apply:?}");
    }
}

/// What stands for the data of people: each a word that is found nowhere else.
const CANARIES: [&str; 14] = [
    "金丝雀甲",
    "canary-login",
    "13900007531",
    "Canary-Password-7531",
    "金丝雀任务",
    "金丝雀证据",
    "canary-link.example",
    "金丝雀搜索",
    "金丝雀文件",
    "canary-agent",
    "金丝雀行",
    "金丝雀变量",
    "canary-unknown",
    "金丝雀方案",
];

/// Brings the canaries in by every way that there is, accepted and refused.
async fn plant(program: &Program) {
    let [
        name,
        login,
        phone,
        password,
        task,
        evidence,
        link,
        search,
        file,
        agent,
        row,
        variable,
        unknown,
        plan,
    ] = CANARIES;
    let mut stranger = Browser::anonymous(&program.address);
    let refused = stranger.sign_in(unknown, password).await;
    assert_eq!(refused.codes(), ["tenancy.sign_in_failed"]);
    let disguised = reqwest::Client::builder().no_proxy().user_agent(agent).build().unwrap();
    for (header, value) in
        [("cookie", "__Host-banlian"), ("banlian-hat", "grant"), ("x-forwarded-for", "10.0.0.1")]
    {
        let request = disguised.post(format!("{}/graphql", program.address)).header("banlian-console", "1");
        let request =
            request.header(header, format!("{value}={agent}")).json(&json!({ "query": "{ me { login } }" }));
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    let (admin, lead) = (program.signed_in("bureau.admin").await, program.signed_in("s01.t01").await);
    let own = lead.ask("{ me { hat { organisation { id } } } }", json!({})).await.ok();
    let school = own.at("/me/hat/organisation/id").clone();
    let document = "mutation($i: AddPersonInput!) { addPerson(input: $i) { added { person password } userErrors { code } } }";
    let person = |login: &str| json!({ "i": { "idempotencyKey": key(), "name": name, "login": login, "organisation": school, "phone": phone } });
    let added = admin.ask(document, person(login)).await.ok();
    let once = added.at("/addPerson/added/password").as_str().unwrap().to_owned();
    for again in [person(login), person("金丝雀甲 !")] {
        assert!(!admin.ask(document, again).await.codes().is_empty(), "the same login, and no login");
    }
    let mut newcomer = Browser::anonymous(&program.address);
    assert!(newcomer.sign_in(login, &once).await.codes().is_empty());
    let change = "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { userErrors { code } } }";
    let changing =
        |present: &str| json!({ "i": { "idempotencyKey": key(), "present": present, "new": password } });
    assert!(!newcomer.ask(change, changing(unknown)).await.codes().is_empty(), "not the present one");
    newcomer.ask(change, changing(&once)).await.ok();

    let (studio, open) = studio_and_task(&lead).await;
    let today = chrono::Local::now().date_naive().to_string();
    let add = "mutation($i: AddTaskInput!) { addTask(input: $i) { task { id } userErrors { code } } }";
    let adding = |owner: Value, key: &str| json!({ "i": { "idempotencyKey": key, "studio": studio, "title": task, "owner": owner, "dueOn": today } });
    let first = key();
    lead.ask(add, adding(Value::Null, &first)).await.ok();
    for wrong in [
        adding(added.at("/addPerson/added/person").clone(), &key()),
        adding(json!(name), &first),
        adding(Value::Null, name),
    ] {
        assert!(!lead.ask(add, wrong).await.codes().is_empty(), "no member, no id, no key");
    }
    let item =
        "mutation($i: AddPlanItemInput!) { addPlanItem(input: $i) { planItem { id } userErrors { code } } }";
    let planned = json!({ "i": { "idempotencyKey": key(), "studio": studio, "schoolYear": 2026, "title": plan, "deliverable": plan } });
    lead.ask(item, planned).await.ok();
    let closing = |task: &Value, link: &str| json!({ "i": { "idempotencyKey": key(), "id": task, "evidenceText": evidence, "evidenceLink": link } });
    assert!(!lead.ask(CLOSE, closing(&open, link)).await.codes().is_empty(), "no link");
    lead.ask(CLOSE, closing(&open, &format!("https://{link}/x"))).await.ok();

    for filter in
        ["people(filter: { search: $s })", "tasks(filter: { search: $s })", "studios(filter: { search: $s })"]
    {
        let document = format!("query($s: String!) {{ {filter} {{ nodes {{ id }} }} }}");
        admin.ask(&document, json!({ "s": search })).await.ok();
        admin.ask(&document, json!({ "s": { "wrong": variable } })).await;
        admin.ask(&format!("query {variable}($s: String!) {{ {filter} {{ {variable} }} }}"), json!({})).await;
    }
    for id in [json!(variable), json!(format!("task_{unknown}")), json!([variable])] {
        admin.ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
    }
    admin.send(json!({ "query": variable, "variables": variable })).await;
    admin.get(&format!("/files/exports/people.xlsx?search={search}&filter={variable}")).await;
    admin.get(&format!("/files/exports/{unknown}.xlsx?search={search}")).await;
    admin.get(&format!("/people/{unknown}?name={search}")).await;

    // A file that goes in, one with faults, and something that is no spreadsheet at all.
    let row_login = format!("{login}-row");
    let files = [
        (sheet(&[[row, &row_login, "", phone]]), "DONE"),
        (sheet(&[[row, variable, unknown, phone], [row, login, "", variable]]), "FAULTY"),
        (row.as_bytes().to_vec(), "FAILED"),
    ];
    for (bytes, state) in files {
        let path = format!(
            "/files/imports/tenancy/people?organisation={}&fileName={file}.xlsx&dryRun=false&idempotencyKey={}",
            school.as_str().unwrap(),
            key()
        );
        let started = admin.upload(&path, bytes).await;
        assert_eq!(started.status, 200, "{started:#?}");
        let document = "query($id: ID!) { import(service: TENANCY, id: $id) { state } }";
        let begun = Instant::now();
        loop {
            let job = admin.ask(document, json!({ "id": started.body["id"] })).await.ok();
            if job.at("/import/state") == state {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{state} is to come of {job:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// People as a school would type them.
fn sheet(rows: &[[&str; 4]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (line, cells) in [&["姓名", "登录名", "所在机构", "手机"]].into_iter().chain(rows).enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            page.write(u32::try_from(line).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Everything that the program tells of itself, by name; each with a word that it must hold, so that what is searched is
/// known to be there.
async fn told(program: &Program, errors: &std::path::Path) -> Vec<(String, String, &'static str)> {
    let mut told = vec![
        ("the terminal".to_owned(), program.said().join("\n"), ""),
        ("the errors".to_owned(), std::fs::read_to_string(errors).unwrap(), "\"request\""),
    ];
    for entry in std::fs::read_dir(program.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_some_and(|e| e == "log") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let word = if name == "postgres.log" || name == "redis.log" { "eady" } else { "\"message\"" };
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            told.push((name, text, word));
        }
    }
    for address in program.addresses() {
        let (status, page) = Browser::anonymous(&address).get("/metrics").await;
        assert_eq!(status, 200, "{address}");
        told.push((format!("metrics of {address}"), String::from_utf8(page).unwrap(), "# TYPE"));
    }
    told
}

fn nobodys_data(what: &str, text: &[u8]) {
    for canary in CANARIES {
        // As it is, as Rust prints it, as an address, and as bytes that were cut out of their context.
        let escaped: String = canary.chars().flat_map(char::escape_unicode).collect();
        let json: Vec<String> = canary.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let address: Vec<String> = canary.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let (json, address) = (json.concat(), address.concat());
        for form in [canary, &escaped, &json, &address] {
            let at = text.windows(form.len()).position(|window| window == form.as_bytes());
            if let Some(at) = at {
                let near = &text[at.saturating_sub(300)..(at + 100).min(text.len())];
                panic!("{canary} stands in {what}: {}", String::from_utf8_lossy(near));
            }
        }
    }
}

/// One line of JSON a request, with what it was and how it went.
fn one_line_a_request(layout: Layout, told: &[(String, String, &str)]) {
    let lines = |name: &str| {
        let (_, text, _) = told.iter().find(|(file, ..)| file == name).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["message"] == "request").collect::<Vec<_>>()
    };
    let gateway = lines("banlian.log");
    let asked: Vec<&Value> = gateway.iter().filter(|line| line["route"] == "/graphql").collect();
    assert!(asked.len() > 30, "{} lines", asked.len());
    for line in &asked {
        let whole = line["method"] == "POST" && line["status"].is_u64() && line["ms"].is_string();
        assert!(whole && line["asked"].is_u64() && line["codes"].is_string(), "{line}");
    }
    let ids: BTreeSet<&str> = asked.iter().filter_map(|line| line["request_id"].as_str()).collect();
    assert_eq!(ids.len(), asked.len(), "each under an id of its own");
    if layout == Layout::Separate {
        let refused = |line: &Value| line["code"] == "tenancy.sign_in_failed";
        let ours = |line: &Value| line["request_id"].as_str().is_some_and(|id| ids.contains(id));
        let refused = lines("tenancy.log").into_iter().filter(|line| refused(line) && ours(line)).count();
        assert_eq!(refused, 1, "one sign-in was refused, under one id in both processes");
    }
}

async fn all(layout: Layout) {
    let receiver = Receiver::start().await;
    let data = folder("telemetry");
    let errors = data.with_extension("errors");
    let environment = [("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.address.as_str()), ("BANLIAN_LOG", "debug")];
    let program =
        Program::start_telling(&data, layout, "small", &environment, File::create(&errors).unwrap());
    plant(&program).await;
    // The figures follow within two seconds on a machine at rest; what they say of themselves, too.
    let mut told = told(&program, &errors).await;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        told = self::told(&program, &errors).await;
        if told.iter().all(|(what, text, word)| text.contains(word) || what == "resources.log") {
            break;
        }
    }
    program.stop();
    let spans = receiver.spans();
    one_trace(layout, &spans);
    one_line_a_request(layout, &told);
    for (what, text, word) in &told {
        // Resources has little to do so far, and may have had nothing to say.
        assert!(text.contains(word) || what == "resources.log", "{what} holds no {word}: {text}");
        nobodys_data(what, text.as_bytes());
    }
    let pages: String =
        told.iter().filter(|(what, ..)| what.starts_with("metrics")).map(|(_, page, _)| &**page).collect();
    for counted in
        ["route=\"/graphql\"", "http_request_seconds_bucket", "events_applied_total{consumer=\"analytics\""]
    {
        assert!(pages.contains(counted), "no {counted} in {pages}");
    }
    let traces = receiver.bytes();
    assert!(traces.windows(9).any(|window| window == b"CloseTask"));
    nobodys_data("the traces", &traces);
    println!(
        "{} spans, {} bytes of lines",
        spans.len(),
        told.iter().map(|(_, text, _)| text.len()).sum::<usize>()
    );
    let _ = std::fs::remove_dir_all(&data);
    let _ = std::fs::remove_file(&errors);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_by_one_process() {
    all(Layout::AllInOne).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_by_five_processes() {
    all(Layout::Separate).await;
}
