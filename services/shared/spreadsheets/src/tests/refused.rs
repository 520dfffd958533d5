//! What is no spreadsheet, or one that would cost too much.

use super::{book, line, schools, with_part};
use std::io::{Cursor, Write as _};

fn code(bytes: &[u8]) -> &'static str {
    schools(bytes).unwrap_err().code
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn good() -> Vec<u8> {
    book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码"]);
        line(s, 1, &["甲", "1"]);
    })
}

#[test]
fn other_formats_are_named() {
    assert_eq!(code(b""), "empty_file");
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(code(&[&ole[..], &[0; 600]].concat()), "old_format");
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(code(&[&ole[..], &[0; 600], &encrypted, &[0; 64]].concat()), "password_protected");
    for (bytes, word) in [
        (&b"\xef\xbb\xbf\xe5\xad\xa6\xe6\xa0\xa1,code\r\na,1\r\n"[..], "CSV"),
        (b"\xd1\xa7\xd0\xa3,\xb1\xe0\xc2\xeb\r\n", "CSV"),
        (b"\xff\xfea\0\t\0b\0", "CSV"),
        (b"  <html><body><table><tr><td>1</td></tr></table>", "HTML"),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "其他"),
    ] {
        let problem = schools(bytes).unwrap_err();
        assert_eq!(problem.code, "not_xlsx");
        assert!(problem.message_zh.contains(word), "{word}: {}", problem.message_zh);
    }
    for (part, word) in [
        ("word/document.xml", "Word"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "压缩包"),
        ("xl/workbook.bin", "xlsb"),
    ] {
        let problem = schools(&archive(&[(part, b"x")])).unwrap_err();
        assert_eq!(problem.code, "not_xlsx");
        assert!(problem.message_zh.contains(word), "{word}: {}", problem.message_zh);
    }
    assert_eq!(code(b"PK\x03\x04 and nothing more"), "damaged");
    assert_eq!(code(&archive(&[("_rels/.rels", b"<x/>")])), "damaged");
}

