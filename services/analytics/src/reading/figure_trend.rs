//! A figure over the last periods of the same kind.

use super::{figure, known_metric, store};
use crate::figures::Standing;
use crate::{Analytics, sheet};
use contract::Handle;
use contract::analytics::{FigureTrend, TrendPoint};
use vocabulary::{Call, Code, Error, Period, Result};

/// The most periods of a trend.
const LONGEST: i32 = 12;

impl Handle<FigureTrend> for Analytics {
    async fn handle(&self, call: &Call, request: FigureTrend) -> Result<Vec<TrendPoint>> {
        let (mut read, owner, subject) = self.open_subject(call, request.school, request.studio).await?;
        let (slot, metric) = known_metric(&request.metric)?;
        let periods = last_periods(request.period, request.periods)?;
        let found = match owner {
            Some(owner) => store::sheets_of(&mut read, &call.principal, owner, subject, &periods).await?,
            None => Vec::new(),
        };
        let point = |period: Period| {
            let bytes = found.iter().find(|(name, _)| *name == period.to_string()).map(|(_, bytes)| bytes);
            let standing = bytes.map(|bytes| sheet::unpack(bytes)).transpose()?;
            let standing = standing.and_then(|all| all.get(slot).copied());
            let figure = figure(metric, period, standing.unwrap_or_else(Standing::insufficient));
            Ok(TrendPoint { period, figure })
        };
        periods.into_iter().map(point).collect()
    }
}

/// The last periods, oldest first; fewer where the calendar's names begin (1990).
fn last_periods(last: Period, count: i32) -> Result<Vec<Period>> {
    if !(1..=LONGEST).contains(&count) {
        return Err(Error::new(Code::InvalidValue).on("periods").with("max", LONGEST));
    }
    let named = |period: &Period| period.to_string().parse::<Period>().is_ok();
    let backwards = std::iter::successors(Some(last), |period| Some(period.previous()).filter(named));
    let mut periods: Vec<Period> = backwards.take(usize::try_from(count).unwrap_or(1)).collect();
    periods.reverse();
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_periods_go_back_from_the_last() {
        let names = |last: &str, count| -> Vec<String> {
            let periods = last_periods(last.parse().unwrap(), count).unwrap();
            periods.iter().map(Period::to_string).collect()
        };
        assert_eq!(names("2025-2026.2", 3), ["2024-2025.2", "2025-2026.1", "2025-2026.2"]);
        assert_eq!(names("1991", 5), ["1990", "1991"]);
        for bad in [i32::MIN, 0, 13] {
            assert_eq!(
                last_periods(Period::calendar_year(2026), bad).unwrap_err().code(),
                Code::InvalidValue
            );
        }
    }
}
