//! What is wrong with cells (行级错误): found by the reader, added to by the services, written into the error file.

use crate::text::cut;
use serde::Serialize;
use std::collections::HashSet;

/// Something wrong with one cell, or with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The row's number as Excel shows it.
    pub row: u32,
    /// The column's key; none when the row as a whole is meant.
    pub column: Option<&'static str>,
    /// A stable code, for example `required` or `not_a_date`.
    pub code: &'static str,
    /// What is wrong and what to do, in Chinese.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
    /// What stood in the cell, at most 100 characters; empty when a service added the fault.
    pub value: String,
}

/// The faults of a file, at most [`Faults::KEPT`] of them kept; all are counted, and all their rows known.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    list: Vec<Fault>,
    rows: HashSet<u32>,
    total: usize,
}

impl Faults {
    /// How many faults are kept: a person corrects a pattern, not ten thousand cells one by one.
    pub const KEPT: usize = 10_000;

    /// Adds a fault of a cell.
    pub fn add(
        &mut self,
        row: u32,
        column: &'static str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.push(row, Some(column), code, zh.into(), en.into(), "");
    }

    /// Adds a fault of a row as a whole.
    pub fn add_row(&mut self, row: u32, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.push(row, None, code, zh.into(), en.into(), "");
    }

    pub(crate) fn push(
        &mut self,
        row: u32,
        column: Option<&'static str>,
        code: &'static str,
        message_zh: String,
        message_en: String,
        value: &str,
    ) {
        self.total += 1;
        self.rows.insert(row);
        if self.list.len() < Self::KEPT {
            let value = cut(value, 100).to_owned();
            self.list.push(Fault { row, column, code, message_zh, message_en, value });
        }
    }

    /// The kept faults, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }

    /// How many there are, the ones not kept included.
    pub fn total(&self) -> usize {
        self.total
    }

    /// In how many rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Whether a row has any.
    pub fn has_row(&self, row: u32) -> bool {
        self.rows.contains(&row)
    }
}
