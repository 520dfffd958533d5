//! Founding, correcting and closing studios.

use crate::town::{BLOCK, BUREAU, CHONGSHI, MINGDE, Town, day, fields, found, officer, on};
use contract::studios::{
    AddPlanItem, CloseStudio, LeaderType, MemberRole, MembersOf, OpenStudios, Studio, StudioLevel,
    StudioMode, StudiosOf, UpdateStudio,
};
use testkit::{key, principal};
use vocabulary::{Code, OrganisationNo, PersonId, Principal, Role, StudioId};

fn update(studio: &Studio, name: &str) -> UpdateStudio {
    UpdateStudio {
        idempotency_key: key(),
        id: studio.id,
        version: studio.version,
        name: name.into(),
        level: StudioLevel::City,
        stage: None,
        mode: StudioMode::Mentoring,
        leader_type: LeaderType::Coordinating,
    }
}

fn close(id: StudioId, month: u32, on: u32) -> CloseStudio {
    CloseStudio { idempotency_key: key(), id, on: day(month, on) }
}

#[tokio::test]
async fn a_studio_is_founded_with_its_lead() {
    let town = Town::new().await;
    let studio = town.studio().await;
    assert_eq!((studio.owner_no, studio.version, studio.members), (OrganisationNo(MINGDE), 1, 1));
    assert_eq!(studio.lead_name.as_deref(), Some("李娜"));
    let administrator = town.administrator(MINGDE);
    let members = town.ask(&administrator, MembersOf { studios: vec![studio.id] }).await.unwrap();
    assert_eq!((members[0][0].role, members[0][0].from), (MemberRole::Lead, day(1, 5)));
    assert_eq!(members[0][0].home_name, "明德职业学校");
    let bureau = principal::bureau_administrator(PersonId::new(), BUREAU, BLOCK);
    let citywide = town.ask(&bureau, found(BUREAU, "市级班主任工作室")).await.unwrap();
    assert_eq!(citywide.lead_name.as_deref(), Some("李娜"));
}

#[tokio::test]
async fn founding_says_all_that_is_wrong() {
    let town = Town::new().await;
    let administrator = town.administrator(MINGDE);
    let mut wrong = found(MINGDE, " \u{200b}");
    wrong.founded_on = "+9999-01-01".parse().unwrap();
    wrong.lead_login = String::new();
    let error = town.ask(&administrator, wrong).await.unwrap_err();
    assert_eq!(
        fields(&error),
        [
            (Code::Required, Some("name".into())),
            (Code::InvalidDate, Some("foundedOn".into())),
            (Code::Required, Some("leadLogin".into()))
        ]
    );
    let mut unknown = found(MINGDE, "甲");
    unknown.lead_login = "nobody".into();
    assert_eq!(town.code(&administrator, unknown).await, Code::PersonUnknown);
    let mut early = found(MINGDE, "甲");
    early.founded_on = day(5, 19);
    assert_eq!(town.code(&administrator, early).await, Code::DateInFuture);
    town.studio().await;
    assert_eq!(town.code(&administrator, found(MINGDE, "李娜班主任工作室")).await, Code::StudioNameTaken);
}

#[tokio::test]
async fn who_may_found() {
    let town = Town::new().await;
    assert_eq!(town.code(&Principal::anonymous(), found(MINGDE, "甲")).await, Code::Unauthenticated);
    assert_eq!(town.code(&town.administrator(CHONGSHI), found(MINGDE, "甲")).await, Code::NotFound);
    assert_eq!(town.code(&officer(), found(MINGDE, "甲")).await, Code::Forbidden);
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    assert_eq!(town.code(&lead, found(MINGDE, "甲")).await, Code::NotFound);
    let bureau = principal::bureau_administrator(PersonId::new(), BUREAU, BLOCK);
    assert_eq!(town.code(&bureau, found(777, "甲")).await, Code::NotFound, "no such organisation");
    let system =
        principal::on_organisation(PersonId::new(), Role::SystemAdministrator, BUREAU, &[BLOCK], &[BLOCK]);
    assert_eq!(town.code(&system, found(MINGDE, "甲")).await, Code::NotFound);
    let open = town.ask(&system, OpenStudios { ids: vec![studio.id] }).await.unwrap();
    assert_eq!(open, [None], "those who run the installation see no content");
}

#[tokio::test]
async fn the_charter_is_corrected_from_the_version_that_was_read() {
    let town = Town::new().await;
    let studio = town.studio().await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    let changed = town.ask(&lead, update(&studio, "娜姐工作室")).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.stage.as_str(), changed.version), ("娜姐工作室", "", 2));
    assert_eq!(town.code(&lead, update(&studio, "又名")).await, Code::Stale);
    let coordinator = on(studio.id, Role::StudioCoordinator, town.zhangwei);
    assert_eq!(town.code(&coordinator, update(&changed, "又名")).await, Code::Forbidden);
    let expert = on(studio.id, Role::ExternalExpert, town.zhaolei);
    assert_eq!(town.code(&expert, update(&changed, "又名")).await, Code::Forbidden);
    town.studio_named("另一个").await;
    assert_eq!(town.code(&lead, update(&changed, "另一个")).await, Code::StudioNameTaken);
    // Grants made from the membership show the studio's name.
    let mut past_locks = town.base.superuser().await;
    let names: Vec<(String, i32)> = sqlx::query_as(
        "select payload ->> 'studio_name', version from studios.event_log where kind = 'studios.member' and studio_id = $1 order by version",
    )
    .bind(studio.id.uuid())
    .fetch_all(&mut past_locks)
    .await
    .unwrap();
    assert_eq!(names, [("李娜班主任工作室".into(), 1), ("娜姐工作室".into(), 2)]);
}

#[tokio::test]
async fn a_closed_studio_takes_no_changes_and_frees_its_name() {
    let town = Town::new().await;
    let studio = town.studio().await;
    town.member(studio.id, "wangfang").await;
    let lead = on(studio.id, Role::StudioLead, town.lina);
    assert_eq!(town.code(&lead, close(studio.id, 5, 19)).await, Code::DateInFuture);
    assert_eq!(town.code(&lead, close(studio.id, 1, 4)).await, Code::DateOrder);
    assert_eq!(town.code(&lead, close(studio.id, 1, 20)).await, Code::DateOrder, "a member began later");
    let closed = town.ask(&lead, close(studio.id, 5, 18)).await.unwrap();
    assert_eq!(closed.closed_on, Some(day(5, 18)));
    assert_eq!(town.code(&lead, close(studio.id, 5, 18)).await, Code::StudioClosed);
    assert_eq!(town.code(&lead, update(&closed, "新名")).await, Code::StudioClosed);
    let plan = AddPlanItem {
        idempotency_key: key(),
        studio: studio.id,
        school_year: 2025,
        title: "研讨".into(),
        owner: None,
        deliverable: None,
        due_on: None,
        measure: None,
    };
    assert_eq!(town.code(&lead, plan).await, Code::StudioClosed);
    let administrator = town.administrator(MINGDE);
    let members = town.ask(&administrator, MembersOf { studios: vec![studio.id] }).await.unwrap();
    assert!(members[0].iter().all(|member| member.to == Some(day(5, 18)) && member.version == 2));
    let again = town.studio().await;
    let of = StudiosOf { owners: vec![OrganisationNo(CHONGSHI), OrganisationNo(MINGDE)] };
    let living = town.ask(&officer(), of).await.unwrap();
    assert_eq!(living[0], []);
    assert_eq!(living[1].iter().map(|studio| studio.id).collect::<Vec<_>>(), [again.id]);
}
