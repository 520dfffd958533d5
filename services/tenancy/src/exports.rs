//! Lists as .xlsx: what the list shows, under the reader's rights.

use crate::classes::{self, page as classes_page};
use crate::lists::Listing;
use crate::organisations::store::{self, Which};
use crate::people::{self, page as people_page};
use crate::policy::{Action, may};
use crate::words::as_of;
use crate::{Tenancy, lists::searched};
use contract::Handle;
use contract::tenancy::{
    AssignmentKind, ClassSort, ExportAudit, ExportClasses, ExportOrganisations, ExportPeople, ListAudit,
    OrganisationKind, PersonSort,
};
use spreadsheets::{ExportColumn, ExportKind, Language, Value, export_xlsx};
use vocabulary::{Call, Code, Direction, Error, FileBytes, PageInput, Result, shanghai};

/// The most rows of an export.
const MOST: usize = 50_000;

const fn column(header_zh: &'static str, header_en: &'static str, kind: ExportKind) -> ExportColumn<'static> {
    ExportColumn { header_zh, header_en, kind }
}

async fn written(
    title: &'static str,
    columns: &'static [ExportColumn<'static>],
    rows: Vec<Vec<Value>>,
) -> Result<FileBytes> {
    if rows.len() > MOST {
        return Err(Error::new(Code::TooMany).with("max", MOST));
    }
    let written = tokio::task::spawn_blocking(move || export_xlsx(title, Language::Zh, columns, rows));
    written.await.map_err(Error::internal)?.map(FileBytes).map_err(Error::internal)
}

const ORGANISATIONS: &[ExportColumn<'static>] = &[
    column("机构编号", "Number", ExportKind::Integer),
    column("机构类型", "Kind", ExportKind::Text),
    column("机构名称", "Name", ExportKind::Text),
    column("上级主管部门", "Authority", ExportKind::Text),
    column("学校标识码", "School code", ExportKind::Text),
    column("统一社会信用代码", "Unified social credit code", ExportKind::Text),
    column("行政区划代码", "Place code", ExportKind::Text),
    column("成立日期", "Founded on", ExportKind::Date),
    column("终止日期", "Closed on", ExportKind::Date),
];

impl Handle<ExportOrganisations> for Tenancy {
    async fn handle(&self, call: &Call, request: ExportOrganisations) -> Result<FileBytes> {
        may(&call.principal, Action::Read)?;
        let on = as_of(request.as_of, self.database.clock().today())?;
        let mut listing =
            Listing::of(&PageInput::default(), &(), "lpad(o.owner_no::text, 10, '0')", Direction::Ascending)?;
        listing.limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let search = searched(request.filter.search.as_deref())?;
        let mut read = self.database.read(call).await?;
        let under = match request.filter.under {
            Some(id) => {
                let found = store::open(&mut read, &call.principal.readable, on, &[id.uuid()], &[]).await?;
                Some(found.first().ok_or_else(|| Error::new(Code::NotFound))?.no.0)
            }
            None => None,
        };
        let closed = request.filter.include_closed.unwrap_or(false);
        let which = Which { search: search.as_deref(), kind: request.filter.kind, under, closed };
        let (found, _) = store::list(&mut read, &call.principal.readable, on, &which, &listing).await?;
        drop(read);
        let rows = found.into_iter().map(|(o, _)| {
            let kind = match o.kind {
                OrganisationKind::Bureau => "主管部门",
                OrganisationKind::School => "学校",
                OrganisationKind::Alliance => "联盟",
            };
            vec![
                i64::from(o.no.0).into(),
                kind.into(),
                o.name.into(),
                o.authority.map(|a| a.name).into(),
                o.school_code.into(),
                o.credit_code.into(),
                o.place_code.into(),
                o.founded_on.into(),
                o.closed_on.into(),
            ]
        });
        written("机构", ORGANISATIONS, rows.collect()).await
    }
}

const PEOPLE: &[ExportColumn<'static>] = &[
    column("姓名", "Name", ExportKind::Text),
    column("登录名", "Account", ExportKind::Text),
    column("所在机构", "Organisation", ExportKind::Text),
    column("手机", "Telephone", ExportKind::Text),
    column("最近登录", "Last sign-in", ExportKind::DateTime),
    column("离职日期", "Left on", ExportKind::Date),
];

