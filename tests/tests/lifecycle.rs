//! Start and stop of the built program: what stands in its way is one line that says what to do, and whichever way it
//! ends, nothing is left and the next start finds everything.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it saw"
)]

use serde_json::json;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::{Browser, Layout, Program, binary, folder, working_in};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(folder("lifecycle"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn root() -> bool {
    rustix::process::geteuid().is_root()
}

/// What the program says when it cannot start: exactly one line, and it has failed.
fn refused(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(!output.status.success() && lines.len() == 1, "{:?}: {text}", output.status);
    lines[0].to_owned()
}

fn up(data: &Path, layout: Layout, port: u16) -> Command {
    let mut command = Command::new(binary());
    command.args(["up", "--scale", "none", "--layout", layout.word(), "--port", &port.to_string(), "--data"]);
    command.arg(data).env_remove("OTEL_EXPORTER_OTLP_ENDPOINT").env_remove("BANLIAN_LOG");
    command
}

fn nothing_is_left(data: &Path) {
    let begun = Instant::now();
    loop {
        let left = working_in(data);
        if left.is_empty() {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(15), "still running in {}: {left:?}", data.display());
        std::thread::sleep(Duration::from_millis(50));
    }
}

async fn login(browser: &Browser) -> String {
    browser.ask("{ me { login } }", json!({})).await.ok().at("/me/login").as_str().unwrap().to_owned()
}

async fn it_comes_and_goes(layout: Layout) {
    let data = Folder::new();
    let first = Program::start_in(&data.0, layout, "none", &[]);
    let services = first.processes();
    let admin = first.signed_in("bureau.admin").await;
    assert_eq!(login(&admin).await, "bureau.admin");
    let (kept, took) = first.stop();
    println!("{layout:?}: stopped after {took:?}");
    nothing_is_left(&kept);
    assert!(services.iter().all(|pid| !tests::alive(*pid)), "a process of the program is left");
    assert!(!kept.join("pgdata/postmaster.pid").exists(), "the database was not stopped in good order");

    // Nothing has changed: ready within five seconds, and the session of before is known.
    let begun = Instant::now();
    let second = Program::start_in(&kept, layout, "none", &[]);
    assert_eq!(Browser::anonymous(&second.address).get("/readyz").await.0, 200);
    println!("{layout:?}: ready again after {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(login(&admin.at(&second.address)).await, "bureau.admin");
    if layout == Layout::AllInOne {
        let line = refused(&mut up(&kept, layout, 0));
        assert!(line.contains("in use by another Banlian"), "{line}");
    }

    // Killed without warning: nothing outlives it, and the next start recovers by itself.
    let services = second.processes();
    let (postmaster, kept) = (second.postmaster(), second.kill());
    let third = Program::start_in(&kept, layout, "none", &[]);
    assert_eq!(login(&admin.at(&third.address)).await, "bureau.admin");
    assert!(!tests::alive(postmaster), "two postmasters");
    let begun = Instant::now();
    while services.iter().any(|pid| tests::alive(*pid)) {
        assert!(begun.elapsed() < Duration::from_secs(25), "services outlive their program");
        std::thread::sleep(Duration::from_millis(100));
    }
    let kept = third.kill();
    nothing_is_left(&kept);
}

#[tokio::test]
async fn one_process_comes_and_goes() {
    it_comes_and_goes(Layout::AllInOne).await;
}

#[tokio::test]
async fn five_processes_come_and_go() {
    it_comes_and_goes(Layout::Separate).await;
}

#[test]
fn a_taken_port_is_named_with_another() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let data = Folder::new();
    let line = refused(&mut up(&data.0, Layout::AllInOne, port));
    assert!(line.contains(&format!("Port {port} is taken")) && line.contains("make up PORT="), "{line}");
    assert!(!data.0.exists(), "nothing was made");
}

#[test]
fn a_folder_that_is_not_ours_to_use_is_named() {
    let data = Folder::new();
    let made = |name: &str| {
        let path = data.0.join(name);
        std::fs::create_dir_all(path.join("pgdata")).unwrap();
        std::fs::write(path.join(".banlian"), "").unwrap();
        path
    };
    let old = made("old");
    std::fs::write(old.join("pgdata/PG_VERSION"), "9.6\n").unwrap();
    if root() {
        // The database of a program that root started is the user postgres's.
        let chowned = Command::new("chown").arg("postgres").arg(old.join("pgdata")).status().unwrap();
        assert!(chowned.success());
    }
    let line = refused(&mut up(&old, Layout::AllInOne, 0));
    assert!(line.contains("made by PostgreSQL 9") && line.contains("DATA="), "{line}");

    std::fs::create_dir_all(data.0.join("papers")).unwrap();
    std::fs::write(data.0.join("papers/thesis.docx"), "years of work").unwrap();
    let line = refused(&mut up(&data.0.join("papers"), Layout::AllInOne, 0));
    assert!(line.contains("holds other files"), "{line}");

    if root() {
        let foreign = made("foreign");
        chown(&foreign, Some(65534), None).unwrap();
        let line = refused(&mut up(&foreign, Layout::AllInOne, 0));
        assert!(line.contains("belongs to nobody"), "{line}");
    } else {
        println!("a folder of another user was not tried: only root can make one");
    }
}

/// Runs a script before the program in a world of mounts of its own; nothing where the machine does not let us.
fn hidden(script: &str, program: &Command) -> Option<Command> {
    let tried = Command::new("unshare").args(["--mount", "sh", "-c", script]).stderr(Stdio::null()).status();
    if !root() || !tried.is_ok_and(|status| status.success()) {
        println!("not tried: this user may not mount");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &format!("{script} && exec \"$@\""), "sh"]);
    command.arg(program.get_program()).args(program.get_args());
    Some(command)
}

#[test]
fn a_missing_tool_is_named_with_its_package() {
    let data = Folder::new();
    // PATH alone hides nothing: Debian's folders are looked at as well.
    for (hide, layout, package) in [
        ("mount -t tmpfs none /usr/lib/postgresql", Layout::AllInOne, "apt-get install postgresql"),
        ("mount --bind /dev/null /usr/bin/setpriv", Layout::AllInOne, "apt-get install util-linux"),
        ("mount --bind /dev/null /usr/bin/redis-server", Layout::Separate, "apt-get install redis-server"),
    ] {
        let Some(mut command) = hidden(hide, &up(&data.0, layout, 0)) else { return };
        let line = refused(command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        assert!(line.contains(package), "{hide}: {line}");
        nothing_is_left(&data.0);
    }
}

#[test]
fn a_full_disk_is_named() {
    let data = Folder::new();
    std::fs::create_dir_all(&data.0).unwrap();
    let place = data.0.display();
    // Too small to begin with; and large enough to begin, but not to make the database.
    for size in ["4m", "60m"] {
        let mount = format!("mount -t tmpfs -o size={size} tmpfs {place}");
        let Some(mut command) = hidden(&mount, &up(&data.0, Layout::AllInOne, 0)) else { return };
        let line = refused(&mut command);
        assert!(line.contains("is full") && line.contains("DATA="), "{size}: {line}");
    }
}
