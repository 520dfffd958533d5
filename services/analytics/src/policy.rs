//! Who may read what. Figures are read by everybody whose scope holds their subject, except by those who run the
//! installation, its accounts or its audit; inside the line of authority nothing is suppressed.

use vocabulary::{Actor, Code, Error, OrganisationNo, Principal, Result, Role, StudioId};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Figures, their trend, and the records behind them.
    ReadFigures,
    /// The audit of this service.
    ReadAudit,
}

/// How the caller stands to the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The subject, or its organisation, lies in what the caller reads.
    Organisation,
    /// The subject is a studio that the caller reads although its organisation is not.
    Studio,
    /// Outside.
    None,
}

impl Relation {
    /// How the caller stands to an organisation or, where given, to a studio of it.
    pub(crate) fn of(principal: &Principal, no: Option<OrganisationNo>, studio: Option<StudioId>) -> Self {
        if no.is_some_and(|no| principal.readable.contains(no)) {
            Self::Organisation
        } else if studio.is_some_and(|studio| principal.studios.contains(&studio)) {
            Self::Studio
        } else {
            Self::None
        }
    }
}

const fn role_may(role: Role, action: Action) -> bool {
    use Role::{
        AllianceAdministrator, Analyst, AuditAdministrator, BureauAdministrator, BureauOfficer,
        ExternalExpert, HomeroomTeacher, SchoolAdministrator, SchoolClerk, SchoolLeader,
        SecurityAdministrator, StudioCoordinator, StudioLead, StudioMember, SystemAdministrator,
    };
    match action {
        Action::ReadFigures => match role {
            SystemAdministrator | SecurityAdministrator | AuditAdministrator => false,
            BureauAdministrator
            | BureauOfficer
            | AllianceAdministrator
            | SchoolLeader
            | SchoolAdministrator
            | SchoolClerk
            | StudioLead
            | StudioCoordinator
            | StudioMember
            | HomeroomTeacher
            | ExternalExpert
            | Analyst => true,
        },
        Action::ReadAudit => matches!(
            role,
            AuditAdministrator | BureauAdministrator | AllianceAdministrator | SchoolAdministrator
        ),
    }
}

/// Whether the caller's role may do this at all: Forbidden tells nothing of any subject.
pub(crate) fn may(principal: &Principal, action: Action) -> Result<()> {
    match &principal.actor {
        Actor::Anonymous => Err(Error::new(Code::Unauthenticated)),
        // Without a hat nothing is within scope: lists are empty, and a thing asked for is not found.
        Actor::Person { hat: None, .. } if action == Action::ReadFigures => Ok(()),
        Actor::Person { hat: None, .. } => Err(Error::new(Code::Forbidden)),
        Actor::Person { hat: Some(hat), .. } if !role_may(hat.role, action) => {
            Err(Error::new(Code::Forbidden))
        }
        Actor::Person { .. } | Actor::Service(_) => Ok(()),
    }
}

/// Whether the caller may read this subject's figures: what lies outside is not found.
pub(crate) fn may_read(principal: &Principal, relation: Relation) -> Result<()> {
    may(principal, Action::ReadFigures)?;
    match relation {
        Relation::Organisation | Relation::Studio => Ok(()),
        Relation::None => Err(Error::new(Code::NotFound)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;
    use testkit::principal;
    use vocabulary::PersonId;

    /// Who asks, over organisation 7 and a studio of it, and what they stand in.
    fn callers() -> Vec<(String, Principal)> {
        let (person, studio) = (PersonId::new(), StudioId::new());
        let mut callers = vec![
            ("nobody signed in".to_owned(), Principal::anonymous()),
            ("no hat".to_owned(), principal::without_hat(person)),
            ("service".to_owned(), Principal::service("analytics", OrganisationNo(7))),
        ];
        callers.extend(Role::ALL.iter().map(|role| {
            let principal = if role.on_studio() {
                principal::on_studio(person, *role, studio, 7)
            } else {
                principal::on_organisation(person, *role, 7, &[(7, 8)], &[])
            };
            (role.code().to_owned(), principal)
        }));
        callers
    }

    const fn word(answer: &Result<()>) -> &'static str {
        match answer {
            Ok(()) => "yes",
            Err(error) => match error.code() {
                Code::Unauthenticated => "sign in",
                Code::Forbidden => "forbidden",
                Code::NotFound => "not found",
                _ => "?",
            },
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "UPDATE is the developer's switch, not configuration")]
    fn the_matrix_is_the_checked_in_one() {
        let mut matrix =
            "who / figures within / figures of a studio given alone / figures outside / audit\n".to_owned();
        for (name, principal) in callers() {
            let answers = [Relation::Organisation, Relation::Studio, Relation::None]
                .map(|relation| may_read(&principal, relation));
            let [within, studio, outside] = answers.each_ref().map(word);
            let audit = may(&principal, Action::ReadAudit);
            writeln!(matrix, "{name}: {within} / {studio} / {outside} / {}", word(&audit)).unwrap();
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/policy_matrix.txt");
        if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
            std::fs::write(path, &matrix).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), matrix, "run the test with UPDATE=1 to accept");
    }

    #[test]
    fn a_relation_follows_from_the_scope() {
        let studio = StudioId::new();
        let member = principal::on_studio(PersonId::new(), Role::StudioMember, studio, 7);
        assert_eq!(Relation::of(&member, Some(OrganisationNo(7)), Some(studio)), Relation::Studio);
        assert_eq!(Relation::of(&member, Some(OrganisationNo(7)), None), Relation::None);
        let officer = principal::bureau_officer(PersonId::new(), 1, (1, 10));
        assert_eq!(Relation::of(&officer, Some(OrganisationNo(7)), Some(studio)), Relation::Organisation);
        assert_eq!(Relation::of(&officer, None, Some(studio)), Relation::None);
    }
}
