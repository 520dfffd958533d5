//! What every command leaves: one effect and one audit line without personal data, whether it is sent once or twice.

use crate::accounts::{change, length};
use crate::classes::{assign, end as end_assignment, update as update_class};
use crate::grants::revoke;
use crate::organisations::{close, code, merge, rename, shift};
use crate::people::{leave, reset};
use crate::sessions::{end as end_session, sign_out};
use crate::spreadsheet::{people_file, start};
use crate::town::{FIRST, Town, add_person, class, county, day, give, school};
use contract::tenancy::{AssignmentKind, AuditFilter, COMMANDS, ImportKind, ListAudit, UpdatePerson};
use contract::{Command, Handle};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Debug;
use tenancy::Tenancy;
use testkit::key;
use vocabulary::{
    AssignmentId, ClassId, Code, GrantId, OrganisationId, PageInput, PersonId, Principal, Role, SessionId,
};

/// The commands that were sent so far, and who sends them.
struct Trace<'t> {
    town: &'t Town,
    sent: BTreeSet<&'static str>,
}

async fn audited(town: &Town) -> i64 {
    town.count("select count(*) from tenancy.audit").await
}

/// What stands in the tables, but for keys and audit lines.
async fn state(town: &Town) -> i64 {
    town.count(
        "select coalesce(sum(h), 0)::int8 % 1000000007 from (
            select hashtext(t::text)::numeric h from tenancy.organisation t union all select hashtext(t::text) from tenancy.organisation_name t
            union all select hashtext(t::text) from tenancy.organisation_authority t union all select hashtext(t::text) from tenancy.organisation_code t
            union all select hashtext(t::text) from tenancy.number_block t union all select hashtext(t::text) from tenancy.live_code t
            union all select hashtext(t::text) from tenancy.person t union all select hashtext(t::text) from tenancy.account t
            union all select hashtext(t::text) from tenancy.session t union all select hashtext(t::text) from tenancy.role_grant t
            union all select hashtext(t::text) from tenancy.homeroom_class t union all select hashtext(t::text) from tenancy.homeroom_assignment t
            union all select hashtext(t::text) from tenancy.event_log t union all select hashtext(t::text) from tenancy.import t) rows",
    )
    .await
}

impl Trace<'_> {
    /// Sends a command three times: twice as it is, and once with its key but another body.
    async fn thrice<O, F>(&mut self, who: &Principal, command: O, other: F) -> O::Reply
    where
        O: Command + Clone + Sync,
        O::Reply: PartialEq + Debug + Serialize,
        F: FnOnce(&mut O),
        Tenancy: Handle<O>,
    {
        let town = self.town;
        let before = audited(town).await;
        let sent = town.ask(who, command.clone()).await;
        let first = sent.unwrap_or_else(|error| panic!("{}: {error:?}", O::PATH));
        assert_eq!(audited(town).await, before + 1, "{} leaves one audit line", O::PATH);
        let after = state(town).await;
        let again = town.ask(who, command.clone()).await.unwrap();
        // A password is told once.
        if [reset_path(), "/tenancy/AddPerson"].contains(&O::PATH) {
            assert_ne!(first, again, "{}", O::PATH);
            let told = serde_json::to_value(&again).unwrap();
            assert_eq!(told["password"], "", "{}", O::PATH);
        } else {
            assert_eq!(first, again, "{}", O::PATH);
        }
        let mut changed = command;
        other(&mut changed);
        assert_eq!(town.code(who, changed).await, Code::IdempotencyConflict, "{}", O::PATH);
        assert_eq!(audited(town).await, before + 1, "{} again leaves none", O::PATH);
        assert_eq!(state(town).await, after, "{} again changes nothing", O::PATH);
        self.sent.insert(O::PATH);
        first
    }
}

const fn reset_path() -> &'static str {
    "/tenancy/ResetPassword"
}

