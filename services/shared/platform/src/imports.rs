//! Imports of spreadsheets as jobs: asked for by a person, leased by a worker, all or nothing, watched as they go.

use crate::{Database, Lifecycle, Read, Work, database_error, json_error};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::postgres::types::PgInterval;
use sqlx::{AssertSqlSafe, FromRow};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument as _;
use uuid::Uuid;
use vocabulary::{
    Code, Cursor, Error, FileBytes, ImportId, ImportJob, ImportState, OrganisationNo, Page, PageInput,
    Principal, Ranges, Result,
};

/// The largest file taken, in MB.
pub const MAX_MB: usize = 20;
/// How many imports one person may have waiting.
const WAITING: i64 = 20;
/// How long an import may wait for its turn: what its asker may do is looked at when they ask, and may be taken back.
const PATIENCE: TimeDelta = TimeDelta::minutes(15);
/// How long a worker holds an import before another may take it; every sign of progress renews it.
const LEASE: Duration = Duration::from_mins(1);
/// How often progress is written at most.
const BEAT: Duration = Duration::from_millis(400);

/// An import as it is asked for.
pub struct NewImport {
    /// Which template.
    pub kind: String,
    /// Under which organisation the rows lie.
    pub owner: OrganisationNo,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub file: Vec<u8>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// An import in a worker's hands.
pub struct Job {
    /// Its id.
    pub id: ImportId,
    /// Which template.
    pub kind: String,
    /// Under which organisation the rows lie.
    pub owner: OrganisationNo,
    /// The file's bytes.
    pub file: Vec<u8>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Who asked, with the scope they had then.
    pub principal: Arc<Principal>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rows in the file.
    pub rows: usize,
    /// Rows that made something new.
    pub created: usize,
    /// Rows that changed something.
    pub changed: usize,
    /// Rows that were there already.
    pub unchanged: usize,
    /// Faults; with any of them nothing is written.
    pub faults: usize,
    /// The error file, where there are faults.
    pub error_file: Option<Vec<u8>>,
    /// What is wrong with the file as a whole, in Chinese and English: nothing is written.
    pub problem: Option<(String, String)>,
}

/// Does a service's imports: reads the file, checks every row, writes through `work`, and says what came of it. The
/// worker commits, or forgets all of it after a fault or in a dry run. It must be repeatable without doubling.
pub trait Importer: Clone + Send + Sync + 'static {
    /// The service's database.
    fn database(&self) -> &Database;

    /// Works the import through.
    fn run(
        &self,
        work: &mut Work,
        job: &Job,
        progress: &mut Progress,
    ) -> impl Future<Output = Result<Outcome>> + Send;
}

/// Writes how far an import is, at most a few times a second.
pub struct Progress {
    database: Database,
    principal: Arc<Principal>,
    owner: OrganisationNo,
    id: ImportId,
    last: Option<Instant>,
}

