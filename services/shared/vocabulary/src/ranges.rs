//! Organisation numbers and sets of them as sorted half-open ranges: the form in which scope travels to the database.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An organisation's permanent number, given once, in blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::NewType))]
#[serde(transparent)]
pub struct OrganisationNo(pub i32);

impl fmt::Display for OrganisationNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A set of organisation numbers: sorted, disjoint, non-touching half-open ranges `[lo, hi)`.
/// Its text is PostgreSQL's `int4multirange`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ranges(Vec<(i32, i32)>);

impl Ranges {
    /// The empty set.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The set with one number.
    pub fn one(no: OrganisationNo) -> Self {
        Self(vec![(no.0, no.0.saturating_add(1))])
    }

    /// The union of half-open pairs, in any order, overlapping or not; empty pairs are dropped.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (i32, i32)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().filter(|(lo, hi)| lo < hi).collect();
        pairs.sort_unstable();
        let mut merged: Vec<(i32, i32)> = Vec::with_capacity(pairs.len());
        for (lo, hi) in pairs {
            match merged.last_mut() {
                Some(last) if lo <= last.1 => last.1 = last.1.max(hi),
                _ => merged.push((lo, hi)),
            }
        }
        Self(merged)
    }

    /// Whether the number is in the set.
    pub fn contains(&self, no: OrganisationNo) -> bool {
        let after = self.0.partition_point(|(lo, _)| *lo <= no.0);
        after > 0 && no.0 < self.0[after - 1].1
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs `[lo, hi)`, sorted.
    pub fn pairs(&self) -> &[(i32, i32)] {
        &self.0
    }

    /// The lower and the upper ends, as two arrays for `unnest($1::int4[], $2::int4[])`: joined as pairs
    /// (`no >= lo and no < hi`) they use an index, which `@>` does not.
    pub fn ends(&self) -> (Vec<i32>, Vec<i32>) {
        self.0.iter().copied().unzip()
    }
}

impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (i, (lo, hi)) in self.0.iter().enumerate() {
            write!(f, "{}[{lo},{hi})", if i == 0 { "" } else { "," })?;
        }
        f.write_str("}")
    }
}

impl FromStr for Ranges {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not a multirange: {}", text.chars().take(40).collect::<String>());
        let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).ok_or_else(wrong)?;
        let mut pairs = Vec::new();
        for part in inner.split("),").filter(|part| !part.is_empty()) {
            let part = part.strip_prefix('[').ok_or_else(wrong)?;
            let (lo, hi) = part.strip_suffix(')').unwrap_or(part).split_once(',').ok_or_else(wrong)?;
            pairs.push((lo.parse().map_err(|_| wrong())?, hi.parse().map_err(|_| wrong())?));
        }
        Ok(Self::from_pairs(pairs))
    }
}

impl TryFrom<String> for Ranges {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Ranges> for String {
    fn from(ranges: Ranges) -> Self {
        ranges.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_merged_and_the_text_is_postgresqls() {
        let ranges = Ranges::from_pairs([(7, 9), (1, 3), (3, 5), (20, 20), (8, 12)]);
        assert_eq!(ranges.to_string(), "{[1,5),[7,12)}");
        assert_eq!("{[1,5),[7,12)}".parse(), Ok(ranges.clone()));
        assert_eq!("{}".parse(), Ok(Ranges::none()));
        for (no, inside) in [(0, false), (1, true), (4, true), (5, false), (7, true), (11, true), (12, false)]
        {
            assert_eq!(ranges.contains(OrganisationNo(no)), inside, "{no}");
        }
        for bad in ["", "{", "{1,2}", "{[a,2)}", "[1,2)"] {
            assert!(bad.parse::<Ranges>().is_err(), "{bad}");
        }
    }
}
