#![doc = include_str!("../README.md")]

use include_dir::{Dir, include_dir};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqlSafeStr as _};
use std::collections::BTreeMap;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR");

/// The services that have a schema and a role.
pub const SERVICES: [&str; 4] = ["tenancy", "studios", "resources", "analytics"];

/// Why the database could not be migrated.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// PostgreSQL refused.
    #[error("the database refused a migration: {0}")]
    Database(#[from] sqlx::Error),
    /// The history does not fit the files.
    #[error("migration of {service}: {source}")]
    History {
        /// Which schema.
        service: String,
        /// What does not fit.
        source: sqlx::migrate::MigrateError,
    },
    /// A file in this folder is not named `NNNN_verb_noun.sql`.
    #[error("the migration file {0} has no number")]
    Name(String),
}

/// The form in which a policy reads the context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextForm {
    /// `(select f())`: evaluated once a query, on plain PostgreSQL.
    Select,
    /// `f()`: on Citus, which allows no subquery in a policy.
    Bare,
}

fn files(folder: &str) -> Result<BTreeMap<i64, (String, &'static str)>, Problem> {
    let mut found = BTreeMap::new();
    for file in FILES.get_dir(folder).into_iter().flat_map(Dir::files) {
        let name = file.path().file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if file.path().extension().is_none_or(|ext| ext != "sql") || name == "policies" {
            continue;
        }
        let number =
            name.split_once('_').and_then(|(number, rest)| Some((number.parse::<i64>().ok()?, rest)));
        let (number, words) = number.ok_or_else(|| Problem::Name(name.to_owned()))?;
        found.insert(number, (words.replace('_', " "), file.contents_utf8().unwrap_or_default()));
    }
    Ok(found)
}

/// The migrations of a schema: what is common to services first (numbers below 1,000), then its own.
fn migrations_of(service: &str) -> Result<Vec<Migration>, Problem> {
    let own = files(service)?;
    let common = if service == "platform" { BTreeMap::new() } else { files("common")? };
    let offset = if service == "platform" { 0 } else { 1000 };
    let numbered = common.into_iter().chain(own.into_iter().map(|(number, file)| (number + offset, file)));
    Ok(numbered
        .map(|(number, (words, text))| {
            let sql = AssertSqlSafe(text.replace("{service}", service)).into_sql_str();
            Migration::new(number, words.into(), MigrationType::Simple, sql, false)
        })
        .collect())
}

/// The policies of a service, with the context in the wanted form.
fn policies_of(service: &str, form: ContextForm) -> String {
    let text = |folder: &str| {
        FILES.get_file(format!("{folder}/policies.sql")).and_then(include_dir::File::contents_utf8)
    };
    let mut sql = format!("{}\n{}", text("common").unwrap_or_default(), text(service).unwrap_or_default());
    for name in ["readable", "writable", "studios_writable", "studios", "person"] {
        let call = match form {
            ContextForm::Select => format!("(select platform.{name}())"),
            ContextForm::Bare => format!("platform.{name}()"),
        };
        sql = sql.replace(&format!("{{{name}}}"), &call);
    }
    sql.replace("{service}", service)
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

/// Makes the roles: the owner (no login) and one for each service, with these passwords (in [`SERVICES`]' order).
/// A role that is there already gets its password again and loses every power it should not have.
pub async fn make_roles(connection: &mut PgConnection, passwords: &[String; 4]) -> Result<(), Problem> {
    let quoted = |text: &str| text.replace('\'', "''");
    let mut sql = "do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = 'banlian_owner') then create role banlian_owner nologin; end if; end $$;".to_owned();
    for (service, password) in SERVICES.iter().zip(passwords) {
        let role = format!(
            "do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = 'banlian_{service}') then create role banlian_{service}; end if; end $$;
             alter role banlian_{service} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '{}';",
            quoted(password)
        );
        sql.push_str(&role);
    }
    Ok(run(connection, sql).await?)
}

/// Brings the database of this superuser's connection to the newest shape.
pub async fn migrate(connection: &mut PgConnection, form: ContextForm) -> Result<(), Problem> {
    for service in std::iter::once("platform").chain(SERVICES) {
        run(
            connection,
            format!(
                "create schema if not exists {service} authorization banlian_owner; set role banlian_owner;"
            ),
        )
        .await?;
        let mut migrator = Migrator::with_migrations(migrations_of(service)?);
        migrator.dangerous_set_table_name(format!("{service}._migrations"));
        let done = migrator.run_direct(None, connection, false).await;
        run(connection, "reset role".to_owned()).await?;
        done.map_err(|source| Problem::History { service: service.to_owned(), source })?;
    }
    for service in SERVICES {
        let mut tx = connection.begin().await?;
        let drop_all = format!(
            "set local role banlian_owner;
             select platform.ensure_months('{service}.event_log', current_date);
             do $$ declare p record; begin
               for p in select policyname, tablename from pg_catalog.pg_policies where schemaname = '{service}' loop
                 execute pg_catalog.format('drop policy %I on {service}.%I', p.policyname, p.tablename);
               end loop;
             end $$;"
        );
        run(&mut tx, drop_all).await?;
        run(&mut tx, policies_of(service, form)).await?;
        tx.commit().await?;
    }
    tracing::info!("database migrated");
    Ok(())
}

/// A hash of every file here: names the test template.
pub fn fingerprint() -> String {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new();
    let mut folders: Vec<&Dir<'_>> = FILES.dirs().collect();
    folders.sort_by_key(|dir| dir.path());
    for file in folders.into_iter().flat_map(Dir::files) {
        hash.update(file.path().to_string_lossy().as_bytes());
        hash.update(file.contents());
    }
    hash.update(include_str!("lib.rs"));
    hash.finalize().iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
