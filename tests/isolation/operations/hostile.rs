//! Malformed values for every leaf of a message.

use serde_json::{Value, json};

/// What a value is replaced by: wrong types, huge strings, NULs, negative numbers, far dates, empty and overlong lists.
fn values(leaf: &Value) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("null", Value::Null),
        ("a truth value", json!(true)),
        ("an object", json!({ "a": [1] })),
        ("-1", json!(-1)),
        ("the largest number", json!(i32::MAX)),
        ("beyond the largest number", json!(i64::MAX)),
        ("a fraction", json!(1.5e300)),
        ("an empty text", json!("")),
        ("a NUL", json!("a\u{0}b")),
        ("a quote", json!("'; drop table x; --%_\\")),
        ("a huge text", json!("长".repeat(20_000))),
        ("an empty list", json!([])),
    ];
    if leaf.is_string() {
        all.extend([
            ("a far day", json!("9999-12-31")),
            ("an early day", json!("-262143-01-01")),
            ("the farthest day", json!("+262142-12-31")),
            ("no day", json!("2026-02-30")),
            ("a far moment", json!("9999-12-31T23:59:59Z")),
            ("the farthest moment", json!("+262142-12-31T23:59:59Z")),
            ("an id of another kind", json!("planet_0190aaaaaaaa7000800000000000aaaa")),
            ("an id cut short", json!("task_0190")),
            ("right-to-left", json!("\u{202e}\u{0}\u{feff}")),
        ]);
    }
    if let Value::Array(items) = leaf {
        let item = items.first().cloned().unwrap_or(Value::Null);
        all.push(("10,001 items", json!(vec![item.clone(); 10_001])));
        all.push(("a list of lists", json!([[item]])));
        all.push(("a list with null", json!([null])));
    }
    all
}

/// The paths of a message's leaves and lists.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                paths(value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            found.push(at.to_owned());
            items.iter().take(1).for_each(|item| paths(item, &format!("{at}/0"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

/// A message with each leaf replaced in turn, and with each left out.
pub(super) fn messages(good: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    paths(good, "", &mut found);
    let mut messages = Vec::new();
    for path in found.iter().filter(|path| !path.is_empty()) {
        let leaf = good.pointer(path).unwrap();
        for (what, value) in values(leaf) {
            let mut message = good.clone();
            *message.pointer_mut(path).unwrap() = value;
            messages.push((format!("{what} as {path}"), message));
        }
        let (above, name) = path.rsplit_once('/').unwrap();
        let mut message = good.clone();
        if let Some(Value::Object(fields)) = message.pointer_mut(above) {
            fields.remove(name);
            messages.push((format!("without {path}"), message));
        }
    }
    messages
}
