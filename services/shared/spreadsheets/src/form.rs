//! Writing a template (模板下载): headers with comments, dropdowns, formats, the notes sheet; empty or filled.

use crate::date::to_serial;
use crate::export::Value;
use crate::notes::notes_sheet;
use crate::problem::WriteProblem;
use crate::template::{Column, Kind, Template};
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet,
};

pub(crate) const NOTES_SHEET: &str = "填写说明";
pub(crate) const ERRORS_SHEET: &str = "错误汇总";
pub(crate) const CHOICES_SHEET: &str = "选项";

/// The last row (zero-based) that the dropdowns and checks of a template cover.
const LAST_ROW: u32 = 50_000;
/// The longest list that fits into a validation; longer ones stand on a hidden sheet.
const INLINE_LIST: usize = 255;

/// The formats of our files.
pub(crate) struct Styles {
    pub(crate) title: Format,
    pub(crate) header: Format,
    pub(crate) required: Format,
    pub(crate) wrapped: Format,
    pub(crate) faint: Format,
    pub(crate) text: Format,
    pub(crate) date: Format,
    pub(crate) faulty: Format,
    pub(crate) faulty_date: Format,
    pub(crate) message: Format,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00DD_EBF7));
        let faulty = Format::new()
            .set_background_color(Color::RGB(0x00FF_C7CE))
            .set_font_color(Color::RGB(0x009C_0006));
        Self {
            title: Format::new().set_bold().set_font_size(13),
            required: header.clone().set_background_color(Color::RGB(0x00FF_E699)),
            header,
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin),
            faint: Format::new().set_font_color(Color::RGB(0x0059_5959)),
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            faulty_date: faulty.clone().set_num_format("yyyy-mm-dd"),
            message: Format::new().set_font_color(Color::RGB(0x009C_0006)).set_text_wrap(),
            faulty: faulty.set_num_format("@"),
        }
    }
}

/// The empty template: a data sheet with its header, and the notes sheet. The same bytes each time.
pub fn template_xlsx(template: &Template) -> Result<Vec<u8>, WriteProblem> {
    filled_xlsx(template, std::iter::empty::<Vec<Value>>())
}

/// The template filled with rows, each in the order of the template's columns; the code of a choice is written as its
/// word. What is exported in this way can be imported again.
pub fn filled_xlsx(
    template: &Template,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<Vec<u8>, WriteProblem> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(template.title_zh)
            .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?),
    );
    let mut rows = rows.into_iter().peekable();
    let mut sheet = new_sheet(&mut book, rows.peek().is_some());
    data_sheet(&mut sheet, template, 0, &styles)?;
    for (number, row) in (1_u32..).zip(rows) {
        if number > MAX_ROW {
            return Err(WriteProblem::TooManyRows);
        }
        for ((at, column), value) in (0..).zip(template.columns).zip(&row) {
            let word = match (value, &column.kind) {
                (Value::Text(code), Kind::Choice(list)) => {
                    list.iter().find(|(c, _)| c == code).map(|(_, zh)| *zh)
                }
                _ => None,
            };
            match word {
                Some(word) => text_cell(&mut sheet, number, at, word, &styles.text)?,
                None => plain_cell(&mut sheet, number, at, value, &styles)?,
            }
        }
    }
    finish(book, sheet, template, &styles, None)
}

/// The last zero-based row of a sheet.
pub(crate) const MAX_ROW: u32 = 1_048_575;

/// A sheet that keeps one row in memory and the others in an unlinked temporary file, or, where no such file can be
/// made, all of them in memory. Its rows must be written from the top. A sheet of headings alone is kept whole: the
/// temporary file would hold its only row twice, which Excel offers to repair.
pub(crate) fn new_sheet(book: &mut Workbook, rows: bool) -> Worksheet {
    if !rows {
        return Worksheet::new();
    }
    book.new_worksheet_with_constant_memory().unwrap_or_else(|_| Worksheet::new())
}

