//! Spreadsheets of organisations, people with grants, and classes with their teachers: written whole or not at all, and
//! the same file again makes nothing twice.

mod classes;
mod directory;
mod operations;
mod organisations;
mod people;
mod templates;

use crate::grants::store as grants;
use crate::policy::{Action, may_change};
use contract::tenancy::ImportKind;
use platform::imports::{Importer, Job, Outcome, Progress};
use platform::{Database, Work};
use spreadsheets::{Faults, Limits, Rows, Template, error_xlsx, read};
use vocabulary::{Code, Error, Result};

/// Works off the service's imports.
#[derive(Clone)]
pub struct TenancyImporter {
    database: Database,
}

impl TenancyImporter {
    /// An importer that writes to this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

/// The word of a kind of import.
const fn word(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Organisations => "organisations",
        ImportKind::People => "people",
        ImportKind::Classes => "classes",
    }
}

/// The template of a kind of import.
const fn template(kind: ImportKind) -> &'static Template {
    match kind {
        ImportKind::Organisations => &templates::ORGANISATIONS,
        ImportKind::People => &templates::PEOPLE,
        ImportKind::Classes => &templates::CLASSES,
    }
}

/// What became of rows.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    created: usize,
    changed: usize,
    unchanged: usize,
}

/// Notes a fault of a cell in the registry's words.
fn fault(faults: &mut Faults, row: u32, column: &'static str, error: &Error) {
    let fault = error.fault();
    faults.add(row, column, fault.code.as_str(), fault.zh(), fault.en());
}

/// Refuses an import whose hat was taken back, or ran out, while it waited for its turn.
async fn still_worn(work: &mut Work, job: &Job) -> Result<()> {
    let Some(hat) = job.principal.hat() else { return Ok(()) };
    let grant = grants::open(work, &job.principal.readable, hat.grant.uuid()).await?;
    let today = work.today();
    let valid = |grant: grants::Row| {
        grant.revoked_at.is_none()
            && grant.valid_from <= today
            && grant.valid_to.is_none_or(|last| today <= last)
    };
    if grant.is_some_and(valid) { Ok(()) } else { Err(Error::new(Code::Forbidden)) }
}

impl Importer for TenancyImporter {
    fn database(&self) -> &Database {
        &self.database
    }

    async fn run(&self, work: &mut Work, job: &Job, progress: &mut Progress) -> Result<Outcome> {
        may_change(&job.principal, Action::Import, job.owner)?;
        still_worn(work, job).await?;
        let kinds = [ImportKind::Organisations, ImportKind::People, ImportKind::Classes];
        let kind = kinds
            .into_iter()
            .find(|kind| word(*kind) == job.kind)
            .ok_or_else(|| Error::new(Code::ImportKind))?;
        let (template, file) = (template(kind), job.file.clone());
        let reading = tokio::task::spawn_blocking(move || read(template, &file, &Limits::default()));
        let mut rows = match reading.await.map_err(Error::internal)? {
            Ok(rows) => rows,
            Err(problem) => {
                let problem = Some((problem.message_zh, problem.message_en));
                return Ok(Outcome { problem, ..Outcome::default() });
            }
        };
        let count = rows.rows.len();
        progress.set(0, count).await?;
        let tally = match kind {
            ImportKind::Organisations => organisations::import(work, job, progress, &mut rows).await?,
            ImportKind::People => people::import(work, job, progress, &mut rows).await?,
            ImportKind::Classes => classes::import(work, job, progress, &mut rows).await?,
        };
        if rows.faults.is_empty() {
            let Tally { created, changed, unchanged } = tally;
            return Ok(Outcome { rows: count, created, changed, unchanged, ..Outcome::default() });
        }
        faulty(rows).await
    }
}

/// The outcome of a file with faults: the error file goes back.
async fn faulty(rows: Rows) -> Result<Outcome> {
    let (count, faults) = (rows.rows.len(), rows.faults.rows());
    let written = tokio::task::spawn_blocking(move || error_xlsx(&rows)).await.map_err(Error::internal)?;
    let error_file = Some(written.map_err(Error::internal)?);
    Ok(Outcome { rows: count, faults, error_file, ..Outcome::default() })
}
