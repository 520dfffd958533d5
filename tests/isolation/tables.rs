//! Every tenant table, with what the oracle says of its rows: who sees one, who may add, change or remove one.

mod known;

pub(crate) use known::TABLES;

use crate::isolation::oracle::Rights;
use serde_json::Value;
use uuid::Uuid;

/// Who asks, as far as rows care.
pub(crate) struct Asker<'a> {
    pub(crate) person: Uuid,
    pub(crate) rights: &'a Rights,
}

/// A rule over a row.
pub(crate) type Rule = fn(&Asker<'_>, &Value) -> bool;

/// A tenant table.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns that name a row.
    pub(crate) key: &'static [&'static str],
    /// The column that is made new for a row that is tried to be added, where one can be.
    pub(crate) fresh: Option<&'static str>,
    /// A column that the role may change.
    pub(crate) column: Option<&'static str>,
    /// Whether the role may remove rows at all.
    pub(crate) removable: bool,
    pub(crate) sees: Rule,
    pub(crate) adds: Rule,
    pub(crate) changes: Rule,
}

impl Table {
    pub(crate) fn service(&self) -> &'static str {
        self.name.split_once('.').unwrap().0
    }

    /// Its name within the service's schema.
    pub(crate) fn short(&self) -> &'static str {
        self.name.split_once('.').unwrap().1
    }

    /// The SQL that gives a row's key as a text.
    pub(crate) fn key_sql(&self) -> String {
        let columns: Vec<String> = self.key.iter().map(|column| format!("{column}::text")).collect();
        format!("pg_catalog.concat_ws('/', {})", columns.join(", "))
    }

    /// The same of a row as it was loaded.
    pub(crate) fn key_of(&self, row: &Value) -> String {
        let text = |column: &&str| match &row[*column] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.key.iter().map(text).collect::<Vec<_>>().join("/")
    }
}

/// The table of this name.
pub(crate) fn table(name: &str) -> &'static Table {
    TABLES.iter().find(|table| table.name == name).unwrap()
}

/// The organisation number in a column.
pub(crate) fn number(row: &Value, column: &str) -> i32 {
    row[column].as_i64().and_then(|no| i32::try_from(no).ok()).unwrap_or(i32::MIN)
}

/// The id in a column.
pub(crate) fn uuid(row: &Value, column: &str) -> Option<Uuid> {
    row[column].as_str().and_then(|text| Uuid::try_parse(text).ok())
}
