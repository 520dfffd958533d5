//! Figures: the overview with its sum, and one figure opened down to its records. Every figure's numerator is the number
//! of the organisation that it belongs to, so that a sum tells whose figures are in it.

use super::{Hat, outside};
use crate::isolation::load::analytics::{METRIC, PERIOD};
use crate::isolation::report::Report;
use crate::isolation::stage::Stage;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) async fn question(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    if rng.random() { overview(stage, hat, rng, report).await } else { figure(stage, hat, rng, report).await }
}

fn numerator(figures: &Value) -> Option<f64> {
    let figures = figures["figures"].as_array()?;
    figures.iter().find(|figure| figure["metricId"] == METRIC)?["numerator"].as_f64()
}

async fn overview(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let world = hat.world();
    let mut top = rng.random_range(0..world.organisations.len());
    if rng.random() {
        let seen =
            (0..world.organisations.len()).filter(|i| hat.rights.reads.contains(&world.organisations[*i].no));
        top = seen.collect::<Vec<_>>().choose(rng).copied().unwrap_or(top);
    }
    let query =
        "query($id: ID!, $period: Period!) { overview(organisation: $id, period: $period) { schoolCount
        schools { id no figures(period: $period) { figures { metricId numerator } } }
        together { figures { metricId numerator } } } }";
    let id = outside("organisation", world.organisations[top].id);
    let answer = hat.ask(stage, query, json!({ "id": id, "period": PERIOD })).await;
    let found = answer.data("/overview");
    let visible = hat.rights.reads.contains(&world.organisations[top].no);
    let question = || format!("{} asks for the overview of {id}", hat.name);
    let schools = if visible { hat.oracle.schools(top) } else { Vec::new() };
    let expected = schools.iter().map(|i| outside("organisation", world.organisations[*i].id)).collect();
    let listed = found["schools"].as_array().cloned().unwrap_or_default();
    let seen = listed.iter().filter_map(|school| school["id"].as_str()).map(str::to_owned).collect();
    report.compare("GraphQL: overview", question, &expected, &seen);
    if !visible {
        let nothing = found.is_null() && answer.json.get("errors").is_none();
        report.check("GraphQL: overview", nothing, || format!("{}: {}", question(), answer.json));
        return;
    }
    let sum = numerator(&found["together"]);
    if !hat.reads_content() {
        let shown = listed.iter().any(|school| numerator(&school["figures"]).is_some());
        report.check("GraphQL: overview", !shown && sum.is_none(), || {
            format!("{} without content: shown", question())
        });
        return;
    }
    let began = PERIOD.parse::<vocabulary::Period>().unwrap().first_day();
    let counted = hat.oracle.schools_since(top, began);
    let numbers: f64 = counted.iter().map(|i| f64::from(world.organisations[*i].no)).sum();
    let same = if counted.is_empty() { sum.is_none_or(|sum| sum == 0.0) } else { sum == Some(numbers) };
    report.check("GraphQL: sum over schools", same, || {
        format!("{}: sum {sum:?}, expected {numbers}", question())
    });
    let each = listed.iter().all(|school| numerator(&school["figures"]) == school["no"].as_f64());
    report.check("GraphQL: figures of schools", each, || format!("{}: {listed:?}", question()));
}

async fn figure(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let world = hat.world();
    let of_studio: bool = rng.random();
    let mut studio = rng.random_range(0..world.studios.len());
    if rng.random() {
        let mine = |i: &usize| {
            hat.rights.read(world.organisations[world.studios[*i].owner].no, Some(world.studios[*i].id))
        };
        studio =
            (0..world.studios.len()).filter(mine).collect::<Vec<_>>().choose(rng).copied().unwrap_or(studio);
    }
    let owner =
        if of_studio { world.studios[studio].owner } else { rng.random_range(0..world.organisations.len()) };
    let no = world.organisations[owner].no;
    let id = world.studios[studio].id;
    let visible = hat.rights.read(no, of_studio.then_some(id)) && (hat.reads_content() || !of_studio);
    let (school, subject) = if of_studio {
        (Value::Null, json!(outside("studio", id)))
    } else {
        (json!(outside("organisation", world.organisations[owner].id)), Value::Null)
    };
    let query = "query($school: ID, $studio: ID, $metric: String!, $period: Period!) {
        figure(school: $school, studio: $studio, metric: $metric, period: $period) {
        figure { numerator } trend(periods: 2) { figure { numerator } } records(first: 100) { nodes { task { id } } totalCount } } }";
    let variables = json!({ "school": school, "studio": subject, "metric": METRIC, "period": PERIOD });
    let answer = hat.ask(stage, query, variables).await;
    let found = answer.data("/figure");
    let question = || format!("{} opens a figure of {school}{subject}", hat.name);
    let shown = found["figure"]["numerator"].as_f64();
    let may = visible && hat.reads_content();
    let right = if may { shown == Some(f64::from(no)) } else { shown.is_none() };
    report.check("GraphQL: one figure", right, || format!("{}: may {may}, {}", question(), answer.json));
    let behind = world.tasks.iter().filter(|t| {
        may && if of_studio { t.studio == studio } else { world.studios[t.studio].owner == owner }
    });
    let expected: BTreeSet<String> = behind.map(|t| outside("task", t.id)).collect();
    let records = found["records"]["nodes"].as_array().cloned().unwrap_or_default();
    let seen = records.iter().filter_map(|record| record["task"]["id"].as_str()).map(str::to_owned).collect();
    report.compare("GraphQL: records behind a figure", question, &expected, &seen);
    let total = found["records"]["totalCount"].as_u64().unwrap_or(0);
    report.check("GraphQL: records behind a figure", total == expected.len() as u64, || {
        format!("{}: total {total}, expected {}", question(), expected.len())
    });
}
