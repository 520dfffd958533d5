//! Grants: nobody gives more than their table and scope allow; the three exclude each other; what a grant gives, and when.

use crate::town::{FIRST, Someone, Town, day, give, on, school};
use contract::events::{MEMBER, MemberEvent};
use contract::studios::{MemberCategory, MemberRole};
use contract::tenancy::{
    FoundOrganisation, GrantableRoles, GrantsOfPeople, GrantsOn, OpenOrganisations, OrganisationKind, Resume,
    RevokeGrant,
};
use platform::{Event, apply};
use serde_json::json;
use std::collections::BTreeMap;
use tenancy::TenancyConsumer;
use testkit::{key, noon, principal};
use uuid::Uuid;
use vocabulary::{Code, GrantId, MembershipId, OrganisationId, OrganisationNo, Principal, Role, StudioId};

use Role as R;

pub(crate) fn revoke(grant: GrantId) -> RevokeGrant {
    RevokeGrant { idempotency_key: key(), grant }
}

/// What each role gives, written down once more by hand.
fn table(giver: Role) -> &'static [Role] {
    match giver {
        R::BureauAdministrator => &[
            R::BureauAdministrator,
            R::BureauOfficer,
            R::AllianceAdministrator,
            R::SchoolLeader,
            R::SchoolAdministrator,
            R::SchoolClerk,
            R::HomeroomTeacher,
            R::Analyst,
        ],
        R::AllianceAdministrator => &[R::AllianceAdministrator, R::Analyst],
        R::SchoolAdministrator => {
            &[R::SchoolLeader, R::SchoolAdministrator, R::SchoolClerk, R::HomeroomTeacher]
        }
        R::SecurityAdministrator => &[R::SecurityAdministrator],
        _ => &[],
    }
}

/// Where each role stands.
fn fits(role: Role, kind: OrganisationKind) -> bool {
    match kind {
        OrganisationKind::Bureau => matches!(
            role,
            R::SystemAdministrator
                | R::SecurityAdministrator
                | R::AuditAdministrator
                | R::BureauAdministrator
                | R::BureauOfficer
                | R::Analyst
        ),
        OrganisationKind::Alliance => matches!(role, R::AllianceAdministrator | R::Analyst),
        OrganisationKind::School => matches!(
            role,
            R::SchoolLeader | R::SchoolAdministrator | R::SchoolClerk | R::HomeroomTeacher | R::Analyst
        ),
    }
}

