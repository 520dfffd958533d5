//! Single things by their id: own ones, foreign ones, and ids that nothing has.

use super::{Hat, outside};
use crate::isolation::oracle::Oracle;
use crate::isolation::report::Report;
use crate::isolation::stage::Stage;
use crate::isolation::world::{Grant, On, day};
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::Role;

/// What is asked for, and whether the oracle lets it be seen.
struct Thing {
    field: &'static str,
    prefix: &'static str,
    id: Uuid,
    visible: bool,
    /// Lists below it that the answer must hold exactly: of ids, or of people.
    within: Vec<(&'static str, BTreeSet<String>)>,
    selection: &'static str,
}

/// The organisation in which a grant stands.
fn at(hat: &Hat<'_>, grant: &Grant) -> usize {
    match grant.on {
        On::Organisation(at) => at,
        On::Studio(at) => hat.world().studios[at].owner,
    }
}

fn grants(hat: &Hat<'_>, passes: impl Fn(&Grant) -> bool) -> BTreeSet<String> {
    let grants = hat.world().grants.iter().filter(|grant| passes(grant));
    grants.map(|grant| outside("grant", grant.id)).collect()
}

fn draw(hat: &Hat<'_>, rng: &mut StdRng) -> Thing {
    let world = hat.world();
    let no = |organisation: usize| world.organisations[organisation].no;
    let of_studio = |studio: usize| {
        let of = &world.studios[studio];
        hat.reads_content() && hat.rights.read(no(of.owner), Some(of.id))
    };
    let thing = |field, prefix, id, visible, selection| Thing {
        field,
        prefix,
        id,
        visible,
        within: Vec::new(),
        selection,
    };
    match rng.random_range(0..7) {
        0 => {
            let i = rng.random_range(0..world.organisations.len());
            let visible = hat.rights.reads.contains(&no(i));
            let studios = world.studios.iter().enumerate();
            let studios = studios.filter(|(n, s)| s.owner == i && s.closed.is_none() && of_studio(*n));
            let studios = studios.map(|(_, s)| outside("studio", s.id)).collect();
            Thing {
                within: vec![("studios", studios), ("grants", grants(hat, |grant| at(hat, grant) == i))],
                ..thing(
                    "organisation",
                    "organisation",
                    world.organisations[i].id,
                    visible,
                    "id name studios { id } grants { id }",
                )
            }
        }
        1 => {
            let i = rng.random_range(0..world.people.len());
            let visible = hat.rights.reads.contains(&no(world.people[i].home)) || i == hat.grant.person;
            let theirs = |grant: &Grant| {
                grant.person == i && (i == hat.grant.person || hat.rights.reads.contains(&no(at(hat, grant))))
            };
            Thing {
                within: vec![("grants", grants(hat, theirs))],
                ..thing("person", "person", world.people[i].id, visible, "id name phone grants { id }")
            }
        }
        2 => {
            let i = rng.random_range(0..world.classes.len());
            let visible = hat.rights.reads.contains(&no(world.classes[i].school));
            let assignments =
                world.classes[i].assignments.iter().map(|a| outside("assignment", a.id)).collect();
            Thing {
                within: vec![("assignments", assignments)],
                ..thing("class", "class", world.classes[i].id, visible, "id name assignments { id }")
            }
        }
        3 => {
            let i = rng.random_range(0..world.studios.len());
            let members = world.memberships.iter().filter(|m| m.studio == i);
            let plan = world.plan_items.iter().filter(|p| p.studio == i);
            Thing {
                within: vec![
                    ("members", members.map(|m| outside("membership", m.id)).collect()),
                    ("planItems", plan.map(|p| outside("planitem", p.id)).collect()),
                ],
                ..thing(
                    "studio",
                    "studio",
                    world.studios[i].id,
                    of_studio(i),
                    "id name members { id } planItems(schoolYear: 2025) { id }",
                )
            }
        }
        4 => {
            let i = rng.random_range(0..world.plan_items.len());
            let of = &world.plan_items[i];
            thing("planItem", "planitem", of.id, of_studio(of.studio), "id title studio { id }")
        }
        5 => {
            let i = rng.random_range(0..world.sessions.len());
            let of = &world.sessions[i];
            let expected = of.attendance.iter().map(|(p, _)| outside("person", world.people[*p].id));
            Thing {
                within: vec![("attendance", expected.collect())],
                ..thing(
                    "studioSession",
                    "studiosession",
                    of.id,
                    of_studio(of.studio),
                    "id title expectedCount presentCount studio { id } attendance { person personName present }",
                )
            }
        }
        _ => {
            let i = rng.random_range(0..world.tasks.len());
            let of = &world.tasks[i];
            thing("task", "task", of.id, of_studio(of.studio), "id title ownerName studio { id }")
        }
    }
}

fn ids(list: &Value) -> BTreeSet<String> {
    let items = list.as_array().map_or(&[][..], Vec::as_slice);
    let named = |item: &Value| item["id"].as_str().or_else(|| item["person"].as_str()).map(str::to_owned);
    items.iter().filter_map(named).collect()
}

pub(super) async fn question(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    match rng.random_range(0..12) {
        0 => return tree(stage, hat, report).await,
        1 => return seers(stage, hat, rng, report).await,
        _ => {}
    }
    let mut thing = draw(hat, rng);
    // Half of the time something that may be seen, where a few draws find it.
    if rng.random() {
        thing = (0..8).map(|_| draw(hat, rng)).find(|thing| thing.visible).unwrap_or(thing);
    }
    if rng.random_ratio(1, 12) {
        thing.id = Uuid::from_u128(rng.random());
        thing.visible = false;
    }
    let (field, selection) = (thing.field, thing.selection);
    let node = rng.random_ratio(1, 3);
    let query = if node {
        "query($id: ID!) { thing: node(id: $id) { id } }".to_owned()
    } else {
        format!("query($id: ID!) {{ thing: {field}(id: $id) {{ {selection} }} }}")
    };
    let id = outside(thing.prefix, thing.id);
    let answer = hat.ask(stage, &query, json!({ "id": id })).await;
    let found = answer.data("/thing");
    let (shown, failed) = (found["id"] == id.as_str(), answer.json.get("errors").is_some());
    let question = || format!("{} opens {id}{}", hat.name, if node { " as a node" } else { "" });
    report.check("GraphQL: one by id", shown == thing.visible && !failed, || {
        format!("{}: visible {}, answer {}", question(), thing.visible, answer.json)
    });
    if !shown || !thing.visible || node {
        return;
    }
    for (list, expected) in &thing.within {
        report.compare(
            "GraphQL: relation",
            || format!("{}, its {list}", question()),
            expected,
            &ids(&found[*list]),
        );
    }
    if field == "studioSession" {
        attendance(hat, thing.id, found, report);
    }
    if field == "person" {
        let own = thing.id == hat.world().people[hat.grant.person].id;
        let phone = found["phone"].is_string();
        let may = hat.sees_phones() || own;
        report.check("GraphQL: telephone number", phone == may, || {
            format!("{}: shown {phone}, may {may}", question())
        });
    }
}

/// Whoever reads a session reads who came, guests of other schools included, by name.
fn attendance(hat: &Hat<'_>, session: Uuid, found: &Value, report: &mut Report) {
    let world = hat.world();
    let of = world.sessions.iter().find(|s| s.id == session).unwrap();
    let line = |person: &str, name: &str, present: bool| format!("{person} {name} {present}");
    let expected = of.attendance.iter().map(|(p, present)| {
        let person = &world.people[*p];
        line(&outside("person", person.id), &person.name, *present)
    });
    let told = found["attendance"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|one| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        line(&text(&one["person"]), &text(&one["personName"]), one["present"] == true)
    });
    let question = || format!("{} reads who came to {}", hat.name, of.title);
    report.compare("GraphQL: attendance", question, &expected.collect(), &told.collect());
    let came = of.attendance.iter().filter(|(_, present)| *present).count();
    let counted = found["expectedCount"] == of.attendance.len() && found["presentCount"] == came;
    report.check("GraphQL: attendance", counted, || format!("{}: counts of {found}", question()));
}

