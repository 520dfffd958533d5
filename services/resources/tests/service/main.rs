//! Resources on a real PostgreSQL, as its own role.

use contract::Handle as _;
use contract::resources::{ListAudit, ListDomains};
use contract::tenancy::AuditFilter;
use resources::Resources;
use std::sync::Arc;
use testkit::{TestDatabase, call, clock, principal};
use vocabulary::{Code, PageInput, PersonId, Principal, VOCABULARIES};

fn audit() -> ListAudit {
    let filter = AuditFilter { organisation: None, person: None, action: None, since: None, until: None };
    ListAudit { filter, page: PageInput::default() }
}

#[tokio::test]
async fn everybody_who_signed_in_reads_the_six_domains() {
    let database = TestDatabase::new().await;
    let service = Resources::new(database.database("resources", clock()));
    let nobody = service.handle(&call(Principal::anonymous()), ListDomains {}).await;
    assert_eq!(nobody.unwrap_err().code(), Code::Unauthenticated);
    let somebody = call(principal::without_hat(PersonId::new()));
    let domains = service.handle(&somebody, ListDomains {}).await.unwrap();
    let listed: Vec<_> = domains.iter().map(|one| [one.code.as_str(), &one.zh, &one.en]).collect();
    let standard = VOCABULARIES.iter().find(|one| one.id == "resource_domains").unwrap();
    let named: Vec<_> = standard.terms.iter().map(|term| [term.id.as_str(), &term.zh, &term.en]).collect();
    assert_eq!(listed, named, "the domains are the standard's, in its order");
}

#[tokio::test]
async fn the_audit_is_read_by_those_who_run_an_organisation() {
    let database = TestDatabase::new().await;
    let service = Resources::new(database.database("resources", clock()));
    let administrator = call(principal::school_administrator(PersonId::new(), 7));
    assert_eq!(service.handle(&administrator, audit()).await.unwrap().total, 0);
    let officer = call(principal::bureau_officer(PersonId::new(), 1, (1, 100)));
    assert_eq!(service.handle(&officer, audit()).await.unwrap_err().code(), Code::Forbidden);
    let forged = ListAudit { filter: AuditFilter { action: Some("\0".into()), ..audit().filter }, ..audit() };
    assert_eq!(service.handle(&administrator, forged).await.unwrap_err().code(), Code::InvalidValue);
    let _: Arc<dyn contract::resources::Resources> = Arc::new(service);
}
