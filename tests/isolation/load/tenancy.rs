//! Rows of tenancy, with a session for every person on each of the days.

use super::derived;
use crate::isolation::world::{Kind, On, World, noon};
use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use uuid::Uuid;

/// The header that names the hat.
pub(crate) const HAT: &str = "banlian-hat";

/// The cookie of a session token, where the gateway does not ask for TLS.
pub(crate) fn cookie(token: &str) -> String {
    format!("banlian={token}")
}

/// The token of a person's session on a day.
pub(crate) fn token_of(person: Uuid, day: NaiveDate) -> String {
    format!("isolation-{day}-{}", person.simple())
}

/// That session's id.
pub(crate) fn session_of(person: Uuid, day: NaiveDate) -> Uuid {
    derived(person, if day < super::super::world::day(2026, 7, 1) { 101 } else { 102 })
}

/// What is kept of a token: its SHA-256.
fn token_hash(token: &str) -> String {
    Sha256::digest(token).iter().fold("\\x".to_owned(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Bureau => "bureau",
        Kind::School => "school",
        Kind::Alliance => "alliance",
    }
}

fn organisations(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let no = |organisation: usize| world.organisations[organisation].no;
    let own = world.organisations.iter().map(|o| {
        json!({
            "owner_no": o.no, "id": o.id, "kind": word(o.kind), "level": o.level, "credit_code": null,
            "founded_on": o.founded, "closed_on": o.closed, "merged_into_no": o.merged.map(no), "password_length": 12,
            "version": 1,
        })
    });
    let names = world.organisations.iter().map(|o| {
        json!({ "owner_no": o.no, "from_on": o.founded, "to_on": null, "name": o.name, "pinyin": "di", "initials": "d" })
    });
    let mut authorities = Vec::new();
    for o in &world.organisations {
        for (n, under) in o.under.iter().enumerate() {
            // What is closed stays under its last authority; what is merged goes under what it went into.
            let last = n + 1 == o.under.len();
            let to = if last && o.merged.is_none() { None } else { under.until };
            authorities.push(json!({ "owner_no": o.no, "from_on": under.from, "to_on": to, "parent_no": no(under.parent) }));
        }
        if let (Some(into), Some(from)) = (o.merged, o.closed) {
            authorities
                .push(json!({ "owner_no": o.no, "from_on": from, "to_on": null, "parent_no": no(into) }));
        }
    }
    let places = world
        .organisations
        .iter()
        .map(|o| json!({ "owner_no": o.no, "from_on": o.founded, "to_on": null, "code": o.place }));
    let codes = world.organisations.iter().filter_map(|o| {
        let code = o.code.as_ref()?;
        Some(json!({ "owner_no": o.no, "from_on": o.founded, "to_on": null, "code": code }))
    });
    let blocks = world.organisations.iter().filter(|o| o.block > 0).map(|o| {
        // Beyond the blocks of the bureaus below it, or beyond its own schools.
        let used = world.organisations.iter().filter(|other| other.no >= o.no && other.no < o.no + o.block);
        let next = used.map(|other| other.no + other.block.max(1)).filter(|end| *end < o.no + o.block).max();
        json!({ "owner_no": o.no, "lo": o.no, "hi": o.no + o.block, "next": next.unwrap_or(o.no + 1) })
    });
    let living = world.organisations.iter().filter(|o| o.closed.is_none_or(|closed| world.days[0] < closed));
    let living = living.filter_map(|o| Some(json!({ "code": o.code.as_ref()?, "organisation_no": o.no })));
    vec![
        ("tenancy.organisation", own.collect()),
        ("tenancy.organisation_name", names.collect()),
        ("tenancy.organisation_authority", authorities),
        ("tenancy.organisation_place", places.collect()),
        ("tenancy.organisation_code", codes.collect()),
        ("tenancy.number_block", blocks.collect()),
        ("tenancy.live_code", living.collect()),
    ]
}

fn people(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let no = |organisation: usize| world.organisations[organisation].no;
    let own = world.people.iter().map(|p| {
        json!({
            "owner_no": no(p.home), "id": p.id, "name": p.name, "pinyin": p.login, "initials": "wm", "login": p.login,
            "phone": p.phone, "left_on": p.left, "last_sign_in": noon(world.days[0]), "version": 1,
        })
    });
    let accounts = world.people.iter().map(|p| {
        json!({
            "login": p.login, "person_id": p.id, "person_no": no(p.home), "hash": null, "old_hashes": [],
            "must_change": false,
        })
    });
    let sessions = world.people.iter().flat_map(|p| {
        world.days.iter().map(|day| {
            json!({
                "person_id": p.id, "id": session_of(p.id, *day), "token_hash": token_hash(&token_of(p.id, *day)),
                "started_at": noon(*day), "last_seen_at": noon(*day), "device": "", "source": "",
            })
        })
    });
    let grants = world.grants.iter().map(|g| {
        let (owner, studio) = match g.on {
            On::Organisation(at) => (at, None),
            On::Studio(at) => (world.studios[at].owner, Some(&world.studios[at])),
        };
        json!({
            "owner_no": no(owner), "id": g.id, "person_id": world.people[g.person].id,
            "person_name": world.people[g.person].name, "role": g.role.code(), "studio_id": studio.map(|s| s.id),
            "studio_name": studio.map(|s| &s.name), "valid_from": g.from, "valid_to": g.to, "revoked_at": g.revoked,
            "given_by": null, "version": 1,
        })
    });
    vec![
        ("tenancy.person", own.collect()),
        ("tenancy.account", accounts.collect()),
        ("tenancy.session", sessions.collect()),
        ("tenancy.role_grant", grants.collect()),
    ]
}

fn classes(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let no = |organisation: usize| world.organisations[organisation].no;
    let own = world.classes.iter().map(|c| {
        json!({
            "owner_no": no(c.school), "id": c.id, "name": c.name, "cohort": c.cohort, "programme": "护理",
            "headcount": 40, "opened_on": c.opened, "closed_on": c.closed, "version": 1,
        })
    });
    let assignments = world.classes.iter().flat_map(|c| {
        c.assignments.iter().map(|a| {
            json!({
                "owner_no": no(c.school), "id": a.id, "class_id": c.id, "person_id": world.people[a.person].id,
                "person_name": world.people[a.person].name, "kind": a.kind, "from_on": a.from, "to_on": a.to,
                "appointment": null, "end_reason": a.to.map(|_| "other"),
            })
        })
    });
    vec![("tenancy.homeroom_class", own.collect()), ("tenancy.homeroom_assignment", assignments.collect())]
}

pub(super) fn rows(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let mut all = organisations(world);
    all.extend(people(world));
    all.extend(classes(world));
    all
}
