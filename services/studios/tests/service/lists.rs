//! Lists: filters, search, and pages through every sort without loss or doubling.

use crate::ledger::close;
use crate::town::{CHONGSHI, MINGDE, Town, add_task, day, found, on};
use contract::studios::{
    ExportMembers, ExportPlanItems, ExportStudios, ExportTasks, ListStudios, ListTasks, StudioFilter,
    StudioLevel, StudioSort, TaskFilter, TaskSort, TaskState,
};
use contract::tenancy::AuditFilter;
use spreadsheets::{Column, Kind, Limits, Row, Template, read};
use std::collections::HashSet;
use vocabulary::{Code, Direction, FileBytes, OrganisationNo, PageInput, Role};

pub(crate) fn any() -> StudioFilter {
    StudioFilter { search: None, owners: None, level: None, mode: None, mine: None, include_closed: None }
}

pub(crate) fn all_studios(filter: StudioFilter) -> ListStudios {
    ListStudios {
        filter,
        sort: StudioSort::Name,
        direction: Direction::Ascending,
        page: PageInput { first: 100, after: None },
    }
}

pub(crate) fn any_task() -> TaskFilter {
    TaskFilter {
        search: None,
        studio: None,
        owners: None,
        state: None,
        overdue: None,
        mine: None,
        due_from: None,
        due_to: None,
    }
}

pub(crate) fn all_tasks(filter: TaskFilter) -> ListTasks {
    ListTasks {
        filter,
        sort: TaskSort::DueOn,
        direction: Direction::Ascending,
        page: PageInput { first: 100, after: None },
    }
}

#[tokio::test]
async fn studios_are_found_by_characters_pinyin_and_initials() {
    let town = Town::new().await;
    town.studio().await;
    town.studio_named("王芳 德育工作室").await;
    let closed = town.studio_named("旧室").await;
    let end =
        contract::studios::CloseStudio { idempotency_key: testkit::key(), id: closed.id, on: day(5, 1) };
    town.ask(&town.administrator(MINGDE), end).await.unwrap();
    let school = town.administrator(MINGDE);
    let cases = [
        ("李娜", 1),
        ("班主任", 1),
        ("lina", 1),
        ("LN", 1),
        ("li na", 1),
        ("wfdy", 1),
        ("na", 0),
        ("王芳德育", 1),
        ("%", 0),
        ("_", 0),
        ("\0", 2),
        (" ", 2),
    ];
    for (typed, expected) in cases {
        let filter = StudioFilter { search: Some(typed.into()), ..any() };
        let page = town.ask(&school, all_studios(filter)).await.unwrap();
        assert_eq!((page.items.len(), page.total), (expected, i64::try_from(expected).unwrap()), "{typed:?}");
    }
    let count = |filter| {
        let (town, school) = (&town, &school);
        async move { town.ask(school, all_studios(filter)).await.unwrap().total }
    };
    assert_eq!(count(StudioFilter { include_closed: Some(true), ..any() }).await, 3);
    assert_eq!(count(StudioFilter { level: Some(StudioLevel::City), ..any() }).await, 0);
    assert_eq!(count(StudioFilter { owners: Some(vec![OrganisationNo(CHONGSHI)]), ..any() }).await, 0);
    assert_eq!(count(StudioFilter { mine: Some(true), ..any() }).await, 0, "the administrator is no member");
}

