//! The real services and the real gateway in this process, over a database with the world in it.

use crate::isolation::altered::{Alter, Altered};
use crate::isolation::load::tenancy::{HAT, cookie};
use axum::Router;
use axum::body::{Body, to_bytes};
use contract::Client;
use contract::tenancy::{Resume, Resumed};
use graphql::{Clients, Options};
use http::{Request, StatusCode};
use platform::{Changes, Database};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::TestDatabase;
use tower::ServiceExt as _;
use uuid::Uuid;
use vocabulary::{Clock, GrantId, Principal, Result};

/// How a stage differs from the true one.
#[derive(Clone, Default)]
pub(crate) struct Differences {
    /// Another role for a service's pool: (service, role).
    pub(crate) role: Option<(&'static str, String)>,
    /// What is done to tenancy's answers about who asks.
    pub(crate) alter: Option<Alter>,
}

/// What an HTTP call gave.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) json: Value,
}

impl Answer {
    /// What stands at a path of `data`.
    pub(crate) fn data(&self, pointer: &str) -> &Value {
        self.json["data"].pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The codes of the errors.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let errors = self.json["errors"].as_array().map_or(&[][..], Vec::as_slice);
        errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect()
    }
}

type Services = (
    Arc<dyn contract::tenancy::Tenancy>,
    Arc<dyn contract::studios::Studios>,
    Arc<dyn contract::resources::Resources>,
    Arc<dyn contract::analytics::Analytics>,
);

/// Services and gateway.
pub(crate) struct Stage {
    services: Services,
    pub(crate) databases: [Database; 4],
    router: Router,
    pub(crate) clock: Clock,
    // Last: the database is dropped after what is connected to it.
    pub(crate) database: TestDatabase,
}

impl Stage {
    /// Raises it over a database, on a day.
    pub(crate) fn open(database: TestDatabase, clock: Clock, differences: Differences) -> Self {
        let open = |service: &'static str| {
            let own = format!("banlian_{service}");
            let role = match &differences.role {
                Some((of, role)) if *of == service => role,
                _ => &own,
            };
            Database::connect(service, &database.url(role), 6, clock.clone()).unwrap()
        };
        let databases = ["tenancy", "studios", "resources", "analytics"].map(open);
        let [t, s, r, a] = databases.clone();
        let tenancy: Arc<dyn contract::tenancy::Tenancy> = match differences.alter {
            None => Arc::new(tenancy::Tenancy::new(t)),
            Some(alter) => Arc::new(Altered { real: Arc::new(tenancy::Tenancy::new(t)), alter }),
        };
        let services: Services = (
            tenancy,
            Arc::new(studios::Studios::new(s)),
            Arc::new(resources::Resources::new(r)),
            Arc::new(analytics::Analytics::new(a)),
        );
        let (t, s, r, a) = services.clone();
        let clients = Clients {
            tenancy: Client::new(t),
            studios: Client::new(s),
            resources: Client::new(r),
            analytics: Client::new(a),
        };
        let options = Options { secure_cookies: false, clock: clock.clone(), ..Options::default() };
        let router = graphql::router(clients, options, Changes::default()).unwrap();
        Self { services, databases, router, clock, database }
    }

    /// Who is behind a token under a hat, as tenancy says.
    pub(crate) async fn resume(&self, token: &str, hat: Option<Uuid>) -> Result<Resumed> {
        let request = Resume { token: token.to_owned(), hat: hat.map(GrantId::from_uuid), look: true };
        self.services.0.serve(&testkit::call(Principal::anonymous()), request).await
    }

    /// The services themselves.
    pub(crate) fn services(&self) -> Services {
        self.services.clone()
    }

    /// Signs in through the gateway; the session's token from the cookie, where there is one.
    pub(crate) async fn sign_in(&self, query: &str, variables: Value) -> (Answer, Option<String>) {
        let body = json!({ "query": query, "variables": variables });
        let request = posted().body(Body::from(body.to_string())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let mut cookies =
            response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let token = cookies.find_map(|line| line.strip_prefix("banlian="));
        let token = token.and_then(|rest| rest.split(';').next()).map(str::to_owned);
        (answer(response).await, token)
    }

    /// Asks the gateway under a session and a hat.
    pub(crate) async fn ask(
        &self,
        token: Option<&str>,
        hat: Option<Uuid>,
        query: &str,
        variables: Value,
    ) -> Answer {
        let mut request = posted();
        if let Some(token) = token {
            request = request.header("cookie", cookie(token));
        }
        if let Some(hat) = hat {
            request = request.header(HAT, GrantId::from_uuid(hat).to_string());
        }
        let body = json!({ "query": query, "variables": variables });
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Sends a request to the gateway.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone().oneshot(request).await.unwrap()).await
    }
}

/// A request as the console sends it.
fn posted() -> http::request::Builder {
    Request::post("/graphql")
        .header("content-type", "application/json")
        .header("host", "isolation.test")
        .header("banlian-console", "1")
}

async fn answer(response: axum::response::Response) -> Answer {
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap();
    Answer { status, json: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}
