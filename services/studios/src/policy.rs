//! Who may do what: pure tables of role × action × relation.

use crate::scope::Scope;
use vocabulary::{Actor, Code, Error, OrganisationNo, Principal, Ranges, Result, Role, StudioId};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Reads studios, members, plans and ledgers.
    Read,
    /// Reads who changed what.
    ReadAudit,
    /// Founds a studio.
    FoundStudio,
    /// Corrects a studio's charter.
    ChangeCharter,
    /// Closes a studio.
    CloseStudio,
    /// Makes somebody lead or coordinator, or takes it from them.
    AppointLead,
    /// Adds, corrects and ends plain memberships.
    ManageMembers,
    /// Adds, changes and removes plan items.
    MakePlan,
    /// Adds and changes ledger lines.
    KeepLedger,
    /// Closes and reopens anybody's ledger lines.
    CloseTask,
    /// Closes and reopens the ledger lines that the caller owns.
    CloseOwnTask,
    /// Plans, records and cancels sessions.
    KeepSessions,
    /// Brings in spreadsheets.
    Import,
}

/// How the caller stands to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Writes the records of its organisation.
    Organisation,
    /// Writes the records of its studio.
    Studio,
    /// Reads it.
    Reader,
}

impl Relation {
    fn of(principal: &Principal, owner: OrganisationNo, studio: Option<StudioId>) -> Option<Self> {
        if principal.writable.contains(owner) {
            Some(Self::Organisation)
        } else if studio.is_some_and(|studio| principal.studios_writable.contains(&studio)) {
            Some(Self::Studio)
        } else if principal.reads(owner, studio) {
            Some(Self::Reader)
        } else {
            None
        }
    }
}

/// The table.
const fn allows(role: Role, action: Action, relation: Relation) -> bool {
    use Action as A;
    match action {
        // They run the installation, its accounts and its audit: no content.
        A::Read => !matches!(
            role,
            Role::SystemAdministrator | Role::SecurityAdministrator | Role::AuditAdministrator
        ),
        A::ReadAudit => {
            let runs = matches!(
                role,
                Role::BureauAdministrator | Role::AllianceAdministrator | Role::SchoolAdministrator
            );
            !matches!(relation, Relation::Studio) && (runs || matches!(role, Role::AuditAdministrator))
        }
        _ => match (relation, role) {
            (
                Relation::Organisation,
                Role::BureauAdministrator
                | Role::AllianceAdministrator
                | Role::SchoolAdministrator
                | Role::SchoolClerk,
            ) => true,
            (Relation::Studio, Role::StudioLead) => !matches!(action, A::FoundStudio | A::Import),
            (Relation::Studio, Role::StudioCoordinator) => matches!(
                action,
                A::ManageMembers
                    | A::MakePlan
                    | A::KeepLedger
                    | A::CloseTask
                    | A::CloseOwnTask
                    | A::KeepSessions
            ),
            (Relation::Studio, Role::StudioMember) => matches!(action, A::CloseOwnTask),
            _ => false,
        },
    }
}

/// Whether the caller may do this to a record of the organisation or, where given, of the studio. What they may not
/// know to exist is not found.
pub(crate) fn may(
    principal: &Principal,
    action: Action,
    owner: OrganisationNo,
    studio: Option<StudioId>,
) -> Result<()> {
    let known = Relation::of(principal, owner, studio).zip(principal.role());
    let Some((relation, role)) = known.filter(|(relation, role)| allows(*role, Action::Read, *relation))
    else {
        return Err(Error::new(Code::NotFound).because("the record lies outside the caller's scope"));
    };
    if allows(role, action, relation) {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden).because(format!("{} as {relation:?} may not {action:?}", role.code())))
}

/// Whose content the caller reads: nothing, for those who run the installation.
pub(crate) fn reads(principal: &Principal) -> Result<Scope> {
    match &principal.actor {
        Actor::Anonymous => Err(Error::new(Code::Unauthenticated)),
        Actor::Service(_) => Ok(Scope::of(principal)),
        Actor::Person { hat, .. } => {
            let role = hat.as_ref().map(|hat| hat.role);
            let reads = role.is_some_and(|role| allows(role, Action::Read, Relation::Reader));
            Ok(if reads { Scope::of(principal) } else { Scope::nothing() })
        }
    }
}

/// Where the caller may watch imports, and take their error files: where they may bring spreadsheets in. Nowhere, for
/// others who have signed in.
pub(crate) fn imports(principal: &Principal) -> Result<Ranges> {
    reads(principal)?;
    let brings_in = principal.role().is_some_and(|role| allows(role, Action::Import, Relation::Organisation));
    Ok(if brings_in { principal.writable.clone() } else { Ranges::none() })
}

/// Whether the caller reads the audit of their scope.
pub(crate) fn may_read_audit(principal: &Principal) -> Result<()> {
    if principal.actor == Actor::Anonymous {
        return Err(Error::new(Code::Unauthenticated));
    }
    match principal.role() {
        Some(role) if allows(role, Action::ReadAudit, Relation::Reader) => Ok(()),
        _ => Err(Error::new(Code::Forbidden).because("the role reads no audit")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    const ACTIONS: [Action; 13] = [
        Action::Read,
        Action::ReadAudit,
        Action::FoundStudio,
        Action::ChangeCharter,
        Action::CloseStudio,
        Action::AppointLead,
        Action::ManageMembers,
        Action::MakePlan,
        Action::KeepLedger,
        Action::CloseTask,
        Action::CloseOwnTask,
        Action::KeepSessions,
        Action::Import,
    ];

    #[test]
    #[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
    fn the_matrix_is_the_checked_in_one() {
        let mut text =
            String::from("role × action: the relations that allow it (organisation, studio, reader)\n");
        for role in Role::ALL {
            writeln!(text, "\n{}", role.code()).unwrap();
            for action in ACTIONS {
                let by: Vec<&str> = [
                    (Relation::Organisation, "organisation"),
                    (Relation::Studio, "studio"),
                    (Relation::Reader, "reader"),
                ]
                .into_iter()
                .filter(|(relation, _)| allows(*role, action, *relation))
                .map(|(_, name)| name)
                .collect();
                let by = if by.is_empty() { "-".to_owned() } else { by.join(", ") };
                writeln!(text, "  {:<14} {by}", format!("{action:?}")).unwrap();
            }
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/policy_matrix.txt");
        if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
            std::fs::write(path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "UPDATE=1 writes it anew");
    }
}
