//! The network as a bureau's own spreadsheets: the headers are the import templates'.

use crate::town::Town;
use anyhow::Result;
use contract::{studios, tenancy};
use spreadsheets::{ExportColumn, ExportKind, Language, Value, export_xlsx};

/// Which service takes a spreadsheet.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// Tenancy's templates.
    Tenancy(tenancy::ImportKind),
    /// Studios' templates.
    Studios(studios::ImportKind),
}

/// A spreadsheet to be imported.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Which template it follows.
    pub target: Target,
    /// Its title in Chinese.
    pub title: &'static str,
    /// The .xlsx file.
    pub file: Vec<u8>,
    /// How many rows it has.
    pub rows: usize,
}

impl Sheet {
    /// The template's word in the API's paths.
    pub const fn kind(&self) -> &'static str {
        match self.target {
            Target::Tenancy(tenancy::ImportKind::Organisations) => "organisations",
            Target::Tenancy(tenancy::ImportKind::People) => "people",
            Target::Tenancy(tenancy::ImportKind::Classes) => "classes",
            Target::Studios(studios::ImportKind::Studios) => "studios",
            Target::Studios(studios::ImportKind::PlanItems) => "plan_items",
            Target::Studios(studios::ImportKind::Tasks) => "tasks",
            Target::Studios(studios::ImportKind::Sessions) => "sessions",
        }
    }

    /// The service's word in the API's paths.
    pub const fn service(&self) -> &'static str {
        match self.target {
            Target::Tenancy(_) => "tenancy",
            Target::Studios(_) => "studios",
        }
    }
}

/// Lays the network out as spreadsheets, in the order in which they are to be imported.
pub fn sheets(town: &Town) -> Result<Vec<Sheet>> {
    use studios::ImportKind as S;
    use tenancy::ImportKind as T;
    Ok(vec![
        sheet(Target::Tenancy(T::Organisations), "机构", ORGANISATIONS, organisations(town))?,
        sheet(Target::Tenancy(T::People), "人员与授权", PEOPLE, people(town))?,
        sheet(Target::Tenancy(T::Classes), "班级与班主任", CLASSES, classes(town))?,
        sheet(Target::Studios(S::Studios), "工作室与成员", STUDIOS, studios_of(town))?,
        sheet(Target::Studios(S::PlanItems), "方案任务", PLAN_ITEMS, plan_items(town))?,
        sheet(Target::Studios(S::Tasks), "任务台账", TASKS, tasks(town))?,
        sheet(Target::Studios(S::Sessions), "活动与签到", SESSIONS, sessions(town))?,
    ])
}

type Row = Vec<Value>;

