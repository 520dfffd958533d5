//! A small town to test in: an installation with its first bureau, what is founded below it, and people who sign in.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::tenancy::{
    AddClass, AddPerson, BureauLevel, FoundOrganisation, GiveGrant, HomeroomClass, Organisation,
    OrganisationKind, Resume, Resumed, SignIn,
};
use contract::{Handle, Operation};
use platform::Database;
use tenancy::{Founder, Installation, Tenancy, install};
use testkit::{TestDatabase, call, clock, key, noon};
use vocabulary::{Clock, Code, Error, OrganisationId, PersonId, Principal, Result, Role};

/// The first password of those who run the installation.
pub(crate) const FIRST: &str = "Banlian-2026-first";
/// Where people sign in from.
pub(crate) const SOURCE: &str = "192.0.2.1";

pub(crate) struct Town {
    pub(crate) base: TestDatabase,
    pub(crate) clock: Clock,
    pub(crate) database: Database,
    pub(crate) service: Tenancy,
}

/// Somebody with an account and the password that they were given.
#[derive(Debug, Clone)]
pub(crate) struct Someone {
    pub(crate) id: PersonId,
    pub(crate) login: String,
    pub(crate) password: String,
}

/// A day of 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    on(2026, month, day)
}

pub(crate) fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// So many minutes after noon of the day on which a test begins.
pub(crate) fn minutes(minutes: i64) -> DateTime<Utc> {
    noon() + TimeDelta::minutes(minutes)
}

impl Town {
    /// An installation whose first bureau is a city's.
    pub(crate) async fn new() -> Self {
        Self::of(BureauLevel::City).await
    }

    pub(crate) async fn of(level: BureauLevel) -> Self {
        let base = TestDatabase::new().await;
        let clock = clock();
        let founder = |login, name, role| Founder { login, name, role };
        let installation = Installation {
            bureau: "云川市教育局".into(),
            level,
            place_code: "539900".into(),
            founders: vec![
                founder("bureau.admin", "周管", Role::BureauAdministrator),
                founder("system", "吴系", Role::SystemAdministrator),
                founder("security", "郑安", Role::SecurityAdministrator),
                founder("audit", "王审", Role::AuditAdministrator),
            ],
            password: FIRST.into(),
        };
        assert!(install(&mut base.superuser().await, &clock, &installation).await.unwrap());
        let database = base.database("tenancy", clock.clone());
        let service = Tenancy::new(database.clone());
        Self { base, clock, database, service }
    }

    pub(crate) async fn ask<O: Operation>(&self, who: &Principal, request: O) -> Result<O::Reply>
    where
        Tenancy: Handle<O>,
    {
        self.service.handle(&call(who.clone()), request).await
    }

    pub(crate) async fn error<O: Operation>(&self, who: &Principal, request: O) -> Error
    where
        Tenancy: Handle<O>,
    {
        match self.ask(who, request).await {
            Ok(_) => panic!("{} was allowed", O::PATH),
            Err(error) => error,
        }
    }

    pub(crate) async fn code<O: Operation>(&self, who: &Principal, request: O) -> Code
    where
        Tenancy: Handle<O>,
    {
        let error = self.error(who, request).await;
        assert_ne!(error.code(), Code::Internal, "{}: {:?}", O::PATH, error.cause());
        error.code()
    }

    /// Signs in, and gives the session's token.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Result<String> {
        self.sign_in_from(SOURCE, login, password).await
    }

    pub(crate) async fn sign_in_from(&self, source: &str, login: &str, password: &str) -> Result<String> {
        let request = SignIn {
            login: login.into(),
            password: password.into(),
            source: source.into(),
            device: "Firefox".into(),
        };
        Ok(self.ask(&Principal::anonymous(), request).await?.token)
    }

    pub(crate) async fn resume(&self, token: &str) -> Result<Resumed> {
        let request = Resume { token: token.into(), hat: None, look: false };
        self.ask(&Principal::anonymous(), request).await
    }

    /// Somebody with what their first valid grant gives them now.
    pub(crate) async fn now(&self, login: &str, password: &str) -> Principal {
        let token = self.sign_in(login, password).await.unwrap();
        self.resume(&token).await.unwrap().principal
    }

    pub(crate) async fn as_now(&self, someone: &Someone) -> Principal {
        self.now(&someone.login, &someone.password).await
    }

    /// The bureau's administrator.
    pub(crate) async fn bureau(&self) -> Principal {
        self.now("bureau.admin", FIRST).await
    }

    /// The organisation on which somebody's hat stands.
    pub(crate) fn own(who: &Principal) -> OrganisationId {
        match who.hat().map(|hat| &hat.scope) {
            Some(vocabulary::Scope::Organisation { id, .. }) => *id,
            _ => panic!("no hat on an organisation"),
        }
    }

    pub(crate) async fn county(&self, who: &Principal, name: &str) -> Organisation {
        self.ask(who, county(Self::own(who), name)).await.unwrap()
    }

    pub(crate) async fn school(&self, who: &Principal, under: OrganisationId, name: &str) -> Organisation {
        self.ask(who, school(under, name)).await.unwrap()
    }

    pub(crate) async fn add(&self, who: &Principal, home: OrganisationId, login: &str) -> Someone {
        let added = self.ask(who, add_person(home, login)).await.unwrap();
        Someone { id: added.person, login: login.into(), password: added.password }
    }

    /// Somebody new, at home where their role stands.
    pub(crate) async fn appoint(
        &self,
        who: &Principal,
        at: OrganisationId,
        login: &str,
        role: Role,
    ) -> Someone {
        let someone = self.add(who, at, login).await;
        self.ask(who, give(someone.id, role, at)).await.unwrap();
        someone
    }

    pub(crate) async fn class(&self, who: &Principal, at: OrganisationId, name: &str) -> HomeroomClass {
        self.ask(who, class(at, name)).await.unwrap()
    }

    /// A number asked past every lock.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.base.superuser().await).await.unwrap()
    }
}

pub(crate) fn county(under: OrganisationId, name: &str) -> FoundOrganisation {
    FoundOrganisation {
        kind: OrganisationKind::Bureau,
        level: Some(BureauLevel::County),
        school_code: None,
        ..school(under, name)
    }
}

/// A school with a code made from its name.
pub(crate) fn school(under: OrganisationId, name: &str) -> FoundOrganisation {
    let serial = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    FoundOrganisation {
        idempotency_key: key(),
        kind: OrganisationKind::School,
        level: None,
        name: name.into(),
        authority: under,
        place_code: Some("539921".into()),
        school_code: Some(format!("36{:08}", serial % 100_000_000)),
        credit_code: None,
        founded_on: on(2010, 9, 1),
    }
}

pub(crate) fn add_person(home: OrganisationId, login: &str) -> AddPerson {
    AddPerson {
        idempotency_key: key(),
        name: format!("名{login}"),
        login: login.into(),
        organisation: home,
        phone: Some("13800000000".into()),
    }
}

pub(crate) fn give(person: PersonId, role: Role, organisation: OrganisationId) -> GiveGrant {
    GiveGrant { idempotency_key: key(), person, role, organisation, valid_from: day(5, 1), valid_to: None }
}

pub(crate) fn class(school: OrganisationId, name: &str) -> AddClass {
    AddClass {
        idempotency_key: key(),
        school,
        name: name.into(),
        cohort: 2025,
        programme: "护理".into(),
        headcount: 40,
        opened_on: on(2025, 9, 1),
    }
}
