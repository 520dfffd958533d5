//! Planted faults: each is made on a copy of the loaded world, and each must be seen by the comparison with the oracle.
//!
//! Faults of the database are SQL. Faults in making principals are alterations of what tenancy answers. Facts that are
//! rewritten behind the oracle's back stand for code that reads them wrongly: an expired grant without its last day is
//! honoured as one that the code does not look at the last day of.

use crate::isolation::altered::Alter;
use crate::isolation::stage::Differences;
use crate::isolation::world::World;
use contract::tenancy::Resumed;
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use vocabulary::{Ranges, Role, Scope, StudioId};

/// A fault.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// Said under the superuser before anybody connects.
    pub(crate) sql: String,
    pub(crate) differences: Differences,
}

fn in_database(name: &'static str, sql: impl Into<String>) -> Fault {
    Fault { name, sql: sql.into(), differences: Differences::default() }
}

/// A fault in the principal that tenancy makes.
fn in_principal(name: &'static str, change: impl Fn(&mut Resumed) + Send + Sync + 'static) -> Fault {
    let change = Arc::new(change);
    let alter: Alter = Arc::new(move |real, call, request| {
        let change = Arc::clone(&change);
        Box::pin(async move {
            let mut resumed = real.serve(call, request).await?;
            change(&mut resumed);
            Ok(resumed)
        })
    });
    Fault { name, sql: String::new(), differences: Differences { role: None, alter: Some(alter) } }
}

/// A cache of sessions whose key leaves something out: the first answer is everybody's who has the same key.
fn in_cache(name: &'static str, key: fn(&contract::tenancy::Resume) -> String) -> Fault {
    let kept: Arc<Mutex<HashMap<String, Resumed>>> = Arc::default();
    let alter: Alter = Arc::new(move |real, call, request| {
        let kept = Arc::clone(&kept);
        Box::pin(async move {
            let key = key(&request);
            let known = kept.lock().unwrap().get(&key).cloned();
            if let Some(known) = known {
                return Ok(known);
            }
            let resumed = real.serve(call, request).await?;
            kept.lock().unwrap().insert(key, resumed.clone());
            Ok(resumed)
        })
    });
    Fault { name, sql: String::new(), differences: Differences { role: None, alter: Some(alter) } }
}

/// A service whose role has a power that it should not have. Roles are the server's, so a role of its own is made.
fn with_power(name: &'static str, service: &'static str, role: String) -> Fault {
    let sql = format!("create role {role} login bypassrls in role banlian_{service}");
    Fault { name, sql, differences: Differences { role: Some((service, role)), alter: None } }
}

fn longer(ranges: &Ranges) -> Ranges {
    Ranges::from_pairs(ranges.pairs().iter().map(|(lo, hi)| (*lo, hi.saturating_add(1))))
}

fn scope_no(resumed: &Resumed) -> Option<vocabulary::OrganisationNo> {
    resumed.principal.hat().filter(|hat| matches!(hat.scope, Scope::Studio { .. })).map(|hat| hat.scope.no())
}

/// The SQL that puts another policy in the place of one.
fn policy(table: &str, name: &str, command: &str, rule: &str) -> String {
    let service = table.split('.').next().unwrap();
    format!(
        "drop policy {name} on {table}; create policy {name} on {table} for {command} to banlian_{service} {rule};"
    )
}

