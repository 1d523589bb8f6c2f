//! The first day of a house, on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod rows;

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
    let (text, odd) = (String::from_utf8(told.stdout).unwrap(), String::from_utf8(told.stderr).unwrap());
    assert!(told.status.success() && !odd.contains("行政区划"), "{text}{odd}");
    for username in ["system", "security", "audit", "officer"] {
        assert!(text.contains(username), "{text}");
    }
    assert!(text.contains("http://127.0.0.1:8080"), "where they log in: {text}");
    let mode = std::fs::metadata(dir.path().join("master.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let demo = niangjia(dir.path(), &[&INIT[..], &["--demo"][..]].concat());
    assert!(String::from_utf8(demo.stderr).unwrap().contains("演示不用 init"));
    assert!(!dir.path().join("demo.sqlite").exists());
    let again = niangjia(dir.path(), &INIT);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8(again.stderr).unwrap().contains("不能再次初始化"));

    assert!(niangjia(dir.path(), &["password", "Security"]).status.success());
    // Nobody has an authenticator yet: the password is told all the same, as the old one holds no longer.
    let told = niangjia(dir.path(), &["password", "system", "--without-phone"]);
    assert!(told.status.success() && String::from_utf8(told.stdout).unwrap().contains("一次性密码"));
    assert!(!niangjia(dir.path(), &["password", "nobody"]).status.success());
    assert!(niangjia(dir.path(), &["verify"]).status.success());
    let nowhere = niangjia(dir.path(), &["import", "members", "roster.csv", "--org", "999"]);
    assert!(String::from_utf8(nowhere.stderr).unwrap().contains("没有代码为“999”的工会"));
}

#[test]
fn a_lost_key_is_not_replaced_and_a_new_one_is_told_whatever_becomes_of_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = niangjia(dir.path(), &["init", "--name", "固阳县总工会", "--code", ""]);
    assert!(!wrong.status.success());
    assert!(String::from_utf8(wrong.stdout).unwrap().contains("主密钥已写入"), "the next try makes no other");
    assert!(niangjia(dir.path(), &INIT).status.success());

    std::fs::remove_file(dir.path().join("master.key")).unwrap();
    let again = niangjia(dir.path(), &INIT);
    assert_eq!(again.status.code(), Some(78));
    assert!(String::from_utf8(again.stderr).unwrap().contains("没有找到密钥文件"));
    assert!(!dir.path().join("master.key").exists());
}

#[test]
fn a_code_that_is_no_division_s_is_taken_and_said_to_be_odd() {
    for (code, level, odd) in [
        ("999999", "county", true),
        ("150001", "county", true),
        ("158001", "county", true),
        ("NMG-GH", "province", true),
        ("150000", "province", false),
        ("100000", "nation", false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let made = niangjia(dir.path(), &["init", "--name", "内蒙古总工会", "--code", code, "--level", level]);
        let told = String::from_utf8(made.stderr).unwrap();
        assert!(made.status.success(), "{code}: {told}");
        assert_eq!(told.contains(&format!("“{code}”不是行政区划代码")), odd, "{told}");
    }
}

#[test]
fn a_level_that_is_not_its_code_s_is_told_while_the_house_is_empty() {
    for (code, level, odd) in [
        ("150200", "county", true),
        ("150222", "prefecture", true),
        ("150200", "prefecture", false),
        ("150222", "county", false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let made = niangjia(dir.path(), &["init", "--name", "包头市总工会", "--code", code, "--level", level]);
        let told = String::from_utf8(made.stderr).unwrap();
        assert!(made.status.success() && told.contains("层级以后不能更改") == odd, "{code} {level}: {told}");
        let divided = format!("UPDATE organisation SET version = version WHERE division = '{code}'");
        assert_eq!(rows::write(dir.path(), &divided), 1, "a division's code names the division");
    }
}

#[test]
fn without_a_key_nothing_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let refused = niangjia(dir.path(), &["verify"]);
    // Whoever starts the service again and again stops at this code.
    assert_eq!(refused.status.code(), Some(78));
    let told = String::from_utf8(refused.stderr).unwrap();
    // In which folder it was looked for: in another one than the service's there is none.
    let place = dir.path().file_name().unwrap().to_str().unwrap();
    assert!(told.contains(place) && told.contains("还没有数据库"), "{told}");
    assert!(!dir.path().join("niangjia.sqlite").exists());
}

#[test]
fn a_setting_that_is_none_is_named_with_those_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
    let refused = command.current_dir(dir.path()).arg("doctor").env("NIANGJIA_DATABSE", "x").output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("没有名为 databse 的设置") && told.contains("、database、"), "{told}");
    assert!(!told.contains(".rs"), "{told}");
}

#[test]
fn a_setting_that_is_written_wrongly_is_named_with_how_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text, how) in [
        ("LISTEN", "localhost", "listen 写得不对（niangjia.toml 或环境变量 NIANGJIA_LISTEN），应是地址和端口"),
        ("DEMO", "perhaps", "demo 写得不对"),
        ("TRUSTED_PROXIES", "[\"everybody\"]", "应是方括号里的网段"),
        ("PUBLIC_URL", "gh.example.cn", "public_url 须是完整的网址"),
        ("SMS_URL", "sms.example.cn", "sms_url 须是完整的网址"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
        let variable = format!("NIANGJIA_{name}");
        let refused = command.current_dir(dir.path()).arg("doctor").env(variable, text).output().unwrap();
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(refused.status.code() == Some(78) && told.contains(how) && !told.contains(".rs"), "{told}");
    }
}

#[test]
fn what_the_system_refuses_is_said_in_words_and_without_colours() {
    let dir = tempfile::tempdir().unwrap();
    assert!(niangjia(dir.path(), &INIT).status.success());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (verb, why) in [
        (["serve", "--listen", address.as_str()], format!("不能在 {address} 上提供服务：端口已被占用")),
        (["verify", "--checkpoints", "none.txt"], "没有这个文件或文件夹".to_owned()),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
        command.current_dir(dir.path()).args(["--data", "."]).args(verb).env_remove("NO_COLOR");
        let told = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(told.contains(&why) && !told.contains('\u{1b}'), "{told}");
    }
}

#[test]
fn a_log_that_takes_nothing_ends_nothing() {
    let dir = tempfile::tempdir().unwrap();
    assert!(niangjia(dir.path(), &INIT).status.success());
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
    let verified = command.current_dir(dir.path()).args(["--data", ".", "verify"]).stderr(full).status().unwrap();
    assert!(verified.success(), "{verified}");
}

#[test]
fn a_database_that_is_away_may_come_back_and_is_no_wrong_setting() {
    let dir = tempfile::tempdir().unwrap();
    assert!(niangjia(dir.path(), &INIT).status.success());
    // Nobody listens there: the port is the discard service's.
    let away = niangjia(dir.path(), &["--database", "postgres://nobody@127.0.0.1:9/none", "verify"]);
    assert_eq!(away.status.code(), Some(1), "{}", String::from_utf8_lossy(&away.stderr));
}
