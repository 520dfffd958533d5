//! The walk over a parsed document, before anything else touches it.
//!
//! It catches what the library does not survive (a variable of an unknown type with a list as its default panics;
//! nested fragments keep its recursion check busy for a time that doubles with each level) and holds the limits.
//! Every limit is checked *before* going deeper, so that a cycle of fragments ends here too.

use super::shape::{FieldShape, Shape};
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};
use std::collections::HashSet;
use vocabulary::{Code, Error, MAX_FIRST, Result};

/// How far a document may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Fields beside an alias.
    pub(crate) aliases: usize,
    /// Fields of the root.
    pub(crate) root_fields: usize,
    /// Selections, counted each time a fragment is spread.
    pub(crate) selections: usize,
    /// Levels of fields.
    pub(crate) depth: usize,
    /// What it may cost.
    pub(crate) cost: u64,
}

impl Limits {
    /// For documents that anybody may send.
    pub(crate) const OTHERS: Self =
        Self { aliases: 15, root_fields: 10, selections: 1_000, depth: 12, cost: 20_000 };
    /// For the console's own, which were looked at.
    pub(crate) const KNOWN: Self =
        Self { aliases: 60, root_fields: 20, selections: 2_000, depth: 16, cost: 200_000 };
    /// For questions about the schema itself, in development.
    pub(crate) const INTROSPECTION: Self =
        Self { aliases: 15, root_fields: 3, selections: 1_000, depth: 24, cost: 20_000 };
}

/// Fragments within fragments.
const NESTED_FRAGMENTS: usize = 24;
/// Variables of an operation.
const VARIABLES: usize = 50;
/// Arguments of a field, directives of a selection.
const ARGUMENTS: usize = 20;
/// Items of a list in an argument or a variable.
const LIST: usize = 250;

/// What the walk saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Walked {
    /// Query, mutation or subscription.
    pub(crate) kind: OperationType,
    /// The root's fields, by name, fragments spread.
    pub(crate) root: Vec<String>,
    /// What it costs at most: one for each field, times the sizes of the lists around it.
    pub(crate) cost: u64,
}

impl Walked {
    /// Whether it asks about the schema itself and about nothing else.
    pub(crate) fn introspection(&self) -> bool {
        self.root.iter().all(|field| field.starts_with("__"))
    }
}

fn over(limit: &str, at_most: impl std::fmt::Display) -> Error {
    Error::new(Code::DocumentLimit).with("limit", format!("{limit} ≤ {at_most}"))
}

fn wrong(reason: impl std::fmt::Display) -> Error {
    Error::new(Code::Document).with("reason", reason)
}

/// Walks the document's one operation.
pub(crate) fn walk(
    shape: &Shape,
    document: &ExecutableDocument,
    variables: &Variables,
    limits: Limits,
) -> Result<Walked> {
    if document.operations.iter().count() != 1 {
        return Err(over("operations", 1));
    }
    let Some((_, operation)) = document.operations.iter().next() else { return Err(over("operations", 1)) };
    let operation = &operation.node;
    check_variables(shape, operation, variables)?;
    let mut walk = Walk {
        shape,
        document,
        operation,
        variables,
        limits,
        root: Vec::new(),
        aliases: 0,
        selections: 0,
        spread: HashSet::new(),
    };
    check_directives(&operation.directives)?;
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let cost = walk.set(&operation.selection_set.node, Some(root), 1, 0)?;
    if let Some(unused) = document.fragments.keys().find(|name| !walk.spread.contains(*name)) {
        return Err(wrong(format_args!("fragment \"{unused}\" is never used")));
    }
    if cost > limits.cost {
        return Err(over("cost", limits.cost));
    }
    Ok(Walked { kind: operation.ty, root: walk.root, cost })
}

