//! Changes by GraphQL of what the hat may not change: refused in words that tell nothing, and nothing moves.

use super::{Hat, outside};
use crate::isolation::report::Report;
use crate::isolation::stage::Stage;
use rand::Rng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// A mutation, and what the oracle says of its target.
struct Change {
    mutation: &'static str,
    input_type: &'static str,
    input: Value,
    visible: bool,
    writable: bool,
}

fn draw(hat: &Hat<'_>, rng: &mut StdRng) -> Change {
    let world = hat.world();
    let studio_of = |rng: &mut StdRng| rng.random_range(0..world.studios.len());
    let organisation_of = |rng: &mut StdRng| rng.random_range(0..world.organisations.len());
    let on_studio = |i: usize| {
        let of = &world.studios[i];
        let no = world.organisations[of.owner].no;
        (hat.reads_content() && hat.rights.read(no, Some(of.id)), hat.rights.write(no, Some(of.id)))
    };
    let on_organisation = |i: usize| {
        let no = world.organisations[i].no;
        (hat.rights.reads.contains(&no), hat.rights.writes.contains(&no))
    };
    let change = |mutation, input_type, input, (visible, writable)| Change {
        mutation,
        input_type,
        input,
        visible,
        writable,
    };
    match rng.random_range(0..12) {
        0 => {
            let i = rng.random_range(0..world.tasks.len());
            let of = &world.tasks[i];
            let input = json!({ "id": outside("task", of.id), "evidenceText": "证据" });
            change("closeTask", "CloseTaskInput", input, on_studio(of.studio))
        }
        1 => {
            let i = rng.random_range(0..world.plan_items.len());
            let of = &world.plan_items[i];
            change(
                "removePlanItem",
                "RemovePlanItemInput",
                json!({ "id": outside("planitem", of.id) }),
                on_studio(of.studio),
            )
        }
        2 => {
            let i = studio_of(rng);
            let input = json!({ "id": outside("studio", world.studios[i].id), "on": "2026-05-18" });
            change("closeStudio", "CloseStudioInput", input, on_studio(i))
        }
        3 => {
            let i = studio_of(rng);
            let input = json!({ "studio": outside("studio", world.studios[i].id), "title": "塞进来的", "dueOn": "2026-06-01" });
            change("addTask", "AddTaskInput", input, on_studio(i))
        }
        4 => {
            let i = rng.random_range(0..world.memberships.len());
            let of = &world.memberships[i];
            let input = json!({ "id": outside("membership", of.id), "on": "2026-05-18" });
            change("endMembership", "EndMembershipInput", input, on_studio(of.studio))
        }
        5 => {
            let i = organisation_of(rng);
            let input = json!({ "id": outside("organisation", world.organisations[i].id), "name": "改了名", "on": "2026-05-18" });
            change("renameOrganisation", "RenameOrganisationInput", input, on_organisation(i))
        }
        6 => {
            let i = rng.random_range(0..world.classes.len());
            let of = &world.classes[i];
            let input = json!({ "id": outside("class", of.id), "version": 1, "name": "改了名", "programme": "x", "headcount": 1 });
            change("updateClass", "UpdateClassInput", input, on_organisation(of.school))
        }
        7 => {
            let i = rng.random_range(0..world.people.len());
            let of = &world.people[i];
            change(
                "resetPassword",
                "ResetPasswordInput",
                json!({ "person": outside("person", of.id) }),
                on_organisation(of.home),
            )
        }
        8 => {
            let i = studio_of(rng);
            let input = json!({
                "studio": outside("studio", world.studios[i].id), "title": "塞进来的",
                "startsAt": "2026-05-12T06:00:00Z", "functions": ["RESEARCH"], "activities": [], "joint": false,
            });
            change("planSession", "PlanSessionInput", input, on_studio(i))
        }
        9 => {
            let of = &world.sessions[rng.random_range(0..world.sessions.len())];
            let present = [outside("person", world.people[hat.grant.person].id)];
            let input = json!({
                "id": outside("studiosession", of.id), "version": 1, "present": present, "absent": [],
                "guests": [], "summary": "塞进来的",
            });
            change("recordSession", "RecordSessionInput", input, on_studio(of.studio))
        }
        10 => {
            let of = &world.sessions[rng.random_range(0..world.sessions.len())];
            let input = json!({ "id": outside("studiosession", of.id), "reason": "天气" });
            change("cancelSession", "CancelSessionInput", input, on_studio(of.studio))
        }
        _ => {
            let i = rng.random_range(0..world.grants.len());
            let of = &world.grants[i];
            let at = match of.on {
                crate::isolation::world::On::Organisation(at) => on_organisation(at),
                crate::isolation::world::On::Studio(at) => {
                    let of = &world.studios[at];
                    let no = world.organisations[of.owner].no;
                    (hat.rights.read(no, Some(of.id)), hat.rights.writes.contains(&no))
                }
            };
            change("revokeGrant", "RevokeGrantInput", json!({ "grant": outside("grant", of.id) }), at)
        }
    }
}

/// Tries to change something that the hat may not change: what they cannot see is not found, whatever else is refused.
pub(crate) async fn change(stage: &Stage, hat: &Hat<'_>, rng: &mut StdRng, report: &mut Report) {
    let mut change = draw(hat, rng);
    for _ in 0..20 {
        if !change.writable {
            break;
        }
        change = draw(hat, rng);
    }
    if change.writable {
        return;
    }
    let Change { mutation, input_type, mut input, visible, .. } = change;
    input["idempotencyKey"] = json!(testkit::key());
    let query = format!(
        "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ userErrors {{ code field }} }} }}"
    );
    let answer = hat.ask(stage, &query, json!({ "input": input })).await;
    let said = answer.data(&format!("/{mutation}/userErrors/0/code")).as_str();
    let whole = || answer.codes().first().copied().filter(|_| !hat.valid);
    let said = said.or_else(whole).unwrap_or_default().to_owned();
    // A role that may do this nowhere is told so without a look at the target.
    let right = match said.as_str() {
        "platform.forbidden" | "platform.not_found" => true,
        "tenancy.grant_not_allowed" => visible,
        _ => false,
    };
    report.check("GraphQL: change refused", right, || {
        format!("{} tries {mutation} {input}: visible {visible}, {}", hat.name, answer.json)
    });
}
