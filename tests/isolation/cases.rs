//! One case for every mutation, every query and every operation of the contract, with names (`$studio`) for ids.

mod mutations;
mod operations;
mod queries;

pub(crate) use mutations::{As, MUTATIONS, Mutation};
pub(crate) use operations::OPERATIONS;
pub(crate) use queries::QUERIES;

use serde_json::Value;
use std::collections::HashMap;

/// What the names in cases stand for.
pub(crate) type Names = HashMap<&'static str, Value>;

/// A case's JSON with its names replaced. A name that stands for nothing is a fault of the test.
pub(crate) fn filled(json: &str, names: &Names) -> Value {
    let value: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    replaced(value, names)
}

fn replaced(value: Value, names: &Names) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => names.get(name).unwrap_or_else(|| panic!("no ${name}")).clone(),
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(|item| replaced(item, names)).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, replaced(value, names))).collect()
        }
        other => other,
    }
}

/// The fields of a root type of the checked-in schema.
pub(crate) fn fields_of(root: &str) -> Vec<String> {
    let sdl =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../graphql/schema.graphql")).unwrap();
    let begins = format!("type {root} {{");
    let mut fields = Vec::new();
    let mut quoted = false;
    for line in sdl.lines().skip_while(|line| *line != begins).skip(1).take_while(|line| *line != "}") {
        if line.trim() == "\"\"\"" {
            quoted = !quoted;
        } else if !quoted {
            let name: String = line.trim().chars().take_while(char::is_ascii_alphanumeric).collect();
            fields.push(name);
        }
    }
    assert!(!fields.is_empty(), "{root} has no fields");
    fields
}
