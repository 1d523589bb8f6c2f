//! A checkpoint that is kept elsewhere finds a chain out that is whole in itself but another, on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    path::Path,
    process::{Command, Output},
};

fn niangjia(data: &Path, verb: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niangjia")).current_dir(data).args(["--data", "."]).args(verb).output().unwrap()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_house_that_was_made_anew_is_found_out() {
    let init = ["init", "--name", "固阳县总工会", "--code", "150222", "--level", "county"];
    let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(niangjia(here.path(), &init).status.success());
    let line = niangjia(here.path(), &["audit", "checkpoint"]);
    assert!(line.status.success(), "{}", told(&line));
    let kept = elsewhere.path().join("kept.txt");
    std::fs::write(&kept, &line.stdout).unwrap();
    let verify = ["verify", "--checkpoints", kept.to_str().unwrap()];
    assert!(niangjia(here.path(), &["password", "security"]).status.success());
    let right = niangjia(here.path(), &verify);
    assert!(right.status.success(), "the chain went on: {}", told(&right));

    // The machine's owner has the key and makes everything anew.
    let anew = tempfile::tempdir().unwrap();
    std::fs::copy(here.path().join("master.key"), anew.path().join("master.key")).unwrap();
    let made = niangjia(anew.path(), &init);
    assert!(made.status.success(), "{}", told(&made));
    assert!(niangjia(anew.path(), &["verify"]).status.success(), "the chain alone shows nothing");
    let found = niangjia(anew.path(), &verify);
    assert_eq!(found.status.code(), Some(1), "{}", told(&found));
    assert!(told(&found).contains("留存的检查点不符"), "{}", told(&found));

    let text = String::from_utf8(line.stdout).unwrap();
    std::fs::write(&kept, text.replace("entries=", "entries=1")).unwrap();
    let found = niangjia(here.path(), &verify);
    assert!(!found.status.success() && !told(&found).contains("全部一致"), "{}", told(&found));
    std::fs::write(&kept, "something else\n").unwrap();
    assert!(told(&niangjia(here.path(), &verify)).contains("第 1 行不是检查点"));
}
