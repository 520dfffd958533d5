//! Text as people and WPS leave it in cells, made one way: full-width digits and letters become half-width, invisible
//! characters go, spaces are made regular.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// Characters that cannot be seen and change what is stored: controls, zero-width and bidirectional marks, fillers,
/// variation selectors, tags.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e0fff}')
        || (c.is_control() && !c.is_whitespace())
}

/// Full-width digits and letters become half-width. Chinese punctuation stays: names are written with it.
fn half_width(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        _ => c,
    }
}

/// Whether a character is a radical that looks like a Chinese character (text copied from a PDF has them).
fn radical(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}')
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether nothing has to be changed but spaces: the usual cell, kept cheap.
fn plain(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '·' | '、' | '。' | '《' | '》' | '“' | '”' | '，' | '；' | '：' | '（' | '）')
    })
}

fn folded(text: &str) -> Cow<'_, str> {
    if plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !invisible(*c)) {
        if radical(c) {
            out.extend(std::iter::once(c).nfkc());
        } else {
            out.push(half_width(c));
        }
    }
    Cow::Owned(out.nfc().collect())
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> String {
    let mut out = String::new();
    for part in parts.filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push_str(between);
        }
        out.push_str(part);
    }
    out
}

/// One line of text: half-width digits and letters, nothing invisible, runs of any white space (line breaks, NBSP and
/// ideographic spaces too) as one space, none at the ends.
pub fn normalise_text(text: &str) -> String {
    joined(folded(text).split_whitespace(), " ")
}

/// Text of several lines: every line as [`normalise_text`] makes it, empty lines gone.
pub fn normalise_paragraphs(text: &str) -> String {
    let text = folded(text);
    let lines: Vec<String> = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(normalise_text).collect();
    joined(lines.iter().map(String::as_str), "\n")
}

/// A name: as [`normalise_text`], without the spaces beside Chinese characters (`张 三` → `张三`), with `·` as the
/// one dot between the parts of a name.
pub fn normalise_name(text: &str) -> String {
    let text = normalise_text(text);
    if !text.contains([' ', '•', '・', '‧', '∙', '●', '．', '⋅', '･']) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_han = out.chars().next_back().is_some_and(|p| is_han(p) || p == '·');
        let before_han = chars.peek().is_some_and(|n| is_han(*n) || *n == '·');
        match c {
            ' ' if after_han || before_han => {}
            '•' | '・' | '‧' | '∙' | '●' | '．' | '⋅' | '･' if after_han => out.push('·'),
            _ => out.push(c),
        }
    }
    out
}

/// A code that is an identity (学校标识码, 统一社会信用代码, a number of a person): everything half-width, no white
/// space, capitals, one kind of hyphen; without the apostrophe that forces text in Excel and the `.0` of a number.
pub fn normalise_code(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return text.to_ascii_uppercase();
    }
    let mut code: String = text
        .nfkc()
        .filter(|c| !c.is_whitespace() && !invisible(*c))
        .nfc()
        .map(|c| match c {
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
            _ => c.to_ascii_uppercase(),
        })
        .collect();
    while code.starts_with(['\'', '‘', '’', '`']) {
        code.remove(0);
    }
    if let Some((whole, fraction)) = code.split_once('.')
        && !whole.is_empty()
        && whole.bytes().all(|b| b.is_ascii_digit())
        && fraction.bytes().all(|b| b == b'0')
    {
        code.truncate(whole.len());
    }
    code
}

/// The form in which headers, choices and sheet names are compared: NFKC, lower case, no white space, no asterisks.
pub(crate) fn match_key(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !invisible(*c) && !matches!(c, '*' | '※' | '★'))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim_end_matches(':')
        .to_owned()
}

/// At most `max` characters of a text.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cb, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let here = (diagonal + usize::from(ca != cb)).min(above + 1).min(left + 1);
            (diagonal, left, *cell) = (above, here, here);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

/// The candidate that was probably meant (`是否…？`), if one is near: few characters differ, or one holds the other.
pub fn nearest<'a>(value: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = match_key(cut(value, 64)).chars().collect();
    let wanted_text: String = wanted.iter().collect();
    if wanted.is_empty() {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let key = match_key(cut(candidate, 64));
        let chars: Vec<char> = key.chars().collect();
        let allowed = (wanted.len().max(chars.len()) / 3).max(1);
        if chars.is_empty() || (chars.len() == 1 && wanted.len() == 1) {
            continue;
        }
        let held = key.contains(&wanted_text) || wanted_text.contains(&key);
        let far = distance(&wanted, &chars);
        if (held || far <= allowed) && best.is_none_or(|(least, _)| far < least) {
            best = Some((far, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_one_way() {
        assert_eq!(
            normalise_text(" ２０２６ 级\u{3000}\u{a0}软件\u{200b}Ａ班\r\n（三年制） "),
            "2026 级 软件A班 （三年制）"
        );
        assert_eq!(normalise_text("⼤学⽣"), "大学生");
        assert_eq!(normalise_text("李\u{202e}娜\u{0}\u{feff}"), "李娜");
        assert_eq!(normalise_text("e\u{301}"), "é");
        assert_eq!(normalise_text("\u{3000}\t\n"), "");
        assert_eq!(normalise_paragraphs(" 第一　行 \r\n\r\n  第二\u{a0}行\u{b}"), "第一 行\n第二 行");
    }

    #[test]
    fn names_lose_their_spaces() {
        assert_eq!(normalise_name("张 三"), "张三");
        assert_eq!(normalise_name("张\u{3000}\u{3000}三\u{a0}"), "张三");
        assert_eq!(normalise_name("买买提 • 艾力"), "买买提·艾力");
        assert_eq!(normalise_name("买买提・艾力"), "买买提·艾力");
        assert_eq!(normalise_name("高一 ３ 班"), "高一3班");
        assert_eq!(normalise_name("Li  Ming"), "Li Ming");
        assert_eq!(normalise_name("O•K"), "O•K");
    }

    #[test]
    fn codes_are_one_word() {
        assert_eq!(normalise_code("３６１１ 0000\u{3000}01"), "3611000001");
        assert_eq!(normalise_code("'3611000001"), "3611000001");
        assert_eq!(normalise_code("3611000001.0"), "3611000001");
        assert_eq!(normalise_code("1.5"), "1.5");
        assert_eq!(normalise_code("91110108ma01abcd2x"), "91110108MA01ABCD2X");
        assert_eq!(normalise_code("a—1"), "A-1");
        assert_eq!(normalise_code("’"), "");
    }

    #[test]
    fn headers_compare_without_their_dress() {
        assert_eq!(match_key("＊学 校\n名称："), "学校名称");
        assert_eq!(match_key("School Name *"), "schoolname");
    }

    #[test]
    fn the_nearest_candidate_is_proposed() {
        let list = ["公办", "民办", "中外合作办学"];
        assert_eq!(nearest("公 办学校", list), Some("公办"));
        assert_eq!(nearest("民间", list), Some("民办"));
        assert_eq!(nearest("合作办学", list), Some("中外合作办学"));
        assert_eq!(nearest("企业", list), None);
        assert_eq!(nearest("", list), None);
        assert_eq!(distance(&['a', 'b', 'c'], &['a', 'x', 'c', 'd']), 2);
        assert_eq!(cut("一二三", 2), "一二");
    }
}
