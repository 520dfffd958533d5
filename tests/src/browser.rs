//! One person at the API: their cookie, their hat.

use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Somebody who talks to the program as the console does.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    /// Where the program answers.
    pub address: String,
    headers: HeaderMap,
}

/// An answer with what a test looks at.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// How many contract calls it took, in development.
    pub calls: Option<u32>,
    /// How long it took.
    pub took: Duration,
}

impl Answer {
    /// The value at a JSON pointer below `data`; null where there is none.
    pub fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(&format!("/data{pointer}")).unwrap_or(&Value::Null)
    }

    /// The codes of the errors and of all user errors.
    pub fn codes(&self) -> Vec<String> {
        fn user_errors(value: &Value, codes: &mut Vec<String>) {
            match value {
                Value::Object(map) => {
                    for (key, value) in map {
                        if key == "userErrors" {
                            codes.extend(
                                value
                                    .as_array()
                                    .into_iter()
                                    .flatten()
                                    .filter_map(|e| Some(e["code"].as_str()?.to_owned())),
                            );
                        } else {
                            user_errors(value, codes);
                        }
                    }
                }
                Value::Array(items) => items.iter().for_each(|item| user_errors(item, codes)),
                _ => {}
            }
        }
        let top = self.body["errors"].as_array().into_iter().flatten();
        let mut codes: Vec<String> =
            top.map(|e| e["extensions"]["code"].as_str().unwrap_or("uncoded").to_owned()).collect();
        user_errors(&self.body["data"], &mut codes);
        codes
    }

    /// The answer, which must have no error of any kind.
    pub fn ok(self) -> Self {
        assert!(self.status == 200 && self.codes().is_empty(), "{self:#?}");
        self
    }
}

impl Browser {
    /// Nobody yet.
    pub fn anonymous(address: &str) -> Self {
        crate::provider();
        let http =
            reqwest::Client::builder().no_proxy().timeout(Duration::from_mins(1)).build().expect("a client");
        let mut headers = HeaderMap::new();
        headers.insert("banlian-console", HeaderValue::from_static("1"));
        Self { http, address: address.to_owned(), headers }
    }

    /// Signed in; panics when refused.
    pub async fn signed_in(address: &str, login: &str, password: &str) -> Self {
        let mut browser = Self::anonymous(address);
        let answer = browser.sign_in(login, password).await;
        assert!(answer.codes().is_empty(), "{login}: {answer:#?}");
        browser
    }

    /// Tries to sign in and keeps the cookie.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let document =
            "mutation($i: SignInInput!) { signIn(input: $i) { me { login } userErrors { code } } }";
        let request =
            json!({ "query": document, "variables": { "i": { "login": login, "password": password } } });
        let start = Instant::now();
        let response = self
            .http
            .post(format!("{}/graphql", self.address))
            .headers(self.headers.clone())
            .json(&request)
            .send()
            .await
            .expect("an answer");
        if let Some(cookie) = response.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default().to_owned();
            self.headers.insert(COOKIE, HeaderValue::try_from(cookie).expect("a cookie"));
        }
        answer(response, start).await
    }

    /// The same person with the same cookie, after the program has started anew.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// The same person under another hat.
    #[must_use]
    pub fn under(&self, grant: &str) -> Self {
        let mut other = self.clone();
        other.headers.insert("banlian-hat", HeaderValue::try_from(grant).expect("a hat"));
        other
    }

    /// Sends a document.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        self.send(json!({ "query": document, "variables": variables })).await
    }

    /// Sends any body.
    pub async fn send(&self, body: Value) -> Answer {
        let start = Instant::now();
        let request =
            self.http.post(format!("{}/graphql", self.address)).headers(self.headers.clone()).json(&body);
        answer(request.send().await.expect("an answer"), start).await
    }

    /// Sends a document to a program that may be gone before it answers; nothing where there was no whole answer.
    pub async fn try_ask(&self, document: &str, variables: Value) -> Option<Answer> {
        let start = Instant::now();
        let body = json!({ "query": document, "variables": variables });
        let request =
            self.http.post(format!("{}/graphql", self.address)).headers(self.headers.clone()).json(&body);
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        let body = serde_json::from_slice(&response.bytes().await.ok()?).ok()?;
        Some(Answer { status, body, calls: None, took: start.elapsed() })
    }

    /// Gets a file.
    pub async fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let response = self
            .http
            .get(format!("{}{path}", self.address))
            .headers(self.headers.clone())
            .send()
            .await
            .expect("an answer");
        (response.status().as_u16(), response.bytes().await.expect("a body").to_vec())
    }

    /// Sends a file.
    pub async fn upload(&self, path: &str, bytes: Vec<u8>) -> Answer {
        let start = Instant::now();
        let request =
            self.http.post(format!("{}{path}", self.address)).headers(self.headers.clone()).body(bytes);
        answer(request.send().await.expect("an answer"), start).await
    }

    /// Imports a file and waits until the job has ended; gives the job.
    pub async fn import(
        &self,
        service: &str,
        kind: &str,
        organisation: &str,
        dry_run: bool,
        bytes: Vec<u8>,
    ) -> Value {
        let key = uuid::Uuid::now_v7();
        let path = format!(
            "/files/imports/{service}/{kind}?organisation={organisation}&fileName={kind}.xlsx&dryRun={dry_run}&idempotencyKey={key}"
        );
        let started = self.upload(&path, bytes).await;
        assert_eq!(started.status, 200, "{started:#?}");
        let id = started.body["id"].as_str().expect("an import's id").to_owned();
        for _ in 0..3000 {
            let document = "query($s: ImportService!, $id: ID!) { import(service: $s, id: $id) { id state rows rowsDone created changed unchanged faults problemZh } }";
            let job = self
                .ask(document, json!({ "s": service.to_uppercase(), "id": id }))
                .await
                .ok()
                .at("/import")
                .clone();
            if !matches!(job["state"].as_str(), Some("QUEUED" | "RUNNING")) {
                return job;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("import {id} did not end");
    }
}

async fn answer(response: reqwest::Response, start: Instant) -> Answer {
    let status = response.status().as_u16();
    let calls = response.headers().get("x-banlian-calls").and_then(|v| v.to_str().ok()?.parse().ok());
    let bytes = response.bytes().await.expect("a body");
    let body = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
    Answer { status, body, calls, took: start.elapsed() }
}
