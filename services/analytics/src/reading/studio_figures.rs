//! The figures of studios: one query over their sheets.

use super::{store, subject_figures};
use crate::Analytics;
use crate::policy::{Action, may};
use contract::Handle;
use contract::analytics::{StudioFigures, SubjectFigures};
use vocabulary::{Call, Result, at_most};

impl Handle<StudioFigures> for Analytics {
    async fn handle(&self, call: &Call, request: StudioFigures) -> Result<Vec<Option<SubjectFigures>>> {
        may(&call.principal, Action::ReadFigures)?;
        at_most("studios", request.studios.len())?;
        let mut read = self.database.read(call).await?;
        let found =
            store::studio_sheets(&mut read, &call.principal, request.period, &request.studios).await?;
        let answer = request.studios.iter().map(|studio| match found.get(studio) {
            Some(sheet) => subject_figures(request.period, sheet.as_ref()).map(Some),
            // Founded a moment ago: its event is under way.
            None if call.principal.studios.contains(studio) => {
                subject_figures(request.period, None).map(Some)
            }
            None => Ok(None),
        });
        answer.collect()
    }
}
