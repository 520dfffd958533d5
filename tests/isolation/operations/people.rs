//! Whose ids are used, and under which hats.

use crate::isolation::cases::Names;
use crate::isolation::graphql::outside;
use crate::isolation::load::tenancy::token_of;
use crate::isolation::oracle::{Oracle, Rights};
use crate::isolation::stage::Stage;
use crate::isolation::world::{Grant, On, World};
use serde_json::{Value, json};
use uuid::Uuid;
use vocabulary::{Principal, Role};

/// Ids of one's own, of a foreign tenant, and of nobody, with hats to whom the foreign is foreign.
pub(crate) struct Places {
    pub(crate) own: Names,
    pub(crate) foreign: Names,
    pub(crate) absent: Names,
    pub(crate) principals: Vec<(&'static str, Principal)>,
    /// Token, hat, role.
    pub(crate) hats: Vec<(String, Uuid, &'static str)>,
}

/// The names for one studio's surroundings.
fn names(world: &World, studio: usize) -> Names {
    let organisation = world.studios[studio].owner;
    let o = &world.organisations[organisation];
    let person = world.people.iter().find(|p| p.home == organisation).unwrap();
    let class = world.classes.iter().find(|c| c.school == organisation && !c.assignments.is_empty()).unwrap();
    let grant = world.grants.iter().find(|g| g.on == On::Organisation(organisation)).unwrap();
    let plan_item = world.plan_items.iter().find(|p| p.studio == studio).unwrap();
    let task = world.tasks.iter().find(|t| t.studio == studio).unwrap();
    let membership = world.memberships.iter().find(|m| m.studio == studio).unwrap();
    let leader = &world.people[membership.person];
    let session = world.sessions.iter().find(|s| s.studio == studio && s.state == "planned").unwrap();
    let id = |prefix: &str, id: Uuid| json!(outside(prefix, id));
    Names::from([
        ("organisation", id("organisation", o.id)),
        ("school", id("organisation", o.id)),
        ("bureau", id("organisation", o.id)),
        ("county", id("organisation", o.id)),
        ("founded", id("organisation", o.id)),
        ("closing", id("organisation", o.id)),
        ("no", json!(o.no)),
        ("person", id("person", person.id)),
        ("grant", id("grant", grant.id)),
        ("class", id("class", class.id)),
        ("assignment", id("assignment", class.assignments[0].id)),
        ("studio", id("studio", world.studios[studio].id)),
        ("membership", id("membership", membership.id)),
        ("planitem", id("planitem", plan_item.id)),
        ("task", id("task", task.id)),
        ("studiosession", id("studiosession", session.id)),
        ("leader", id("person", leader.id)),
        ("session", id("session", crate::isolation::load::tenancy::session_of(person.id, world.days[0]))),
        ("import", id("import", crate::isolation::load::derived(person.id, 1))),
        ("key", Value::Null),
        // Account names are asked for by name across schools, so that guests can be added: not a secret of a tenant.
        ("lead", json!("nobody.at.all")),
        ("guest", json!("nobody.at.all")),
        ("password", json!("nothing")),
    ])
}

/// The same names for what nobody has.
fn nobodys(like: &Names) -> Names {
    let change = |(name, value): (&&'static str, &Value)| {
        let value = match value {
            Value::String(text) => match text.split_once('_') {
                Some((prefix, hex)) if hex.len() == 32 => {
                    let id = Uuid::try_parse(hex).unwrap();
                    json!(outside(prefix, Uuid::from_u128(!id.as_u128())))
                }
                _ => value.clone(),
            },
            Value::Number(_) => json!(2_000_000_123),
            other => other.clone(),
        };
        (*name, value)
    };
    like.iter().map(change).collect()
}

impl Places {
    /// Draws them from a world: one's own is a school with a studio; foreign is one that no hat here sees.
    pub(crate) async fn of(stage: &Stage, world: &World) -> Self {
        let oracle = Oracle::new(world, world.days[0]);
        let whole = |studio: &usize| {
            let of = &world.studios[*studio];
            let school = of.owner;
            of.closed.is_none()
                && oracle.lives(school)
                && world.classes.iter().any(|c| c.school == school && !c.assignments.is_empty())
                && world.grants.iter().any(|g| g.on == On::Organisation(school))
        };
        let studios: Vec<usize> = (0..world.studios.len()).filter(whole).collect();
        let worn = |grant: &&Grant| oracle.valid(grant) && world.people[grant.person].left.is_none();
        let hat_on =
            |role: Role, on: On| world.grants.iter().filter(worn).find(|g| g.role == role && g.on == on);
        let own = studios.iter().copied().find(|s| {
            let school = world.studios[*s].owner;
            hat_on(Role::SchoolAdministrator, On::Organisation(school)).is_some()
                && hat_on(Role::StudioLead, On::Studio(*s)).is_some()
        });
        let own = own.expect("a school with an administrator and a studio with a lead");
        let school = world.studios[own].owner;
        let bureau = oracle.parent(school).unwrap();
        let mut grants: Vec<&Grant> = vec![
            hat_on(Role::SchoolAdministrator, On::Organisation(school)).unwrap(),
            hat_on(Role::StudioLead, On::Studio(own)).unwrap(),
        ];
        grants.extend(hat_on(Role::BureauAdministrator, On::Organisation(bureau)));
        grants.extend(hat_on(Role::HomeroomTeacher, On::Organisation(school)));
        let rights: Vec<Rights> = grants.iter().map(|grant| oracle.rights(grant)).collect();
        let unseen = |studio: &&usize| {
            let of = &world.studios[**studio];
            let no = world.organisations[of.owner].no;
            let people = world.people.iter().filter(|p| p.home == of.owner);
            // Nobody of one's own may be known there: as a guest, or by a grant.
            let met = |p: &crate::isolation::world::Person| {
                world.grants.iter().any(|g| {
                    world.people[g.person].id == p.id
                        && match g.on {
                            On::Organisation(at) => at != of.owner,
                            On::Studio(at) => world.studios[at].owner != of.owner,
                        }
                })
            };
            rights.iter().all(|rights| !rights.read(no, Some(of.id))) && people.take(1).all(|p| !met(p))
        };
        let foreign = *studios.iter().find(unseen).expect("a studio that nobody here sees");
        let mut principals = Vec::new();
        let mut hats = Vec::new();
        for grant in grants {
            let token = token_of(world.people[grant.person].id, world.days[0]);
            let resumed = stage.resume(&token, Some(grant.id)).await.unwrap();
            principals.push((grant.role.code(), resumed.principal));
            hats.push((token, grant.id, grant.role.code()));
        }
        let (own, foreign) = (names(world, own), names(world, foreign));
        let absent = nobodys(&foreign);
        Self { own, foreign, absent, principals, hats }
    }

    /// The hat that may write most.
    pub(crate) fn writer(&self) -> (&'static str, &Principal) {
        (self.principals[0].0, &self.principals[0].1)
    }

    /// Whether two answers are the same but for the ids that were asked for and the request's own.
    pub(crate) fn alike(&self, foreign: &Value, absent: &Value) -> bool {
        let plain = |answer: &Value, names: &Names| {
            let mut answer = answer.clone();
            forget_request(&mut answer);
            let mut text = answer.to_string();
            for value in names.values() {
                if let Some(id) = value.as_str().filter(|id| id.len() > 32) {
                    text = text.replace(id, "<asked>");
                }
            }
            text
        };
        plain(foreign, &self.foreign) == plain(absent, &self.absent)
    }
}

fn forget_request(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("requestId");
            fields.values_mut().for_each(forget_request);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_request),
        _ => {}
    }
}
