//! The one PostgreSQL of a run.

use crate::connect;
use migrations::ContextForm;
use rustix::fs::{FlockOperation, flock};
use sqlx::{AssertSqlSafe, Executor as _};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;
use std::time::Duration;
use tokio::sync::OnceCell;

static READY: OnceCell<(String, String)> = OnceCell::const_new();
static BEATING: Once = Once::new();

/// The socket's folder and the template's name; starts and migrates what is missing.
pub(crate) async fn template() -> (String, String) {
    READY.get_or_init(prepare).await.clone()
}

fn root() -> bool {
    rustix::process::geteuid().is_root()
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("banlian-testkit-{}", rustix::process::geteuid().as_raw()))
}

fn program(name: &str) -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| {
            entries
                .filter_map(|entry| Some(entry.ok()?.path().join("bin").join(name)))
                .filter(|p| p.exists())
                .collect()
        })
        .unwrap_or_default();
    versions.sort();
    versions.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// PostgreSQL refuses to run as root: there its programs run as the user `postgres`.
fn as_database_user(program: &Path) -> Command {
    if root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn run(command: &mut Command, what: &str) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
}

async fn prepare() -> (String, String) {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for the test server");
    let lock = File::create(folder.join("lock")).expect("a lock file");
    let lock = tokio::task::spawn_blocking(move || {
        flock(&lock, FlockOperation::LockExclusive).expect("the lock");
        lock
    })
    .await
    .unwrap();
    beat(&folder);
    let data = folder.join("data");
    let running = as_database_user(&program("pg_ctl")).arg("-D").arg(&data).arg("status").output();
    if !running.is_ok_and(|output| output.status.success()) {
        start(&folder, &data);
    }
    let socket = folder.display().to_string();
    let template = format!("template_{}", migrations::fingerprint());
    let mut admin = connect(&socket, "postgres", "postgres").await;
    let there: bool =
        sqlx::query_scalar("select exists (select from pg_catalog.pg_database where datname = $1)")
            .bind(&template)
            .fetch_one(&mut admin)
            .await
            .unwrap();
    if !there {
        migrations::make_roles(&mut admin, &std::array::from_fn(|i| format!("test-{i}")))
            .await
            .expect("roles");
        let making = format!("{template}_making");
        for sql in
            [format!("drop database if exists {making} with (force)"), format!("create database {making}")]
        {
            admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.unwrap();
        }
        let mut fresh = connect(&socket, &making, "postgres").await;
        migrations::migrate(&mut fresh, ContextForm::Select)
            .await
            .expect("the migrations run on an empty database");
        drop(fresh);
        tokio::time::sleep(Duration::from_millis(100)).await;
        let sql = format!("alter database {making} rename to {template}");
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect("the template gets its name");
    }
    drop(lock);
    (socket, template)
}

fn start(folder: &Path, data: &Path) {
    // Another run's databases are of no use: every server starts from nothing.
    let _ = std::fs::remove_dir_all(data);
    if root() {
        run(Command::new("chown").arg("postgres:postgres").arg(folder), "chown");
        run(Command::new("chmod").arg("711").arg(folder), "chmod");
    }
    let mut initdb = as_database_user(&program("initdb"));
    run(
        initdb.arg("-D").arg(data).args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
        ]),
        "initdb",
    );
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
         -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=2GB",
        folder.display()
    );
    let mut start = as_database_user(&program("pg_ctl"));
    start
        .arg("-D")
        .arg(data)
        .arg("-l")
        .arg(folder.join("server.log"))
        .args(["-w", "-t", "60", "-o", &options, "start"]);
    let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(
        status.is_ok_and(|s| s.success()),
        "the test server starts: see {}",
        folder.join("server.log").display()
    );
    watch(folder, data);
}

/// Stops the server when no test has beaten for 90 seconds: nothing is left behind, whichever way a run ends.
fn watch(folder: &Path, data: &Path) {
    let script = format!(
        "while sleep 10; do [ $(( $(date +%s) - $(stat -c %Y '{beat}') )) -lt 90 ] || exec '{pg_ctl}' -D '{data}' -m immediate stop; done",
        beat = folder.join("beat").display(),
        pg_ctl = program("pg_ctl").display(),
        data = data.display(),
    );
    let mut command = Command::new("setsid");
    command.arg("-f");
    if root() {
        command.args(["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]);
    }
    command.args(["sh", "-c", &script]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().is_ok_and(|s| s.success()), "the watch starts");
}

fn beat(folder: &Path) {
    let file = folder.join("beat");
    std::fs::write(&file, "").expect("a heartbeat");
    BEATING.call_once(|| {
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(10));
                let _ = std::fs::write(&file, "");
            }
        });
    });
}
