//! Calls are counted: for every document the number is the same with 10 and with 100 schools.

use crate::world::{World, uuid};
use crate::{gateway, options, post};
use async_graphql::parser::types::{
    BaseType, DocumentOperations, OperationType, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::parser::{parse_query, parse_schema};
use axum::Router;
use contract::analytics::{SchoolFigures, StudioFigures};
use contract::studios::StudiosOf;
use graphql::Options;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Documents that hold what the console asks, for as long as it has written none, and beside what it writes.
const OWN: &[&str] = &[
    "query Overview($o:ID!,$p:Period!){overview(organisation:$o,period:$p){schoolCount truncated together{figures{metricId value}}
        schools{id name figures(period:$p){figures{metricId state value}} studios{id name figures(period:$p){figures{value}}}}}}",
    "query Plans($first:Int!){studios(first:$first){nodes{members{id} planItems(schoolYear:2025){id studio{name}}}}}",
    "query Studios($first:Int!){studios(first:$first){nodes{id owner{name studios{owner{no}}} members{personName} figures(period:\"2025-2026.2\"){asOf}} pageInfo{endCursor hasNextPage} totalCount totalIsMore}}",
    "query Tasks($first:Int!){tasks(first:$first){nodes{id studio{name owner{name}} planItem{title studio{id}}}}}",
    "query Organisations($first:Int!){organisations(first:$first){nodes{id grants{role} studios{id} a:figures(period:\"2025\"){asOf} b:figures(period:\"2024\"){asOf}}}}",
    "query People($first:Int!){people(first:$first){nodes{id name grants{role organisation{name}}}}}",
    "query Figure($s:ID!,$first:Int!){figure(school:$s,metric:\"3.3.1.a\",period:\"2025-2026.2\"){figure{value} trend{period figure{value}} records(first:$first){nodes{counts task{title studio{name}} member{personName} class{name}}}}}",
    "query Audit($first:Int!){audit(first:$first){nodes{action} pageInfo{endCursor}}}",
    "query Home{me{name hats{role} sessions{id}} organisationTree{key} periods{id} indicators{number metrics{id}} roles{code}}",
];

/// The console's documents, and our own.
pub(crate) fn documents() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/documents.json");
    let file = std::fs::read(path).unwrap_or_else(|_| b"{}".to_vec());
    let known: BTreeMap<String, String> = serde_json::from_slice(&file).unwrap();
    known.into_values().chain(OWN.iter().map(|text| (*text).to_owned())).collect()
}

/// Values for a document's variables, made from the schema.
pub(crate) struct Values {
    types: HashMap<String, TypeKind>,
}

impl Values {
    pub(crate) fn new() -> Self {
        let schema = parse_schema(graphql::sdl()).unwrap();
        let types = schema.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(of) => Some((of.node.name.node.to_string(), of.node.kind)),
            _ => None,
        });
        Self { types: types.collect() }
    }

    fn of(&self, name: &str, of: &Type, first: usize, prefix: &str) -> Value {
        let named = match &of.base {
            BaseType::List(inner) => return json!([self.of(name, inner, first, prefix)]),
            BaseType::Named(named) => named.as_str(),
        };
        match (named, name) {
            ("Int", "first") => json!(first),
            ("Int", _) => json!(2025),
            ("Float", _) => json!(1.0),
            ("Boolean", _) => json!(true),
            ("String", "metric") => json!("3.3.1.a"),
            ("String", _) => json!("12345678"),
            ("ID", _) => json!(format!("{}_{}", kind_of(name).unwrap_or(prefix), uuid(1).simple())),
            ("Period", _) => json!("2025-2026.2"),
            ("NaiveDate", _) => json!("2026-05-18"),
            ("DateTime", _) => json!("2026-05-18T06:00:00Z"),
            _ => match &self.types[named] {
                TypeKind::Enum(of) => json!(of.values[0].node.value.node.as_str()),
                TypeKind::InputObject(of) => {
                    let fields =
                        of.fields.iter().map(|field| &field.node).filter(|field| !field.ty.node.nullable);
                    let fields = fields.map(|field| {
                        let name = field.name.node.as_str();
                        (name.to_owned(), self.of(name, &field.ty.node, first, prefix))
                    });
                    Value::Object(fields.collect::<Map<_, _>>())
                }
                other => panic!("{named}: {other:?}"),
            },
        }
    }

    /// The document's kind and its variables; ids are of the kinds given, in turn.
    pub(crate) fn variables(&self, text: &str, first: usize, prefixes: &[String]) -> (OperationType, Value) {
        let document = parse_query(text).unwrap();
        let operation = match &document.operations {
            DocumentOperations::Single(operation) => &operation.node,
            DocumentOperations::Multiple(operations) => &operations.values().next().unwrap().node,
        };
        let mut prefixes = prefixes.iter().cycle();
        let mut values = Map::new();
        for definition in &operation.variable_definitions {
            let (name, of) = (definition.node.name.node.as_str(), &definition.node.var_type.node);
            // What may be left out is left out, but for what decides how much comes back.
            if of.nullable && definition.node.default_value.is_none() && name != "first" && !is_id(of) {
                continue;
            }
            let prefix = prefixes.next().map_or("organisation", String::as_str);
            let value = if of.nullable && is_id(of) && prefix == "none" {
                Value::Null
            } else {
                self.of(name, of, first, prefix)
            };
            values.insert(name.to_owned(), value);
        }
        (operation.ty, Value::Object(values))
    }
}