/// Puts a grant where no use case would: for the roles that nobody gives.
async fn put(town: &Town, someone: &Someone, role: Role, no: OrganisationNo, studio: Option<StudioId>) {
    sqlx::query(
        "insert into tenancy.role_grant (owner_no, id, person_id, person_name, role, studio_id, studio_name, valid_from, version)
         values ($1, $2, $3, '', $4, $5, case when $5 is null then null else '某工作室' end, '2026-01-01', 1)",
    )
    .bind(no.0)
    .bind(GrantId::new().uuid())
    .bind(someone.id.uuid())
    .bind(role.code())
    .bind(studio.map(StudioId::uuid))
    .execute(&mut town.base.superuser().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn nobody_gives_more_than_their_table_and_scope_allow() {
    let town = Town::new().await;
    let top = town.bureau().await;
    let city = Town::own(&top);
    let alliance = |under, name: &str| FoundOrganisation {
        kind: OrganisationKind::Alliance,
        school_code: None,
        ..school(under, name)
    };
    let east = town.county(&top, "东县教育局").await;
    let west = town.county(&top, "西县教育局").await;
    let mut targets = vec![(city, OrganisationNo(1), OrganisationKind::Bureau)];
    for county in [&east, &west] {
        targets.push((county.id, county.no, OrganisationKind::Bureau));
        let name = &county.name;
        let one = town.school(&top, county.id, &format!("{name}学校")).await;
        targets.push((one.id, one.no, one.kind));
        let one = town.ask(&top, alliance(county.id, &format!("{name}联盟"))).await.unwrap();
        targets.push((one.id, one.no, one.kind));
    }
    let (own_school, own_alliance) = (targets[2], targets[3]);
    let studio = StudioId::new();
    let (mut tried, mut given) = (0, 0);
    for (n, giver) in R::ALL.iter().copied().enumerate() {
        // East, or what is in it: the city is above, all of the west is foreign.
        let stand = if fits(giver, OrganisationKind::Bureau) {
            (east.id, east.no, OrganisationKind::Bureau)
        } else if giver == R::AllianceAdministrator {
            own_alliance
        } else {
            own_school
        };
        let someone = town.add(&top, stand.0, &format!("giver{n:02}")).await;
        put(&town, &someone, giver, stand.1, giver.on_studio().then_some(studio)).await;
        let who = town.as_now(&someone).await;
        assert_eq!(who.role(), Some(giver));
        let receiver = town.add(&top, stand.0, &format!("receiver{n:02}")).await;
        for (id, no, kind) in &targets {
            let below_east = [east.no, own_school.1, own_alliance.1].contains(no);
            let bureau = stand.1 == east.no;
            let reads = !giver.on_studio()
                && giver != R::SystemAdministrator
                && (if bureau { below_east } else { *no == stand.1 });
            let manages = !table(giver).is_empty() || giver == R::AuditAdministrator;
            let mut allowed = Vec::new();
            for role in R::ALL {
                let expected = if !reads {
                    Some(Code::NotFound)
                } else if !manages {
                    Some(Code::Forbidden)
                } else if !table(giver).contains(role) {
                    Some(Code::GrantNotAllowed)
                } else if fits(*role, *kind) {
                    None
                } else {
                    Some(Code::GrantScope)
                };
                let outcome = town.ask(&who, give(receiver.id, *role, *id)).await;
                let outcome = outcome.map(|grant| (grant.role, grant.organisation.no));
                match expected {
                    None => assert_eq!(outcome.unwrap(), (*role, *no), "{giver:?} gives {role:?} on {no:?}"),
                    Some(code) => {
                        assert_eq!(outcome.unwrap_err().code(), code, "{giver:?} gives {role:?} on {no:?}");
                    }
                }
                allowed.extend(expected.is_none().then_some(*role));
                tried += 1;
            }
            given += allowed.len();
            let offered = town.ask(&who, GrantableRoles { organisation: *id }).await;
            let mut offered = offered.unwrap_or_default();
            offered.sort_unstable();
            assert_eq!(offered, allowed, "{giver:?} is offered what they may give on {no:?}");
        }
    }
    assert_eq!(tried, 15 * 15 * targets.len());
    let kept: i64 = town
        .count("select count(*) from tenancy.role_grant g join tenancy.person p on p.id = g.person_id where p.login like 'receiver%'")
        .await;
    assert_eq!(usize::try_from(kept).unwrap(), given, "what was refused left nothing");
    println!("{tried} grants tried, {given} given");
}

#[tokio::test]
async fn the_three_administrators_exclude_each_other() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let security = town.now("security", FIRST).await;
    let people = [("a", R::SystemAdministrator), ("b", R::AuditAdministrator), ("c", R::BureauAdministrator)];
    for (login, role) in people {
        let someone = town.add(&who, top, &format!("person.{login}")).await;
        put(&town, &someone, role, OrganisationNo(1), None).await;
        let outcome = town.ask(&security, give(someone.id, R::SecurityAdministrator, top)).await;
        if role == R::BureauAdministrator {
            outcome.unwrap();
        } else {
            assert_eq!(outcome.unwrap_err().code(), Code::GrantExclusive, "{role:?}");
        }
    }
    // One that begins later excludes as well; one that is over does not.
    for (login, from, to, refused) in
        [("d", "2027-01-01", None, true), ("e", "2025-01-01", Some("2026-05-17"), false)]
    {
        let someone = town.add(&who, top, &format!("person.{login}")).await;
        put(&town, &someone, R::AuditAdministrator, OrganisationNo(1), None).await;
        sqlx::query(
            "update tenancy.role_grant set valid_from = $2::date, valid_to = $3::date where person_id = $1",
        )
        .bind(someone.id.uuid())
        .bind(from)
        .bind(to)
        .execute(&mut town.base.superuser().await)
        .await
        .unwrap();
        let outcome = town.ask(&security, give(someone.id, R::SecurityAdministrator, top)).await;
        assert_eq!(outcome.is_err_and(|error| error.code() == Code::GrantExclusive), refused, "{login}");
    }
    // They take back their own role and no other's.
    let grants = town.ask(&security, GrantsOn { organisations: vec![top] }).await.unwrap().remove(0);
    let of = |role: Role| grants.iter().find(|grant| grant.role == role).unwrap().id;
    assert_eq!(town.code(&security, revoke(of(R::AuditAdministrator))).await, Code::GrantNotAllowed);
    assert_eq!(town.code(&security, revoke(of(R::BureauAdministrator))).await, Code::GrantNotAllowed);
    assert_eq!(town.code(&who, revoke(of(R::SecurityAdministrator))).await, Code::GrantNotAllowed);
    town.ask(&security, revoke(of(R::SecurityAdministrator))).await.unwrap();
}

#[tokio::test]
async fn a_grant_gives_something_while_it_is_valid_and_no_longer() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let one = town.school(&who, Town::own(&who), "甲校").await;
    let lina = town.add(&who, one.id, "lina").await;
    let mut term = give(lina.id, R::SchoolAdministrator, one.id);
    (term.valid_from, term.valid_to) = (day(5, 19), Some(day(5, 20)));
    let backwards =
        contract::tenancy::GiveGrant { valid_to: Some(day(5, 18)), idempotency_key: key(), ..term.clone() };
    assert_eq!(town.code(&who, backwards).await, Code::DateOrder);
    let given = town.ask(&who, term).await.unwrap();
    assert_eq!(given.given_by.as_deref(), Some("周管"));
    let mut hats = Vec::new();
    for hours in [0, 12, 24, 47, 60] {
        town.clock.set(noon() + chrono::TimeDelta::hours(hours));
        let token = town.sign_in("lina", &lina.password).await.unwrap();
        let now = town.resume(&token).await.unwrap();
        hats.push((now.hats.len(), now.principal.writable.contains(one.no)));
        let named = Resume { token, hat: Some(given.id), look: false };
        let worn = town.ask(&Principal::anonymous(), named).await;
        assert_eq!(worn.is_ok(), now.hats.len() == 1, "a hat that is not valid is refused by name too");
    }
    assert_eq!(hats, [(0, false), (1, true), (1, true), (1, true), (0, false)]);
    // Taken back, it gives nothing from the next resumption on; the session itself goes on.
    let again = town.ask(&who, give(lina.id, R::SchoolAdministrator, one.id)).await.unwrap();
    let token = town.sign_in("lina", &lina.password).await.unwrap();
    assert!(town.resume(&token).await.unwrap().principal.writable.contains(one.no));
    let revoked = town.ask(&who, revoke(again.id)).await.unwrap();
    assert!(revoked.revoked_at.is_some());
    let after = town.resume(&token).await.unwrap().principal;
    assert!(after.readable.is_empty() && after.writable.is_empty() && after.hat().is_none());
    let nothing = OpenOrganisations { ids: vec![one.id], as_of: None };
    assert_eq!(town.ask(&after, nothing).await.unwrap(), [None]);
    // Nobody else's hat can be put on.
    let foreign = town.ask(&who, give(lina.id, R::SchoolLeader, one.id)).await.unwrap();
    let token = town.sign_in("bureau.admin", FIRST).await.unwrap();
    let borrowed = Resume { token, hat: Some(foreign.id), look: false };
    assert_eq!(town.code(&Principal::anonymous(), borrowed).await, Code::Forbidden);
    town.ask(&who, crate::organisations::close(one.id, day(5, 18))).await.unwrap();
    let late = give(lina.id, R::SchoolLeader, one.id);
    assert_eq!(town.code(&who, late).await, Code::OrganisationClosed);
}

