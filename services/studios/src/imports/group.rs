//! Rows that speak of one thing: a studio's members, a session's attendance.

use spreadsheets::{Faults, Row};

/// What a column says of the thing: in the first of its rows that says something. Rows may not contradict each other;
/// `noun` names the thing in Chinese and in English.
pub(super) fn said<'a, T: PartialEq>(
    rows: &[&'a Row],
    faults: &mut Faults,
    column: &'static str,
    noun: (&str, &str),
    value: impl Fn(&'a Row) -> Option<T>,
) -> Option<T> {
    let mut found: Option<T> = None;
    for row in rows {
        match (value(row), &found) {
            (Some(value), None) => found = Some(value),
            (Some(value), Some(first)) if value != *first => {
                let zh = format!("与同一{}的前面几行不一致", noun.0);
                let en = format!("Contradicts an earlier row of the same {}", noun.1);
                faults.add(row.number, column, "contradiction", zh, en);
            }
            _ => {}
        }
    }
    found
}
