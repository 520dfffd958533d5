//! The schema is a checked-in file: a change of it is a diff in review. `UPDATE=1` rewrites.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
        std::fs::write(&path, text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "{name} has changed: UPDATE=1 cargo test -p graphql --test schema");
}

#[test]
fn the_schema_is_the_checked_in_one() {
    compare("schema.graphql", &graphql::sdl());
}

#[test]
fn the_schema_with_federation_keys_is_the_checked_in_one() {
    let text = graphql::federated_sdl();
    for name in ["Organisation", "Person", "HomeroomClass", "Studio", "PlanItem", "Task"] {
        let key = format!("type {name} implements Node @key(fields: \"id\", resolvable: false)");
        assert!(text.contains(&key), "{name}");
    }
    compare("schema.federated.graphql", &text);
}