#[tokio::test]
async fn each_hat_reads_and_writes_what_is_its_own() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    let one = town.school(&who, top, "甲校").await;
    let two = town.school(&who, top, "乙校").await;
    let lina = town.appoint(&who, one.id, "lina", R::SchoolLeader).await;
    town.ask(&who, give(lina.id, R::SchoolClerk, two.id)).await.unwrap();
    let token = town.sign_in("lina", &lina.password).await.unwrap();
    let hats = town.resume(&token).await.unwrap().hats;
    let mut seen = BTreeMap::new();
    for hat in hats {
        let named = Resume { token: token.clone(), hat: Some(hat.grant), look: false };
        let p = town.ask(&Principal::anonymous(), named).await.unwrap().principal;
        seen.insert(hat.role, (p.readable.pairs().to_vec(), p.writable.pairs().to_vec()));
    }
    let range = |no: OrganisationNo| vec![(no.0, no.0 + 1)];
    let expected = BTreeMap::from([
        (R::SchoolLeader, (range(one.no), vec![])),
        (R::SchoolClerk, (range(two.no), range(two.no))),
    ]);
    assert_eq!(seen, expected);
}

fn member(id: MembershipId, person: &Someone, role: MemberRole, version: i32, to: Option<u32>) -> Event {
    let state = MemberEvent {
        id,
        studio: StudioId::from_uuid(Uuid::from_u128(7)),
        studio_name: "李娜工作室".into(),
        person: person.id,
        home: OrganisationNo(3),
        role,
        categories: vec![MemberCategory::OutsideExpert],
        principal_category: MemberCategory::OutsideExpert,
        from: on(2025, 9, 1),
        to: to.map(|to| day(5, to)),
    };
    let event = json!({
        "id": Uuid::now_v7(), "owner_no": 2, "studio_id": state.studio.uuid(), "aggregate": id.uuid(),
        "version": version, "kind": MEMBER, "payload": state, "recorded_at": noon(),
    });
    serde_json::from_value(event).unwrap()
}

