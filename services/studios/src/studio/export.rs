//! The list of studios as .xlsx.

use super::{list, store};
use crate::export::{MOST, column, within_limit, written};
use crate::words::Word;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{ExportStudios, StudioSort};
use spreadsheets::{ExportColumn, ExportKind, Value};
use vocabulary::{Call, Direction, FileBytes, Result, shanghai};

const COLUMNS: &[ExportColumn<'static>] = &[
    column("工作室名称", "Studio", ExportKind::Text),
    column("级别", "Level", ExportKind::Text),
    column("阶段", "Stage", ExportKind::Text),
    column("建设模式", "Mode", ExportKind::Text),
    column("领衔类型", "Leader type", ExportKind::Text),
    column("主持人", "Lead", ExportKind::Text),
    column("成立日期", "Founded on", ExportKind::Date),
    column("结束日期", "Closed on", ExportKind::Date),
    column("成员数", "Members", ExportKind::Integer),
    column("未销账任务", "Open tasks", ExportKind::Integer),
    column("逾期任务", "Overdue tasks", ExportKind::Integer),
    column("最近动态", "Last activity", ExportKind::DateTime),
];

impl Handle<ExportStudios> for Studios {
    async fn handle(&self, call: &Call, request: ExportStudios) -> Result<FileBytes> {
        let scope = policy::reads(&call.principal)?;
        let which = list::which(&call.principal, &request.filter)?;
        let today = self.database.clock().today();
        let mut read = self.database.read(call).await?;
        let order = (StudioSort::Name, Direction::Ascending);
        let rows = store::list(&mut read, &scope, today, &which, order, None, MOST + 1).await?;
        drop(read);
        let rows = within_limit(rows)?.into_iter().map(|(studio, _)| {
            vec![
                studio.name.into(),
                studio.level.zh().into(),
                studio.stage.into(),
                studio.mode.zh().into(),
                studio.leader_type.zh().into(),
                studio.lead_name.into(),
                studio.founded_on.into(),
                studio.closed_on.into(),
                i64::from(studio.members).into(),
                i64::from(studio.open_tasks).into(),
                i64::from(studio.overdue_tasks).into(),
                studio
                    .last_activity
                    .map_or(Value::Empty, |at| Value::DateTime(at.with_timezone(&shanghai()).naive_local())),
            ]
        });
        written("工作室", COLUMNS, rows.collect()).await
    }
}
