//! The periods that a page offers.

use async_graphql::SimpleObject;
use chrono::{Datelike as _, NaiveDate};
use vocabulary::{Period, PeriodKind};

/// How many school years and calendar years are offered, the present one included.
const YEARS: i32 = 4;

/// A period that may be chosen.
#[derive(SimpleObject)]
pub(crate) struct PeriodInfo {
    /// The period.
    id: Period,
    /// Which calendar it belongs to.
    kind: PeriodKind,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// First day.
    first_day: NaiveDate,
    /// Last day.
    last_day: NaiveDate,
    /// Whether today lies in it; in August, the semester that has just ended.
    current: bool,
}

/// The semesters, school years and calendar years that have begun, newest first.
pub(crate) fn periods(today: NaiveDate) -> Vec<PeriodInfo> {
    let school_year = if today.month() >= 9 { today.year() } else { today.year() - 1 };
    let semesters = (0..YEARS).flat_map(|back| [2, 1].map(|n| Period::semester(school_year - back, n)));
    let school_years = (0..YEARS).map(|back| Period::school_year(school_year - back));
    let years = (0..YEARS).map(|back| Period::calendar_year(today.year() - back));
    let begun = semesters.chain(school_years).chain(years).filter(|period| period.first_day() <= today);
    begun.map(|period| info(period, today)).collect()
}

fn info(period: Period, today: NaiveDate) -> PeriodInfo {
    let current = match period.kind() {
        PeriodKind::Semester => period == Period::semester_of(today),
        PeriodKind::SchoolYear | PeriodKind::CalendarYear => period.holds(today),
    };
    PeriodInfo {
        id: period,
        kind: period.kind(),
        name_zh: period.zh(),
        name_en: period.en(),
        first_day: period.first_day(),
        last_day: period.last_day(),
        current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_period_of_each_kind_is_the_current_one() {
        for (month, day) in [(1, 5), (5, 18), (8, 20), (9, 1), (12, 31)] {
            let today = NaiveDate::from_ymd_opt(2026, month, day).unwrap();
            let offered = periods(today);
            for kind in [PeriodKind::Semester, PeriodKind::SchoolYear, PeriodKind::CalendarYear] {
                assert_eq!(offered.iter().filter(|p| p.kind == kind && p.current).count(), 1, "{today}");
            }
            assert!(offered.iter().all(|period| period.first_day <= today));
        }
    }
}
