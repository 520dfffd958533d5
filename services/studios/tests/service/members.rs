//! Members: guests, parts, ends.

use crate::town::{MINGDE, Town, add_member, day, on};
use contract::studios::{
    EndMembership, Member, MemberCategory, MemberRole, MembersOf, OpenMembers, OpenStudios, UpdateMember,
};
use testkit::key;
use vocabulary::{Code, MembershipId, Role};

fn update(member: &Member, role: MemberRole) -> UpdateMember {
    UpdateMember {
        idempotency_key: key(),
        id: member.id,
        version: member.version,
        role,
        categories: vec![MemberCategory::PsychologyTeacher, MemberCategory::HomeroomTeacher],
        principal_category: MemberCategory::PsychologyTeacher,
    }
}

fn end(id: MembershipId, month: u32, on: u32) -> EndMembership {
    EndMembership { idempotency_key: key(), id, on: day(month, on) }
}

#[tokio::test]
async fn a_guest_is_added_by_account_name_and_named_to_those_who_read_the_studio() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let guest = town.ask(&lead, add_member(studio.id, " WangFang ")).await.unwrap();
    assert!(guest.guest);
    assert_eq!((guest.person_name.as_str(), guest.home_name.as_str()), ("王芳", "崇实职业学校"));
    for part in ["wang", "wangfan%", "王芳"] {
        assert_eq!(town.code(&lead, add_member(studio.id, part)).await, Code::PersonUnknown, "{part}");
    }
    assert_eq!(town.code(&lead, add_member(studio.id, "wangfang")).await, Code::MemberTwice);
    let school = town.administrator(MINGDE);
    let members = town.ask(&school, MembersOf { studios: vec![studio.id] }).await.unwrap();
    let names: Vec<&str> = members[0].iter().map(|member| member.person_name.as_str()).collect();
    assert_eq!(names, ["李娜", "王芳"], "by pinyin");
    let opened = town.ask(&school, OpenMembers { ids: vec![MembershipId::new(), guest.id] }).await.unwrap();
    assert_eq!(opened, [None, Some(guest)]);
    let open = town.ask(&school, OpenStudios { ids: vec![studio.id] }).await.unwrap();
    assert_eq!(open[0].as_ref().unwrap().members, 2);
}

#[tokio::test]
async fn a_coordinator_manages_members_but_appoints_no_lead() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let coordinator = on(studio.id, Role::StudioCoordinator, town.zhangwei);
    let member = town.ask(&coordinator, add_member(studio.id, "zhangwei")).await.unwrap();
    let mut lead = add_member(studio.id, "zhaolei");
    lead.role = MemberRole::Lead;
    assert_eq!(town.code(&coordinator, lead).await, Code::Forbidden);
    assert_eq!(town.code(&coordinator, update(&member, MemberRole::Coordinator)).await, Code::Forbidden);
    let members = town.ask(&coordinator, MembersOf { studios: vec![studio.id] }).await.unwrap();
    let head = members[0].iter().find(|member| member.role == MemberRole::Lead).unwrap();
    assert_eq!(town.code(&coordinator, update(head, MemberRole::Member)).await, Code::Forbidden);
    assert_eq!(town.code(&coordinator, end(head.id, 5, 18)).await, Code::Forbidden);
    let plain = on(studio.id, Role::StudioMember, town.zhangwei);
    assert_eq!(town.code(&plain, add_member(studio.id, "zhaolei")).await, Code::Forbidden);
}

#[tokio::test]
async fn a_membership_is_corrected_from_the_version_that_was_read() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let member = town.member(studio.id, "zhangwei").await;
    let changed = town.ask(&lead, update(&member, MemberRole::Coordinator)).await.unwrap();
    assert_eq!((changed.role, changed.version), (MemberRole::Coordinator, 2));
    assert_eq!(changed.categories, [MemberCategory::HomeroomTeacher, MemberCategory::PsychologyTeacher]);
    assert_eq!(town.code(&lead, update(&member, MemberRole::Member)).await, Code::Stale);
    let mut wrong = update(&changed, MemberRole::Member);
    wrong.principal_category = MemberCategory::Researcher;
    assert_eq!(town.code(&lead, wrong).await, Code::CategoryPrincipal);
}

#[tokio::test]
async fn a_membership_ends_when_its_tasks_are_done() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let member = town.member(studio.id, "zhangwei").await;
    let task = town.task(studio.id, "家访", Some(town.zhangwei)).await;
    let error = town.ask(&lead, end(member.id, 5, 18)).await.unwrap_err();
    assert_eq!((error.code(), error.fault().params["count"].as_str()), (Code::MemberHasTasks, "1"));
    let close = contract::studios::CloseTask {
        idempotency_key: key(),
        id: task.id,
        evidence_text: Some("记录".into()),
        evidence_link: None,
        reason: None,
    };
    town.ask(&lead, close).await.unwrap();
    assert_eq!(town.code(&lead, end(member.id, 1, 31)).await, Code::DateOrder);
    let ended = town.ask(&lead, end(member.id, 4, 30)).await.unwrap();
    assert_eq!(ended.to, Some(day(4, 30)));
    let mut overlapping = add_member(studio.id, "zhangwei");
    overlapping.from = day(4, 30);
    assert_eq!(town.code(&lead, overlapping.clone()).await, Code::MemberTwice);
    overlapping.from = day(5, 1);
    overlapping.idempotency_key = key();
    town.ask(&lead, overlapping).await.unwrap();
    assert_eq!(town.code(&lead, end(member.id, 5, 1)).await, Code::MemberTwice);
    let members = town.ask(&lead, MembersOf { studios: vec![studio.id] }).await.unwrap();
    assert_eq!(members[0].last().unwrap().id, member.id, "active ones first");
}
