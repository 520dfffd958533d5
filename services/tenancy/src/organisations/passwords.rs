//! How long passwords are in a bureau's line of authority.

use super::{find, store};
use crate::policy::{Action, may_change};
use crate::{Tenancy, fresh};
use contract::Handle;
use contract::tenancy::{Organisation, OrganisationKind, SetPasswordLength};
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<SetPasswordLength> for Tenancy {
    async fn handle(&self, call: &Call, request: SetPasswordLength) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let organisation = find(&mut work, request.id, today).await?;
        may_change(&call.principal, Action::SetPasswordRules, organisation.no)?;
        if organisation.kind != OrganisationKind::Bureau {
            return Err(Error::new(Code::OrganisationKind).on("id"));
        }
        if organisation.closed_on.is_some() {
            return Err(Error::new(Code::OrganisationClosed).on("id"));
        }
        if !(12..=64).contains(&request.length) {
            return Err(Error::new(Code::InvalidValue).on("length"));
        }
        store::set_password_length(&mut work, organisation.no.0, request.length).await?;
        store::touch(&mut work, organisation.no.0).await?;
        let shown = find(&mut work, request.id, today).await?;
        super::publish(&mut work, &shown).await?;
        work.audit(organisation.no, None, request.id, json!({ "length": request.length })).await?;
        work.finish(shown).await
    }
}
