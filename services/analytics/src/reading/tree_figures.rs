//! Figures of sets of schools together: counted facts are added, then divided.

use super::{figure, store};
use crate::figures::{SLOTS, Standing, balance, coverage};
use crate::policy::{Action, may};
use crate::{Analytics, sheet};
use chrono::NaiveDate;
use contract::Handle;
use contract::analytics::{SubjectFigures, TreeFigures};
use std::collections::BTreeSet;
use vocabulary::{Call, METRICS, Metric, MetricState, OrganisationNo, Result, Unit, at_most};

/// Supplementary categories: they are told apart again over the whole set.
const CATEGORIES: &str = "2.1.1.b";
/// Functions covered: they are told apart again over the whole set, too.
const COVERED: &str = "1.2.1.b";
/// The balance of functions: it is that of all sessions together.
const BALANCE: &str = "1.2.1.c";
/// Guests, among members and at sessions: how many schools they come from has no sum.
const GUESTS: [&str; 2] = ["2.1.1.c", "3.2.2.e"];

impl Handle<TreeFigures> for Analytics {
    async fn handle(&self, call: &Call, request: TreeFigures) -> Result<Vec<SubjectFigures>> {
        may(&call.principal, Action::ReadFigures)?;
        at_most("sets", request.sets.iter().map(Vec::len).sum::<usize>().max(request.sets.len()))?;
        let readable = &call.principal.readable;
        let within = |set: &Vec<OrganisationNo>| -> BTreeSet<OrganisationNo> {
            set.iter().copied().filter(|no| readable.contains(*no)).collect()
        };
        let sets: Vec<BTreeSet<OrganisationNo>> = request.sets.iter().map(within).collect();
        let schools: Vec<OrganisationNo> =
            sets.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let mut read = self.database.read(call).await?;
        let found = store::school_sheets(&mut read, &call.principal, request.period, &schools).await?;
        let pooled = store::pooled(&mut read, &call.principal, request.period, &sets).await?;
        let sum = |(set, pooled): (&BTreeSet<OrganisationNo>, &store::Pooled)| {
            let mut sums = [Sum::default(); SLOTS];
            let mut as_of: Option<NaiveDate> = None;
            for no in set {
                let sheet = found.get(no);
                let figures = sheet.map(|(_, bytes)| sheet::unpack(bytes)).transpose()?;
                let figures = figures.unwrap_or([Standing::insufficient(); SLOTS]);
                sums.iter_mut().zip(&figures).for_each(|(sum, figure)| sum.add(figure));
                as_of = as_of.into_iter().chain(sheet.map(|(day, _)| *day)).min();
            }
            let figures = METRICS.iter().zip(sums).map(|(metric, sum)| {
                let mut together = figure(metric, request.period, sum.standing(metric, pooled));
                if metric.asked_of(request.period) {
                    together.missing = sum.without_evidence;
                }
                together
            });
            Ok(SubjectFigures { period: request.period, as_of, figures: figures.collect() })
        };
        sets.iter().zip(&pooled).map(sum).collect()
    }
}

/// The counted facts of one metric over a set of schools.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    values: u32,
    without_evidence: i32,
    numerator: f64,
    denominator: f64,
}

impl Sum {
    fn add(&mut self, figure: &Standing) {
        match figure.state {
            MetricState::Value => {
                self.values += 1;
                self.numerator += figure.numerator.unwrap_or_default();
                self.denominator += figure.denominator.unwrap_or_default();
            }
            MetricState::InsufficientEvidence => self.without_evidence += 1,
            MetricState::NotApplicable | MetricState::Suppressed => {}
        }
    }

