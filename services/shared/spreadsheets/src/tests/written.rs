//! What we write: read back by our own reader and looked at as a file.

use super::{SCHOOLS, book, codes, line, schools};
use crate::{
    Column, ExportColumn, ExportKind, Kind, Language, Limits, Template, Value, error_xlsx, export_xlsx,
    filled_xlsx, read, template_xlsx,
};
use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use std::io::{Cursor, Read as _};

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn texts(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    open(bytes)
        .worksheet_range(sheet)
        .unwrap()
        .rows()
        .map(|r| r.iter().map(ToString::to_string).collect())
        .collect()
}

#[test]
fn a_template_has_headers_comments_dropdowns_and_notes() {
    let bytes = template_xlsx(&SCHOOLS).unwrap();
    assert_eq!(open(&bytes).sheet_names(), ["学校名单", "填写说明"]);
    assert_eq!(texts(&bytes, "学校名单")[0][..4], ["学校名称*", "学校标识码*", "成立日期", "班级数"]);
    assert_eq!(texts(&bytes, "学校名单").len(), 1, "no example among the data");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("公办,民办") && sheet.contains("type=\"date\"") && sheet.contains("state=\"frozen\"")
    );
    assert_eq!(sheet.matches("<row r=\"1\"").count(), 1, "Excel offers to repair a row that comes twice");
    assert!(part(&bytes, "xl/comments1.xml").contains("与公章一致"));
    let notes = texts(&bytes, "填写说明").concat().join("|");
    assert!(
        notes.contains("每所学校一行。")
            && notes.contains("示例市第一职业中学")
            && notes.contains("公办、民办")
    );
    // An empty template is a file without rows, not one that cannot be read.
    assert_eq!(schools(&bytes).unwrap_err().code, "no_rows");
}

