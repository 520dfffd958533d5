//! Bringing an organisation's figures to its records and to today.
//!
//! Which sheets there are, and what stands in them, follows from the records and the day alone: a sheet for each
//! period from a subject's first record to the one that runs today. So the way by which the records came leaves no
//! trace, and a rebuild gives the same bytes.

pub(crate) mod store;

use crate::figures::{Computed, Frame, SLOTS, compute};
use crate::records::{self, Records, Subject, Touched};
use crate::sheet;
use chrono::{Datelike as _, NaiveDate};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use vocabulary::{OrganisationNo, Period, Result};

/// What stands in the database of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Head {
    pub(crate) as_of: NaiveDate,
    /// Which kinds of records the subject ever had, and by how many metrics it was computed: one that a newer program
    /// adds is computed for past periods too.
    pub(crate) evidence: i16,
}

/// What a head says of the evidence, and of this program's metrics.
fn computed_by(evidence: i16) -> i16 {
    i16::try_from(SLOTS).unwrap_or(i16::MAX).saturating_mul(32).saturating_add(evidence)
}

/// A sheet's place: its period and subject.
pub(crate) type Place = (Period, Subject);

/// A sheet to be written, with its facts and lineage.
pub(crate) struct Sheet {
    pub(crate) place: Place,
    pub(crate) head: Head,
    pub(crate) figures: [Computed; SLOTS],
}

/// The periods of every kind from the one that holds the first day to the ones that run on the last.
fn periods(first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    // A period before 1990 has no name, so nobody can ask for it.
    let from = (first.year() - 1).max(1990);
    let years = from..=last.year();
    let each = years.flat_map(|y| {
        [Period::semester(y, 1), Period::semester(y, 2), Period::school_year(y), Period::calendar_year(y)]
    });
    each.filter(|period| period.last_day() >= first && period.first_day() <= last).collect()
}

/// The sheets that there are to be.
fn wanted(records: &Records, today: NaiveDate) -> BTreeMap<Place, Head> {
    let mut sheets = BTreeMap::new();
    for (subject, first) in records.subjects() {
        let evidence = computed_by(records.evidence(subject));
        for period in periods(first.min(today), today) {
            let head = Head { as_of: Frame::of(period, today).as_of, evidence };
            sheets.insert((period, subject), head);
        }
    }
    sheets
}

/// What is to be done with the sheets of an organisation.
#[derive(Debug, Default, PartialEq)]
struct Plan {
    /// To be computed: new ones, those of an earlier day or with other evidence, and those touched.
    compute: Vec<(Place, Head)>,
    /// No longer there: the first record lies later than it did.
    remove: Vec<Place>,
}

fn plan(wanted: BTreeMap<Place, Head>, there: &BTreeMap<Place, Head>, touched: &Touched) -> Plan {
    let remove = there.keys().filter(|place| !wanted.contains_key(place)).copied().collect();
    let differs =
        |(place, head): &(Place, Head)| there.get(place) != Some(head) || touched.holds(place.1, place.0);
    Plan { compute: wanted.into_iter().filter(differs).collect(), remove }
}

/// Computes and writes what differs; gives how many sheets were looked at. The organisation is locked.
pub(crate) async fn refresh(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    today: NaiveDate,
    touched: &Touched,
) -> Result<usize> {
    let mut records = records::store::records(&mut *connection, owner).await?;
    let there = store::heads(&mut *connection, owner).await?;
    let plan = plan(wanted(&records, today), &there, touched);
    if !plan.remove.is_empty() {
        store::remove(&mut *connection, owner, &plan.remove).await?;
    }
    let days = plan.compute.iter().map(|((period, _), _)| (period.first_day(), period.last_day()));
    let Some((first, last)) = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return Ok(0) };
    records.tasks = records::store::tasks_due(&mut *connection, owner, first, last).await?;
    records.sessions = records::store::sessions_held(&mut *connection, owner, first, last).await?;
    let sheets = plan.compute.into_iter().map(|(place, head)| {
        let frame = Frame { period: place.0, as_of: head.as_of };
        Sheet { place, head, figures: compute(&records, owner, place.1, frame) }
    });
    let sheets: Vec<Sheet> = sheets.collect();
    store::put_lineage(&mut *connection, owner, &sheets).await?;
    store::put_facts(&mut *connection, owner, &sheets).await?;
    store::put_sheets(&mut *connection, owner, &sheets).await?;
    Ok(sheets.len())
}

impl Sheet {
    fn packed(&self) -> Vec<u8> {
        sheet::pack(&self.figures.each_ref().map(|computed| computed.figure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{class, day};

    fn school(opened_on: &str) -> Records {
        let classes = vec![class(1, opened_on, None, vec![])];
        Records::new(classes, vec![], vec![], BTreeMap::new(), BTreeMap::new())
    }

    fn names(sheets: &BTreeMap<Place, Head>) -> Vec<String> {
        sheets.keys().map(|(period, _)| period.to_string()).collect()
    }

    #[test]
    fn there_are_sheets_from_the_first_record_to_today() {
        let sheets = wanted(&school("2025-12-01"), day("2026-05-18"));
        assert_eq!(names(&sheets), ["2025-2026.1", "2025-2026.2", "2025-2026", "2025", "2026"]);
        let place = ("2025-2026.2".parse().unwrap(), Subject::Organisation);
        assert_eq!(sheets[&place], Head { as_of: day("2026-05-18"), evidence: computed_by(1) });
        let before = ("2025".parse().unwrap(), Subject::Organisation);
        assert_eq!(sheets[&before].as_of, day("2025-12-31"));
        // A record of the future alone still has the sheets that run; in August no semester does.
        assert_eq!(names(&wanted(&school("2026-09-01"), day("2026-08-20"))), ["2025-2026", "2026"]);
        assert_eq!(wanted(&school("1890-01-01"), day("1990-10-01")).len(), 3);
    }

    #[test]
    fn only_what_differs_is_computed() {
        let today = day("2026-05-18");
        let there = wanted(&school("2025-12-01"), today);
        let nothing = Touched::default();
        assert_eq!(plan(there.clone(), &there, &nothing), Plan::default());
        let tomorrow = plan(wanted(&school("2025-12-01"), day("2026-05-19")), &there, &nothing);
        let running: Vec<String> = tomorrow.compute.iter().map(|(place, _)| place.0.to_string()).collect();
        assert_eq!(running, ["2025-2026.2", "2025-2026", "2026"]);
        let later = plan(wanted(&school("2026-03-01"), today), &there, &nothing);
        let gone: Vec<String> = later.remove.iter().map(|place| place.0.to_string()).collect();
        assert_eq!((gone, later.compute.len()), (vec!["2025-2026.1".to_owned(), "2025".to_owned()], 0));
    }
}
