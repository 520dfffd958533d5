//! Reading figures: each use case in its file, all from sheets and lineage, never computing.

mod figure_records;
mod figure_trend;
mod school_figures;
mod store;
mod studio_figures;
mod tree_figures;

use crate::figures::{SLOTS, Standing};
use crate::policy::{Relation, may_read};
use crate::records::Subject;
use crate::{Analytics, policy, sheet};
use chrono::NaiveDate;
use contract::analytics::{Figure, SubjectFigures};
use platform::Read;
use vocabulary::{Call, Code, Error, METRICS, Metric, OrganisationNo, Period, Result, StudioId, metric};

/// A metric that is not asked of periods of this kind is not applicable in them, whatever the records.
fn figure(metric: &Metric, period: Period, standing: Standing) -> Figure {
    let standing = if metric.asked_of(period) { standing } else { Standing::not_applicable() };
    Figure {
        metric: metric.id.clone(),
        state: standing.state,
        value: standing.value,
        numerator: standing.numerator,
        denominator: standing.denominator,
        missing: i32::from(standing.missing),
    }
}

/// A sheet as it was read: its day and its bytes.
type Found = (NaiveDate, Vec<u8>);

/// All figures of a subject; one without a sheet has no evidence for any.
fn subject_figures(period: Period, found: Option<&Found>) -> Result<SubjectFigures> {
    let standings = found.map(|(_, bytes)| sheet::unpack(bytes)).transpose()?;
    let standings = standings.unwrap_or([Standing::insufficient(); SLOTS]);
    Ok(SubjectFigures {
        period,
        as_of: found.map(|(as_of, _)| *as_of),
        figures: METRICS
            .iter()
            .zip(standings)
            .map(|(metric, standing)| figure(metric, period, standing))
            .collect(),
    })
}

fn known_metric(id: &str) -> Result<(usize, &'static Metric)> {
    metric(id).ok_or_else(|| Error::new(Code::MetricUnknown).on("metric"))
}

impl Analytics {
    /// Opens a read on one subject, named as a school or as a studio; what the caller may not read is not found. `None`
    /// where the studio is so new that it is not known here yet.
    async fn open_subject(
        &self,
        call: &Call,
        school: Option<OrganisationNo>,
        studio: Option<StudioId>,
    ) -> Result<(Read, Option<OrganisationNo>, Subject)> {
        let principal = &call.principal;
        policy::may(principal, policy::Action::ReadFigures)?;
        match (school, studio) {
            (Some(no), None) => {
                may_read(principal, Relation::of(principal, Some(no), None))?;
                Ok((self.database.read(call).await?, Some(no), Subject::Organisation))
            }
            (None, Some(studio)) => {
                let mut read = self.database.read(call).await?;
                let owner = store::studio_owner(&mut read, principal, studio).await?;
                may_read(principal, Relation::of(principal, owner, Some(studio)))?;
                Ok((read, owner, Subject::Studio(studio.uuid())))
            }
            (None, None) => Err(Error::new(Code::Required).on("school")),
            (Some(_), Some(_)) => Err(Error::new(Code::InvalidValue).on("studio")),
        }
    }
}
