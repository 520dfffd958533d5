//! What becomes of the servers when the program that started them is killed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod places;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use places::{Folder, alive, kill, running_in};

/// The example beside this test's own program.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.parent().unwrap().parent().unwrap().join("examples/private_postgres")
}

/// The example at work.
struct Program {
    child: Child,
    postmaster: u32,
}

impl Program {
    /// Starts it and waits until both servers are ready.
    fn start(folder: &Path) -> Self {
        let mut child =
            Command::new(program()).arg(folder).arg("redis").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let postmaster = lines.find_map(|line| line.strip_prefix("ready ")?.parse().ok());
        let mut program = Self { child, postmaster: 0 };
        program.postmaster = postmaster.unwrap();
        program
    }

    fn kill(&mut self) {
        kill(self.child.id());
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn nothing_outlives_a_killed_program_and_the_next_start_recovers() {
    let folder = Folder::new("killed");
    let mut first = Program::start(folder.path());
    assert!(running_in(&folder.path().join("pgdata")) > 0 && running_in(&folder.path().join("redis")) == 1);
    first.kill();
    // The next program does not wait until the last one's servers are gone.
    let mut second = Program::start(folder.path());
    assert!(!alive(first.postmaster), "two postmasters");
    assert!(alive(second.postmaster));
    second.kill();
    let begun = Instant::now();
    let left = || running_in(&folder.path().join("pgdata")) + running_in(&folder.path().join("redis"));
    while left() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "{} processes are left behind", left());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_interrupt_stops_everything_in_good_order() {
    let folder = Folder::new("interrupt");
    let mut program = Program::start(folder.path());
    let pid = i32::try_from(program.child.id()).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), rustix::process::Signal::INT)
        .unwrap();
    assert!(program.child.wait().unwrap().success());
    assert_eq!(running_in(&folder.path().join("pgdata")), 0);
    assert_eq!(running_in(&folder.path().join("redis")), 0);
    assert!(
        !folder.path().join("pgdata/postmaster.pid").exists(),
        "the database was not stopped in good order"
    );
}
