//! Lists with random filters, sorting and pages.

use super::{Hat, List, chosen, outside};
use crate::isolation::world::{Kind, On};
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::json;
use std::collections::BTreeSet;
use vocabulary::Role;

fn direction(rng: &mut StdRng) -> &'static str {
    if rng.random() { "ASCENDING" } else { "DESCENDING" }
}

fn word(rng: &mut StdRng, words: &[&'static str]) -> &'static str {
    words.choose(rng).unwrap()
}

/// Mostly nothing, so that filters meet often enough to leave something.
fn sometimes<T>(rng: &mut StdRng, value: impl FnOnce(&mut StdRng) -> T) -> Option<T> {
    rng.random_ratio(1, 4).then(|| value(rng))
}

fn seen(hat: &Hat<'_>, organisation: usize) -> bool {
    hat.rights.reads.contains(&hat.world().organisations[organisation].no)
}

/// A random list under a hat, with what the oracle expects.
pub(super) fn draw(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    match rng.random_range(0..14) {
        0 | 1 => organisations(hat, rng),
        2 | 3 => people(hat, rng),
        4 | 5 => classes(hat, rng),
        6 | 7 => studios(hat, rng),
        8 | 9 => tasks(hat, rng),
        10 | 11 => sessions(hat, rng),
        _ => audit(hat, rng),
    }
}

fn organisations(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let any = |rng: &mut StdRng| rng.random_range(0..world.organisations.len());
    let kind = sometimes(rng, |rng| *[Kind::Bureau, Kind::School, Kind::Alliance].choose(rng).unwrap());
    let under = sometimes(rng, any);
    let search = sometimes(rng, |rng| world.organisations[any(rng)].name.chars().take(2).collect::<String>());
    let closed: bool = rng.random();
    let kind_word = kind.map(|kind| match kind {
        Kind::Bureau => "BUREAU",
        Kind::School => "SCHOOL",
        Kind::Alliance => "ALLIANCE",
    });
    // Below what the reader may not see there is nothing to know.
    let below = under.map(|top| {
        let mut below = hat.oracle.below(top);
        below.remove(&top);
        let seen = hat.rights.reads.contains(&world.organisations[top].no);
        if seen { below } else { BTreeSet::default() }
    });
    let expected = chosen(
        "organisation",
        &world.organisations,
        |o| o.id,
        |i, o| {
            hat.rights.reads.contains(&o.no)
                && kind.is_none_or(|kind| o.kind == kind)
                && below.as_ref().is_none_or(|below| below.contains(&i))
                && search.as_ref().is_none_or(|search| o.name.contains(search))
                && (closed || hat.oracle.lives(i))
        },
    );
    let filter = json!({
        "search": search, "kind": kind_word, "under": under.map(|i| outside("organisation", world.organisations[i].id)),
        "includeClosed": closed,
    });
    List {
        field: "organisations",
        declared: "$filter: OrganisationFilterInput, $sort: OrganisationSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": filter, "sort": word(rng, &["NUMBER", "NAME", "FOUNDED_ON"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: under.is_some_and(|i| !seen(hat, i)),
    }
}

fn people(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let home = sometimes(rng, |rng| rng.random_range(0..world.organisations.len()));
    let search = sometimes(rng, |rng| world.people.choose(rng).unwrap().name.clone());
    let expected = chosen(
        "person",
        &world.people,
        |p| p.id,
        |i, p| {
            // One's own record is one's own, whatever the hat.
            (hat.rights.reads.contains(&world.organisations[p.home].no) || i == hat.grant.person)
                && home.is_none_or(|home| p.home == home)
                && search.as_ref().is_none_or(|search| p.name.contains(search))
        },
    );
    let organisation = home.map(|i| outside("organisation", world.organisations[i].id));
    List {
        field: "people",
        declared: "$filter: PersonFilterInput, $sort: PersonSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": { "search": search, "organisation": organisation },
            "sort": word(rng, &["NAME", "LOGIN", "LAST_SIGN_IN"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: home.is_some_and(|i| !seen(hat, i)),
    }
}

fn classes(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let school = sometimes(rng, |rng| rng.random_range(0..world.organisations.len()));
    let vacant = sometimes(rng, StdRng::random::<bool>);
    let closed: bool = rng.random();
    let day = hat.oracle.day;
    let expected = chosen(
        "class",
        &world.classes,
        |c| c.id,
        |_, c| {
            let led = c
                .assignments
                .iter()
                .any(|a| a.kind != "deputy" && a.from <= day && a.to.is_none_or(|to| day <= to));
            hat.rights.reads.contains(&world.organisations[c.school].no)
                && school.is_none_or(|school| c.school == school)
                && vacant.is_none_or(|vacant| vacant != led)
                && (closed || c.closed.is_none_or(|closed| day <= closed))
        },
    );
    let filter = json!({
        "school": school.map(|i| outside("organisation", world.organisations[i].id)), "vacant": vacant,
        "includeClosed": closed, "cohort": sometimes(rng, |_| 2024),
    });
    List {
        field: "classes",
        declared: "$filter: ClassFilterInput, $sort: ClassSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": filter, "sort": word(rng, &["NAME", "COHORT", "HEADCOUNT"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: school.is_some_and(|i| !seen(hat, i)),
    }
}

fn studios(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let day = hat.oracle.day;
    let owners =
        sometimes(rng, |rng| world.organisations.choose_multiple(rng, 6).map(|o| o.no).collect::<Vec<_>>());
    let search =
        sometimes(rng, |rng| world.studios.choose(rng).unwrap().name.chars().take(2).collect::<String>());
    let mine: bool = rng.random_ratio(1, 5);
    let closed: bool = rng.random();
    let expected = chosen(
        "studio",
        &world.studios,
        |s| s.id,
        |i, s| {
            let member = world.memberships.iter().any(|m| {
                m.studio == i
                    && m.person == hat.grant.person
                    && m.from <= day
                    && m.to.is_none_or(|to| day <= to)
            });
            let no = world.organisations[s.owner].no;
            hat.reads_content()
                && hat.rights.read(no, Some(s.id))
                && owners.as_ref().is_none_or(|owners| owners.contains(&no))
                && search.as_ref().is_none_or(|search| s.name.contains(search))
                && (!mine || member)
                && (closed || s.closed.is_none())
        },
    );
    List {
        field: "studios",
        declared: "$filter: StudioFilterInput, $sort: StudioSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": { "owners": owners, "search": search, "mine": mine, "includeClosed": closed },
            "sort": word(rng, &["NAME", "FOUNDED_ON", "LAST_ACTIVITY", "OVERDUE_TASKS"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: false,
    }
}

fn tasks(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let day = hat.oracle.day;
    let studio = sometimes(rng, |rng| rng.random_range(0..world.studios.len()));
    let owners =
        sometimes(rng, |rng| world.organisations.choose_multiple(rng, 6).map(|o| o.no).collect::<Vec<_>>());
    let open = sometimes(rng, StdRng::random::<bool>);
    let overdue = sometimes(rng, |_| true);
    let mine: bool = rng.random_ratio(1, 8);
    let due_from = sometimes(rng, |rng| world.tasks.choose(rng).unwrap().due);
    let search =
        sometimes(rng, |rng| world.tasks.choose(rng).unwrap().title.chars().take(2).collect::<String>());
    let expected = chosen(
        "task",
        &world.tasks,
        |t| t.id,
        |_, t| {
            let of = &world.studios[t.studio];
            let no = world.organisations[of.owner].no;
            hat.reads_content()
                && hat.rights.read(no, Some(of.id))
                && studio.is_none_or(|studio| t.studio == studio)
                && owners.as_ref().is_none_or(|owners| owners.contains(&no))
                && open.is_none_or(|open| open == t.closed.is_none())
                && overdue.is_none_or(|_| t.closed.is_none() && t.due < day)
                && (!mine || t.owner == Some(hat.grant.person))
                && due_from.is_none_or(|from| from <= t.due)
                && search.as_ref().is_none_or(|search| t.title.contains(search))
        },
    );
    let filter = json!({
        "studio": studio.map(|i| outside("studio", world.studios[i].id)), "owners": owners,
        "state": open.map(|open| if open { "OPEN" } else { "CLOSED" }), "overdue": overdue, "mine": mine,
        "dueFrom": due_from, "search": search,
    });
    List {
        field: "tasks",
        declared: "$filter: TaskFilterInput, $sort: TaskSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": filter, "sort": word(rng, &["DUE_ON", "TITLE", "CLOSED_ON"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: false,
    }
}

fn sessions(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let studio = sometimes(rng, |rng| rng.random_range(0..world.studios.len()));
    let owners =
        sometimes(rng, |rng| world.organisations.choose_multiple(rng, 6).map(|o| o.no).collect::<Vec<_>>());
    let state = sometimes(rng, |rng| word(rng, &["planned", "held", "cancelled"]));
    let function = sometimes(rng, |rng| word(rng, &["research", "advice", "guidance", "service"]));
    let from = sometimes(rng, |rng| world.sessions.choose(rng).unwrap().on);
    let to = sometimes(rng, |rng| world.sessions.choose(rng).unwrap().on);
    let search =
        sometimes(rng, |rng| world.sessions.choose(rng).unwrap().title.chars().take(2).collect::<String>());
    let expected = chosen(
        "studiosession",
        &world.sessions,
        |s| s.id,
        |_, s| {
            let of = &world.studios[s.studio];
            let no = world.organisations[of.owner].no;
            hat.reads_content()
                && hat.rights.read(no, Some(of.id))
                && studio.is_none_or(|studio| s.studio == studio)
                && owners.as_ref().is_none_or(|owners| owners.contains(&no))
                && state.is_none_or(|state| s.state == state)
                && function.is_none_or(|function| s.functions.contains(&function))
                && from.is_none_or(|from| from <= s.on)
                && to.is_none_or(|to| s.on <= to)
                && search.as_ref().is_none_or(|search| s.title.contains(search))
        },
    );
    let filter = json!({
        "studio": studio.map(|i| outside("studio", world.studios[i].id)), "owners": owners,
        "state": state.map(str::to_uppercase), "function": function.map(str::to_uppercase), "from": from, "to": to,
        "search": search,
    });
    List {
        field: "studioSessions",
        declared: "$filter: StudioSessionFilterInput, $sort: StudioSessionSort!, $direction: Direction!,",
        given: "filter: $filter, sort: $sort, direction: $direction,",
        variables: json!({
            "filter": filter, "sort": word(rng, &["STARTS_AT", "TITLE"]), "direction": direction(rng),
        }),
        expected,
        refused: false,
        beyond: false,
    }
}

fn audit(hat: &Hat<'_>, rng: &mut StdRng) -> List {
    let world = hat.world();
    let services = ["tenancy", "studios", "resources", "analytics"];
    let service = rng.random_ratio(3, 4).then(|| *services.choose(rng).unwrap());
    let organisation = sometimes(rng, |rng| world.organisations.choose(rng).unwrap().no);
    let person = sometimes(rng, |rng| rng.random_range(0..world.people.len()));
    let action = sometimes(rng, |_| "CloseTask");
    let expected = chosen(
        "audit",
        &world.audits,
        |a| a.id,
        |_, a| {
            let no = world.organisations[a.owner].no;
            hat.rights.reads.contains(&no)
                && service.is_none_or(|service| a.service == service)
                && organisation.is_none_or(|wanted| no == wanted)
                && person.is_none_or(|person| a.person == person)
                && action.is_none_or(|action| a.action == action)
        },
    );
    let filter = json!({
        "organisation": organisation, "person": person.map(|i| outside("person", world.people[i].id)), "action": action,
    });
    List {
        field: "audit",
        declared: "$filter: AuditFilterInput, $service: AuditService,",
        given: "filter: $filter, service: $service,",
        variables: json!({ "filter": filter, "service": service.map(str::to_uppercase) }),
        expected,
        refused: !hat.reads_audit(),
        beyond: false,
    }
}

impl Hat<'_> {
    /// Those who run the installation, its accounts and its audit see no content of studios and figures.
    pub(super) const fn reads_content(&self) -> bool {
        !matches!(
            self.grant.role,
            Role::SystemAdministrator | Role::SecurityAdministrator | Role::AuditAdministrator
        )
    }

    pub(super) const fn reads_audit(&self) -> bool {
        matches!(
            self.grant.role,
            Role::AuditAdministrator
                | Role::BureauAdministrator
                | Role::AllianceAdministrator
                | Role::SchoolAdministrator
        )
    }

    /// Who sees telephone numbers: those who administer people.
    pub(super) const fn sees_phones(&self) -> bool {
        matches!(
            self.grant.role,
            Role::BureauAdministrator
                | Role::SchoolAdministrator
                | Role::SecurityAdministrator
                | Role::SchoolClerk
        )
    }

    /// Who sees who else could see an organisation: its own leaders, and those who answer for accounts.
    pub(super) const fn sees_seers(&self) -> bool {
        matches!(
            self.grant.role,
            Role::BureauAdministrator
                | Role::BureauOfficer
                | Role::SchoolAdministrator
                | Role::SchoolLeader
                | Role::SecurityAdministrator
        )
    }

    pub(crate) const fn on_organisation(&self) -> bool {
        matches!(self.grant.on, On::Organisation(_))
    }
}
