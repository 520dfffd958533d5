//! Tenancy with its answers about who asks altered on their way: how a fault in making principals would look.

use contract::tenancy::*;
use contract::{Handle, Operation, Serves};
use futures::future::BoxFuture;
use std::sync::Arc;
use vocabulary::{Call, Result};

/// The real service, and what was asked of it: gives the altered answer.
pub(crate) type Alter =
    Arc<dyn for<'a> Fn(&'a dyn Tenancy, &'a Call, Resume) -> BoxFuture<'a, Result<Resumed>> + Send + Sync>;

/// Hands every operation on to the real service; [`Resume`] through the alteration.
pub(crate) struct Altered {
    pub(crate) real: Arc<dyn Tenancy>,
    pub(crate) alter: Alter,
}

impl Handle<Resume> for Altered {
    async fn handle(&self, call: &Call, request: Resume) -> Result<Resumed> {
        (self.alter)(&*self.real, call, request).await
    }
}

macro_rules! hand_on {
    ($($op:ident),* $(,)?) => {$(
        impl Handle<$op> for Altered {
            async fn handle(&self, call: &Call, request: $op) -> Result<<$op as Operation>::Reply> {
                Serves::<$op>::serve(&*self.real, call, request).await
            }
        }
    )*};
}

hand_on! {
    SignIn, ListSessions, SignOut, RevokeSession, ChangePassword, ResetPassword, ListOrganisations, OpenOrganisations,
    OpenOrganisationsByNo, SchoolsUnder, OrganisationTree, OrganisationHistory, WhoCouldSee, FoundOrganisation,
    RenameOrganisation, MoveOrganisation, ChangeSchoolCode, MergeOrganisation, CloseOrganisation, ListPeople,
    OpenPeople, SetPasswordLength, AddPerson, UpdatePerson, NoteLeaving, GrantsOfPeople, GrantsOn, GrantableRoles,
    GiveGrant, RevokeGrant, ListClasses, OpenClasses, AddClass, UpdateClass, AssignHomeroom, EndAssignment, ListAudit, Template, StartImport,
    OpenImport, ListImports, ImportErrors, ExportOrganisations, ExportPeople, ExportClasses, ExportAudit,
}
