//! Every mutation of the schema, sent twice under one key: one effect, one audit line, the same answer; and a third
//! time under the same key with another body: refused. A mutation without a case fails the test.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../isolation/mod.rs"]
mod isolation;

use isolation::cases::{As, MUTATIONS, Mutation, Names, fields_of, filled};
use isolation::graphql::outside;
use isolation::load::{self, Rows, tenancy::token_of};
use isolation::oracle::Oracle;
use isolation::stage::{Answer, Differences, Stage};
use isolation::tables::TABLES;
use isolation::world::{Grant, Kind, On, World, noon};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::TestDatabase;
use uuid::Uuid;
use vocabulary::{Clock, Role};

/// `signIn` takes no key: two times are two sessions, and a repetition must check the password again.
const WITHOUT_KEY: [&str; 1] = ["signIn"];

/// The scene of the cases: a school with its administrator, and the bureau's administrator above it.
struct Scene {
    school: (String, Uuid),
    bureau: (String, Uuid),
    names: Names,
}

fn scene(world: &World) -> Scene {
    let oracle = Oracle::new(world, world.days[0]);
    let worn = |grant: &&Grant| oracle.valid(grant) && world.people[grant.person].left.is_none();
    let hat = |role: Role, at: usize| {
        world.grants.iter().filter(worn).find(|g| g.role == role && g.on == On::Organisation(at))
    };
    let mut cities = (0..world.organisations.len()).filter(|i| world.organisations[*i].level == Some("city"));
    let administered = cities.find_map(|city| {
        let bureau = hat(Role::BureauAdministrator, city)?;
        let below = oracle.below(city);
        let schools =
            below.iter().filter(|i| world.organisations[**i].kind == Kind::School && oracle.lives(**i));
        // Without anything decided for later, which a change of today would come before.
        let settled = |i: &usize| {
            world.organisations[*i].closed.is_none()
                && world.organisations[*i].under.iter().all(|u| u.from <= world.days[0])
        };
        let mut schools = schools.copied().filter(settled);
        let (school, administrator) =
            schools.find_map(|school| Some((school, hat(Role::SchoolAdministrator, school)?)))?;
        let closing = below
            .iter()
            .copied()
            .filter(settled)
            .find(|i| *i != school && world.organisations[*i].kind == Kind::School && oracle.lives(*i))?;
        let county = below.iter().copied().find(|i| world.organisations[*i].level == Some("county"))?;
        Some((city, bureau, school, administrator, closing, county))
    });
    let (city, bureau, school, administrator, closing, county) = administered.unwrap();
    let mine = |organisation: usize| {
        world.people.iter().find(|p| p.home == organisation && p.left.is_none()).unwrap()
    };
    let guest = world.people.iter().find(|p| p.home != school && p.left.is_none()).unwrap();
    let id = |organisation: usize| json!(outside("organisation", world.organisations[organisation].id));
    let session = |grant: &Grant| (token_of(world.people[grant.person].id, world.days[0]), grant.id);
    Scene {
        school: session(administrator),
        bureau: session(bureau),
        names: Names::from([
            ("school", id(school)),
            ("no", json!(world.organisations[school].no)),
            ("bureau", id(city)),
            ("county", id(county)),
            ("closing", id(closing)),
            ("lead", json!(mine(school).login)),
            ("guest", json!(guest.login)),
        ]),
    }
}