impl Handle<ExportPeople> for Tenancy {
    async fn handle(&self, call: &Call, request: ExportPeople) -> Result<FileBytes> {
        let mut rows = Vec::new();
        let mut which = PageInput { first: 100, after: None };
        loop {
            let asked = people::Asked {
                filter: &request.filter,
                sort: PersonSort::Name,
                direction: Direction::Ascending,
                page: &which,
            };
            let page = people_page(self, call, asked).await?;
            rows.extend(page.items.into_iter().map(|p| {
                let seen = p
                    .last_sign_in
                    .map_or(Value::Empty, |at| Value::DateTime(at.with_timezone(&shanghai()).naive_local()));
                vec![
                    p.name.into(),
                    p.login.into(),
                    p.organisation.name.into(),
                    p.phone.into(),
                    seen,
                    p.left_on.into(),
                ]
            }));
            if !page.more || rows.len() > MOST {
                break;
            }
            which.after = page.end;
        }
        written("人员", PEOPLE, rows).await
    }
}

const CLASSES: &[ExportColumn<'static>] = &[
    column("学校", "School", ExportKind::Text),
    column("班级名称", "Class", ExportKind::Text),
    column("入学年份", "Cohort", ExportKind::Integer),
    column("专业", "Programme", ExportKind::Text),
    column("人数", "Students", ExportKind::Integer),
    column("班主任", "Homeroom teacher", ExportKind::Text),
    column("空缺", "Vacant", ExportKind::Text),
    column("开班日期", "Opened on", ExportKind::Date),
];

impl Handle<ExportClasses> for Tenancy {
    async fn handle(&self, call: &Call, request: ExportClasses) -> Result<FileBytes> {
        let on = as_of(request.as_of, self.database.clock().today())?;
        let mut rows = Vec::new();
        let mut which = PageInput { first: 100, after: None };
        loop {
            let asked = classes::Asked {
                filter: &request.filter,
                sort: ClassSort::Name,
                direction: Direction::Ascending,
                as_of: request.as_of,
                page: &which,
            };
            let page = classes_page(self, call, asked).await?;
            rows.extend(page.items.into_iter().map(|c| {
                let leads = c.assignments.iter().filter(|a| {
                    a.kind != AssignmentKind::Deputy && a.from <= on && a.to.is_none_or(|to| to >= on)
                });
                let names: Vec<&str> = leads.map(|a| a.person_name.as_str()).collect();
                vec![
                    c.school.name.into(),
                    c.name.into(),
                    i64::from(c.cohort).into(),
                    c.programme.into(),
                    i64::from(c.headcount).into(),
                    names.join("、").into(),
                    if c.vacant { "空缺" } else { "" }.into(),
                    c.opened_on.into(),
                ]
            }));
            if !page.more || rows.len() > MOST {
                break;
            }
            which.after = page.end;
        }
        written("班级", CLASSES, rows).await
    }
}

const AUDIT: &[ExportColumn<'static>] = &[
    column("时间", "At", ExportKind::DateTime),
    column("人员", "Person", ExportKind::Text),
    column("操作", "Action", ExportKind::Text),
    column("机构编号", "Organisation", ExportKind::Integer),
    column("对象", "Subject", ExportKind::Text),
    column("内容", "Detail", ExportKind::LongText),
    column("请求编号", "Request", ExportKind::Text),
];

impl Handle<ExportAudit> for Tenancy {
    async fn handle(&self, call: &Call, request: ExportAudit) -> Result<FileBytes> {
        let mut rows = Vec::new();
        let mut page = PageInput { first: 100, after: None };
        loop {
            let listed =
                self.handle(call, ListAudit { filter: request.filter.clone(), page: page.clone() }).await?;
            rows.extend(listed.items.into_iter().map(|line| {
                let at = Value::DateTime(line.at.with_timezone(&shanghai()).naive_local());
                vec![
                    at,
                    line.person_name.into(),
                    line.action.into(),
                    i64::from(line.organisation_no.0).into(),
                    line.subject.into(),
                    line.detail.into(),
                    line.request_id.into(),
                ]
            }));
            if !listed.more || rows.len() > MOST {
                break;
            }
            page.after = listed.end;
        }
        written("审计", AUDIT, rows).await
    }
}
