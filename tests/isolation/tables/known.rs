//! The list of them.

use super::{Asker, Rule, Table, number, uuid};
use serde_json::Value;

fn read(asker: &Asker<'_>, row: &Value) -> bool {
    asker.rights.read(number(row, "owner_no"), uuid(row, "studio_id"))
}

fn write(asker: &Asker<'_>, row: &Value) -> bool {
    asker.rights.write(number(row, "owner_no"), uuid(row, "studio_id"))
}

/// A studio's own row: its id is the studio's.
fn read_studio(asker: &Asker<'_>, row: &Value) -> bool {
    asker.rights.read(number(row, "owner_no"), uuid(row, "id"))
}

fn write_studio(asker: &Asker<'_>, row: &Value) -> bool {
    asker.rights.write(number(row, "owner_no"), uuid(row, "id"))
}

fn is(asker: &Asker<'_>, row: &Value, column: &str) -> bool {
    uuid(row, column) == Some(asker.person)
}

const NEVER: Rule = |_, _| false;
const ALSO_OWN_ID: Rule = |asker, row| read(asker, row) || is(asker, row, "id");

/// Rows that a service writes itself, never under a person's scope.
const fn projection(name: &'static str, sees: Rule, column: &'static str) -> Table {
    Table {
        name,
        key: &["id"],
        fresh: Some("id"),
        column: Some(column),
        removable: false,
        sees,
        adds: NEVER,
        changes: NEVER,
    }
}

const fn figure(
    name: &'static str,
    key: &'static [&'static str],
    fresh: &'static str,
    column: &'static str,
) -> Table {
    Table {
        name,
        key,
        fresh: Some(fresh),
        column: Some(column),
        removable: true,
        sees: read,
        adds: NEVER,
        changes: NEVER,
    }
}

/// Rows of an organisation that people write.
const fn of_organisation(name: &'static str, key: &'static [&'static str], column: &'static str) -> Table {
    let own = |asker: &Asker<'_>, row: &Value| asker.rights.write(number(row, "owner_no"), None);
    let fresh = if key.len() == 1 { Some("id") } else { None };
    let sees = |asker: &Asker<'_>, row: &Value| asker.rights.read(number(row, "owner_no"), None);
    Table { name, key, fresh, column: Some(column), removable: false, sees, adds: own, changes: own }
}

/// What is reached through narrow functions only.
const fn hidden(name: &'static str, key: &'static [&'static str]) -> Table {
    Table { name, key, fresh: None, column: None, removable: false, sees: NEVER, adds: NEVER, changes: NEVER }
}

/// Rows of a studio that people write.
const fn of_studio(name: &'static str, column: Option<&'static str>, removable: bool) -> Table {
    Table {
        name,
        key: &["id"],
        fresh: Some("id"),
        column,
        removable,
        sees: read,
        adds: write,
        changes: write,
    }
}

macro_rules! tables {
    ($($service:literal),* ; $($own:expr),* $(,)?) => {
        /// Every tenant table there is.
        pub(crate) static TABLES: &[Table] = &[
            $(
                Table {
                    name: concat!($service, ".event_log"), key: &["id"], fresh: Some("id"), column: None, removable: false,
                    sees: read, adds: write, changes: NEVER,
                },
                Table {
                    name: concat!($service, ".inbox"), key: &["owner_no", "event_id"], fresh: Some("event_id"), column: None,
                    removable: true,
                    sees: |a, row| a.rights.write(number(row, "owner_no"), None),
                    adds: |a, row| a.rights.write(number(row, "owner_no"), None),
                    changes: |a, row| a.rights.write(number(row, "owner_no"), None),
                },
                Table {
                    name: concat!($service, ".audit"), key: &["id"], fresh: Some("id"), column: None, removable: false,
                    sees: |a, row| read(a, row) || is(a, row, "person_id"),
                    adds: |a, row| write(a, row) || is(a, row, "person_id"),
                    changes: NEVER,
                },
                Table {
                    name: concat!($service, ".idempotency"), key: &["person_id", "key"], fresh: Some("key"),
                    column: Some("reply"), removable: true,
                    sees: |a, row| is(a, row, "person_id"),
                    adds: |a, row| is(a, row, "person_id"),
                    changes: |a, row| is(a, row, "person_id"),
                },
                Table {
                    name: concat!($service, ".import"), key: &["id"], fresh: Some("id"), column: Some("state"),
                    removable: false,
                    sees: |a, row| a.rights.write(number(row, "owner_no"), None) || is(a, row, "asked_by"),
                    adds: |a, row| a.rights.write(number(row, "owner_no"), None) && is(a, row, "asked_by"),
                    changes: |a, row| a.rights.write(number(row, "owner_no"), None) || is(a, row, "asked_by"),
                },
            )*
            $($own),*
        ];
    };
}

tables! { "tenancy", "studios", "resources", "analytics";
    of_organisation("tenancy.organisation", &["owner_no"], "version"),
    of_organisation("tenancy.organisation_name", &["owner_no", "from_on"], "name"),
    of_organisation("tenancy.organisation_authority", &["owner_no", "from_on"], "to_on"),
    of_organisation("tenancy.organisation_place", &["owner_no", "from_on"], "to_on"),
    of_organisation("tenancy.organisation_code", &["owner_no", "from_on"], "to_on"),
    hidden("tenancy.number_block", &["owner_no", "lo"]),
    hidden("tenancy.account", &["login"]),
    Table {
        sees: |asker, row| asker.rights.read(number(row, "owner_no"), None) || is(asker, row, "id"),
        ..of_organisation("tenancy.person", &["id"], "version")
    },
    Table {
        name: "tenancy.session", key: &["id"], fresh: Some("id"), column: None, removable: true,
        sees: |asker, row| is(asker, row, "person_id"),
        adds: NEVER,
        changes: |asker, row| is(asker, row, "person_id"),
    },
    Table {
        sees: |asker, row| asker.rights.read(number(row, "owner_no"), None) || is(asker, row, "person_id"),
        ..of_organisation("tenancy.role_grant", &["id"], "version")
    },
    of_organisation("tenancy.homeroom_class", &["id"], "version"),
    of_organisation("tenancy.homeroom_assignment", &["id"], "end_reason"),
    Table { key: &["owner_no"], ..projection("studios.organisation", read, "name") },
    projection("studios.person", ALSO_OWN_ID, "name"),
    Table {
        sees: read_studio,
        adds: |a, row| a.rights.write(number(row, "owner_no"), None),
        changes: write_studio,
        ..of_studio("studios.studio", Some("name"), false)
    },
    of_studio("studios.membership", Some("version"), false),
    of_studio("studios.plan_item", Some("title"), true),
    of_studio("studios.task", Some("title"), false),
    of_studio("studios.task_history", None, false),
    of_studio("studios.session", Some("title"), false),
    Table {
        key: &["owner_no", "session_id", "person_id"],
        fresh: Some("person_id"),
        ..of_studio("studios.attendance", Some("present"), true)
    },
    projection("analytics.class", read, "version"),
    projection("analytics.studio", read_studio, "version"),
    projection("analytics.membership", read, "version"),
    projection("analytics.task", read, "version"),
    projection("analytics.session", read, "version"),
    figure("analytics.fact", &["owner_no", "period", "subject", "metric"], "subject", "state"),
    figure("analytics.fact_record", &["owner_no", "subject", "record_id"], "record_id", "weight"),
    figure("analytics.sheet", &["owner_no", "period", "subject"], "subject", "evidence"),
}
