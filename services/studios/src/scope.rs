//! What a query is bound to: the caller's ranges and studios, said in the query itself. Row-level security is the
//! second lock.

use chrono::{Datelike as _, NaiveDate};
use platform::database_error;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::QueryAs;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, Postgres};
use std::collections::HashMap;
use std::hash::Hash;
use uuid::Uuid;
use vocabulary::{Principal, Result, StudioId};

/// Whose content the caller reads.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    lower: Vec<i32>,
    upper: Vec<i32>,
    studios: Vec<Uuid>,
}

/// The studios within the scope, for queries that bind it as $1, $2, $3: ranges are joined as pairs, which use the key.
pub(crate) const STUDIOS_IN_SCOPE: &str =
    "scope as (select s.owner_no, s.id as studio_id from unnest($1::int[], $2::int[]) r (lo, hi)
     join studios.studio s on s.owner_no >= r.lo and s.owner_no < r.hi
     union select s.owner_no, s.id from studios.studio s where s.id = any ($3::uuid[]))";

impl Scope {
    /// All that the principal may read.
    pub(crate) fn of(principal: &Principal) -> Self {
        let (lower, upper) = principal.readable.ends();
        Self { lower, upper, studios: principal.studios.iter().copied().map(StudioId::uuid).collect() }
    }

    /// Nothing.
    pub(crate) const fn nothing() -> Self {
        Self { lower: Vec::new(), upper: Vec::new(), studios: Vec::new() }
    }

    /// A query with the scope bound as $1, $2 and $3.
    pub(crate) fn bound<'q, O>(&self, sql: String) -> QueryAs<'q, Postgres, O, PgArguments>
    where
        O: for<'r> FromRow<'r, PgRow>,
    {
        sqlx::query_as(AssertSqlSafe(sql))
            .bind(self.lower.clone())
            .bind(self.upper.clone())
            .bind(self.studios.clone())
    }

    /// A query with the scope bound as $1, $2 and $3 and today as $4.
    pub(crate) fn query<'q, O>(&self, sql: String, today: NaiveDate) -> QueryAs<'q, Postgres, O, PgArguments>
    where
        O: for<'r> FromRow<'r, PgRow>,
    {
        self.bound(sql).bind(today)
    }
}

/// The condition under which a row lies within the scope bound as $1, $2, $3: for rows found by their id.
pub(crate) fn within(alias: &str, studio: &str) -> String {
    format!(
        "(exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where {alias}.owner_no >= r.lo and {alias}.owner_no < r.hi)
          or {alias}.{studio} = any ($3::uuid[]))"
    )
}

/// All rows of a query.
pub(crate) async fn all<O>(
    query: QueryAs<'_, Postgres, O, PgArguments>,
    connection: &mut PgConnection,
) -> Result<Vec<O>>
where
    O: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    query.fetch_all(connection).await.map_err(database_error)
}

/// Whether a cursor's key is a date that the database reads: a forged one must not reach it.
pub(crate) fn is_date(key: &str) -> bool {
    key.len() == 10 && key.parse::<NaiveDate>().is_ok_and(|date| (1..=9999).contains(&date.year()))
}

/// Groups of values in the order of the keys asked for; what has none is empty.
pub(crate) fn grouped<K: Hash + Eq, V: Clone>(
    keys: &[K],
    values: Vec<V>,
    key: impl Fn(&V) -> K,
) -> Vec<Vec<V>> {
    let mut found: HashMap<K, Vec<V>> = HashMap::new();
    for value in values {
        found.entry(key(&value)).or_default().push(value);
    }
    keys.iter().map(|key| found.get(key).cloned().unwrap_or_default()).collect()
}
