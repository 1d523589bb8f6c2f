//! The first day of a house, on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

fn niangjia(data: &Path, verb: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niangjia")).current_dir(data).args(["--data", "."]).args(verb).output().unwrap()
}

const INIT: [&str; 7] = ["init", "--name", "固阳县总工会", "--code", "150222", "--level", "county"];

#[test]
fn the_first_day_comes_once() {
    let dir = tempfile::tempdir().unwrap();
    let told = niangjia(dir.path(), &INIT);
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(told.status.success(), "{text}{}", String::from_utf8_lossy(&told.stderr));
    for username in ["system", "security", "audit", "officer"] {
        assert!(text.contains(username), "{text}");
    }
    let mode = std::fs::metadata(dir.path().join("master.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let again = niangjia(dir.path(), &INIT);
    assert!(!again.status.success());
    assert!(String::from_utf8(again.stderr).unwrap().contains("不能再次初始化"));

    assert!(niangjia(dir.path(), &["password", "Security"]).status.success());
    assert!(!niangjia(dir.path(), &["password", "nobody"]).status.success());
    assert!(niangjia(dir.path(), &["verify"]).status.success());
}

#[test]
fn without_a_key_nothing_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let refused = niangjia(dir.path(), &["verify"]);
    assert!(!refused.status.success());
    assert!(!dir.path().join("niangjia.sqlite").exists());
}
