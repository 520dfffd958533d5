//! Imports: whole or not at all, repeated without doubling, and as large as a city's.

use crate::lists::{all_studios, all_tasks, any, any_task};
use crate::town::{BLOCK, BUREAU, CHONGSHI, MINGDE, Town, day, officer, person};
use contract::studios::{
    ImportErrors, ImportKind, ListImports, MembersOf, OpenImport, OpenStudios, PlanItemsOf, StartImport,
    TaskHistory, Template,
};
use platform::{apply, imports::step};
use spreadsheets::{ExportColumn, ExportKind, Language, Value, export_xlsx};
use std::time::Instant;
use studios::{StudiosConsumer, StudiosImporter};
use testkit::{key, noon, principal};
use vocabulary::{
    Code, FileBytes, ImportJob, ImportState, OrganisationNo, PageInput, PersonId, Principal, Ranges, Role,
};

/// A file with these headers and rows, as a person would save it.
pub(crate) fn file(headers: &[&'static str], rows: &[Vec<&str>]) -> FileBytes {
    let columns: Vec<ExportColumn<'_>> = headers
        .iter()
        .map(|header| ExportColumn { header_zh: header, header_en: header, kind: ExportKind::Text })
        .collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| Value::from(*cell)).collect());
    FileBytes(export_xlsx("数据", Language::Zh, &columns, rows).unwrap())
}

pub(crate) async fn run(
    town: &Town,
    who: &Principal,
    kind: ImportKind,
    no: i32,
    file: FileBytes,
    dry_run: bool,
) -> ImportJob {
    let request = StartImport {
        idempotency_key: key(),
        kind,
        organisation: OrganisationNo(no),
        file_name: "表.xlsx".into(),
        file,
        dry_run,
    };
    let job = town.ask(who, request).await.unwrap();
    assert_eq!(job.state, ImportState::Queued);
    assert!(step(&StudiosImporter::new(town.database.clone())).await.unwrap());
    town.ask(who, OpenImport { id: job.id }).await.unwrap()
}

/// State, created, changed, unchanged, faults.
pub(crate) fn tally(job: &ImportJob) -> (ImportState, i32, i32, i32, i32) {
    assert_eq!(job.problem_zh, None);
    (job.state, job.created, job.changed, job.unchanged, job.faults)
}

const STUDIOS: [&str; 12] = [
    "所属单位",
    "工作室名称",
    "级别",
    "阶段",
    "建设模式",
    "领衔类型",
    "成立日期",
    "成员登录名",
    "成员角色",
    "主要类别",
    "其他类别",
    "加入日期",
];
const PLANS: [&str; 5] = ["工作室名称", "学年", "方案任务", "负责人登录名", "完成期限"];
const TASKS: [&str; 8] =
    ["工作室名称", "任务", "负责人登录名", "到期日", "方案任务", "销账日期", "证据链接", "无证据原因"];

fn two_studios() -> Vec<Vec<&'static str>> {
    vec![
        vec![
            "明德职业学校",
            "李 娜工作室",
            "校级",
            "培育",
            "名师工作室",
            "担纲领衔的主持人",
            "2025年9月1日",
            "LiNa",
            "主持人",
            "本校班主任教师",
            "",
            "",
        ],
        vec![
            "明德职业学校",
            "李娜工作室",
            "",
            "",
            "",
            "",
            "",
            "wangfang",
            "成员",
            "心理健康教师",
            "校外专家",
            "2026/1/5",
        ],
        vec![
            "崇实职业学校",
            "王芳工作室",
            "市级",
            "",
            "师徒结对",
            "承担统筹协调职责的负责人",
            "２０２５-09-01",
            "wangfang",
            "主持人",
            "本校班主任教师",
            "",
            "",
        ],
    ]
}

fn bureau() -> Principal {
    principal::bureau_administrator(PersonId::new(), BUREAU, BLOCK)
}