#[tokio::test]
async fn memberships_make_grants_on_the_studio_and_end_them() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let (one, two) =
        (town.school(&who, Town::own(&who), "甲校").await, town.school(&who, Town::own(&who), "乙校").await);
    assert_eq!((one.no, two.no), (OrganisationNo(2), OrganisationNo(3)));
    let guest = town.add(&who, two.id, "guest").await;
    let consumer = TenancyConsumer::new(town.database.clone());
    let id = MembershipId::new();
    // The newest wins, whatever the order.
    let newest = member(id, &guest, MemberRole::Coordinator, 2, None);
    apply(&consumer, vec![newest.clone(), member(id, &guest, MemberRole::Member, 1, None)]).await.unwrap();
    apply(&consumer, vec![newest]).await.unwrap();
    let now = town.as_now(&guest).await;
    assert_eq!(now.role(), Some(R::StudioCoordinator));
    assert_eq!((now.studios.len(), now.studios_writable.len()), (1, 1));
    assert!(now.readable.is_empty(), "a guest reads the studio and nothing of its school");
    let head = principal::school_administrator(vocabulary::PersonId::new(), one.no.0);
    let named = town.ask(&head, GrantsOn { organisations: vec![one.id] }).await.unwrap();
    assert_eq!(named[0][0].person_name, "名guest", "the school knows its studio's guest by name");
    let error = town.error(&head, revoke(named[0][0].id)).await;
    assert_eq!(error.code(), Code::GrantNotAllowed, "a membership's grant ends with the membership");
    apply(&consumer, vec![member(id, &guest, MemberRole::Coordinator, 3, Some(17))]).await.unwrap();
    let after = town.as_now(&guest).await;
    assert!(after.hat().is_none() && after.studios.is_empty());
    let own = town.ask(&after, GrantsOfPeople { people: vec![guest.id] }).await.unwrap();
    assert_eq!(own[0].len(), 1, "one's own past is one's own to see");
    let elsewhere = GrantableRoles { organisation: OrganisationId::new() };
    assert_eq!(town.code(&after, elsewhere).await, Code::NotFound);
}
