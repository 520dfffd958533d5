//! Rows of analytics. Every figure's numerator is its owner's number, so that a sum tells whose figures are in it.

use crate::isolation::world::World;
use serde_json::{Value, json};
use std::fmt::Write as _;
use uuid::Uuid;
use vocabulary::{COMPUTED, metric};

/// The period of all figures.
pub(crate) const PERIOD: &str = "2025-2026.2";
/// The metric that has records behind it.
pub(crate) const METRIC: &str = "3.3.1.a";

/// A sheet in which every figure is this number over one: format 1, as `services/analytics/src/sheet.rs` says.
fn sheet(number: i32) -> String {
    let mut hex = format!("\\x01{:02x}", COMPUTED.len());
    let double = |hex: &mut String, value: f64| {
        value.to_le_bytes().iter().for_each(|byte| write!(hex, "{byte:02x}").unwrap());
    };
    for _ in COMPUTED {
        hex.push_str("000007");
        double(&mut hex, f64::from(number));
        double(&mut hex, 1.0);
        double(&mut hex, f64::from(number));
    }
    hex
}

pub(super) fn rows(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let owner = |studio: usize| world.organisations[world.studios[studio].owner].no;
    let slot = metric(METRIC).unwrap().0;
    let last_day = world.days[1];
    let classes = world.classes.iter().map(|c| {
        let assignments: Vec<Value> = c.assignments.iter().map(|a| {
            json!({ "person": format!("person_{}", world.people[a.person].id.simple()), "kind": a.kind, "from": a.from, "to": a.to })
        }).collect();
        json!({
            "owner_no": world.organisations[c.school].no, "id": c.id, "version": 1, "opened_on": c.opened,
            "closed_on": c.closed, "assignments": assignments,
        })
    });
    let studios = world.studios.iter().map(|s| {
        json!({
            "owner_no": world.organisations[s.owner].no, "id": s.id, "version": 1, "founded_on": s.founded,
            "closed_on": s.closed,
        })
    });
    let memberships = world.memberships.iter().map(|m| {
        json!({
            "owner_no": owner(m.studio), "id": m.id, "studio_id": world.studios[m.studio].id, "version": 1,
            "person_id": world.people[m.person].id, "home_no": world.organisations[world.people[m.person].home].no,
            "principal_category": m.category, "categories": [m.category], "from_on": m.from, "to_on": m.to,
        })
    });
    let tasks = world.tasks.iter().map(|t| {
        json!({
            "owner_no": owner(t.studio), "id": t.id, "studio_id": world.studios[t.studio].id, "version": 1,
            "due_on": t.due, "closed_on": t.closed, "with_evidence": t.closed.is_some(),
        })
    });
    let sessions = world.sessions.iter().map(|s| {
        let attendance: Vec<Value> = s.attendance.iter().map(|(person, present)| {
            let person = &world.people[*person];
            let home = world.organisations[person.home].no;
            json!({ "person": format!("person_{}", person.id.simple()), "home": home, "present": present })
        }).collect();
        json!({
            "owner_no": owner(s.studio), "id": s.id, "studio_id": world.studios[s.studio].id, "version": 1,
            "on_day": s.on, "held": s.state == "held", "functions": s.functions, "joint": s.joint,
            "attendance": attendance,
        })
    });
    let (mut facts, mut records, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
    let schools = world.organisations.iter().map(|o| (o.no, Uuid::nil(), None, o.no));
    let of_studios = world.studios.iter().enumerate().map(|(i, s)| (owner(i), s.id, Some(s.id), owner(i)));
    for (no, subject, studio, number) in schools.chain(of_studios) {
        facts.push(json!({
            "owner_no": no, "period": PERIOD, "subject": subject, "metric": slot, "studio_id": studio, "state": 0,
            "missing": 0, "numerator": number, "denominator": 1, "value": number,
        }));
        sheets.push(json!({
            "owner_no": no, "period": PERIOD, "subject": subject, "studio_id": studio, "last_day": last_day,
            "as_of": world.days[0], "evidence": 1, "figures": sheet(number),
        }));
    }
    for t in &world.tasks {
        let studio = world.studios[t.studio].id;
        for (subject, studio) in [(Uuid::nil(), None), (studio, Some(studio))] {
            records.push(json!({
                "owner_no": owner(t.studio), "period": PERIOD, "subject": subject, "metric": slot, "record_id": t.id,
                "counts": t.closed.is_some(), "studio_id": studio, "record_kind": 0, "weight": 1,
            }));
        }
    }
    vec![
        ("analytics.class", classes.collect()),
        ("analytics.studio", studios.collect()),
        ("analytics.membership", memberships.collect()),
        ("analytics.task", tasks.collect()),
        ("analytics.session", sessions.collect()),
        ("analytics.fact", facts),
        ("analytics.fact_record", records),
        ("analytics.sheet", sheets),
    ]
}
