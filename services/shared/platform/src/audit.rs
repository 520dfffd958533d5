//! Reading a service's audit: the same for all.

use crate::{Read, database_error};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use vocabulary::{Code, Error, OrganisationNo, Page, PageInput, Ranges, Result};

/// A line of the audit as it stands in the table.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditLine {
    /// Whose record.
    pub owner_no: i32,
    /// The line's id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub person_id: Option<Uuid>,
    /// Under which role.
    pub role: Option<String>,
    /// What.
    pub action: String,
    /// Which record.
    pub subject: String,
    /// What changed.
    pub detail: serde_json::Value,
    /// Under which request.
    pub request_id: Uuid,
}

/// Which lines.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct AuditWhich {
    /// Only this organisation's.
    pub organisation: Option<OrganisationNo>,
    /// Only by this person.
    pub person: Option<Uuid>,
    /// Only this action.
    pub action: Option<String>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// To this day.
    pub until: Option<NaiveDate>,
}

impl AuditWhich {
    /// Whether it can be asked at all: an action is an operation's name, and days lie in the field's years.
    fn checked(&self) -> Result<()> {
        let named = |action: &String| {
            (1..=60).contains(&action.len()) && action.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !self.action.as_ref().is_none_or(named) {
            return Err(Error::new(Code::InvalidValue).on("action"));
        }
        for (field, day) in [("since", self.since), ("until", self.until)] {
            if day.is_some_and(|day| !(1990..=2100).contains(&day.year())) {
                return Err(Error::new(Code::InvalidDate).on(field));
            }
        }
        Ok(())
    }
}

fn midnight(day: NaiveDate) -> Result<DateTime<Utc>> {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(vocabulary::shanghai()).single();
    local.map(|at| at.with_timezone(&Utc)).ok_or_else(|| Error::new(Code::InvalidDate))
}

/// A page of a service's audit within the scope, newest first.
pub async fn list_audit(
    read: &mut Read,
    service: &'static str,
    scope: &Ranges,
    which: &AuditWhich,
    page: &PageInput,
) -> Result<Page<AuditLine>> {
    which.checked()?;
    let limit = page.limit()?;
    let after = page.cursor(which)?;
    let at: Option<DateTime<Utc>> = after
        .as_ref()
        .map(|c| c.key.parse())
        .transpose()
        .map_err(|_| Error::new(Code::Cursor).on("after"))?;
    let (lower, upper) = match which.organisation {
        Some(no) if scope.contains(no) => Ranges::one(no).ends(),
        Some(_) => Ranges::none().ends(),
        None => scope.ends(),
    };
    let since = which.since.map(midnight).transpose()?;
    let until = which.until.and_then(|day| day.checked_add_days(Days::new(1))).map(midnight).transpose()?;
    let body = format!(
        "from {service}.audit a where exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where a.owner_no >= r.lo and a.owner_no < r.hi)
         and ($3::uuid is null or a.person_id = $3) and ($4::text is null or a.action = $4)
         and ($5::timestamptz is null or a.at >= $5) and ($6::timestamptz is null or a.at < $6)"
    );
    let count = format!("select count(*) from (select 1 {body} limit 10001) counted");
    let total: i64 = sqlx::query_scalar(AssertSqlSafe(count))
        .bind(&lower)
        .bind(&upper)
        .bind(which.person)
        .bind(&which.action)
        .bind(since)
        .bind(until)
        .fetch_one(&mut **read)
        .await
        .map_err(database_error)?;
    let select = format!(
        "select a.owner_no, a.id, a.at, a.person_id, a.role, a.action, a.subject, a.detail, a.request_id {body}
         and ($7::timestamptz is null or (a.at, a.id) < ($7, $8)) order by a.at desc, a.id desc limit $9"
    );
    let lines: Vec<AuditLine> = sqlx::query_as(AssertSqlSafe(select))
        .bind(&lower)
        .bind(&upper)
        .bind(which.person)
        .bind(&which.action)
        .bind(since)
        .bind(until)
        .bind(at)
        .bind(after.map_or(Uuid::nil(), |c| c.id))
        .bind(limit + 1)
        .fetch_all(&mut **read)
        .await
        .map_err(database_error)?;
    Ok(Page::cut(lines, limit, total, which, |line| vocabulary::Cursor {
        key: line.at.to_rfc3339(),
        id: line.id,
    }))
}
