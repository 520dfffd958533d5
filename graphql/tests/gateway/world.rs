//! Services that answer from memory: they test the gateway, not the services.

use chrono::{DateTime, NaiveDate};
use contract::{Client, Handle, Operation, analytics, resources, studios, tenancy};
use graphql::Clients;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use uuid::Uuid;
use vocabulary::{
    Actor, AuditId, Call, ClassId, Code, Error, FileBytes, GrantId, Hat, ImportId, ImportJob, ImportState,
    METRICS, MembershipId, MetricState, OrganisationId, OrganisationNo, Page, PageInput, Period, PersonId,
    PlanItemId, Principal, Ranges, Result, Role, Scope, SessionId, StudioId, StudioSessionId, TaskId,
};

/// A bureau with this many schools, three studios each.
pub(crate) struct World {
    pub(crate) schools: usize,
    asked: Mutex<BTreeMap<&'static str, usize>>,
    /// What happens to a token: set by a test.
    pub(crate) over: Mutex<bool>,
    /// `SchoolsUnder` panics.
    pub(crate) panics: bool,
    /// `WhoCouldSee` never answers.
    pub(crate) hangs: bool,
    /// How often a session was only looked at.
    pub(crate) looks: Mutex<usize>,
    /// From where somebody signed in.
    pub(crate) sources: Mutex<Vec<String>>,
}

pub(crate) fn uuid(n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n as u128)
}

pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 18).unwrap()
}

/// The grant of a hat: hat `n` reads the organisations with numbers `n × 1000 .. (n + 1) × 1000`.
pub(crate) fn grant(n: usize) -> GrantId {
    GrantId::from_uuid(uuid(n))
}

impl World {
    pub(crate) fn new(schools: usize) -> Arc<Self> {
        Arc::new(Self {
            schools,
            asked: Mutex::default(),
            over: Mutex::new(false),
            panics: false,
            hangs: false,
            looks: Mutex::new(0),
            sources: Mutex::default(),
        })
    }

    pub(crate) fn clients(self: &Arc<Self>) -> Clients {
        Clients {
            tenancy: Client::new(Arc::clone(self) as Arc<dyn tenancy::Tenancy>),
            studios: Client::new(Arc::clone(self) as Arc<dyn studios::Studios>),
            resources: Client::new(Arc::clone(self) as Arc<dyn resources::Resources>),
            analytics: Client::new(Arc::clone(self) as Arc<dyn analytics::Analytics>),
        }
    }

    /// How often an operation was asked.
    pub(crate) fn asked<O: Operation>(&self) -> usize {
        self.asked.lock().unwrap().get(O::PATH).copied().unwrap_or(0)
    }

    fn page<T>(&self, page: &PageInput, make: impl Fn(usize) -> T) -> Result<Page<T>> {
        let first = usize::try_from(page.limit()?).unwrap();
        let many = self.schools * 3;
        let items: Vec<T> = (1..=first.min(many)).map(make).collect();
        let end = Some("end".to_owned());
        Ok(Page { more: many > items.len(), items, end, total: i64::try_from(many).unwrap() })
    }
}

pub(crate) fn organisation(n: usize) -> tenancy::Organisation {
    tenancy::Organisation {
        id: OrganisationId::from_uuid(uuid(n)),
        no: OrganisationNo(i32::try_from(n).unwrap()),
        kind: if n == 0 { tenancy::OrganisationKind::Bureau } else { tenancy::OrganisationKind::School },
        level: None,
        name: format!("学校{n}"),
        school_code: None,
        credit_code: None,
        place_code: None,
        place_name: None,
        authority: None,
        founded_on: day(),
        closed_on: None,
        merged_into: None,
        schools: 0,
        password_length: None,
        version: 1,
    }
}

fn reference(n: usize) -> tenancy::OrganisationRef {
    let organisation = organisation(n);
    tenancy::OrganisationRef { id: organisation.id, no: organisation.no, name: organisation.name }
}

