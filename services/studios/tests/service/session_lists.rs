//! Lists of sessions: filters, search, pages through both sorts without loss or doubling, and the export.

use crate::lists::{COUNT, TEXT, exported, may_be, shown};
use crate::sessions::{TUESDAY, cancel, plan, record};
use crate::town::{CHONGSHI, MINGDE, Town, day, on};
use contract::studios::{
    ExportSessions, ListSessions, Session, SessionFilter, SessionSort, SessionState, StudioFunction,
};
use spreadsheets::{Kind, Limits, Template, read};
use std::collections::HashSet;
use vocabulary::{Code, Cursor, Direction, OrganisationNo, PageInput, Role, StudioId};

pub(crate) fn any_session() -> SessionFilter {
    SessionFilter {
        search: None,
        studio: None,
        owners: None,
        state: None,
        function: None,
        from: None,
        to: None,
    }
}

pub(crate) fn all_sessions(filter: SessionFilter) -> ListSessions {
    ListSessions {
        filter,
        sort: SessionSort::StartsAt,
        direction: Direction::Ascending,
        page: PageInput { first: 100, after: None },
    }
}

/// Of one studio: held on a Tuesday, and planned for half an hour after midnight on Monday the 18th. Of another: called
/// off, at the midnight with which the 19th begins.
async fn three(town: &Town) -> (StudioId, StudioId) {
    let school = town.administrator(MINGDE);
    let (studio, other) = (town.studio().await, town.studio_named("另一个").await);
    let held = town.ask(&school, plan(studio.id, "主题 班会", TUESDAY)).await.unwrap();
    town.ask(&school, record(&held, &[town.lina], &[], &["wangfang"])).await.unwrap();
    let mut early = plan(studio.id, "家访经验交流", "2026-05-17T16:30:00Z");
    early.functions = vec![StudioFunction::Advice, StudioFunction::Guidance];
    town.ask(&school, early).await.unwrap();
    let mut off = plan(other.id, "停办的讲座", "2026-05-18T16:00:00Z");
    off.functions = vec![StudioFunction::Service];
    let off = town.ask(&school, off).await.unwrap();
    town.ask(&school, cancel(off.id)).await.unwrap();
    (studio.id, other.id)
}

#[tokio::test]
async fn sessions_are_found_by_characters_pinyin_and_initials() {
    let town = Town::new().await;
    three(&town).await;
    let school = town.administrator(MINGDE);
    let cases = [
        ("班会", 1),
        ("主题班会", 1),
        ("主题 班会", 1),
        ("zhuti", 1),
        ("Zhu Ti", 1),
        ("ztb", 1),
        ("家访", 1),
        ("jfjy", 1),
        ("经验", 1),
        ("讲座", 1),
        ("李娜", 0),
        ("%", 0),
        ("_", 0),
        ("\0", 3),
        (" ", 3),
    ];
    for (typed, expected) in cases {
        let filter = SessionFilter { search: Some(typed.into()), ..any_session() };
        let page = town.ask(&school, all_sessions(filter)).await.unwrap();
        assert_eq!((page.items.len(), page.total), (expected, i64::try_from(expected).unwrap()), "{typed:?}");
    }
    let long = SessionFilter { search: Some("长".repeat(101)), ..any_session() };
    assert_eq!(town.code(&school, all_sessions(long)).await, Code::TooLong);
}