/// The kind of id that an input's field takes, where its name tells.
fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "organisation" | "school" | "authority" | "into" | "under" => "organisation",
        "person" | "owner" | "present" | "absent" => "person",
        "studio" => "studio",
        "class" => "class",
        "planItem" => "planitem",
        "grant" => "grant",
        "session" => "session",
        "assignment" => "assignment",
        _ => return None,
    })
}

fn is_id(of: &Type) -> bool {
    matches!(&of.base, BaseType::Named(name) if name == "ID")
}

/// Every choice of id kinds for `many` variables.
fn choices(many: usize) -> Vec<Vec<String>> {
    let kinds = [
        "organisation",
        "studio",
        "task",
        "studiosession",
        "person",
        "class",
        "planitem",
        "membership",
        "import",
        "none",
    ];
    (0..many).fold(vec![vec![]], |choices, _| {
        let longer = |choice: &Vec<String>| -> Vec<Vec<String>> {
            kinds.iter().map(|kind| choice.iter().cloned().chain([(*kind).to_owned()]).collect()).collect()
        };
        choices.iter().flat_map(longer).collect()
    })
}

/// The calls that a document takes, and its answer. The kinds of ids are found by trying.
async fn calls(gateway: &Router, values: &Values, text: &str, first: usize) -> (u32, Value) {
    let many = parse_query(text).unwrap().operations.iter().next().unwrap().1.node.variable_definitions.len();
    let mut last = (0, Value::Null);
    for prefixes in choices(many.min(3)) {
        let (_, variables) = values.variables(text, first, &prefixes);
        let answer = post(gateway, &json!({ "query": text, "variables": variables })).await;
        let count = answer.headers["x-banlian-calls"].to_str().unwrap().parse().unwrap();
        last = (count, answer.json());
        if answer.codes().is_empty() {
            break;
        }
    }
    last
}

#[tokio::test]
async fn the_number_of_calls_does_not_grow_with_the_number_of_schools() {
    let values = Values::new();
    let development = || Options { development: true, ..options() };
    let (few, many) = (gateway(&World::new(10), development()), gateway(&World::new(100), development()));
    for text in documents() {
        let (kind, _) = values.variables(&text, 10, &[]);
        if kind == OperationType::Subscription {
            continue;
        }
        let (with_few, answer) = calls(&few, &values, &text, 10).await;
        assert_eq!(answer["errors"], Value::Null, "{text}");
        let (with_many, answer) = calls(&many, &values, &text, 100).await;
        assert_eq!(answer["errors"], Value::Null, "{text}");
        assert_eq!(with_few, with_many, "{text}");
    }
}

#[tokio::test]
async fn the_overview_asks_each_relation_once() {
    let world = World::new(100);
    let gateway = gateway(&world, options());
    let query = "query($o:ID!,$p:Period!){overview(organisation:$o,period:$p){schools{figures(period:$p){asOf} studios{figures(period:$p){asOf}}}}}";
    let variables = json!({ "o": format!("organisation_{}", uuid(1).simple()), "p": "2025-2026.2" });
    let answer = post(&gateway, &json!({ "query": query, "variables": variables })).await;
    let json = answer.json();
    let schools = json["data"]["overview"]["schools"].as_array().unwrap();
    assert_eq!((schools.len(), schools[99]["studios"].as_array().unwrap().len()), (100, 3));
    assert_eq!(
        [world.asked::<SchoolFigures>(), world.asked::<StudiosOf>(), world.asked::<StudioFigures>()],
        [1, 1, 1]
    );
}

#[tokio::test]
async fn every_document_of_the_console_is_known_by_its_hash() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/documents.json");
    if !path.exists() {
        return;
    }
    let known: BTreeMap<String, String> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let gateway = gateway(&World::new(3), Options { documents: Some(path), ..options() });
    for (hash, text) in known {
        for body in [
            json!({ "documentId": hash }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } }),
        ] {
            let codes = post(&gateway, &body).await.codes();
            assert!(!codes.contains(&"gateway.document_unknown".to_owned()), "not taken: {text}");
        }
    }
    let unknown = post(&gateway, &json!({ "documentId": "0".repeat(64) })).await;
    assert_eq!(unknown.codes(), ["gateway.document_unknown"]);
}
