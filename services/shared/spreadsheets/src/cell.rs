//! One cell: what the file holds (`Raw`), and what a column's kind makes of it (`Parsed`, or a fault).

use crate::date::{from_number, from_serial, is_month_only, parse_date};
use crate::rows::Parsed;
use crate::template::Kind;
use crate::text::{
    is_han, match_key, nearest, normalise_code, normalise_name, normalise_paragraphs, normalise_text,
};
use calamine::DataRef;
use unicode_normalization::UnicodeNormalization as _;

/// A cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Raw {
    #[default]
    Empty,
    Text(Box<str>),
    Number(f64),
    /// A number shown as a date: the serial number, and whether it counts from 1904.
    Serial(f64, bool),
    Bool(bool),
    /// A formula that gave an error.
    Error(Box<str>),
}

/// The longest text that Excel keeps in a cell, in UTF-16 units.
pub(crate) const CELL_TEXT: usize = 32_767;

/// The beginning of a text that fits into a cell.
pub(crate) fn fitting(text: &str) -> &str {
    if text.len() <= CELL_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > CELL_TEXT).then_some(at)
    });
    end.and_then(|at| text.get(..at)).unwrap_or(text)
}

impl Raw {
    pub(crate) fn new(value: &DataRef<'_>, is_1904: bool) -> Self {
        let text = |s: &str| {
            let s = fitting(s);
            if s.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}').is_empty() {
                Self::Empty
            } else {
                Self::Text(s.into())
            }
        };
        match value {
            DataRef::Empty => Self::Empty,
            #[expect(clippy::cast_precision_loss, reason = "an .xlsx number is a double")]
            DataRef::Int(n) => Self::Number(*n as f64),
            DataRef::Float(n) => Self::Number(*n),
            DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(s),
            DataRef::SharedString(s) => text(s),
            DataRef::Bool(b) => Self::Bool(*b),
            DataRef::DateTime(d) => Self::Serial(d.as_f64(), is_1904),
            DataRef::Error(e) => Self::Error(e.to_string().into()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Bytes of text held.
    pub(crate) fn weight(&self) -> usize {
        if let Self::Text(text) | Self::Error(text) = self { text.len() } else { 0 }
    }

    /// The cell as people see it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.to_string(),
            Self::Number(n) => number_text(*n),
            Self::Serial(n, is_1904) => match from_serial(*n, *is_1904) {
                Some(date) => date.format("%Y-%m-%d").to_string(),
                None => number_text(*n),
            },
            Self::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// A number as people see it: no `.0`, and Excel's 15 digits instead of the binary tail (`0.1 + 0.2`).
fn number_text(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e21 {
        return format!("{n:.0}");
    }
    format!("{n:.14e}").parse::<f64>().map_or_else(|_| n.to_string(), |n| n.to_string())
}

/// What is wrong with a cell: code, Chinese, English.
pub(crate) struct Wrong(pub(crate) &'static str, pub(crate) String, pub(crate) String);

fn wrong<T>(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(code, zh.into(), en.into()))
}

/// Makes of a cell what its column's kind says. An empty cell is `Parsed::Empty` whatever the kind.
pub(crate) fn parse(raw: &Raw, kind: &Kind, is_1904: bool) -> Result<Parsed, Wrong> {
    if let Raw::Error(error) = raw {
        return wrong(
            "formula_error",
            format!("公式出错（{error}），请改正公式或直接填写结果"),
            format!("the formula gives {error}: correct it or type the result"),
        );
    }
    if raw.is_empty() {
        return Ok(Parsed::Empty);
    }
    match kind {
        Kind::Text { max } => line(normalise_text(&whole_text(raw)?), *max),
        Kind::Paragraphs { max } => line(normalise_paragraphs(&whole_text(raw)?), *max),
        Kind::Name { max } => line(normalise_name(&word_text(raw)?), *max),
        Kind::Code { max } => line(code(&word_text(raw)?)?, *max),
        Kind::Names { max, items } => list(names(&word_text(raw)?), *max, *items),
        Kind::Codes { max, items } => {
            let text = word_text(raw)?;
            let parts = text.split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
            list(parts.map(code).collect::<Result<_, _>>()?, *max, *items)
        }
        Kind::Integer { min, max } => integer(raw, *min, *max),
        Kind::Date => date(raw, is_1904),
        Kind::Choice(choices) => choice(&word_text(raw)?, choices).map(Parsed::Choice),
        Kind::Choices(choices) => {
            let text = word_text(raw)?;
            let mut codes = Vec::new();
            for part in
                text.split(|c: char| SEPARATORS.contains(&c)).filter(|p| !normalise_text(p).is_empty())
            {
                let code = choice(part, choices)?;
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            Ok(if codes.is_empty() { Parsed::Empty } else { Parsed::Choices(codes.into()) })
        }
    }
}

const SEPARATORS: [char; 11] = ['、', '，', ',', '；', ';', '/', '／', '|', '｜', '\n', '\r'];

fn line(text: String, max: usize) -> Result<Parsed, Wrong> {
    let length = text.chars().count();
    if length > max {
        return wrong(
            "too_long",
            format!("最多 {max} 字，现有 {length} 字"),
            format!("at most {max} characters, there are {length}"),
        );
    }
    Ok(if text.is_empty() { Parsed::Empty } else { Parsed::Text(text.into()) })
}

fn list(parts: Vec<String>, max: usize, items: usize) -> Result<Parsed, Wrong> {
    let mut kept: Vec<Box<str>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for part in parts.into_iter().filter(|p| !p.is_empty()) {
        if let Parsed::Text(text) = line(part, max)?
            && seen.insert(text.clone())
        {
            kept.push(text);
        }
    }
    if kept.len() > items {
        return wrong(
            "too_many_items",
            format!("最多填 {items} 项，现有 {} 项", kept.len()),
            format!("at most {items} items, there are {}", kept.len()),
        );
    }
    Ok(if kept.is_empty() { Parsed::Empty } else { Parsed::List(kept.into()) })
}

/// Several names: parted by marks, and by spaces where every part could be a name of its own (`张三 李四`, but not
/// `张 三`).
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split(|c: char| SEPARATORS.contains(&c)) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let full = |w: &&str| w.chars().filter(|c| is_han(*c)).count() >= 2;
        if words.len() > 1 && words.iter().all(full) {
            names.extend(words.into_iter().map(normalise_name));
        } else {
            names.push(normalise_name(part));
        }
    }
    names
}

/// Excel keeps 15 digits of a number; what was typed beyond is lost already.
fn digits_lost(n: f64) -> bool {
    n.abs() >= 1e15
}

fn lost<T>() -> Result<T, Wrong> {
    wrong(
        "digits_lost",
        "长数字已被 Excel 改成科学计数，后几位已丢失。请把该列设为“文本”格式后重新填写",
        "Excel turned the long number into scientific notation and lost digits: format the column as text, type it again",
    )
}

fn whole_text(raw: &Raw) -> Result<String, Wrong> {
    if let Raw::Number(n) = raw
        && digits_lost(*n)
    {
        return lost();
    }
    Ok(raw.shown())
}

/// The text of a name or code. A date there is what Excel made of `3-1` or `9/2`.
fn word_text(raw: &Raw) -> Result<String, Wrong> {
    if let Raw::Serial(..) = raw {
        return wrong(
            "became_a_date",
            format!("内容被 Excel 变成了日期（{}）。请把该列设为“文本”格式后重新填写", raw.shown()),
            format!(
                "Excel turned this into a date ({}): format the column as text, type it again",
                raw.shown()
            ),
        );
    }
    whole_text(raw)
}

fn code(text: &str) -> Result<String, Wrong> {
    let code = normalise_code(text);
    // 3.61E+09: the shown form was copied, the code is gone.
    let scientific = code.split_once("E+").is_some_and(|(mantissa, exponent)| {
        !mantissa.is_empty()
            && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && exponent.bytes().all(|b| b.is_ascii_digit())
    });
    if scientific { lost() } else { Ok(code) }
}

fn integer(raw: &Raw, min: i64, max: i64) -> Result<Parsed, Wrong> {
    let number = match raw {
        Raw::Number(n) if n.fract() == 0.0 && n.abs() < 9.0e15 => {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            let whole = *n as i64;
            Some(whole)
        }
        Raw::Text(text) => {
            let text: String = normalise_text(text).nfkc().filter(|c| !c.is_whitespace()).collect();
            whole_number(&text)
        }
        _ => None,
    };
    match number {
        None => wrong(
            "not_an_integer",
            "应为整数（不带单位和小数）",
            "a whole number is needed, without unit or fraction",
        ),
        Some(n) if n < min || n > max => wrong(
            "out_of_range",
            format!("应在 {min} 至 {max} 之间"),
            format!("must be between {min} and {max}"),
        ),
        Some(n) => Ok(Parsed::Integer(n)),
    }
}

/// `1200`, `1,200`, `12.00`, `-3`.
fn whole_number(text: &str) -> Option<i64> {
    let text = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if rest.iter().any(|g| g.len() != 3) || (!rest.is_empty() && first.trim_start_matches('-').len() > 3) {
        return None;
    }
    (first.to_owned() + &rest.concat()).parse().ok()
}

fn date(raw: &Raw, is_1904: bool) -> Result<Parsed, Wrong> {
    let found = match raw {
        Raw::Serial(n, is_1904) => from_serial(*n, *is_1904),
        Raw::Number(n) => from_number(*n, is_1904),
        Raw::Text(text) => parse_date(text),
        _ => None,
    };
    if let Some(date) = found {
        return Ok(Parsed::Date(date));
    }
    if is_month_only(&raw.shown()) {
        return wrong(
            "date_without_day",
            "只有年月，请写到日，例如 2026-09-01",
            "the day is missing: write 2026-09-01",
        );
    }
    wrong(
        "not_a_date",
        "不是日期，请写成 2026-09-01 或 2026年9月1日",
        "not a date: write 2026-09-01 or 2026年9月1日",
    )
}

fn choice(text: &str, choices: &[(&'static str, &'static str)]) -> Result<&'static str, Wrong> {
    if let Some((code, _)) = choices.iter().find(|(_, zh)| *zh == text) {
        return Ok(code);
    }
    let key = match_key(text);
    if let Some((code, _)) = choices.iter().find(|(code, zh)| match_key(zh) == key || match_key(code) == key)
    {
        return Ok(code);
    }
    let said = |yes: &str| choices.iter().find(|(code, _)| *code == yes).map(|(code, _)| *code);
    let tick = match key.as_str() {
        "√" | "✓" | "✔" | "☑" | "y" | "t" | "true" | "1" | "对" | "有" => said("yes"),
        "×" | "✗" | "✘" | "x" | "n" | "f" | "false" | "0" | "无" => said("no"),
        _ => None,
    };
    if let Some(code) = tick {
        return Ok(code);
    }
    let words: Vec<&str> = choices.iter().map(|(_, zh)| *zh).collect();
    if let Some(near) = nearest(text, words.iter().copied()) {
        return wrong(
            "not_in_list",
            format!("不在可选范围内，是否为“{near}”？"),
            format!("not in the list; “{near}” perhaps?"),
        );
    }
    let some = words.iter().take(12).copied().collect::<Vec<_>>().join("、");
    wrong("not_in_list", format!("不在可选范围内，可填：{some}"), format!("not in the list: {some}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "shorter to call")]
    fn of(raw: Raw, kind: Kind) -> Result<Parsed, &'static str> {
        parse(&raw, &kind, false).map_err(|w| w.0)
    }
    fn text(s: &str) -> Raw {
        Raw::Text(s.into())
    }

    #[test]
    fn numbers_that_are_codes() {
        let code = Kind::Code { max: 18 };
        assert_eq!(of(Raw::Number(3_611_000_001.0), code), Ok(Parsed::Text("3611000001".into())));
        assert_eq!(of(text("3611000001.0"), code), Ok(Parsed::Text("3611000001".into())));
        assert_eq!(of(Raw::Number(3.6e17), code), Err("digits_lost"));
        assert_eq!(of(text("3.61100E+17"), code), Err("digits_lost"));
        assert_eq!(of(text("SE+1"), code), Ok(Parsed::Text("SE+1".into())));
        assert_eq!(of(Raw::Serial(46_266.0, false), code), Err("became_a_date"));
        assert_eq!(of(Raw::Number(0.1 + 0.2), Kind::Text { max: 9 }), Ok(Parsed::Text("0.3".into())));
    }

    #[test]
    fn integers() {
        let kind = Kind::Integer { min: 0, max: 5_000 };
        for good in ["1200", "１，２００", "1 200.00", "1,200"] {
            assert_eq!(of(text(good), kind), Ok(Parsed::Integer(1200)), "{good}");
        }
        assert_eq!(of(Raw::Number(1200.0), kind), Ok(Parsed::Integer(1200)));
        for bad in ["1200人", "12.5", "1,20", "", "-", "--1", "9".repeat(30).as_str()] {
            assert!(matches!(of(text(bad), kind), Err("not_an_integer")), "{bad}");
        }
        assert_eq!(of(Raw::Number(-1.0), kind), Err("out_of_range"));
        assert_eq!(of(Raw::Number(f64::NAN), kind), Err("not_an_integer"));
    }

    #[test]
    fn dates_and_half_dates() {
        assert_eq!(of(text("2026年9月"), Kind::Date), Err("date_without_day"));
        assert_eq!(of(Raw::Number(2026.0), Kind::Date), Err("not_a_date"));
        assert_eq!(of(Raw::Bool(true), Kind::Date), Err("not_a_date"));
        assert!(matches!(of(Raw::Number(20_260_901.0), Kind::Date), Ok(Parsed::Date(_))));
    }

    #[test]
    fn choices_and_lists() {
        assert_eq!(of(text("√"), Kind::Choice(crate::YES_NO)), Ok(Parsed::Choice("yes")));
        assert_eq!(of(Raw::Bool(false), Kind::Choice(crate::YES_NO)), Ok(Parsed::Choice("no")));
        assert_eq!(of(Raw::Number(1.0), Kind::Choice(crate::YES_NO)), Ok(Parsed::Choice("yes")));
        assert_eq!(of(text("也许"), Kind::Choice(crate::YES_NO)), Err("not_in_list"));
        let many = Kind::Choices(&[("moral", "德育"), ("class", "班级管理")]);
        assert_eq!(of(text("班级管理，德 育、德育"), many), Ok(Parsed::Choices(["class", "moral"].into())));
        let names = Kind::Names { max: 20, items: 3 };
        let list = |names: &[&str]| Ok(Parsed::List(names.iter().map(|n| (*n).into()).collect()));
        assert_eq!(of(text("张 三、李四；王五"), names), list(&["张三", "李四", "王五"]));
        assert_eq!(of(text("张三 李四\n张三"), names), list(&["张三", "李四"]));
        assert_eq!(of(text("甲乙、丙丁、戊己、庚辛"), names), Err("too_many_items"));
        assert_eq!(
            of(text("3611000001 3611000002"), Kind::Codes { max: 10, items: 9 }),
            list(&["3611000001", "3611000002"])
        );
    }

    #[test]
    fn long_text_is_cut_where_excel_would() {
        assert_eq!(fitting(&"字".repeat(40_000)).chars().count(), CELL_TEXT);
        assert_eq!(fitting(&"😀".repeat(20_000)).encode_utf16().count(), CELL_TEXT - 1);
        assert_eq!(of(text(&"字".repeat(11)), Kind::Text { max: 10 }), Err("too_long"));
    }
}