#[tokio::test]
async fn every_command_repeated_has_one_effect_and_one_audit_line() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let trace = &mut Trace { town: &town, sent: BTreeSet::new() };
    let east = trace.thrice(&who, county(top, "东县教育局"), |c| c.name += "x").await;
    let one = trace.thrice(&who, school(top, "甲校"), |c| c.name += "x").await;
    let two = town.school(&who, top, "乙校").await;
    trace.thrice(&who, rename(one.id, "甲学院", day(3, 1)), |c| c.name += "x").await;
    trace.thrice(&who, shift(one.id, east.id, day(3, 1)), |c| c.on = day(3, 2)).await;
    trace.thrice(&who, code(one.id, "3653000001", day(3, 1)), |c| c.on = day(3, 2)).await;
    trace.thrice(&who, length(east.id, 13), |c| c.length = 14).await;

    let person = add_person(one.id, "lina");
    let added = trace.thrice(&who, person, |c| c.login += "x").await;
    let (id, update) = (added.person, |name: &str| UpdatePerson {
        idempotency_key: key(),
        id: added.person,
        version: 1,
        name: name.into(),
        phone: None,
    });
    trace.thrice(&who, update("李娜"), |c| c.name += "x").await;
    trace.thrice(&who, leave(id, 2, Some(day(12, 1))), |c| c.left_on = None).await;
    let given =
        trace.thrice(&who, give(id, Role::SchoolLeader, one.id), |c| c.role = Role::SchoolClerk).await;
    trace.thrice(&who, revoke(given.id), |c| c.grant = GrantId::new()).await;

    let opened = trace.thrice(&who, class(one.id, "一班"), |c| c.headcount = 1).await;
    let led = assign(opened.id, id, AssignmentKind::Principal, day(3, 1));
    let led = trace.thrice(&who, led, |c| c.class = ClassId::new()).await;
    let ended = end_assignment(led.assignments[0].id, day(4, 1));
    let ended = trace.thrice(&who, ended, |c| c.assignment = AssignmentId::new()).await;
    trace.thrice(&who, update_class(&ended, Some(day(6, 30))), |c| c.headcount = 2).await;

    let told = trace.thrice(&who, reset(id), |c| c.person = PersonId::new()).await;
    let lina = town.now("lina", &told.password).await;
    let changed = change(&told.password, "Geheim-Wort-2026");
    trace.thrice(&lina, changed, |c| c.new += "x").await;
    let other = town.now("lina", "Geheim-Wort-2026").await;
    let ended = end_session(other.session().unwrap());
    trace.thrice(&lina, ended, |c| c.session = SessionId::new()).await;
    // Nothing else is in the body of a sign-out: the key alone is used for another command.
    let out = sign_out();
    let (key, before) = (out.idempotency_key.clone(), audited(&town).await);
    for _ in 0..2 {
        assert!(town.ask(&lina, out.clone()).await.unwrap());
    }
    let mut elsewhere = change("x", "y");
    elsewhere.idempotency_key = key;
    assert_eq!(town.code(&lina, elsewhere).await, Code::IdempotencyConflict);
    assert_eq!(audited(&town).await, before + 1);
    trace.sent.insert("/tenancy/SignOut");

    let import = start(ImportKind::People, one.id, people_file(&[]), true);
    trace.thrice(&who, import, |c| c.dry_run = false).await;
    trace.thrice(&who, merge(one.id, two.id, day(5, 1)), |c| c.into = OrganisationId::new()).await;
    trace.thrice(&who, close(two.id, day(5, 2)), |c| c.on = day(5, 3)).await;

    let all: BTreeSet<&str> = COMMANDS.iter().copied().collect();
    assert_eq!(trace.sent, all, "every command of the contract has its case here");
    let lines: Vec<(String, String)> =
        sqlx::query_as("select action, detail::text || subject from tenancy.audit")
            .fetch_all(&mut town.base.superuser().await)
            .await
            .unwrap();
    let personal =
        ["李娜", "名lina", "lina", "1380000", "周管", "Geheim", FIRST, told.password.as_str(), "192.0.2"];
    for (action, text) in &lines {
        assert!(personal.iter().all(|word| !text.contains(word)), "{action}: {text}");
    }
    let kept: i64 =
        town.count("select count(*) from tenancy.idempotency i where i::text ~ 'Geheim|-[A-Z]{4}-'").await;
    assert_eq!(kept, 0, "no password is kept with a key");
    let gaps = town
        .count(
            "select count(*) from (select version, row_number() over (partition by aggregate order by id) as place
             from tenancy.event_log) e where version <> place",
        )
        .await;
    assert_eq!(gaps, 0, "versions count the changes of an aggregate, in the log's order");
}

