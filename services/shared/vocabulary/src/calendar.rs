//! Periods and teaching days: semesters and school years beside calendar years.
//!
//! Defaults of the field (a bureau may set its own dates later): the school year begins on 1 September; the first
//! semester is September to January, the second February to July. Teaching days are Monday to Friday, 1 September to
//! 20 January and 20 February to 10 July, without 1–7 October, 1 January and 1–5 May.

use crate::{Code, Error, Result};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Which calendar a period belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// 学期.
    Semester,
    /// 学年.
    SchoolYear,
    /// 自然年.
    CalendarYear,
}

/// A period; its text is `2025-2026.1` (first semester), `2025-2026` (school year) or `2025` (calendar year).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    kind: PeriodKind,
    year: i32,
    semester: u8,
}

impl Period {
    /// The first (1) or second (2) semester of the school year that begins in `year`.
    pub const fn semester(year: i32, semester: u8) -> Self {
        Self { kind: PeriodKind::Semester, year, semester }
    }

    /// The school year that begins in `year`.
    pub const fn school_year(year: i32) -> Self {
        Self { kind: PeriodKind::SchoolYear, year, semester: 0 }
    }

    /// The calendar year.
    pub const fn calendar_year(year: i32) -> Self {
        Self { kind: PeriodKind::CalendarYear, year, semester: 0 }
    }

    /// Which calendar it belongs to.
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The periods of each kind that hold the day; in August no semester does.
    pub fn holding(day: NaiveDate) -> Vec<Period> {
        let year = if day.month() >= 9 { day.year() } else { day.year() - 1 };
        let semester = match day.month() {
            9..=12 | 1 => Some(Self::semester(year, 1)),
            2..=7 => Some(Self::semester(year, 2)),
            _ => None,
        };
        semester.into_iter().chain([Self::school_year(year), Self::calendar_year(day.year())]).collect()
    }

    /// The semester of the day; in August the one that has just ended.
    pub fn semester_of(day: NaiveDate) -> Period {
        let year = if day.month() >= 9 { day.year() } else { day.year() - 1 };
        Self::semester(year, if matches!(day.month(), 2..=8) { 2 } else { 1 })
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        match (self.kind, self.semester) {
            (PeriodKind::CalendarYear, _) => date(self.year, 1, 1),
            (PeriodKind::Semester, 2) => date(self.year + 1, 2, 1),
            _ => date(self.year, 9, 1),
        }
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        match (self.kind, self.semester) {
            (PeriodKind::CalendarYear, _) => date(self.year, 12, 31),
            (PeriodKind::Semester, 1) => date(self.year + 1, 1, 31),
            (PeriodKind::Semester, _) => date(self.year + 1, 7, 31),
            (PeriodKind::SchoolYear, _) => date(self.year + 1, 8, 31),
        }
    }

    /// Whether the day lies in the period.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }

    /// The period of the same kind before this one.
    #[must_use]
    pub fn previous(self) -> Period {
        match (self.kind, self.semester) {
            (PeriodKind::Semester, 2) => Self::semester(self.year, 1),
            (PeriodKind::Semester, _) => Self::semester(self.year - 1, 2),
            _ => Self { year: self.year - 1, ..self },
        }
    }

    /// The name in Chinese: `2025–2026 学年第一学期`.
    pub fn zh(self) -> String {
        let next = self.year + 1;
        match (self.kind, self.semester) {
            (PeriodKind::CalendarYear, _) => format!("{} 年", self.year),
            (PeriodKind::SchoolYear, _) => format!("{}–{next} 学年", self.year),
            (PeriodKind::Semester, 1) => format!("{}–{next} 学年第一学期", self.year),
            (PeriodKind::Semester, _) => format!("{}–{next} 学年第二学期", self.year),
        }
    }

