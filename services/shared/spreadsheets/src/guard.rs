//! The door before the parser: what kind of file it is, and whether it unpacks to a size that can be borne.
//!
//! calamine trusts a file: it reserves as many strings as the file declares, copies a style for each cell format, and
//! inflates without end. So every part is inflated here first, by the same zip reader, counted and thrown away.

use crate::problem::FileProblem;
use memchr::memmem;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// What a file may cost. The defaults fit any honest file of 50,000 rows.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: u64,
    /// Bytes of all its parts, inflated.
    pub inflated: u64,
    /// Parts in the zip archive.
    pub entries: usize,
    /// Rows with data.
    pub rows: usize,
    /// Cells with data, in columns with a header.
    pub cells: usize,
    /// Bytes of text in those cells (a text shared by many cells counts in each).
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            inflated: 200 << 20,
            entries: 2_000,
            rows: 50_000,
            cells: 3_000_000,
            text: 128 << 20,
        }
    }
}

/// Inflated bytes of a part that is no sheet, no string table and no picture: workbook, relations, styles.
const SMALL_PART: u64 = 16 << 20;
/// Strings the table may declare beyond the marks it really has: honest programs miscount.
const DECLARED_STRINGS: usize = 1_000_000;
/// Marks (`<`) in the string table: a plain string has four.
const STRING_MARKS: usize = 12_000_000;
/// Bytes that the styles may take in memory, by the estimate below.
const STYLE_COST: usize = 256 << 20;

/// How far behind `uniqueCount` its number may stand.
const NEAR: usize = 96;

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Refuses what is no .xlsx file or would cost too much to read.
pub(crate) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::empty());
    }
    if bytes.len() as u64 > limits.bytes {
        return Err(FileProblem::file_too_large(limits.bytes));
    }
    if !bytes.starts_with(b"PK") {
        return Err(not_a_zip(bytes));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileProblem::damaged())?;
    if zip.len() > limits.entries {
        return Err(FileProblem::bomb());
    }
    if !has_workbook(&zip) {
        return Err(other_zip(&zip));
    }
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 256 << 10];
    for index in 0..zip.len() {
        let entry = match zip.by_index(index) {
            Ok(entry) if entry.encrypted() => return Err(FileProblem::password()),
            Ok(entry) => entry,
            Err(_) => return Err(FileProblem::damaged()),
        };
        let name = part_name(entry.name_raw());
        let declared = entry.size();
        let room = limits.inflated.saturating_sub(total);
        let room = if is_small_part(&name) { room.min(SMALL_PART) } else { room };
        if declared > room {
            return Err(FileProblem::bomb());
        }
        // One byte more than there is room for shows that a declared size was a lie.
        let mut part = Part::new(&name);
        let mut inflated = 0_u64;
        let mut reader = entry.take(room + 1);
        loop {
            let read = reader.read(&mut buffer).map_err(|_| FileProblem::damaged())?;
            let Some(chunk) = buffer.get(..read).filter(|c| !c.is_empty()) else { break };
            inflated += chunk.len() as u64;
            if inflated > room {
                return Err(FileProblem::bomb());
            }
            part.see(chunk);
        }
        part.judge()?;
        total += inflated;
    }
    Ok(())
}

fn is_small_part(name: &str) -> bool {
    const LARGE: [&str; 6] =
        ["worksheets/", "sharedstrings.xml", "/media/", "pivotcache", "/drawings/", "embeddings/"];
    !LARGE.iter().any(|large| name.contains(large))
}

/// What is counted in a part while it is inflated.
struct Part {
    strings: bool,
    marks: usize,
    /// The whole text of the styles (they are small); of the string table the beginning and what declares a count.
    text: Vec<u8>,
    keep: bool,
    declared: usize,
}

impl Part {
    fn new(name: &str) -> Self {
        let strings = name.ends_with("sharedstrings.xml");
        Self { strings, marks: 0, text: Vec::new(), keep: name.ends_with("styles.xml"), declared: 0 }
    }