impl Progress {
    /// So many of so many rows are done.
    pub async fn set(&mut self, done: usize, of: usize) -> Result<()> {
        if self.last.is_some_and(|last| last.elapsed() < BEAT) {
            return Ok(());
        }
        self.last = Some(Instant::now());
        let mut work = self.database.begin_unkeyed(&self.principal, "ImportProgress", self.id.uuid()).await?;
        let until = work.now() + TimeDelta::from_std(LEASE).unwrap_or_default();
        let sql = format!(
            "update {}.import set rows = $3, rows_done = $4, lease_until = $5 where owner_no = $1 and id = $2",
            self.database.service()
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(self.owner.0).bind(self.id.uuid());
        query
            .bind(count(of))
            .bind(count(done))
            .bind(until)
            .execute(&mut *work)
            .await
            .map_err(database_error)?;
        work.finish(()).await
    }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    file_name: String,
    dry_run: bool,
    state: String,
    rows: i32,
    rows_done: i32,
    created: i32,
    changed: i32,
    unchanged: i32,
    faults: i32,
    problem_zh: Option<String>,
    problem_en: Option<String>,
    asked_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str =
    "id, kind, file_name, dry_run, state, rows, rows_done, created, changed, unchanged, faults,
    problem_zh, problem_en, asked_at, ended_at";

impl Row {
    fn job(self) -> ImportJob {
        let state = match self.state.as_str() {
            "queued" => ImportState::Queued,
            "running" => ImportState::Running,
            "checked" => ImportState::Checked,
            "done" => ImportState::Done,
            "faulty" => ImportState::Faulty,
            _ => ImportState::Failed,
        };
        ImportJob {
            id: ImportId::from_uuid(self.id),
            kind: self.kind,
            file_name: self.file_name,
            dry_run: self.dry_run,
            state,
            rows: self.rows,
            rows_done: self.rows_done,
            created: self.created,
            changed: self.changed,
            unchanged: self.unchanged,
            faults: self.faults,
            problem_zh: self.problem_zh,
            problem_en: self.problem_en,
            asked_at: self.asked_at,
            ended_at: self.ended_at,
        }
    }
}

/// Queues an import, in the change in hand.
pub async fn ask(work: &mut Work, service: &'static str, new: NewImport) -> Result<ImportJob> {
    if new.file.len() > MAX_MB * 1024 * 1024 {
        return Err(Error::new(Code::ImportTooLarge).on("file").with("max", MAX_MB));
    }
    let file_name = vocabulary::clean_line("fileName", &new.file_name, 200)?;
    let asked_by = work.principal().person().ok_or_else(|| Error::new(Code::Unauthenticated))?;
    let waiting = format!(
        "select count(*) from {service}.import where owner_no = $1 and asked_by = $2 and state in ('queued', 'running')"
    );
    let waiting =
        sqlx::query_scalar::<_, i64>(AssertSqlSafe(waiting)).bind(new.owner.0).bind(asked_by.uuid());
    if waiting.fetch_one(&mut **work).await.map_err(database_error)? >= WAITING {
        return Err(Error::new(Code::TooMany).on("file").with("max", WAITING));
    }
    let principal = serde_json::to_value(&**work.principal()).map_err(Error::internal)?;
    let now = work.now();
    let sql = format!(
        "insert into {service}.import (owner_no, id, kind, file_name, file, dry_run, principal, state, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9) returning {COLUMNS}"
    );
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(new.owner.0)
        .bind(ImportId::new().uuid())
        .bind(new.kind);
    let query = query
        .bind(file_name)
        .bind(new.file)
        .bind(new.dry_run)
        .bind(principal)
        .bind(asked_by.uuid())
        .bind(now);
    Ok(query.fetch_one(&mut **work).await.map_err(database_error)?.job())
}

/// What binds a query to the caller's scope, as pairs of lower and upper numbers.
const IN_SCOPE: &str =
    "exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where owner_no >= r.lo and owner_no < r.hi)";

/// How an import within the scope stands.
pub async fn open(read: &mut Read, service: &'static str, scope: &Ranges, id: ImportId) -> Result<ImportJob> {
    let (lower, upper) = scope.ends();
    let sql = format!("select {COLUMNS} from {service}.import where {IN_SCOPE} and id = $3");
    let row = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(lower).bind(upper).bind(id.uuid());
    let row = row.fetch_optional(&mut **read).await.map_err(database_error)?;
    row.map(Row::job).ok_or_else(|| Error::new(Code::NotFound))
}

/// The imports within the scope, newest first.
pub async fn list(
    read: &mut Read,
    service: &'static str,
    scope: &Ranges,
    page: &PageInput,
) -> Result<Page<ImportJob>> {
    let (limit, after) = (page.limit()?, page.cursor(&service)?);
    let at = after.as_ref().map(|c| c.key.parse::<DateTime<Utc>>()).transpose();
    let at = at.map_err(|_| Error::new(Code::Cursor).on("after"))?;
    let (lower, upper) = scope.ends();
    let count =
        format!("select count(*) from (select 1 from {service}.import where {IN_SCOPE} limit 10001) counted");
    let total = sqlx::query_scalar(AssertSqlSafe(count))
        .bind(&lower)
        .bind(&upper)
        .fetch_one(&mut **read)
        .await
        .map_err(database_error)?;
    let sql = format!(
        "select {COLUMNS} from {service}.import
         where {IN_SCOPE} and ($3::timestamptz is null or (asked_at, id) < ($3, $4))
         order by asked_at desc, id desc limit $5"
    );
    let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(&lower)
        .bind(&upper)
        .bind(at)
        .bind(after.map_or(Uuid::nil(), |c| c.id))
        .bind(limit + 1);
    let rows: Vec<Row> = rows.fetch_all(&mut **read).await.map_err(database_error)?;
    let jobs = rows.into_iter().map(Row::job).collect();
    Ok(Page::cut(jobs, limit, total, &service, |job: &ImportJob| Cursor {
        key: job.asked_at.to_rfc3339(),
        id: job.id.uuid(),
    }))
}

/// The error file of an import within the scope.
pub async fn errors(
    read: &mut Read,
    service: &'static str,
    scope: &Ranges,
    id: ImportId,
) -> Result<FileBytes> {
    let (lower, upper) = scope.ends();
    let sql = format!("select error_file from {service}.import where {IN_SCOPE} and id = $3");
    let file = sqlx::query_scalar::<_, Option<Vec<u8>>>(AssertSqlSafe(sql)).bind(lower).bind(upper);
    let file = file.bind(id.uuid()).fetch_optional(&mut **read).await.map_err(database_error)?;
    file.flatten().map(FileBytes).ok_or_else(|| Error::new(Code::NotFound))
}

#[derive(FromRow)]
struct Taken {
    owner_no: i32,
    id: Uuid,
    kind: String,
    file: Vec<u8>,
    dry_run: bool,
    principal: serde_json::Value,
    asked_at: DateTime<Utc>,
}

/// Works off imports until shutdown. Several processes may: each import has one worker at a time.
pub fn work_off<I: Importer>(lifecycle: &Lifecycle, importer: I) {
    lifecycle.spawn("imports", async move {
        loop {
            match step(&importer).await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(Duration::from_millis(300)).await,
                Err(error) => {
                    tracing::warn!(code = %error.code(), cause = error.cause().unwrap_or(""), "import not worked off");
                    tokio::time::sleep(Duration::from_secs(2)).await;
                }
            }
        }
    });
}

/// Works off one import, where one waits.
pub async fn step<I: Importer>(importer: &I) -> Result<bool> {
    let database = importer.database();
    let lease = PgInterval::try_from(LEASE).map_err(Error::internal)?;
    let sql = format!(
        "select owner_no, id, kind, file, dry_run, principal, asked_at from {}.take_import($1, $2)",
        database.service()
    );
    let taken = sqlx::query_as::<_, Taken>(AssertSqlSafe(sql)).bind(database.clock().now()).bind(lease);
    let Some(taken) = taken.fetch_optional(database.unscoped()).await.map_err(database_error)? else {
        return Ok(false);
    };
    let principal: Principal = serde_json::from_value(taken.principal).map_err(|error| json_error(&error))?;
    let job = Job {
        id: ImportId::from_uuid(taken.id),
        kind: taken.kind,
        owner: OrganisationNo(taken.owner_no),
        file: taken.file,
        dry_run: taken.dry_run,
        principal: Arc::new(principal),
    };
    let span = tracing::info_span!(parent: None, "import", import = %job.id, kind = job.kind);
    let late = database.clock().now() - taken.asked_at > PATIENCE;
    work_on(importer, database, &job, late).instrument(span).await
}

async fn work_on<I: Importer>(importer: &I, database: &Database, job: &Job, late: bool) -> Result<bool> {
    let mut progress = Progress {
        database: database.clone(),
        principal: Arc::clone(&job.principal),
        owner: job.owner,
        id: job.id,
        last: None,
    };
    let mut work = database.begin_unkeyed(&job.principal, "Import", job.id.uuid()).await?;
    let run = async {
        if late {
            return Err(Error::new(Code::ImportTooLate));
        }
        importer.run(&mut work, job, &mut progress).await
    };
    let outcome = match run.await {
        Ok(outcome) => outcome,
        // What is away may come back: the lease runs out and the import is tried again.
        Err(error) if error.kind() == vocabulary::Kind::Unavailable => return Err(error),
        Err(error) => {
            tracing::warn!(import = %job.id, code = %error.code(), cause = error.cause().unwrap_or(""), "import failed");
            Outcome { problem: Some((error.fault().zh(), error.fault().en())), ..Outcome::default() }
        }
    };
    let state = match &outcome {
        Outcome { problem: Some(_), .. } => "failed",
        Outcome { faults: 1.., .. } => "faulty",
        _ if job.dry_run => "checked",
        _ => "done",
    };
    if state == "done" {
        let detail = serde_json::json!({
            "kind": job.kind, "rows": outcome.rows, "created": outcome.created, "changed": outcome.changed,
        });
        work.audit(job.owner, None, job.id, detail).await?;
    } else {
        drop(work);
        work = database.begin_unkeyed(&job.principal, "Import", job.id.uuid()).await?;
    }
    // Another worker may have taken it, and have ended it: then nothing of this is kept.
    if !end(&mut work, database.service(), job, state, &outcome).await? {
        return Ok(true);
    }
    work.finish(true).await
}

async fn end(
    work: &mut Work,
    service: &'static str,
    job: &Job,
    state: &str,
    outcome: &Outcome,
) -> Result<bool> {
    let sql = format!(
        "update {service}.import set state = $3, rows = $4, rows_done = $4, created = $5, changed = $6, unchanged = $7,
         faults = $8, problem_zh = $9, problem_en = $10, error_file = $11, ended_at = $12, lease_until = null
         where owner_no = $1 and id = $2 and state = 'running'"
    );
    let now = work.now();
    let (zh, en) = outcome.problem.clone().unzip();
    sqlx::query(AssertSqlSafe(sql))
        .bind(job.owner.0)
        .bind(job.id.uuid())
        .bind(state)
        .bind(count(outcome.rows))
        .bind(count(outcome.created))
        .bind(count(outcome.changed))
        .bind(count(outcome.unchanged))
        .bind(count(outcome.faults))
        .bind(zh)
        .bind(en)
        .bind(outcome.error_file.as_deref())
        .bind(now)
        .execute(&mut **work)
        .await
        .map(|done| done.rows_affected() == 1)
        .map_err(database_error)
}
