//! The ledger: adding, changing, closing, reopening, and what its history keeps.

use crate::town::{MINGDE, Town, add_task, day, officer, on};
use contract::studios::{
    CloseTask, OpenStudios, OpenTasks, ReopenTask, Task, TaskHistory, TaskState, UpdateTask,
};
use testkit::{key, noon};
use vocabulary::{Code, PersonId, PlanItemId, Role, TaskId};

pub(crate) fn close(id: TaskId) -> CloseTask {
    CloseTask {
        idempotency_key: key(),
        id,
        evidence_text: Some("活动简报".into()),
        evidence_link: Some("https://example.edu.cn/1".into()),
        reason: None,
    }
}

pub(crate) fn reopen(id: TaskId) -> ReopenTask {
    ReopenTask { idempotency_key: key(), id, reason: "证据不全".into() }
}

fn update(task: &Task, owner: Option<PersonId>) -> UpdateTask {
    UpdateTask {
        idempotency_key: key(),
        id: task.id,
        version: task.version,
        title: "主题班会（二）".into(),
        owner,
        due_on: day(5, 20),
    }
}

#[tokio::test]
async fn a_line_is_closed_and_reopened_and_its_history_keeps_both() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let task = town.task(studio.id, "主题班会", Some(town.lina)).await;
    assert_eq!(
        (task.state, task.overdue_days, task.owner_name.as_deref()),
        (TaskState::Open, 8, Some("李娜"))
    );
    let open = town.ask(&lead, OpenStudios { ids: vec![studio.id] }).await.unwrap()[0].clone().unwrap();
    assert_eq!((open.open_tasks, open.overdue_tasks, open.last_activity), (1, 1, Some(noon())));
    let mut nothing = close(task.id);
    (nothing.evidence_text, nothing.evidence_link) = (Some(" ".into()), None);
    assert_eq!(town.code(&lead, nothing).await, Code::EvidenceOrReason);
    let mut script = close(task.id);
    script.evidence_link = Some("javascript:alert(1)".into());
    assert_eq!(town.code(&lead, script).await, Code::InvalidLink);
    let closed = town.ask(&lead, close(task.id)).await.unwrap();
    assert_eq!((closed.state, closed.closed_on, closed.version), (TaskState::Closed, Some(day(5, 18)), 2));
    assert_eq!(closed.overdue_days, 8, "closed late");
    assert_eq!(town.code(&lead, close(task.id)).await, Code::TaskClosed);
    assert_eq!(town.code(&lead, update(&closed, None)).await, Code::TaskClosed);
    let reopened = town.ask(&lead, reopen(task.id)).await.unwrap();
    assert_eq!((reopened.state, reopened.evidence_text, reopened.version), (TaskState::Open, None, 3));
    assert_eq!(town.code(&lead, reopen(task.id)).await, Code::TaskOpen);
    let mut excused = close(task.id);
    (excused.evidence_text, excused.evidence_link, excused.reason) = (None, None, Some("疫情停课".into()));
    let excused = town.ask(&lead, excused).await.unwrap();
    assert_eq!(excused.reason.as_deref(), Some("疫情停课"));
    let history = town.ask(&lead, TaskHistory { id: task.id }).await.unwrap();
    let kept: Vec<(&str, Option<&str>)> =
        history.iter().map(|entry| (entry.what.as_str(), entry.note.as_deref())).collect();
    assert_eq!(
        kept,
        [
            ("closed", Some("疫情停课")),
            ("reopened", Some("证据不全")),
            ("closed", Some("活动简报\nhttps://example.edu.cn/1")),
            ("added", None)
        ]
    );
    assert_eq!(history[0].person_name.as_deref(), Some("李娜"));
    assert_eq!(history[3].person_name.as_deref(), Some("张伟"), "who worked in the ledger is named");
}

#[tokio::test]
async fn a_line_is_changed_from_the_version_that_was_read() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let task = town.task(studio.id, "主题班会", Some(town.lina)).await;
    let changed = town.ask(&lead, update(&task, Some(town.wangfang))).await.unwrap();
    assert_eq!((changed.owner_name.as_deref(), changed.overdue_days), (Some("王芳"), 0));
    assert_eq!(town.code(&lead, update(&task, None)).await, Code::Stale);
    assert_eq!(town.code(&lead, update(&changed, Some(town.zhaolei))).await, Code::NotAMember);
    let history = town.ask(&lead, TaskHistory { id: task.id }).await.unwrap();
    let note = history[0].note.as_deref().unwrap();
    assert_eq!(note, "《主题班会》→《主题班会（二）》；李娜 → 王芳；2026-05-10 → 2026-05-20");
    let mut foreign = add_task(studio.id, "乙", None);
    foreign.plan_item = Some(PlanItemId::new());
    assert_eq!(town.code(&lead, foreign).await, Code::NotFound);
}

#[tokio::test]
async fn a_member_closes_their_own_lines_only() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let own = town.task(studio.id, "家访", Some(town.wangfang)).await;
    let others = town.task(studio.id, "班会", Some(town.lina)).await;
    let nobodys = town.task(studio.id, "讲座", None).await;
    let member = on(studio.id, Role::StudioMember, town.wangfang);
    town.ask(&member, close(own.id)).await.unwrap();
    town.ask(&member, reopen(own.id)).await.unwrap();
    for id in [others.id, nobodys.id] {
        assert_eq!(town.code(&member, close(id)).await, Code::Forbidden);
    }
    assert_eq!(town.code(&member, add_task(studio.id, "甲", None)).await, Code::Forbidden);
    assert_eq!(town.code(&officer(), close(own.id)).await, Code::Forbidden);
    let expert = on(studio.id, Role::ExternalExpert, town.wangfang);
    assert_eq!(town.code(&expert, close(own.id)).await, Code::Forbidden);
    assert_eq!(town.code(&town.administrator(MINGDE + 1), close(own.id)).await, Code::NotFound);
    let opened = town.ask(&expert, OpenTasks { ids: vec![own.id, TaskId::new()] }).await.unwrap();
    assert!(opened[0].is_some() && opened[1].is_none());
}

#[tokio::test]
async fn of_two_closings_at_once_one_is_made() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    for i in 0..5 {
        let task = town.task(studio.id, &format!("任务{i}"), None).await;
        let (a, b) = tokio::join!(town.ask(&lead, close(task.id)), town.ask(&lead, close(task.id)));
        let refused: Vec<Code> = [a, b].into_iter().filter_map(|reply| Some(reply.err()?.code())).collect();
        assert_eq!(refused, [Code::TaskClosed]);
        let same = reopen(task.id);
        let (a, b) = tokio::join!(town.ask(&lead, same.clone()), town.ask(&lead, same));
        assert_eq!(a.unwrap(), b.unwrap(), "the same request twice is one change");
    }
}
