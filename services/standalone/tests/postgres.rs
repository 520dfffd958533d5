//! The private PostgreSQL, with real processes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod places;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::time::{Duration, Instant};

use places::{Folder, alive, kill, line_of};
use sqlx::{Connection as _, PgConnection};
use standalone::{Postgres, PostgresOptions, chosen_folder, data_folder, database_account, reset};

fn options(folder: &Folder) -> PostgresOptions {
    PostgresOptions { durable: false, ..PostgresOptions::new(folder.path()) }
}

async fn query(postgres: &Postgres, sql: &'static str) -> String {
    let mut connection = PgConnection::connect(&postgres.superuser_url("postgres")).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
}

async fn run(postgres: &Postgres, sql: &'static str) {
    let mut connection = PgConnection::connect(&postgres.superuser_url("postgres")).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
}

#[tokio::test]
async fn it_starts_keeps_its_data_and_stops() {
    let folder = Folder::new("starts");
    let postgres = Postgres::start(options(&folder)).await.unwrap();
    assert_eq!(query(&postgres, "show listen_addresses").await, "");
    assert_eq!(query(&postgres, "show data_checksums").await, "on");
    assert_eq!(query(&postgres, "show password_encryption").await, "scram-sha-256");
    assert_eq!(query(&postgres, "show server_encoding").await, "UTF8");
    assert_eq!(query(&postgres, "show max_connections").await, "200");
    run(&postgres, "create table kept (word text)").await;
    run(&postgres, "insert into kept values ('班联')").await;

    let account = database_account().unwrap();
    let socket_dir = postgres.socket_dir().to_path_buf();
    let found = fs::metadata(&socket_dir).unwrap();
    assert_eq!((found.uid(), found.mode() & 0o777), (account.uid, 0o700));
    let secret = fs::metadata(folder.path().join("postgres.password")).unwrap();
    assert_eq!(secret.mode() & 0o777, 0o600);
    let wrong = postgres.url("postgres", "not the password", "postgres");
    assert!(PgConnection::connect(&wrong).await.unwrap_err().to_string().contains("password"));

    let pid = postgres.pid().unwrap();
    postgres.stop().await.unwrap();
    assert!(!alive(pid) && !socket_dir.exists());

    let begun = Instant::now();
    let again = Postgres::start(options(&folder)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(3), "a warm start took {:?}", begun.elapsed());
    assert_eq!(query(&again, "select word from kept").await, "班联");
    again.stop().await.unwrap();
    assert!(reset(folder.path()).unwrap());
    assert!(!folder.path().exists() && !reset(folder.path()).unwrap());
}