#[test]
fn long_lists_of_choices_stand_on_a_hidden_sheet() {
    const LONG: &[(&str, &str)] = &[
        ("a", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项甲"),
        ("b", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项乙"),
        ("c", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项丙"),
        ("d", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项丁"),
        ("e", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项戊"),
        ("f", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项己"),
        ("g", "一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的选项庚"),
    ];
    static WITH: Template = Template {
        key: "with",
        title_zh: "长列表",
        title_en: "Long",
        columns: &[
            Column::new("x", "甲", "X", Kind::Date),
            Column::new("c", "项", "Item", Kind::Choice(LONG)),
        ],
        notes: &[],
    };
    let bytes = template_xlsx(&WITH).unwrap();
    assert_eq!(open(&bytes).sheet_names(), ["长列表", "填写说明", "选项"]);
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("选项!$B$1:$B$7"));
    let filled = filled_xlsx(&WITH, [vec![Value::Empty, "g".into()]]).unwrap();
    assert_eq!(read(&WITH, &filled, &Limits::default()).unwrap().rows[0].choice("c"), Some("g"));
}

#[test]
fn a_filled_template_is_read_back() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let row = vec![
        "甲校".into(),
        "3611000001".into(),
        day.into(),
        12.into(),
        "private".into(),
        "yes".into(),
        "张三、李四".into(),
        "=1+1".into(),
    ];
    let rows = schools(&filled_xlsx(&SCHOOLS, [row]).unwrap()).unwrap();
    assert!(rows.faults.is_empty() && rows.warnings.is_empty());
    let row = &rows.rows[0];
    assert_eq!(
        (row.number, row.text("name"), row.date("founded"), row.integer("classes")),
        (2, Some("甲校"), Some(day), Some(12))
    );
    assert_eq!(
        (row.choice("nature"), row.choice("boarding"), row.text("remark")),
        (Some("private"), Some("yes"), Some("=1+1"))
    );
}

#[test]
fn an_error_file_explains_and_can_be_uploaded_again() {
    let bytes = book("Sheet1", |s| {
        line(s, 0, &["二〇二六年统计表"]);
        line(s, 2, &["序号", "学校名称", "学校标识码", "成立日期", "班级数", "电话"]);
        line(s, 3, &["1", "甲校", "3611000001", "2026年9月1日", "3", "=cmd|x"]);
        line(s, 4, &["2", "", "3611000002", "2026年9月", "三", "0794-1"]);
    });
    let mut rows = schools(&bytes).unwrap();
    rows.faults.add(4, "code", "code_taken", "学校标识码：已被占用", "School code: is taken");
    rows.faults.add_row(4, "twice", "与第 9 行重复", "the same as row 9");
    let file = error_xlsx(&rows).unwrap();
    assert_eq!(open(&file).sheet_names(), ["学校名单", "错误汇总", "填写说明"]);
    let data = texts(&file, "学校名单");
    assert_eq!(data[0][..4], ["错误说明", "Errors", "学校名称*", "学校标识码*"]);
    assert_eq!(data[0][10..], ["序号", "电话"]);
    assert_eq!(data[1][0], "学校标识码：已被占用；\n与第 9 行重复");
    assert_eq!(
        data[2][1],
        "School name: is required;\nFounded: the day is missing: write 2026-09-01;\nClasses: a whole number is needed, without unit or fraction"
    );
    assert_eq!(data[1][11], "=cmd|x");
    assert!(!part(&file, "xl/worksheets/sheet1.xml").contains("<f>"));
    let summary = texts(&file, "错误汇总");
    assert_eq!(summary[2][..3], ["原行号 Original row", "本表行号 Row here", "列 Column"]);
    assert_eq!(summary[3][..4], ["5", "3", "学校名称", ""]);
    assert_eq!(summary[6][..5], ["4", "2", "学校标识码", "3611000001", "学校标识码：已被占用"]);
    assert_eq!((summary[3][6].as_str(), summary[6][6].as_str()), ("required", "code_taken"));
    assert!(part(&file, "xl/styles.xml").contains("FFFFC7CE"));
    // Uploaded as it is: the same faults of the cells, none of our own columns taken for data.
    let again = schools(&file).unwrap();
    assert_eq!(codes(&again), ["3 name required", "3 founded date_without_day", "3 classes not_an_integer"]);
    assert_eq!(again.rows[0].date("founded"), NaiveDate::from_ymd_opt(2026, 9, 1));
    assert_eq!(again.warnings.len(), 1, "the telephone column");
}

#[test]
fn more_faults_than_are_kept() {
    let bytes = book("学校名单", |s| {
        line(s, 0, &["学校名称", "学校标识码", "班级数"]);
        (1..=6_000).for_each(|row| line(s, row, &["甲", "", "x"]));
    });
    let rows = schools(&bytes).unwrap();
    assert_eq!(
        (rows.faults.total(), rows.faults.iter().count(), rows.faults.rows()),
        (12_000, 10_000, 6_000)
    );
    let file = error_xlsx(&rows).unwrap();
    let data = texts(&file, "学校名单");
    assert!(data[5_999][0].contains("错误过多") && data.len() == 6_001);
    assert!(texts(&file, "错误汇总")[2][0].contains("10000"));
}

#[test]
fn an_export_has_typed_cells_and_no_formulas() {
    let columns = [
        ExportColumn { header_zh: "名称", header_en: "Name", kind: ExportKind::Text },
        ExportColumn { header_zh: "说明", header_en: "Note", kind: ExportKind::LongText },
        ExportColumn { header_zh: "数量", header_en: "Count", kind: ExportKind::Integer },
        ExportColumn { header_zh: "金额", header_en: "Amount", kind: ExportKind::Decimal },
        ExportColumn { header_zh: "比例", header_en: "Share", kind: ExportKind::Percent },
        ExportColumn { header_zh: "日期", header_en: "Day", kind: ExportKind::Date },
        ExportColumn { header_zh: "时间", header_en: "Time", kind: ExportKind::DateTime },
    ];
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let rows = [
        vec![
            "甲校".into(),
            "长文".into(),
            3.into(),
            Value::Decimal(1.5),
            Value::Percent(0.125),
            day.into(),
            Value::DateTime(day.and_hms_opt(8, 30, 0).unwrap()),
        ],
        vec![
            "=HYPERLINK(\"http://x\")".into(),
            "@SUM(1)".into(),
            Value::Integer(i64::MAX),
            Value::Decimal(f64::NAN),
            Value::Empty,
            Value::Empty,
            Value::Empty,
        ],
        vec!["-1+1".into(), "\u{1}控\n制".into(), None::<i64>.into()],
        vec!["长".repeat(40_000).into(), NaiveDate::from_ymd_opt(1890, 1, 1).into()],
    ];
    let bytes = export_xlsx(
        "学校/名单[2026]：一个超过三十一个字的标题会被截短以免不能打开这个文件",
        Language::Zh,
        &columns,
        rows.clone(),
    )
    .unwrap();
    let mut file = open(&bytes);
    let name = file.sheet_names()[0].clone();
    assert!(name.starts_with("学校 名单 2026") && name.chars().count() <= 31);
    let range = file.worksheet_range(&name).unwrap();
    let cell = |row, column| range.get((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(0, 0), Data::String("名称".into()));
    assert_eq!((cell(1, 2), cell(1, 4)), (Data::Float(3.0), Data::Float(0.125)));
    assert!(matches!(cell(1, 5), Data::DateTime(d) if (d.as_f64() - 46_266.0).abs() < 1e-9));
    assert!(matches!(cell(1, 6), Data::DateTime(d) if (d.as_f64() - 46_266.354_166).abs() < 1e-3));
    assert_eq!(cell(2, 0), Data::String("=HYPERLINK(\"http://x\")".into()));
    assert_eq!(cell(2, 2), Data::String(i64::MAX.to_string()));
    assert_eq!((cell(2, 3), cell(3, 0)), (Data::Empty, Data::String("-1+1".into())));
    assert_eq!(cell(4, 1), Data::String("1890-01-01".into()));
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        !xml.contains("<f>") && xml.contains("<autoFilter ref=\"A1:G5\"") && xml.contains("state=\"frozen\"")
    );
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let english = export_xlsx("", Language::En, &columns, rows).unwrap();
    assert_eq!(texts(&english, "Sheet1")[0][..2], ["Name", "Note"]);
    assert!(export_xlsx("空", Language::Zh, &[], std::iter::empty()).is_ok());
}