/// The tree by authority: what is in it, and what is at its top.
async fn tree(stage: &Stage, hat: &Hat<'_>, report: &mut Report) {
    let world = hat.world();
    let query = "query($day: NaiveDate) { organisationTree(by: AUTHORITY, asOf: $day) { organisation } }";
    let answer = hat.ask(stage, query, json!({ "day": hat.oracle.day })).await;
    let nodes = answer.data("/organisationTree").as_array().cloned().unwrap_or_default();
    let found = nodes.iter().filter_map(|node| node["organisation"].as_str()).map(str::to_owned).collect();
    let living = (0..world.organisations.len()).filter(|i| hat.oracle.lives(*i));
    let seen = living.filter(|i| hat.rights.reads.contains(&world.organisations[*i].no));
    let expected = seen.map(|i| outside("organisation", world.organisations[i].id)).collect();
    let question = || format!("{} asks for the tree ({:?})", hat.name, answer.codes());
    report.compare("GraphQL: tree", question, &expected, &found);
    if let (On::Organisation(at), Some(top)) = (hat.grant.on, nodes.first())
        && !expected.is_empty()
        && hat.oracle.lives(at)
    {
        let own = outside("organisation", world.organisations[at].id);
        report.check("GraphQL: tree", top["organisation"] == own.as_str(), || {
            format!("{}: top is {top}", question())
        });
    }
    // What was below another bureau before is not shown of that day either.
    let before = hat.ask(stage, query, json!({ "day": day(2025, 6, 1) })).await;
    let nodes = before.data("/organisationTree").as_array().cloned().unwrap_or_default();
    let scope = |id: &str| {
        world
            .organisations
            .iter()
            .any(|o| outside("organisation", o.id) == id && hat.rights.reads.contains(&o.no))
    };
    let stranger = nodes.iter().filter_map(|node| node["organisation"].as_str()).find(|id| !scope(id));
    report.check("GraphQL: tree", stranger.is_none(), || {
        format!("{} of an earlier day: {stranger:?}", question())
    });
}

