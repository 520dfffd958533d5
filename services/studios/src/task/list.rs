//! A page of the ledger lines that the caller may see.

use super::store::{self, Which};
use crate::{Studios, check, policy, spelling};
use contract::Handle;
use contract::studios::{ListTasks, Task, TaskFilter};
use vocabulary::{Call, Code, Cursor, Error, Page, Principal, Result};

/// The filter, checked.
pub(super) fn which(principal: &Principal, filter: &TaskFilter) -> Result<Which> {
    let search = check::optional_line("search", filter.search.as_deref(), check::LINE)?;
    let person = match filter.mine {
        Some(true) => Some(principal.person().ok_or_else(|| Error::new(Code::Unauthenticated))?),
        _ => None,
    };
    Ok(Which {
        search: search.map(|typed| spelling::sought(&typed)),
        studio: filter.studio,
        owners: check::owners(filter.owners.as_deref())?,
        state: filter.state,
        overdue: filter.overdue.unwrap_or(false),
        person,
        due_from: filter.due_from.map(|day| check::date("dueFrom", day)).transpose()?,
        due_to: filter.due_to.map(|day| check::date("dueTo", day)).transpose()?,
    })
}

impl Handle<ListTasks> for Studios {
    async fn handle(&self, call: &Call, request: ListTasks) -> Result<Page<Task>> {
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
        let page = Page::cut(rows, limit, total, &made_under, |row| Cursor {
            key: row.cursor_key.clone(),
            id: row.id(),
        });
        Ok(page.map(|row| row.shown(today)))
    }
}
