//! The one remote client: serves every operation of a service in another process.

use crate::route::{by_status, malformed};
use crate::{Handle, Operation, Passports};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use std::time::Duration;
use vocabulary::{Call, Code, Error, Result};

/// The header with the passport.
pub(crate) const PASSPORT: &str = "banlian-passport";
/// The header with the milliseconds that are left.
pub(crate) const DEADLINE: &str = "banlian-deadline-ms";

/// The HTTP client that all remotes share.
pub fn traced_client() -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .no_proxy()
        .connect_timeout(Duration::from_secs(2))
        .pool_idle_timeout(Duration::from_mins(1));
    builder.build().map_err(Error::internal)
}

/// A service in another process.
#[derive(Clone)]
pub struct Remote {
    http: reqwest::Client,
    base: String,
    audience: &'static str,
    passports: Passports,
}

impl Remote {
    /// The service `audience` at `base` (`http://127.0.0.1:4101`).
    pub const fn new(
        http: reqwest::Client,
        base: String,
        audience: &'static str,
        passports: Passports,
    ) -> Self {
        Self { http, base, audience, passports }
    }
}

impl<O: Operation> Handle<O> for Remote {
    async fn handle(&self, call: &Call, request: O) -> Result<O::Reply> {
        let left = call.left()?;
        let passport = self.passports.issue(&call.principal, call.request_id, self.audience)?;
        let mut headers = HeaderMap::new();
        headers.insert(PASSPORT, HeaderValue::try_from(passport).map_err(Error::internal)?);
        headers.insert(DEADLINE, HeaderValue::from(u64::try_from(left.as_millis()).unwrap_or(u64::MAX)));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        crate::trace::inject(&mut headers);
        let away = |error: reqwest::Error| {
            let code = if error.is_timeout() { Code::DeadlineExceeded } else { Code::Unavailable };
            Error::new(code).because(error)
        };
        let body = serde_json::to_vec(&request).map_err(Error::internal)?;
        let sent =
            self.http.post(format!("{}{}", self.base, O::PATH)).headers(headers).timeout(left).body(body);
        let answer = sent.send().await.map_err(away)?;
        let ok = answer.status().is_success();
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(away)?;
        if ok {
            return serde_json::from_slice(&bytes)
                .map_err(|error| Error::internal(malformed(O::PATH, &error)));
        }
        Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| {
            // What has the form of our errors is a code of a newer version; whatever else did not come from a service.
            let ours =
                serde_json::from_slice::<Value>(&bytes).is_ok_and(|body| body["fault"]["code"].is_string());
            let code = if ours { by_status(status) } else { Code::Unavailable };
            Error::new(code).because(format!("{} answered {status}", O::PATH))
        }))
    }
}
