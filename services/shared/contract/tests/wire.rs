//! The wire between two processes: what a caller of a remote service sees is what it would see of a local one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta};
use contract::resources::{ListAudit, ListDomains, ResourceDomain, Resources, routes};
use contract::tenancy::AuditEntry;
use contract::{Client, Door, Handle, Operation as _, Passports, Remote, traced_client};
use opentelemetry::trace::{TraceContextExt as _, TraceId, TracerProvider as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tracing::Instrument as _;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use uuid::Uuid;
use vocabulary::{Call, Clock, Code, Error, OrganisationNo, Page, Principal, Result};

/// What the service saw of a call.
#[derive(Debug)]
struct Seen {
    request_id: Uuid,
    principal: Principal,
    left: Duration,
    trace: TraceId,
}

/// A service that does what the test tells it, behind a real listener.
struct Service {
    work: Duration,
    answer: Mutex<Result<Vec<ResourceDomain>>>,
    seen: UnboundedSender<Seen>,
    dropped: UnboundedSender<()>,
}

/// Tells when the work that holds it was given up or done.
struct Told(UnboundedSender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

impl Handle<ListDomains> for Service {
    async fn handle(&self, call: &Call, _: ListDomains) -> Result<Vec<ResourceDomain>> {
        let _told = Told(self.dropped.clone());
        let trace = tracing::Span::current().context().span().span_context().trace_id();
        let principal = (*call.principal).clone();
        let seen = Seen { request_id: call.request_id, principal, left: call.left()?, trace };
        let _ = self.seen.send(seen);
        tokio::time::sleep(self.work).await;
        self.answer.lock().unwrap().clone()
    }
}

impl Handle<ListAudit> for Service {
    async fn handle(&self, _: &Call, request: ListAudit) -> Result<Page<AuditEntry>> {
        // As large a message as there is: an action of the length of a file.
        assert_eq!(request.filter.action.unwrap().len(), 27 * 1024 * 1024);
        Err(Error::new(Code::NotFound))
    }
}

/// Both sides of the wire.
struct Wire {
    clock: Clock,
    passports: Passports,
    base: String,
    service: Arc<Service>,
    seen: UnboundedReceiver<Seen>,
    dropped: UnboundedReceiver<()>,
}

const SEED: [u8; 32] = [7; 32];

/// Traces as in a process of ours, but kept at home.
fn traced() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
        opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
        let tracer = SdkTracerProvider::builder().build().tracer("test");
        tracing_subscriber::registry().with(tracing_opentelemetry::layer().with_tracer(tracer)).init();
    });
}

async fn listen(routes: axum::Router) -> String {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "the listener ends with the test")]
    tokio::spawn(async move { axum::serve(listener, routes).await });
    base
}

