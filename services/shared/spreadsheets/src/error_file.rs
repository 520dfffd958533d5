//! The error file (错误文件): what was uploaded, with the faults in red and explained, ready to be corrected and
//! uploaded again.

use crate::cell::Raw;
use crate::date::from_serial;
use crate::fault::{Fault, Faults};
use crate::form::{ERRORS_SHEET, MAX_ROW, Styles, data_sheet, date_cell, finish, new_sheet, text_cell};
use crate::problem::WriteProblem;
use crate::rows::{Row, Rows};
use crate::template::{Kind, Template};
use crate::text::match_key;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::collections::HashMap;

const MESSAGE_ZH: &str = "错误说明";
const MESSAGE_EN: &str = "Errors";
/// Columns before the template's own.
const BEFORE: u16 = 2;

/// Whether a header is one of ours, to be passed over when an error file is uploaded again.
pub(crate) fn is_error_header(header: &str) -> bool {
    let key = match_key(header);
    key == MESSAGE_ZH || key == match_key(MESSAGE_EN)
}

/// One file back: all rows as they were read, the faulty cells red, what is wrong in the first column (English beside
/// it), a summary sheet, and the notes. The reader passes over what was added.
pub fn error_xlsx(rows: &Rows) -> Result<Vec<u8>, WriteProblem> {
    let template = rows.template;
    let styles = Styles::new();
    let mut book = Workbook::new();
    let mut sheet = new_sheet(&mut book, true);
    sheet.set_column_width(0, 44)?;
    sheet.set_column_width(1, 30)?;
    sheet.write_string_with_format(0, 0, MESSAGE_ZH, &styles.header)?;
    sheet.write_string_with_format(0, 1, MESSAGE_EN, &styles.header)?;
    data_sheet(&mut sheet, template, BEFORE, &styles)?;
    let width = template.columns.len();
    for (index, header) in rows.extra_headers.iter().enumerate() {
        text_cell(&mut sheet, 0, place(width + index), header, &styles.header)?;
    }
    let mut of_row: HashMap<u32, Vec<&Fault>> = HashMap::new();
    for fault in rows.faults.iter() {
        of_row.entry(fault.row).or_default().push(fault);
    }
    for (at, row) in (1_u32..).zip(&rows.rows) {
        if at > MAX_ROW {
            return Err(WriteProblem::TooManyRows);
        }
        let faults = of_row.get(&row.number).map_or(&[][..], Vec::as_slice);
        write_row(&mut sheet, at, row, faults, &rows.faults, template, &styles)?;
    }
    let last = u32::try_from(rows.rows.len()).unwrap_or(MAX_ROW).min(MAX_ROW);
    sheet.autofilter(0, 0, last, place(width).saturating_sub(1))?;
    let summary = summary(rows, &styles)?;
    finish(book, sheet, template, &styles, Some(summary))
}

fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX - BEFORE) + BEFORE
}

fn write_row(
    sheet: &mut Worksheet,
    at: u32,
    row: &Row,
    faults: &[&Fault],
    all: &Faults,
    template: &Template,
    styles: &Styles,
) -> Result<(), WriteProblem> {
    if !faults.is_empty() {
        let joined = |message: fn(&Fault) -> &str, mark: &str| {
            let messages: Vec<&str> = faults.iter().map(|f| message(f)).collect();
            messages.join(mark)
        };
        text_cell(sheet, at, 0, &joined(|f| &f.message_zh, "；\n"), &styles.message)?;
        text_cell(sheet, at, 1, &joined(|f| &f.message_en, ";\n"), &styles.message)?;
    } else if all.has_row(row.number) {
        // Beyond the faults that are kept.
        text_cell(sheet, at, 0, "此行也有错误；错误过多，未逐条列出", &styles.message)?;
        text_cell(sheet, at, 1, "This row has faults too; there are too many to list", &styles.message)?;
    }
    for ((index, raw), column) in row.raw.iter().enumerate().zip(template.columns) {
        let wrong = faults.iter().any(|f| f.column == Some(column.key));
        let (text, date) =
            if wrong { (&styles.faulty, &styles.faulty_date) } else { (&styles.text, &styles.date) };
        if wrong && raw.is_empty() {
            // A red cell shows where something is missing.
            sheet.write_blank(at, place(index), text)?;
        }
        if let (Raw::Number(n), Kind::Integer { .. }) = (raw, &column.kind)
            && !wrong
        {
            sheet.write_number(at, place(index), *n)?;
            continue;
        }
        raw_cell(sheet, at, place(index), raw, text, date)?;
    }
    for (index, raw) in row.extra.iter().enumerate() {
        raw_cell(sheet, at, place(row.raw.len() + index), raw, &styles.text, &styles.date)?;
    }
    Ok(())
}

