//! What somebody tries who means no good, or only clicks twice.

use crate::ledger::{close, reopen};
use crate::plans;
use crate::town::{MINGDE, Town, add_member, add_task, day, fields, on};
use chrono::NaiveDate;
use contract::studios::{
    CloseStudio, EndMembership, MembersOf, OpenTasks, TaskHistory, TaskState, UpdateMember, UpdatePlanItem,
    UpdateTask,
};
use testkit::key;
use vocabulary::{Code, PersonId, Role, TaskId};

fn end(id: vocabulary::MembershipId, on: NaiveDate) -> EndMembership {
    EndMembership { idempotency_key: key(), id, on }
}

#[tokio::test]
async fn memberships_neither_overlap_nor_begin_before_the_studio() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let from = |on| {
        let mut add = add_member(studio.id, "wangfang");
        add.from = on;
        add
    };
    assert_eq!(
        town.code(&lead, from(day(1, 4))).await,
        Code::DateOrder,
        "the studio was founded a day later"
    );
    assert_eq!(town.code(&lead, from("+9999-12-31".parse().unwrap())).await, Code::InvalidDate);
    assert_eq!(town.code(&lead, from(NaiveDate::MIN)).await, Code::InvalidDate);
    // One that lies ahead takes the time before it too: it would have no end.
    let ahead = town.ask(&lead, from(day(9, 1))).await.unwrap();
    for on in [day(2, 1), day(9, 1), day(12, 1)] {
        assert_eq!(town.code(&lead, from(on)).await, Code::MemberTwice, "{on}");
    }
    // Somebody who will be a member owns nothing yet.
    assert_eq!(town.code(&lead, add_task(studio.id, "甲", Some(town.wangfang))).await, Code::NotAMember);
    assert_eq!(town.code(&lead, end(ahead.id, day(8, 31))).await, Code::DateOrder);
    assert_eq!(town.code(&lead, end(ahead.id, "+9999-12-31".parse().unwrap())).await, Code::InvalidDate);
    town.ask(&lead, end(ahead.id, day(9, 30))).await.unwrap();
    let (a, b) = tokio::join!(town.ask(&lead, from(day(10, 1))), town.ask(&lead, from(day(10, 1))));
    let refused: Vec<Code> = [a, b].into_iter().filter_map(|reply| Some(reply.err()?.code())).collect();
    assert_eq!(refused, [Code::MemberTwice], "of two at once one is made");
    let members = town.ask(&lead, MembersOf { studios: vec![studio.id] }).await.unwrap();
    assert_eq!(members[0].iter().filter(|member| member.person == town.wangfang).count(), 2);
}

#[tokio::test]
async fn one_who_left_owns_nothing_even_when_their_line_is_opened_again() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let member = town.member(studio.id, "zhangwei").await;
    let task = town.task(studio.id, "家访", Some(town.zhangwei)).await;
    assert_eq!(town.code(&lead, end(member.id, day(5, 17))).await, Code::MemberHasTasks);
    town.ask(&lead, close(task.id)).await.unwrap();
    town.ask(&lead, end(member.id, day(5, 17))).await.unwrap();
    // Their grant may live on for a minute: it opens nobody's lines but their own, and closes none of others.
    let left = on(studio.id, Role::StudioMember, town.zhangwei);
    let others = town.task(studio.id, "班会", Some(town.lina)).await;
    assert_eq!(town.code(&left, close(others.id)).await, Code::Forbidden);
    let reopened = town.ask(&lead, reopen(task.id)).await.unwrap();
    assert_eq!((reopened.state, reopened.owner), (TaskState::Open, None), "nobody's until somebody takes it");
    let history = town.ask(&lead, TaskHistory { id: task.id }).await.unwrap();
    assert_eq!(history[0].note.as_deref(), Some("证据不全\n张伟 → —"));
    assert_eq!(history[1].note.as_deref(), Some("活动简报\nhttps://example.edu.cn/1"));
    let give = |version, owner| UpdateTask {
        idempotency_key: key(),
        id: task.id,
        version,
        title: "家访".into(),
        owner: Some(owner),
        due_on: day(5, 20),
    };
    for outsider in [town.zhangwei, town.wangfang, PersonId::new()] {
        assert_eq!(town.code(&lead, give(reopened.version, outsider)).await, Code::NotAMember);
    }
    town.ask(&lead, give(reopened.version, town.lina)).await.unwrap();
    // Whoever stays gets theirs back.
    town.ask(&lead, close(others.id)).await.unwrap();
    assert_eq!(town.ask(&lead, reopen(others.id)).await.unwrap().owner, Some(town.lina));
}