#[tokio::test]
async fn durable_is_the_default() {
    let folder = Folder::new("durable");
    let postgres = Postgres::start(PostgresOptions::new(folder.path())).await.unwrap();
    for setting in ["show fsync", "show full_page_writes", "show synchronous_commit"] {
        let value: &str = &query(&postgres, setting).await;
        assert_eq!(value, "on", "{setting}");
    }
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_postmaster_is_started_again() {
    let folder = Folder::new("revived");
    let postgres = Postgres::start(options(&folder)).await.unwrap();
    run(&postgres, "create table kept as select 'still here' as word").await;
    run(&postgres, "checkpoint").await;
    // A session that is busy does not see its postmaster die.
    let url = postgres.superuser_url("postgres");
    let busy = async {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let endless = "select count(*)::text from generate_series(1, 100000000000)";
        sqlx::query(endless).execute(&mut connection).await.unwrap_err();
    };
    let murder = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let first = postgres.pid().unwrap();
        kill(first);
        let begun = Instant::now();
        while postgres.pid().is_none_or(|pid| pid == first) {
            assert!(begun.elapsed() < Duration::from_secs(15), "not started again");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::join!(busy, murder);
    assert_eq!(query(&postgres, "select word from kept").await, "still here");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_program_is_refused() {
    let folder = Folder::new("second");
    let postgres = Postgres::start(options(&folder)).await.unwrap();
    let message = line_of(Postgres::start(options(&folder)).await);
    assert!(
        message.contains("in use by another Banlian") && message.contains(&std::process::id().to_string())
    );
    let refused = line_of(reset(folder.path()));
    assert!(refused.contains("in use by another Banlian"), "{refused}");
    assert_eq!(query(&postgres, "select 'unharmed'").await, "unharmed");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_of_another_version_is_refused() {
    let folder = Folder::new("version");
    Postgres::start(options(&folder)).await.unwrap().stop().await.unwrap();
    fs::write(folder.path().join("pgdata/PG_VERSION"), "9.6\n").unwrap();
    for message in [
        line_of(data_folder(Some(folder.path().to_path_buf()), Path::new("/"))),
        line_of(Postgres::start(options(&folder)).await),
    ] {
        assert!(message.contains("made by PostgreSQL 9") && message.contains("DATA="), "{message}");
    }
    fs::write(folder.path().join("pgdata/PG_VERSION"), "nonsense").unwrap();
    assert!(line_of(Postgres::start(options(&folder)).await).contains("damaged"));
    // What cannot be used any more can still be removed.
    let chosen = chosen_folder(Some(folder.path().to_path_buf()), Path::new("/")).unwrap();
    assert!(reset(&chosen).unwrap() && !folder.path().exists());
}

#[tokio::test]
async fn a_folder_of_somebody_else_is_refused() {
    if !rustix::process::geteuid().is_root() {
        return; // only the superuser can give a folder away
    }
    let folder = Folder::new("somebody");
    Postgres::start(options(&folder)).await.unwrap().stop().await.unwrap();
    chown(folder.path().join("pgdata"), Some(65534), None).unwrap();
    let message = line_of(Postgres::start(options(&folder)).await);
    assert!(message.contains("belongs to nobody"), "{message}");
    chown(folder.path(), Some(65534), None).unwrap();
    let message = line_of(data_folder(Some(folder.path().to_path_buf()), Path::new("/")));
    assert!(message.contains("belongs to nobody") && message.contains("run as nobody"), "{message}");
    assert!(line_of(reset(folder.path())).contains("belongs to nobody"));
    assert!(folder.path().join("pgdata").exists());
}

#[tokio::test]
async fn other_files_are_neither_used_nor_removed() {
    let folder = Folder::new("other");
    fs::create_dir(folder.path()).unwrap();
    fs::write(folder.path().join("thesis.docx"), "years of work").unwrap();
    let message = line_of(data_folder(Some(folder.path().to_path_buf()), Path::new("/")));
    assert!(message.contains("holds other files"), "{message}");
    assert!(line_of(reset(folder.path())).contains("nothing was removed"));
    assert!(folder.path().join("thesis.docx").exists());
}

#[tokio::test]
async fn a_folder_that_the_database_cannot_enter_is_refused_or_passed_over() {
    if !rustix::process::geteuid().is_root() {
        return; // everybody else's database enters what its user enters
    }
    let folder = Folder::new("closed");
    fs::create_dir(folder.path()).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let inner = folder.path().join("project/data");
    let message = line_of(data_folder(Some(inner), Path::new("/")));
    assert!(message.contains("cannot enter") && message.contains("/var/lib/banlian"), "{message}");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(
        data_folder(None, &folder.path().join("project")).unwrap(),
        folder.path().join("project/data")
    );
}

#[tokio::test]
async fn a_full_disk_is_named() {
    if !rustix::process::geteuid().is_root() {
        return; // only the superuser can make a small disk
    }
    let folder = Folder::new("full");
    fs::create_dir(folder.path()).unwrap();
    let mount = |program: &str, arguments: &[&str]| {
        std::process::Command::new(program).args(arguments).arg(folder.path()).status().unwrap().success()
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=48m", "tmpfs"]) {
        eprintln!("not tried: this superuser may not mount (a container without CAP_SYS_ADMIN)");
        return;
    }
    let message = line_of(data_folder(Some(folder.path().to_path_buf()), Path::new("/")));
    let started = line_of(Postgres::start(options(&folder)).await);
    assert!(mount("umount", &[]));
    assert!(
        message.contains("is full") && message.contains("DATA=") && started.contains("is full"),
        "{message}"
    );
}

#[tokio::test]
async fn a_long_socket_path_is_refused() {
    let folder = Folder::new("long");
    let runtime = Some(Path::new("/tmp").join("x".repeat(100)));
    let message = line_of(Postgres::start(PostgresOptions { runtime, ..options(&folder) }).await);
    assert!(message.contains("too long"), "{message}");
}

#[tokio::test]
async fn an_interrupted_creation_starts_over() {
    let folder = Folder::new("interrupted");
    data_folder(Some(folder.path().to_path_buf()), Path::new("/")).unwrap();
    fs::create_dir(folder.path().join("pgdata.init")).unwrap();
    fs::write(folder.path().join("pgdata.init/half"), "of a database").unwrap();
    let postgres = Postgres::start(options(&folder)).await.unwrap();
    assert_eq!(query(&postgres, "select 'whole'").await, "whole");
    assert!(!folder.path().join("pgdata.init").exists());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_dead_postmasters_number_that_lives_on_is_no_obstacle() {
    let folder = Folder::new("recycled");
    Postgres::start(options(&folder)).await.unwrap().stop().await.unwrap();
    // The number of a process of the database's own user: PostgreSQL alone would refuse to start beside it.
    let account = database_account().unwrap();
    let mut stranger = std::process::Command::new("sleep");
    stranger.arg("60");
    if rustix::process::geteuid().is_root() {
        std::os::unix::process::CommandExt::uid(&mut stranger, account.uid);
    }
    let mut stranger = stranger.spawn().unwrap();
    let pid_file = folder.path().join("pgdata/postmaster.pid");
    fs::write(&pid_file, format!("{}\n{}\n1\n5432\n/tmp\n\n", stranger.id(), folder.path().display()))
        .unwrap();
    chown(&pid_file, Some(account.uid), Some(account.gid)).unwrap();
    let postgres = Postgres::start(options(&folder)).await.unwrap();
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was harmed");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    postgres.stop().await.unwrap();
}
