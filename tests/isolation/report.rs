//! What was asked, and where the answer differed from the oracle's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One answer that is not the oracle's.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) probe: &'static str,
    pub(crate) after: usize,
    pub(crate) text: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} · pair {}] {}", self.probe, self.after, self.text)
    }
}

/// Counts the pairs (person under a hat × question) and keeps the differences.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) pairs: BTreeMap<&'static str, usize>,
    /// How many compared sets were empty, and how many were not: a test that only ever sees nothing proves nothing.
    pub(crate) empty: usize,
    pub(crate) filled: usize,
    pub(crate) differences: Vec<Difference>,
    /// With a fault planted, the first difference is enough.
    pub(crate) until_caught: bool,
}

impl Report {
    pub(crate) fn count(&self) -> usize {
        self.pairs.values().sum()
    }

    /// Whether there is nothing more to look for.
    pub(crate) fn done(&self) -> bool {
        self.until_caught && !self.differences.is_empty()
    }

    /// Counts a pair and keeps what differs.
    pub(crate) fn check(&mut self, probe: &'static str, same: bool, text: impl FnOnce() -> String) {
        *self.pairs.entry(probe).or_default() += 1;
        if !same {
            self.differences.push(Difference { probe, after: self.count(), text: text() });
        }
    }

    /// Compares what was found with what the oracle says is visible.
    pub(crate) fn compare(
        &mut self,
        probe: &'static str,
        question: impl FnOnce() -> String,
        expected: &BTreeSet<String>,
        found: &BTreeSet<String>,
    ) {
        if expected.is_empty() {
            self.empty += 1;
        } else {
            self.filled += 1;
        }
        self.check(probe, expected == found, || {
            let shown = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                let only: Vec<&String> = a.difference(b).collect();
                format!("{} ({:?})", only.len(), &only[..only.len().min(3)])
            };
            let (too_many, missing) = (shown(found, expected), shown(expected, found));
            format!("{}: of {} shown, too many {too_many}, missing {missing}", question(), found.len())
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (probe, pairs) in &self.pairs {
            writeln!(f, "  {pairs:>6}  {probe}")?;
        }
        write!(f, "  {:>6}  in all; {} of the expected sets were not empty", self.count(), self.filled)
    }
}
