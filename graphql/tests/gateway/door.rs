//! The door: order, limits, both holes of the library, errors.

use crate::world::{World, uuid};
use crate::{ask, gateway, options, post, repeated, request, send};
use axum::body::Body;
use axum::http::StatusCode;
use graphql::Options;
use serde_json::json;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

#[tokio::test]
async fn an_unknown_type_with_a_list_as_its_default_is_refused_without_a_panic() {
    let gateway = gateway(&World::new(1), options());
    for query in [
        "query($a:[Nope!]=[1]){__typename}",
        "query($a:[[Nope]]=[[{x:1}]]){__typename}",
        "query($a:Studio={id:1}){__typename}",
    ] {
        let answer = ask(&gateway, query).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (StatusCode::OK, vec!["gateway.document".into()]),
            "{query}"
        );
    }
}

#[tokio::test]
async fn nested_fragments_take_no_time() {
    let gateway = gateway(&World::new(1), options());
    let mut query = "{...f0}".to_owned();
    for n in 0..30 {
        write!(query, "fragment f{n} on Query{{...f{0} ...f{0}}}", n + 1).unwrap();
    }
    query += "fragment f30 on Query{__typename}";
    let start = Instant::now();
    assert_eq!(ask(&gateway, &query).await.codes(), ["gateway.document_limit"]);
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    let cycle = "{...a}fragment a on Query{...b}fragment b on Query{...a}";
    assert_eq!(ask(&gateway, cycle).await.codes(), ["gateway.document_limit"]);
}

#[tokio::test]
async fn every_limit_holds_and_what_is_just_under_it_passes() {
    let gateway = gateway(&World::new(1), options());
    let deep = |levels: usize| {
        format!("{{me{{id}}{}{}}}", "...{".repeat(levels), "__typename".to_owned() + &"}".repeat(levels))
    };
    let aliases = |many: usize| repeated(many, |n| format!("a{n}:__typename "));
    let same = |many: usize| "__typename ".repeat(many);
    let studios = |first: usize| {
        format!(
            "{{studios(first:{first}){{nodes{{planItems(schoolYear:2025){{studio{{members{{id}}}}}}}}}}}}"
        )
    };
    let chain = |levels: usize| {
        let inner = (0..levels).fold("id".to_owned(), |inner, n| {
            if n % 2 == 0 { format!("owner{{{inner}}}") } else { format!("studios{{{inner}}}") }
        });
        format!("{{studio(id:\"studio_{}\"){{{inner}}}}}", uuid(1).simple())
    };
    for (what, over, under) in [
        ("operations", "query a{__typename}query b{__typename}".to_owned(), "query a{__typename}".to_owned()),
        ("nested fragments", deep(25), deep(24)),
        ("aliases", format!("{{me{{{}}}}}", aliases(16)), format!("{{me{{{}}}}}", aliases(15))),
        ("root fields", format!("{{{}}}", same(11)), format!("{{{}}}", same(10))),
        ("selections", format!("{{me{{{}}}}}", same(1001)), format!("{{me{{{}}}}}", same(998))),
        ("cost", studios(50), studios(1)),
        ("depth", chain(11), "{__typename}".to_owned()),
        ("nesting", format!("{{a{}}}", "(x:[".repeat(40)), "{__typename}".to_owned()),
        (
            "document",
            format!("{{__typename #{}\n}}", "x".repeat(17_000)),
            format!("{{__typename #{}\n}}", "x".repeat(16_000)),
        ),
        (
            "list",
            format!("{{tasks(filter:{{owners:[{}]}}){{totalCount}}}}", "1,".repeat(251)),
            format!("{{tasks(filter:{{owners:[{}]}}){{totalCount}}}}", "1,".repeat(250)),
        ),
    ] {
        let answer = ask(&gateway, &over).await;
        assert_eq!(answer.codes(), ["gateway.document_limit"], "{what}");
        let limit = answer.json()["errors"][0]["extensions"]["params"]["limit"].as_str().unwrap().to_owned();
        assert!(limit.starts_with(what), "{what}: {limit}");
        assert_eq!(ask(&gateway, &under).await.codes(), [""; 0], "under {what}");
    }
    let many: Vec<i32> = (0..251).collect();
    let body = json!({ "query": "query($o:[Int!]){tasks(filter:{owners:$o}){totalCount}}", "variables": { "o": many } });
    assert_eq!(post(&gateway, &body).await.codes(), ["gateway.document_limit"]);
    for first in [0, -1, 101, 1_000_000] {
        let query = format!("{{studios(first:{first}){{totalCount}}}}");
        assert_eq!(ask(&gateway, &query).await.codes(), ["platform.page_size"], "{first}");
    }
}

