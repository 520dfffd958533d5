//! Rows of what every service has: log, inbox, audit, idempotency keys, imports.

use super::derived;
use crate::isolation::world::{World, noon};
use serde_json::{Value, json};

/// The tables of each service, in the order of [`SERVICES`].
macro_rules! tables {
    ($($service:literal),*) => {
        /// A service's name and its common tables: log, inbox, audit, keys, imports.
        pub(crate) const TABLES: &[(&str, [&str; 5])] = &[$(($service, [
            concat!($service, ".event_log"), concat!($service, ".inbox"), concat!($service, ".audit"),
            concat!($service, ".idempotency"), concat!($service, ".import"),
        ])),*];
    };
}
tables!("tenancy", "studios", "resources", "analytics");

pub(super) fn rows(world: &World) -> Vec<(&'static str, Vec<Value>)> {
    let mut all = Vec::new();
    let now = noon(world.days[0]);
    for (n, (service, [log, inbox, audit, keys, imports])) in (1u128..).zip(TABLES) {
        let organisations = || world.organisations.iter();
        let of_organisations = organisations().map(|o| {
            json!({
                "owner_no": o.no, "id": derived(o.id, n), "studio_id": null, "aggregate": o.id, "version": 1,
                "kind": "isolation.organisation", "payload": {}, "transaction_id": "1", "recorded_at": now,
            })
        });
        let of_studios = world.studios.iter().map(|s| {
            json!({
                "owner_no": world.organisations[s.owner].no, "id": derived(s.id, n), "studio_id": s.id,
                "aggregate": s.id, "version": 1, "kind": "isolation.studio", "payload": {}, "transaction_id": "1",
                "recorded_at": now,
            })
        });
        all.push((*log, of_organisations.chain(of_studios).collect()));
        let applied = organisations()
            .map(|o| json!({ "owner_no": o.no, "consumer": "isolation", "event_id": derived(o.id, 16 + n) }));
        all.push((*inbox, applied.collect()));
        let lines = world.audits.iter().filter(|line| line.service == *service).map(|line| {
            json!({
                "owner_no": world.organisations[line.owner].no, "id": line.id,
                "studio_id": line.studio.map(|s| world.studios[s].id), "at": line.at,
                "person_id": world.people[line.person].id, "role": "school_administrator", "action": line.action,
                "subject": "isolation", "detail": {}, "request_id": derived(line.id, n),
            })
        });
        all.push((*audit, lines.collect()));
        let sent = world.people.iter().map(|p| {
            json!({
                "person_id": p.id, "key": format!("isolation-{}", p.login.replace('.', "-")), "action": "/x/Y",
                "body_hash": "\\x00", "reply": null, "made_at": now,
            })
        });
        all.push((*keys, sent.collect()));
        let asked = world.people.iter().step_by(3).map(|p| {
            json!({
                "owner_no": world.organisations[p.home].no, "id": derived(p.id, n), "kind": "people",
                "file_name": "名单.xlsx", "file": "\\x00", "dry_run": true, "principal": {}, "state": "done", "rows": 0,
                "rows_done": 0, "created": 0, "changed": 0, "unchanged": 0, "faults": 0, "asked_by": p.id,
                "asked_at": now, "ended_at": now,
            })
        });
        all.push((*imports, asked.collect()));
    }
    all
}
