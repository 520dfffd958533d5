//! Who may do what: pure tables of role × action, and of role × role for giving.

use vocabulary::{Actor, Code, Error, OrganisationNo, Principal, Ranges, Result, Role};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Sees organisations, people and classes.
    Read,
    /// Founds, renames, moves, merges and closes organisations.
    ManageOrganisations,
    /// Says how long passwords are.
    SetPasswordRules,
    /// Adds and corrects people.
    ManagePeople,
    /// Gives one-time passwords.
    ResetPasswords,
    /// Gives and takes back grants.
    ManageGrants,
    /// Sees who could see an organisation.
    SeeSeers,
    /// Adds classes and assigns teachers.
    ManageClasses,
    /// Sees telephone numbers.
    SeePhones,
    /// Reads the audit.
    ReadAudit,
    /// Brings in spreadsheets.
    Import,
}

impl Action {
    #[cfg(test)]
    const ALL: [Action; 11] = [
        Action::Read,
        Action::ManageOrganisations,
        Action::SetPasswordRules,
        Action::ManagePeople,
        Action::ResetPasswords,
        Action::ManageGrants,
        Action::SeeSeers,
        Action::ManageClasses,
        Action::SeePhones,
        Action::ReadAudit,
        Action::Import,
    ];
}

/// The table.
const fn allows(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::Read => true,
        A::ManageOrganisations => matches!(role, R::BureauAdministrator),
        A::SetPasswordRules => matches!(role, R::BureauAdministrator | R::SecurityAdministrator),
        A::ManagePeople | A::Import => {
            matches!(role, R::BureauAdministrator | R::SchoolAdministrator | R::SchoolClerk)
        }
        A::SeePhones => allows(role, A::ManagePeople) || matches!(role, R::SecurityAdministrator),
        A::ManageGrants => {
            matches!(role, R::BureauAdministrator | R::AllianceAdministrator | R::SchoolAdministrator)
        }
        A::ManageClasses => matches!(role, R::BureauAdministrator | R::SchoolAdministrator | R::SchoolClerk),
        A::ResetPasswords => {
            matches!(role, R::BureauAdministrator | R::SchoolAdministrator | R::SecurityAdministrator)
        }
        A::SeeSeers => matches!(
            role,
            R::BureauAdministrator
                | R::BureauOfficer
                | R::SchoolAdministrator
                | R::SchoolLeader
                | R::SecurityAdministrator
        ),
        A::ReadAudit => matches!(
            role,
            R::AuditAdministrator
                | R::BureauAdministrator
                | R::AllianceAdministrator
                | R::SchoolAdministrator
        ),
    }
}

/// The roles that a role may give, within its own scope. Roles on studios come from memberships.
pub(crate) fn may_give(role: Role) -> Vec<Role> {
    use Role as R;
    match role {
        R::BureauAdministrator => vec![
            R::BureauAdministrator,
            R::BureauOfficer,
            R::AllianceAdministrator,
            R::SchoolLeader,
            R::SchoolAdministrator,
            R::SchoolClerk,
            R::HomeroomTeacher,
            R::Analyst,
        ],
        R::AllianceAdministrator => vec![R::AllianceAdministrator, R::Analyst],
        R::SchoolAdministrator => {
            vec![R::SchoolLeader, R::SchoolAdministrator, R::SchoolClerk, R::HomeroomTeacher]
        }
        R::SystemAdministrator => vec![R::SystemAdministrator],
        R::SecurityAdministrator => vec![R::SecurityAdministrator],
        R::AuditAdministrator => vec![R::AuditAdministrator],
        _ => Vec::new(),
    }
}

/// The three administrators of an installation, who exclude each other.
pub(crate) const THREE: [Role; 3] =
    [Role::SystemAdministrator, Role::SecurityAdministrator, Role::AuditAdministrator];

/// Whether the caller's role gives and takes back grants at all: the three give their own role and no other.
pub(crate) fn may_manage_grants(principal: &Principal) -> Result<()> {
    may(principal, Action::ManageGrants).or_else(|error| {
        if principal.role().is_some_and(|role| THREE.contains(&role)) { Ok(()) } else { Err(error) }
    })
}

