//! Rows of studios.

use crate::isolation::world::{Kind, World, noon};
use serde_json::{Value, json};

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Bureau => "bureau",
        Kind::School => "school",
        Kind::Alliance => "alliance",
    }
}

pub(super) fn rows(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let owner = |studio: usize| world.organisations[world.studios[studio].owner].no;
    let today = world.days[0];
    let organisations = world.organisations.iter().map(|o| {
        json!({ "owner_no": o.no, "id": o.id, "name": o.name, "kind": word(o.kind), "closed_on": o.closed, "version": 1 })
    });
    let people = world.people.iter().map(|p| {
        let home = &world.organisations[p.home];
        json!({
            "owner_no": home.no, "id": p.id, "name": p.name, "login": p.login, "pinyin": p.login, "initials": "wm",
            "home_name": home.name, "left_on": p.left, "version": 1,
        })
    });
    let studios = world.studios.iter().map(|s| {
        json!({
            "owner_no": world.organisations[s.owner].no, "id": s.id, "name": s.name, "pinyin": "di", "initials": "d",
            "level": "school", "stage": "建设", "mode": "mentoring", "leader_type": "leading", "founded_on": s.founded,
            "closed_on": s.closed, "last_activity": noon(today), "version": 1,
        })
    });
    let memberships = world.memberships.iter().map(|m| {
        json!({
            "owner_no": owner(m.studio), "id": m.id, "studio_id": world.studios[m.studio].id,
            "person_id": world.people[m.person].id, "home_no": world.organisations[world.people[m.person].home].no,
            "role": m.role, "categories": [m.category], "principal_category": m.category, "from_on": m.from,
            "to_on": m.to, "version": 1,
        })
    });
    let plan_items = world.plan_items.iter().map(|p| {
        json!({
            "owner_no": owner(p.studio), "id": p.id, "studio_id": world.studios[p.studio].id, "school_year": 2025,
            "title": p.title, "version": 1,
        })
    });
    let tasks = world.tasks.iter().map(|t| {
        json!({
            "owner_no": owner(t.studio), "id": t.id, "studio_id": world.studios[t.studio].id,
            "plan_item_id": t.plan_item.map(|p| world.plan_items[p].id), "title": t.title, "pinyin": "r",
            "owner_person_id": t.owner.map(|p| world.people[p].id), "due_on": t.due, "closed_on": t.closed,
            "evidence_text": t.closed.map(|_| "签到表"), "version": 1,
        })
    });
    let history = world.tasks.iter().map(|t| {
        json!({
            "owner_no": owner(t.studio), "id": t.history, "studio_id": world.studios[t.studio].id, "task_id": t.id,
            "at": noon(t.due), "what": "added", "person_id": t.owner.map(|p| world.people[p].id), "note": null,
        })
    });
    let sessions = world.sessions.iter().map(|s| {
        json!({
            "owner_no": owner(s.studio), "id": s.id, "studio_id": world.studios[s.studio].id, "title": s.title,
            "pinyin": "h", "initials": "h", "starts_at": s.starts, "minutes": 90, "place": "会议室",
            "functions": s.functions, "activities": ["exchange"], "joint": s.joint, "state": s.state,
            "summary": (s.state == "held").then_some("议定三项"),
            "cancel_reason": (s.state == "cancelled").then_some("停电"), "version": 1,
        })
    });
    let attendance = world.sessions.iter().flat_map(|s| {
        s.attendance.iter().map(move |(person, present)| {
            let person = &world.people[*person];
            json!({
                "owner_no": owner(s.studio), "session_id": s.id, "studio_id": world.studios[s.studio].id,
                "person_id": person.id, "home_no": world.organisations[person.home].no, "expected": true,
                "present": present,
            })
        })
    });
    vec![
        ("studios.organisation", organisations.collect()),
        ("studios.person", people.collect()),
        ("studios.studio", studios.collect()),
        ("studios.membership", memberships.collect()),
        ("studios.plan_item", plan_items.collect()),
        ("studios.task", tasks.collect()),
        ("studios.task_history", history.collect()),
        ("studios.session", sessions.collect()),
        ("studios.attendance", attendance.collect()),
    ]
}
