//! Files as people and WPS make them.

use super::{SCHOOLS, book, codes, line, schools};
use crate::{Limits, read};
use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(y, m, d)
}

#[test]
fn a_sheet_with_titles_merges_formulas_and_every_kind_of_date() {
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let bytes = book("Sheet1", |s| {
        s.merge_range(0, 0, 0, 8, "××市2026年学校基本情况一览表", &Format::new()).unwrap();
        line(s, 1, &["填表单位：市教育局", "", "", "填表日期：２０２６年９月１日"]);
        line(
            s,
            3,
            &[
                "序号",
                "学 校\n名称 *",
                "学校标识码（10位）",
                "成立日期",
                "班数",
                "办学性质",
                "是否寄宿",
                "校领导",
                "备注",
            ],
        );
        // A merged remark over three rows, and a date of Excel's own.
        s.merge_range(4, 8, 6, 8, "城区三校", &Format::new()).unwrap();
        line(s, 4, &["1", "示例市第一 职业中学", "", "", "", "公办", "√", "张 三、李　四"]);
        s.write_number(4, 2, 3_611_000_001.0).unwrap();
        s.write_datetime_with_format(4, 3, ExcelDateTime::from_ymd(2001, 9, 1).unwrap(), &date).unwrap();
        s.write_formula(4, 4, Formula::new("=12+12").set_result("24")).unwrap();
        line(
            s,
            5,
            &[
                "2",
                "第二\u{200b}职业中学\u{a0}",
                "３６１１００００ ０２",
                "２００２年９月１日",
                "１，２",
                "公 办",
                "否",
            ],
        );
        line(s, 6, &["3", "第三职业中学", "'3611000003", "2003.9.1", "", "民办", "是"]);
        s.write_formula(6, 4, Formula::new("=SUM(A1:A2)").set_result("1.0")).unwrap();
        line(s, 7, &["4", "第四职业中学", "3611000004", "2004/9/1 00:00:00", "5"]);
        s.write_formula(8, 1, Formula::new("=\"第五\"&\"职业中学\"").set_result("第五职业中学")).unwrap();
        line(s, 8, &["5", "", "3611000005", "20050901"]);
        // Numbered, but empty: and some rows with borders only.
        line(s, 9, &["6"]);
        line(s, 10, &["7", " ", "\u{3000}"]);
        for row in 11..200 {
            s.write_blank(row, 2, &date).unwrap();
        }
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!(codes(&rows), ["6 classes not_an_integer"]);
    assert_eq!((rows.sheet.as_str(), rows.header_row, rows.rows.len()), ("Sheet1", 4, 5));
    assert!(rows.warnings.is_empty(), "{:?}", rows.warnings);
    let [first, second, third, fourth, fifth] = &rows.rows[..] else { panic!("five rows") };
    assert_eq!(
        (first.number, first.text("name"), first.text("code")),
        (5, Some("示例市第一职业中学"), Some("3611000001"))
    );
    assert_eq!((first.date("founded"), first.integer("classes")), (day(2001, 9, 1), Some(24)));
    assert_eq!((first.choice("nature"), first.choice("boarding")), (Some("public"), Some("yes")));
    assert_eq!(first.list("leaders").collect::<Vec<_>>(), ["张三", "李四"]);
    assert_eq!((second.text("name"), second.text("code")), (Some("第二职业中学"), Some("3611000002")));
    assert_eq!((second.date("founded"), second.choice("nature")), (day(2002, 9, 1), Some("public")));
    assert_eq!((second.integer("classes"), second.shown("classes")), (None, "１，２".to_owned()));
    assert_eq!((third.text("code"), third.date("founded")), (Some("3611000003"), day(2003, 9, 1)));
    assert_eq!((third.integer("classes"), third.text("remark")), (Some(1), Some("城区三校")));
    assert_eq!((fourth.text("remark"), fourth.date("founded")), (None, day(2004, 9, 1)));
    assert_eq!(
        (fifth.number, fifth.text("name"), fifth.date("founded")),
        (9, Some("第五职业中学"), day(2005, 9, 1))
    );
    assert_eq!((fifth.list("leaders").count(), fifth.choice("nature")), (0, None));
}

#[test]
fn merged_cells_fill_their_own_rows_only() {
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称*", "学校标识码*", "办学性质", "备注"]);
        for row in 1..=4 {
            line(s, row, &[&format!("第{row}中学"), &format!("361100000{row}")]);
        }
        s.merge_range(1, 2, 2, 2, "民办", &Format::new()).unwrap();
        // Sideways too, and far beyond the data.
        s.merge_range(4, 2, 1_000_000, 3, "公办", &Format::new()).unwrap();
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!(codes(&rows), Vec::<String>::new());
    let nature: Vec<_> = rows.rows.iter().map(|r| r.choice("nature")).collect();
    assert_eq!(nature, [Some("private"), Some("private"), None, Some("public")]);
    assert_eq!(rows.rows[3].text("remark"), Some("公办"));
    assert_eq!(rows.rows.len(), 4);
}

#[test]
fn a_header_of_two_rows_pasted_sheets_and_other_sheets() {
    let mut workbook = Workbook::new();
    let notes = workbook.add_worksheet();
    notes.set_name("填报说明").unwrap();
    line(notes, 0, &["学校名称", "学校标识码"]);
    let cover = workbook.add_worksheet();
    line(cover, 0, &["封面"]);
    let s = workbook.add_worksheet();
    s.merge_range(0, 0, 1, 0, "学校名称", &Format::new()).unwrap();
    s.merge_range(0, 1, 1, 1, "学校标识码", &Format::new()).unwrap();
    s.merge_range(0, 2, 0, 3, "基本情况", &Format::new()).unwrap();
    line(s, 1, &["", "", "班级数", "Founded"]);
    line(s, 2, &["甲校", "1", "1", "2001-9-1"]);
    line(s, 3, &["学校名称", "学校标识码", "班级数", "Founded"]);
    line(s, 4, &["乙校", "2", "2", "2002-9-1"]);
    let rows = schools(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!((rows.header_row, rows.rows.len(), rows.sheet.as_str()), (2, 2, "Sheet3"));
    assert_eq!(rows.rows[1].integer("classes"), Some(2));
    assert_eq!(rows.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["repeated_header"]);
    assert!(rows.faults.is_empty());
}

#[test]
fn notes_below_the_table_are_no_data() {
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码", "班级数", "备注"]);
        line(s, 1, &["注：这是一所学校", "3611000001"]);
        line(s, 2, &["甲校", "3611000002"]);
        s.merge_range(4, 0, 4, 3, "注：1. 学校名称与公章一致；2. 班级数按学年初", &Format::new()).unwrap();
        line(s, 5, &["填表人：张三", "", "审核人：李四", "联系电话：0794-1"]);
        line(s, 6, &["填报日期：2026年9月1日"]);
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!((rows.rows.len(), codes(&rows)), (2, vec![]));
    let warned: Vec<_> = rows.warnings.iter().map(|w| w.code).collect();
    assert_eq!(warned, ["note_below"; 3]);
    assert_eq!(rows.warnings[0].message_zh, "第 5 行是表格下方的说明，已跳过。");
    // What may be data is data: a school that is called so, a line that says more, a note between rows.
    for (text, code) in [("注册会计学校", ""), ("说明", "1"), ("合计", "")] {
        let bytes = book("学校名单", |s| {
            line(s, 0, &["学校名称", "学校标识码"]);
            line(s, 1, &["甲校", "3611000002"]);
            line(s, 2, &[text, code]);
        });
        assert_eq!(schools(&bytes).unwrap().rows.len(), 2, "{text}");
    }
    let between = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码"]);
        line(s, 1, &["注：城区"]);
        line(s, 2, &["甲校", "3611000002"]);
    });
    assert_eq!(codes(&schools(&between).unwrap()), ["2 code required"]);
}

#[test]
fn faults_say_what_to_do() {
    let bytes = book("学校名单", |s| {
        line(
            s,
            0,
            &[
                "学校名称*",
                "学校标识码*",
                "成立日期",
                "班级数",
                "办学性质",
                "是否寄宿",
                "校领导",
                "备注",
                "邮编",
            ],
        );
        line(
            s,
            1,
            &[
                "",
                "3.61E+09",
                "2026年9月",
                "十",
                "公办学校",
                "也许",
                "甲乙、丙丁、戊己、庚辛、壬癸、子丑",
                &"长".repeat(51),
            ],
        );
        s.write_number(2, 1, 361_100_000_112_345_678.0).unwrap();
        s.write_formula(2, 0, Formula::new("=#REF!").set_result("#REF!")).unwrap();
        s.write_number(2, 2, 2026).unwrap();
        s.write_number(2, 3, 501).unwrap();
        s.write_datetime_with_format(
            2,
            4,
            ExcelDateTime::from_ymd(2026, 3, 1).unwrap(),
            &Format::new().set_num_format("m月d日"),
        )
        .unwrap();
    });
    let mut rows = schools(&bytes).unwrap();
    assert_eq!(
        codes(&rows),
        [
            "2 name required",
            "2 code digits_lost",
            "2 founded date_without_day",
            "2 classes not_an_integer",
            "2 nature not_in_list",
            "2 boarding not_in_list",
            "2 leaders too_many_items",
            "2 remark too_long",
            "3 name formula_error",
            "3 code digits_lost",
            "3 founded not_a_date",
            "3 classes out_of_range",
            "3 nature became_a_date",
        ]
    );
    let nature = rows.faults.iter().find(|f| f.column == Some("nature")).unwrap();
    assert_eq!(nature.message_zh, "办学性质：不在可选范围内，是否为“公办”？");
    assert_eq!(nature.value, "公办学校");
    assert_eq!(rows.warnings[0].message_zh, "列“邮编”不在模板中，未读取。");
    rows.faults.add(2, "code", "code_taken", "学校标识码：已被占用", "School code: is taken");
    rows.faults.add_row(9, "row", "整行", "the row");
    assert_eq!((rows.faults.total(), rows.faults.rows(), rows.faults.has_row(9)), (15, 3, true));
}

#[test]
fn what_the_file_as_a_whole_lacks() {
    let code =
        |fill: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| schools(&book("Sheet1", |s| fill(s))).unwrap_err();
    let missing = code(&|s| line(s, 2, &["学校名称", "标识码", "成立日期"]));
    assert_eq!(missing.code, "missing_column");
    assert_eq!(
        missing.message_zh,
        "工作表“Sheet1”第 3 行的表头缺少必需的列：学校标识码（“标识码”是否就是“学校标识码”？）。请按模板补上。"
    );
    assert_eq!(code(&|s| line(s, 0, &["姓名", "性别"])).code, "header_not_found");
    assert_eq!(code(&|s| line(s, 25, &["学校名称", "学校标识码"])).code, "header_not_found");
    assert_eq!(code(&|_| ()).code, "header_not_found");
    assert_eq!(code(&|s| line(s, 0, &["学校名称", "学校标识码"])).code, "no_rows");
    assert_eq!(code(&|s| line(s, 0, &["学校名称", "学校标识码", "学校名称"])).code, "duplicate_column");
    let both = schools(&book("x", |s| {
        line(s, 0, &["校名", "学校名称", "学校标识码"]);
        line(s, 1, &["别名", "正名", "1"]);
    }));
    assert_eq!(both.unwrap().rows[0].text("name"), Some("正名"));
    let few = Limits { rows: 2, ..Limits::default() };
    let three = book("x", |s| {
        line(s, 0, &["学校名称", "学校标识码"]);
        (1..=3).for_each(|row| line(s, row, &["甲", "1"]));
    });
    assert_eq!(read(&SCHOOLS, &three, &few).unwrap_err().code, "too_many_rows");
    assert_eq!(
        read(&SCHOOLS, &three, &Limits { text: 10, ..Limits::default() }).unwrap_err().code,
        "too_much_data"
    );
    assert_eq!(
        read(&SCHOOLS, &three, &Limits { bytes: 100, ..Limits::default() }).unwrap_err().code,
        "file_too_large"
    );
    assert_eq!(
        read(&SCHOOLS, &three, &Limits { entries: 3, ..Limits::default() }).unwrap_err().code,
        "unpacks_too_large"
    );
    assert_eq!(
        read(&SCHOOLS, &three, &Limits { inflated: 999, ..Limits::default() }).unwrap_err().code,
        "unpacks_too_large"
    );
}

#[test]
fn old_macintosh_dates() {
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码", "成立日期"]);
        line(s, 1, &["甲", "1"]);
        s.write_number_with_format(1, 2, 44_804, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        line(s, 2, &["乙", "2"]);
        s.write_number(2, 2, 44_804).unwrap();
    });
    let bytes = super::with_part(&bytes, "xl/workbook.xml", |xml| {
        assert!(xml.contains("<workbookPr "));
        xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes()
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!(rows.rows[0].date("founded"), day(2026, 9, 1));
    assert_eq!(rows.rows[1].date("founded"), day(2026, 9, 1));
}