#[test]
fn what_unpacks_to_too_much_is_not_unpacked() {
    assert!(schools(&good()).is_ok());
    // 300 MB of spaces in 300 KB, as a sheet.
    let bomb = archive(&[("_rels/.rels", b"<x/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 300 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(code(&bomb), "unpacks_too_large");
    // The same with a declared size that lies: both headers say 100 bytes.
    let mut liar = bomb;
    let size = u32::to_le_bytes(300 << 20);
    let places: Vec<usize> =
        liar.windows(4).enumerate().filter(|(_, w)| *w == size).map(|(at, _)| at).collect();
    assert!(places.len() >= 2);
    for at in places {
        liar[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(["unpacks_too_large", "damaged"].contains(&code(&liar)));
}

#[test]
fn declarations_that_would_reserve_the_memory_are_not_believed() {
    for declared in ["99999999999999", "3000000000", "99999999999999999999999999999999"] {
        for spaces in [0, 10, 500] {
            let bytes = with_part(&good(), "xl/sharedStrings.xml", |xml| {
                let at = xml.find("uniqueCount=\"").unwrap();
                let end = at + 13 + xml[at + 13..].find('"').unwrap();
                let blank = " ".repeat(spaces);
                format!("{}uniqueCount{blank}={blank}\"{declared}{}", &xml[..at], &xml[end..]).into_bytes()
            });
            assert_eq!(code(&bytes), "unpacks_too_large", "{declared} {spaces}");
        }
    }
    // A count that is merely wrong is forgiven.
    let wrong = with_part(&good(), "xl/sharedStrings.xml", |xml| {
        xml.replace("uniqueCount=\"4\"", "uniqueCount=\"4000\"").into_bytes()
    });
    assert!(schools(&wrong).is_ok());
    let styles = with_part(&good(), "xl/styles.xml", |xml| {
        let format = format!(
            "<numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs>",
            "0".repeat(1 << 20)
        );
        xml.replace("<cellXfs count=\"1\">", &(format + &"<xf numFmtId=\"200\"/>".repeat(1 << 16)))
            .into_bytes()
    });
    assert_eq!(code(&styles), "unpacks_too_large");
}

/// A billion laughs: every entity is ten of the one before.
const LAUGHS: &str = "<!DOCTYPE x [<!ENTITY a \"ha ha ha ha ha \"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
    <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\
    <!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">\
    <!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\">\
    <!ENTITY i SYSTEM \"file:///etc/passwd\"><!ENTITY % j SYSTEM \"http://127.0.0.1:9/x\"> %j;]>";

#[test]
fn entities_are_neither_multiplied_nor_fetched() {
    let start = std::time::Instant::now();
    for part in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"] {
        for entity in ["&h;", "&i;", "&nope;"] {
            let bytes = with_part(&good(), part, |xml| {
                let xml = xml.replacen("?>", &format!("?>{LAUGHS}"), 1);
                xml.replace("<t>甲</t>", &format!("<t>甲{entity}</t>")).into_bytes()
            });
            match schools(&bytes) {
                // The text between the entities, at most.
                Ok(rows) => {
                    let name = rows.rows[0].shown("name");
                    assert!(name.chars().count() < 20 && !name.contains("root"), "{part} {entity}: {name}");
                }
                Err(problem) => assert_eq!(problem.code, "damaged", "{part} {entity}"),
            }
        }
    }
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn elements_a_million_deep_do_not_exhaust_the_stack() {
    for (part, before) in [("xl/worksheets/sheet1.xml", "<sheetData>"), ("xl/sharedStrings.xml", "<si>")] {
        let deep = "<x>".repeat(1_000_000) + &"</x>".repeat(1_000_000);
        let bytes =
            with_part(&good(), part, |xml| xml.replacen(before, &format!("{deep}{before}"), 1).into_bytes());
        if let Ok(rows) = schools(&bytes) {
            assert_eq!(rows.rows.len(), 1, "{part}");
        }
    }
}

#[test]
fn a_header_over_all_16384_columns_is_read_as_far_as_it_is_looked_at() {
    let bytes = book("学校名单", |s| {
        for column in 0..16_384_u16 {
            s.write_string(0, column, format!("列{column}")).unwrap();
            s.write_string(1, column, "x").unwrap();
        }
        line(s, 0, &["学校名称", "学校标识码"]);
        line(s, 1, &["甲", "1"]);
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!((rows.rows.len(), rows.rows[0].text("name")), (1, Some("甲")));
    assert_eq!(rows.warnings.len(), 510, "of the 512 columns that are looked at");
    let back = crate::error_xlsx(&rows).unwrap();
    assert_eq!(schools(&back).unwrap().rows[0].text("code"), Some("1"));
    // The needed columns beyond them are missing, and the answer says so.
    let far = book("学校名单", |s| {
        s.write_string(0, 0, "学校名称").unwrap();
        s.write_string(0, 16_383, "学校标识码").unwrap();
        line(s, 1, &["甲"]);
    });
    assert_eq!(code(&far), "missing_column");
}

#[test]
fn one_cell_in_the_last_corner_costs_nothing() {
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码"]);
        line(s, 1, &["甲", "1"]);
        s.write_string(1_048_575, 16_383, "x").unwrap();
        s.write_string(1_048_575, 0, "乙").unwrap();
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!(rows.rows.last().unwrap().number, 1_048_576);
    assert_eq!(super::codes(&rows), ["1048576 code required"]);
}

#[test]
fn one_long_text_shared_by_many_cells_is_counted_each_time() {
    let long = "长".repeat(32_000);
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码"]);
        for row in 1..3_000 {
            line(s, row, &[&long, "1"]);
        }
    });
    assert!(bytes.len() < 1 << 20);
    assert_eq!(code(&bytes), "too_much_data");
}

#[test]
fn a_strange_error_value_names_its_place() {
    let bytes = with_part(&good(), "xl/worksheets/sheet1.xml", |xml| {
        let at = xml.find("<c r=\"B2\"").unwrap();
        let end = at + xml[at..].find("</c>").unwrap();
        format!("{}<c r=\"B2\" t=\"e\"><v>#BUSY!</v>{}", &xml[..at], &xml[end..]).into_bytes()
    });
    let problem = schools(&bytes).unwrap_err();
    assert_eq!(problem.code, "unreadable_cell");
    assert!(problem.message_zh.contains("#BUSY!") && problem.message_zh.contains("第 2 行"));
}