    fn standing(&self, metric: &Metric, pooled: &store::Pooled) -> Standing {
        if self.values == 0 && self.without_evidence > 0 {
            return Standing::insufficient();
        }
        if self.values == 0 {
            return Standing::not_applicable();
        }
        match metric.unit {
            Unit::Percent => Standing::share(self.numerator, self.denominator),
            Unit::Days => pooled.median.map_or_else(Standing::not_applicable, |days| Standing {
                numerator: None,
                ..Standing::count(days, Some(self.denominator))
            }),
            Unit::Count if metric.id == CATEGORIES => {
                Standing::count(f64::from(pooled.categories), Some(crate::figures::SUPPLEMENTARY))
            }
            Unit::Count if metric.id == COVERED => coverage(pooled.served.len()),
            Unit::Count if GUESTS.contains(&metric.id.as_str()) => Standing::count(self.numerator, None),
            Unit::Index if metric.id == BALANCE => balance(pooled.served.iter().copied()),
            Unit::Count | Unit::ClassDays => Standing::count(self.numerator, Some(self.denominator)),
            // No such metric is computed yet, and none of them adds up.
            _ => Standing::insufficient(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::metric;

    fn together(id: &str, figures: &[Standing]) -> (Standing, i32) {
        let mut sum = Sum::default();
        for figure in figures {
            sum.add(figure);
        }
        let pooled = store::Pooled { median: Some(4.0), categories: 3, served: vec![6, 2] };
        (sum.standing(metric(id).unwrap().1, &pooled), sum.without_evidence)
    }

    #[test]
    fn counted_facts_are_added_and_then_divided() {
        let schools = [Standing::share(1.0, 2.0), Standing::share(6.0, 6.0), Standing::not_applicable()];
        assert_eq!(together("3.3.1.a", &schools), (Standing::share(7.0, 8.0), 0));
        let counts =
            [Standing::count(3.0, Some(40.0)), Standing::count(0.0, Some(60.0)), Standing::insufficient()];
        assert_eq!(together("1.1.2.b", &counts), (Standing::count(3.0, Some(100.0)), 1));
    }

    #[test]
    fn what_has_no_sum_is_asked_of_the_records() {
        let medians = [Standing::count(2.0, Some(1.0)), Standing::count(9.0, Some(2.0))];
        let expected = Standing { numerator: None, ..Standing::count(4.0, Some(3.0)) };
        assert_eq!(together("3.3.1.c", &medians).0, expected);
        let categories = [Standing::count(2.0, Some(5.0)), Standing::count(3.0, Some(5.0))];
        assert_eq!(together("2.1.1.b", &categories).0, Standing::count(3.0, Some(5.0)));
        let guests = [Standing::count(2.0, Some(1.0)), Standing::count(3.0, Some(2.0))];
        for id in ["2.1.1.c", "3.2.2.e"] {
            assert_eq!(together(id, &guests).0, Standing::count(5.0, None), "{id}");
        }
    }

    #[test]
    fn functions_are_told_apart_over_the_whole_set() {
        // One school serves a function six times, the other another one twice: neither is balanced, together they are
        // in part.
        let covered = [Standing::count(1.0, Some(4.0)), Standing::count(1.0, Some(4.0))];
        assert_eq!(together("1.2.1.b", &covered), (Standing::count(2.0, Some(4.0)), 0));
        let schools = [balance([6]), balance([2]), Standing::insufficient()];
        let (all, missing) = together("1.2.1.c", &schools);
        assert_eq!((all, missing), (balance([2, 6]), 1));
        assert_eq!((all.numerator, all.denominator), (None, Some(8.0)));
        assert!((all.value.unwrap() - 0.405_639_062_229_566).abs() < 1e-12, "−¾ ln ¾ − ¼ ln ¼, by ln 4");
        assert_eq!(together("1.2.1.b", &[Standing::insufficient()]), (Standing::insufficient(), 1));
        assert_eq!(together("1.2.1.c", &[Standing::not_applicable()]), (Standing::not_applicable(), 0));
    }

    #[test]
    fn no_school_is_not_applicable_and_no_evidence_anywhere_is_none() {
        assert_eq!(together("3.3.1.a", &[]), (Standing::not_applicable(), 0));
        let none = [Standing::insufficient(), Standing::not_applicable()];
        assert_eq!(together("3.3.1.a", &none), (Standing::insufficient(), 1));
    }
}