#[tokio::test]
async fn pages_of_studios_lose_and_double_nothing_in_any_order() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    // Names, days and counts that tie on purpose.
    for i in 0..17_u32 {
        let mut new =
            found(MINGDE, &format!("{}班主任工作室{}", ["李娜", "张伟", "Bob"][i as usize % 3], i / 3));
        new.name += &"甲".repeat((i % 2) as usize);
        new.founded_on = day(1, 1 + i % 3);
        let studio = town.ask(&school, new).await.unwrap();
        for n in 0..i % 4 {
            town.ask(&school, add_task(studio.id, &format!("任务{n}"), None)).await.unwrap();
        }
    }
    let sorts = [StudioSort::Name, StudioSort::FoundedOn, StudioSort::LastActivity, StudioSort::OverdueTasks];
    for sort in sorts {
        for direction in [Direction::Ascending, Direction::Descending] {
            for first in [1, 4, 16, 17, 100] {
                let (mut after, mut seen) = (None, Vec::new());
                loop {
                    let page = PageInput { first, after: after.clone() };
                    let request = ListStudios { filter: any(), sort, direction, page };
                    let page = town.ask(&school, request).await.unwrap();
                    assert_eq!(page.total, 17);
                    seen.extend(page.items);
                    after = page.end;
                    if !page.more {
                        break;
                    }
                }
                let ids: HashSet<_> = seen.iter().map(|studio| studio.id).collect();
                assert_eq!((seen.len(), ids.len()), (17, 17), "{sort:?} {direction:?} {first}");
                let ordered = seen.windows(2).all(|pair| {
                    let (a, b) = match direction {
                        Direction::Ascending => (&pair[0], &pair[1]),
                        Direction::Descending => (&pair[1], &pair[0]),
                    };
                    match sort {
                        StudioSort::Name => true,
                        StudioSort::FoundedOn => a.founded_on <= b.founded_on,
                        StudioSort::LastActivity => a.last_activity <= b.last_activity,
                        StudioSort::OverdueTasks => a.overdue_tasks <= b.overdue_tasks,
                    }
                });
                assert!(ordered, "{sort:?} {direction:?}");
            }
        }
    }
}

#[tokio::test]
async fn pages_of_tasks_lose_and_double_nothing_in_any_order() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    let studio = town.studio().await;
    for i in 0..13_u32 {
        let mut new = add_task(studio.id, ["班会", "家访", "讲座"][i as usize % 3], None);
        new.due_on = day(5, 10 + i % 4);
        let task = town.ask(&school, new).await.unwrap();
        if i % 2 == 0 {
            town.ask(&school, close(task.id)).await.unwrap();
        }
    }
    for sort in [TaskSort::DueOn, TaskSort::Title, TaskSort::ClosedOn] {
        for direction in [Direction::Ascending, Direction::Descending] {
            for first in [1, 5, 13] {
                let (mut after, mut seen) = (None, Vec::new());
                loop {
                    let page = PageInput { first, after: after.clone() };
                    let request = ListTasks { filter: any_task(), sort, direction, page };
                    let page = town.ask(&school, request).await.unwrap();
                    seen.extend(page.items.iter().map(|task| task.id));
                    after = page.end;
                    if !page.more {
                        break;
                    }
                }
                let ids: HashSet<_> = seen.iter().collect();
                assert_eq!((seen.len(), ids.len()), (13, 13), "{sort:?} {direction:?} {first}");
            }
        }
    }
}

#[tokio::test]
async fn tasks_are_filtered() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    let studio = town.studio().await;
    let other = town.studio_named("另一个").await;
    let first = town.task(studio.id, "主题 班会", Some(town.lina)).await;
    town.ask(&school, close(first.id)).await.unwrap();
    let mut later = add_task(studio.id, "家访", None);
    later.due_on = day(5, 18);
    town.ask(&school, later).await.unwrap();
    town.task(other.id, "讲座", None).await;
    let cases = [
        (TaskFilter { search: Some("主题班会".into()), ..any_task() }, 1),
        (TaskFilter { studio: Some(studio.id), ..any_task() }, 2),
        (TaskFilter { state: Some(TaskState::Open), ..any_task() }, 2),
        (TaskFilter { state: Some(TaskState::Closed), ..any_task() }, 1),
        (TaskFilter { overdue: Some(true), ..any_task() }, 1),
        (TaskFilter { due_from: Some(day(5, 11)), ..any_task() }, 1),
        (TaskFilter { due_to: Some(day(5, 11)), ..any_task() }, 2),
        (TaskFilter { owners: Some(vec![OrganisationNo(CHONGSHI)]), ..any_task() }, 0),
    ];
    for (filter, expected) in cases {
        let page = town.ask(&school, all_tasks(filter.clone())).await.unwrap();
        assert_eq!(
            (page.items.len(), page.total),
            (expected, i64::try_from(expected).unwrap()),
            "{filter:?}"
        );
    }
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let mine = TaskFilter { mine: Some(true), ..any_task() };
    assert_eq!(town.ask(&lead, all_tasks(mine)).await.unwrap().items[0].id, first.id);
    let absurd = TaskFilter { due_from: Some(chrono::NaiveDate::MIN), ..any_task() };
    assert_eq!(town.code(&lead, all_tasks(absurd)).await, Code::InvalidDate);
}

