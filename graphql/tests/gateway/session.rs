//! Who asks: cookie, hat, cache.

use crate::world::{World, grant};
use crate::{gateway, options, request, send};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use contract::tenancy::Resume;
use graphql::Options;
use serde_json::{Value, json};
use std::net::SocketAddr;

async fn under(gateway: &Router, token: &str, hat: Option<usize>, query: &str) -> Value {
    let mut request =
        request("POST", "/graphql", token).body(Body::from(json!({ "query": query }).to_string())).unwrap();
    if let Some(hat) = hat {
        request.headers_mut().insert("banlian-hat", grant(hat).to_string().parse().unwrap());
    }
    send(gateway, request).await.json()
}

#[tokio::test]
async fn what_is_believed_of_one_hat_is_not_believed_of_another() {
    let world = World::new(3);
    let gateway = gateway(&world, options());
    let numbers = "{organisations(first:1){nodes{no}}}";
    for _ in 0..3 {
        for (hat, number) in [(None, 1), (Some(1), 1001), (Some(2), 2001), (Some(0), 1)] {
            let json = under(&gateway, "officer", hat, numbers).await;
            assert_eq!(json["data"]["organisations"]["nodes"][0]["no"], number, "{hat:?} {json}");
        }
        let nobody = under(&gateway, "strange", Some(1), "{me{id}}").await;
        assert_eq!(nobody["data"]["me"], json!(null));
    }
    assert_eq!(world.asked::<Resume>(), 4 + 3, "each hat once; a session that is over is never remembered");
}

#[tokio::test]
async fn after_a_change_of_rights_nobody_is_believed_unseen() {
    let world = World::new(3);
    let gateway = gateway(&world, options());
    let ask = async |query: &str| under(&gateway, "officer", None, query).await;
    ask("{me{id}}").await;
    ask("{me{id}}").await;
    assert_eq!(world.asked::<Resume>(), 1);
    let session = format!("session_{}", uuid::Uuid::nil().simple());
    let revoke = |key: &str| {
        format!("mutation{{revokeSession(input:{{idempotencyKey:\"{key}\",session:\"{session}\"}}){{done}}}}")
    };
    let done = ask(&revoke("journey-1")).await;
    assert_eq!(done["data"]["revokeSession"]["done"], true, "{done}");
    ask("{me{id}}").await;
    assert_eq!(world.asked::<Resume>(), 2, "looked up again");
    // What is refused changes nothing.
    ask("mutation{revokeGrant(input:{idempotencyKey:\"journey-2\",grant:\"grant_00000000000000000000000000000000\"}){grant{id}}}").await;
    ask("{me{id}}").await;
    assert_eq!(world.asked::<Resume>(), 2);
}

#[tokio::test]
async fn a_hat_that_is_not_theirs_is_refused() {
    let gateway = gateway(&World::new(1), options());
    let json = under(&gateway, "officer", Some(9), "{me{id}}").await;
    assert_eq!(json["errors"][0]["extensions"]["code"], "platform.forbidden");
}

#[tokio::test]
async fn me_shows_the_hat_and_the_hats() {
    let gateway = gateway(&World::new(1), options());
    let json =
        under(&gateway, "officer", Some(2), "{me{name hat{grant} hats{grant} mustChangePassword}}").await;
    assert_eq!(json["data"]["me"]["hat"]["grant"], grant(2).to_string());
    assert_eq!(json["data"]["me"]["hats"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn before_the_password_is_changed_nothing_else_is_answered() {
    let gateway = gateway(&World::new(1), options());
    for (query, code) in [
        ("{me{mustChangePassword}}", Value::Null),
        ("{me{id} roles{code}}", json!("tenancy.password_change_required")),
        ("{...f}fragment f on Query{studios{totalCount}}", json!("tenancy.password_change_required")),
        (
            "mutation{changePassword(input:{idempotencyKey:\"12345678\",present:\"a\",new:\"b\"}){done}}",
            Value::Null,
        ),
        ("mutation{signOut(input:{idempotencyKey:\"12345678\"}){done}}", Value::Null),
    ] {
        let json = under(&gateway, "new", None, query).await;
        assert_eq!(json["errors"][0]["extensions"]["code"], code, "{query}");
    }
    let file = request("GET", "/files/templates/tenancy/people.xlsx", "new").body(Body::empty()).unwrap();
    assert_eq!(send(&gateway, file).await.json()["code"], "tenancy.password_change_required");
}

#[tokio::test]
async fn signing_in_sets_the_cookie_and_signing_out_ends_it() {
    let gateway = gateway(&World::new(1), options());
    let sign_in = |password: &str| {
        let query = "mutation($i:SignInInput!){signIn(input:$i){me{name sessions{id}} userErrors{code}}}";
        let body = json!({ "query": query, "variables": { "i": { "login": "lina", "password": password } } });
        request("POST", "/graphql", "").body(Body::from(body.to_string())).unwrap()
    };
    let wrong = send(&gateway, sign_in("wrong")).await;
    assert_eq!(wrong.json()["data"]["signIn"]["userErrors"][0]["code"], "tenancy.sign_in_failed");
    assert!(!wrong.headers.contains_key("set-cookie"));
    let right = send(&gateway, sign_in("right")).await;
    assert_eq!(right.json()["data"]["signIn"]["me"]["name"], "李娜", "{}", right.json());
    let cookie = right.headers["set-cookie"].to_str().unwrap();
    assert_eq!(cookie, "__Host-banlian=officer; Path=/; HttpOnly; SameSite=Strict; Secure");
    let query = "mutation{signOut(input:{idempotencyKey:\"12345678\"}){done}}";
    let out = request("POST", "/graphql", "officer").body(Body::from(json!({ "query": query }).to_string()));
    let out = send(&gateway, out.unwrap()).await;
    assert!(out.headers["set-cookie"].to_str().unwrap().ends_with("Max-Age=0"));
}

#[tokio::test]
async fn a_session_that_is_over_is_forgotten_with_the_sign_out() {
    let world = World::new(1);
    let gateway = gateway(&world, options());
    assert!(under(&gateway, "officer", None, "{me{id}}").await["data"]["me"]["id"].is_string());
    let out = "mutation{signOut(input:{idempotencyKey:\"12345678\"}){done}}";
    under(&gateway, "officer", None, out).await;
    *world.over.lock().unwrap() = true;
    assert_eq!(under(&gateway, "officer", None, "{me{id}}").await["data"]["me"], Value::Null);
}

#[tokio::test]
async fn a_sign_in_knows_where_it_came_from() {
    for (forwarded, header, source) in [
        (false, Some("9.9.9.9"), "10.0.0.7"),
        (true, Some("1.1.1.1, 9.9.9.9"), "9.9.9.9"),
        (true, Some("nonsense"), "10.0.0.7"),
        (true, None, "10.0.0.7"),
    ] {
        let world = World::new(1);
        let gateway = gateway(&world, Options { forwarded, ..options() });
        let query = "mutation{signIn(input:{login:\"lina\",password:\"wrong\"}){userErrors{code}}}";
        let body = Body::from(json!({ "query": query }).to_string());
        let mut request = request("POST", "/graphql", "").body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo("10.0.0.7:555".parse::<SocketAddr>().unwrap()));
        if let Some(header) = header {
            request.headers_mut().insert("x-forwarded-for", header.parse().unwrap());
        }
        send(&gateway, request).await;
        assert_eq!(*world.sources.lock().unwrap(), [source], "{forwarded} {header:?}");
    }
}
