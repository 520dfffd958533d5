//! The database's shape: the snapshot, and the SQL rules of `migrations/README.md` as queries over the catalogue.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod snapshot;

use sqlx::{AssertSqlSafe, PgConnection};
use std::fmt::Write as _;
use testkit::TestDatabase;

/// Tables that are no tenant's: with why.
const SHARED: &[(&str, &str)] = &[
    ("relay_cursor", "a service's own place in its log"),
    ("_migrations", "a service's own history"),
    ("idempotency", "belongs to a person, forced all the same"),
];

/// Columns that hold a word of a closed list, a number's digits, an id, a hash or packed numbers, in whatever table.
const CODES: &[&str] = &[
    "action",
    "body_hash",
    "categories",
    "code",
    "consumer",
    "credit_code",
    "figures",
    "key",
    "kind",
    "leader_type",
    "level",
    "mode",
    "period",
    "principal_category",
    "role",
    "stage",
    "state",
    "subject",
    "token_hash",
    "trace",
    "what",
];

async fn offenders(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(connection).await.unwrap()
}

const SCHEMAS: &str = "n.nspname in ('platform', 'tenancy', 'studios', 'resources', 'analytics')";

#[tokio::test]
async fn every_tenant_table_is_locked() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let tables = format!(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and c.relkind in ('r', 'p')
           and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('owner_no', 'person_id') and not a.attisdropped)"
    );
    assert!(offenders(&mut admin, &tables).await.len() > 20, "the query finds the tenant tables");
    let unforced = format!("{tables} and not (c.relrowsecurity and c.relforcerowsecurity)");
    assert_eq!(offenders(&mut admin, &unforced).await, [""; 0], "row-level security is enabled and forced");
    let unpoliced = format!(
        "{tables} and c.relispartition = false and not exists (select from pg_policy p where p.polrelid = c.oid)"
    );
    assert_eq!(offenders(&mut admin, &unpoliced).await, [""; 0], "each has a policy");
    let to_public = "select polrelid::regclass::text from pg_policy where polroles = '{0}'";
    assert_eq!(offenders(&mut admin, to_public).await, [""; 0], "policies are written to a role");
}

#[tokio::test]
async fn tables_without_a_tenant_are_known() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let sql = format!(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and c.relkind in ('r', 'p')
           and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_no' and not a.attisdropped) order by 1"
    );
    let found = offenders(&mut admin, &sql).await;
    let mut text = String::from(
        "Tables without owner_no: shared catalogues, a service's own places, and what belongs to a person.\n",
    );
    for table in found.iter().filter(|t| !SHARED.iter().any(|(name, _)| t.ends_with(name))) {
        writeln!(text, "{table}").unwrap();
    }
    snapshot::compare("tests/shared_tables.txt", &text);
}

#[tokio::test]
async fn roles_own_nothing_and_have_no_powers() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let powers = "select rolname::text from pg_roles where rolname like 'banlian%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)";
    assert_eq!(offenders(&mut admin, powers).await, [""; 0]);
    let owned = format!(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and c.relowner <> 'banlian_owner'::regrole"
    );
    assert_eq!(offenders(&mut admin, &owned).await, [""; 0], "everything belongs to banlian_owner");
    let truncates = "select table_schema || '.' || table_name from information_schema.role_table_grants where grantee like 'banlian%' and grantee <> 'banlian_owner' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')";
    assert_eq!(offenders(&mut admin, truncates).await, [""; 0]);
    let appended = "select table_schema || '.' || table_name || ' ' || privilege_type from information_schema.role_table_grants
         where grantee like 'banlian%' and grantee <> 'banlian_owner' and table_name in ('event_log', 'audit') and privilege_type in ('UPDATE', 'DELETE')";
    assert_eq!(offenders(&mut admin, appended).await, [""; 0], "log and audit are append-only");
    let foreign = "select table_schema || '.' || table_name || ' to ' || grantee from information_schema.role_table_grants
         where grantee like 'banlian%' and grantee <> 'banlian_owner' and grantee <> 'banlian_' || table_schema";
    assert_eq!(offenders(&mut admin, foreign).await, [""; 0], "a service reaches its own schema only");
}

#[tokio::test]
async fn keys_begin_with_the_tenant_and_schemas_stay_apart() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let keys = format!(
        "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and i.indisunique and not c.relispartition
           and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_no' and not a.attisdropped)
           and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'owner_no')"
    );
    assert_eq!(
        offenders(&mut admin, &keys).await,
        [""; 0],
        "unique keys of tenant tables begin with owner_no"
    );
    let crossing = "select con.conname::text from pg_constraint con join pg_class a on a.oid = con.conrelid join pg_class b on b.oid = con.confrelid
         where con.contype = 'f' and a.relnamespace <> b.relnamespace";
    assert_eq!(offenders(&mut admin, crossing).await, [""; 0], "no foreign key crosses schemas");
    let clever = format!(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where {SCHEMAS} and c.relkind in ('v', 'm', 'S')
         union all select tgrelid::regclass::text from pg_trigger where not tgisinternal
         union all select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and a.attidentity <> ''"
    );
    assert_eq!(
        offenders(&mut admin, &clever).await,
        [""; 0],
        "no views, sequences, triggers or identity columns"
    );
    let defaults = format!(
        "select n.nspname || '.' || c.relname from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
         join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where {SCHEMAS} and a.attname = 'owner_no'"
    );
    assert_eq!(offenders(&mut admin, &defaults).await, [""; 0], "owner_no has no default");
}

