//! Pages of a list, and the cursors between them.

use crate::{Code, Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::hash::Hash;
use uuid::Uuid;

/// The largest page that a caller may ask for.
pub const MAX_FIRST: i32 = 100;
/// The most ids that one operation takes: a level of the gateway may hold first × first of them.
pub const MAX_IDS: usize = 10_000;

/// Refuses a list of ids that is longer than an operation takes.
pub fn at_most(field: &str, count: usize) -> Result<()> {
    if count > MAX_IDS { Err(Error::new(Code::TooMany).on(field).with("max", MAX_IDS)) } else { Ok(()) }
}

/// What was found, in the order of the keys asked for; what was not found is none.
pub fn aligned<K: Eq + Hash, V: Clone>(asked: &[K], found: Vec<V>, key: impl Fn(&V) -> K) -> Vec<Option<V>> {
    let found: HashMap<K, V> = found.into_iter().map(|one| (key(&one), one)).collect();
    asked.iter().map(|key| found.get(key).cloned()).collect()
}

/// A page asked for: `first` items after a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageInput {
    /// How many: 1 to 100.
    pub first: i32,
    /// The `endCursor` of the page before, where there is one.
    pub after: Option<String>,
}

impl Default for PageInput {
    fn default() -> Self {
        Self { first: 20, after: None }
    }
}

impl PageInput {
    /// The page's size, checked.
    pub fn limit(&self) -> Result<i64> {
        if (1..=MAX_FIRST).contains(&self.first) {
            Ok(i64::from(self.first))
        } else {
            Err(Error::new(Code::PageSize).on("first").with("max", MAX_FIRST))
        }
    }

    /// The cursor, checked against the filter it was made under.
    pub fn cursor(&self, filter: &impl Serialize) -> Result<Option<Cursor>> {
        self.after.as_deref().map(|text| Cursor::decode(text, filter)).transpose()
    }
}

/// Where a page ended: the last item's sort key and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key's text.
    pub key: String,
    /// The item's id, which breaks ties.
    pub id: Uuid,
}

fn fingerprint(filter: &impl Serialize) -> String {
    let json = serde_json::to_vec(filter).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(&Sha256::digest(json)[..9])
}

impl Cursor {
    /// The opaque text: base64url of (version, sort key, id, hash of the filter).
    pub fn encode(&self, filter: &impl Serialize) -> String {
        let parts = (1, &self.key, self.id, fingerprint(filter));
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&parts).unwrap_or_default())
    }

    fn decode(text: &str, filter: &impl Serialize) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let parts = bytes.and_then(|bytes| serde_json::from_slice::<(u8, String, Uuid, String)>(&bytes).ok());
        match parts {
            // A NUL cannot be bound to a text parameter, and no sort key of ours has one.
            Some((1, key, id, hash)) if hash == fingerprint(filter) && !key.contains('\0') => {
                Ok(Self { key, id })
            }
            _ => Err(Error::new(Code::Cursor).on("after")),
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Whether more follow.
    pub more: bool,
    /// Where this page ended, where it has items.
    pub end: Option<String>,
    /// How many there are in all, counted to 10,000.
    pub total: i64,
}

impl<T> Page<T> {
    /// How far totals are counted.
    pub const COUNTED: i64 = 10_000;

    /// A page made of `limit + 1` rows fetched: the one too many only says that more follow.
    pub fn cut(
        mut items: Vec<T>,
        limit: i64,
        total: i64,
        filter: &impl Serialize,
        key: impl Fn(&T) -> Cursor,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = items.len() > limit;
        items.truncate(limit);
        let end = items.last().map(|item| key(item).encode(filter));
        Self { items, more, end, total: total.min(Self::COUNTED) }
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            more: self.more,
            end: self.end,
            total: self.total,
        }
    }
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_filter() {
        let cursor = Cursor { key: "zhang".into(), id: Uuid::nil() };
        let page = PageInput { first: 20, after: Some(cursor.encode(&"a")) };
        assert_eq!(page.cursor(&"a").unwrap(), Some(cursor));
        assert_eq!(page.cursor(&"b").unwrap_err().code(), Code::Cursor);
        for bad in ["", "!", "AAAA"] {
            let page = PageInput { first: 20, after: Some(bad.into()) };
            assert!(page.cursor(&"a").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_is_cut_at_its_limit() {
        let page = Page::cut(vec![1, 2, 3], 2, 3, &(), |n| Cursor { key: n.to_string(), id: Uuid::nil() });
        assert_eq!((page.items, page.more), (vec![1, 2], true));
    }
}
