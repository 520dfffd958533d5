//! A small town to test in: a bureau, two schools, four people, and what one asks of the service.

use chrono::NaiveDate;
use contract::events::{ORGANISATION, OrganisationEvent, PERSON, PersonEvent};
use contract::studios::{
    AddMember, AddTask, FoundStudio, LeaderType, Member, MemberCategory, MemberRole, Studio, StudioLevel,
    StudioMode, Task,
};
use contract::tenancy::OrganisationKind;
use contract::{Handle, Operation};
use platform::{Database, Event, apply};
use studios::{Studios, StudiosConsumer};
use testkit::{TestDatabase, call, clock, key, noon, principal};
use uuid::Uuid;
use vocabulary::{Code, Error, OrganisationId, OrganisationNo, PersonId, Principal, Result, Role, StudioId};

pub(crate) const BUREAU: i32 = 1;
pub(crate) const MINGDE: i32 = 101;
pub(crate) const CHONGSHI: i32 = 102;
/// The bureau's block of numbers.
pub(crate) const BLOCK: (i32, i32) = (1, 1000);

pub(crate) struct Town {
    pub(crate) base: TestDatabase,
    pub(crate) database: Database,
    pub(crate) service: Studios,
    /// 李娜 and 张伟 of 明德, 王芳 and 赵磊 of 崇实.
    pub(crate) lina: PersonId,
    pub(crate) zhangwei: PersonId,
    pub(crate) wangfang: PersonId,
    pub(crate) zhaolei: PersonId,
}

/// A day of 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub(crate) fn organisation(no: i32, kind: OrganisationKind, name: &str, version: i32) -> Event {
    let id = OrganisationId::from_uuid(Uuid::from_u128(u128::from(no.unsigned_abs())));
    let state = OrganisationEvent { id, no: OrganisationNo(no), kind, name: name.into(), closed_on: None };
    event(no, id.uuid(), version, ORGANISATION, serde_json::to_value(state).unwrap())
}

pub(crate) fn person(id: PersonId, no: i32, login: &str, name: &str, version: i32) -> Event {
    let state = PersonEvent {
        id,
        name: name.into(),
        login: login.into(),
        home: OrganisationNo(no),
        home_name: format!("{no}"),
        left_on: None,
    };
    event(no, id.uuid(), version, PERSON, serde_json::to_value(state).unwrap())
}

fn event(no: i32, aggregate: Uuid, version: i32, kind: &str, payload: serde_json::Value) -> Event {
    Event {
        id: Uuid::now_v7(),
        owner_no: OrganisationNo(no),
        studio_id: None,
        aggregate,
        version,
        kind: kind.into(),
        payload,
        recorded_at: noon(),
        trace: None,
    }
}

impl Town {
    pub(crate) async fn new() -> Self {
        let base = TestDatabase::new().await;
        let database = base.database("studios", clock());
        let people: [PersonId; 4] = std::array::from_fn(|_| PersonId::new());
        let [lina, zhangwei, wangfang, zhaolei] = people;
        let events = vec![
            organisation(BUREAU, OrganisationKind::Bureau, "海州市教育局", 1),
            organisation(MINGDE, OrganisationKind::School, "明德职业学校", 1),
            organisation(CHONGSHI, OrganisationKind::School, "崇实职业学校", 1),
            person(lina, MINGDE, "lina", "李娜", 1),
            person(zhangwei, MINGDE, "zhangwei", "张伟", 1),
            person(wangfang, CHONGSHI, "wangfang", "王芳", 1),
            person(zhaolei, CHONGSHI, "zhaolei", "赵磊", 1),
        ];
        apply(&StudiosConsumer::new(database.clone()), events).await.unwrap();
        let service = Studios::new(database.clone());
        Self { base, database, service, lina, zhangwei, wangfang, zhaolei }
    }

    pub(crate) async fn ask<O: Operation>(&self, who: &Principal, request: O) -> Result<O::Reply>
    where
        Studios: Handle<O>,
    {
        self.service.handle(&call(who.clone()), request).await
    }

    pub(crate) async fn code<O: Operation>(&self, who: &Principal, request: O) -> Code
    where
        Studios: Handle<O>,
    {
        match self.ask(who, request).await {
            Ok(_) => panic!("{} was allowed", O::PATH),
            Err(error) => error.code(),
        }
    }

    /// A school's administrator.
    pub(crate) fn administrator(&self, no: i32) -> Principal {
        principal::school_administrator(self.zhangwei, no)
    }

    /// A studio of 明德, led by 李娜.
    pub(crate) async fn studio(&self) -> Studio {
        self.studio_named("李娜班主任工作室").await
    }

    pub(crate) async fn studio_named(&self, name: &str) -> Studio {
        self.ask(&self.administrator(MINGDE), found(MINGDE, name)).await.unwrap()
    }

    /// A plain member from today's year on.
    pub(crate) async fn member(&self, studio: StudioId, login: &str) -> Member {
        self.ask(&self.administrator(MINGDE), add_member(studio, login)).await.unwrap()
    }

    pub(crate) async fn task(&self, studio: StudioId, title: &str, owner: Option<PersonId>) -> Task {
        self.ask(&self.administrator(MINGDE), add_task(studio, title, owner)).await.unwrap()
    }
}

pub(crate) fn found(owner: i32, name: &str) -> FoundStudio {
    FoundStudio {
        idempotency_key: key(),
        owner: OrganisationNo(owner),
        name: name.into(),
        level: StudioLevel::School,
        stage: Some("培育".into()),
        mode: StudioMode::MasterTeacher,
        leader_type: LeaderType::Leading,
        lead_login: "lina".into(),
        founded_on: day(1, 5),
    }
}

pub(crate) fn add_member(studio: StudioId, login: &str) -> AddMember {
    AddMember {
        idempotency_key: key(),
        studio,
        login: login.into(),
        role: MemberRole::Member,
        categories: vec![MemberCategory::HomeroomTeacher],
        principal_category: MemberCategory::HomeroomTeacher,
        from: day(2, 1),
    }
}

pub(crate) fn add_task(studio: StudioId, title: &str, owner: Option<PersonId>) -> AddTask {
    AddTask {
        idempotency_key: key(),
        studio,
        plan_item: None,
        title: title.into(),
        owner,
        due_on: day(5, 10),
    }
}

/// The fields that an error names.
pub(crate) fn fields(error: &Error) -> Vec<(Code, Option<String>)> {
    error.faults().map(|fault| (fault.code, fault.field.clone())).collect()
}

/// An officer who reads the bureau's block.
pub(crate) fn officer() -> Principal {
    principal::bureau_officer(PersonId::new(), BUREAU, BLOCK)
}

/// A person under a role on a studio of 明德.
pub(crate) fn on(studio: StudioId, role: Role, person: PersonId) -> Principal {
    principal::on_studio(person, role, studio, MINGDE)
}