fn sheet(
    target: Target,
    title: &'static str,
    headers: &[(&'static str, ExportKind)],
    rows: Vec<Row>,
) -> Result<Sheet> {
    let column = |(header, kind): &(&'static str, ExportKind)| ExportColumn {
        header_zh: header,
        header_en: header,
        kind: *kind,
    };
    let columns: Vec<_> = headers.iter().map(column).collect();
    let count = rows.len();
    Ok(Sheet { target, title, file: export_xlsx(title, Language::Zh, &columns, rows)?, rows: count })
}

const fn text(header: &'static str) -> (&'static str, ExportKind) {
    (header, ExportKind::Text)
}
const fn date(header: &'static str) -> (&'static str, ExportKind) {
    (header, ExportKind::Date)
}
const fn whole(header: &'static str) -> (&'static str, ExportKind) {
    (header, ExportKind::Integer)
}

const ORGANISATIONS: &[(&str, ExportKind)] = &[
    text("机构类型"),
    text("机构名称"),
    text("级别"),
    text("上级主管部门"),
    text("学校标识码"),
    text("统一社会信用代码"),
    text("行政区划代码"),
    date("成立日期"),
];
const PEOPLE: &[(&str, ExportKind)] =
    &[text("姓名"), text("登录名"), text("所在机构"), text("手机"), text("角色"), date("授权起始日期")];
const CLASSES: &[(&str, ExportKind)] = &[
    text("学校"),
    text("班级名称"),
    whole("入学年份"),
    text("专业"),
    whole("人数"),
    date("开班日期"),
    text("班主任登录名"),
    text("任职类型"),
    date("任职起始日期"),
    date("任职结束日期"),
    text("聘任文号"),
];
const STUDIOS: &[(&str, ExportKind)] = &[
    text("所属单位"),
    text("工作室名称"),
    text("级别"),
    text("阶段"),
    text("建设模式"),
    text("领衔类型"),
    date("成立日期"),
    text("成员登录名"),
    text("成员角色"),
    text("主要类别"),
    text("其他类别"),
    date("加入日期"),
];
const PLAN_ITEMS: &[(&str, ExportKind)] = &[
    text("所属单位"),
    text("工作室名称"),
    whole("学年"),
    text("方案任务"),
    text("负责人登录名"),
    text("预期成果"),
    date("到期日"),
    text("衡量标准"),
];
const SESSIONS: &[(&str, ExportKind)] = &[
    text("所属单位"),
    text("工作室名称"),
    text("活动"),
    date("活动日期"),
    text("开始时间"),
    whole("时长（分钟）"),
    text("地点"),
    text("职能"),
    text("活动类型"),
    text("部门联合"),
    text("人员登录名"),
    text("是否到会"),
    text("纪要"),
];
const TASKS: &[(&str, ExportKind)] = &[
    text("所属单位"),
    text("工作室名称"),
    text("任务"),
    text("负责人登录名"),
    date("到期日"),
    text("方案任务"),
    date("销账日期"),
    text("证据"),
    text("证据链接"),
    text("无证据原因"),
];

fn day(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn organisations(town: &Town) -> Vec<Row> {
    let founded = Value::Date(day(2000, 9, 1));
    // The city's bureau is there already: it made the installation.
    let bureau = |place: &crate::town::Place| {
        vec![
            "主管部门".into(),
            place.bureau.clone().into(),
            "县区".into(),
            town.city().bureau.clone().into(),
            Value::Empty,
            Value::Empty,
            place.code.clone().into(),
            founded.clone(),
        ]
    };
    let school = |school: &crate::town::School| {
        vec![
            "学校".into(),
            school.name.clone().into(),
            Value::Empty,
            school.bureau.clone().into(),
            school.code.clone().into(),
            Value::Empty,
            school.place.clone().into(),
            founded.clone(),
        ]
    };
    town.places.iter().skip(1).map(bureau).chain(town.schools.iter().map(school)).collect()
}

fn people(town: &Town) -> Vec<Row> {
    let since = Value::Date(day(2020, 9, 1));
    let row = |p: &crate::town::Person| {
        vec![
            p.name.clone().into(),
            p.login.clone().into(),
            p.organisation.clone().into(),
            p.phone.clone().into(),
            p.role.into(),
            since.clone(),
        ]
    };
    town.people.iter().map(row).collect()
}

fn classes(town: &Town) -> Vec<Row> {
    let rows = |class: &crate::town::Class| {
        let row = |(login, kind, from, to): &(
            String,
            &'static str,
            chrono::NaiveDate,
            Option<chrono::NaiveDate>,
        )| {
            vec![
                class.school.clone().into(),
                class.name.clone().into(),
                i64::from(class.cohort).into(),
                class.programme.into(),
                i64::from(class.headcount).into(),
                class.opened_on.into(),
                login.clone().into(),
                (*kind).into(),
                (*from).into(),
                (*to).into(),
                // Some appointments were made without a paper.
                (class.headcount % 8 != 3)
                    .then(|| format!("校发〔{}〕{} 号", class.cohort, 10 + class.headcount))
                    .into(),
            ]
        };
        class.teachers.iter().map(row).collect::<Vec<_>>()
    };
    town.classes.iter().flat_map(rows).collect()
}

fn studios_of(town: &Town) -> Vec<Row> {
    let rows = |studio: &crate::town::Studio| {
        let [level, mode, leader] = studio.words;
        let row = |(login, part, category, further, from): &crate::town::Joined| {
            vec![
                studio.owner.clone().into(),
                studio.name.clone().into(),
                level.into(),
                studio.stage.into(),
                mode.into(),
                leader.into(),
                studio.founded_on.into(),
                login.clone().into(),
                (*part).into(),
                (*category).into(),
                (*further).into(),
                (*from).into(),
            ]
        };
        studio.members.iter().map(row).collect::<Vec<_>>()
    };
    town.studios.iter().flat_map(rows).collect()
}

fn plan_items(town: &Town) -> Vec<Row> {
    let mut rows = Vec::new();
    for studio in &town.studios {
        for year in &studio.plan_years {
            for (n, (title, deliverable, measure)) in crate::names::PLAN.iter().enumerate() {
                let owner = studio.members[n % 5].0.clone();
                let month = u32::try_from(n % 6).unwrap_or(0) + 1;
                rows.push(vec![
                    studio.owner.clone().into(),
                    studio.name.clone().into(),
                    i64::from(*year).into(),
                    (*title).into(),
                    owner.into(),
                    (*deliverable).into(),
                    day(year + 1, month, 15).into(),
                    (*measure).into(),
                ]);
            }
        }
    }
    rows
}

fn tasks(town: &Town) -> Vec<Row> {
    let rows = |studio: &crate::town::Studio| {
        let row = |task: &crate::town::Ledger| {
            vec![
                studio.owner.clone().into(),
                studio.name.clone().into(),
                task.title.clone().into(),
                task.owner.clone().into(),
                task.due_on.into(),
                task.plan_item.into(),
                task.closed_on.into(),
                task.evidence.into(),
                task.link.clone().into(),
                task.reason.into(),
            ]
        };
        studio.tasks.iter().map(row).collect::<Vec<_>>()
    };
    town.studios.iter().flat_map(rows).collect()
}

/// One row a person; a session that lies ahead has one row with nobody.
fn sessions(town: &Town) -> Vec<Row> {
    let mut rows = Vec::new();
    for studio in &town.studios {
        for session in &studio.sessions {
            let mut row = |who: Option<&(String, bool)>| {
                rows.push(vec![
                    studio.owner.clone().into(),
                    studio.name.clone().into(),
                    session.title.into(),
                    session.on.into(),
                    session.at.into(),
                    session.minutes.into(),
                    session.place.into(),
                    session.functions.into(),
                    session.activities.into(),
                    if session.joint { "是" } else { "否" }.into(),
                    who.map(|(login, _)| login.clone()).into(),
                    who.map(|(_, came)| if *came { "到会" } else { "缺席" }).into(),
                    session.summary.into(),
                ]);
            };
            if session.came.is_empty() {
                row(None);
            }
            session.came.iter().for_each(|one| row(Some(one)));
        }
    }
    rows
}
