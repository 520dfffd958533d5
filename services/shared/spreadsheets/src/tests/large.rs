//! 50,000 rows, there and back. Prints its speed and its memory; asserts neither (the machine may be busy, and the
//! tests of this process share its memory).

use super::{SCHOOLS, schools};
use crate::{ExportColumn, ExportKind, Language, Value, error_xlsx, export_xlsx, filled_xlsx};
use chrono::NaiveDate;
use std::time::Instant;

const ROWS: i64 = 50_000;

fn row(n: i64) -> Vec<Value> {
    let day = NaiveDate::from_ymd_opt(2001, 9, 1).unwrap() + chrono::Days::new(n.unsigned_abs() % 9_000);
    let day = if n % 2 == 0 { Value::Date(day) } else { day.format("%Y年%-m月%-d日").to_string().into() };
    let nature = if n % 3 == 0 { "private" } else { "public" };
    vec![
        format!("第{n} 职业中学").into(),
        format!("36{n:08}").into(),
        day,
        (n % 90).into(),
        nature.into(),
        "yes".into(),
        "张 三、李四".into(),
        format!("备注{n}").into(),
    ]
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what}: {ROWS} rows in {seconds:.2} s, {:.0} rows/s; {}", 50_000.0 / seconds, memory());
    result
}

/// What the process holds, and the most it ever held.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mb = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kb =
            line.and_then(|rest| rest.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok());
        kb.unwrap_or_default() >> 10
    };
    format!("resident {} MB, at most {} MB", mb("VmRSS"), mb("VmHWM"))
}

#[test]
fn fifty_thousand_rows() {
    let bytes = timed("write a filled template", || filled_xlsx(&SCHOOLS, (1..=ROWS).map(row)).unwrap());
    let mut rows = timed("read", || schools(&bytes).unwrap());
    assert!(rows.faults.is_empty(), "{:?}", rows.faults.iter().next());
    assert_eq!(rows.rows.len(), 50_000);
    assert_eq!(rows.rows[49_999].text("name"), Some("第50000职业中学"));
    for number in (2..=50_001).step_by(10) {
        rows.faults.add(number, "code", "code_taken", "学校标识码：已被占用", "School code: is taken");
    }
    let errors = timed("write the error file", || error_xlsx(&rows).unwrap());
    assert_eq!(timed("read the error file", || schools(&errors).unwrap()).rows.len(), 50_000);
    let text = |header| ExportColumn { header_zh: header, header_en: header, kind: ExportKind::Text };
    let columns = ["a", "b", "c", "d", "e", "f", "g", "h"].map(text);
    let export = timed("export", || export_xlsx("x", Language::Zh, &columns, (1..=ROWS).map(row)).unwrap());
    println!(
        "import {} KB, error file {} KB, export {} KB",
        bytes.len() >> 10,
        errors.len() >> 10,
        export.len() >> 10
    );
    let one_more = filled_xlsx(&SCHOOLS, (1..=ROWS + 1).map(row)).unwrap();
    assert_eq!(schools(&one_more).unwrap_err().code, "too_many_rows");
}
