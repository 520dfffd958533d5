//! The header row (表头): where it is, and which column of the sheet is which of the template.

use crate::cell::Raw;
use crate::error_file::is_error_header;
use crate::problem::{FileProblem, Warning};
use crate::template::Template;
use crate::text::{cut, match_key, nearest, normalise_text};
use std::collections::BTreeMap;

/// How many rows may stand above the data, titles included.
pub(crate) const HEADER_WITHIN: u32 = 20;

/// What a column of the sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Without header, or our own messages of an earlier error file.
    Ignored,
    /// The column of the template with this index.
    Column(usize),
    /// The unknown column with this index.
    Extra(usize),
}

#[derive(Debug)]
pub(crate) struct Header {
    /// Zero-based.
    pub(crate) row: u32,
    pub(crate) targets: Vec<Target>,
    /// The texts over the template's columns, as they stand in the file.
    pub(crate) texts: Vec<String>,
    pub(crate) extra_headers: Vec<String>,
    pub(crate) warnings: Vec<Warning>,
}

/// The texts of the sheet's first rows, by zero-based row and column.
pub(crate) type FirstRows = BTreeMap<u32, BTreeMap<usize, String>>;

/// How well a header fits a column: its own name before an alias, both before a name with something in brackets.
fn fit(template: &Template, header: &str) -> Option<(usize, u8)> {
    let key = match_key(header);
    let bare = key.split('(').next().unwrap_or_default().to_owned();
    let find = |wanted: &str| {
        let own = template
            .columns
            .iter()
            .position(|c| match_key(c.header_zh) == wanted || match_key(c.header_en) == wanted);
        let alias = || template.columns.iter().position(|c| c.aliases.iter().any(|a| match_key(a) == wanted));
        own.map(|i| (i, 0)).or_else(|| alias().map(|i| (i, 1)))
    };
    if key.is_empty() {
        return None;
    }
    find(&key).or_else(|| if bare.is_empty() { None } else { find(&bare).map(|(i, rank)| (i, rank + 2)) })
}

/// Finds the header: the row that names the most columns, the upper one of equals.
pub(crate) fn find(
    template: &'static Template,
    sheet: &str,
    rows: &FirstRows,
) -> Result<Header, FileProblem> {
    let mut best: Option<(usize, u32)> = None;
    for (number, cells) in rows {
        let mut named: Vec<usize> = cells.values().filter_map(|h| fit(template, h)).map(|(i, _)| i).collect();
        named.sort_unstable();
        named.dedup();
        if !named.is_empty() && best.is_none_or(|(count, _)| named.len() > count) {
            best = Some((named.len(), *number));
        }
    }
    let expected =
        || template.columns.iter().filter(|c| c.required).map(|c| c.header_zh).collect::<Vec<_>>().join("、");
    let Some((_, row)) = best else { return Err(FileProblem::no_header(sheet, &expected())) };
    assign(template, sheet, row, rows.get(&row).unwrap_or(&BTreeMap::new()))
}

fn assign(
    template: &'static Template,
    sheet: &str,
    row: u32,
    cells: &BTreeMap<usize, String>,
) -> Result<Header, FileProblem> {
    let width = cells.keys().next_back().map_or(0, |last| last + 1);
    let mut header = Header {
        row,
        targets: vec![Target::Ignored; width],
        texts: vec![String::new(); template.columns.len()],
        extra_headers: Vec::new(),
        warnings: Vec::new(),
    };
    // For each column of the template the sheet's best column, and whether another is as good.
    let mut taken: Vec<Option<(u8, usize, bool)>> = vec![None; template.columns.len()];
    for (at, text) in cells {
        if let Some((index, rank)) = fit(template, text)
            && let Some(slot) = taken.get_mut(index)
        {
            *slot = match *slot {
                Some((best, column, twice)) if best < rank => Some((best, column, twice)),
                Some((best, column, _)) if best == rank => Some((best, column, true)),
                _ => Some((rank, *at, false)),
            };
        }
    }
    for (index, slot) in taken.iter().enumerate() {
        match slot {
            Some((_, at, true)) => {
                return Err(FileProblem::duplicate_column(cells.get(at).map_or("", String::as_str)));
            }
            Some((_, at, false)) => {
                if let Some(target) = header.targets.get_mut(*at) {
                    *target = Target::Column(index);
                }
                if let (Some(text), Some(found)) = (header.texts.get_mut(index), cells.get(at)) {
                    text.clone_from(found);
                }
            }
            None => {}
        }
    }
    for (at, text) in cells {
        let Some(target) = header.targets.get_mut(*at) else { continue };
        if *target == Target::Ignored && !is_error_header(text) && !match_key(text).is_empty() {
            *target = Target::Extra(header.extra_headers.len());
            header.extra_headers.push(cut(&normalise_text(text), 255).to_owned());
            // A number of the row is in every table and means nothing.
            if !matches!(match_key(text).as_str(), "序号" | "编号" | "no." | "no" | "#") {
                header.warnings.push(Warning::unknown_column(text));
            }
        }
    }
    let missing: Vec<_> = template
        .columns
        .iter()
        .zip(&taken)
        .filter(|(column, slot)| column.required && slot.is_none())
        .map(|(column, _)| column)
        .collect();
    if let Some(first) = missing.first() {
        let zh = missing.iter().map(|c| c.header_zh).collect::<Vec<_>>().join("、");
        let en = missing.iter().map(|c| c.header_en).collect::<Vec<_>>().join(", ");
        let near = nearest(first.header_zh, header.extra_headers.iter().map(String::as_str));
        let hint = near.map(|found| (cut(found, 40), first.header_zh));
        return Err(FileProblem::missing_columns(sheet, row + 1, &zh, &en, hint));
    }
    Ok(header)
}

impl Header {
    /// Whether a row of the body is the header once more, as in sheets that were pasted together.
    pub(crate) fn repeated(&self, cells: &[Raw]) -> bool {
        let mut same = 0;
        for (raw, text) in cells.iter().zip(&self.texts) {
            match raw {
                Raw::Empty => {}
                Raw::Text(found) if **found == **text => same += 1,
                _ => return false,
            }
        }
        same >= 2
    }
}
