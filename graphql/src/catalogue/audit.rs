//! The audit page: the services' audits, merged.

use crate::ask::ask;
use async_graphql::{Context, Enum};
use contract::tenancy::{AuditEntry, AuditFilter};
use contract::{analytics, resources, studios, tenancy};
use platform::AuditWhich;
use vocabulary::{Cursor, Page, PageInput, Result};

/// A service that keeps an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AuditService {
    /// Who.
    Tenancy,
    /// The daily work.
    Studios,
    /// Files.
    Resources,
    /// Figures.
    Analytics,
}

async fn one(
    ctx: &Context<'_>,
    service: AuditService,
    filter: AuditFilter,
    page: PageInput,
) -> Result<Page<AuditEntry>> {
    match service {
        AuditService::Tenancy => ask(ctx, tenancy::ListAudit { filter, page }).await,
        AuditService::Studios => ask(ctx, studios::ListAudit { filter, page }).await,
        AuditService::Resources => ask(ctx, resources::ListAudit { filter, page }).await,
        AuditService::Analytics => ask(ctx, analytics::ListAudit { filter, page }).await,
    }
}

/// The cursor after a line. Every service sorts its audit by (moment, id), newest first, and reads it through the
/// platform's one function, so that one cursor is a place in each of them.
fn cursor(filter: &AuditFilter, last: &AuditEntry) -> String {
    let which = AuditWhich {
        organisation: filter.organisation,
        person: filter.person.map(vocabulary::PersonId::uuid),
        action: filter.action.clone(),
        since: filter.since,
        until: filter.until,
    };
    Cursor { key: last.at.to_rfc3339(), id: last.id.uuid() }.encode(&which)
}

/// A page of the audit, of one service or of all, newest first.
pub(crate) async fn audit(
    ctx: &Context<'_>,
    filter: Option<AuditFilter>,
    service: Option<AuditService>,
    page: PageInput,
) -> Result<Page<AuditEntry>> {
    let none = AuditFilter { organisation: None, person: None, action: None, since: None, until: None };
    let filter = filter.unwrap_or(none);
    let limit = usize::try_from(page.limit()?).unwrap_or(1);
    if let Some(service) = service {
        return one(ctx, service, filter, page).await;
    }
    let (a, b, c, d) = futures::try_join!(
        one(ctx, AuditService::Tenancy, filter.clone(), page.clone()),
        one(ctx, AuditService::Studios, filter.clone(), page.clone()),
        one(ctx, AuditService::Resources, filter.clone(), page.clone()),
        one(ctx, AuditService::Analytics, filter.clone(), page),
    )?;
    Ok(merged([a, b, c, d], limit, |last| cursor(&filter, last)))
}

fn merged(
    pages: [Page<AuditEntry>; 4],
    limit: usize,
    cursor: impl Fn(&AuditEntry) -> String,
) -> Page<AuditEntry> {
    let total: i64 = pages.iter().map(|page| page.total).sum();
    let more = pages.iter().any(|page| page.more);
    let mut items: Vec<AuditEntry> = pages.into_iter().flat_map(|page| page.items).collect();
    items.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.id)));
    let more = more || items.len() > limit;
    items.truncate(limit);
    let end = items.last().map(cursor);
    Page { items, more, end, total: total.min(Page::<()>::COUNTED) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use vocabulary::{AuditId, OrganisationNo};

    fn entry(second: i64) -> AuditEntry {
        AuditEntry {
            id: AuditId::new(),
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(second),
            service: "studios".into(),
            person: None,
            person_name: None,
            role: None,
            action: "CloseTask".into(),
            organisation_no: OrganisationNo(1),
            subject: String::new(),
            detail: "{}".into(),
            request_id: String::new(),
        }
    }

    #[test]
    fn pages_are_merged_newest_first_and_cut() {
        let page = |seconds: &[i64], more| Page {
            items: seconds.iter().map(|second| entry(*second)).collect(),
            more,
            end: None,
            total: 6000,
        };
        let pages = [page(&[9, 5, 1], false), page(&[8, 7], false), page(&[], false), page(&[6], false)];
        let merged = merged(pages, 4, |last| last.at.timestamp().to_string());
        let seconds: Vec<i64> = merged.items.iter().map(|entry| entry.at.timestamp()).collect();
        assert_eq!((seconds, merged.more, merged.end.as_deref()), (vec![9, 8, 7, 6], true, Some("6")));
        assert_eq!(merged.total, 10_000);
    }
}
