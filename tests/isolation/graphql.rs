//! Questions by GraphQL through the gateway, over the real services: both locks together.

mod changes;
mod figures;
mod lists;
mod single;

use crate::isolation::oracle::{Oracle, Rights};
use crate::isolation::report::Report;
use crate::isolation::stage::Stage;
use crate::isolation::world::{Grant, World};
use rand::Rng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Display;

pub(crate) use changes::change;

/// Who asks: a person in a session, under a hat.
pub(crate) struct Hat<'w> {
    pub(crate) oracle: Oracle<'w>,
    pub(crate) grant: &'w Grant,
    pub(crate) rights: Rights,
    pub(crate) token: String,
    pub(crate) name: String,
    /// Whether the grant may be worn on the day; one that may not gives nothing.
    pub(crate) valid: bool,
}

impl<'w> Hat<'w> {
    pub(crate) const fn world(&self) -> &'w World {
        self.oracle.world
    }

    async fn ask(&self, stage: &Stage, query: &str, variables: Value) -> crate::isolation::stage::Answer {
        stage.ask(Some(&self.token), Some(self.grant.id), query, variables).await
    }
}

/// An id as the outside writes it.
pub(crate) fn outside(prefix: &str, id: uuid::Uuid) -> String {
    format!("{prefix}_{}", id.simple())
}

/// A list's question: its field, the types and values of its arguments, and what the oracle expects.
struct List {
    field: &'static str,
    /// `$filter: TaskFilterInput, $sort: TaskSort!` and `filter: $filter, sort: $sort`.
    declared: &'static str,
    given: &'static str,
    variables: Value,
    expected: BTreeSet<String>,
    /// What is refused to the hat's role altogether.
    refused: bool,
    /// Whether the filter names an organisation that may not be seen: an empty list, or not found, as for any other id.
    beyond: bool,
}

/// All pages of a list, in pages of a random size: the ids, and the total it tells.
async fn pages(
    stage: &Stage,
    hat: &Hat<'_>,
    list: &List,
    first: i32,
) -> Result<(BTreeSet<String>, i64), String> {
    let (field, declared, given) = (list.field, list.declared, list.given);
    let query = format!(
        "query({declared} $first: Int!, $after: String) {{ {field}({given} first: $first, after: $after)
         {{ nodes {{ id }} totalCount pageInfo {{ endCursor hasNextPage }} }} }}"
    );
    let mut variables = list.variables.clone();
    variables["first"] = json!(first);
    let mut found = BTreeSet::new();
    let mut asked = 0;
    loop {
        let answer = hat.ask(stage, &query, variables.clone()).await;
        asked += 1;
        let page = answer.data(&format!("/{field}"));
        let Some(nodes) = page["nodes"].as_array() else { return Err(answer.json.to_string()) };
        for node in nodes {
            if !found.insert(node["id"].as_str().unwrap_or_default().to_owned()) {
                return Err(format!("{} is listed twice", node["id"]));
            }
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok((found, page["totalCount"].as_i64().unwrap_or(-1)));
        }
        variables["after"] = page["pageInfo"]["endCursor"].clone();
        if asked > 200 {
            return Err("the list does not end".to_owned());
        }
    }
}

/// Asks one random question under a hat.
pub(crate) async fn question(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    if !hat.valid {
        return unworn(stage, hat, rng, report).await;
    }
    match rng.random_range(0..10) {
        0..5 => single::question(stage, hat, rng, report).await,
        5..9 => list_question(stage, hat, rng, report).await,
        _ => figures::question(stage, hat, rng, report).await,
    }
}

/// A grant that may not be worn today: whatever is asked under it is refused.
async fn unworn(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let fields = ["studios", "tasks", "studioSessions", "people", "organisations", "classes", "audit"];
    let field = fields[rng.random_range(0..fields.len())];
    let answer = hat.ask(stage, &format!("{{ {field} {{ nodes {{ id }} totalCount }} }}"), json!({})).await;
    let refused = answer.codes() == ["platform.forbidden"] && answer.data(&format!("/{field}")).is_null();
    report.check("GraphQL: grant not valid", refused, || {
        format!("{} asks for {field}: {}", hat.name, answer.json)
    });
}

async fn list_question(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let list = lists::draw(hat, rng);
    let first = rng.random_range(7..=100);
    let answer = pages(stage, hat, &list, first).await;
    let question = || format!("{} lists {} {}", hat.name, list.field, list.variables);
    match answer {
        Err(text) if list.refused => {
            report.check("GraphQL: list", text.contains("platform.forbidden"), || {
                format!("{}: {text}", question())
            });
        }
        Err(text) if list.beyond && text.contains("platform.not_found") => {
            report.check("GraphQL: list", true, question);
        }
        Err(text) => report.check("GraphQL: list", false, || format!("{}: {text}", question())),
        Ok((found, total)) => {
            report.compare("GraphQL: list", question, &list.expected, &found);
            let counted = i64::try_from(list.expected.len()).unwrap();
            report.check("GraphQL: totalCount", total == counted && !list.refused, || {
                format!("{}: tells {total}, expected {counted}", question())
            });
        }
    }
}

/// Ids of those of a list that pass, as the outside writes them.
fn chosen<T>(
    prefix: &str,
    all: &[T],
    id: impl Fn(&T) -> uuid::Uuid,
    passes: impl Fn(usize, &T) -> bool,
) -> BTreeSet<String> {
    all.iter()
        .enumerate()
        .filter(|(i, item)| passes(*i, item))
        .map(|(_, item)| outside(prefix, id(item)))
        .collect()
}

fn text(value: impl Display) -> String {
    value.to_string()
}
