//! A copy that is made while the program writes, and what is brought back from it, on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod rows;

use std::{
    fmt::Write,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
};

struct Place<'a> {
    data: &'a Path,
    database: Option<String>,
}

impl Place<'_> {
    fn command(&self, verb: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
        command.current_dir(self.data).args(["--data", "."]).args(verb);
        command.args(self.database.iter().flat_map(|url| ["--database", url.as_str()]));
        command
    }

    fn run(&self, verb: &[&str]) -> Output {
        self.command(verb).output().unwrap()
    }

    fn must(&self, verb: &[&str]) {
        let told = self.run(verb);
        assert!(told.status.success(), "{verb:?}: {}", String::from_utf8_lossy(&told.stderr));
    }
}

/// Mends the last digit of a citizen number.
fn numbered(body: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", "10X98765432".chars().nth((sum % 11) as usize).unwrap())
}

fn story(from: &Place<'_>, to: &Place<'_>) {
    from.must(&["init", "--name", "固阳县总工会", "--code", "150222"]);
    let mut roster = "姓名,证件号码\n".to_owned();
    for n in 0..3_000 {
        let number = numbered(&format!(
            "15022219{:02}{:02}{:02}1{:02}",
            60 + n / 600,
            1 + n % 12,
            1 + n / 12 % 25,
            n / 300 % 100
        ));
        writeln!(roster, "王{},{number}", char::from_u32(0x4e00 + n).unwrap()).unwrap();
    }
    std::fs::write(from.data.join("roster.csv"), roster).unwrap();
    let import = ["import", "members", "roster.csv", "--org", "150222"];
    let mut importing = from.command(&import).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut told = BufReader::new(importing.stdout.take().unwrap()).lines();
    // From here on it enrols, and the copy is made in the midst of it.
    assert!(told.any(|line| line.unwrap().contains("检查完成")));
    let copy = from.data.join("copy");
    from.must(&["backup", copy.to_str().unwrap()]);
    assert!(told.any(|line| line.unwrap().contains("导入完成")));
    assert!(importing.wait().unwrap().success());
    assert!(!from.run(&["backup", copy.to_str().unwrap()]).status.success(), "nothing is written over");

    let without_key = to.run(&["restore", copy.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&without_key.stderr).contains("master.key"), "{without_key:?}");
    std::fs::copy(from.data.join("master.key"), to.data.join("master.key")).unwrap();
    let restored = to.run(&["restore", copy.to_str().unwrap()]);
    assert!(restored.status.success(), "{restored:?}");
    assert!(String::from_utf8_lossy(&restored.stdout).contains("须重新登录"), "{restored:?}");
    to.must(&["verify"]);
    assert!(!to.run(&["restore", copy.to_str().unwrap()]).status.success(), "nothing is written over");
}

#[test]
fn a_copy_of_a_file_is_whole() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let place = |data| Place { data, database: None };
    story(&place(from.path()), &place(to.path()));
}

#[test]
fn a_copy_of_a_server_is_whole() {
    let Ok(server) = std::env::var("NIANGJIA_TEST_POSTGRES") else { return };
    let psql = |sql: &str| {
        let done = Command::new("psql").args(["-q", &format!("{server}/postgres"), "-c", sql]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let names = ["from", "to"].map(|name| format!("backup_{name}_{}", std::process::id()));
    names.iter().for_each(|name| psql(&format!("CREATE DATABASE {name}")));
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let place = |data, name| Place { data, database: Some(format!("{server}/{name}")) };
    story(&place(from.path(), &names[0]), &place(to.path(), &names[1]));
    names.iter().for_each(|name| psql(&format!("DROP DATABASE {name}")));
}

#[test]
fn a_torn_copy_and_what_another_database_left_stand_in_nobodys_way() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [from, to] = [from.path(), to.path()].map(|data| Place { data, database: None });
    from.must(&["init", "--name", "固阳县总工会", "--code", "150222"]);
    let [copy, torn, foreign, left] = ["copy", "torn", "foreign", "niangjia.sqlite-wal"].map(|name| to.data.join(name));
    from.must(&["backup", copy.to_str().unwrap()]);
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600, "names lie open in it");
    std::fs::copy(from.data.join("master.key"), to.data.join("master.key")).unwrap();
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&torn, &whole[..whole.len() / 2]).unwrap();
    std::fs::write(&foreign, "").unwrap();
    for wrong in [&torn, &foreign] {
        let told = to.run(&["restore", wrong.to_str().unwrap()]);
        assert!(String::from_utf8_lossy(&told.stderr).contains("不是完整的数据库备份"), "{told:?}");
    }
    std::fs::write(&left, "an older log").unwrap();
    let told = to.run(&["restore", copy.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&told.stderr).contains("以前的数据库留下的文件"), "{told:?}");
    std::fs::remove_file(left).unwrap();
    to.must(&["restore", copy.to_str().unwrap()]);
    let names: Vec<_> = std::fs::read_dir(to.data).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("restoring")), "{names:?}");
}