fn person(n: usize) -> tenancy::Person {
    tenancy::Person {
        id: PersonId::from_uuid(uuid(n)),
        name: "李娜".into(),
        login: format!("p{n}"),
        organisation: reference(1),
        phone: None,
        locked_until: None,
        last_sign_in: None,
        left_on: None,
        version: 1,
    }
}

fn grant_of(n: usize) -> tenancy::Grant {
    tenancy::Grant {
        id: grant(n),
        person: PersonId::from_uuid(uuid(n)),
        person_name: "李娜".into(),
        role: Role::BureauOfficer,
        organisation: reference(1),
        studio: None,
        studio_name: None,
        valid_from: day(),
        valid_to: None,
        revoked_at: None,
        given_by: None,
    }
}

fn class(n: usize) -> tenancy::HomeroomClass {
    tenancy::HomeroomClass {
        id: ClassId::from_uuid(uuid(n)),
        school: reference(n),
        name: "机电2401".into(),
        cohort: 2024,
        programme: "机电".into(),
        headcount: 40,
        opened_on: day(),
        closed_on: None,
        assignments: vec![],
        vacant: true,
        version: 1,
    }
}

fn hat(n: usize) -> tenancy::HatChoice {
    tenancy::HatChoice {
        grant: grant(n),
        role: Role::BureauOfficer,
        organisation: reference(n),
        organisation_kind: tenancy::OrganisationKind::Bureau,
        studio: None,
        studio_name: None,
    }
}

fn studio(n: usize) -> studios::Studio {
    studios::Studio {
        id: StudioId::from_uuid(uuid(n)),
        owner_no: OrganisationNo(i32::try_from(n % 1000).unwrap()),
        name: format!("工作室{n}"),
        level: studios::StudioLevel::City,
        stage: "建设".into(),
        mode: studios::StudioMode::Mentoring,
        leader_type: studios::LeaderType::Leading,
        lead_name: None,
        founded_on: day(),
        closed_on: None,
        members: 5,
        open_tasks: 1,
        overdue_tasks: 0,
        last_activity: None,
        version: 1,
    }
}

fn member(n: usize) -> studios::Member {
    studios::Member {
        id: MembershipId::from_uuid(uuid(n)),
        studio: StudioId::from_uuid(uuid(n)),
        person: PersonId::from_uuid(uuid(n)),
        person_name: "王强".into(),
        home_no: OrganisationNo(1),
        home_name: "学校1".into(),
        guest: false,
        role: studios::MemberRole::Lead,
        categories: vec![studios::MemberCategory::HomeroomTeacher],
        principal_category: studios::MemberCategory::HomeroomTeacher,
        from: day(),
        to: None,
        version: 1,
    }
}

fn plan_item(n: usize) -> studios::PlanItem {
    studios::PlanItem {
        id: PlanItemId::from_uuid(uuid(n)),
        studio: StudioId::from_uuid(uuid(n)),
        school_year: 2025,
        title: "方案".into(),
        owner: None,
        owner_name: None,
        deliverable: None,
        due_on: None,
        measure: None,
        tasks: 1,
        tasks_closed: 0,
        version: 1,
    }
}

fn task(n: usize) -> studios::Task {
    studios::Task {
        id: TaskId::from_uuid(uuid(n)),
        studio: StudioId::from_uuid(uuid(n)),
        owner_no: OrganisationNo(1),
        plan_item: n.is_multiple_of(2).then(|| PlanItemId::from_uuid(uuid(n))),
        title: "任务".into(),
        owner: None,
        owner_name: None,
        due_on: day(),
        state: studios::TaskState::Open,
        closed_on: None,
        evidence_text: None,
        evidence_link: None,
        reason: None,
        overdue_days: 0,
        version: 1,
    }
}

fn session(n: usize) -> studios::Session {
    studios::Session {
        id: StudioSessionId::from_uuid(uuid(n)),
        studio: StudioId::from_uuid(uuid(n)),
        owner_no: OrganisationNo(1),
        title: "例会".into(),
        starts_at: DateTime::UNIX_EPOCH,
        minutes: None,
        place: None,
        functions: vec![studios::StudioFunction::Research],
        activities: vec![],
        joint: false,
        state: studios::SessionState::Planned,
        summary: None,
        cancel_reason: None,
        expected: 0,
        present: 0,
        others: 0,
        version: 1,
    }
}

