//! What every list has in common: scope, search, sort, and a page by its cursor.

use serde::Serialize;
use vocabulary::{Code, Cursor, Direction, PageInput, Result};

/// A page asked for, with its sort said in SQL.
pub(crate) struct Listing {
    pub(crate) limit: i64,
    pub(crate) after: Option<Cursor>,
    key: &'static str,
    direction: Direction,
}

impl Listing {
    /// Checks the page and its cursor; `key` is the sort key as a text in SQL.
    pub(crate) fn of(
        page: &PageInput,
        filter: &impl Serialize,
        key: &'static str,
        direction: Direction,
    ) -> Result<Self> {
        Ok(Self { limit: page.limit()?, after: page.cursor(filter)?, key, direction })
    }

    /// The condition after the cursor, which is bound as `$first` (text) and `$first + 1` (uuid).
    pub(crate) fn after(&self, id: &str, first: usize) -> String {
        let than = if self.direction == Direction::Ascending { ">" } else { "<" };
        format!("(${first}::text is null or ({}, {id}) {than} (${first}, ${}::uuid))", self.key, first + 1)
    }

    /// The order, with the limit bound as `$limit`.
    pub(crate) fn order(&self, id: &str, limit: usize) -> String {
        let way = if self.direction == Direction::Ascending { "asc" } else { "desc" };
        format!("order by {} {way}, {id} {way} limit ${limit}", self.key)
    }

    /// The sort key in SQL.
    pub(crate) const fn key(&self) -> &'static str {
        self.key
    }
}

/// A search text: trimmed, at most 100 characters, without a NUL; `None` where nothing is left.
pub(crate) fn searched(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    vocabulary::clean_line("search", text, 100).map(|text| Some(text.to_lowercase())).or_else(|error| {
        // Nothing but hidden characters is no search.
        if error.code() == Code::Required { Ok(None) } else { Err(error) }
    })
}