    /// The name in English.
    pub fn en(self) -> String {
        let next = self.year + 1;
        match (self.kind, self.semester) {
            (PeriodKind::CalendarYear, _) => format!("Year {}", self.year),
            (PeriodKind::SchoolYear, _) => format!("School year {}–{next}", self.year),
            (PeriodKind::Semester, n) => format!("Semester {n}, {}–{next}", self.year),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::CalendarYear => write!(f, "{}", self.year),
            PeriodKind::SchoolYear => write!(f, "{}-{}", self.year, self.year + 1),
            PeriodKind::Semester => write!(f, "{}-{}.{}", self.year, self.year + 1, self.semester),
        }
    }
}

impl FromStr for Period {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::new(Code::Period).on("period");
        let year = |text: &str| {
            let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
            let year = if digits { text.parse::<i32>().ok() } else { None };
            year.filter(|year| (1990..=2100).contains(year)).ok_or_else(wrong)
        };
        let Some((first, rest)) = text.split_once('-') else { return Ok(Self::calendar_year(year(text)?)) };
        let (second, semester) = match rest.split_once('.') {
            None => (rest, 0),
            Some((second, "1")) => (second, 1),
            Some((second, "2")) => (second, 2),
            Some(_) => return Err(wrong()),
        };
        let first = year(first)?;
        if year(second)? != first + 1 {
            return Err(wrong());
        }
        Ok(if semester == 0 { Self::school_year(first) } else { Self::semester(first, semester) })
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "graphql")]
/// A period: `2025-2026.1` (first semester), `2025-2026` (school year) or `2025` (calendar year).
#[async_graphql::Scalar]
impl async_graphql::ScalarType for Period {
    fn parse(value: async_graphql::Value) -> async_graphql::InputValueResult<Self> {
        match &value {
            async_graphql::Value::String(text) => text.parse().map_err(|_| {
                async_graphql::InputValueError::custom("a period is 2025-2026.1, 2025-2026 or 2025")
            }),
            _ => Err(async_graphql::InputValueError::expected_type(value)),
        }
    }
    fn to_value(&self) -> async_graphql::Value {
        async_graphql::Value::String(self.to_string())
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Whether the day is a teaching day by the default calendar (see the module's text).
pub fn is_teaching_day(day: NaiveDate) -> bool {
    let md = (day.month(), day.day());
    let term = md >= (9, 1) || md <= (1, 20) || ((2, 20)..=(7, 10)).contains(&md);
    let holiday = md == (1, 1) || ((10, 1)..=(10, 7)).contains(&md) || ((5, 1)..=(5, 5)).contains(&md);
    term && !holiday && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The teaching days from the first to the last day, both included.
pub fn teaching_days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(first), |day| day.checked_add_days(Days::new(1)))
        .take_while(move |day| *day <= last)
        .filter(|day| is_teaching_day(*day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_survives_its_text_and_knows_its_days() {
        for (text, first, last) in [
            ("2025-2026.1", (2025, 9, 1), (2026, 1, 31)),
            ("2025-2026.2", (2026, 2, 1), (2026, 7, 31)),
            ("2025-2026", (2025, 9, 1), (2026, 8, 31)),
            ("2025", (2025, 1, 1), (2025, 12, 31)),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.first_day(), date(first.0, first.1, first.2));
            assert_eq!(period.last_day(), date(last.0, last.1, last.2));
        }
        for bad in ["", "25", "2025-2027", "2025-2026.3", "+025", "2025-2026.", "９９９９"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
        assert_eq!(Period::semester_of(date(2026, 8, 15)), Period::semester(2025, 2));
        assert_eq!(Period::holding(date(2026, 1, 5))[0], Period::semester(2025, 1));
        assert_eq!(Period::semester(2025, 1).previous(), Period::semester(2024, 2));
    }

    #[test]
    fn teaching_days_leave_out_weekends_holidays_and_vacations() {
        assert_eq!(teaching_days(date(2025, 9, 29), date(2025, 10, 9)).count(), 4);
        assert_eq!(teaching_days(date(2026, 7, 11), date(2026, 8, 31)).count(), 0);
        assert_eq!(teaching_days(date(2026, 1, 21), date(2026, 2, 19)).count(), 0);
    }
}