fn figure(metric: &str) -> analytics::Figure {
    analytics::Figure {
        metric: metric.into(),
        state: MetricState::Value,
        value: Some(50.0),
        numerator: Some(1.0),
        denominator: Some(2.0),
        missing: 0,
    }
}

fn figures(period: Period) -> analytics::SubjectFigures {
    let figures = METRICS.iter().map(|metric| figure(&metric.id)).collect();
    analytics::SubjectFigures { period, as_of: Some(day()), figures }
}

fn record(n: usize) -> analytics::Record {
    use analytics::RecordKind::{Class, Member, Task};
    analytics::Record { kind: [Task, Member, Class][n % 3], id: uuid(n), counts: true, weight: 1.0 }
}

fn job(n: usize) -> ImportJob {
    ImportJob {
        id: ImportId::from_uuid(uuid(n)),
        kind: "people".into(),
        file_name: "人员.xlsx".into(),
        dry_run: true,
        state: ImportState::Checked,
        rows: 1,
        rows_done: 1,
        created: 1,
        changed: 0,
        unchanged: 0,
        faults: 0,
        problem_zh: None,
        problem_en: None,
        asked_at: DateTime::UNIX_EPOCH,
        ended_at: None,
    }
}

fn entry(n: usize) -> tenancy::AuditEntry {
    tenancy::AuditEntry {
        id: AuditId::from_uuid(uuid(n)),
        at: DateTime::UNIX_EPOCH,
        service: "tenancy".into(),
        person: None,
        person_name: None,
        role: None,
        action: "CloseTask".into(),
        organisation_no: OrganisationNo(1),
        subject: "x".into(),
        detail: "{}".into(),
        request_id: "x".into(),
    }
}

/// The tokens: `officer` (hats 0, 1 and 2), `new` (must change the password); whatever else is nobody's.
fn resumed(world: &World, request: &tenancy::Resume) -> Result<tenancy::Resumed> {
    if *world.over.lock().unwrap() || !["officer", "new"].contains(&request.token.as_str()) {
        return Err(Error::new(Code::SessionExpired));
    }
    let n = (0..3).find(|n| request.hat.is_none_or(|hat| hat == grant(*n)));
    let n = n.ok_or_else(|| Error::new(Code::Forbidden))?;
    let lo = i32::try_from(n * 1000).unwrap();
    let scope = Scope::Organisation { id: organisation(n).id, no: OrganisationNo(lo) };
    let hat = Some(Hat { grant: grant(n), role: Role::BureauOfficer, scope });
    let principal = Principal {
        actor: Actor::Person {
            id: PersonId::from_uuid(uuid(7)),
            session: SessionId::from_uuid(uuid(7)),
            hat,
        },
        readable: Ranges::from_pairs([(lo, lo + 1000)]),
        ..Principal::anonymous()
    };
    Ok(tenancy::Resumed {
        principal,
        name: "李娜".into(),
        login: "lina".into(),
        must_change_password: request.token == "new",
        hats: (0..3).map(self::hat).collect(),
    })
}

macro_rules! handles {
    ($(|$world:ident, $call:ident, $request:ident: $op:ty| $answer:expr;)*) => { $(
        impl Handle<$op> for World {
            async fn handle(&self, $call: &Call, $request: $op) -> Result<<$op as Operation>::Reply> {
                *self.asked.lock().unwrap().entry(<$op>::PATH).or_default() += 1;
                let $world = self;
                $answer
            }
        }
    )* };
}

macro_rules! nothing_there {
    ($($op:ty),* $(,)?) => { handles! { $(|_world, _call, _request: $op| Err(Error::new(Code::NotFound));)* } };
}

