//! Files as a person edits them: by the raw XML inside, so that everything else stays byte for byte.

use calamine::{Data, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

/// A file's sheets by name, each with its rows as text.
pub(crate) fn sheets(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) => format!("{number:.0}"),
        other => other.to_string(),
    };
    let read = |(name, range): (String, calamine::Range<Data>)| {
        (name, range.rows().map(|row| row.iter().map(text).collect()).collect())
    };
    book.worksheets().into_iter().map(read).collect()
}

/// A part of the file.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The file with its first sheet changed.
pub(crate) fn with_sheet(bytes: &[u8], change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for index in 0..old.len() {
        let mut entry = old.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            content = change.take().unwrap()(String::from_utf8(content).unwrap()).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// A column's letters, from zero.
pub(crate) fn letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    if column < 26 {
        letter(column).to_string()
    } else {
        format!("{}{}", letter(column / 26 - 1), letter(column))
    }
}

/// A cell of text in raw XML.
pub(crate) fn text_cell(reference: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// Where a row stands in a sheet's XML.
fn row(xml: &str, number: u32) -> std::ops::Range<usize> {
    let start = xml.find(&format!("<row r=\"{number}\"")).unwrap();
    start..start + xml[start..].find("</row>").unwrap() + "</row>".len()
}

/// The sheet without a row.
pub(crate) fn without_row(mut xml: String, number: u32) -> String {
    xml.replace_range(row(&xml, number), "");
    xml
}

/// The sheet with a text typed into a cell.
pub(crate) fn typed(mut xml: String, number: u32, column: usize, text: &str) -> String {
    let whole = row(&xml, number);
    let old = xml[whole.clone()].to_owned();
    let reference = format!("{}{number}", letters(column));
    let new = if text.is_empty() { String::new() } else { text_cell(&reference, text) };
    let mark = format!("<c r=\"{reference}\"");
    let changed = if let Some(at) = old.find(&mark) {
        let tag_end = at + old[at..].find('>').unwrap() + 1;
        let end =
            if old[..tag_end].ends_with("/>") { tag_end } else { at + old[at..].find("</c>").unwrap() + 4 };
        format!("{}{new}{}", &old[..at], &old[end..])
    } else {
        // Before the first cell that stands to the right of it.
        let right = |n: &usize| old.find(&format!("<c r=\"{}{number}\"", letters(*n)));
        let at = (column + 1..64).find_map(|n| right(&n)).unwrap_or(old.len() - "</row>".len());
        format!("{}{new}{}", &old[..at], &old[at..])
    };
    xml.replace_range(whole, &changed);
    xml
}

/// The template with rows typed below its header, in the formats of its columns. Each row's cells by header.
pub(crate) fn filled(template: &[u8], rows: &[Vec<(&'static str, super::paper::Cell)>]) -> Vec<u8> {
    use super::paper::Cell;
    let headers: Vec<String> = sheets_first(template).remove(0);
    with_sheet(template, |xml| {
        let mut body = String::new();
        for (number, cells) in (2_u32..).zip(rows) {
            write!(body, "<row r=\"{number}\">").unwrap();
            for (at, header) in headers.iter().enumerate() {
                let reference = format!("{}{number}", letters(at));
                match cells
                    .iter()
                    .find(|(name, _)| *name == header.trim_end_matches('*'))
                    .map(|(_, cell)| cell)
                {
                    None | Some(Cell::Empty | Cell::Formula(..)) => {}
                    Some(Cell::Text(text)) => body.push_str(&text_cell(&reference, text)),
                    Some(Cell::Number(number)) => {
                        write!(body, "<c r=\"{reference}\"><v>{number}</v></c>").unwrap();
                    }
                    Some(Cell::Day(on)) => {
                        let serial = (*on - super::town::day(1899, 12, 30)).num_days();
                        let style = style_of(&xml, at);
                        write!(body, "<c r=\"{reference}\" s=\"{style}\"><v>{serial}</v></c>").unwrap();
                    }
                }
            }
            body.push_str("</row>");
        }
        xml.replacen("</sheetData>", &format!("{body}</sheetData>"), 1)
    })
}

/// The rows of the first sheet.
pub(crate) fn sheets_first(bytes: &[u8]) -> Vec<Vec<String>> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let first = book.sheet_names()[0].clone();
    sheets(bytes).remove(&first).unwrap()
}

/// The style that a column's empty cells have.
fn style_of(xml: &str, column: usize) -> String {
    let mark = format!("<col min=\"{}\"", column + 1);
    let tag = &xml[xml.find(&mark).unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    let style = &tag[tag.find("style=\"").unwrap() + 7..];
    style[..style.find('"').unwrap()].to_owned()
}
