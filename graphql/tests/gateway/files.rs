//! Files beside GraphQL.

use crate::world::{World, uuid};
use crate::{gateway, options, request, send};
use axum::body::Body;
use axum::http::StatusCode;

#[tokio::test]
async fn an_import_is_taken_as_the_bytes_that_came() {
    let gateway = gateway(&World::new(1), options());
    let organisation = format!("organisation_{}", uuid(1).simple());
    let path = |service: &str, kind: &str, rest: &str| {
        format!(
            "/files/imports/{service}/{kind}?organisation={organisation}&fileName=%E4%BA%BA.xlsx&dryRun=true&idempotencyKey=12345678{rest}"
        )
    };
    for (path, body, status, code) in [
        (path("tenancy", "people", ""), "PK", 200, None),
        (path("studios", "plan_items", ""), "PK", 200, None),
        (path("tenancy", "people", ""), "", 422, Some("imports.file")),
        (path("tenancy", "studios", ""), "PK", 404, Some("platform.not_found")),
        (path("nope", "people", ""), "PK", 404, Some("platform.not_found")),
        ("/files/imports/tenancy/people".to_owned(), "PK", 422, Some("platform.required")),
        (
            path("tenancy", "people", "").replace("organisation_", "studio_"),
            "PK",
            422,
            Some("platform.invalid_value"),
        ),
    ] {
        let request = request("POST", &path, "officer").body(Body::from(body)).unwrap();
        let answer = send(&gateway, request).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let json = answer.json();
        assert_eq!(json["code"].as_str(), code, "{path} {json}");
        assert!(answer.headers.contains_key("x-request-id"));
        if status == 200 {
            assert_eq!((&json["state"], &json["fileName"]), (&"CHECKED".into(), &"人员.xlsx".into()));
        }
    }
    let large =
        request("POST", &path("tenancy", "people", ""), "officer")
            .body(Body::from(vec![0; 21 * 1024 * 1024]));
    assert_eq!(send(&gateway, large.unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_file_is_an_attachment_that_is_not_kept() {
    let gateway = gateway(&World::new(1), options());
    let filter = "%7B%22search%22%3A%22%E8%81%8C%E6%A0%A1%22%2C%22kind%22%3A%22SCHOOL%22%7D";
    let path = format!("/files/exports/organisations.xlsx?filter={filter}&asOf=2026-01-01");
    let answer = send(&gateway, request("GET", &path, "officer").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::OK, b"PK export".as_slice()));
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    let disposition = answer.headers["content-disposition"].to_str().unwrap();
    assert!(
        disposition
            .starts_with("attachment; filename=\"organisations-2026-05-18.xlsx\"; filename*=UTF-8''%E6")
    );
    for (path, status) in [
        ("/files/templates/tenancy/people.xlsx", 200),
        ("/files/templates/tenancy/people", 404),
        ("/files/templates/tenancy/tasks.xlsx", 404),
        ("/files/errors/tenancy/import_x.xlsx", 404),
        ("/files/exports/secrets.xlsx", 404),
        ("/files/exports/organisations.xlsx?filter=%7B", 422),
        ("/files/exports/organisations.xlsx?filter=%7B%22kind%22%3A%22NOPE%22%7D", 422),
        ("/files/exports/organisations.xlsx?asOf=2026-13-01", 422),
        ("/files/exports/members.xlsx", 422),
        ("/files/exports/plan_items.xlsx?filter=%7B%22schoolYear%22%3A2025%7D", 422),
        ("/files/nope", 404),
    ] {
        let answer = send(&gateway, request("GET", path, "officer").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn nobody_gets_no_file() {
    let gateway = gateway(&World::new(1), options());
    let get = request("GET", "/files/templates/tenancy/people.xlsx", "").body(Body::empty()).unwrap();
    assert_eq!(send(&gateway, get).await.status, StatusCode::UNAUTHORIZED);
    let mut post =
        request("POST", "/files/imports/tenancy/people", "officer").body(Body::from("PK")).unwrap();
    post.headers_mut().remove("banlian-console");
    assert_eq!(send(&gateway, post).await.status, StatusCode::FORBIDDEN);
}