handles! {
    |w, _c, r: tenancy::SignIn| {
        w.sources.lock().unwrap().push(r.source);
        match r.password.as_str() {
            "right" => Ok(tenancy::SignedIn { token: "officer".into(), session: SessionId::from_uuid(uuid(7)) }),
            _ => Err(Error::new(Code::SignInFailed)),
        }
    };
    |_w, _c, _r: tenancy::RevokeSession| Ok(true);
    |w, _c, r: tenancy::Resume| {
        *w.looks.lock().unwrap() += usize::from(r.look);
        resumed(w, &r)
    };
    |_w, _c, _r: tenancy::SignOut| Ok(true);
    |_w, _c, _r: tenancy::ListSessions| Ok(vec![]);
    |w, c, r: tenancy::ListOrganisations| {
        let lo = c.principal.readable.pairs().first().map_or(1, |pair| pair.0);
        w.page(&r.page, |n| tenancy::Organisation { no: OrganisationNo(lo + i32::try_from(n).unwrap()), ..organisation(n) })
    };
    |_w, _c, r: tenancy::OpenOrganisations| Ok(r.ids.iter().map(|id| Some(tenancy::Organisation { id: *id, ..organisation(1) })).collect());
    |_w, _c, r: tenancy::OpenOrganisationsByNo| Ok(r.nos.iter().map(|no| Some(organisation(usize::try_from(no.0).unwrap()))).collect());
    |w, _c, _r: tenancy::SchoolsUnder| if w.panics { panic!("as the test wants") } else { Ok((1..=w.schools).map(organisation).collect()) };
    |w, _c, _r: tenancy::OrganisationTree| Ok((0..w.schools).map(|n| tenancy::TreeNode {
        key: format!("k{n}"), parent: None, depth: 0, name: "x".into(), organisation: None, kind: None, no: None, schools: 1,
    }).collect());
    |_w, _c, _r: tenancy::OrganisationHistory| Ok(vec![]);
    |w, _c, _r: tenancy::WhoCouldSee| if w.hangs { std::future::pending().await } else { Ok(vec![]) };
    |w, _c, r: tenancy::ListPeople| w.page(&r.page, person);
    |_w, _c, r: tenancy::OpenPeople| Ok(r.ids.iter().map(|_| Some(person(1))).collect());
    |_w, _c, r: tenancy::GrantsOfPeople| Ok(r.people.iter().map(|_| vec![grant_of(1)]).collect());
    |_w, _c, r: tenancy::GrantsOn| Ok(r.organisations.iter().map(|_| vec![grant_of(1)]).collect());
    |_w, _c, _r: tenancy::GrantableRoles| Ok(vec![Role::SchoolClerk]);
    |w, _c, r: tenancy::ListClasses| w.page(&r.page, class);
    |_w, _c, r: tenancy::OpenClasses| Ok(r.ids.iter().map(|_| Some(class(1))).collect());
    |w, _c, r: tenancy::ListAudit| w.page(&r.page, entry);
    |_w, _c, _r: tenancy::Template| Ok(FileBytes(b"PK template".to_vec()));
    |_w, _c, r: tenancy::StartImport| if r.file.0.is_empty() { Err(Error::new(Code::ImportFile).with("reason", "empty")) } else { Ok(job(1)) };
    |_w, _c, _r: tenancy::OpenImport| Ok(job(1));
    |w, _c, r: tenancy::ListImports| w.page(&r.page, job);
    |_w, _c, r: tenancy::ExportOrganisations| if r.filter.search.as_deref() == Some("职校") { Ok(FileBytes(b"PK export".to_vec())) } else { Err(Error::new(Code::NotFound)) };
    |w, _c, r: studios::ListStudios| w.page(&r.page, studio);
    |_w, _c, r: studios::OpenStudios| Ok(r.ids.iter().map(|_| Some(studio(1))).collect());
    |_w, _c, r: studios::StudiosOf| Ok(r.owners.iter().map(|no| (1..=3).map(|k| studio(usize::try_from(no.0).unwrap() + 1000 * k)).collect()).collect());
    |_w, _c, r: studios::MembersOf| Ok(r.studios.iter().map(|_| vec![member(1), member(2)]).collect());
    |_w, _c, r: studios::OpenMembers| Ok(r.ids.iter().map(|_| Some(member(1))).collect());
    |_w, _c, r: studios::PlanItemsOf| Ok(r.studios.iter().map(|_| vec![plan_item(1), plan_item(2)]).collect());
    |_w, _c, r: studios::OpenPlanItems| Ok(r.ids.iter().map(|_| Some(plan_item(1))).collect());
    |w, _c, r: studios::ListTasks| w.page(&r.page, task);
    |_w, _c, r: studios::OpenTasks| Ok(r.ids.iter().map(|_| Some(task(1))).collect());
    |_w, _c, _r: studios::TaskHistory| Ok(vec![]);
    |w, _c, r: studios::ListSessions| w.page(&r.page, session);
    |_w, _c, r: studios::OpenSessions| Ok(r.ids.iter().map(|_| Some(session(1))).collect());
    |_w, _c, r: studios::AttendanceOf| Ok(r.sessions.iter().map(|_| vec![]).collect());
    |_w, _c, _r: studios::CloseTask| Err(Error::new(Code::EvidenceOrReason).on("reason"));
    |w, _c, r: studios::ListAudit| w.page(&r.page, entry);
    |_w, _c, _r: studios::OpenImport| Ok(job(1));
    |_w, _c, r: studios::StartImport| if r.organisation == OrganisationNo(1) { Ok(job(2)) } else { Err(Error::new(Code::NotFound)) };
    |w, _c, r: studios::ListImports| w.page(&r.page, job);
    |_w, _c, _r: resources::ListDomains| Ok(vec![]);
    |w, _c, r: resources::ListAudit| w.page(&r.page, entry);
    |_w, _c, r: analytics::SchoolFigures| Ok(r.schools.iter().map(|_| Some(figures(r.period))).collect());
    |_w, _c, r: analytics::StudioFigures| if r.period == Period::calendar_year(1999) {
        Err(Error::internal("relation \"secret\" does not exist"))
    } else {
        Ok(r.studios.iter().map(|_| Some(figures(r.period))).collect())
    };
    |_w, _c, r: analytics::TreeFigures| Ok(r.sets.iter().map(|_| figures(r.period)).collect());
    |w, _c, r: analytics::FigureRecords| w.page(&r.page, record);
    |_w, _c, r: analytics::FigureTrend| Ok(vec![analytics::TrendPoint { period: r.period, figure: figure(&r.metric) }]);
    |w, _c, r: analytics::ListAudit| w.page(&r.page, entry);
}