#[test]
fn who_was_logged_in_when_the_copy_was_made_is_not_where_it_was_brought_back() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [from, to] = [from.path(), to.path()].map(|data| Place { data, database: None });
    from.must(&["init", "--name", "固阳县总工会", "--code", "150222"]);
    let log_ins = "INSERT INTO session (hash, account_id, begun_at, used_at) \
                   SELECT CAST(id AS text), id, 1, 1 FROM account";
    assert!(rows::write(from.data, log_ins) > 0);
    let copy = to.data.join("copy");
    from.must(&["backup", copy.to_str().unwrap()]);
    std::fs::copy(from.data.join("master.key"), to.data.join("master.key")).unwrap();
    to.must(&["restore", copy.to_str().unwrap()]);
    assert_eq!(rows::write(to.data, "DELETE FROM session"), 0);
    // Broken off before it ended them: whoever opens the house next does, and nobody after him.
    std::fs::write(to.data.join("restoring"), "").unwrap();
    for ended in [true, false] {
        assert!(rows::write(to.data, log_ins) > 0);
        to.must(&["verify"]);
        assert_eq!(rows::write(to.data, "DELETE FROM session") == 0, ended);
    }
}

const OTHER: &str = "8f1d2c3b4a5968778695a4b3c2d1e0ff0e1d9c8b7a6f5e4d3c2b1a0918273645";

#[test]
fn a_copy_that_was_sealed_by_another_key_is_taken_away_again() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [from, to] = [from.path(), to.path()].map(|data| Place { data, database: None });
    from.must(&["init", "--name", "固阳县总工会", "--code", "150222"]);
    let copy = from.data.join("copy");
    from.must(&["backup", copy.to_str().unwrap()]);
    let told = to.command(&["restore", copy.to_str().unwrap()]).env("NIANGJIA_KEY", OTHER).output().unwrap();
    assert_eq!(told.status.code(), Some(78), "{told:?}");
    assert_eq!(std::fs::read_dir(to.data).unwrap().count(), 0, "what was brought back stands in nobody's way");
    std::fs::copy(from.data.join("master.key"), to.data.join("master.key")).unwrap();
    to.must(&["restore", copy.to_str().unwrap()]);
}

#[test]
fn where_no_house_is_nothing_is_copied_and_nothing_found_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place { data: dir.path(), database: None };
    for verb in [&["backup", "copy"][..], &["verify"], &["audit", "checkpoint"], &["rotate-key"], &["serve"]] {
        // Its key may stand elsewhere, as `key_file` says.
        let told = place.command(verb).env("NIANGJIA_KEY", OTHER).output().unwrap();
        assert_eq!(told.status.code(), Some(78), "{told:?}");
        assert!(String::from_utf8_lossy(&told.stderr).contains("还没有数据库"), "{told:?}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn of_a_copy_that_breaks_off_nothing_is_left() {
    let (from, damaged) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [from, damaged] = [from.path(), damaged.path()].map(|data| Place { data, database: None });
    from.must(&["init", "--name", "固阳县总工会", "--code", "150222"]);
    let file = damaged.data.join("niangjia.sqlite");
    from.must(&["backup", file.to_str().unwrap()]);
    // In a copy no page is free, so the last one is needed.
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    let copy = damaged.data.join("copy");
    let told = damaged.run(&["backup", copy.to_str().unwrap()]);
    assert!(!told.status.success() && !copy.exists(), "{told:?}");
}
