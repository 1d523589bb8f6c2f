//! What the doctor finds, and what is refused before anything is opened, on the built program.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod rows;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

const INIT: [&str; 7] = ["init", "--name", "固阳县总工会", "--code", "150222", "--level", "county"];
const OTHER: &str = "8f1d2c3b4a5968778695a4b3c2d1e0ff0e1d9c8b7a6f5e4d3c2b1a0918273645";

fn niangjia(data: &Path, verb: &[&str], told: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niangjia"));
    command.current_dir(data).args(["--data", "."]).args(verb).envs(told.iter().copied()).output().unwrap()
}

/// Whether the doctor is content, and what he says.
fn doctor(data: &Path, told: &[(&str, &str)]) -> (bool, String) {
    let output = niangjia(data, &["doctor"], told);
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn first_day() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert!(niangjia(dir.path(), &INIT, &[]).status.success());
    dir
}

#[test]
fn before_the_first_day_he_says_what_is_missing_and_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (content, said) = doctor(dir.path(), &[]);
    assert!(!content && said.contains("[问题] 密钥") && said.contains("niangjia init"), "{said}");
    assert!(said.contains("[问题] 数据库：还没有数据库"), "{said}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    // A file without a table, as a server's database is before the first day.
    fs::write(dir.path().join("niangjia.sqlite"), "").unwrap();
    let (content, said) = doctor(dir.path(), &[]);
    assert!(!content && said.contains("[问题] 数据库：还没有数据库"), "{said}");
}

#[test]
fn a_house_in_order_passes_and_doubts_are_no_failure() {
    let dir = first_day();
    let (content, said) = doctor(dir.path(), &[]);
    assert!(content, "{said}");
    for good in ["[正常] 密钥", "[正常] 数据库", "[正常] 时钟", "[正常] 字体", "[正常] 后台任务"]
    {
        assert!(said.contains(good), "{good} is missing: {said}");
    }
    assert!(said.contains("[留意] 对外地址") && said.contains("[留意] 短信网关"), "{said}");
    let (content, said) = doctor(
        dir.path(),
        &[
            ("NIANGJIA_PUBLIC_URL", "https://gh.example.cn"),
            ("NIANGJIA_TRUSTED_PROXIES", "[\"127.0.0.1/32\"]"),
            ("NIANGJIA_SMS_URL", "https://sms.example.cn"),
            ("NIANGJIA_SMS_KEY", "secret"),
            // No number, though it looks like one.
            ("NIANGJIA_MQTT_URL", "mqtt://127.0.0.1"),
            ("NIANGJIA_MQTT_USER", "niangjia"),
            ("NIANGJIA_MQTT_PASSWORD", "0012345678"),
        ],
    );
    // The disk is this machine's: how full or slow it is, is no matter of the settings.
    let doubts = said.lines().filter(|line| line.starts_with("[留意]") && !line.contains("磁盘：")).count();
    assert!(content && doubts == 0 && !said.contains("secret"), "{said}");
}

#[test]
fn settings_that_leak_or_lead_nowhere_are_found() {
    let dir = first_day();
    let (content, said) = doctor(dir.path(), &[("NIANGJIA_PUBLIC_URL", "http://gh.example.cn")]);
    assert!(!content && said.contains("明文经过网络"), "{said}");
    // Nobody listens there: the port is the discard service's.
    let provider = [("NIANGJIA_OIDC_ISSUER", "http://127.0.0.1:9"), ("NIANGJIA_OIDC_CLIENT_ID", "niangjia")];
    let (content, said) = doctor(dir.path(), &provider);
    assert!(!content && said.contains("[问题] 统一登录：连不上"), "{said}");
    let (content, said) = doctor(dir.path(), &provider[..1]);
    assert!(!content && said.contains("oidc_client_id"), "{said}");
    let (content, said) = doctor(dir.path(), &[("NIANGJIA_MQTT_URL", "127.0.0.1:1883")]);
    assert!(!content && said.contains("[问题] 驿站设备") && said.contains("mqtt_url"), "{said}");
    let (content, said) = doctor(dir.path(), &[("NIANGJIA_CHECKPOINT_DIR", "nowhere")]);
    assert!(!content && said.contains("[问题] 检查点") && said.contains("nowhere"), "{said}");
    let (content, said) = doctor(dir.path(), &[("NIANGJIA_MAP_OUTLINES", "nowhere.geojson")]);
    assert!(!content && said.contains("[问题] 地图") && said.contains("“nowhere.geojson”打不开"), "{said}");
}