#[tokio::test]
async fn forged_pages_are_refused() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    for first in [0, -1, 101, i32::MAX] {
        let mut request = all_studios(any());
        request.page.first = first;
        assert_eq!(town.code(&school, request).await, Code::PageSize);
    }
    let sorts = [StudioSort::FoundedOn, StudioSort::LastActivity, StudioSort::OverdueTasks, StudioSort::Name];
    for sort in sorts {
        for key in ["", "x", "99999999999999999999", "-0001-01-01", "2026-13-01", "\u{1f600}"] {
            let made_under = (any(), sort, Direction::Ascending);
            let cursor = vocabulary::Cursor { key: key.into(), id: uuid::Uuid::nil() };
            let page = PageInput { first: 1, after: Some(cursor.encode(&made_under)) };
            let request = ListStudios { filter: any(), sort, direction: Direction::Ascending, page };
            if sort == StudioSort::Name {
                town.ask(&school, request).await.unwrap();
            } else {
                assert_eq!(town.code(&school, request).await, Code::Cursor, "{sort:?} {key}");
            }
        }
    }
    let audit = contract::studios::ListAudit {
        filter: AuditFilter { organisation: None, person: None, action: None, since: None, until: None },
        page: PageInput::default(),
    };
    assert_eq!(town.ask(&school, audit).await.unwrap().total, 0);
}

/// The rows of an export, read back by its headers.
pub(crate) fn exported(template: &'static Template, file: &FileBytes) -> Vec<Row> {
    let read = read(template, &file.0, &Limits::default()).unwrap();
    assert!(read.faults.is_empty() && read.warnings.is_empty(), "each column is known: {:?}", read.warnings);
    read.rows
}

pub(crate) const fn shown(key: &'static str, header: &'static str, kind: Kind) -> Column {
    Column::new(key, header, key, kind).required()
}

pub(crate) const fn may_be(key: &'static str, header: &'static str, kind: Kind) -> Column {
    Column::new(key, header, key, kind)
}

pub(crate) const TEXT: Kind = Kind::Paragraphs { max: 2_000 };
pub(crate) const COUNT: Kind = Kind::Integer { min: 0, max: 10_000 };

static STUDIOS: Template = Template {
    key: "studios",
    title_zh: "工作室",
    title_en: "Studios",
    columns: &[
        shown("name", "工作室名称", TEXT),
        shown("level", "级别", TEXT),
        may_be("stage", "阶段", TEXT),
        shown("mode", "建设模式", TEXT),
        shown("leader", "领衔类型", TEXT),
        shown("lead", "主持人", TEXT),
        shown("founded", "成立日期", Kind::Date),
        may_be("closed", "结束日期", Kind::Date),
        shown("members", "成员数", COUNT),
        shown("open", "未销账任务", COUNT),
        shown("overdue", "逾期任务", COUNT),
        may_be("last", "最近动态", Kind::Date),
    ],
    notes: &[],
};
static MEMBERS: Template = Template {
    key: "members",
    title_zh: "成员",
    title_en: "Members",
    columns: &[
        shown("name", "姓名", TEXT),
        shown("home", "所在单位", TEXT),
        shown("guest", "校外成员", TEXT),
        shown("role", "成员角色", TEXT),
        shown("principal", "主要类别", TEXT),
        shown("categories", "全部类别", TEXT),
        shown("from", "加入日期", Kind::Date),
        may_be("to", "退出日期", Kind::Date),
    ],
    notes: &[],
};
static PLAN: Template = Template {
    key: "plan",
    title_zh: "方案任务",
    title_en: "Plan",
    columns: &[
        shown("studio", "工作室名称", TEXT),
        shown("year", "学年", TEXT),
        shown("title", "方案任务", TEXT),
        may_be("owner", "负责人", TEXT),
        may_be("deliverable", "预期成果", TEXT),
        may_be("due", "完成期限", Kind::Date),
        may_be("measure", "衡量标准", TEXT),
        shown("tasks", "台账任务", COUNT),
        shown("done", "已销账", COUNT),
    ],
    notes: &[],
};
static LEDGER: Template = Template {
    key: "ledger",
    title_zh: "任务台账",
    title_en: "Ledger",
    columns: &[
        shown("studio", "工作室名称", TEXT),
        shown("title", "任务", TEXT),
        may_be("owner", "负责人", TEXT),
        shown("due", "到期日", Kind::Date),
        shown("state", "状态", TEXT),
        may_be("closed", "销账日期", Kind::Date),
        may_be("evidence", "证据", TEXT),
        may_be("link", "证据链接", TEXT),
        may_be("reason", "无证据原因", TEXT),
        shown("days", "逾期天数", COUNT),
    ],
    notes: &[],
};