#[tokio::test]
async fn only_posts_of_one_json_object_from_the_console_pass() {
    let gateway = gateway(&World::new(1), options());
    let good = json!({ "query": "{__typename}" }).to_string();
    let post = |name: &'static str, value: &'static str, body: String| {
        let mut request = request("POST", "/graphql", "").body(Body::from(body)).unwrap();
        if name.is_empty() {
            return request;
        }
        if value.is_empty() {
            request.headers_mut().remove(name);
        } else {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        request
    };
    for (what, request, status) in [
        ("good", post("", "", good.clone()), 200),
        ("own origin", post("origin", "https://banlian.example", good.clone()), 200),
        ("foreign origin", post("origin", "https://elsewhere.example", good.clone()), 403),
        ("null origin", post("origin", "null", good.clone()), 403),
        ("no console", post("banlian-console", "", good.clone()), 403),
        ("text", post("content-type", "text/plain", good.clone()), 415),
        ("form", post("content-type", "application/x-www-form-urlencoded", good.clone()), 415),
        ("batch", post("", "", format!("[{good}]")), 400),
        ("array as struct", post("", "", "[\"{__typename}\"]".into()), 400),
        ("no JSON", post("", "", "{".into()), 400),
        ("large", post("", "", format!("{{\"query\":\"{}\"}}", "x".repeat(200_000))), 413),
    ] {
        let answer = send(&gateway, request).await;
        assert_eq!(answer.status.as_u16(), status, "{what}");
        assert!(answer.headers.contains_key("x-request-id"), "{what}");
        assert!(answer.headers.contains_key("content-security-policy"), "{what}");
    }
    let get =
        send(&gateway, request("GET", "/graphql?query={__typename}", "").body(Body::empty()).unwrap()).await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_failed_relation_is_null_coded_and_says_nothing_of_the_inside() {
    let world = World::new(10);
    let gateway = gateway(&world, options());
    let query = "{studios(first:30){nodes{name figures(period:\"1999\"){period}}}}";
    let answer = ask(&gateway, query).await;
    let json = answer.json();
    assert!(!json.to_string().contains("secret"), "{json}");
    let errors = json["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 20);
    let extensions = &errors[0]["extensions"];
    assert_eq!(extensions["code"], "platform.internal");
    assert_eq!(extensions["requestId"], answer.headers["x-request-id"].to_str().unwrap());
    assert_eq!(errors[0]["message"], extensions["messageZh"]);
    let nodes = json["data"]["studios"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 30);
    assert!(nodes.iter().all(|node| node.as_object().unwrap().get("figures") == Some(&json!(null))));
    assert_eq!(world.asked::<contract::analytics::StudioFigures>(), 1, "a failure is shared by its level");
}

#[tokio::test]
async fn texts_follow_the_readers_language() {
    let gateway = gateway(&World::new(1), options());
    let mut request =
        request("POST", "/graphql", "").body(Body::from(json!({ "query": "{nope}" }).to_string())).unwrap();
    request.headers_mut().insert("accept-language", "en-GB,en;q=0.9".parse().unwrap());
    let json = send(&gateway, request).await.json();
    assert_eq!(json["errors"][0]["message"], json["errors"][0]["extensions"]["messageEn"]);
}

#[tokio::test]
async fn what_a_caller_should_correct_is_in_the_payload() {
    let gateway = gateway(&World::new(1), options());
    let id = format!("task_{}", uuid(1).simple());
    let query = format!(
        "mutation{{closeTask(input:{{idempotencyKey:\"12345678\",id:\"{id}\"}}){{task{{id}} userErrors{{code field messageZh params{{name value}}}}}}}}"
    );
    let json = ask(&gateway, &query).await.json();
    assert_eq!(json["errors"], json!(null));
    let payload = &json["data"]["closeTask"];
    assert_eq!(payload["task"], json!(null));
    assert_eq!(payload["userErrors"][0]["code"], "studios.evidence_or_reason");
    assert_eq!(payload["userErrors"][0]["field"], "reason");
}

#[tokio::test]
async fn an_id_of_another_kind_is_refused_with_the_kind_that_is_wanted() {
    let gateway = gateway(&World::new(1), options());
    let answer = ask(&gateway, &format!("{{studio(id:\"task_{}\"){{id}}}}", uuid(1).simple())).await;
    assert_eq!(answer.codes(), ["gateway.document"]);
    assert!(answer.json()["errors"][0]["message"].as_str().unwrap().contains("studio_"));
    for (id, kind) in [
        ("studio", "Studio"),
        ("task", "Task"),
        ("organisation", "Organisation"),
        ("person", "Person"),
        ("class", "HomeroomClass"),
        ("planitem", "PlanItem"),
    ] {
        let answer =
            ask(&gateway, &format!("{{node(id:\"{id}_{}\"){{__typename id}}}}", uuid(1).simple())).await;
        assert_eq!(answer.json()["data"]["node"]["__typename"], kind, "{:?}", answer.json());
    }
    for id in ["", "x", "grant_1", "studio_", "studio_zz"] {
        let answer = ask(&gateway, &format!("{{node(id:\"{id}\"){{id}}}}")).await;
        assert_eq!(answer.codes(), ["platform.invalid_value"], "{id}");
    }
}

#[tokio::test]
async fn introspection_is_for_development() {
    let world = World::new(1);
    let closed = gateway(&world, options());
    let open = gateway(&world, Options { development: true, ..options() });
    for query in [
        "{__schema{types{name}}}",
        "{__type(name:\"Query\"){name}}",
        "{...f}fragment f on Query{__schema{queryType{name}}}",
    ] {
        assert_eq!(ask(&closed, query).await.codes(), ["gateway.document"], "{query}");
        assert_eq!(ask(&open, query).await.codes(), [""; 0], "{query}");
    }
    assert_eq!(ask(&closed, "{errorCodes{code}}").await.json()["data"]["errorCodes"], json!(null));
    assert!(ask(&open, "{errorCodes{code}}").await.json()["data"]["errorCodes"][0]["code"].is_string());
    assert!(!ask(&closed, "{me{id}}").await.headers.contains_key("x-banlian-calls"));
    let page = send(&open, request("GET", "/graphql", "").body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn a_panic_is_answered_and_says_nothing() {
    let mut world = World::new(1);
    std::sync::Arc::get_mut(&mut world).unwrap().panics = true;
    let gateway = gateway(&world, options());
    let query = format!(
        "{{overview(organisation:\"organisation_{}\",period:\"2025\"){{schoolCount}}}}",
        uuid(1).simple()
    );
    let answer = ask(&gateway, &query).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.codes(), ["platform.internal"]);
    assert!(!answer.json().to_string().contains("as the test wants"));
}

#[tokio::test]
async fn a_variables_default_counts_for_skip_and_include() {
    let gateway = gateway(&World::new(1), options());
    let query = "query($yes:Boolean=true){me @include(if:$yes){id} roles @skip(if:$yes){code}}";
    let json = ask(&gateway, query).await.json();
    assert!(json["data"]["me"]["id"].is_string() && json["data"].get("roles").is_none(), "{json}");
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_not_waited_for() {
    let mut world = World::new(1);
    std::sync::Arc::get_mut(&mut world).unwrap().hangs = true;
    let gateway = gateway(&world, options());
    let query = format!(
        "{{roles{{code}} whoCouldSee(id:\"organisation_{}\",on:\"2026-05-18\"){{writes}}}}",
        uuid(1).simple()
    );
    let answer = ask(&gateway, &query).await;
    assert_eq!((answer.status, answer.codes()), (StatusCode::OK, vec!["platform.deadline_exceeded".into()]));
}

#[test]
fn no_error_is_made_of_a_text_alone() {
    // Such an error has no source, and would be shown as it is.
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for banned in ["async_graphql::Error::new(", "ServerError::new(", "async_graphql::Error::from("] {
                assert!(!code.contains(banned), "{}: {banned}", path.display());
            }
        }
    }
}
