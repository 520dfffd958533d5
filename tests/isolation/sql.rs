//! Questions by SQL, as the service's role, in the transaction that the platform opens for a principal: the second lock
//! alone.

use crate::isolation::load::Rows;
use crate::isolation::report::Report;
use crate::isolation::tables::{Asker, TABLES, Table, number};
use platform::Database;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::{Call, Principal};

/// What narrows a question, in SQL and over the rows as they were loaded.
enum Predicate {
    /// Nothing: a statement without parameters, whose plan a connection keeps.
    All,
    Numbers(i32, i32),
    Keys(Vec<String>),
}

impl Predicate {
    fn draw(rng: &mut StdRng, table: &Table, rows: &[Value]) -> Self {
        let owned = rows.first().is_some_and(|row| row.get("owner_no").is_some());
        match rng.random_range(0..4) {
            0 if owned => {
                let no = number(rows.choose(rng).unwrap(), "owner_no");
                Self::Numbers(no - rng.random_range(0..300), no + rng.random_range(0..300))
            }
            1 => Self::Keys(rows.choose_multiple(rng, 12).map(|row| table.key_of(row)).collect()),
            _ => Self::All,
        }
    }

    fn holds(&self, table: &Table, row: &Value) -> bool {
        match self {
            Self::All => true,
            Self::Numbers(lo, hi) => (*lo..=*hi).contains(&number(row, "owner_no")),
            Self::Keys(keys) => keys.contains(&table.key_of(row)),
        }
    }

    async fn select(&self, connection: &mut PgConnection, table: &Table) -> Vec<String> {
        let (key, name) = (table.key_sql(), table.name);
        let sql = match self {
            Self::All => format!("select {key} from {name}"),
            Self::Numbers(..) => format!("select {key} from {name} where owner_no between $1 and $2"),
            Self::Keys(_) => format!("select {key} from {name} where {key} = any ($1)"),
        };
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        let query = match self {
            Self::All => query,
            Self::Numbers(lo, hi) => query.bind(lo).bind(hi),
            Self::Keys(keys) => query.bind(keys),
        };
        match query.fetch_all(connection).await {
            Ok(keys) => keys,
            // What the role may not read at all is reached through narrow functions only.
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "42501") => {
                Vec::new()
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

/// A principal, and what the oracle says of them.
pub(crate) struct Under<'a> {
    pub(crate) name: &'a str,
    pub(crate) principal: &'a Principal,
    pub(crate) asker: Asker<'a>,
}

/// Asks every table of the service what it shows.
pub(crate) async fn read(
    database: &Database,
    rows: &Rows,
    under: &Under<'_>,
    rng: &mut StdRng,
    report: &mut Report,
) {
    let call = testkit::call(under.principal.clone());
    let mut connection = database.read(&call).await.unwrap();
    for table in TABLES.iter().filter(|table| table.service() == database.service()) {
        let rows = rows.table(table.name);
        if rows.is_empty() {
            continue;
        }
        let predicate = Predicate::draw(rng, table, rows);
        sqlx::raw_sql("savepoint tried").execute(&mut *connection).await.unwrap();
        let found: BTreeSet<String> = predicate.select(&mut connection, table).await.into_iter().collect();
        sqlx::raw_sql("rollback to savepoint tried").execute(&mut *connection).await.unwrap();
        let seen = |row: &&Value| predicate.holds(table, row) && (table.sees)(&under.asker, row);
        let expected = rows.iter().filter(seen).map(|row| table.key_of(row)).collect();
        let question = || format!("{} reads {}", under.name, table.name);
        report.compare("SQL: select", question, &expected, &found);
    }
}

/// Whether a statement got past row-level security and the role's grants; whatever it did is undone.
async fn passes(connection: &mut PgConnection, sql: String, row: &Value) -> Result<u64, String> {
    sqlx::raw_sql("savepoint tried").execute(&mut *connection).await.unwrap();
    let done = sqlx::query(AssertSqlSafe(sql)).bind(row).execute(&mut *connection).await;
    sqlx::raw_sql("rollback to savepoint tried").execute(&mut *connection).await.unwrap();
    match done {
        Ok(done) => Ok(done.rows_affected()),
        Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "42501") => {
            Err(error.to_string())
        }
        // A constraint is looked at after the policies: this row got past them.
        Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code.starts_with("23")) => Ok(1),
        Err(error) => panic!("{error}"),
    }
}

fn fresh(table: &Table, row: &Value, rng: &mut StdRng) -> Value {
    let mut row = row.clone();
    if let Some(column) = table.fresh {
        row[column] = Value::String(Uuid::from_u128(rng.random()).to_string());
    }
    row.as_object_mut().unwrap().remove("transaction_id");
    row
}

/// Tries to add, change and remove random rows: of others nothing may move.
pub(crate) async fn write(
    database: &Database,
    rows: &Rows,
    under: &Under<'_>,
    rng: &mut StdRng,
    report: &mut Report,
) {
    let call: Call = testkit::call(under.principal.clone());
    let work = database.begin_unkeyed(&call.principal, "isolation", call.request_id).await;
    let mut work = work.unwrap();
    let tables: Vec<&Table> = TABLES.iter().filter(|table| table.service() == database.service()).collect();
    for _ in 0..6 {
        let table = *tables.choose(rng).unwrap();
        let rows = rows.table(table.name);
        let Some(any) = rows.choose(rng) else { continue };
        // Half of the time a row that may be read: whether it may be written as well is the question.
        let row = (0..30).filter_map(|_| rows.choose(rng)).find(|row| (table.sees)(&under.asker, row));
        let row = row.filter(|_| rng.random()).unwrap_or(any);
        let columns: Vec<String> =
            row.as_object().unwrap().keys().filter(|c| *c != "transaction_id").cloned().collect();
        let (name, columns) = (table.name, columns.join(", "));
        let of = format!("pg_catalog.jsonb_populate_record(null::{name}, $1)");
        let asker = &under.asker;
        let (sql, row, allowed) = match rng.random_range(0..3) {
            0 => {
                let row = fresh(table, row, rng);
                let allowed = (table.adds)(asker, &row);
                (format!("insert into {name} ({columns}) select {columns} from {of}"), row, allowed)
            }
            1 if table.removable => {
                let keys: Vec<String> = table.key.iter().map(|c| format!("t.{c} = r.{c}")).collect();
                let allowed = (table.sees)(asker, row) && (table.changes)(asker, row);
                (
                    format!("delete from {name} t using {of} r where {}", keys.join(" and ")),
                    row.clone(),
                    allowed,
                )
            }
            _ => {
                let Some(column) = table.column else { continue };
                let keys: Vec<String> = table.key.iter().map(|c| format!("t.{c} = r.{c}")).collect();
                let allowed = (table.sees)(asker, row) && (table.changes)(asker, row);
                let sql = format!(
                    "update {name} t set {column} = r.{column} from {of} r where {}",
                    keys.join(" and ")
                );
                (sql, row.clone(), allowed)
            }
        };
        let statement = sql.split(' ').next().unwrap_or_default().to_owned();
        let touched = passes(&mut work, sql, &row).await;
        let same = matches!((&touched, allowed), (Ok(1..), true) | (Ok(0) | Err(_), false));
        report.check("SQL: insert, update, delete", same, || {
            format!("{} tries to {statement} a row of {name}: allowed {allowed}, was {touched:?}", under.name)
        });
    }
}
