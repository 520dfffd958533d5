//! Spreadsheets out: every list as it is shown, under the reader's rights.

use super::imports::title;
use super::{Given, TURNS, answer, enter, stem};
use crate::gate::Gate;
use async_graphql::{InputType, Value};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::NaiveDate;
use contract::{studios, tenancy};
use serde::Deserialize;
use std::sync::Arc;
use vocabulary::{Call, Code, Error, FileBytes, Result, StudioId};

/// What the address says of an export: the list's filter as GraphQL takes it, in JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    filter: Option<String>,
    as_of: Option<String>,
    hat: Option<String>,
}

impl Wanted {
    fn json(&self) -> Result<Value> {
        let text = self.filter.as_deref().filter(|text| !text.is_empty()).unwrap_or("{}");
        serde_json::from_str(text).map_err(|_| Error::new(Code::InvalidValue).on("filter"))
    }

    fn filter<T: InputType>(&self) -> Result<T> {
        T::parse(Some(self.json()?)).map_err(|_| Error::new(Code::InvalidValue).on("filter"))
    }

    fn as_of(&self) -> Result<Option<NaiveDate>> {
        let day = self.as_of.as_deref().filter(|text| !text.is_empty());
        let day = day.map(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d")).transpose();
        day.map_err(|_| Error::new(Code::InvalidDate).on("asOf"))
    }

    /// A field of the filter, where the list has no filter of its own.
    fn field<T: InputType>(&self, name: &str) -> Result<T> {
        let Value::Object(fields) = self.json()? else {
            return Err(Error::new(Code::InvalidValue).on("filter"));
        };
        let value = fields.get(name).cloned().ok_or_else(|| Error::new(Code::Required).on(name))?;
        T::parse(Some(value)).map_err(|_| Error::new(Code::InvalidValue).on(name))
    }

    fn studio(&self) -> Result<StudioId> {
        self.field("studio")
    }
}

async fn make(gate: &Gate, call: &Call, list: &str, wanted: &Wanted) -> Result<FileBytes> {
    let tenancy = &gate.clients.tenancy;
    let studios = &gate.clients.studios;
    match list {
        "organisations" => {
            let (filter, as_of) = (wanted.filter()?, wanted.as_of()?);
            tenancy.ask(call, tenancy::ExportOrganisations { filter, as_of }).await
        }
        "people" => tenancy.ask(call, tenancy::ExportPeople { filter: wanted.filter()? }).await,
        "classes" => {
            let (filter, as_of) = (wanted.filter()?, wanted.as_of()?);
            tenancy.ask(call, tenancy::ExportClasses { filter, as_of }).await
        }
        "audit" => tenancy.ask(call, tenancy::ExportAudit { filter: wanted.filter()? }).await,
        "studios" => studios.ask(call, studios::ExportStudios { filter: wanted.filter()? }).await,
        "members" => studios.ask(call, studios::ExportMembers { studio: wanted.studio()? }).await,
        "plan_items" => {
            let (studio, school_year) = (wanted.studio()?, wanted.field("schoolYear")?);
            studios.ask(call, studios::ExportPlanItems { studio, school_year }).await
        }
        "sessions" => studios.ask(call, studios::ExportSessions { filter: wanted.filter()? }).await,
        "tasks" => studios.ask(call, studios::ExportTasks { filter: wanted.filter()? }).await,
        _ => Err(Error::new(Code::NotFound)),
    }
}

/// `GET /files/exports/{list}.xlsx`.
pub(crate) async fn export(
    State(gate): State<Arc<Gate>>,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Response {
    const ROUTE: &str = "/files/exports/{list}.xlsx";
    let call = match enter(&gate, &headers, request.extensions(), wanted.hat.as_deref()).await {
        Ok(call) => call,
        Err(error) => return answer(&gate, ROUTE, None, Err(error)),
    };
    let made = async {
        let list = stem(&file)?;
        let _turn = TURNS.acquire().await.map_err(Error::internal)?;
        let bytes = make(&gate, &call, list, &wanted).await?;
        let day = gate.clock.today();
        let name = format!("{}_{day}.xlsx", title(list));
        Ok(Given::File { bytes, ascii: format!("{list}-{day}.xlsx"), name })
    };
    let given = made.await;
    answer(&gate, ROUTE, Some(&call), given)
}
