//! Lists as .xlsx: what the list shows, under the reader's rights.

use spreadsheets::{ExportColumn, ExportKind, Language, Value, export_xlsx};
use vocabulary::{Code, Error, FileBytes, Result};

/// The most rows of an export.
pub(crate) const MOST: i64 = 50_000;

/// A column.
pub(crate) const fn column(
    header_zh: &'static str,
    header_en: &'static str,
    kind: ExportKind,
) -> ExportColumn<'static> {
    ExportColumn { header_zh, header_en, kind }
}

/// Refuses a list that is longer than an export may be; `rows` were asked for with one more than [`MOST`].
pub(crate) fn within_limit<T>(rows: Vec<T>) -> Result<Vec<T>> {
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > MOST {
        return Err(Error::new(Code::TooMany).with("max", MOST));
    }
    Ok(rows)
}

/// The file, written where blocking is allowed.
pub(crate) async fn written(
    title: &'static str,
    columns: &'static [ExportColumn<'static>],
    rows: Vec<Vec<Value>>,
) -> Result<FileBytes> {
    let written = tokio::task::spawn_blocking(move || export_xlsx(title, Language::Zh, columns, rows));
    written.await.map_err(Error::internal)?.map(FileBytes).map_err(Error::internal)
}
