//! The rows that were read (数据行), with typed values by the column's key.

use crate::cell::Raw;
use crate::fault::Faults;
use crate::problem::Warning;
use crate::template::Template;
use chrono::NaiveDate;

/// A cell's value after it was understood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Parsed {
    /// Nothing there, or something wrong with it (then there is a fault).
    Empty,
    Text(Box<str>),
    Integer(i64),
    Date(NaiveDate),
    Choice(&'static str),
    List(Box<[Box<str>]>),
    Choices(Box<[&'static str]>),
}

/// One row of data.
#[derive(Debug, Clone)]
pub struct Row {
    /// The row's number as Excel shows it.
    pub number: u32,
    pub(crate) template: &'static Template,
    pub(crate) values: Box<[Parsed]>,
    /// What stood in the template's columns, for the error file.
    pub(crate) raw: Box<[Raw]>,
    /// What stood in the other columns that have a header.
    pub(crate) extra: Box<[Raw]>,
}

impl Row {
    fn value(&self, key: &str) -> &Parsed {
        let found = self.template.index(key).and_then(|i| self.values.get(i));
        debug_assert!(found.is_some(), "the template {} has no column {key}", self.template.key);
        found.unwrap_or(&Parsed::Empty)
    }

    /// The text of a text, name or code column; none when the cell is empty or faulty.
    pub fn text(&self, key: &str) -> Option<&str> {
        if let Parsed::Text(text) = self.value(key) { Some(text) } else { None }
    }

    /// The number of an integer column.
    pub fn integer(&self, key: &str) -> Option<i64> {
        if let Parsed::Integer(number) = self.value(key) { Some(*number) } else { None }
    }

    /// The day of a date column.
    pub fn date(&self, key: &str) -> Option<NaiveDate> {
        if let Parsed::Date(date) = self.value(key) { Some(*date) } else { None }
    }

    /// The code of a choice column.
    pub fn choice(&self, key: &str) -> Option<&'static str> {
        if let Parsed::Choice(code) = self.value(key) { Some(code) } else { None }
    }

    /// The parts of a column of several names or codes, without doubles; empty when the cell is empty or faulty.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let parts: &[Box<str>] = if let Parsed::List(parts) = self.value(key) { parts } else { &[] };
        parts.iter().map(AsRef::as_ref)
    }

    /// The codes of a column of several choices, without doubles.
    pub fn choices(&self, key: &str) -> &[&'static str] {
        if let Parsed::Choices(codes) = self.value(key) { codes } else { &[] }
    }

    /// What stands in a cell as people see it, whether it could be understood or not.
    pub fn shown(&self, key: &str) -> String {
        self.template.index(key).and_then(|i| self.raw.get(i)).map(Raw::shown).unwrap_or_default()
    }
}

/// A file that was read: its rows, and what is wrong with their cells.
#[derive(Debug)]
pub struct Rows {
    /// The rows with data, in their order; faulty ones too.
    pub rows: Vec<Row>,
    /// What is wrong. Services add theirs; a file with any fault is not to be written.
    pub faults: Faults,
    /// What was passed over.
    pub warnings: Vec<Warning>,
    /// The name of the sheet that was read.
    pub sheet: String,
    /// The header's row number as Excel shows it.
    pub header_row: u32,
    pub(crate) template: &'static Template,
    pub(crate) extra_headers: Vec<String>,
}
