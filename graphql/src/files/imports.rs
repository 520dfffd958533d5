//! Spreadsheets in: templates, the import itself, and the file that says what is wrong.

use super::{DEADLINE, Given, Service, TURNS, answer, enter, job, ours, stem, word};
use crate::gate::Gate;
use axum::body::to_bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use contract::{studios, tenancy};
use serde::Deserialize;
use std::sync::Arc;
use vocabulary::{Call, Code, Error, FileBytes, ImportId, OrganisationId, Result, clean_line};

/// The largest file, in bytes.
const LARGEST: usize = platform::imports::MAX_MB * 1024 * 1024;

/// What the address says of an import.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    organisation: Option<String>,
    file_name: Option<String>,
    dry_run: Option<String>,
    idempotency_key: Option<String>,
    hat: Option<String>,
}

/// The hat, for a plain link that cannot send a header.
#[derive(Deserialize)]
pub(crate) struct Worn {
    hat: Option<String>,
}

fn required<T>(value: Option<T>, field: &str) -> Result<T> {
    value.ok_or_else(|| Error::new(Code::Required).on(field))
}

/// `POST /files/imports/{service}/{kind}`: the file's bytes are the body.
pub(crate) async fn start(
    State(gate): State<Arc<Gate>>,
    Path((service, kind)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    request: axum::extract::Request,
) -> Response {
    const ROUTE: &str = "/files/imports/{service}/{kind}";
    let (parts, body) = request.into_parts();
    let entered = match ours(&gate, &parts.headers) {
        Ok(()) => enter(&gate, &parts.headers, &parts.extensions, wanted.hat.as_deref()).await,
        Err(error) => Err(error),
    };
    let call = match entered {
        Ok(call) => call,
        Err(error) => return answer(&gate, ROUTE, None, Err(error)),
    };
    let started = async {
        let service: Service = word(&service)?;
        let organisation: OrganisationId = required(wanted.organisation, "organisation")?
            .parse()
            .map_err(|_| Error::new(Code::InvalidValue).on("organisation"))?;
        let file_name = clean_line("fileName", &required(wanted.file_name, "fileName")?, 200)?;
        let dry_run = match wanted.dry_run.as_deref() {
            Some("true") => true,
            Some("false") | None => false,
            Some(_) => return Err(Error::new(Code::InvalidValue).on("dryRun")),
        };
        let idempotency_key = required(wanted.idempotency_key, "idempotencyKey")?;
        let too_large = |_| Error::new(Code::ImportTooLarge).with("max", platform::imports::MAX_MB);
        let _turn = TURNS.acquire().await.map_err(Error::internal)?;
        let came = tokio::time::timeout(DEADLINE, to_bytes(body, LARGEST)).await;
        let came = came.map_err(|_| Error::new(Code::DeadlineExceeded))?;
        let file = FileBytes(came.map_err(too_large)?.to_vec());
        let started = match service {
            Service::Tenancy => {
                let kind = word(&kind)?;
                let request =
                    tenancy::StartImport { idempotency_key, kind, organisation, file_name, file, dry_run };
                gate.clients.tenancy.ask(&call, request).await?
            }
            Service::Studios => {
                let kind = word(&kind)?;
                let organisation = number(&gate, &call, organisation).await?;
                let request =
                    studios::StartImport { idempotency_key, kind, organisation, file_name, file, dry_run };
                gate.clients.studios.ask(&call, request).await?
            }
        };
        Ok(Given::Json(job(&started)))
    };
    let given = started.await;
    answer(&gate, ROUTE, Some(&call), given)
}

/// Studios knows organisations by their number.
async fn number(
    gate: &Gate,
    call: &Call,
    organisation: OrganisationId,
) -> Result<vocabulary::OrganisationNo> {
    let request = tenancy::OpenOrganisations { ids: vec![organisation], as_of: None };
    let found = gate.clients.tenancy.ask(call, request).await?.into_iter().flatten().next();
    found.map(|found| found.no).ok_or_else(|| Error::new(Code::NotFound).on("organisation"))
}

/// `GET /files/templates/{service}/{kind}.xlsx`.
pub(crate) async fn template(
    State(gate): State<Arc<Gate>>,
    Path((service, file)): Path<(String, String)>,
    Query(worn): Query<Worn>,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Response {
    const ROUTE: &str = "/files/templates/{service}/{kind}.xlsx";
    let call = match enter(&gate, &headers, request.extensions(), worn.hat.as_deref()).await {
        Ok(call) => call,
        Err(error) => return answer(&gate, ROUTE, None, Err(error)),
    };
    let made = async {
        let kind = stem(&file)?;
        let bytes = match word(&service)? {
            Service::Tenancy => {
                gate.clients.tenancy.ask(&call, tenancy::Template { kind: word(kind)? }).await?
            }
            Service::Studios => {
                gate.clients.studios.ask(&call, studios::Template { kind: word(kind)? }).await?
            }
        };
        let name = format!("{}导入模板.xlsx", title(kind));
        Ok(Given::File { bytes, ascii: format!("{kind}-template.xlsx"), name })
    };
    let given = made.await;
    answer(&gate, ROUTE, Some(&call), given)
}

/// `GET /files/errors/{service}/{id}.xlsx`: the rows as they came, with what is wrong.
pub(crate) async fn errors(
    State(gate): State<Arc<Gate>>,
    Path((service, file)): Path<(String, String)>,
    Query(worn): Query<Worn>,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Response {
    const ROUTE: &str = "/files/errors/{service}/{id}.xlsx";
    let call = match enter(&gate, &headers, request.extensions(), worn.hat.as_deref()).await {
        Ok(call) => call,
        Err(error) => return answer(&gate, ROUTE, None, Err(error)),
    };
    let made = async {
        let id: ImportId = stem(&file)?.parse().map_err(|_| Error::new(Code::NotFound))?;
        let bytes = match word(&service)? {
            Service::Tenancy => gate.clients.tenancy.ask(&call, tenancy::ImportErrors { id }).await?,
            Service::Studios => gate.clients.studios.ask(&call, studios::ImportErrors { id }).await?,
        };
        Ok(Given::File { bytes, ascii: "errors.xlsx".to_owned(), name: "导入问题清单.xlsx".to_owned() })
    };
    let given = made.await;
    answer(&gate, ROUTE, Some(&call), given)
}

/// What a list is called in the name of a file.
pub(super) fn title(list: &str) -> &'static str {
    match list {
        "organisations" => "机构",
        "people" => "人员",
        "classes" => "班级",
        "studios" => "工作室",
        "plan_items" => "方案任务",
        "members" => "成员",
        "tasks" => "任务台账",
        "sessions" => "活动",
        "audit" => "审计",
        _ => "数据",
    }
}