#[tokio::test]
async fn studios_come_in_whole_and_again_without_doubling() {
    let town = Town::new().await;
    let who = bureau();
    let dry = run(&town, &who, ImportKind::Studios, BUREAU, file(&STUDIOS, &two_studios()), true).await;
    assert_eq!(tally(&dry), (ImportState::Checked, 3, 0, 0, 0));
    assert_eq!(town.ask(&who, all_studios(any())).await.unwrap().total, 0, "a dry run writes nothing");
    let done = run(&town, &who, ImportKind::Studios, BUREAU, file(&STUDIOS, &two_studios()), false).await;
    assert_eq!(tally(&done), (ImportState::Done, 3, 0, 0, 0));
    let again = run(&town, &who, ImportKind::Studios, BUREAU, file(&STUDIOS, &two_studios()), false).await;
    assert_eq!(tally(&again), (ImportState::Done, 0, 0, 3, 0));
    let mut changed = two_studios();
    changed[1][9] = "教研人员";
    changed[2][2] = "省级";
    let changed = run(&town, &who, ImportKind::Studios, BUREAU, file(&STUDIOS, &changed), false).await;
    assert_eq!(tally(&changed), (ImportState::Done, 0, 2, 1, 0));
    let listed = town.ask(&who, all_studios(any())).await.unwrap();
    assert_eq!((listed.total, listed.items[0].members, listed.items[0].version), (2, 2, 1));
    let members = town.ask(&who, MembersOf { studios: vec![listed.items[0].id] }).await.unwrap();
    let guest = members[0].iter().find(|member| member.guest).unwrap();
    assert_eq!((guest.from, guest.version), (day(1, 5), 2));
    let imports = town.ask(&who, ListImports { page: PageInput::default() }).await.unwrap();
    assert_eq!(imports.total, 4);
    let mut past_locks = town.base.superuser().await;
    let audited: i64 = sqlx::query_scalar("select count(*) from studios.audit where action = 'Import'")
        .fetch_one(&mut past_locks)
        .await
        .unwrap();
    assert_eq!(audited, 3, "one audit line an import that wrote");
}

#[tokio::test]
async fn faults_go_back_row_by_row_and_nothing_is_written() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    let rows = vec![
        vec![
            "崇实职业学校",
            "外校工作室",
            "校级",
            "",
            "名师工作室",
            "担纲领衔的主持人",
            "2025-09-01",
            "lina",
            "主持人",
            "本校班主任教师",
            "",
            "",
        ],
        vec![
            "",
            "好工作室",
            "校级",
            "",
            "名师工作室",
            "担纲领衔的主持人",
            "2025-09-01",
            "lina",
            "主持人",
            "本校班主任教师",
            "",
            "",
        ],
        vec!["", "好工作室", "市级", "", "", "", "", "nobody", "成员", "本校班主任教师", "", ""],
        vec!["", "好工作室", "", "", "", "", "", "lina", "成员", "本校班主任教师", "", ""],
        vec![
            "",
            "无主持",
            "校级",
            "",
            "名师工作室",
            "担纲领衔的主持人",
            "2099-09-01",
            "lina",
            "成员",
            "本校班主任教师",
            "",
            "",
        ],
        vec!["", "缺项", "", "", "", "", "2025-09-01", "lina", "主持人", "本校班主任教师", "", ""],
    ];
    let job = run(&town, &who, ImportKind::Studios, MINGDE, file(&STUDIOS, &rows), false).await;
    assert_eq!(tally(&job), (ImportState::Faulty, 0, 0, 0, 5));
    assert_eq!(town.ask(&who, all_studios(any())).await.unwrap().total, 0);
    let errors = town.ask(&who, ImportErrors { id: job.id }).await.unwrap();
    assert!(errors.0.starts_with(b"PK"));
    let neighbour = principal::school_administrator(PersonId::new(), CHONGSHI);
    for other in [officer(), neighbour] {
        assert_eq!(town.code(&other, ImportErrors { id: job.id }).await, Code::NotFound);
        assert_eq!(town.code(&other, OpenImport { id: job.id }).await, Code::NotFound);
    }
    let wrong =
        run(&town, &who, ImportKind::Tasks, MINGDE, FileBytes(b"no spreadsheet".to_vec()), false).await;
    assert_eq!(wrong.state, ImportState::Failed);
    assert!(wrong.problem_zh.is_some());
}

