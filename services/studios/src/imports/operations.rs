//! Templates, and imports as they are asked for and watched.

use super::{template, word};
use crate::Studios;
use crate::policy::{self, Action};
use contract::Handle;
use contract::studios::{ImportErrors, ListImports, OpenImport, StartImport, Template};
use platform::Begun;
use platform::imports::{self, NewImport};
use serde_json::json;
use spreadsheets::template_xlsx;
use vocabulary::{Call, Error, FileBytes, ImportJob, Page, Result};

const SERVICE: &str = "studios";

impl Handle<Template> for Studios {
    async fn handle(&self, call: &Call, request: Template) -> Result<FileBytes> {
        policy::reads(&call.principal)?;
        let written = tokio::task::spawn_blocking(move || template_xlsx(template(request.kind)));
        written.await.map_err(Error::internal)?.map(FileBytes).map_err(Error::internal)
    }
}

impl Handle<StartImport> for Studios {
    async fn handle(&self, call: &Call, request: StartImport) -> Result<ImportJob> {
        policy::reads(&call.principal)?;
        policy::may(&call.principal, Action::Import, request.organisation, None)
            .map_err(|error| error.on("organisation"))?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let kind = word(request.kind);
        let new = NewImport {
            kind: kind.to_owned(),
            owner: request.organisation,
            file_name: request.file_name,
            file: request.file.0,
            dry_run: request.dry_run,
        };
        let job = imports::ask(&mut work, SERVICE, new).await?;
        let detail = json!({ "kind": kind, "dryRun": request.dry_run });
        work.audit(request.organisation, None, job.id, detail).await?;
        work.finish(job).await
    }
}

impl Handle<OpenImport> for Studios {
    async fn handle(&self, call: &Call, request: OpenImport) -> Result<ImportJob> {
        let scope = policy::imports(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::open(&mut read, SERVICE, &scope, request.id).await
    }
}

impl Handle<ListImports> for Studios {
    async fn handle(&self, call: &Call, request: ListImports) -> Result<Page<ImportJob>> {
        let scope = policy::imports(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::list(&mut read, SERVICE, &scope, &request.page).await
    }
}

impl Handle<ImportErrors> for Studios {
    async fn handle(&self, call: &Call, request: ImportErrors) -> Result<FileBytes> {
        let scope = policy::imports(&call.principal)?;
        let mut read = self.database.read(call).await?;
        imports::errors(&mut read, SERVICE, &scope, request.id).await
    }
}
