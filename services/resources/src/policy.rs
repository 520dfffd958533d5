//! Who may do what: pure tables of role × action.

use vocabulary::{Actor, Code, Error, Principal, Result, Role};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Reads the vocabularies.
    ReadVocabulary,
    /// Reads who changed what.
    ReadAudit,
}

/// The table.
const fn allows(role: Option<Role>, action: Action) -> bool {
    match action {
        Action::ReadVocabulary => true,
        Action::ReadAudit => matches!(
            role,
            Some(
                Role::AuditAdministrator
                    | Role::BureauAdministrator
                    | Role::AllianceAdministrator
                    | Role::SchoolAdministrator
            )
        ),
    }
}

/// Whether the caller may.
pub(crate) fn may(principal: &Principal, action: Action) -> Result<()> {
    if principal.actor == Actor::Anonymous {
        return Err(Error::new(Code::Unauthenticated));
    }
    if allows(principal.role(), action) {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden).because(format!("{:?} may not {action:?}", principal.role())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
    fn the_matrix_is_the_checked_in_one() {
        let mut text = String::from("role × action\n\n");
        for role in [None].into_iter().chain(Role::ALL.iter().copied().map(Some)) {
            let allowed: Vec<String> = [Action::ReadVocabulary, Action::ReadAudit]
                .into_iter()
                .filter(|action| allows(role, *action))
                .map(|action| format!("{action:?}"))
                .collect();
            writeln!(text, "{:<24} {}", role.map_or("without a hat", Role::code), allowed.join(", "))
                .unwrap();
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/policy_matrix.txt");
        if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
            std::fs::write(path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "UPDATE=1 writes it anew");
    }
}
