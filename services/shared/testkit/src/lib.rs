#![doc = include_str!("../README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking"
)]

pub mod principal;
mod server;

use chrono::{DateTime, TimeZone as _, Utc};
use platform::Database;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::str::FromStr as _;
use vocabulary::{Call, Clock, Principal};

/// A database of one's own, migrated, dropped at the end.
pub struct TestDatabase {
    name: String,
    socket: String,
}

impl TestDatabase {
    /// A fresh clone of the migrated template.
    pub async fn new() -> Self {
        let (socket, template) = server::template().await;
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut admin = connect(&socket, "postgres", "postgres").await;
        let sql = format!("create database {name} template {template}");
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect("the template is cloned");
        Self { name, socket }
    }

    /// A copy of this database as it stands; nobody may be connected to it.
    pub async fn copy(&self) -> Self {
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut admin = connect(&self.socket, "postgres", "postgres").await;
        let sql = format!("create database {name} template {}", self.name);
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect("the database is copied");
        Self { name, socket: self.socket.clone() }
    }

    /// The URL under a role: `banlian_studios`, or the superuser `postgres`.
    pub fn url(&self, role: &str) -> String {
        format!("postgres://{role}@localhost/{}?host={}", self.name, self.socket.replace('/', "%2F"))
    }

    /// The database as a service sees it, under the service's role.
    pub fn database(&self, service: &'static str, clock: Clock) -> Database {
        Database::connect(service, &self.url(&format!("banlian_{service}")), 8, clock).expect("a database")
    }

    /// A superuser's connection, for what a test sets up or looks at past every lock.
    pub async fn superuser(&self) -> PgConnection {
        connect(&self.socket, &self.name, "postgres").await
    }

    /// A connection under a service's role, with no scope set.
    pub async fn role(&self, service: &str) -> PgConnection {
        connect(&self.socket, &self.name, &format!("banlian_{service}")).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (socket, name) = (self.socket.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut admin = connect(&socket, "postgres", "postgres").await;
                let sql = format!("drop database if exists {name} with (force)");
                let _ = admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await;
            });
        });
        let _ = dropped.join();
    }
}

async fn connect(socket: &str, database: &str, role: &str) -> PgConnection {
    let url = format!("postgres://{role}@localhost/{database}?host={}", socket.replace('/', "%2F"));
    let options = sqlx::postgres::PgConnectOptions::from_str(&url).expect("a URL");
    PgConnection::connect_with(&options).await.expect("the test server answers")
}

/// Noon on a school day: 2026-05-18, a Monday of the second semester.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 18, 4, 0, 0).unwrap()
}

/// A clock that stands at [`noon`].
pub fn clock() -> Clock {
    Clock::fixed(noon())
}

/// A call by this principal with a minute to go.
pub fn call(principal: Principal) -> Call {
    Call::new(principal, std::time::Duration::from_mins(1))
}

/// An idempotency key that nobody used before.
pub fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_tests_pool_is_a_services_role_without_powers() {
        let database = TestDatabase::new().await;
        for service in migrations::SERVICES {
            let pool = database.database(service, clock());
            let (user, powerful): (String, bool) = sqlx::query_as(
                "select current_user::text, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_catalog.pg_roles where rolname = current_user",
            )
            .fetch_one(pool.unscoped())
            .await
            .unwrap();
            assert_eq!((user, powerful), (format!("banlian_{service}"), false));
        }
    }
}
