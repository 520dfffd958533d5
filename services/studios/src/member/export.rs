//! A studio's members as .xlsx.

use super::store;
use crate::export::{column, written};
use crate::words::Word;
use crate::{Studios, policy, studio};
use contract::Handle;
use contract::studios::ExportMembers;
use spreadsheets::{ExportColumn, ExportKind};
use vocabulary::{Call, Code, Error, FileBytes, Result};

const COLUMNS: &[ExportColumn<'static>] = &[
    column("姓名", "Name", ExportKind::Text),
    column("所在单位", "Home organisation", ExportKind::Text),
    column("校外成员", "Guest", ExportKind::Text),
    column("成员角色", "Part", ExportKind::Text),
    column("主要类别", "Principal category", ExportKind::Text),
    column("全部类别", "Categories", ExportKind::LongText),
    column("加入日期", "From", ExportKind::Date),
    column("退出日期", "To", ExportKind::Date),
];

impl Handle<ExportMembers> for Studios {
    async fn handle(&self, call: &Call, request: ExportMembers) -> Result<FileBytes> {
        let scope = policy::reads(&call.principal)?;
        let mut read = self.database.read(call).await?;
        let studio = studio::store::find(&mut read, &scope, request.studio).await?;
        studio.ok_or_else(|| Error::new(Code::NotFound))?;
        let today = self.database.clock().today();
        let members = store::of_studios(&mut read, &scope, &[request.studio], today).await?;
        drop(read);
        let rows = members.into_iter().map(|member| {
            let categories: Vec<&str> = member.categories.iter().map(|category| category.zh()).collect();
            vec![
                member.person_name.into(),
                member.home_name.into(),
                if member.guest { "是" } else { "否" }.into(),
                member.role.zh().into(),
                member.principal_category.zh().into(),
                categories.join("、").into(),
                member.from.into(),
                member.to.into(),
            ]
        });
        written("成员", COLUMNS, rows.collect()).await
    }
}
