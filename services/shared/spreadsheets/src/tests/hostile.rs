//! Bytes of no kind: an answer, never a panic, whatever comes.

use super::{SCHOOLS, book, line, schools, with_part};
use crate::{
    error_xlsx, normalise_code, normalise_name, normalise_paragraphs, normalise_text, parse_date,
    template_xlsx,
};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula};

fn sample() -> Vec<u8> {
    book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码", "成立日期", "班级数", "办学性质"]);
        line(s, 1, &["甲校", "3611000001", "2026年9月1日", "3", "公办"]);
        s.merge_range(2, 4, 3, 4, "民办", &Format::new()).unwrap();
        line(s, 2, &["乙校", "3611000002", "2026/9/1"]);
        line(s, 3, &["丙校", "3611000003"]);
        s.write_formula(3, 3, Formula::new("=1+1").set_result("2")).unwrap();
    })
}

#[test]
fn every_truncation_is_answered() {
    let bytes = sample();
    for end in (0..bytes.len()).step_by(7).chain(bytes.len() - 40..bytes.len()) {
        assert!(schools(&bytes[..end]).is_err(), "{end}");
    }
}

/// Damage inside a part, where no checksum stops it: the zip is made anew around it.
fn damaged_part(part: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    with_part(&sample(), part, |xml| {
        let mut bytes = xml.into_bytes();
        change(&mut bytes);
        bytes
    })
}

const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
];

#[test]
fn absurd_references_are_answered() {
    for (from, to) in [
        ("r=\"A2\"", "r=\"A0\""),
        ("r=\"A2\"", "r=\"ZZZZZZZZZZZZ2\""),
        ("r=\"A2\"", "r=\"A99999999999999\""),
        ("r=\"A2\"", "r=\"\""),
        ("r=\"A2\"", ""),
        ("<row r=\"2\"", "<row r=\"4294967295\""),
        ("ref=\"E3:E4\"", "ref=\"E4:E3\""),
        ("ref=\"E3:E4\"", "ref=\"A1:XFD1048576\""),
        ("ref=\"E3:E4\"", "ref=\"E3:E4:E5\""),
        ("<v>3</v>", "<v>NaN</v>"),
        ("<v>2</v>", "<v>1e999</v>"),
        ("<dimension ref=\"A1:E4\"/>", "<dimension ref=\"XFD9:A1\"/>"),
        ("</sheetData>", ""),
        ("t=\"s\"", "t=\"zz\""),
    ] {
        let bytes = with_part(&sample(), PARTS[0], |xml| {
            assert!(xml.contains(from), "{from} in {xml}");
            xml.replace(from, to).into_bytes()
        });
        if let Ok(rows) = schools(&bytes) {
            error_xlsx(&rows).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_answered(mut bytes in prop::collection::vec(any::<u8>(), 0..600), zip in any::<bool>()) {
        if zip {
            bytes.splice(0..0, *b"PK\x03\x04");
        }
        prop_assert!(schools(&bytes).is_err());
    }

    #[test]
    fn flipped_bytes_of_the_file_are_answered(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = sample();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(rows) = schools(&bytes) {
            prop_assert!(error_xlsx(&rows).is_ok());
        }
    }

    #[test]
    fn flipped_bytes_of_a_part_are_answered(
        part in prop::sample::select(&PARTS[..]),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 32_u8..127), 1..8),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let bytes = damaged_part(part, |xml| {
            for (at, value) in flips {
                let at = at.index(xml.len());
                xml[at] = value;
            }
            if let Some(cut) = cut {
                xml.truncate(cut.index(xml.len()));
            }
        });
        if let Ok(rows) = schools(&bytes) {
            prop_assert!(error_xlsx(&rows).is_ok());
        }
    }

    #[test]
    fn any_text_in_any_column_is_read_and_given_back(texts in prop::collection::vec("\\PC{0,40}|[０-９年月日./, -]{1,12}|[=+@\\-'0-9E.]{1,12}", 8)) {
        let bytes = book("学校名单", |s| {
            let headers: Vec<&str> = SCHOOLS.columns.iter().map(|c| c.header_zh).collect();
            line(s, 0, &headers);
            line(s, 1, &texts.iter().map(String::as_str).collect::<Vec<_>>());
            line(s, 2, &["甲校", "1"]);
        });
        let rows = schools(&bytes).unwrap();
        let again = schools(&error_xlsx(&rows).unwrap()).unwrap();
        let faults = |rows: &crate::Rows| rows.faults.iter().map(|f| (f.column, f.code)).collect::<Vec<_>>();
        prop_assert_eq!(faults(&rows), faults(&again));
        for (one, other) in rows.rows.iter().zip(&again.rows) {
            prop_assert_eq!(&one.values, &other.values);
        }
    }

    #[test]
    fn normalising_twice_changes_nothing(text in "\\PC{0,60}|[ \u{3000}\u{a0}张三·•Ａ１a1\n.-]{0,20}") {
        for normalise in [normalise_text, normalise_name, normalise_code, normalise_paragraphs] {
            let once = normalise(&text);
            prop_assert_eq!(&normalise(&once), &once);
        }
        let _ = parse_date(&text);
        let _ = crate::nearest(&text, ["公办", "民办"]);
    }

    #[test]
    fn days_are_found_as_they_were_written(days in 0_u64..73_000, style in 0_usize..6) {
        let date = chrono::NaiveDate::from_ymd_opt(1900, 3, 1).unwrap() + chrono::Days::new(days);
        let style = ["%Y年%-m月%-d日", "%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S"][style];
        let text = date.and_hms_opt(8, 30, 0).unwrap().format(style).to_string();
        prop_assert_eq!(parse_date(&text), Some(date));
        prop_assert_eq!(crate::date::from_serial(crate::date::to_serial(date), false), Some(date));
    }
}

#[test]
fn a_template_is_the_same_each_time() {
    assert_eq!(template_xlsx(&SCHOOLS).unwrap(), template_xlsx(&SCHOOLS).unwrap());
}
