//! Whole files: written with `rust_xlsxwriter` as people would make them, and read back.

mod hostile;
mod large;
mod people;
mod refused;
mod written;

use crate::{Column, FileProblem, Kind, Limits, Rows, Template, YES_NO, read};
use rust_xlsxwriter::{Workbook, Worksheet};

pub(crate) static SCHOOLS: Template = Template {
    key: "schools",
    title_zh: "学校名单",
    title_en: "Schools",
    columns: &[
        Column::new("name", "学校名称", "School name", Kind::Name { max: 60 })
            .required()
            .aliases(&["学校", "校名"])
            .example("示例市第一职业中学")
            .note("与公章一致", "As on the seal"),
        Column::new("code", "学校标识码", "School code", Kind::Code { max: 18 })
            .required()
            .example("3611000001"),
        Column::new("founded", "成立日期", "Founded", Kind::Date).example("2001-09-01"),
        Column::new("classes", "班级数", "Classes", Kind::Integer { min: 0, max: 500 }).aliases(&["班数"]),
        Column::new("nature", "办学性质", "Nature", Kind::Choice(&[("public", "公办"), ("private", "民办")])),
        Column::new("boarding", "是否寄宿", "Boarding", Kind::Choice(YES_NO)),
        Column::new("leaders", "校领导", "Leaders", Kind::Names { max: 20, items: 5 }),
        Column::new("remark", "备注", "Remark", Kind::Text { max: 50 }),
    ],
    notes: &[("每所学校一行。", "One row a school.")],
};

/// The bytes of a workbook of one sheet.
pub(crate) fn book(name: &str, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// Writes texts into one row.
pub(crate) fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in (0..).zip(texts).filter(|(_, t)| !t.is_empty()) {
        sheet.write_string(row, column, *text).unwrap();
    }
}

pub(crate) fn schools(bytes: &[u8]) -> Result<Rows, FileProblem> {
    read(&SCHOOLS, bytes, &Limits::default())
}

/// What is wrong, as `row column code`.
pub(crate) fn codes(rows: &Rows) -> Vec<String> {
    rows.faults.iter().map(|f| format!("{} {} {}", f.row, f.column.unwrap_or("-"), f.code)).collect()
}

/// The archive with one part replaced (or added).
pub(crate) fn with_part(bytes: &[u8], name: &str, change: impl FnOnce(String) -> Vec<u8>) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut change = Some(change);
    for index in 0..old.len() {
        let mut entry = old.by_index(index).unwrap();
        let entry_name = entry.name().unwrap().into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).unwrap();
        if entry_name == name {
            text = change.take().unwrap()(String::from_utf8(text).unwrap());
        }
        new.start_file(entry_name, options).unwrap();
        new.write_all(&text).unwrap();
    }
    if let Some(change) = change {
        new.start_file(name, options).unwrap();
        new.write_all(&change(String::new())).unwrap();
    }
    new.finish().unwrap().into_inner()
}

static TWICE: Template = Template {
    key: "twice",
    title_zh: "两次",
    title_en: "Twice",
    columns: &[
        Column::new("a", "甲", "A", Kind::Date),
        Column::new("b", "乙", "B", Kind::Date).aliases(&["甲 *"]),
    ],
    notes: &[],
};

#[test]
fn the_template_of_these_tests_is_sound() {
    assert_eq!(SCHOOLS.check(), Ok(()));
    assert!(TWICE.check().unwrap_err().contains('甲'));
}
