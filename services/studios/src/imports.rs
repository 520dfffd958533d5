//! Spreadsheets of studios with members, plan items, ledger lines and sessions: written whole or not at all, and the same file
//! again makes nothing twice.

mod directory;
mod group;
mod operations;
mod plan_items;
mod sessions;
mod store;
mod studios;
mod tasks;
mod templates;

use crate::policy::{self, Action};
use contract::studios::ImportKind;
use platform::imports::{Importer, Job, Outcome, Progress};
use platform::{Database, Work};
use spreadsheets::{Faults, Limits, Rows, Template, error_xlsx, read};
use vocabulary::{Code, Error, Result};

/// How many rows are written by one statement.
const CHUNK: usize = 2_500;

/// Works off the service's imports.
#[derive(Clone)]
pub struct StudiosImporter {
    database: Database,
}

impl StudiosImporter {
    /// An importer that writes to this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

/// The word of a kind of import.
const fn word(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Studios => "studios",
        ImportKind::PlanItems => "plan_items",
        ImportKind::Tasks => "tasks",
        ImportKind::Sessions => "sessions",
    }
}

/// The template of a kind of import.
const fn template(kind: ImportKind) -> &'static Template {
    match kind {
        ImportKind::Studios => &templates::STUDIOS,
        ImportKind::PlanItems => &templates::PLAN_ITEMS,
        ImportKind::Tasks => &templates::TASKS,
        ImportKind::Sessions => &templates::SESSIONS,
    }
}

/// What became of rows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    created: usize,
    changed: usize,
    unchanged: usize,
}

/// What became of one row; the greater counts where it did several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Became {
    Unchanged,
    Changed,
    Created,
}

impl Tally {
    fn add(&mut self, became: Became) {
        match became {
            Became::Created => self.created += 1,
            Became::Changed => self.changed += 1,
            Became::Unchanged => self.unchanged += 1,
        }
    }
}

/// Notes a fault of a cell in the registry's words.
fn fault(faults: &mut Faults, row: u32, column: &'static str, error: &Error) {
    let fault = error.fault();
    faults.add(row, column, fault.code.as_str(), fault.zh(), fault.en());
}

impl Importer for StudiosImporter {
    fn database(&self) -> &Database {
        &self.database
    }

    async fn run(&self, work: &mut Work, job: &Job, progress: &mut Progress) -> Result<Outcome> {
        policy::may(&job.principal, Action::Import, job.owner, None)?;
        let kinds = [ImportKind::Studios, ImportKind::PlanItems, ImportKind::Tasks, ImportKind::Sessions];
        let kind = kinds.into_iter().find(|kind| word(*kind) == job.kind);
        let kind = kind.ok_or_else(|| Error::new(Code::ImportKind))?;
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
            ImportKind::Studios => studios::import(work, job, progress, &mut rows).await?,
            ImportKind::PlanItems => plan_items::import(work, job, progress, &mut rows).await?,
            ImportKind::Tasks => tasks::import(work, job, progress, &mut rows).await?,
            ImportKind::Sessions => sessions::import(work, job, progress, &mut rows).await?,
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