#[tokio::test]
async fn a_closed_studios_ledger_stays_as_it_is() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let member = town.member(studio.id, "wangfang").await;
    let item = town.ask(&lead, plans::add(studio.id, "研讨")).await.unwrap();
    let (open, done) = (town.task(studio.id, "甲", None).await, town.task(studio.id, "乙", None).await);
    let done = town.ask(&lead, close(done.id)).await.unwrap();
    town.ask(&lead, CloseStudio { idempotency_key: key(), id: studio.id, on: day(5, 18) }).await.unwrap();
    for who in [lead, town.administrator(MINGDE)] {
        assert_eq!(town.code(&who, close(open.id)).await, Code::StudioClosed);
        assert_eq!(town.code(&who, reopen(done.id)).await, Code::StudioClosed);
        assert_eq!(town.code(&who, add_task(studio.id, "丙", None)).await, Code::StudioClosed);
        assert_eq!(town.code(&who, add_member(studio.id, "zhaolei")).await, Code::StudioClosed);
        assert_eq!(town.code(&who, end(member.id, day(5, 1))).await, Code::StudioClosed);
        assert_eq!(town.code(&who, plans::add(studio.id, "又一项")).await, Code::StudioClosed);
        let change = UpdateTask {
            idempotency_key: key(),
            id: open.id,
            version: open.version,
            title: "改".into(),
            owner: None,
            due_on: day(6, 1),
        };
        assert_eq!(town.code(&who, change).await, Code::StudioClosed);
        let change = UpdatePlanItem {
            idempotency_key: key(),
            id: item.id,
            version: item.version,
            title: "改".into(),
            owner: None,
            deliverable: None,
            due_on: None,
            measure: None,
        };
        assert_eq!(town.code(&who, change).await, Code::StudioClosed);
        let change = UpdateMember {
            idempotency_key: key(),
            id: member.id,
            version: member.version,
            role: member.role,
            categories: member.categories.clone(),
            principal_category: member.principal_category,
        };
        assert_eq!(town.code(&who, change).await, Code::StudioClosed);
    }
    let kept =
        town.ask(&town.administrator(MINGDE), OpenTasks { ids: vec![open.id, done.id] }).await.unwrap();
    let states: Vec<_> = kept.into_iter().flatten().map(|task| (task.state, task.version)).collect();
    assert_eq!(states, [(TaskState::Open, 1), (TaskState::Closed, 2)]);
}

#[tokio::test]
async fn long_texts_far_days_and_links_that_are_none() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let mut task = add_task(studio.id, &"长".repeat(10_000), None);
    task.due_on = "+9999-12-31".parse().unwrap();
    let error = town.ask(&lead, task).await.unwrap_err();
    let expected = [(Code::TooLong, Some("title".into())), (Code::InvalidDate, Some("dueOn".into()))];
    assert_eq!(fields(&error), expected);
    // What is invisible is no title, and a title keeps nothing invisible.
    let unseen = add_task(studio.id, "\u{202e}\u{200b}\u{0}\t", None);
    assert_eq!(town.code(&lead, unseen).await, Code::Required);
    let task = town.task(studio.id, "班会\u{202e}<script>alert(1)</script>\n二", None).await;
    assert_eq!(task.title, "班会<script>alert(1)</script>二", "text is text: pages show it as such");
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt://a.cn/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//a.cn/x",
        "https://moe.gov.cn@evil.example/",
        "https://a.cn/\u{202e}x y",
        &format!("https://a.cn/{}", "x".repeat(500)),
    ] {
        let mut with = close(task.id);
        with.evidence_link = Some(link.to_owned());
        let code = town.code(&lead, with).await;
        assert!(matches!(code, Code::InvalidLink | Code::TooLong), "{link}: {code:?}");
    }
    let mut long = close(task.id);
    (long.evidence_text, long.reason) = (Some("长".repeat(2_001)), Some("长".repeat(2_001)));
    let error = town.ask(&lead, long).await.unwrap_err();
    assert_eq!(error.faults().count(), 2);
    let mut silent = reopen(task.id);
    silent.reason = " \u{3000}".into();
    assert_eq!(town.code(&lead, silent).await, Code::Required);
    let history = town.ask(&lead, TaskHistory { id: task.id }).await.unwrap();
    assert_eq!(history.len(), 1, "what was refused left no trace");
    assert_eq!(town.code(&lead, close(TaskId::new())).await, Code::NotFound);
}

#[tokio::test]
async fn another_studios_plan_and_members_are_none_of_this_one() {
    let town = Town::new().await;
    let (mine, other) = (town.studio().await, town.studio_named("另一个").await);
    let who = town.administrator(MINGDE);
    let item = town.ask(&who, plans::add(other.id, "别处的方案")).await.unwrap();
    let mut task = add_task(mine.id, "甲", None);
    task.plan_item = Some(item.id);
    assert_eq!(town.code(&who, task).await, Code::NotFound);
    town.member(other.id, "wangfang").await;
    assert_eq!(town.code(&who, add_task(mine.id, "甲", Some(town.wangfang))).await, Code::NotAMember);
    // The lead of one studio has no hand in the other of the same school.
    let lead = on(mine.id, Role::StudioLead, town.lina);
    let theirs = town.task(other.id, "乙", Some(town.wangfang)).await;
    assert_eq!(town.code(&lead, close(theirs.id)).await, Code::NotFound);
    assert_eq!(town.code(&lead, add_task(other.id, "丙", None)).await, Code::NotFound);
    let again = close(theirs.id);
    town.ask(&who, again.clone()).await.unwrap();
    assert_eq!(town.ask(&who, again).await.unwrap().version, 2, "sent twice, closed once");
    assert_eq!(town.code(&who, close(theirs.id)).await, Code::TaskClosed);
}