#[tokio::test]
async fn sessions_are_filtered_and_a_day_is_shanghais() {
    let town = Town::new().await;
    let (studio, other) = three(&town).await;
    let school = town.administrator(MINGDE);
    let days = |from, to| SessionFilter { from, to, ..any_session() };
    let cases = [
        (any_session(), "主题 班会、家访经验交流、停办的讲座"),
        (SessionFilter { studio: Some(studio), ..any_session() }, "主题 班会、家访经验交流"),
        (SessionFilter { studio: Some(other), ..any_session() }, "停办的讲座"),
        (SessionFilter { studio: Some(StudioId::new()), ..any_session() }, ""),
        (SessionFilter { owners: Some(vec![OrganisationNo(CHONGSHI)]), ..any_session() }, ""),
        (SessionFilter { state: Some(SessionState::Held), ..any_session() }, "主题 班会"),
        (SessionFilter { state: Some(SessionState::Planned), ..any_session() }, "家访经验交流"),
        (SessionFilter { state: Some(SessionState::Cancelled), ..any_session() }, "停办的讲座"),
        (
            SessionFilter { function: Some(StudioFunction::Guidance), ..any_session() },
            "主题 班会、家访经验交流",
        ),
        (SessionFilter { function: Some(StudioFunction::Advice), ..any_session() }, "家访经验交流"),
        (SessionFilter { function: Some(StudioFunction::Service), ..any_session() }, "停办的讲座"),
        (days(Some(day(5, 12)), Some(day(5, 12))), "主题 班会"),
        (days(None, Some(day(5, 17))), "主题 班会"),
        (days(Some(day(5, 18)), Some(day(5, 18))), "家访经验交流"),
        (days(Some(day(5, 18)), None), "家访经验交流、停办的讲座"),
        (days(Some(day(5, 19)), Some(day(5, 19))), "停办的讲座"),
        (days(Some(day(5, 19)), Some(day(5, 18))), ""),
    ];
    for (filter, expected) in cases {
        let page = town.ask(&school, all_sessions(filter.clone())).await.unwrap();
        let titles: Vec<&str> = page.items.iter().map(|session| session.title.as_str()).collect();
        assert_eq!(titles.join("、"), expected, "{filter:?}");
        assert_eq!(page.total, i64::try_from(titles.len()).unwrap(), "{filter:?}");
    }
    for absurd in [days(Some(chrono::NaiveDate::MIN), None), days(None, Some(chrono::NaiveDate::MAX))] {
        assert_eq!(town.code(&school, all_sessions(absurd)).await, Code::InvalidDate);
    }
    // Under the reader's rights: the lead of one studio has that studio's sessions, another school none.
    let lead = on(other, Role::StudioLead, town.lina);
    let page = town.ask(&lead, all_sessions(any_session())).await.unwrap();
    assert_eq!((page.total, page.items[0].title.as_str()), (1, "停办的讲座"));
    let page = town.ask(&town.administrator(CHONGSHI), all_sessions(any_session())).await.unwrap();
    assert_eq!((page.total, page.items.len()), (0, 0));
}

#[tokio::test]
async fn pages_of_sessions_lose_and_double_nothing_in_any_order() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    let studio = town.studio().await;
    // Titles and moments that tie on purpose.
    for i in 0..13_usize {
        let starts_at = format!("2026-05-1{}T06:00:00.00000{}Z", i % 3, i % 2);
        let new = plan(studio.id, ["班会", "家访", "讲座"][i % 3], &starts_at);
        town.ask(&school, new).await.unwrap();
    }
    for sort in [SessionSort::StartsAt, SessionSort::Title] {
        for direction in [Direction::Ascending, Direction::Descending] {
            for first in [1, 5, 13] {
                let (mut after, mut seen): (Option<String>, Vec<Session>) = (None, Vec::new());
                loop {
                    let page = PageInput { first, after: after.clone() };
                    let request = ListSessions { filter: any_session(), sort, direction, page };
                    let page = town.ask(&school, request).await.unwrap();
                    assert_eq!(page.total, 13);
                    seen.extend(page.items);
                    after = page.end;
                    if !page.more {
                        break;
                    }
                }
                let ids: HashSet<_> = seen.iter().map(|session| session.id).collect();
                assert_eq!((seen.len(), ids.len()), (13, 13), "{sort:?} {direction:?} {first}");
                // By pinyin: banhui, jiafang, jiangzuo; the characters' code points stand in another order.
                let rank =
                    |session: &Session| ["班会", "家访", "讲座"].iter().position(|t| *t == session.title);
                let ordered = seen.windows(2).all(|pair| {
                    let (a, b) = match direction {
                        Direction::Ascending => (&pair[0], &pair[1]),
                        Direction::Descending => (&pair[1], &pair[0]),
                    };
                    match sort {
                        SessionSort::StartsAt => a.starts_at <= b.starts_at,
                        SessionSort::Title => rank(a) <= rank(b),
                    }
                });
                assert!(ordered, "{sort:?} {direction:?} {first}");
            }
        }
    }
}

