//! Any list as a spreadsheet (导出): typed cells, a frozen header, a filter. Memory does not grow with the rows but
//! by the compressed file.

use crate::date::to_serial;
use crate::form::{MAX_ROW, date_cell, display_width, integer_cell, new_sheet, text_cell};
use crate::problem::WriteProblem;
use chrono::{NaiveDate, NaiveDateTime, Timelike as _};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Which language the headers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// A column of an export.
#[derive(Debug, Clone, Copy)]
pub struct ExportColumn<'a> {
    /// The header in Chinese.
    pub header_zh: &'a str,
    /// The header in English.
    pub header_en: &'a str,
    /// What stands in it: decides width and number format.
    pub kind: ExportKind,
}

/// What stands in a column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// Short text: names, codes, states.
    Text,
    /// Longer text, wrapped.
    LongText,
    /// Whole numbers.
    Integer,
    /// Numbers with two decimals.
    Decimal,
    /// Shares, shown as percent with one decimal.
    Percent,
    /// Days.
    Date,
    /// Days with hour and minute.
    DateTime,
}

/// A cell of an export. Its own type decides how it is written, whatever the column's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// A whole number; 16 digits and more are written as text.
    Integer(i64),
    /// A number; what is not finite is left empty.
    Decimal(f64),
    /// A share: 0.125 is shown as 12.5 %.
    Percent(f64),
    /// A day.
    Date(NaiveDate),
    /// A time, in the time zone in which it shall be shown.
    DateTime(NaiveDateTime),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Writes a list. `title` names the sheet, as far as Excel allows. Rows are taken one by one and not kept.
pub fn export_xlsx(
    title: &str,
    language: Language,
    columns: &[ExportColumn<'_>],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<Vec<u8>, WriteProblem> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    let mut rows = rows.into_iter().peekable();
    let mut sheet = new_sheet(&mut book, rows.peek().is_some());
    sheet.set_name(sheet_name(title))?;
    sheet.set_row_height(0, 24)?;
    for (at, column) in (0_u16..).zip(columns) {
        let header = if language == Language::Zh { column.header_zh } else { column.header_en };
        sheet.set_column_width(at, (display_width(header) + 4.0).max(width(column.kind)).min(80.0))?;
        text_cell(&mut sheet, 0, at, header, &formats.header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let mut last = 0;
    for row in rows {
        if last == MAX_ROW {
            return Err(WriteProblem::TooManyRows);
        }
        last += 1;
        for ((at, column), value) in (0_u16..).zip(columns).zip(&row) {
            cell(&mut sheet, last, at, value, column.kind, &formats)?;
        }
    }
    if let Some(end) = u16::try_from(columns.len()).unwrap_or(u16::MAX).checked_sub(1) {
        sheet.autofilter(0, 0, last, end)?;
    }
    book.push_worksheet(sheet);
    Ok(book.save_to_buffer()?)
}

/// A sheet's name: at most 31 characters, without the ones that Excel forbids, never empty.
fn sheet_name(title: &str) -> String {
    let name: String = title
        .chars()
        .map(
            |c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c },
        )
        .take(31)
        .collect();
    let mut name = name.trim().trim_matches('\'').to_owned();
    // Characters outside the basic plane count twice in Excel.
    while name.encode_utf16().count() > 31 {
        name.pop();
    }
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { name }
}

fn width(kind: ExportKind) -> f64 {
    match kind {
        ExportKind::Text => 20.0,
        ExportKind::LongText => 48.0,
        ExportKind::Integer | ExportKind::Decimal | ExportKind::Percent => 11.0,
        ExportKind::Date => 12.0,
        ExportKind::DateTime => 18.0,
    }
}

struct Formats {
    header: Format,
    text: Format,
    long: Format,
    decimal: Format,
    percent: Format,
    date: Format,
    time: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            header: Format::new()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Thin)
                .set_background_color(Color::RGB(0x00DD_EBF7)),
            text: Format::new().set_num_format("@"),
            long: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
            decimal: Format::new().set_num_format("#,##0.00"),
            percent: Format::new().set_num_format("0.0%"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    value: &Value,
    kind: ExportKind,
    formats: &Formats,
) -> Result<(), WriteProblem> {
    match value {
        Value::Text(text) if text.is_empty() => {}
        Value::Text(text) => {
            let format = if kind == ExportKind::LongText { &formats.long } else { &formats.text };
            text_cell(sheet, row, at, text, format)?;
        }
        Value::Integer(n) => integer_cell(sheet, row, at, *n)?,
        Value::Decimal(n) if n.is_finite() => {
            sheet.write_number_with_format(row, at, *n, &formats.decimal)?;
        }
        Value::Percent(n) if n.is_finite() => {
            sheet.write_number_with_format(row, at, *n, &formats.percent)?;
        }
        Value::Date(date) => date_cell(sheet, row, at, *date, &formats.date)?,
        Value::DateTime(time) => {
            let seconds = f64::from(time.num_seconds_from_midnight());
            sheet.write_number_with_format(
                row,
                at,
                to_serial(time.date()) + seconds / 86_400.0,
                &formats.time,
            )?;
        }
        Value::Empty | Value::Decimal(_) | Value::Percent(_) => {}
    }
    Ok(())
}
