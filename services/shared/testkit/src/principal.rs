//! Principals for tests: people under hats, with the ranges that follow.

use vocabulary::{
    Actor, GrantId, Hat, OrganisationId, OrganisationNo, PersonId, Principal, Ranges, Role, Scope, SessionId,
    StudioId,
};

fn person_under(person: PersonId, role: Role, scope: Scope) -> Principal {
    let hat = Hat { grant: GrantId::new(), role, scope };
    Principal {
        actor: Actor::Person { id: person, session: SessionId::new(), hat: Some(hat) },
        ..Principal::anonymous()
    }
}

/// A person under a role on an organisation, who reads and writes these ranges (half-open pairs).
pub fn on_organisation(
    person: PersonId,
    role: Role,
    no: i32,
    readable: &[(i32, i32)],
    writable: &[(i32, i32)],
) -> Principal {
    let scope = Scope::Organisation { id: OrganisationId::new(), no: OrganisationNo(no) };
    Principal {
        readable: Ranges::from_pairs(readable.iter().copied()),
        writable: Ranges::from_pairs(writable.iter().copied()),
        ..person_under(person, role, scope)
    }
}

/// A school's administrator.
pub fn school_administrator(person: PersonId, no: i32) -> Principal {
    on_organisation(person, Role::SchoolAdministrator, no, &[(no, no + 1)], &[(no, no + 1)])
}

/// A bureau's officer, who reads a range and writes nothing.
pub fn bureau_officer(person: PersonId, no: i32, readable: (i32, i32)) -> Principal {
    on_organisation(person, Role::BureauOfficer, no, &[readable], &[])
}

/// A bureau's administrator, who reads and writes a range.
pub fn bureau_administrator(person: PersonId, no: i32, range: (i32, i32)) -> Principal {
    on_organisation(person, Role::BureauAdministrator, no, &[range], &[range])
}

/// A person under a role on a studio: its lead, coordinator, member or an expert. Experts write nothing.
pub fn on_studio(person: PersonId, role: Role, studio: StudioId, no: i32) -> Principal {
    let scope = Scope::Studio { id: studio, no: OrganisationNo(no) };
    let studios_writable = if role == Role::ExternalExpert { Vec::new() } else { vec![studio] };
    Principal { studios: vec![studio], studios_writable, ..person_under(person, role, scope) }
}

/// A person without a valid grant.
pub fn without_hat(person: PersonId) -> Principal {
    Principal {
        actor: Actor::Person { id: person, session: SessionId::new(), hat: None },
        ..Principal::anonymous()
    }
}
