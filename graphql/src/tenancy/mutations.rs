//! Tenancy's commands. Signing in and out and the change of a password touch the request's own session, so they are
//! written out; the rest is a table.

use super::{HomeroomClass, Me, Organisation, Person};
use crate::ask::part;
use crate::levels::Of;
use crate::payload::{UserError, mutations, outcome, send};
use crate::session::{Identity, Sessions};
use async_graphql::{Context, InputObject, MergedObject, Object, SimpleObject};
use contract::tenancy::{
    AddClass, AddPerson, AddedPerson, AssignHomeroom, ChangePassword, ChangeSchoolCode, CloseOrganisation,
    EndAssignment, FoundOrganisation, GiveGrant, Grant, MergeOrganisation, MoveOrganisation, NewPassword,
    NoteLeaving, RenameOrganisation, ResetPassword, RevokeGrant, RevokeSession, SetPasswordLength, SignOut,
    UpdateClass, UpdatePerson,
};
use vocabulary::{Call, Result};

/// Tenancy's mutations.
#[derive(MergedObject, Default)]
pub(crate) struct TenancyMutations(SessionMutations, RecordMutations);

/// What changes the request's own session.
#[derive(Default)]
pub(crate) struct SessionMutations;

/// What changes tenancy's records.
#[derive(Default)]
pub(crate) struct RecordMutations;

/// An account name and a password.
#[derive(InputObject)]
struct SignInInput {
    /// Account name.
    login: String,
    /// Password.
    #[graphql(secret)]
    password: String,
}

/// The outcome of signing in; the session itself is in a cookie that scripts cannot read.
#[derive(SimpleObject)]
struct SignInPayload {
    /// Who signed in.
    me: Option<Me>,
    /// What the caller should correct.
    user_errors: Vec<UserError>,
}

/// The outcome of a command on the request's own session.
#[derive(SimpleObject)]
struct SessionPayload {
    /// Whether it was done.
    done: Option<bool>,
    /// What the caller should correct.
    user_errors: Vec<UserError>,
}

#[Object]
impl SessionMutations {
    /// Signs in.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<Option<SignInPayload>> {
        let sessions = part::<Sessions>(ctx)?;
        let call = part::<Call>(ctx)?;
        let signed = sessions.sign_in(call, part::<Identity>(ctx)?, input.login, input.password).await;
        let (signed, user_errors) = outcome(signed)?;
        let me = signed.and_then(|(identity, cookie)| {
            ctx.append_http_header(http::header::SET_COOKIE, cookie);
            let mut call = call.clone();
            call.principal = identity.principal();
            Me::new(&identity, call)
        });
        Ok(Some(SignInPayload { me, user_errors }))
    }

    /// Ends the session that asks.
    async fn sign_out(&self, ctx: &Context<'_>, input: SignOut) -> Result<Option<SessionPayload>> {
        let sent = send(ctx, input).await;
        let sessions = part::<Sessions>(ctx)?;
        sessions.forget(part::<Identity>(ctx)?).await;
        ctx.append_http_header(http::header::SET_COOKIE, sessions.no_cookie());
        let (done, user_errors) = sent?;
        Ok(Some(SessionPayload { done, user_errors }))
    }

    /// Changes the caller's own password; every other session ends.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: ChangePassword,
    ) -> Result<Option<SessionPayload>> {
        let (done, user_errors) = send(ctx, input).await?;
        Ok(Some(SessionPayload { done, user_errors }))
    }

    /// Ends one of the caller's own sessions.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        input: RevokeSession,
    ) -> Result<Option<SessionPayload>> {
        let (done, user_errors) = send(ctx, input).await?;
        Ok(Some(SessionPayload { done, user_errors }))
    }
}

fn organisation(reply: contract::tenancy::Organisation) -> Organisation {
    Organisation(Of::alone(reply))
}

fn class(reply: contract::tenancy::HomeroomClass) -> HomeroomClass {
    HomeroomClass(Of::alone(reply))
}

mutations! { RecordMutations {
    /// Gives a person a one-time password, to be changed at the next sign-in; ends their sessions and any lock.
    reset_password(ResetPassword) -> ResetPasswordPayload { password: NewPassword = |reply| reply }
    /// Founds an organisation.
    found_organisation(FoundOrganisation) -> FoundOrganisationPayload { organisation: Organisation = organisation }
    /// Renames an organisation from a day on.
    rename_organisation(RenameOrganisation) -> RenameOrganisationPayload { organisation: Organisation = organisation }
    /// Puts an organisation under another authority, or in another place, from a day on.
    move_organisation(MoveOrganisation) -> MoveOrganisationPayload { organisation: Organisation = organisation }
    /// Changes a school's 学校标识码 from a day on.
    change_school_code(ChangeSchoolCode) -> ChangeSchoolCodePayload { organisation: Organisation = organisation }
    /// Merges an organisation into another of its kind from a day on.
    merge_organisation(MergeOrganisation) -> MergeOrganisationPayload { organisation: Organisation = organisation }
    /// Closes an organisation from a day on.
    close_organisation(CloseOrganisation) -> CloseOrganisationPayload { organisation: Organisation = organisation }
    /// Says how many characters a password has at least, for everybody at and below a bureau.
    set_password_length(SetPasswordLength) -> SetPasswordLengthPayload { organisation: Organisation = organisation }
    /// Adds a person with an account; the answer holds a one-time password, told once.
    add_person(AddPerson) -> AddPersonPayload { added: AddedPerson = |reply| reply }
    /// Corrects a person's name or telephone number.
    update_person(UpdatePerson) -> UpdatePersonPayload { person: Person = |reply| Person(Of::alone(reply)) }
    /// Notes the day from which a person no longer works there, or that they are back.
    note_leaving(NoteLeaving) -> NoteLeavingPayload { person: Person = |reply| Person(Of::alone(reply)) }
    /// Gives a role on an organisation.
    give_grant(GiveGrant) -> GiveGrantPayload { grant: Grant = |reply| reply }
    /// Takes a grant back at once.
    revoke_grant(RevokeGrant) -> RevokeGrantPayload { grant: Grant = |reply| reply }
    /// Adds a class to a school.
    add_class(AddClass) -> AddClassPayload { class: HomeroomClass = class }
    /// Corrects a class.
    update_class(UpdateClass) -> UpdateClassPayload { class: HomeroomClass = class }
    /// Assigns a teacher to a class.
    assign_homeroom(AssignHomeroom) -> AssignHomeroomPayload { class: HomeroomClass = class }
    /// Ends an assignment on a day.
    end_assignment(EndAssignment) -> EndAssignmentPayload { class: HomeroomClass = class }
} }
