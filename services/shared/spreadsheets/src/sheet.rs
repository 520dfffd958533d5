//! The workbook through calamine: which sheet holds the data, its header, its rows, its merged cells.
//!
//! Cells are streamed, never taken as calamine's dense range: a file with one cell in the last corner of the sheet
//! would ask for 17 billion cells.

use crate::cell::Raw;
use crate::guard::Limits;
use crate::header::{FirstRows, HEADER_WITHIN, Header, Target, find};
use crate::notes::is_notes_sheet;
use crate::problem::{FileProblem, Warning};
use crate::template::Template;
use crate::text::{cut, match_key};
use calamine::{Dimensions, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::Cursor;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Columns that are looked at.
const COLUMNS: usize = 512;
/// Merged regions of a sheet, and cells filled from them.
const MERGES: usize = 200_000;
const FILLS: usize = 5_000_000;
/// Sheets in which the header is looked for.
const SHEETS: usize = 16;

/// A row of the body; the cells in the template's order.
#[derive(Debug)]
pub(crate) struct Line {
    /// As Excel shows it.
    pub(crate) number: u32,
    pub(crate) cells: Vec<Raw>,
    pub(crate) extra: Vec<Raw>,
}

/// The data sheet.
#[derive(Debug)]
pub(crate) struct DataSheet {
    pub(crate) name: String,
    pub(crate) header: Header,
    pub(crate) lines: Vec<Line>,
    /// Whether its dates count from 1904.
    pub(crate) is_1904: bool,
}

fn broken(_: XlsxError) -> FileProblem {
    FileProblem::damaged()
}

/// An error after the cell of a zero-based row. calamine does not know every error value that a cell can hold, and
/// cannot say where it stood.
fn broken_after(row: u32, error: XlsxError) -> FileProblem {
    match error {
        XlsxError::CellError(value) => FileProblem::unreadable_cell(row.saturating_add(1), &value),
        other => broken(other),
    }
}

pub(crate) fn data_sheet(
    template: &'static Template,
    bytes: &[u8],
    limits: &Limits,
) -> Result<DataSheet, FileProblem> {
    let mut book: Book<'_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsxError::Password) => return Err(FileProblem::password()),
        Err(e) => return Err(broken(e)),
    };
    let mut first_problem = None;
    for name in candidates(template, &book) {
        let merges = merges(&mut book, &name)?;
        let header = match first_rows(&mut book, &name, &merges).and_then(|rows| find(template, &name, &rows))
        {
            Ok(header) => header,
            Err(problem) => {
                // Another sheet may be the one; if none is, the best explanation is kept.
                let better =
                    |old: &FileProblem| old.code == "header_not_found" && problem.code != "header_not_found";
                if first_problem.as_ref().is_none_or(better) {
                    first_problem = Some(problem);
                }
                continue;
            }
        };
        return body(template, &mut book, name, header, &merges, limits);
    }
    Err(first_problem.unwrap_or_else(FileProblem::no_sheet))
}

/// The sheet with the template's title alone, or else all visible ones that are no notes, in their order.
fn candidates(template: &Template, book: &Book<'_>) -> Vec<String> {
    let sheets = || book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let titled = |name: &str| {
        let name = match_key(name);
        name == match_key(template.title_zh) || name == match_key(template.title_en)
    };
    if let Some(sheet) = sheets().find(|s| titled(&s.name)) {
        return vec![sheet.name.clone()];
    }
    let visible = sheets().filter(|s| s.visible == SheetVisible::Visible && !is_notes_sheet(&s.name));
    visible.take(SHEETS).map(|s| s.name.clone()).collect()
}

fn merges(book: &mut Book<'_>, name: &str) -> Result<Vec<Dimensions>, FileProblem> {
    let mut merges = book.merge_cells_by_sheet_name(name).map_err(broken)?;
    merges.retain(|m| m.start.0 <= m.end.0 && m.start.1 <= m.end.1 && (m.start.1 as usize) < COLUMNS);
    if merges.len() > MERGES {
        return Err(FileProblem::too_much_data());
    }
    Ok(merges)
}

fn first_rows(book: &mut Book<'_>, name: &str, merges: &[Dimensions]) -> Result<FirstRows, FileProblem> {
    let is_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut rows = FirstRows::new();
    let (mut seen, mut last) = (0, 0);
    while let Some(cell) = reader.next_cell().map_err(|e| broken_after(last, e))? {
        let (row, column) = cell.get_position();
        last = row;
        seen += 1;
        if row >= HEADER_WITHIN || seen > COLUMNS * 64 {
            break;
        }
        let raw = Raw::new(cell.get_value(), is_1904);
        if (column as usize) < COLUMNS && !raw.is_empty() {
            rows.entry(row).or_default().insert(column as usize, cut(&raw.shown(), 300).to_owned());
        }
    }
    // A header over two rows: the columns that are merged downwards belong to the lower row too.
    for merge in merges.iter().filter(|m| m.start.0 < HEADER_WITHIN) {
        let column = merge.start.1 as usize;
        let Some(text) = rows.get(&merge.start.0).and_then(|r| r.get(&column)).cloned() else { continue };
        for row in merge.start.0 + 1..=merge.end.0.min(HEADER_WITHIN - 1) {
            if let Some(cells) = rows.get_mut(&row) {
                cells.entry(column).or_insert_with(|| text.clone());
            }
        }
    }
    Ok(rows)
}