/// PostgreSQL keeps no difference between `on delete no action` and nothing said: the files are read.
#[test]
fn every_foreign_key_says_what_a_delete_does() {
    let mut keys = 0;
    for room in ["platform", "common", "tenancy", "studios", "resources", "analytics"] {
        let folder = snapshot::root().join("migrations").join(room);
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&file).unwrap();
            for line in text.lines().filter(|line| line.contains("references ")) {
                assert!(line.contains(" on delete "), "{}: {line}", file.display());
                keys += 1;
            }
        }
    }
    assert!(keys > 5, "the files are read: {keys}");
}

#[tokio::test]
async fn keepers_are_narrow() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let loose = format!(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {SCHEMAS} and p.prosecdef
           and not exists (select from unnest(p.proconfig) setting where setting like 'search\\_path=%pg\\_temp')"
    );
    assert_eq!(
        offenders(&mut admin, &loose).await,
        [""; 0],
        "security definer functions end their search_path in pg_temp"
    );
    let public = format!(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {SCHEMAS}
           and has_function_privilege('public', p.oid, 'execute')"
    );
    assert_eq!(offenders(&mut admin, &public).await, [""; 0], "no function is everybody's");
    let all = format!(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {SCHEMAS} and p.prosecdef order by 1"
    );
    let list = offenders(&mut admin, &all).await.join("\n") + "\n";
    snapshot::compare("tests/keepers.txt", &list);
}

#[tokio::test]
async fn personal_data_is_declared_and_the_register_is_generated() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    // Whatever can hold words, and every column named after a person, says what it is for; codes and hashes hold none.
    let undeclared = format!(
        "select n.nspname || '.' || c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
         join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
         where {SCHEMAS} and c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ('_migrations', 'relay_cursor')
           and a.attnum > 0 and not a.attisdropped
           and (a.attname ~ '(person|asked_by|given_by)' or (t.typname in ('text', '_text', 'jsonb', 'bytea') and a.attname <> all ($1)))
           and coalesce(col_description(c.oid, a.attnum), '') !~ '^(personal: purpose=.+; basis=.+; source=.+; retention=.+; minor=(yes|no)|not personal: .+)$' order by 1"
    );
    let undeclared: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe(undeclared)).bind(CODES).fetch_all(&mut admin).await.unwrap();
    assert_eq!(undeclared, [""; 0], "columns with words are declared by a comment");
    let rows: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(format!(
        "select n.nspname || '.' || c.relname || '.' || a.attname, col_description(c.oid, a.attnum) from pg_attribute a
         join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where {SCHEMAS} and not c.relispartition and col_description(c.oid, a.attnum) like 'personal:%' order by 1"
    )))
    .fetch_all(&mut admin)
    .await
    .unwrap();
    let mut page = String::from(
        "# Personal data register (个人信息清单)\n\nGenerated from the comments of the database's columns; see `migrations/README.md`, rule 9.\n\n| Column | Purpose | Basis | Source | Retention | Of minors |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (column, comment) in rows {
        let cells: Vec<&str> = comment
            .trim_start_matches("personal: ")
            .split("; ")
            .filter_map(|part| Some(part.split_once('=')?.1))
            .collect();
        writeln!(page, "| `{column}` | {} |", cells.join(" | ")).unwrap();
    }
    snapshot::compare("docs/personal-data.md", &page);
}

#[tokio::test]
async fn the_schema_is_the_checked_in_one() {
    let database = TestDatabase::new().await;
    let output = std::process::Command::new("pg_dump")
        .args(["--schema-only", "--no-comments"])
        .arg(database.url("postgres"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).unwrap();
    // Monthly partitions follow the calendar, and the dump's head and seal its run: neither is the schema's shape.
    let month = |block: &str| block.contains("event_log_2");
    let blocks = dump.split("\n\n").map(str::trim).filter(|block| !block.is_empty() && !month(block));
    let kept: Vec<&str> = blocks
        .filter(|block| {
            !block.starts_with("-- Dumped")
                && !block.contains("\\restrict")
                && !block.contains("\\unrestrict")
                && !block.starts_with("SET ")
                && !block.starts_with("--\n-- PostgreSQL database dump")
        })
        .collect();
    let text: Vec<String> = kept
        .iter()
        .map(|block| block.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n"))
        .filter(|block| !block.trim().is_empty())
        .collect();
    snapshot::compare("migrations/schema.sql", &(text.join("\n\n") + "\n"));
}

/// A log that was written to in a month without a partition: the next start leaves those lines where they are.
#[tokio::test]
async fn a_log_outlives_its_months() {
    let database = TestDatabase::new().await;
    let mut admin = database.superuser().await;
    let late = "insert into studios.event_log (owner_no, id, aggregate, version, kind, payload, recorded_at)
         select 1, gen_random_uuid(), gen_random_uuid(), 1, 'studios.task', '{}', date_trunc('month', now()) + interval '20 months'";
    sqlx::raw_sql(late).execute(&mut admin).await.unwrap();
    let later = "set role banlian_owner; select platform.ensure_months('studios.event_log', (now() + interval '19 months')::date); reset role";
    sqlx::raw_sql(later).execute(&mut admin).await.unwrap();
    let lines = "select c.relname::text from studios.event_log e join pg_class c on c.oid = e.tableoid";
    assert_eq!(offenders(&mut admin, lines).await, ["event_log_rest"]);
    let months = "select count(*)::text from pg_inherits where inhparent = 'studios.event_log'::regclass";
    assert!(offenders(&mut admin, months).await[0].parse::<i32>().unwrap() > 36, "other months are made");
}