/// The variables' types are known, and their lists no longer than a level's page may be.
pub(crate) fn check_variables(
    shape: &Shape,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<()> {
    if operation.variable_definitions.len() > VARIABLES || variables.len() > VARIABLES {
        return Err(over("variables", VARIABLES));
    }
    for definition in &operation.variable_definitions {
        let of = &definition.node.var_type.node;
        if !shape.is_input(of) {
            return Err(wrong(format_args!("unknown input type \"{of}\"")));
        }
        check_directives(&definition.node.directives)?;
        if let Some(default) = &definition.node.default_value {
            check_lists(&default.node)?;
        }
    }
    variables.values().try_for_each(check_lists)
}

fn check_directives(directives: &[Positioned<Directive>]) -> Result<()> {
    if directives.len() > ARGUMENTS || directives.iter().any(|one| one.node.arguments.len() > ARGUMENTS) {
        return Err(over("directives", ARGUMENTS));
    }
    Ok(())
}

/// No list in an input is longer than a level's page may be.
fn check_lists(value: &Value) -> Result<()> {
    match value {
        Value::List(items) if items.len() > LIST => Err(over("list", LIST)),
        Value::List(items) => items.iter().try_for_each(check_lists),
        Value::Object(fields) => fields.values().try_for_each(check_lists),
        _ => Ok(()),
    }
}

struct Walk<'a> {
    shape: &'a Shape,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    limits: Limits,
    root: Vec<String>,
    aliases: usize,
    selections: usize,
    spread: HashSet<&'a Name>,
}

impl<'a> Walk<'a> {
    /// What a selection set costs on an object of this type. `depth` counts fields, `nested` fragments.
    fn set(
        &mut self,
        set: &'a SelectionSet,
        object: Option<&str>,
        depth: usize,
        nested: usize,
    ) -> Result<u64> {
        if depth > self.limits.depth {
            return Err(over("depth", self.limits.depth));
        }
        if nested > NESTED_FRAGMENTS {
            return Err(over("nested fragments", NESTED_FRAGMENTS));
        }
        let mut cost = 0_u64;
        for selection in &set.items {
            self.selections += 1;
            if self.selections > self.limits.selections {
                return Err(over("selections", self.limits.selections));
            }
            check_directives(selection.node.directives())?;
            let more = match &selection.node {
                Selection::Field(field) => self.field(&field.node, object, depth)?,
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let known = self.document.fragments.get_key_value(name);
                    let Some((name, fragment)) = known else {
                        return Err(wrong(format_args!("unknown fragment \"{name}\"")));
                    };
                    self.spread.insert(name);
                    check_directives(&fragment.node.directives)?;
                    let on = fragment.node.type_condition.node.on.node.as_str();
                    self.set(&fragment.node.selection_set.node, Some(on), depth, nested + 1)?
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    self.set(&inline.node.selection_set.node, on.or(object), depth, nested + 1)?
                }
            };
            cost = cost.saturating_add(more);
        }
        Ok(cost)
    }

    fn field(&mut self, field: &'a Field, object: Option<&str>, depth: usize) -> Result<u64> {
        if field.alias.is_some() {
            self.aliases += 1;
            if self.aliases > self.limits.aliases {
                return Err(over("aliases", self.limits.aliases));
            }
        }
        if depth == 1 {
            self.root.push(field.name.node.to_string());
            if self.root.len() > self.limits.root_fields {
                return Err(over("root fields", self.limits.root_fields));
            }
        }
        if field.arguments.len() > ARGUMENTS {
            return Err(over("arguments", ARGUMENTS));
        }
        for (_, value) in &field.arguments {
            let literal = value.node.clone().into_const_with(|_| Ok::<_, Error>(Value::Null))?;
            check_lists(&literal)?;
        }
        let shape = self.shape;
        let known = object.and_then(|object| shape.field(object, &field.name.node));
        if field.selection_set.node.items.is_empty() {
            return Ok(1);
        }
        let of = known.map(|known| known.of.as_str());
        let inner = self.set(&field.selection_set.node, of, depth + 1, 0)?;
        Ok(inner.saturating_mul(known.map_or(1, |known| self.many(field, known))).saturating_add(1))
    }

    /// How many objects a field is reckoned to give.
    fn many(&self, field: &Field, known: &FieldShape) -> u64 {
        let Some(default) = known.first else { return known.reckoned };
        let most = u64::from(MAX_FIRST.unsigned_abs());
        let Some(first) = field.get_argument("first") else { return default };
        let value = first.node.clone().into_const_with(|name| self.variable(&name).ok_or(()));
        // A variable without a value here is reckoned at the most: the console's documents are reckoned once.
        let first = match value {
            Ok(Value::Number(number)) => number.as_u64(),
            _ => None,
        };
        first.unwrap_or(most).clamp(1, most)
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        let given = self.variables.get(name).cloned();
        given.or_else(|| {
            let mut definitions = self.operation.variable_definitions.iter();
            let definition = definitions.find(|definition| definition.node.name.node == *name)?;
            definition.node.default_value.as_ref().map(|value| value.node.clone())
        })
    }
}
