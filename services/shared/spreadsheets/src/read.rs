//! Reading a file (读取): from bytes to rows with typed values and faults.

use crate::cell::{Wrong, parse};
use crate::fault::Faults;
use crate::guard::{Limits, inspect};
use crate::problem::FileProblem;
use crate::rows::{Parsed, Row, Rows};
use crate::sheet::{DataSheet, Line, data_sheet};
use crate::template::Template;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a file against a template. A file that cannot be read at all is a [`FileProblem`]; what is wrong with single
/// cells is in [`Rows::faults`], and such a cell has no value.
///
/// This computes for up to some seconds without a pause: call it where blocking is allowed.
pub fn read(template: &'static Template, bytes: &[u8], limits: &Limits) -> Result<Rows, FileProblem> {
    // calamine and zip have panicked on crafted files before; a file may not take the process with it.
    catch_unwind(AssertUnwindSafe(|| {
        inspect(bytes, limits)?;
        rows(template, data_sheet(template, bytes, limits)?)
    }))
    .unwrap_or_else(|_| Err(FileProblem::damaged()))
}

fn rows(template: &'static Template, sheet: DataSheet) -> Result<Rows, FileProblem> {
    if sheet.lines.is_empty() {
        return Err(FileProblem::no_rows());
    }
    let mut faults = Faults::default();
    let rows = sheet.lines.into_iter().map(|line| row(template, line, sheet.is_1904, &mut faults)).collect();
    Ok(Rows {
        rows,
        faults,
        warnings: sheet.header.warnings,
        sheet: sheet.name,
        header_row: sheet.header.row.saturating_add(1),
        template,
        extra_headers: sheet.header.extra_headers,
    })
}

fn row(template: &'static Template, line: Line, is_1904: bool, faults: &mut Faults) -> Row {
    let mut values = Vec::with_capacity(template.columns.len());
    for (column, raw) in template.columns.iter().zip(&line.cells) {
        let value = match parse(raw, &column.kind, is_1904) {
            Ok(Parsed::Empty) if column.required => {
                Err(Wrong("required", "必填，不能为空".into(), "is required".into()))
            }
            other => other,
        };
        values.push(value.unwrap_or_else(|Wrong(code, zh, en)| {
            let zh = format!("{}：{zh}", column.header_zh);
            let en = format!("{}: {en}", column.header_en);
            faults.push(line.number, Some(column.key), code, zh, en, &raw.shown());
            Parsed::Empty
        }));
    }
    Row {
        number: line.number,
        template,
        values: values.into(),
        raw: line.cells.into(),
        extra: line.extra.into(),
    }
}
