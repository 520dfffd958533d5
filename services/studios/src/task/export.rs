//! The ledger as .xlsx.

use super::{list, store};
use crate::export::{MOST, column, within_limit, written};
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{ExportTasks, TaskSort, TaskState};
use spreadsheets::{ExportColumn, ExportKind};
use vocabulary::{Call, Direction, FileBytes, Result};

const COLUMNS: &[ExportColumn<'static>] = &[
    column("工作室名称", "Studio", ExportKind::Text),
    column("任务", "Task", ExportKind::LongText),
    column("负责人", "Owner", ExportKind::Text),
    column("到期日", "Due on", ExportKind::Date),
    column("状态", "State", ExportKind::Text),
    column("销账日期", "Closed on", ExportKind::Date),
    column("证据", "Evidence", ExportKind::LongText),
    column("证据链接", "Link", ExportKind::LongText),
    column("无证据原因", "Reason", ExportKind::LongText),
    column("逾期天数", "Days overdue", ExportKind::Integer),
];

impl Handle<ExportTasks> for Studios {
    async fn handle(&self, call: &Call, request: ExportTasks) -> Result<FileBytes> {
        let scope = policy::reads(&call.principal)?;
        let which = list::which(&call.principal, &request.filter)?;
        let today = self.database.clock().today();
        let mut read = self.database.read(call).await?;
        let order = (TaskSort::DueOn, Direction::Ascending);
        let rows = store::list(&mut read, &scope, today, &which, order, None, MOST + 1).await?;
        drop(read);
        let rows = within_limit(rows)?.into_iter().map(|row| {
            let studio = row.studio_name.clone();
            let task = row.shown(today);
            vec![
                studio.into(),
                task.title.into(),
                task.owner_name.into(),
                task.due_on.into(),
                if task.state == TaskState::Open { "未销账" } else { "已销账" }.into(),
                task.closed_on.into(),
                task.evidence_text.into(),
                task.evidence_link.into(),
                task.reason.into(),
                i64::from(task.overdue_days).into(),
            ]
        });
        written("任务台账", COLUMNS, rows.collect()).await
    }
}