#[tokio::test]
async fn plans_and_ledgers_come_in_with_their_closings() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    let studio = town.studio_named("李娜工作室").await;
    let plans = vec![vec!["李娜工作室", "2025-2026学年", "主题班会", "lina", "2026-06-30"]];
    for (expected, state) in [((1, 0), "first"), ((0, 1), "again")] {
        let job = run(&town, &who, ImportKind::PlanItems, MINGDE, file(&PLANS, &plans), false).await;
        assert_eq!((job.created, job.unchanged), expected, "{state}");
    }
    let of = PlanItemsOf { studios: vec![studio.id], school_year: 2025 };
    assert_eq!(town.ask(&who, of.clone()).await.unwrap()[0][0].owner_name.as_deref(), Some("李娜"));
    let mut tasks = vec![
        vec![
            "李娜工作室",
            "三月班会",
            "lina",
            "2026-03-31",
            "主题班会",
            "2026-04-02",
            "https://example.edu.cn/1",
            "",
        ],
        vec!["李娜工作室", "四月班会", "lina", "2026-04-30", "主题班会", "2026-04-30", "", "停课"],
        vec!["李娜工作室", "五月班会", "", "2026-05-31", "", "", "", ""],
    ];
    let job = run(&town, &who, ImportKind::Tasks, MINGDE, file(&TASKS, &tasks), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 3, 0, 0, 0));
    let again = run(&town, &who, ImportKind::Tasks, MINGDE, file(&TASKS, &tasks), false).await;
    assert_eq!(tally(&again), (ImportState::Done, 0, 0, 3, 0));
    tasks[2][5] = "2026-05-15";
    tasks[2][6] = "https://example.edu.cn/5";
    let closed = run(&town, &who, ImportKind::Tasks, MINGDE, file(&TASKS, &tasks), false).await;
    assert_eq!(tally(&closed), (ImportState::Done, 0, 1, 2, 0));
    let listed = town.ask(&who, all_tasks(any_task())).await.unwrap();
    let shown: Vec<_> =
        listed.items.iter().map(|task| (task.closed_on, task.overdue_days, task.version)).collect();
    assert_eq!(shown, [(Some(day(4, 2)), 2, 1), (Some(day(4, 30)), 0, 1), (Some(day(5, 15)), 0, 2)]);
    let shown = town.ask(&who, OpenStudios { ids: vec![studio.id] }).await.unwrap()[0].clone().unwrap();
    assert_eq!(
        shown.last_activity,
        Some(noon() - chrono::TimeDelta::days(3)),
        "the day of the latest closing"
    );
    let history = town.ask(&who, TaskHistory { id: listed.items[2].id }).await.unwrap();
    assert_eq!(history.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(), ["closed", "added"]);
    assert_eq!(town.ask(&who, of).await.unwrap()[0][0].tasks_closed, 2);
    let faulty = vec![
        vec!["李娜工作室", "甲", "wangfang", "2026-05-31", "", "", "", ""],
        vec!["没有的工作室", "甲", "", "2026-05-31", "", "", "", ""],
        vec!["李娜工作室", "乙", "", "2026-05-31", "没有的方案", "", "", ""],
        vec!["李娜工作室", "丙", "", "2026-05-31", "", "2026-05-19", "https://a.cn", ""],
        vec!["李娜工作室", "丁", "", "2026-05-31", "", "2026-05-10", "", ""],
        vec!["李娜工作室", "戊", "", "2026-05-31", "", "", "", "忘了"],
        vec!["李娜工作室", "己", "", "2026-05-31", "", "2026-05-10", "javascript:x", ""],
        vec!["李娜工作室", "己", "", "2026-05-31", "", "", "", ""],
        vec!["李娜工作室", "庚", "", "2026-05-31", "", "", "", ""],
    ];
    let job = run(&town, &who, ImportKind::Tasks, MINGDE, file(&TASKS, &faulty), false).await;
    assert_eq!((job.state, job.faults), (ImportState::Faulty, 8));
}

#[tokio::test]
async fn who_may_import_and_take_templates() {
    let town = Town::new().await;
    for kind in [ImportKind::Studios, ImportKind::PlanItems, ImportKind::Tasks, ImportKind::Sessions] {
        let template = town.ask(&officer(), Template { kind }).await.unwrap();
        assert!(template.0.starts_with(b"PK"));
        let start = |file_name: &str| StartImport {
            idempotency_key: key(),
            kind,
            organisation: OrganisationNo(MINGDE),
            file_name: file_name.into(),
            file: FileBytes(vec![0]),
            dry_run: true,
        };
        assert_eq!(town.code(&officer(), start("a")).await, Code::Forbidden);
        assert_eq!(town.code(&town.administrator(CHONGSHI), start("a")).await, Code::NotFound);
        assert_eq!(town.code(&Principal::anonymous(), start("a")).await, Code::Unauthenticated);
        assert_eq!(town.code(&town.administrator(MINGDE), start("\0")).await, Code::Required);
    }
}

