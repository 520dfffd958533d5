//! The schema's shape, read from its own text: what the walk needs to know of types, fields and lists.

use async_graphql::Value;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use std::collections::{HashMap, HashSet};
use vocabulary::{COMPUTED, Error, Result};

/// What the walk reckons a plain list to hold.
const USUAL: u64 = 10;
/// Lists that are known to be longer.
const LONGER: &[(&str, &str, u64)] = &[
    ("Overview", "schools", 250),
    ("Studio", "planItems", 50),
    ("Studio", "members", 20),
    ("StudioSession", "attendance", 20),
];

/// A field of an object.
pub(crate) struct FieldShape {
    /// The named type of its value.
    pub(crate) of: String,
    /// How many objects it is reckoned to give: 1, unless it is a plain list.
    pub(crate) reckoned: u64,
    /// Its default for `first`, where it is a page of a list.
    pub(crate) first: Option<u64>,
}

/// The schema's shape.
pub(crate) struct Shape {
    objects: HashMap<String, HashMap<String, FieldShape>>,
    inputs: HashSet<String>,
}

impl Shape {
    /// Reads the schema's text.
    pub(crate) fn read(sdl: &str) -> Result<Self> {
        let document = parse_schema(sdl).map_err(Error::internal)?;
        let mut objects = HashMap::new();
        let mut inputs: HashSet<String> =
            ["Int", "Float", "String", "Boolean", "ID"].into_iter().map(str::to_owned).collect();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => {
                    inputs.insert(name);
                    continue;
                }
                TypeKind::Union(_) => continue,
            };
            let fields = fields
                .into_iter()
                .map(|field| (field.node.name.node.to_string(), field_shape(&name, &field.node)));
            objects.insert(name.clone(), fields.collect());
        }
        Ok(Self { objects, inputs })
    }

    /// A field of an object, where there is one.
    pub(crate) fn field(&self, object: &str, field: &str) -> Option<&FieldShape> {
        self.objects.get(object)?.get(field)
    }

    /// Whether a variable may be of this type.
    pub(crate) fn is_input(&self, of: &Type) -> bool {
        self.inputs.contains(named(of).0)
    }
}

/// The named type, and whether a list is around it.
fn named(of: &Type) -> (&str, bool) {
    match &of.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}

fn field_shape(object: &str, field: &FieldDefinition) -> FieldShape {
    let (of, list) = named(&field.ty.node);
    let name = field.name.node.as_str();
    let longer = LONGER.iter().find(|(o, f, _)| *o == object && *f == name).map(|(_, _, many)| *many);
    let reckoned = match of {
        // What a page holds is reckoned at the field that asks for the page.
        _ if !list || object.ends_with("Connection") => 1,
        "Figure" => COMPUTED.len() as u64,
        _ => longer.unwrap_or(USUAL),
    };
    let first = field.arguments.iter().find(|argument| argument.node.name.node == "first");
    let first = first.map(|argument| match argument.node.default_value.as_ref().map(|value| &value.node) {
        Some(Value::Number(number)) => number.as_u64().unwrap_or(100),
        _ => 100,
    });
    FieldShape { of: of.to_owned(), reckoned, first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_tells_types_pages_and_lists() {
        let shape = Shape::read(&crate::sdl()).unwrap();
        let studios = shape.field("Query", "studios").unwrap();
        assert_eq!((studios.of.as_str(), studios.first, studios.reckoned), ("StudioConnection", Some(20), 1));
        assert_eq!(shape.field("StudioConnection", "nodes").unwrap().reckoned, 1);
        assert_eq!(shape.field("Overview", "schools").unwrap().reckoned, 250);
        assert!(shape.field("SubjectFigures", "figures").unwrap().reckoned >= 9);
        for (text, known) in [
            ("[ID!]!", true),
            ("Period", true),
            ("CloseTaskInput!", true),
            ("[Nope!]", false),
            ("Studio", false),
        ] {
            assert_eq!(shape.is_input(&Type::new(text).unwrap()), known, "{text}");
        }
    }
}