/// Who could see an organisation on a day: whoever held a grant on it or above it then.
async fn seers(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let world = hat.world();
    let seen =
        (0..world.organisations.len()).filter(|i| hat.rights.reads.contains(&world.organisations[*i].no));
    let any = rng.random_range(0..world.organisations.len());
    let which =
        seen.collect::<Vec<_>>().choose(rng).copied().filter(|_| rng.random_ratio(3, 4)).unwrap_or(any);
    let on = *[hat.oracle.day, day(2025, 12, 1), day(2024, 10, 1)].choose(rng).unwrap();
    let query =
        "query($id: ID!, $on: NaiveDate!) { whoCouldSee(id: $id, on: $on) { person role through { no } } }";
    let id = outside("organisation", world.organisations[which].id);
    let answer = hat.ask(stage, query, json!({ "id": id, "on": on })).await;
    let question = || format!("{} asks who could see {id} on {on} ({:?})", hat.name, answer.codes());
    let visible = hat.rights.reads.contains(&world.organisations[which].no);
    if !visible || !hat.sees_seers() {
        let nothing = answer.data("/whoCouldSee").is_null();
        report.check("GraphQL: who could see", nothing, || format!("{}: {}", question(), answer.json));
        return;
    }
    let then = Oracle::new(world, on);
    let mut expected = BTreeSet::new();
    let mut above = Some(which);
    while let Some(organisation) = above {
        for grant in world
            .grants
            .iter()
            .filter(|grant| grant.on == On::Organisation(organisation) && then.valid(grant))
        {
            if grant.role != Role::SystemAdministrator {
                let (person, no) = (world.people[grant.person].id, world.organisations[organisation].no);
                expected.insert(format!(
                    "{} {} {no}",
                    outside("person", person),
                    grant.role.code().to_uppercase()
                ));
            }
        }
        above = then.parent(organisation);
    }
    let told = answer.data("/whoCouldSee").as_array().cloned().unwrap_or_default();
    let line = |seer: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", text(&seer["person"]), text(&seer["role"]), seer["through"]["no"])
    };
    report.compare("GraphQL: who could see", question, &expected, &told.iter().map(line).collect());
}
