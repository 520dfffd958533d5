//! Days as people write them and as Excel counts them.

use crate::text::match_key;
use chrono::{Datelike as _, Days, NaiveDate};

/// The days that are believed: a number outside is a slip, not a date.
fn believed(date: NaiveDate) -> Option<NaiveDate> {
    (1900..=2100).contains(&date.year()).then_some(date)
}

/// The digits at the front of a text, and what follows them.
fn digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 || end > most {
        return None;
    }
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

/// What may follow a day: nothing, a weekday, a time.
fn only_time(rest: &str) -> bool {
    rest.chars().all(|c| {
        matches!(
            c,
            '0'..='9' | ':' | '.' | '时' | '点' | '分' | '秒' | '上' | '下' | '午' | '星' | '期' | '周'
        ) || matches!(
            c,
            '一' | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '日'
                | '天'
                | '('
                | ')'
                | 't'
                | 'z'
                | '+'
                | '-'
                | 'a'
                | 'p'
                | 'm'
        )
    })
}

const SEPARATORS: [char; 11] = ['-', '/', '.', '\\', ',', '、', '–', '—', '‐', '‑', '−'];

/// A day from text: `2026年9月1日` (`号` too), `2026-09-01`, `2026/9/1`, `2026.9.1`, `20260901`, full-width or not, with
/// spaces or a time after it. Nothing with two-digit years, nothing with the day or month first, nothing outside
/// 1900–2100.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    // Numbers as people write them are short; a cell of 30,000 characters is no date.
    if text.len() > 96 {
        return None;
    }
    // The time is parted from the day before the spaces go: `2026-9-1 8:00` must not become the 18th.
    if let Some((day, time)) = text.trim().split_once(|c: char| c == 'T' || c.is_whitespace())
        && let Some((date, "")) = parse_day(&match_key(day))
    {
        return only_time(&match_key(time)).then_some(date);
    }
    let text = match_key(text);
    let (date, rest) = parse_day(&text)?;
    (only_time(rest) && !rest.starts_with([':', '时', '点'])).then_some(date)
}

fn parse_day(text: &str) -> Option<(NaiveDate, &str)> {
    let text = text.trim_start_matches('\'');
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    if run == 8 || run == 14 {
        let (number, rest) = digits(text.get(..8)?, 8).map(|(n, _)| (n, text.get(8..).unwrap_or("")))?;
        let date =
            NaiveDate::from_ymd_opt(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)?;
        return Some((believed(date)?, rest));
    }
    if run != 4 {
        return None;
    }
    let (year, rest) = digits(text, 4)?;
    let rest = rest.strip_prefix('年').or_else(|| rest.strip_prefix(SEPARATORS))?;
    let (month, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix('月').or_else(|| rest.strip_prefix(SEPARATORS))?;
    let (day, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix(['日', '号', '號']).unwrap_or(rest);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((believed(date)?, rest))
}

/// Whether a text names a month without a day: the commonest half date, worth its own message.
pub(crate) fn is_month_only(text: &str) -> bool {
    let text = match_key(text);
    let Some((year @ 1900..=2100, rest)) = digits(&text, 4) else { return false };
    let _ = year;
    let Some(rest) = rest.strip_prefix('年').or_else(|| rest.strip_prefix(SEPARATORS)) else { return false };
    matches!(digits(rest, 2), Some((1..=12, "" | "月" | "月份")))
}

/// The day of an Excel serial number. Excel believes that 1900 was a leap year, so that days before March 1900 are
/// one apart; the 1904 system of old Macintosh files begins 1462 days later.
pub(crate) fn from_serial(serial: f64, is_1904: bool) -> Option<NaiveDate> {
    if !serial.is_finite() || !(1.0..=200_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 200,000")]
    let mut days = serial.floor() as u64;
    if is_1904 {
        days += 1462;
    } else if days < 60 {
        days += 1;
    }
    believed(NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?)
}

/// The Excel serial number of a day.
pub(crate) fn to_serial(date: NaiveDate) -> f64 {
    let days =
        date.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days();
    #[expect(clippy::cast_precision_loss, reason = "days of chrono's calendar are below 2^53")]
    let serial = days as f64;
    serial
}

/// A plain number in a date column: `20260901` typed as a number, or a serial number whose date format was lost.
/// Small numbers are not taken for serial numbers: `2026` is a year, not 18 July 1905.
pub(crate) fn from_number(number: f64, is_1904: bool) -> Option<NaiveDate> {
    if number.fract() == 0.0 && (19_000_101.0..=21_001_231.0).contains(&number) {
        return parse_date(&format!("{number:.0}"));
    }
    if number < 10_000.0 { None } else { from_serial(number, is_1904) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_ways_a_day_is_written() {
        for text in [
            "2026年9月1日",
            "２０２６年０９月０１日",
            "2026 年 9 月 1 号",
            "2026-09-01",
            "2026—9—1",
            "2026/9/1",
            "2026.9.1",
            "2026．9．1",
            "20260901",
            "20260901083000",
            "2026-09-01T08:30:00+08:00",
            "2026-09-01 08:30:00",
            "2026年9月1日 星期二",
            "2026年9月1日上午8时30分",
            "2026/9/1 8:00 AM",
            "2026-9-1\n8:00",
            " '2026-9-1\u{200b} ",
        ] {
            assert_eq!(parse_date(text), Some(day(2026, 9, 1)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "2026",
            "2026年9月",
            "2026.9",
            "26-9-1",
            "9/1/2026",
            "2026-13-01",
            "2026-02-29",
            "1899-12-31",
            "2101-01-01",
            "2026-09-01甲",
            "待定",
            "2026-09-011",
            "99999999999",
            "2026-9- 1 8:00",
            "年月日",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert!(is_month_only("２０２６年９月") && is_month_only("2026.09") && is_month_only("2026-9"));
        assert!(!is_month_only("2026年") && !is_month_only("2026-9-1") && !is_month_only("2026.13"));
    }

    #[test]
    fn serial_numbers() {
        assert_eq!(from_serial(46_266.0, false), Some(day(2026, 9, 1)));
        assert_eq!(from_serial(46_266.75, false), Some(day(2026, 9, 1)));
        assert_eq!(from_serial(44_804.0, true), Some(day(2026, 9, 1)));
        assert_eq!(from_serial(1.0, false), Some(day(1900, 1, 1)));
        assert_eq!(from_serial(61.0, false), Some(day(1900, 3, 1)));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert_eq!(from_serial(bad, false), None);
        }
        assert!((to_serial(day(2026, 9, 1)) - 46_266.0).abs() < f64::EPSILON);
        assert_eq!(from_number(20_260_901.0, false), Some(day(2026, 9, 1)));
        assert_eq!(from_number(46_266.0, false), Some(day(2026, 9, 1)));
        assert_eq!(from_number(2026.0, false), None);
        assert_eq!(from_number(2026.9, false), None);
    }
}
