//! A page of the sessions that the caller may see.

use super::store::{self, Which};
use crate::{Studios, check, policy, spelling};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use contract::Handle;
use contract::studios::{ListSessions, Session, SessionFilter};
use vocabulary::{Call, Cursor, Page, Result, shanghai};

/// The filter, checked.
pub(super) fn which(filter: &SessionFilter) -> Result<Which> {
    let search = check::optional_line("search", filter.search.as_deref(), check::LINE)?;
    let from = filter.from.map(|day| check::date("from", day)).transpose()?;
    let to = filter.to.map(|day| check::date("to", day)).transpose()?;
    Ok(Which {
        search: search.map(|typed| spelling::sought(&typed)),
        studio: filter.studio,
        owners: check::owners(filter.owners.as_deref())?,
        state: filter.state,
        function: filter.function,
        from: from.and_then(beginning),
        until: to.and_then(|day| beginning(day.succ_opt()?)),
    })
}

/// When a day begins in the schools' time.
fn beginning(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(shanghai());
    midnight.single().map(|at| at.to_utc())
}

impl Handle<ListSessions> for Studios {
    async fn handle(&self, call: &Call, request: ListSessions) -> Result<Page<Session>> {
        let scope = policy::reads(&call.principal)?;
        let which = which(&request.filter)?;
        let limit = request.page.limit()?;
        let made_under = (&request.filter, request.sort, request.direction);
        let after = request.page.cursor(&made_under)?;
        let order = (request.sort, request.direction);
        let mut read = self.database.read(call).await?;
        let rows = store::list(&mut read, &scope, &which, order, after.as_ref(), limit + 1).await?;
        let total = store::count(&mut read, &scope, &which).await?;
        let page = Page::cut(rows, limit, total, &made_under, |row| Cursor {
            key: row.cursor_key.clone(),
            id: row.session.id.uuid(),
        });
        Ok(page.map(|row| row.session))
    }
}