/// What stands in the database, but for keys and sessions' last moments; and how many audit lines.
async fn state(database: &TestDatabase) -> (String, i64) {
    let mut admin = database.superuser().await;
    let parts = TABLES.iter().filter(|table| !table.name.ends_with(".idempotency")).map(|table| {
        let name = table.name;
        let row = if name == "tenancy.session" { "(t.id)::text" } else { "t::text" };
        format!("select '{name}' as name, count(*) as n, coalesce(sum(hashtextextended({row}, 0)), 0) as h from {name} t")
    });
    let sql = format!(
        "select string_agg(concat_ws(' ', name, n, h), ', ' order by name), (sum(n) filter (where name like '%.audit'))::int8 from ({}) everything",
        parts.collect::<Vec<_>>().join(" union all ")
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(&mut admin).await.unwrap()
}

fn document(case: &Mutation) -> String {
    let field = case.field;
    let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    format!(
        "mutation($input: {kind}!) {{ {field}(input: $input) {{ {} userErrors {{ code field messageEn }} }} }}",
        case.selection
    )
}

/// The same input with another text, date, number or id in it; nothing where there is nothing else in it.
fn other(input: &Value) -> Option<Value> {
    let mut changed = input.clone();
    let fields = changed.as_object_mut().unwrap();
    let plain =
        ["title", "name", "reason", "new", "evidenceText", "on", "validFrom", "appointment", "version"];
    let ids = ["id", "grant", "person", "session", "categories"];
    let name =
        plain.iter().chain(&ids).find(|name| fields.get(**name).is_some_and(|value| !value.is_null()))?;
    let value = match &fields[*name] {
        Value::String(text) if text.contains('_') => {
            let (prefix, hex) = text.split_once('_').unwrap();
            json!(outside(prefix, Uuid::from_u128(!Uuid::try_parse(hex).unwrap().as_u128())))
        }
        Value::String(text) if text.len() == 10 && text.starts_with("20") => json!("2026-05-16"),
        Value::String(text) => json!(format!("{text}二")),
        Value::Number(_) => json!(7),
        _ => json!(["RESEARCHER", "CANDIDATE"]),
    };
    fields.insert((*name).to_owned(), value);
    Some(changed)
}

fn told(answer: &Answer, field: &str) -> String {
    answer.data(&format!("/{field}")).to_string()
}

/// What the same request hears the second time: all of it, but for a one-time password, which is told once.
fn without_password(told: &str) -> String {
    fn blank(value: &mut Value) {
        let Value::Object(fields) = value else { return };
        for (name, value) in fields {
            match value {
                Value::String(password) if name == "password" => password.clear(),
                _ => blank(value),
            }
        }
    }
    let mut value: Value = serde_json::from_str(told).unwrap();
    blank(&mut value);
    value.to_string()
}

async fn sign_in(stage: &Stage, login: &str, password: &Value) -> (String, Value) {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { me { id sessions { id } } userErrors { code } } }";
    let (answer, cookie) =
        stage.sign_in(query, json!({ "input": { "login": login, "password": password } })).await;
    let token = cookie.unwrap_or_else(|| panic!("no session: {}", answer.json));
    (token, answer.json)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mutation_takes_effect_once_under_its_key() {
    let named: BTreeSet<String> =
        MUTATIONS.iter().map(|case| case.field).chain(WITHOUT_KEY).map(str::to_owned).collect();
    assert_eq!(
        named,
        fields_of("Mutation").into_iter().collect(),
        "every mutation has a case in tests/isolation/cases"
    );
    let world = World::make(20_260_518);
    let stage = Stage::open(
        load::load(&Rows::of(&world)).await,
        Clock::fixed(noon(world.days[0])),
        Differences::default(),
    );
    let Scene { school, bureau, mut names } = scene(&world);
    let mut own: Option<(String, Option<Uuid>)> = None;
    let mut faults = Vec::new();
    for case in MUTATIONS {
        if case.by == As::Self_ && own.is_none() {
            // The person whom the school added, with the password that they were given last.
            let (_, _) = sign_in(&stage, "zhao.yi.once", &names["password"]).await;
            let (token, answer) = sign_in(&stage, "zhao.yi.once", &names["password"]).await;
            let _ = answer;
            own = Some((token, None));
        }
        let (token, hat) = match case.by {
            As::School => (school.0.clone(), Some(school.1)),
            As::Bureau => (bureau.0.clone(), Some(bureau.1)),
            As::Self_ => own.clone().unwrap(),
        };
        if case.field == "revokeSession" {
            // Another session of one's own, after the change of password has ended all others.
            sign_in(&stage, "zhao.yi.once", &json!("Geheim-Wort-2026")).await;
            let mine = stage.ask(Some(&token), None, "{ me { sessions { id current } } }", json!({})).await;
            let sessions = mine.data("/me/sessions").as_array().cloned().unwrap_or_default();
            let another = sessions.iter().find(|session| session["current"] == false);
            names.insert("session", another.unwrap_or_else(|| panic!("{}", mine.json))["id"].clone());
        }
        let mut input = filled(case.input, &names);
        input["idempotencyKey"] = json!(testkit::key());
        let (query, field) = (document(case), case.field);
        let (_, audited) = state(&stage.database).await;
        let first = stage.ask(Some(&token), hat, &query, json!({ "input": input })).await;
        let (after_first, audited_first) = state(&stage.database).await;
        let succeeded =
            first.json.get("errors").is_none() && first.data(&format!("/{field}/userErrors")) == &json!([]);
        if !succeeded {
            faults.push(format!("{field}: the case does not succeed: {} -> {}", input, first.json));
            continue;
        }
        for (name, path) in case.keeps {
            names.insert(name, first.data(&format!("/{field}{path}")).clone());
        }
        if audited_first != audited + 1 {
            faults.push(format!("{field}: {} audit lines", audited_first - audited));
        }
        let second = stage.ask(Some(&token), hat, &query, json!({ "input": input })).await;
        let (after_second, _) = state(&stage.database).await;
        if after_second != after_first {
            faults.push(format!("{field}: the second time had an effect: {after_first}\n{after_second}"));
        }
        // Signing out ends the session, and with it who could be told the same again.
        let over = field == "signOut" && second.codes().contains(&"platform.unauthenticated");
        if !over && told(&second, field) != without_password(&told(&first, field)) {
            faults.push(format!("{field}: first {} then {}", told(&first, field), second.json));
        }
        let Some(changed) = other(&input) else { continue };
        let third = stage.ask(Some(&token), hat, &query, json!({ "input": changed })).await;
        let (after_third, _) = state(&stage.database).await;
        let code = third.data(&format!("/{field}/userErrors/0/code"));
        if code != "platform.idempotency_conflict" || after_third != after_first {
            faults.push(format!("{field}: another body under the same key: {} {changed}", third.json));
        }
    }
    println!("{} mutations, each sent three times", MUTATIONS.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
