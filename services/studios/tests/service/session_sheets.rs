//! Sessions with their attendance from a spreadsheet.

use crate::sessions::{cancel, plan};
use crate::spreadsheet::{file, run, tally};
use crate::town::{MINGDE, Town};
use contract::studios::{
    AttendanceOf, ImportErrors, ImportKind, ListSessions, OpenSessions, SessionFilter, SessionSort,
    SessionState, StudioFunction,
};
use vocabulary::{Direction, ImportState, PageInput};

const SESSIONS: [&str; 12] = [
    "工作室名称",
    "活动名称",
    "日期",
    "开始时间",
    "时长（分钟）",
    "地点",
    "职能",
    "活动类型",
    "部门联合",
    "登录名",
    "是否到会",
    "纪要",
];

fn all() -> ListSessions {
    let filter = SessionFilter {
        search: None,
        studio: None,
        owners: None,
        state: None,
        function: None,
        from: None,
        to: None,
    };
    let page = PageInput::default();
    ListSessions { filter, sort: SessionSort::StartsAt, direction: Direction::Ascending, page }
}

#[tokio::test]
async fn sessions_come_in_with_who_came_and_never_twice() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    let studio = town.studio_named("李娜工作室").await;
    town.member(studio.id, "zhangwei").await;
    let mut rows = vec![
        vec![
            "李娜工作室",
            "集体备课",
            "2026-03-18",
            "15：30",
            "90",
            "301",
            "研究、指导",
            "交流",
            "是",
            "lina",
            "",
            "定了分工",
        ],
        vec!["李娜工作室", "集体备课", "2026/3/18", "", "", "", "", "", "", "zhangwei", "缺席", ""],
        vec!["李娜工作室", "例会", "2026-06-10", "", "", "", "服务", "", "", "", "", ""],
    ];
    let job = run(&town, &who, ImportKind::Sessions, MINGDE, file(&SESSIONS, &rows), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 3, 0, 0, 0));
    let job = run(&town, &who, ImportKind::Sessions, MINGDE, file(&SESSIONS, &rows), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 0, 0, 3, 0));
    let listed = town.ask(&who, all()).await.unwrap().items;
    let shown: Vec<_> =
        listed.iter().map(|s| (s.title.as_str(), s.state, s.expected, s.present, s.version)).collect();
    assert_eq!(shown, [("集体备课", SessionState::Held, 2, 1, 1), ("例会", SessionState::Planned, 0, 0, 1)]);
    let first = &listed[0];
    assert_eq!(first.starts_at.to_rfc3339(), "2026-03-18T07:30:00+00:00");
    assert_eq!((first.minutes, first.joint, first.summary.as_deref()), (Some(90), true, Some("定了分工")));
    assert_eq!(first.functions, [StudioFunction::Research, StudioFunction::Guidance]);

    // Corrected: he came after all; nobody else is lost.
    rows[1][10] = "到会";
    let corrected = vec![rows[1].clone()];
    let job = run(&town, &who, ImportKind::Sessions, MINGDE, file(&SESSIONS, &corrected), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 0, 1, 0, 0));
    let lines = town.ask(&who, AttendanceOf { sessions: vec![first.id] }).await.unwrap();
    assert_eq!(lines[0].iter().map(|line| line.present).collect::<Vec<_>>(), [true, true]);

    // A guest comes; a member who is named nowhere did not; of a cancelled one and another, the file means the other.
    let lead = town.administrator(MINGDE);
    let planned = |title: &str| plan(studio.id, title, "2026-04-15T06:00:00Z");
    let off = town.ask(&lead, planned("会诊")).await.unwrap();
    town.ask(&lead, cancel(off.id)).await.unwrap();
    let other = town.ask(&lead, planned("会诊")).await.unwrap();
    let guest = vec![
        vec!["李娜工作室", "会诊", "2026-04-15", "", "", "", "", "", "", "lina", "√", ""],
        vec!["李娜工作室", "会诊", "2026-04-15", "", "", "", "", "", "", "wangfang", "到会", ""],
    ];
    let job = run(&town, &who, ImportKind::Sessions, MINGDE, file(&SESSIONS, &guest), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 0, 2, 0, 0));
    let shown = town.ask(&who, OpenSessions { ids: vec![other.id] }).await.unwrap()[0].clone().unwrap();
    assert_eq!((shown.state, shown.expected, shown.present, shown.others), (SessionState::Held, 2, 1, 1));
}

#[tokio::test]
async fn what_is_wrong_with_a_session_is_told_row_by_row() {
    let town = Town::new().await;
    let who = town.administrator(MINGDE);
    town.studio_named("李娜工作室").await;
    let row = |title: &'static str,
               on: &'static str,
               at: &'static str,
               functions: &'static str,
               login: &'static str,
               came: &'static str| {
        vec!["李娜工作室", title, on, at, "", "", functions, "", "", login, came, ""]
    };
    let faulty = vec![
        row("没有职能", "2026-03-18", "", "", "lina", ""),
        row("时间不对", "2026-03-18", "下午", "研究", "lina", ""),
        row("无人到会", "2026-03-18", "", "研究", "lina", "缺席"),
        row("还没开", "2026-06-18", "", "研究", "lina", "到会"),
        row("没有此人", "2026-03-18", "", "研究", "nobody", ""),
        row("来了两次", "2026-03-19", "", "研究", "lina", ""),
        row("来了两次", "2026-03-19", "", "研究", "lina", ""),
        row("前后矛盾", "2026-03-20", "", "研究", "lina", ""),
        row("前后矛盾", "2026-03-20", "", "服务", "wangfang", ""),
        row("太早", "2025-12-18", "", "研究", "lina", ""),
        row("不是成员", "2026-03-21", "", "研究", "wangfang", "缺席"),
        row("没说是谁", "2026-03-22", "", "研究", "", "到会"),
        vec!["李娜工作室", "有纪要", "2026-03-23", "", "", "", "研究", "", "", "", "", "说了"],
    ];
    let job = run(&town, &who, ImportKind::Sessions, MINGDE, file(&SESSIONS, &faulty), false).await;
    assert_eq!((job.state, job.faults), (ImportState::Faulty, 11));
    assert!(town.ask(&who, all()).await.unwrap().items.is_empty(), "nothing is written");
    assert!(town.ask(&who, ImportErrors { id: job.id }).await.unwrap().0.starts_with(b"PK"));
}