fn body(
    template: &'static Template,
    book: &mut Book<'_>,
    name: String,
    mut header: Header,
    merges: &[Dimensions],
    limits: &Limits,
) -> Result<DataSheet, FileProblem> {
    let is_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    let (mut with_data, mut cells, mut text, mut last) = (0, 0, 0, 0);
    while let Some(cell) = reader.next_cell().map_err(|e| broken_after(last, e))? {
        let (row, column) = cell.get_position();
        last = row;
        let target = header.targets.get(column as usize).copied().unwrap_or(Target::Ignored);
        if row <= header.row || target == Target::Ignored {
            continue;
        }
        let raw = Raw::new(cell.get_value(), is_1904);
        if raw.is_empty() {
            continue;
        }
        cells += 1;
        text += raw.weight();
        if cells > limits.cells || text > limits.text {
            return Err(FileProblem::too_much_data());
        }
        let line = lines.entry(row).or_insert_with(|| Line {
            number: row.saturating_add(1),
            cells: Vec::new(),
            extra: Vec::new(),
        });
        match target {
            Target::Column(index) => {
                if line.cells.is_empty() {
                    line.cells = vec![Raw::Empty; template.columns.len()];
                    with_data += 1;
                    if with_data > limits.rows {
                        return Err(FileProblem::too_many_rows(limits.rows));
                    }
                }
                put(&mut line.cells, index, raw);
            }
            Target::Extra(index) => {
                if line.extra.is_empty() {
                    line.extra = vec![Raw::Empty; header.extra_headers.len()];
                }
                put(&mut line.extra, index, raw);
            }
            Target::Ignored => {}
        }
    }
    // Rows in which only unknown columns are filled (a numbering down to row 200) hold no data.
    let mut lines: Vec<Line> = lines.into_values().filter(|l| !l.cells.is_empty()).collect();
    let notes = notes_below(&mut lines);
    header.warnings.extend(notes.into_iter().map(Warning::note_below));
    fill(&mut lines, &header, merges, text, limits)?;
    let again: Vec<u32> = lines.iter().filter(|l| header.repeated(&l.cells)).map(|l| l.number).collect();
    lines.retain(|line| again.binary_search(&line.number).is_err());
    header.warnings.extend(again.into_iter().take(100).map(Warning::repeated_header));
    Ok(DataSheet { name, header, lines, is_1904 })
}

/// Words that a line below the data begins with; after some a colon or a number must follow, or they may be data.
const NOTES: [&str; 14] = [
    "填表人",
    "填表日期",
    "填表说明",
    "填报人",
    "填报日期",
    "填报单位",
    "填报说明",
    "制表人",
    "制表日期",
    "审核人",
    "审批人",
    "单位负责人",
    "单位盖章",
    "(盖章)",
];
const NOTES_WITH_COLON: [&str; 9] =
    ["注", "附注", "备注", "说明", "负责人", "联系人", "联系电话", "审核", "制表"];

fn is_note(text: &str) -> bool {
    let key = match_key(text);
    let colon =
        |rest: &str| rest.is_empty() || rest.starts_with([':', '(']) || rest.starts_with(char::is_numeric);
    NOTES.iter().any(|word| key.starts_with(word))
        || NOTES_WITH_COLON.iter().any(|word| key.strip_prefix(word).is_some_and(colon))
}

/// Takes off what people write below a table (`注：…`, `填表人：张三`); gives the rows' numbers. Only whole lines at
/// the end, in which nothing but such words stands: a line that may be data is data.
fn notes_below(lines: &mut Vec<Line>) -> Vec<u32> {
    let mut taken = Vec::new();
    while let Some(last) = lines.last() {
        let mut filled = last.cells.iter().chain(&last.extra).filter(|raw| !raw.is_empty()).peekable();
        let first = filled.peek().is_some_and(|raw| matches!(raw, Raw::Text(text) if is_note(text)));
        if !first || !filled.all(|raw| matches!(raw, Raw::Text(text) if is_note(text))) {
            break;
        }
        taken.push(last.number);
        lines.pop();
    }
    taken.reverse();
    taken
}

fn put(cells: &mut [Raw], index: usize, raw: Raw) {
    if let Some(cell) = cells.get_mut(index) {
        *cell = raw;
    }
}

fn cell_mut<'a>(line: &'a mut Line, target: Option<&Target>, extras: usize) -> Option<&'a mut Raw> {
    match target? {
        Target::Column(index) => line.cells.get_mut(*index),
        Target::Extra(index) => {
            line.extra.resize(extras, Raw::Empty);
            line.extra.get_mut(*index)
        }
        Target::Ignored => None,
    }
}

/// Gives the value of a merged region to each of its cells, in rows that have data of their own.
fn fill(
    lines: &mut [Line],
    header: &Header,
    merges: &[Dimensions],
    mut text: usize,
    limits: &Limits,
) -> Result<(), FileProblem> {
    let extras = header.extra_headers.len();
    let mut steps = 0;
    for merge in merges.iter().filter(|m| m.start.0 > header.row) {
        let (first, bottom) = (merge.start.0.saturating_add(1), merge.end.0.saturating_add(1));
        let Ok(start) = lines.binary_search_by_key(&first, |l| l.number) else { continue };
        let anchor = header.targets.get(merge.start.1 as usize);
        let Some(value) = lines.get_mut(start).and_then(|l| cell_mut(l, anchor, extras)).cloned() else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        let columns = merge.start.1 as usize..=(merge.end.1 as usize).min(COLUMNS);
        for line in lines.iter_mut().skip(start).take_while(|l| l.number <= bottom) {
            for column in columns.clone() {
                steps += 1;
                if let Some(cell) = cell_mut(line, header.targets.get(column), extras)
                    && cell.is_empty()
                {
                    text += value.weight();
                    *cell = value.clone();
                }
            }
            if steps > FILLS || text > limits.text {
                return Err(FileProblem::too_much_data());
            }
        }
    }
    Ok(())
}
