//! A page of the studios that the caller may see.

use super::store::{self, Which};
use crate::{Studios, check, policy, spelling};
use contract::Handle;
use contract::studios::{ListStudios, Studio, StudioFilter};
use vocabulary::{Call, Code, Cursor, Error, Page, Principal, Result};

/// The filter, checked.
pub(super) fn which(principal: &Principal, filter: &StudioFilter) -> Result<Which> {
    let search = check::optional_line("search", filter.search.as_deref(), check::LINE)?;
    let member = match filter.mine {
        Some(true) => Some(principal.person().ok_or_else(|| Error::new(Code::Unauthenticated))?),
        _ => None,
    };
    Ok(Which {
        owners: check::owners(filter.owners.as_deref())?,
        level: filter.level,
        mode: filter.mode,
        member,
        include_closed: filter.include_closed.unwrap_or(false),
        search: search.map(|typed| spelling::sought(&typed)),
    })
}

impl Handle<ListStudios> for Studios {
    async fn handle(&self, call: &Call, request: ListStudios) -> Result<Page<Studio>> {
        let scope = policy::reads(&call.principal)?;
        let which = which(&call.principal, &request.filter)?;
        let limit = request.page.limit()?;
        let made_under = (&request.filter, request.sort, request.direction);
        let after = request.page.cursor(&made_under)?;
        let order = (request.sort, request.direction);
        let today = self.database.clock().today();
        let mut read = self.database.read(call).await?;
        let rows = store::list(&mut read, &scope, today, &which, order, after.as_ref(), limit + 1).await?;
        let total = store::count(&mut read, &scope, today, &which).await?;
        let page = Page::cut(rows, limit, total, &made_under, |(studio, key)| Cursor {
            key: key.clone(),
            id: studio.id.uuid(),
        });
        Ok(page.map(|(studio, _)| studio))
    }
}