#[test]
fn a_key_that_others_read_is_weak_or_is_another_one_stops_the_start() {
    let dir = first_day();
    let key = dir.path().join("master.key");
    let before = fs::read_to_string(&key).unwrap();
    let refused = |why: &str| {
        let (content, said) = doctor(dir.path(), &[]);
        assert!(!content && said.contains(why), "{why}: {said}");
        let started = niangjia(dir.path(), &["verify"], &[]);
        let told = String::from_utf8(started.stderr).unwrap();
        assert!(!started.status.success() && told.contains("主密钥"), "{told}");
    };
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    refused("chmod 600");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, "00".repeat(32)).unwrap();
    refused("[问题] 密钥");
    fs::write(&key, "abcdef").unwrap();
    refused("[问题] 密钥");
    fs::write(&key, OTHER).unwrap();
    refused("不是数据库正在使用的那一个");
    fs::remove_file(&key).unwrap();
    refused("没有找到密钥文件");
    assert!(niangjia(dir.path(), &["verify"], &[("NIANGJIA_KEY", before.trim())]).status.success());
    fs::write(dir.path().join("niangjia.toml"), format!("key = \"{}\"\n", before.trim())).unwrap();
    let told = niangjia(dir.path(), &["verify"], &[]);
    assert!(!told.status.success() && String::from_utf8(told.stderr).unwrap().contains("不能写在 niangjia.toml"));
}

#[test]
fn the_key_is_rotated_from_the_command_line_and_a_new_master_stands_beside_the_old() {
    let dir = first_day();
    let key = dir.path().join("master.key");
    assert!(niangjia(dir.path(), &["rotate-key", "--new-master"], &[]).status.success());
    let lines: Vec<String> = fs::read_to_string(&key).unwrap().lines().map(str::to_owned).collect();
    assert!(lines.len() == 2 && lines[1].starts_with("2 "), "{} lines", lines.len());
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let rotated = niangjia(dir.path(), &["rotate-key"], &[]);
    let said = String::from_utf8(rotated.stdout).unwrap();
    assert!(rotated.status.success() && said.contains("版本 2"), "{said}");
    let again = niangjia(dir.path(), &["rotate-key"], &[]);
    assert!(!again.status.success() && String::from_utf8(again.stderr).unwrap().contains("还没有完成"));
    // The old file doesn't do any more: what version 2 seals comes from the new master.
    fs::write(&key, &lines[0]).unwrap();
    let (content, said) = doctor(dir.path(), &[]);
    assert!(!content && said.contains("不是数据库正在使用的那一个"), "{said}");
}

#[test]
fn a_new_master_is_for_the_version_behind_the_one_that_is_announced() {
    let dir = first_day();
    assert!(niangjia(dir.path(), &["rotate-key"], &[]).status.success());
    // Nothing is written under version 2 for a minute yet, and its key is known.
    let added = niangjia(dir.path(), &["rotate-key", "--new-master"], &[]);
    let said = String::from_utf8(added.stdout).unwrap();
    assert!(added.status.success() && said.contains("版本 3"), "{said}");
    let started = niangjia(dir.path(), &["verify"], &[]);
    assert!(started.status.success(), "{}", String::from_utf8(started.stderr).unwrap());
    let again = niangjia(dir.path(), &["rotate-key", "--new-master"], &[]);
    let told = String::from_utf8(again.stderr).unwrap();
    assert!(!again.status.success() && told.contains("已有版本 3"), "{told}");
}

#[test]
fn a_clock_that_was_put_back_is_told() {
    let dir = first_day();
    assert!(rows::write(dir.path(), "UPDATE audit_entry SET at = at + 3600000000") > 0);
    let (content, said) = doctor(dir.path(), &[]);
    assert!(!content && said.contains("时钟被往回拨过"), "{said}");
}

#[test]
fn a_database_on_which_a_newer_program_has_worked_is_told_and_stops_the_start_for_good() {
    let dir = first_day();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2999_01_01_0001_newer', 0)";
    assert_eq!(rows::write(dir.path(), newer), 1);
    let (content, said) = doctor(dir.path(), &[]);
    assert!(!content && said.contains("[问题] 数据库：已由更新版本的程序升级过"), "{said}");
    let started = niangjia(dir.path(), &["verify"], &[]);
    let told = String::from_utf8(started.stderr).unwrap();
    assert!(started.status.code() == Some(78) && told.contains("请装回较新的程序"), "{told}");
}

#[test]
fn a_job_that_stopped_is_named_and_no_longer_once_it_is_put_aside() {
    let dir = first_day();
    let stopped = "INSERT INTO job (id, kind, payload, run_at, attempts, failure) \
                   VALUES (7, 'kernel.export', '\"1\"', 0, 4, 'fault')";
    assert_eq!(rows::write(dir.path(), stopped), 1);
    let named = "kernel.export（fault，任务号 7）";
    let (content, said) = doctor(dir.path(), &[]);
    assert!(content && said.contains(named), "{said}");
    let aside = ["set-job-aside", "7", "--reason", "已请经办人重新导出"];
    let refused = niangjia(dir.path(), &["try-job-again", "7", "8"], &[]);
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && told.contains("没有停下的任务 8"), "{told}");
    assert!(doctor(dir.path(), &[]).1.contains(named), "one of them alone was ordered");
    assert!(niangjia(dir.path(), &aside, &[]).status.success());
    assert!(doctor(dir.path(), &[]).1.contains("[正常] 后台任务"));
    assert!(!niangjia(dir.path(), &aside, &[]).status.success());
}
