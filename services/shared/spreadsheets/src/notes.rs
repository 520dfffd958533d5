//! The notes sheet (填写说明) of a template.

use crate::form::{CHOICES_SHEET, ERRORS_SHEET, NOTES_SHEET, Styles};
use crate::problem::WriteProblem;
use crate::template::{Kind, Template};
use crate::text::match_key;
use rust_xlsxwriter::Worksheet;

/// Names of sheets that hold no data, in the form in which names are compared.
pub(crate) fn is_notes_sheet(name: &str) -> bool {
    let name = match_key(name);
    [NOTES_SHEET, ERRORS_SHEET, CHOICES_SHEET].iter().any(|n| match_key(n) == name)
        || name.contains("说明")
        || matches!(name.as_str(), "notes" | "readme" | "instructions" | "errors" | "choices")
}

/// What holds for every template.
const RULES: &[(&str, &str)] = &[
    (
        "请在第一张工作表填写，第一行是表头，不要改动列名；列的顺序可以变。",
        "Fill in the first sheet. Keep the headers; their order may change.",
    ),
    ("带 * 的列必填。", "Columns with * are required."),
    (
        "日期可写作 2026年9月1日、2026-09-01、2026/9/1 或 20260901。",
        "Dates: 2026-09-01, 2026/9/1, 20260901 or 2026年9月1日.",
    ),
    (
        "编码、证号请以文本填写（模板已设为文本格式），以免被改成科学计数。",
        "Codes are text (the template is set so), or Excel shortens them to 3.6E+09.",
    ),
    ("一格填写多项时，用顿号“、”分隔。", "Several items in one cell are separated by 、 or commas."),
    (
        "整个文件一次导入：有一行错误则全部不导入，并返回标红的错误文件；改正后可直接重新上传。",
        "A file is imported whole or not at all; an error file with the faults in red comes back, ready to be corrected and uploaded.",
    ),
    ("重复上传同一文件不会产生重复数据。", "Uploading the same file again does not double anything."),
];

/// What may stand in a column, in Chinese and English.
fn described(kind: &Kind) -> (String, String) {
    let words = |list: &[(&str, &str)]| list.iter().map(|(_, zh)| *zh).collect::<Vec<_>>().join("、");
    match kind {
        Kind::Text { max } => (format!("文本，最多 {max} 字"), format!("text, at most {max} characters")),
        Kind::Paragraphs { max } => {
            (format!("可分行的文本，最多 {max} 字"), format!("lines of text, at most {max} characters"))
        }
        Kind::Name { max } => (format!("名称，最多 {max} 字"), format!("a name, at most {max} characters")),
        Kind::Names { max, items } => (
            format!("名称，最多 {items} 个，每个最多 {max} 字"),
            format!("at most {items} names of {max} characters"),
        ),
        Kind::Code { max } => {
            (format!("编码（文本），最多 {max} 位"), format!("a code, at most {max} characters"))
        }
        Kind::Codes { max, items } => (
            format!("编码，最多 {items} 个，每个最多 {max} 位"),
            format!("at most {items} codes of {max} characters"),
        ),
        Kind::Integer { min, max } => {
            (format!("整数，{min} 至 {max}"), format!("a whole number, {min} to {max}"))
        }
        Kind::Date => ("日期".to_owned(), "a date".to_owned()),
        Kind::Choice(list) => (format!("选一项：{}", words(list)), "one of the list".to_owned()),
        Kind::Choices(list) => (format!("可选多项：{}", words(list)), "some of the list".to_owned()),
    }
}

pub(crate) fn notes_sheet(template: &Template, styles: &Styles) -> Result<Worksheet, WriteProblem> {
    let mut sheet = Worksheet::new();
    sheet.set_name(NOTES_SHEET)?;
    for (column, width) in [(0, 20.0), (1, 22.0), (2, 10.0), (3, 36.0), (4, 24.0), (5, 44.0), (6, 44.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, format!("{} — {NOTES_SHEET}", template.title_zh), &styles.title)?;
    sheet.write_string_with_format(0, 5, format!("{} — Notes", template.title_en), &styles.title)?;
    let mut row = 2;
    for (zh, en) in RULES.iter().chain(template.notes) {
        sheet.write_string(row, 0, *zh)?;
        sheet.write_string_with_format(row + 1, 0, *en, &styles.faint)?;
        row += 2;
    }
    row += 1;
    for (column, header) in (0..).zip(["列名", "Column", "必填", "填写内容", "示例", "说明", "Note"])
    {
        sheet.write_string_with_format(row, column, header, &styles.header)?;
    }
    for column in template.columns {
        row += 1;
        let (zh, en) = described(&column.kind);
        let required = if column.required { "是 Yes" } else { "" };
        let cells = [
            column.header_zh,
            column.header_en,
            required,
            &zh,
            column.example,
            column.note_zh,
            &if column.note_en.is_empty() { en } else { format!("{en}. {}", column.note_en) },
        ];
        for (at, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, at, text, &styles.wrapped)?;
        }
    }
    row += 2;
    sheet.write_string_with_format(
        row,
        0,
        "示例行（仅供参考，此表不会被导入） Example row (never imported)",
        &styles.title,
    )?;
    for (at, column) in (0..).zip(template.columns) {
        sheet.write_string_with_format(row + 1, at, column.header_zh, &styles.header)?;
        sheet.write_string_with_format(row + 2, at, column.example, &styles.wrapped)?;
    }
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(sheet)
}
