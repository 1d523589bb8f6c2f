//! One program serves a file, whatever else works on it meanwhile, and any number a server; on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStderr, Command, Output, Stdio},
};

const INIT: [&str; 5] = ["init", "--name", "固阳县总工会", "--code", "150222"];
const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

fn command(data: &Path, verb: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
    command.current_dir(data).args(["--data", "."]).args(verb);
    command
}

/// Whether it was done, and what was said of it.
fn told(output: &Output) -> (bool, String) {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

fn run(data: &Path, verb: &[&str]) -> (bool, String) {
    told(&command(data, verb).output().unwrap())
}

fn must(data: &Path, verb: &[&str]) -> String {
    let (done, said) = run(data, verb);
    assert!(done, "{verb:?}: {said}");
    said
}

/// A program that serves; it is killed with this value.
struct Server {
    child: Child,
    /// Stays open: shut, the program would have nobody to tell.
    _log: BufReader<ChildStderr>,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("娘家已启动") {
            assert!(log.read_line(&mut said).unwrap() > 0, "it did not start: {said}");
        }
        Self { child, _log: log }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_second_one_on_the_same_file_is_told_why_not_and_starts_once_the_first_was_killed() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    must(data, &INIT);
    assert!(must(data, &["doctor"]).contains("[正常] 服务：没有在运行"));

    let first = Server::start(command(data, &SERVE));
    let (started, said) = run(data, &SERVE);
    let place = data.canonicalize().unwrap().join("niangjia.sqlite");
    assert!(!started && said.contains("已由另一个娘家进程提供服务") && said.contains("PostgreSQL"), "{said}");
    assert!(said.contains(place.to_str().unwrap()), "{said}");

    assert!(must(data, &["doctor"]).contains("[正常] 服务：正在运行"));
    for beside in [&["backup", "copy"][..], &["verify"], &["password", "officer"], &["audit", "checkpoint"]] {
        must(data, beside);
    }
    std::fs::rename(data.join("niangjia.sqlite"), data.join("moved")).unwrap();
    let (restored, said) = run(data, &["restore", "copy"]);
    assert!(!restored && said.contains("请先停止服务"), "{said}");
    std::fs::rename(data.join("moved"), data.join("niangjia.sqlite")).unwrap();

    // As `kill -9` does it.
    drop(first);
    drop(Server::start(command(data, &SERVE)));
    assert!(must(data, &["doctor"]).contains("[正常] 服务：没有在运行"));
}

#[test]
fn where_the_file_beside_the_database_can_not_be_written_it_says_so() {
    let dir = tempfile::tempdir().unwrap();
    must(dir.path(), &INIT);
    std::fs::create_dir(dir.path().join("niangjia.sqlite.serving")).unwrap();
    let (started, said) = run(dir.path(), &SERVE);
    assert!(!started && said.contains("niangjia.sqlite.serving 无法读写：这是文件夹"), "{said}");
}

#[test]
fn several_serve_a_server() {
    let Ok(server) = std::env::var("NIANGJIA_TEST_POSTGRES") else { return };
    let psql = |sql: &str| {
        let done = Command::new("psql").args(["-q", &format!("{server}/postgres"), "-c", sql]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let name = format!("serving_{}", std::process::id());
    psql(&format!("CREATE DATABASE {name}"));
    let dir = tempfile::tempdir().unwrap();
    let url = format!("{server}/{name}");
    let on = |verb: &[&str]| {
        let mut command = command(dir.path(), verb);
        command.args(["--database", &url]);
        command
    };
    let (made, said) = told(&on(&INIT).output().unwrap());
    assert!(made, "{said}");
    let both = [Server::start(on(&SERVE)), Server::start(on(&SERVE))];
    let (_, said) = told(&on(&["doctor"]).output().unwrap());
    assert!(!said.contains("] 服务："), "{said}");
    drop(both);
    psql(&format!("DROP DATABASE {name} WITH (FORCE)"));
}