/// Adds the data sheet, the notes and the lists of choices to the book and gives its bytes.
pub(crate) fn finish(
    mut book: Workbook,
    data: Worksheet,
    template: &Template,
    styles: &Styles,
    errors: Option<Worksheet>,
) -> Result<Vec<u8>, WriteProblem> {
    book.push_worksheet(data);
    if let Some(errors) = errors {
        book.push_worksheet(errors);
    }
    book.push_worksheet(notes_sheet(template, styles)?);
    let mut lists = Worksheet::new();
    lists.set_name(CHOICES_SHEET)?.set_hidden(true);
    let mut used = false;
    for (at, column) in (0_u16..).zip(template.columns) {
        if let Kind::Choice(choices) = column.kind
            && inline(choices).is_none()
        {
            used = true;
            for (row, (_, zh)) in (0_u32..).zip(choices) {
                lists.write_string(row, at, *zh)?;
            }
        }
    }
    if used {
        book.push_worksheet(lists);
    }
    Ok(book.save_to_buffer()?)
}

/// Lays out a data sheet whose template columns begin at `first`: header, comments, widths, formats, validations.
pub(crate) fn data_sheet(
    sheet: &mut Worksheet,
    template: &Template,
    first: u16,
    styles: &Styles,
) -> Result<(), WriteProblem> {
    sheet.set_name(template.title_zh)?;
    sheet.set_row_height(0, 32)?;
    for (index, column) in (0_u16..).zip(template.columns) {
        let at = first + index;
        sheet.set_column_width(at, width(column))?;
        match column.kind {
            Kind::Date => sheet.set_column_format(at, &styles.date)?,
            Kind::Integer { .. } => sheet,
            _ => sheet.set_column_format(at, &styles.text)?,
        };
        let (header, format) = if column.required {
            (format!("{}*", column.header_zh), &styles.required)
        } else {
            (column.header_zh.to_owned(), &styles.header)
        };
        sheet.write_string_with_format(0, at, header, format)?;
        sheet.insert_note(
            0,
            at,
            &Note::new(comment(column)).add_author_prefix(false).set_width(260).set_height(110),
        )?;
        if let Some(validation) = validation(column, index)? {
            sheet.add_data_validation(1, at, LAST_ROW, at, &validation)?;
        }
    }
    sheet.set_freeze_panes(1, first)?;
    Ok(())
}

fn comment(column: &Column) -> String {
    let mut lines =
        vec![if column.required { "必填 Required".to_owned() } else { "选填 Optional".to_owned() }];
    lines.push(column.header_en.to_owned());
    if !column.note_zh.is_empty() {
        lines.push(column.note_zh.to_owned());
        lines.push(column.note_en.to_owned());
    }
    if !column.example.is_empty() {
        lines.push(format!("例 e.g. {}", column.example));
    }
    lines.join("\n")
}

fn width(column: &Column) -> f64 {
    let header = display_width(column.header_zh) + 3.0;
    let body = match column.kind {
        Kind::Text { .. } => 22.0,
        Kind::Paragraphs { .. } => 40.0,
        Kind::Name { max } if max > 30 => 30.0,
        Kind::Names { .. } | Kind::Codes { .. } | Kind::Choices(_) => 26.0,
        Kind::Code { max } => {
            if max > 12 {
                22.0
            } else {
                14.0
            }
        }
        Kind::Name { .. } | Kind::Date => 13.0,
        Kind::Integer { .. } => 9.0,
        Kind::Choice(list) => list.iter().map(|(_, zh)| display_width(zh)).fold(8.0, f64::max) + 3.0,
    };
    header.max(body).min(60.0)
}

/// Columns of a fixed-width typeface that a text takes: a Chinese character takes two.
pub(crate) fn display_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.1 } else { 2.2 }).sum()
}

