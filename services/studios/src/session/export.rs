//! The sessions as .xlsx.

use super::{list, store};
use crate::export::{MOST, column, within_limit, written};
use crate::words::Word;
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{ExportSessions, SessionSort};
use spreadsheets::{ExportColumn, ExportKind, Value};
use vocabulary::{Call, Direction, FileBytes, Result, shanghai};

const COLUMNS: &[ExportColumn<'static>] = &[
    column("工作室名称", "Studio", ExportKind::Text),
    column("活动", "Session", ExportKind::LongText),
    column("开始时间", "Begins", ExportKind::DateTime),
    column("时长（分钟）", "Minutes", ExportKind::Integer),
    column("地点", "Place", ExportKind::Text),
    column("职能", "Functions", ExportKind::Text),
    column("活动类型", "Activities", ExportKind::Text),
    column("部门联合", "Joint", ExportKind::Text),
    column("状态", "State", ExportKind::Text),
    column("应到", "Expected", ExportKind::Integer),
    column("实到", "Present", ExportKind::Integer),
    column("另有", "Others", ExportKind::Integer),
    column("纪要", "Minutes of the session", ExportKind::LongText),
    column("取消原因", "Why cancelled", ExportKind::LongText),
];

/// Terms as a cell names them.
fn terms<T: Word>(terms: &[T]) -> String {
    terms.iter().map(|term| term.zh()).collect::<Vec<_>>().join("、")
}

impl Handle<ExportSessions> for Studios {
    async fn handle(&self, call: &Call, request: ExportSessions) -> Result<FileBytes> {
        let scope = policy::reads(&call.principal)?;
        let which = list::which(&request.filter)?;
        let mut read = self.database.read(call).await?;
        let order = (SessionSort::StartsAt, Direction::Ascending);
        let rows = store::list(&mut read, &scope, &which, order, None, MOST + 1).await?;
        drop(read);
        let rows = within_limit(rows)?.into_iter().map(|row| {
            let session = row.session;
            vec![
                row.studio_name.into(),
                session.title.into(),
                Value::DateTime(session.starts_at.with_timezone(&shanghai()).naive_local()),
                session.minutes.map(i64::from).into(),
                session.place.into(),
                terms(&session.functions).into(),
                terms(&session.activities).into(),
                if session.joint { "是" } else { "否" }.into(),
                session.state.zh().into(),
                i64::from(session.expected).into(),
                i64::from(session.present).into(),
                i64::from(session.others).into(),
                session.summary.into(),
                session.cancel_reason.into(),
            ]
        });
        written("活动", COLUMNS, rows.collect()).await
    }
}