#[tokio::test]
async fn a_key_is_well_formed_and_belongs_to_its_person() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    for bad in ["", "short", &"x".repeat(65), "键键键键键键键键", "a b c d e", "12345678\0"] {
        let mut command = school(top, "甲校");
        command.idempotency_key = bad.into();
        assert_eq!(town.code(&who, command).await, Code::IdempotencyKey, "{bad}");
    }
    let command = school(top, "甲校");
    let founded = town.ask(&who, command.clone()).await.unwrap();
    let stranger = town.now("security", FIRST).await;
    let refused = town.ask(&stranger, command.clone()).await.unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden, "another's key answers nobody else");
    // At once as often as one likes: one effect.
    let again = (0..10).map(|_| town.ask(&who, command.clone()));
    for same in futures::future::join_all(again).await {
        assert_eq!(same.unwrap().id, founded.id);
    }
    let fresh = school(top, "乙校");
    let at_once = futures::future::join_all((0..10).map(|_| town.ask(&who, fresh.clone()))).await;
    let ids: BTreeSet<_> = at_once.into_iter().map(|same| same.unwrap().id).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(town.count("select count(*) from tenancy.organisation where kind = 'school'").await, 2);
    // What failed keeps no key: mended, it may be sent under the same one.
    let mut wrong = school(top, "丙校");
    wrong.school_code = Some("1".into());
    assert_eq!(town.code(&who, wrong.clone()).await, Code::SchoolCodeInvalid);
    wrong.school_code = Some("3653000009".into());
    town.ask(&who, wrong).await.unwrap();
}

#[tokio::test]
async fn the_audit_is_read_by_those_who_run_an_organisation() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let (one, two) =
        (town.school(&who, Town::own(&who), "甲校").await, town.school(&who, Town::own(&who), "乙校").await);
    let head = town.appoint(&who, one.id, "head", Role::SchoolAdministrator).await;
    let other = town.appoint(&who, two.id, "other", Role::SchoolAdministrator).await;
    let clerk = town.appoint(&who, one.id, "clerk", Role::SchoolClerk).await;
    let filter = AuditFilter { organisation: None, person: None, action: None, since: None, until: None };
    let asked = ListAudit { filter, page: PageInput { first: 100, after: None } };
    let page = town.ask(&town.as_now(&head).await, asked.clone()).await.unwrap();
    assert!(page.items.iter().all(|line| line.organisation_no == one.no));
    let actions: Vec<&str> = page.items.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["SignIn", "GiveGrant", "AddPerson", "GiveGrant", "AddPerson", "FoundOrganisation"]);
    assert_eq!(page.items[1].person_name, None, "the bureau's people are not the school's to know");
    let page = town.ask(&town.as_now(&other).await, asked.clone()).await.unwrap();
    assert!(page.items.iter().all(|line| line.organisation_no == two.no));
    assert_eq!(town.code(&town.as_now(&clerk).await, asked.clone()).await, Code::Forbidden);
    let auditor = town.now("audit", FIRST).await;
    let whole = town.ask(&auditor, asked.clone()).await.unwrap();
    assert_eq!(whole.total, audited(&town).await);
    let system = town.now("system", FIRST).await;
    assert_eq!(town.code(&system, asked).await, Code::Forbidden);
}
