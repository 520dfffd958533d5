//! A studio's plan for a school year as .xlsx.

use super::store;
use crate::export::{column, written};
use crate::{Studios, check, policy, studio};
use contract::Handle;
use contract::studios::ExportPlanItems;
use spreadsheets::{ExportColumn, ExportKind};
use vocabulary::{Call, Code, Error, FileBytes, Result};

const COLUMNS: &[ExportColumn<'static>] = &[
    column("工作室名称", "Studio", ExportKind::Text),
    column("学年", "School year", ExportKind::Text),
    column("方案任务", "Plan item", ExportKind::LongText),
    column("负责人", "Owner", ExportKind::Text),
    column("预期成果", "Deliverable", ExportKind::LongText),
    column("完成期限", "Due on", ExportKind::Date),
    column("衡量标准", "Measure", ExportKind::LongText),
    column("台账任务", "Ledger lines", ExportKind::Integer),
    column("已销账", "Closed", ExportKind::Integer),
];

impl Handle<ExportPlanItems> for Studios {
    async fn handle(&self, call: &Call, request: ExportPlanItems) -> Result<FileBytes> {
        let scope = policy::reads(&call.principal)?;
        let year = check::school_year("schoolYear", request.school_year)?;
        let mut read = self.database.read(call).await?;
        let studio = studio::store::find(&mut read, &scope, request.studio).await?;
        let studio = studio.ok_or_else(|| Error::new(Code::NotFound))?;
        let items = store::of_studios(&mut read, &scope, &[request.studio], year).await?;
        drop(read);
        let rows = items.into_iter().map(|item| {
            vec![
                studio.charter.name.clone().into(),
                format!("{year}-{}", year + 1).into(),
                item.title.into(),
                item.owner_name.into(),
                item.deliverable.into(),
                item.due_on.into(),
                item.measure.into(),
                i64::from(item.tasks).into(),
                i64::from(item.tasks_closed).into(),
            ]
        });
        written("方案任务", COLUMNS, rows.collect()).await
    }
}
