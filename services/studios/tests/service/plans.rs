//! Plan items.

use crate::town::{MINGDE, Town, add_task, day, fields, on};
use contract::studios::{AddPlanItem, OpenPlanItems, PlanItem, PlanItemsOf, RemovePlanItem, UpdatePlanItem};
use testkit::key;
use vocabulary::{Code, PlanItemId, Role, StudioId};

pub(crate) fn add(studio: StudioId, title: &str) -> AddPlanItem {
    AddPlanItem {
        idempotency_key: key(),
        studio,
        school_year: 2025,
        title: title.into(),
        owner: None,
        deliverable: Some("案例集".into()),
        due_on: Some(day(6, 30)),
        measure: Some("  ".into()),
    }
}

fn update(item: &PlanItem, title: &str) -> UpdatePlanItem {
    UpdatePlanItem {
        idempotency_key: key(),
        id: item.id,
        version: item.version,
        title: title.into(),
        owner: item.owner,
        deliverable: None,
        due_on: None,
        measure: None,
    }
}

#[tokio::test]
async fn a_plan_is_made_corrected_and_cleared() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let mut first = add(studio.id, "主题班会研讨");
    first.owner = Some(town.lina);
    let item = town.ask(&lead, first).await.unwrap();
    assert_eq!((item.owner_name.as_deref(), item.measure.as_deref()), (Some("李娜"), None));
    let changed = town.ask(&lead, update(&item, "主题班会研讨（修订）")).await.unwrap();
    assert_eq!((changed.version, changed.due_on), (2, None));
    assert_eq!(town.code(&lead, update(&item, "又改")).await, Code::Stale);
    let mut task = add_task(studio.id, "三月研讨", None);
    task.plan_item = Some(item.id);
    town.ask(&lead, task).await.unwrap();
    let of = PlanItemsOf { studios: vec![studio.id], school_year: 2025 };
    let listed = town.ask(&lead, of.clone()).await.unwrap();
    assert_eq!((listed[0].len(), listed[0][0].tasks, listed[0][0].tasks_closed), (1, 1, 0));
    let remove = |id| RemovePlanItem { idempotency_key: key(), id };
    assert_eq!(town.code(&lead, remove(item.id)).await, Code::PlanItemInUse);
    let other = town.ask(&lead, add(studio.id, "读书会")).await.unwrap();
    assert!(town.ask(&lead, remove(other.id)).await.unwrap());
    assert_eq!(town.code(&lead, remove(other.id)).await, Code::NotFound);
    let opened = town.ask(&lead, OpenPlanItems { ids: vec![other.id, item.id] }).await.unwrap();
    assert!(opened[0].is_none() && opened[1].is_some());
}

#[tokio::test]
async fn owners_are_members_and_input_is_checked() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let mut foreign = add(studio.id, "甲");
    foreign.owner = Some(town.wangfang);
    assert_eq!(town.code(&lead, foreign).await, Code::NotAMember);
    let mut wrong = add(studio.id, "");
    wrong.school_year = i32::MAX;
    wrong.due_on = Some("-0001-01-01".parse().unwrap());
    let error = town.ask(&lead, wrong).await.unwrap_err();
    let expected =
        [(Code::Required, "title"), (Code::InvalidDate, "dueOn"), (Code::InvalidValue, "schoolYear")];
    assert_eq!(fields(&error), expected.map(|(code, field)| (code, Some(field.to_owned()))));
    let member = on(studio.id, Role::StudioMember, town.lina);
    assert_eq!(town.code(&member, add(studio.id, "甲")).await, Code::Forbidden);
    assert_eq!(town.code(&lead, add(StudioId::new(), "甲")).await, Code::NotFound);
    let gone = OpenPlanItems { ids: vec![PlanItemId::new()] };
    assert_eq!(town.ask(&town.administrator(MINGDE), gone).await.unwrap(), [None]);
}
