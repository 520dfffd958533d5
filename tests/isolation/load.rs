//! The world as rows, and into a database past every lock: by plain SQL under the superuser, so that no fact passes
//! through the code under test.

pub(crate) mod analytics;
mod common;
mod studios;
pub(crate) mod tenancy;

use crate::isolation::world::World;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection};
use testkit::TestDatabase;
use uuid::Uuid;

/// The rows of each table, in an order that foreign keys allow.
pub(crate) struct Rows(pub(crate) Vec<(&'static str, Vec<Value>)>);

impl Rows {
    /// The rows that the world makes.
    pub(crate) fn of(world: &World) -> Self {
        let mut rows = tenancy::rows(world);
        rows.extend(studios::rows(world));
        rows.extend(analytics::rows(world));
        rows.extend(common::rows(world));
        Self(rows)
    }

    /// The rows of a table.
    pub(crate) fn table(&self, name: &str) -> &[Value] {
        self.0.iter().find(|(table, _)| *table == name).map_or(&[], |(_, rows)| rows)
    }
}

/// Writes rows; columns that a row does not name are null.
pub(crate) async fn insert(connection: &mut PgConnection, table: &str, rows: &[Value]) {
    let Some(columns) = rows.first().and_then(Value::as_object) else { return };
    let columns = columns.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "insert into {table} ({columns}) select {columns} from jsonb_populate_recordset(null::{table}, $1)"
    );
    let done = sqlx::query(AssertSqlSafe(sql)).bind(Value::Array(rows.to_vec())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{table}: {error}"));
}

/// A database with the world in it, to which nobody is connected.
pub(crate) async fn load(rows: &Rows) -> TestDatabase {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    for (table, rows) in &rows.0 {
        insert(&mut admin, table, rows).await;
    }
    sqlx::query("analyze").execute(&mut admin).await.unwrap();
    sqlx::Connection::close(admin).await.unwrap();
    database
}

/// A made-up id that follows from others: for rows that the world does not name.
pub(crate) fn derived(of: Uuid, salt: u128) -> Uuid {
    Uuid::from_u128(of.as_u128() ^ (salt << 8))
}