    fn see(&mut self, chunk: &[u8]) {
        if self.keep {
            self.text.extend_from_slice(chunk);
        } else if self.strings {
            self.marks += memchr::memchr_iter(b'<', chunk).count();
            // The last bytes of the chunk before go along, so that a declaration across the border is seen.
            let mut window = std::mem::take(&mut self.text);
            window.extend_from_slice(chunk);
            for at in memmem::find_iter(&window, b"uniqueCount") {
                self.declared = self.declared.max(declared_count(window.get(at + 11..).unwrap_or_default()));
            }
            self.text = window.split_off(window.len().saturating_sub(2 * NEAR));
        }
    }

    fn judge(&self) -> Result<(), FileProblem> {
        if self.strings && (self.marks > STRING_MARKS || self.declared > self.marks.max(DECLARED_STRINGS)) {
            return Err(FileProblem::bomb());
        }
        if self.keep {
            // calamine copies font name and number format into a style for each `xf`.
            let formats = memmem::find_iter(&self.text, b"xf").count();
            let mut longest = 0;
            let mut last = 0;
            for at in memchr::memchr_iter(b'<', &self.text).chain([self.text.len()]) {
                longest = longest.max(at - last);
                last = at;
            }
            if formats.saturating_mul(500 + 2 * longest) > STYLE_COST {
                return Err(FileProblem::bomb());
            }
        }
        Ok(())
    }
}

/// The number in ` = "123"`; too many digits, or a number hidden far behind spaces, count as too many strings.
fn declared_count(rest: &[u8]) -> usize {
    let near = rest.get(..rest.len().min(NEAR)).unwrap_or_default();
    let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'' | b'+');
    let start = near.iter().take_while(|b| blank(b)).count();
    if start == NEAR {
        return usize::MAX;
    }
    let digits = near.iter().skip(start).take_while(|b| b.is_ascii_digit());
    digits.fold(0_usize, |n, b| n.saturating_mul(10).saturating_add(usize::from(b - b'0')))
}

fn names(zip: &ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    zip.file_names_raw().map(part_name).collect()
}

/// The name of a part as calamine compares it.
fn part_name(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace('\\', "/").to_ascii_lowercase()
}

/// Whether the archive is a spreadsheet of the .xlsx family, whatever its folders are called.
fn has_workbook(zip: &ZipArchive<Cursor<&[u8]>>) -> bool {
    let names = names(zip);
    let suffix = |end: &str| names.iter().any(|n| n.ends_with(end));
    suffix("_rels/.rels")
        && !suffix("workbook.bin")
        && !suffix("word/document.xml")
        && !suffix("ppt/presentation.xml")
}

fn other_zip(zip: &ZipArchive<Cursor<&[u8]>>) -> FileProblem {
    let names = names(zip);
    let has = |end: &str| names.iter().any(|n| n.ends_with(end));
    if has("workbook.bin") {
        FileProblem::other_format(" .xlsb 文件", "an .xlsb file")
    } else if has("word/document.xml") {
        FileProblem::other_format(" Word 文档", "a Word document")
    } else if has("ppt/presentation.xml") {
        FileProblem::other_format(" PowerPoint 演示文稿", "a PowerPoint presentation")
    } else if has("content.xml") {
        FileProblem::other_format(" OpenDocument 表格", "an OpenDocument spreadsheet")
    } else {
        FileProblem::other_format("压缩包", "a zip archive")
    }
}

fn not_a_zip(bytes: &[u8]) -> FileProblem {
    if bytes.starts_with(OLE) {
        let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
        return if memmem::find(bytes, &wide).is_some() {
            FileProblem::password()
        } else {
            FileProblem::old_xls()
        };
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("%pdf") {
        return FileProblem::other_format(" PDF", "a PDF");
    }
    let page = ["<html", "<!doctype html", "<table", "<meta", "<head"].iter().any(|mark| text.contains(mark));
    if page || (text.starts_with('<') && text.contains("urn:schemas-microsoft-com:office")) {
        return FileProblem::other_format("网页（HTML）或 XML 表格", "a web page or an XML table");
    }
    // Text in UTF-8, GBK or UTF-16, as systems export it: control characters are what text has not.
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let controls = head.iter().filter(|b| **b < 9 || (14..32).contains(*b)).count();
    if utf16 || (controls == 0 && head.iter().any(|b| matches!(b, b',' | b'\t' | b';' | b'\n'))) {
        return FileProblem::other_format("文本文件（CSV）", "a text file (CSV)");
    }
    FileProblem::other_format("其他类型的文件", "a file of another kind")
}
