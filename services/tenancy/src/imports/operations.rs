//! Templates, and imports as they are asked for and watched.

use super::{template, word};
use crate::organisations::store::open as open_organisations;
use crate::policy::{Action, imports_in, may, may_change};
use crate::{Tenancy, fresh};
use contract::Handle;
use contract::tenancy::{ImportErrors, ListImports, OpenImport, StartImport, Template};
use platform::imports::{self, NewImport};
use serde_json::json;
use spreadsheets::template_xlsx;
use vocabulary::{Call, Code, Error, FileBytes, ImportJob, Page, Result};

const SERVICE: &str = "tenancy";

impl Handle<Template> for Tenancy {
    async fn handle(&self, call: &Call, request: Template) -> Result<FileBytes> {
        may(&call.principal, Action::Read)?;
        let written = tokio::task::spawn_blocking(move || template_xlsx(template(request.kind)));
        written.await.map_err(Error::internal)?.map(FileBytes).map_err(Error::internal)
    }
}

impl Handle<StartImport> for Tenancy {
    async fn handle(&self, call: &Call, request: StartImport) -> Result<ImportJob> {
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let found = open_organisations(
            &mut work,
            &call.principal.readable,
            today,
            &[request.organisation.uuid()],
            &[],
        )
        .await?;
        let organisation = found.first().ok_or_else(|| Error::new(Code::NotFound).on("organisation"))?;
        may_change(&call.principal, Action::Import, organisation.no)
            .map_err(|error| error.on("organisation"))?;
        let kind = word(request.kind);
        let new = NewImport {
            kind: kind.to_owned(),
            owner: organisation.no,
            file_name: request.file_name,
            file: request.file.0,
            dry_run: request.dry_run,
        };
        let job = imports::ask(&mut work, SERVICE, new).await?;
        work.audit(organisation.no, None, job.id, json!({ "kind": kind, "dryRun": request.dry_run })).await?;
        work.finish(job).await
    }
}

impl Handle<OpenImport> for Tenancy {
    async fn handle(&self, call: &Call, request: OpenImport) -> Result<ImportJob> {
        let scope = imports_in(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::open(&mut read, SERVICE, &scope, request.id).await
    }
}

impl Handle<ListImports> for Tenancy {
    async fn handle(&self, call: &Call, request: ListImports) -> Result<Page<ImportJob>> {
        let scope = imports_in(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::list(&mut read, SERVICE, &scope, &request.page).await
    }
}

impl Handle<ImportErrors> for Tenancy {
    async fn handle(&self, call: &Call, request: ImportErrors) -> Result<FileBytes> {
        let scope = imports_in(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::errors(&mut read, SERVICE, &scope, request.id).await
    }
}