nothing_there! {
    tenancy::ChangePassword, tenancy::ResetPassword, tenancy::FoundOrganisation,
    tenancy::RenameOrganisation, tenancy::MoveOrganisation, tenancy::ChangeSchoolCode,
    tenancy::MergeOrganisation, tenancy::CloseOrganisation, tenancy::SetPasswordLength, tenancy::AddPerson,
    tenancy::UpdatePerson, tenancy::NoteLeaving,
    tenancy::GiveGrant, tenancy::RevokeGrant, tenancy::AddClass, tenancy::UpdateClass,
    tenancy::AssignHomeroom, tenancy::EndAssignment, tenancy::ImportErrors, tenancy::ExportPeople,
    tenancy::ExportClasses, tenancy::ExportAudit, studios::FoundStudio, studios::UpdateStudio,
    studios::CloseStudio, studios::AddMember, studios::UpdateMember, studios::EndMembership,
    studios::AddPlanItem, studios::UpdatePlanItem, studios::RemovePlanItem, studios::AddTask,
    studios::UpdateTask, studios::ReopenTask,
    studios::PlanSession, studios::UpdateSession, studios::RecordSession, studios::CancelSession, studios::ExportSessions,
    studios::Template, studios::ImportErrors,
    studios::ExportStudios, studios::ExportMembers, studios::ExportPlanItems, studios::ExportTasks,
}
