//! Sheets as people make them: titles over merged cells, digits of both widths, days of three kinds, spaces and
//! invisible characters, rows left blank, notes below.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// What somebody typed into a cell.
#[derive(Clone)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A day that Excel knows as one.
    Day(NaiveDate),
    /// A formula with the result that was saved beside it.
    Formula(String, String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Digits as a Chinese keyboard types them.
pub(crate) fn wide(text: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap();
    text.chars().map(|c| if c.is_ascii_alphanumeric() { wide(c) } else { c }).collect()
}

/// A name, typed differently from row to row.
pub(crate) fn name(n: usize, text: &str) -> Cell {
    let mut chars = text.chars();
    let first: String = chars.by_ref().take(1).collect();
    let rest = chars.as_str();
    match n % 9 {
        1 | 5 if text.is_char_boundary(1) => text.to_owned(),
        1 => format!("{first}\u{3000}{rest}"),
        3 => format!("\u{200b}{text}\u{a0}"),
        5 => format!("  {first} {rest} "),
        7 => format!("{text}\u{feff}\n"),
        _ => text.to_owned(),
    }
    .into()
}

/// A line of text, with what clings to copied ones.
pub(crate) fn text(n: usize, text: &str) -> Cell {
    match n % 7 {
        2 => format!("\u{3000}{text}\u{a0}"),
        4 => format!("{text}\u{200b}\n"),
        _ => text.to_owned(),
    }
    .into()
}

/// A code: as text, as a number, or wide.
pub(crate) fn code(n: usize, code: &str) -> Cell {
    match n % 4 {
        0 => Cell::Number(code.parse().unwrap()),
        1 => wide(code).into(),
        2 => format!("'{code} ").into(),
        _ => code.into(),
    }
}

/// An account as somebody types it who does not mind capitals.
pub(crate) fn account(n: usize, login: &str) -> Cell {
    match n % 8 {
        3 => login.to_uppercase(),
        5 => wide(login),
        6 => format!(" {login}\u{3000}"),
        _ => login.to_owned(),
    }
    .into()
}

/// A number: as one, as text, or wide.
pub(crate) fn whole(n: usize, number: i64) -> Cell {
    match n % 3 {
        #[expect(clippy::cast_precision_loss, reason = "years and head counts")]
        0 => Cell::Number(number as f64),
        1 => number.to_string().into(),
        _ => wide(&number.to_string()).into(),
    }
}

/// A day: both written styles, Excel's own, and a number of eight digits.
pub(crate) fn day(n: usize, on: NaiveDate) -> Cell {
    let (y, m, d) = (on.year(), on.month(), on.day());
    match n % 6 {
        0 => format!("{y}年{m}月{d}日").into(),
        1 => format!("{y}/{m}/{d}").into(),
        2 => wide(&format!("{y}年{m:02}月{d:02}日")).into(),
        3 => Cell::Number(f64::from(y * 10_000) + f64::from(m * 100 + d)),
        4 => format!("{y}-{m:02}-{d:02}").into(),
        _ => Cell::Day(on),
    }
}

/// A day that may be missing.
pub(crate) fn maybe_day(n: usize, on: Option<NaiveDate>) -> Cell {
    on.map_or(Cell::Empty, |on| day(n, on))
}

/// Something wrong in a file: where, what the import must say of it, and what a person does about it.
pub(crate) struct Wrong {
    /// As Excel numbers it.
    pub(crate) row: u32,
    pub(crate) column: &'static str,
    pub(crate) code: &'static str,
    pub(crate) cure: Cure,
}

/// How a row is put right in the error file.
pub(crate) enum Cure {
    /// Cells by their headers.
    Type(Vec<(&'static str, String)>),
    /// The row goes.
    Delete,
}

/// A file with what is in it.
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    /// Rows of data, the wrong ones included.
    pub(crate) rows: usize,
    pub(crate) wrong: Vec<Wrong>,
}

/// A sheet while it is being filled.
pub(crate) struct Paper {
    book: Workbook,
    headers: Vec<&'static str>,
    day_format: Format,
    /// The next row, from zero.
    next: u32,
    rows: usize,
    wrong: Vec<Wrong>,
}

impl Paper {
    /// A sheet of this name with a title over all columns, a line below it, and the header.
    pub(crate) fn new(sheet: &str, title: &str, by: &str, headers: &[&'static str]) -> Self {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name(sheet).unwrap();
        let last = u16::try_from(headers.len() - 1).unwrap();
        let centred = Format::new().set_bold().set_align(rust_xlsxwriter::FormatAlign::Center);
        page.merge_range(0, 0, 0, last, title, &centred).unwrap();
        page.merge_range(1, 0, 1, last / 2, by, &Format::new()).unwrap();
        let day_format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let mut paper =
            Self { book, headers: headers.to_vec(), day_format, next: 3, rows: 0, wrong: Vec::new() };
        let header: Vec<Cell> = headers.iter().map(|header| Cell::from(*header)).collect();
        paper.write(&header);
        paper
    }

    fn page(&mut self) -> &mut Worksheet {
        self.book.worksheet_from_index(0).unwrap()
    }

    fn write(&mut self, cells: &[Cell]) {
        let (row, day_format) = (self.next, self.day_format.clone());
        let page = self.page();
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(page.write_string(row, column, text).unwrap()),
                Cell::Number(number) => drop(page.write_number(row, column, *number).unwrap()),
                Cell::Day(on) => {
                    let (y, m, d) = (on.year(), on.month(), on.day());
                    let on = ExcelDateTime::from_ymd(
                        y.try_into().unwrap(),
                        m.try_into().unwrap(),
                        d.try_into().unwrap(),
                    );
                    page.write_datetime_with_format(row, column, on.unwrap(), &day_format).unwrap();
                }
                Cell::Formula(formula, result) => {
                    page.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
                }
            }
        }
        self.next += 1;
    }

    /// A row of data; gives its number as Excel shows it.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> u32 {
        assert_eq!(cells.len(), self.headers.len(), "{:?}", self.headers);
        self.write(cells);
        self.rows += 1;
        self.next
    }

    /// A row that is wrong.
    pub(crate) fn wrong(&mut self, cells: &[Cell], column: &'static str, code: &'static str, cure: Cure) {
        let row = self.row(cells);
        self.wrong.push(Wrong { row, column, code, cure });
    }

    /// A row left blank.
    pub(crate) fn blank(&mut self) {
        self.next += 1;
    }

    /// The header once more, as where sheets were pasted together.
    pub(crate) fn header_again(&mut self) {
        let header: Vec<Cell> = self.headers.iter().map(|header| Cell::from(*header)).collect();
        self.write(&header);
    }

    /// Merges a column over the last so many rows, under one value.
    pub(crate) fn merge(&mut self, header: &str, rows: usize, value: &str) {
        let column = self.headers.iter().position(|known| *known == header).unwrap();
        let (column, last) = (u16::try_from(column).unwrap(), self.next - 1);
        let first = self.next - u32::try_from(rows).unwrap();
        if first < last {
            self.page().merge_range(first, column, last, column, value, &Format::new()).unwrap();
        } else {
            self.page().write_string(first, column, value).unwrap();
        }
    }

    /// What stands below a table.
    pub(crate) fn notes(&mut self, notes: &[&str]) {
        self.next += 1;
        let last = u16::try_from(self.headers.len() - 1).unwrap();
        for note in notes {
            let row = self.next;
            self.page().merge_range(row, 0, row, last, note, &Format::new()).unwrap();
            self.next += 1;
        }
    }

    /// A second sheet that is none of the import's business.
    pub(crate) fn aside(&mut self, sheet: &str, text: &str) {
        let page = self.book.add_worksheet();
        page.set_name(sheet).unwrap();
        page.write_string(0, 0, text).unwrap();
    }

    pub(crate) fn file(mut self) -> File {
        File { bytes: self.book.save_to_buffer().unwrap(), rows: self.rows, wrong: self.wrong }
    }
}