#[tokio::test]
async fn forged_places_in_the_list_are_refused() {
    let town = Town::new().await;
    let school = town.administrator(MINGDE);
    three(&town).await;
    for sort in [SessionSort::StartsAt, SessionSort::Title] {
        for key in ["", "x", "99999999999999999999", "2026-05-18", "1e3", "\u{1f600}"] {
            let made_under = (any_session(), sort, Direction::Ascending);
            let cursor = Cursor { key: key.into(), id: uuid::Uuid::nil() };
            let page = PageInput { first: 1, after: Some(cursor.encode(&made_under)) };
            let request = ListSessions { page, sort, ..all_sessions(any_session()) };
            if sort == SessionSort::Title {
                town.ask(&school, request).await.unwrap();
            } else {
                assert_eq!(town.code(&school, request).await, Code::Cursor, "{key}");
            }
        }
    }
    let request = ListSessions { page: PageInput { first: 101, after: None }, ..all_sessions(any_session()) };
    assert_eq!(town.code(&school, request).await, Code::PageSize);
}

static SESSIONS: Template = Template {
    key: "sessions",
    title_zh: "活动",
    title_en: "Sessions",
    columns: &[
        shown("studio", "工作室名称", TEXT),
        shown("title", "活动", TEXT),
        shown("begins", "开始时间", Kind::Date),
        may_be("minutes", "时长（分钟）", COUNT),
        may_be("place", "地点", TEXT),
        shown("functions", "职能", TEXT),
        may_be("activities", "活动类型", TEXT),
        shown("joint", "部门联合", TEXT),
        shown("state", "状态", TEXT),
        shown("expected", "应到", COUNT),
        shown("present", "实到", COUNT),
        shown("others", "另有", COUNT),
        may_be("summary", "纪要", TEXT),
        may_be("reason", "取消原因", TEXT),
    ],
    notes: &[],
};

#[tokio::test]
async fn sessions_are_exported_as_they_are_shown() {
    let town = Town::new().await;
    let (studio, _) = three(&town).await;
    let school = town.administrator(MINGDE);
    let rows = town.ask(&school, ExportSessions { filter: any_session() }).await.unwrap();
    let rows = exported(&SESSIONS, &rows);
    let titles: Vec<_> = rows.iter().filter_map(|row| row.text("title")).collect();
    assert_eq!(titles, ["主题 班会", "家访经验交流", "停办的讲座"]);
    let (held, early, off) = (&rows[0], &rows[1], &rows[2]);
    assert_eq!((held.text("studio"), held.text("state")), (Some("李娜班主任工作室"), Some("已完成")));
    assert_eq!((held.integer("expected"), held.integer("present")), (Some(1), Some(1)));
    assert_eq!(held.integer("others"), Some(1));
    assert_eq!((held.text("functions"), held.text("activities")), (Some("研究、指导"), Some("交流")));
    assert_eq!((held.text("summary"), held.text("joint")), (Some("议定三项"), Some("否")));
    assert_eq!((held.integer("minutes"), held.text("place")), (Some(90), Some("会议室")));
    assert_eq!((early.date("begins"), early.text("state")), (Some(day(5, 18)), Some("已安排")));
    assert_eq!((off.date("begins"), off.text("reason")), (Some(day(5, 19)), Some("停电")));
    // Under the reader's rights, and under the filter.
    let lead = on(studio, Role::StudioLead, town.lina);
    let rows = town.ask(&lead, ExportSessions { filter: any_session() }).await.unwrap();
    assert_eq!(exported(&SESSIONS, &rows).len(), 2);
    let filter = SessionFilter { state: Some(SessionState::Held), ..any_session() };
    let rows = town.ask(&lead, ExportSessions { filter }).await.unwrap();
    assert_eq!(exported(&SESSIONS, &rows).len(), 1);
    let none =
        town.ask(&town.administrator(CHONGSHI), ExportSessions { filter: any_session() }).await.unwrap();
    assert!(read(&SESSIONS, &none.0, &Limits::default()).is_err(), "a file without rows");
}