/// Every fault that is planted in a world.
pub(crate) fn faults(world: &World, unique: &str) -> Vec<Fault> {
    let readable = "using ((select platform.readable()) @> owner_no";
    let studios: Arc<Vec<StudioId>> =
        Arc::new(world.studios.iter().map(|s| StudioId::from_uuid(s.id)).collect());
    let expired =
        world.grants.iter().filter(|g| g.to.is_some_and(|to| to < world.days[0]) && g.membership.is_none());
    let revoked = world.grants.iter().filter(|g| g.revoked.is_some());
    let list = |grants: &mut dyn Iterator<Item = &crate::isolation::world::Grant>| {
        grants.map(|g| format!("'{}'", g.id)).collect::<Vec<_>>().join(", ")
    };
    let moved = world.organisations.iter().find(|o| {
        o.under.len() == 2 && o.closed.is_none() && o.block == 0 && o.under[1].from <= world.days[0]
    });
    let moved = moved.unwrap();
    let old = world.organisations[moved.under[0].parent].no;
    vec![
        in_database(
            "the ledger's reading policy is open",
            policy("studios.task", "reading", "select", "using (true)"),
        ),
        in_database(
            "the ledger's changing policy checks nothing",
            policy("studios.task", "changing", "update", "using (true) with check (true)"),
        ),
        in_database(
            "the ledger's adding policy checks nothing",
            policy("studios.task", "adding", "insert", "with check (true)"),
        ),
        in_database(
            "the sessions' reading policy is open",
            policy("studios.session", "reading", "select", "using (true)"),
        ),
        in_database(
            "the sessions' changing policy checks nothing",
            policy("studios.session", "changing", "update", "using (true) with check (true)"),
        ),
        in_database(
            "the attendance's reading policy is open",
            policy("studios.attendance", "reading", "select", "using (true)"),
        ),
        in_database(
            "the attendance's adding policy checks nothing",
            policy("studios.attendance", "adding", "insert", "with check (true)"),
        ),
        in_database("the members' reading policy is dropped", "drop policy reading on studios.membership"),
        with_power("the studios' role bypasses row-level security", "studios", format!("isolation_{unique}")),
        in_database(
            "row-level security is not forced on a table that the role owns",
            "alter table studios.plan_item owner to banlian_studios; alter table studios.plan_item no force row level security",
        ),
        in_database(
            "row-level security is off on the classes",
            "alter table tenancy.homeroom_class disable row level security",
        ),
        in_database(
            "the scope is taken for a constant, so that a kept plan shows another tenant's rows",
            "alter function platform.readable() immutable",
        ),
        in_database(
            "the studio's policy forgets whose studio",
            policy(
                "studios.task",
                "reading",
                "select",
                &format!("{readable} or cardinality((select platform.studios())) > 0)"),
            ),
        ),
        in_database(
            "the people's reading policy is open",
            policy("tenancy.person", "reading", "select", "using (true)"),
        ),
        in_database(
            "the audit's reading policy is open",
            policy("studios.audit", "reading", "select", "using (true)"),
        ),
        in_database(
            "the log's reading policy is open",
            policy("tenancy.event_log", "reading", "select", "using (true)"),
        ),
        in_database(
            "the sheets' reading policy mistakes the lower for the upper end",
            policy(
                "analytics.sheet",
                "reading",
                "select",
                "using (owner_no < upper((select platform.readable())))",
            ),
        ),
        in_database(
            "an expired grant is honoured",
            format!(
                "update tenancy.role_grant set valid_to = null where id in ({})",
                list(&mut expired.into_iter())
            ),
        ),
        in_database(
            "a revoked grant is honoured",
            format!(
                "update tenancy.role_grant set revoked_at = null where id in ({})",
                list(&mut revoked.into_iter())
            ),
        ),
        in_database(
            "a grant is honoured before its first day",
            "update tenancy.role_grant set valid_from = '2024-09-01' where valid_from > '2026-05-18'",
        ),
        in_database(
            "a school that moved is still under its old bureau",
            format!(
                "delete from tenancy.organisation_authority where owner_no = {no} and parent_no <> {old};
                 update tenancy.organisation_authority set to_on = null where owner_no = {no}",
                no = moved.no
            ),
        ),
        in_principal("a range ends one too late", |resumed| {
            resumed.principal.readable = longer(&resumed.principal.readable);
        }),
        in_principal("a writable range ends one too late", |resumed| {
            resumed.principal.writable = longer(&resumed.principal.writable);
        }),
        in_principal("a guest of a studio is given its whole school", |resumed| {
            if let Some(no) = scope_no(resumed) {
                resumed.principal.readable = Ranges::one(no);
            }
        }),
        in_principal("an expert writes", |resumed| {
            if resumed.principal.role() == Some(Role::ExternalExpert) {
                resumed.principal.studios_writable = resumed.principal.studios.clone();
            }
        }),
        in_principal("an officer writes", |resumed| {
            if resumed.principal.role() == Some(Role::BureauOfficer) {
                resumed.principal.writable = resumed.principal.readable.clone();
            }
        }),
        in_principal("a member is given every studio", move |resumed| {
            if resumed.principal.role() == Some(Role::StudioMember) {
                resumed.principal.studios = studios.to_vec();
            }
        }),
        in_cache("the sessions' cache forgets the hat", |request| request.token.clone()),
        in_cache("the sessions' cache forgets the token", |request| format!("{:?}", request.hat.is_some())),
    ]
}

/// Plants a fault of the database.
pub(crate) async fn plant(fault: &Fault, admin: &mut PgConnection) {
    if !fault.sql.is_empty() {
        sqlx::raw_sql(AssertSqlSafe(fault.sql.clone()))
            .execute(admin)
            .await
            .unwrap_or_else(|e| panic!("{}: {e}", fault.name));
    }
}