impl Wire {
    async fn with(work: Duration, answer: Result<Vec<ResourceDomain>>) -> Self {
        traced();
        let clock = Clock::fixed(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let passports = Passports::signing(clock.clone(), &SEED);
        let verifying = Passports::verifying(clock.clone(), &passports.public_keys()).unwrap();
        let ((seeing, seen), (dropping, dropped)) = (unbounded_channel(), unbounded_channel());
        let answer = Mutex::new(answer);
        let service = Arc::new(Service { work, answer, seen: seeing, dropped: dropping });
        let door = Door { passports: verifying, audience: "resources" };
        let base = listen(routes(service.clone(), door)).await;
        Self { clock, passports, base, service, seen, dropped }
    }

    fn client_for(&self, audience: &'static str, passports: &Passports) -> Client<dyn Resources> {
        let http = traced_client().unwrap();
        Client::new(Arc::new(Remote::new(http, self.base.clone(), audience, passports.clone())))
    }

    fn client(&self) -> Client<dyn Resources> {
        self.client_for("resources", &self.passports)
    }

    /// A request as another program would send it.
    async fn post(&self, headers: &[(&str, &str)], body: &str) -> (StatusCode, Value) {
        let mut request = traced_client()
            .unwrap()
            .post(format!("{}{}", self.base, ListDomains::PATH))
            .body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        (answer.status(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }

    fn passport(&self) -> String {
        self.passports.issue(&Principal::anonymous(), Uuid::now_v7(), "resources").unwrap()
    }
}

fn call(time: Duration) -> Call {
    Call::new(Principal::service("tester", OrganisationNo(7)), time)
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn every_error_crosses_with_all_its_parts_but_its_cause() {
    let wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    let (remote, local): (_, Client<dyn Resources>) = (wire.client(), Client::new(wire.service.clone()));
    for code in Code::ALL {
        let sent = Error::new(*code).on("dueOn").with("max", 3).because("a secret of the inside");
        let sent = sent.and(Error::new(Code::Required).on("title").because("another"));
        *wire.service.answer.lock().unwrap() = Err(sent.clone());
        for client in [&remote, &local] {
            let got = client.ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
            assert_eq!((got.code(), got.kind()), (*code, code.kind()));
            assert_eq!(got.faults().collect::<Vec<_>>(), sent.faults().collect::<Vec<_>>());
            assert_eq!((got.fault().zh(), got.fault().en()), (sent.fault().zh(), sent.fault().en()));
        }
        let got = remote.ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
        assert_eq!(got.cause(), None, "the cause of {code} stays at home");
    }
    let (_, body) = wire.post(&[("banlian-passport", &wire.passport())], "{}").await;
    assert!(body.to_string().contains("title") && !body.to_string().contains("secret"), "{body}");
}

#[tokio::test]
async fn who_asks_under_which_id_and_in_which_trace_arrives() {
    let mut wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    let call = call(SECOND * 10);
    let span = tracing::info_span!("a request");
    let trace = span.context().span().span_context().trace_id();
    wire.client().ask(&call, ListDomains {}).instrument(span).await.unwrap();
    let seen = wire.seen.recv().await.unwrap();
    assert_eq!((seen.request_id, &seen.principal), (call.request_id, &*call.principal));
    assert!(seen.left <= SECOND * 10 && seen.left > SECOND * 8, "{:?}", seen.left);
    assert!(trace != TraceId::INVALID && seen.trace == trace, "{} is not {trace}", seen.trace);
}

#[tokio::test]
async fn a_deadline_ends_the_work_on_both_sides() {
    let mut wire = Wire::with(SECOND * 30, Ok(Vec::new())).await;
    let begun = Instant::now();
    let got = wire.client().ask(&call(SECOND / 5), ListDomains {}).await.unwrap_err();
    assert_eq!(got.code(), Code::DeadlineExceeded);
    assert!(wire.seen.recv().await.unwrap().left <= SECOND / 5);
    wire.dropped.recv().await.unwrap();
    // And where the caller waits on: the service keeps to the time that it was given.
    let headers = [("banlian-passport", &*wire.passport()), ("banlian-deadline-ms", "200")];
    let (status, body) = wire.post(&headers, "{}").await;
    assert_eq!((status.as_u16(), &body["fault"]["code"]), (503, &json!("platform.deadline_exceeded")));
    wire.dropped.recv().await.unwrap();
    assert!(begun.elapsed() < SECOND * 10, "{:?}", begun.elapsed());
    // A call whose time is over is not even sent.
    let got = wire.client().ask(&call(Duration::ZERO), ListDomains {}).await.unwrap_err();
    assert_eq!(got.code(), Code::DeadlineExceeded);
    wire.seen.recv().await.unwrap();
    assert!(wire.seen.try_recv().is_err());
}

#[tokio::test]
async fn a_dropped_call_ends_the_work_in_the_other_process() {
    let mut wire = Wire::with(SECOND * 30, Ok(Vec::new())).await;
    let (client, call) = (wire.client(), call(SECOND * 30));
    let asked = client.ask(&call, ListDomains {});
    let given_up = async { drop(wire.seen.recv().await.unwrap()) };
    // The work has begun when the caller goes away.
    tokio::select! {
        answer = asked => panic!("answered: {answer:?}"),
        () = given_up => {}
    }
    let begun = Instant::now();
    tokio::time::timeout(SECOND * 5, wire.dropped.recv()).await.unwrap().unwrap();
    println!("the work was given up after {:?}", begun.elapsed());
}

#[tokio::test]
async fn nobody_is_let_in_without_a_passport_of_ours_for_this_service_and_time() {
    let mut wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    let refused =
        |got: Result<Vec<ResourceDomain>>| assert_eq!(got.unwrap_err().code(), Code::Unauthenticated);
    let strangers = Passports::signing(wire.clock.clone(), &[8; 32]);
    for client in [wire.client_for("studios", &wire.passports), wire.client_for("resources", &strangers)] {
        refused(client.ask(&call(SECOND * 10), ListDomains {}).await);
    }
    let late = Passports::signing(Clock::fixed(wire.clock.now() - TimeDelta::seconds(31)), &SEED);
    refused(wire.client_for("resources", &late).ask(&call(SECOND * 10), ListDomains {}).await);
    for headers in [&[][..], &[("banlian-passport", "")], &[("banlian-passport", "e30.AAAA")]] {
        let (status, body) = wire.post(headers, "{}").await;
        assert_eq!((status.as_u16(), &body["fault"]["code"]), (401, &json!("platform.unauthenticated")));
    }
    assert!(wire.seen.try_recv().is_err(), "the service was not asked");
}

#[tokio::test]
async fn what_is_no_message_gets_a_code() {
    let wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    for body in ["", "{", "[1", "\"张三\"", "7", "{} {}", "\u{0}"] {
        let (status, answer) = wire.post(&[("banlian-passport", &wire.passport())], body).await;
        let code = &answer["fault"]["code"];
        assert_eq!((status.as_u16(), code), (422, &json!("platform.invalid_value")), "{body}");
        assert!(!answer.to_string().contains("张三"), "{answer}");
    }
}

#[tokio::test]
async fn a_file_of_the_largest_size_crosses() {
    let wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    let action = "x".repeat(27 * 1024 * 1024);
    let request = json!({ "filter": { "action": action }, "page": { "first": 1 } });
    let request: ListAudit = serde_json::from_value(request).unwrap();
    let got = wire.client().ask(&call(SECOND * 30), request).await.unwrap_err();
    assert_eq!(got.code(), Code::NotFound, "the service has answered");
}

#[tokio::test]
async fn a_service_that_is_away_is_unavailable() {
    let mut wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    // A port that nobody listens on.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    wire.base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let got = wire.client().ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
    assert_eq!(got.code(), Code::Unavailable);
    // One who hangs up, and something else than a service.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    wire.base = format!("http://{}", listener.local_addr().unwrap());
    let (client, asking) = (wire.client(), call(SECOND * 10));
    let (got, ()) =
        tokio::join!(client.ask(&asking, ListDomains {}), async { drop(listener.accept().await) });
    assert_eq!(got.unwrap_err().code(), Code::Unavailable);
    wire.base = listen(axum::Router::new()).await;
    let got = wire.client().ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
    assert_eq!(got.code(), Code::Unavailable, "a route that is not there is no record that is not there");
}

/// During an upgrade one side is newer: it may say more than the other knows.
#[tokio::test]
async fn what_a_newer_version_adds_does_no_harm() {
    let mut wire = Wire::with(Duration::ZERO, Ok(Vec::new())).await;
    let (status, _) = wire.post(&[("banlian-passport", &wire.passport())], "{\"added\": [1]}").await;
    assert_eq!(status, StatusCode::OK, "a message with one more field");
    let newer = |status: u16, body: Value| {
        let answer = move || async move { (StatusCode::from_u16(status).unwrap(), axum::Json(body.clone())) };
        listen(axum::Router::new().route(ListDomains::PATH, axum::routing::post(answer)))
    };
    wire.base = newer(200, json!([{ "code": "a", "zh": "甲", "en": "A", "added": { "x": 1 } }])).await;
    let got = wire.client().ask(&call(SECOND * 10), ListDomains {}).await.unwrap();
    assert_eq!(got, [ResourceDomain { code: "a".into(), zh: "甲".into(), en: "A".into() }]);
    wire.base = newer(409, json!({ "fault": { "code": "platform.stale", "added": 1 }, "added": 1 })).await;
    let got = wire.client().ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
    assert_eq!(got.code(), Code::Stale, "an error with one more field");
    for (status, code) in
        [(404, Code::NotFound), (403, Code::Forbidden), (422, Code::InvalidValue), (503, Code::Unavailable)]
    {
        wire.base = newer(status, json!({ "fault": { "code": "resources.added" } })).await;
        let got = wire.client().ask(&call(SECOND * 10), ListDomains {}).await.unwrap_err();
        assert_eq!(got.code(), code, "a code that we do not know");
    }
}
