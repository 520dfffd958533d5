//! The figures of schools: one query over their sheets.

use super::{store, subject_figures};
use crate::Analytics;
use crate::policy::{Action, may};
use contract::Handle;
use contract::analytics::{SchoolFigures, SubjectFigures};
use vocabulary::{Call, Result, at_most};

impl Handle<SchoolFigures> for Analytics {
    async fn handle(&self, call: &Call, request: SchoolFigures) -> Result<Vec<Option<SubjectFigures>>> {
        may(&call.principal, Action::ReadFigures)?;
        at_most("schools", request.schools.len())?;
        let mut read = self.database.read(call).await?;
        let found =
            store::school_sheets(&mut read, &call.principal, request.period, &request.schools).await?;
        let readable = &call.principal.readable;
        let answer = request.schools.iter().map(|no| {
            let within = readable.contains(*no);
            within.then(|| subject_figures(request.period, found.get(no))).transpose()
        });
        answer.collect()
    }
}