#[tokio::test]
async fn imports_are_watched_where_they_may_be_asked_for() {
    let town = Town::new().await;
    let keeper = town.administrator(MINGDE);
    let strange = file(&["没有这一列"], &[vec!["x"]]);
    let job = run(&town, &keeper, ImportKind::Studios, MINGDE, strange, true).await;
    let page = || ListImports { page: PageInput::default() };
    assert_eq!(town.ask(&keeper, page()).await.unwrap().items.len(), 1);
    // The security administrator writes accounts there, and has no content to see; who asked may since wear another hat.
    let (security, whole) = (Role::SecurityAdministrator, [BLOCK]);
    let secures = principal::on_organisation(PersonId::new(), security, BUREAU, &whole, &whole);
    let elsewhere = Principal { readable: Ranges::none(), writable: Ranges::none(), ..keeper.clone() };
    for nobody in [secures, elsewhere, town.administrator(CHONGSHI), officer()] {
        assert_eq!(town.ask(&nobody, page()).await.unwrap().total, 0);
        assert_eq!(town.code(&nobody, OpenImport { id: job.id }).await, Code::NotFound);
        assert_eq!(town.code(&nobody, ImportErrors { id: job.id }).await, Code::NotFound);
    }
}

#[tokio::test]
async fn an_import_that_waits_too_long_is_not_carried_out() {
    let town = Town::new().await;
    let keeper = town.administrator(MINGDE);
    let request = || StartImport {
        idempotency_key: key(),
        kind: ImportKind::Studios,
        organisation: OrganisationNo(MINGDE),
        file_name: "表.xlsx".into(),
        file: FileBytes(vec![0]),
        dry_run: false,
    };
    let job = town.ask(&keeper, request()).await.unwrap();
    let clock = town.database.clock();
    clock.set(clock.now() + chrono::TimeDelta::minutes(16));
    assert!(step(&StudiosImporter::new(town.database.clone())).await.unwrap());
    let ended = town.ask(&keeper, OpenImport { id: job.id }).await.unwrap();
    assert_eq!(
        (ended.state, ended.problem_en),
        (ImportState::Failed, Some(Code::ImportTooLate.en().to_owned()))
    );
    // And nobody makes a queue of them.
    for _ in 0..20 {
        town.ask(&keeper, request()).await.unwrap();
    }
    assert_eq!(town.code(&keeper, request()).await, Code::TooMany);
}

#[tokio::test]
async fn fifty_thousand_lines_come_in() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    let consumer = StudiosConsumer::new(town.database.clone());
    let people = (0..20).map(|i| person(PersonId::new(), MINGDE, &format!("t{i:03}"), "钱多多", 1)).collect();
    apply(&consumer, people).await.unwrap();
    for i in 0..20 {
        let studio = town.studio_named(&format!("第{i}工作室")).await;
        town.member(studio.id, &format!("t{i:03}")).await;
    }
    let cells: Vec<[String; 3]> = (0..50_000)
        .map(|i| [format!("第{}工作室", i % 20), format!("任务{i}"), format!("t{:03}", i % 20)])
        .collect();
    let rows: Vec<Vec<&str>> = cells
        .iter()
        .enumerate()
        .map(|(i, [studio, title, login])| {
            let link = if i % 2 == 0 { "https://example.edu.cn/x" } else { "" };
            let closed = if i % 2 == 0 { "2026-03-30" } else { "" };
            vec![studio, title, login, "2026-03-31", "", closed, link, ""]
        })
        .collect();
    let file = file(&TASKS, &rows);
    let began = Instant::now();
    let job = run(&town, &who, ImportKind::Tasks, MINGDE, file.clone(), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 50_000, 0, 0, 0));
    println!("50,000 ledger lines imported in {:?}", began.elapsed());
    let began = Instant::now();
    assert_eq!(town.ask(&who, all_tasks(any_task())).await.unwrap().total, 10_000);
    println!("a page of them in {:?}", began.elapsed());
    let began = Instant::now();
    let again = run(&town, &who, ImportKind::Tasks, MINGDE, file, false).await;
    assert_eq!(tally(&again), (ImportState::Done, 0, 0, 50_000, 0));
    println!("imported again in {:?}", began.elapsed());
    let mut past_locks = town.base.superuser().await;
    let events: i64 =
        sqlx::query_scalar("select count(*) from studios.event_log where kind = 'studios.task'")
            .fetch_one(&mut past_locks)
            .await
            .unwrap();
    assert_eq!(events, 50_000);
}