#[tokio::test]
async fn lists_are_exported_as_they_are_shown() {
    let town = Town::new().await;
    let (studio, other) = (town.studio().await, town.studio_named("另一个").await);
    let school = town.administrator(MINGDE);
    town.member(studio.id, "wangfang").await;
    let item = town.ask(&school, crate::plans::add(studio.id, "研讨")).await.unwrap();
    let mut task = add_task(studio.id, "=1+1", Some(town.lina));
    task.plan_item = Some(item.id);
    let task = town.ask(&school, task).await.unwrap();
    town.ask(&school, close(task.id)).await.unwrap();
    town.task(other.id, "别处的任务", None).await;

    let studios = exported(&STUDIOS, &town.ask(&school, ExportStudios { filter: any() }).await.unwrap());
    assert_eq!(studios.len(), 2);
    let row = studios.iter().find(|row| row.text("name") == Some("李娜班主任工作室")).unwrap();
    assert_eq!(
        (row.text("level"), row.text("lead"), row.integer("members")),
        (Some("校级"), Some("李娜"), Some(2))
    );
    assert_eq!((row.integer("open"), row.date("last")), (Some(0), Some(day(5, 18))));

    let members = town.ask(&school, ExportMembers { studio: studio.id }).await.unwrap();
    let members = exported(&MEMBERS, &members);
    let guests: Vec<_> = members.iter().map(|row| (row.text("name"), row.text("guest"))).collect();
    assert_eq!(guests, [(Some("李娜"), Some("否")), (Some("王芳"), Some("是"))]);

    let plan = ExportPlanItems { studio: studio.id, school_year: 2025 };
    let plan = exported(&PLAN, &town.ask(&school, plan).await.unwrap());
    assert_eq!((plan[0].text("title"), plan[0].text("year")), (Some("研讨"), Some("2025-2026")));
    assert_eq!((plan[0].integer("tasks"), plan[0].integer("done")), (Some(1), Some(1)));

    let tasks = town.ask(&school, ExportTasks { filter: any_task() }).await.unwrap();
    assert_eq!(exported(&LEDGER, &tasks).len(), 2);
    // Under the reader's rights: the lead of one studio has that studio's lines, and nothing of the other.
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let tasks = exported(&LEDGER, &town.ask(&lead, ExportTasks { filter: any_task() }).await.unwrap());
    assert_eq!(tasks.len(), 1);
    let row = &tasks[0];
    assert_eq!(
        (row.text("title"), row.text("owner"), row.text("state")),
        (Some("=1+1"), Some("李娜"), Some("已销账"))
    );
    assert_eq!((row.text("evidence"), row.integer("days")), (Some("活动简报"), Some(8)));
    for foreign in [town.administrator(CHONGSHI), on(other.id, Role::StudioLead, town.lina)] {
        assert_eq!(town.code(&foreign, ExportMembers { studio: studio.id }).await, Code::NotFound);
        let plan = ExportPlanItems { studio: studio.id, school_year: 2025 };
        assert_eq!(town.code(&foreign, plan).await, Code::NotFound);
    }
    let odd = ExportPlanItems { studio: studio.id, school_year: i32::MAX };
    assert_eq!(town.code(&school, odd).await, Code::InvalidValue);
}