fn inline(choices: &[(&str, &str)]) -> Option<Vec<String>> {
    let words: Vec<String> = choices.iter().map(|(_, zh)| (*zh).to_owned()).collect();
    let length: usize = words.iter().map(|w| w.chars().count() + 1).sum();
    (length <= INLINE_LIST && words.iter().all(|w| !w.contains(','))).then_some(words)
}

fn validation(column: &Column, index: u16) -> Result<Option<DataValidation>, WriteProblem> {
    let rule =
        DataValidation::new().set_error_title(column.header_zh.chars().take(32).collect::<String>())?;
    let rule = match column.kind {
        Kind::Choice(choices) => {
            let rule = if let Some(words) = inline(choices) {
                rule.allow_list_strings(&words)?
            } else {
                let name = rust_xlsxwriter::utility::column_number_to_name(index);
                rule.allow_list_formula(Formula::new(format!(
                    "={CHOICES_SHEET}!${name}$1:${name}${}",
                    choices.len()
                )))
            };
            rule.set_error_message("请从下拉列表中选择。Choose from the list.")?
        }
        Kind::Integer { min, max } => {
            let (Ok(min), Ok(max)) = (i32::try_from(min), i32::try_from(max)) else { return Ok(None) };
            rule.allow_whole_number(DataValidationRule::Between(min, max))
                .set_error_message(format!("请填 {min} 至 {max} 的整数。A whole number, {min} to {max}."))?
        }
        // A warning only: a day written as text is understood by the reader.
        Kind::Date => rule
            .allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(1900, 1, 1)?,
                ExcelDateTime::from_ymd(2100, 12, 31)?,
            ))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message("日期建议写成 2026-09-01。Write dates as 2026-09-01.")?,
        Kind::Text { max } | Kind::Paragraphs { max } | Kind::Name { max } | Kind::Code { max } => {
            let Ok(max) = u32::try_from(max) else { return Ok(None) };
            rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(max))
                .set_error_message(format!("最多 {max} 字。At most {max} characters."))?
        }
        Kind::Names { .. } | Kind::Codes { .. } | Kind::Choices(_) => return Ok(None),
    };
    Ok(Some(rule))
}

/// Writes text as text, whatever it begins with; what a program could take for a formula gets the quote prefix.
pub(crate) fn text_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), WriteProblem> {
    let text = crate::cell::fitting(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

pub(crate) fn date_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    date: NaiveDate,
    format: &Format,
) -> Result<(), WriteProblem> {
    // Excel has no days before 1900; such a date is text.
    let serial = to_serial(date);
    if serial < 61.0 {
        sheet.write_string_with_format(row, column, date.format("%Y-%m-%d").to_string(), format)?;
    } else {
        sheet.write_number_with_format(row, column, serial, format)?;
    }
    Ok(())
}

fn plain_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    styles: &Styles,
) -> Result<(), WriteProblem> {
    match value {
        Value::Text(text) => text_cell(sheet, row, column, text, &styles.text)?,
        Value::Integer(n) => integer_cell(sheet, row, column, *n)?,
        Value::Decimal(n) | Value::Percent(n) if n.is_finite() => {
            sheet.write_number(row, column, *n)?;
        }
        Value::Empty | Value::Decimal(_) | Value::Percent(_) => {}
        Value::Date(date) => date_cell(sheet, row, column, *date, &styles.date)?,
        Value::DateTime(time) => date_cell(sheet, row, column, time.date(), &styles.date)?,
    }
    Ok(())
}

/// A number, or its digits as text where a double would lose some.
pub(crate) fn integer_cell(sheet: &mut Worksheet, row: u32, column: u16, n: i64) -> Result<(), WriteProblem> {
    #[expect(clippy::cast_precision_loss, reason = "below 10^15, which a double holds")]
    if n.unsigned_abs() < 1_000_000_000_000_000 {
        sheet.write_number(row, column, n as f64)?;
    } else {
        sheet.write_string(row, column, n.to_string())?;
    }
    Ok(())
}