/// Whether a role stands on an organisation of this kind.
pub(crate) const fn stands_on(role: Role, kind: contract::tenancy::OrganisationKind) -> bool {
    use Role as R;
    use contract::tenancy::OrganisationKind as K;
    match role {
        R::SystemAdministrator
        | R::SecurityAdministrator
        | R::AuditAdministrator
        | R::BureauAdministrator
        | R::BureauOfficer => matches!(kind, K::Bureau),
        R::AllianceAdministrator => matches!(kind, K::Alliance),
        R::SchoolLeader | R::SchoolAdministrator | R::SchoolClerk | R::HomeroomTeacher => {
            matches!(kind, K::School)
        }
        R::Analyst => true,
        R::StudioLead | R::StudioCoordinator | R::StudioMember | R::ExternalExpert => false,
    }
}

/// Whether the caller may do this at all: somebody is signed in, and their hat's role allows it.
pub(crate) fn may(principal: &Principal, action: Action) -> Result<()> {
    match &principal.actor {
        Actor::Anonymous => Err(Error::new(Code::Unauthenticated)),
        Actor::Service(_) => Ok(()),
        Actor::Person { hat, .. } => {
            match hat {
                Some(hat) if allows(hat.role, action) => Ok(()),
                // Without a hat a person reads what is their own.
                None if action == Action::Read => Ok(()),
                _ => Err(Error::new(Code::Forbidden)
                    .because(format!("{action:?} is not for {:?}", principal.role()))),
            }
        }
    }
}

/// Whether the caller may change records of this organisation: what they may not read is not found.
pub(crate) fn may_change(principal: &Principal, action: Action, no: OrganisationNo) -> Result<()> {
    if !matches!(principal.actor, Actor::Anonymous) && !principal.readable.contains(no) {
        return Err(Error::new(Code::NotFound));
    }
    may(principal, action)?;
    // A one-time password is the security administrator's to give, who writes nothing else.
    if principal.writable.contains(no) { Ok(()) } else { Err(Error::new(Code::Forbidden)) }
}

/// Where the caller may watch imports, and take their error files: where they may bring spreadsheets in. Nowhere, for
/// others who have signed in.
pub(crate) fn imports_in(principal: &Principal) -> Result<Ranges> {
    may(principal, Action::Read)?;
    let brings_in = may(principal, Action::Import).is_ok();
    Ok(if brings_in { principal.writable.clone() } else { Ranges::none() })
}

/// The ranges a role reads and writes of what its organisation's line of authority covers.
pub(crate) const fn reach(role: Role) -> (bool, bool) {
    use Role as R;
    match role {
        R::BureauAdministrator
        | R::AllianceAdministrator
        | R::SchoolAdministrator
        | R::SchoolClerk
        | R::SecurityAdministrator => (true, true),
        R::AuditAdministrator | R::BureauOfficer | R::Analyst | R::SchoolLeader | R::HomeroomTeacher => {
            (true, false)
        }
        // Runs the installation, and sees no tenant's records; or stands on a studio.
        R::SystemAdministrator
        | R::StudioLead
        | R::StudioCoordinator
        | R::StudioMember
        | R::ExternalExpert => (false, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
    fn the_matrix_is_the_checked_in_one() {
        let mut text = String::new();
        for role in Role::ALL {
            let (reads, writes) = reach(*role);
            writeln!(text, "{}: reads {reads}, writes {writes}", role.code()).unwrap();
            let actions: Vec<String> =
                Action::ALL.iter().filter(|a| allows(*role, **a)).map(|a| format!("{a:?}")).collect();
            writeln!(text, "  may: {}", actions.join(" ")).unwrap();
            let gives: Vec<&str> = may_give(*role).into_iter().map(Role::code).collect();
            writeln!(text, "  may give: {}", gives.join(" ")).unwrap();
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/policy_matrix.txt");
        if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
            std::fs::write(file, &text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(file).unwrap_or_default(),
            text,
            "UPDATE=1 writes the matrix anew"
        );
    }

    #[test]
    fn nobody_gives_what_they_do_not_outrank() {
        for role in Role::ALL {
            for given in may_give(*role) {
                assert!(!given.on_studio());
                let school = matches!(role, Role::SchoolAdministrator);
                assert!(
                    !school
                        || matches!(
                            given,
                            Role::SchoolLeader
                                | Role::SchoolAdministrator
                                | Role::SchoolClerk
                                | Role::HomeroomTeacher
                        )
                );
            }
        }
    }
}