fn raw_cell(
    sheet: &mut Worksheet,
    at: u32,
    column: u16,
    raw: &Raw,
    text: &Format,
    date: &Format,
) -> Result<(), WriteProblem> {
    match raw {
        Raw::Empty => {}
        Raw::Serial(n, is_1904) => match from_serial(*n, *is_1904) {
            Some(day) => date_cell(sheet, at, column, day, date)?,
            None => text_cell(sheet, at, column, &raw.shown(), text)?,
        },
        _ => text_cell(sheet, at, column, &raw.shown(), text)?,
    }
    Ok(())
}

fn summary(rows: &Rows, styles: &Styles) -> Result<Worksheet, WriteProblem> {
    let mut sheet = Worksheet::new();
    sheet.set_name(ERRORS_SHEET)?;
    for (column, width) in (0_u16..).zip([10.0, 10.0, 18.0, 24.0, 50.0, 50.0, 28.0]) {
        sheet.set_column_width(column, width)?;
    }
    let (total, of) = (rows.faults.total(), rows.faults.rows());
    let zh = format!(
        "共 {} 行，其中 {of} 行有错误，计 {total} 处；未导入任何数据。改正标红处后可直接重新上传本文件。",
        rows.rows.len()
    );
    let en = format!(
        "{total} faults in {of} of {} rows; nothing was imported. Correct the red cells and upload this file.",
        rows.rows.len()
    );
    sheet.write_string_with_format(0, 0, zh, &styles.title)?;
    sheet.write_string_with_format(1, 0, en, &styles.faint)?;
    let mut at = 2;
    if total > Faults::KEPT {
        let kept = Faults::KEPT;
        sheet.write_string_with_format(
            2,
            0,
            format!("仅列出前 {kept} 处。Only the first {kept} are listed."),
            &styles.faint,
        )?;
        at = 3;
    }
    let headers = [
        "原行号 Original row",
        "本表行号 Row here",
        "列 Column",
        "原值 Value",
        "错误说明",
        "Error",
        "错误代码 Code",
    ];
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write_string_with_format(at, column, header, &styles.header)?;
    }
    sheet.set_freeze_panes(at + 1, 0)?;
    let place_of: HashMap<u32, (u32, &Row)> =
        (2_u32..).zip(&rows.rows).map(|(at, row)| (row.number, (at, row))).collect();
    for fault in rows.faults.iter() {
        at += 1;
        let here = place_of.get(&fault.row);
        let column = fault.column.and_then(|key| rows.template.columns.iter().find(|c| c.key == key));
        let value = match (fault.value.as_str(), here, fault.column) {
            ("", Some((_, row)), Some(key)) if column.is_some() => row.shown(key),
            (value, ..) => value.to_owned(),
        };
        sheet.write_number(at, 0, fault.row)?;
        if let Some((number, _)) = here {
            sheet.write_number(at, 1, *number)?;
        }
        text_cell(&mut sheet, at, 2, column.map_or("", |c| c.header_zh), &styles.text)?;
        text_cell(&mut sheet, at, 3, crate::text::cut(&value, 100), &styles.text)?;
        text_cell(&mut sheet, at, 4, &fault.message_zh, &styles.text)?;
        text_cell(&mut sheet, at, 5, &fault.message_en, &styles.text)?;
        text_cell(&mut sheet, at, 6, fault.code, &styles.text)?;
    }
    Ok(sheet)
}
