//! What leaves the house as a file: a right of its own, a second officer for many people, a mark, a log with the file's
//! hashes, and an end.

use std::collections::HashSet;

use axum::http::{Method, StatusCode};
use chrono::{NaiveDate, TimeDelta};
use kernel::{
    Id, audit,
    export::ExportKind,
    organisation::Level,
    outbox,
    permission::LoggedIn,
    rulebook::{self, NewRulePack},
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement, entity::prelude::*};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    document::document,
    roles::{PASSWORD, found, officer},
    scope::system,
};

/// A union with three members, and how many people may leave it without a second officer.
struct Union {
    place: Id,
    elsewhere: Id,
    asker: Client,
}

async fn union(app: &App, limit: i64) -> Union {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let place = found(app, Some(root), "150200", "包头市总工会", Level::Prefecture).await;
    let elsewhere = found(app, Some(root), "150100", "呼和浩特市总工会", Level::Prefecture).await;
    let county = found(app, Some(place), "150202", "东河区总工会", Level::County).await;
    let riders = found(app, Some(county), "150202R", "骑手联合工会", Level::Grassroots).await;
    let mut asker = officer(app, "asker", "业务干部", place).await;
    for n in 1..=3 {
        let member = people::member(n, "delivery_rider", &riders);
        let added = asker.post("/api/v1/members", &member).await;
        assert!(added.status.is_success(), "{}", added.json());
    }
    let rule = NewRulePack {
        code: "export.rows_without_approval".into(),
        region: String::new(),
        valid_from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        valid_to: None,
        value: limit,
        source: "测试".into(),
    };
    rulebook::set_pack(&app.caller(), &rule).await.unwrap();
    Union { place, elsewhere, asker }
}

async fn ask(client: &mut Client, place: Id, format: &str, reason: &str) -> testing::Answer {
    let form = json!({ "organisation_id": place, "format": format, "reason": reason, "filter": { "q": "王" } });
    client.post("/api/v1/members/exports", &form).await
}

fn path(export: &Value, end: &str) -> String {
    format!("/api/v1/exports/{}{end}", export["id"].as_str().unwrap())
}

async fn number(app: &App, sql: &str) -> i64 {
    let caller = app.caller::<LoggedIn>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "number").unwrap()
}

/// The acts on an export, the first one first, each with what it tells.
async fn acts(app: &App, export: &Value) -> Vec<(String, Value)> {
    let id: Id = export["id"].as_str().unwrap().parse().unwrap();
    let query = audit::Entity::find().filter(audit::Column::ObjectId.eq(id)).order_by_asc(audit::Column::Position);
    let entries = query.all(app.caller::<LoggedIn>().read()).await.unwrap();
    entries.into_iter().map(|entry| (entry.action, serde_json::from_str(&entry.detail).unwrap())).collect()
}

#[tokio::test]
async fn many_people_leave_by_two_officers_and_for_a_time() {
    App::each(&server::programmes(), async |app| {
        let Union { place, elsewhere, mut asker } = union(&app, 2).await;
        let mut second = officer(&app, "second", "只读领导", place).await;
        let mut neighbour = officer(&app, "neighbour", "业务干部", elsewhere).await;
        let mut above = officer(&app, "system", "系统管理员", place).await;
        assert_eq!(ask(&mut above, place, "csv", "核对").await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask(&mut asker, elsewhere, "csv", "核对名册").await.status, StatusCode::NOT_FOUND);
        let unreasoned = ask(&mut asker, place, "csv", " ").await;
        assert_eq!(unreasoned.json()["fields"][0]["field"], "reason", "{}", unreasoned.json());

        let asked = ask(&mut asker, place, "csv", "核对名册").await;
        assert_eq!(asked.status, StatusCode::CREATED);
        let export = asked.json();
        assert_eq!((&export["state"], &export["rows"]), (&json!("waiting"), &json!(3)), "{export}");
        assert_eq!(export["filter"], "按文字查找：是；单位：包头市总工会", "nobody is told what was sought");
        app.settle().await;
        assert_eq!(asker.get(&path(&export, "/file")).await.code(), "export_no_file");
        assert_eq!(asker.post(&path(&export, "/approve"), &json!({})).await.code(), "export_own");
        let waiting: Value = asker.get("/api/v1/exports/waiting").await.ok();
        assert_eq!(waiting["total"], 0, "nobody decides on his own");

        for at in ["/approve", "/refuse", "/cancel"] {
            let answer = neighbour.post(&path(&export, at), &json!({ "reason": "不同意" })).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{at}");
        }
        let waiting: Value = neighbour.get("/api/v1/exports/waiting").await.ok();
        assert_eq!(waiting["total"], 0);
        let waiting: Value = second.get("/api/v1/exports/waiting").await.ok();
        assert_eq!(waiting["items"][0]["asked_by"], "asker（asker）");
        assert_eq!(
            second.post(&path(&export, "/refuse"), &json!({ "reason": "" })).await.json()["fields"][0]["field"],
            "reason"
        );
        let approved: Value = second.post(&path(&export, "/approve"), &json!({})).await.ok();
        assert_eq!((&approved["state"], &approved["decided_by"]), (&json!("queued"), &json!("second（second）")));
        assert_eq!(second.post(&path(&export, "/approve"), &json!({})).await.code(), "export_not_waiting");
        app.settle().await;

        for other in [&mut second, &mut neighbour] {
            for at in ["", "/file"] {
                assert_eq!(
                    other.get(&path(&export, at)).await.status,
                    StatusCode::NOT_FOUND,
                    "{at} is the asker's alone"
                );
            }
        }
        let done: Value = asker.get(&path(&export, "")).await.ok();
        assert_eq!((&done["state"], &done["done"]), (&json!("done"), &json!(3)), "{done}");
        let file = asker.get(&path(&export, "/file")).await;
        let digests = secret::digest::Digests::of(&file.body);
        assert_eq!((&done["hash"], &done["sha256"]), (&json!(digests.sm3), &json!(digests.sha256)));
        assert_eq!(file.headers["x-content-sm3"].to_str().unwrap(), digests.sm3);
        assert!(file.headers["content-disposition"].to_str().unwrap().ends_with(".csv"));
        let text = String::from_utf8(file.body.to_vec()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5, "{text}");
        assert!(
            lines[4].contains("导出人：asker（asker）")
                && lines[4].contains("按文字查找：是；")
                && lines[4].contains(export["id"].as_str().unwrap())
        );
        for n in 1..=3 {
            for secret in [people::name(n), people::number(n), people::phone(n)] {
                assert!(!text.contains(&secret), "{secret} is not masked");
            }
        }
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 1);

        let told = acts(&app, &export).await;
        let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["exports.ask", "exports.approve", "exports.make", "exports.download"]);
        assert_eq!((&told[0].1["rows"], &told[0].1["reason"]), (&json!(3), &json!("核对名册")));
        assert_eq!((&told[0].1["columns"], &told[0].1["filter"]["q"]), (&done["columns"], &json!(true)));
        assert_eq!((&told[2].1["sm3"], &told[2].1["sha256"]), (&done["hash"], &done["sha256"]));

        outbox::schedule(app.house()).await.unwrap();
        let start = app.house().ambient().now();
        app.set_clock(start + TimeDelta::days(7) - TimeDelta::minutes(1));
        app.settle().await;
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 1);
        app.set_clock(start + TimeDelta::days(7) + TimeDelta::minutes(61));
        asker.log_in("asker", PASSWORD).await;
        assert_eq!(asker.get(&path(&export, "/file")).await.code(), "export_no_file", "its time is over at once");
        app.settle().await;
        let gone: Value = asker.get(&path(&export, "")).await.ok();
        assert_eq!((&gone["state"], &gone["hash"]), (&json!("expired"), &done["hash"]));
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 0);
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_request WHERE filter_sealed <> ''").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_a_filter_name_nothing_that_no_row_is_of() {
    App::each(&server::programmes(), async |app| {
        let Union { place, elsewhere, mut asker } = union(&app, 2).await;
        let mut neighbour = officer(&app, "neighbour", "业务干部", elsewhere).await;
        let foreign = json!({ "organisation_id": elsewhere, "name": "青城餐厅", "kind": "canteen", "active": true });
        let foreign: Value = neighbour.post("/api/v1/benefit-partners", &foreign).await.ok();
        let form = json!({ "organisation_id": place, "format": "csv", "filter": { "place": foreign["id"] } });
        let export: Value = asker.post("/api/v1/benefit-redemptions/exports", &form).await.ok();
        let words = export["filter"].as_str().unwrap();
        assert!(export["rows"] == 0 && words.ends_with("；核销点：没有记录"), "{export}");
    })
    .await;
}

/// Whoever makes tokens would be the one who asks and the second officer in one.
#[tokio::test]
async fn no_other_system_decides_on_an_export() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 2).await;
        let export: Value = ask(&mut asker, place, "csv", "核对名册").await.ok();
        let mut security = officer(&app, "security", "安全管理员", place).await;
        let mut system = system(&app, &mut security, ("导出审批", &["export.approve"]), place).await;
        let waiting: Value = system.get("/api/v1/exports/waiting").await.ok();
        assert_eq!(waiting["total"], 1);
        for at in ["/approve", "/refuse"] {
            let answer = system.post(&path(&export, at), &json!({ "reason": "范围太大" })).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{at}");
        }
        let left: Value = asker.get(&path(&export, "")).await.ok();
        assert_eq!(left["state"], "waiting");
    })
    .await;
}

#[tokio::test]
async fn few_people_come_at_once_in_three_kinds_of_file() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 12).await;
        for (format, begin) in [("xlsx", &b"PK"[..]), ("csv", "\u{FEFF}姓名".as_bytes()), ("pdf", b"%PDF-1.")] {
            let export: Value = ask(&mut asker, place, format, "").await.ok();
            assert_eq!(export["state"], "done", "{export}");
            let file = asker.get(&path(&export, "/file")).await;
            assert!(file.body.starts_with(begin), "{format}: {:?}", &file.body[..10]);
        }
        // The same asked again after a broken line is the same export.
        let form = json!({ "organisation_id": place, "filter": {} });
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000001")];
        let first: Value = asker.send_json(Method::POST, "/api/v1/members/exports", &key, &form).await.ok();
        let again: Value = asker.send_json(Method::POST, "/api/v1/members/exports", &key, &form).await.ok();
        assert_eq!(first["id"], again["id"]);
        let mine: Value = asker.get("/api/v1/exports").await.ok();
        assert_eq!(mine["total"], 4);
        // Four times three are twelve: what would be more than a day's waits for a second officer.
        let more = ask(&mut asker, place, "csv", "").await;
        assert_eq!(more.json()["fields"][0]["field"], "reason", "{}", more.json());
        // Taken away early, the file is gone.
        let cancelled: Value = asker.post(&path(&first, "/cancel"), &json!({})).await.ok();
        assert_eq!(cancelled["state"], "cancelled");
        assert_eq!(asker.get(&path(&first, "/file")).await.code(), "export_no_file");
        assert_eq!(asker.post(&path(&first, "/cancel"), &json!({})).await.code(), "export_over");
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 3);
        assert_eq!(acts(&app, &first).await.last().unwrap().0, "exports.cancel");
        // Nor did anybody take it away. What was fetched counts, though it is cancelled after.
        let fetched: Value = ask(&mut asker, place, "csv", "").await.ok();
        assert!(asker.get(&path(&fetched, "/file")).await.status.is_success());
        assert!(asker.post(&path(&fetched, "/cancel"), &json!({})).await.status.is_success());
        let more = ask(&mut asker, place, "csv", "").await;
        assert_eq!(more.json()["fields"][0]["field"], "reason", "{}", more.json());
    })
    .await;
}

#[tokio::test]
async fn a_right_that_is_gone_opens_nothing() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 2).await;
        let mut second = officer(&app, "second", "业务干部", place).await;
        let mut exports = Vec::new();
        for _ in 0..5 {
            let export: Value = ask(&mut asker, place, "csv", "核对名册").await.ok();
            exports.push(export);
        }
        assert_eq!(ask(&mut asker, place, "csv", "核对名册").await.code(), "too_many_exports");
        let refused: Value = second.post(&path(&exports[4], "/refuse"), &json!({ "reason": "范围太大" })).await.ok();
        assert_eq!((&refused["state"], &refused["answer"]), (&json!("refused"), &json!("范围太大")));
        assert!(second.post(&path(&exports[0], "/approve"), &json!({})).await.status.is_success());
        app.settle().await;
        assert!(asker.get(&path(&exports[0], "/file")).await.status.is_success());

        app.write("DELETE FROM account_grant WHERE account_id = (SELECT id FROM account WHERE username = 'asker')")
            .await;
        assert_eq!(asker.get(&path(&exports[0], "/file")).await.code(), "export_right_gone");
        assert!(second.post(&path(&exports[1], "/approve"), &json!({})).await.status.is_success());
        app.settle().await;
        let failed: Value = asker.get(&path(&exports[1], "")).await.ok();
        assert_eq!(failed["state"], "failed", "{failed}");
        assert!(failed["failure"].as_str().unwrap().contains("没有导出这些数据的权限"));
        let told = acts(&app, &exports[1]).await;
        assert_eq!(told.last().unwrap().0, "exports.fail");
    })
    .await;
}

#[tokio::test]
async fn more_people_than_were_asked_for_want_a_second_officer_after_all() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 3).await;
        let export: Value = ask(&mut asker, place, "csv", "").await.ok();
        // As if the process had died before it was written, and a stricter number had come meanwhile.
        app.write("DELETE FROM export_chunk").await;
        app.write("UPDATE export_request SET state = 'queued', expires_at = NULL").await;
        app.write("UPDATE rule_pack SET value = 2 WHERE code = 'export.rows_without_approval'").await;
        app.set_clock(app.house().ambient().now() + TimeDelta::minutes(3));
        app.settle().await;
        let failed: Value = asker.get(&path(&export, "")).await.ok();
        assert_eq!(failed["state"], "failed", "{failed}");
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_decides_on_lapses_and_what_was_sought_goes() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 2).await;
        let export: Value = ask(&mut asker, place, "csv", "核对名册").await.ok();
        let sought = "SELECT COUNT(*) AS number FROM export_request WHERE filter_sealed <> ''";
        for (time, left) in [(TimeDelta::days(7), 1), (TimeDelta::minutes(1), 0)] {
            app.pass(time);
            app.work("kernel.export_expire").await.unwrap();
            assert_eq!(number(&app, sought).await, left);
        }
        asker.log_in("asker", PASSWORD).await;
        let lapsed: Value = asker.get(&path(&export, "")).await.ok();
        assert_eq!(lapsed["state"], "expired");
        assert_eq!(acts(&app, &export).await.last().unwrap().0, "exports.expire");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_was_taken_back_takes_nothing_away() {
    App::each(&server::programmes(), async |app| {
        let Union { place, .. } = union(&app, 2).await;
        let mut second = officer(&app, "second", "只读领导", place).await;
        let mut security = officer(&app, "security", "安全管理员", place).await;
        let mut system = system(&app, &mut security, ("取数", &["membership.export"]), place).await;
        let export: Value = ask(&mut system, place, "csv", "核对名册").await.ok();
        assert_eq!(export["state"], "waiting");
        assert!(second.post(&path(&export, "/approve"), &json!({})).await.status.is_success());
        app.write("UPDATE access_token SET revoked_at = 1").await;
        app.settle().await;
        assert_eq!(acts(&app, &export).await.last().unwrap().0, "exports.fail");
    })
    .await;
}

#[tokio::test]
async fn figures_of_units_are_taken_away_with_what_they_come_to() {
    App::each(&server::programmes(), async |app| {
        let Union { place, mut asker, .. } = union(&app, 2).await;
        let county = found(&app, Some(place), "150203", "昆都仑区总工会", Level::County).await;
        for (union, quantity) in [(place, 3), (county, 5)] {
            let meal =
                json!({ "kind": "love_meal", "organisation_id": union, "quantity": quantity, "day": "2026-06-30" });
            assert!(asker.post("/api/v1/facts", &meal).await.status.is_success());
        }
        let mut lines = async |by: &str| {
            let form = json!({ "format": "csv", "filter": { "organisation": place, "by": by, "kinds": "love_meal" } });
            let (_, file) = asker.take_away("/api/v1/figures/exports", &form).await;
            let text = String::from_utf8_lossy(&file).into_owned();
            text.lines().filter(|line| line.starts_with("合计,")).map(str::to_owned).collect::<Vec<_>>()
        };
        let whole = lines("organisation").await;
        assert!(matches!(whole.as_slice(), [only] if only.starts_with("合计,0,0,8,")), "{whole:?}");
        // Meals and hours are not added up.
        assert!(lines("kind").await.is_empty());
    })
    .await;
}

#[test]
fn each_filter_of_what_is_taken_away_has_words() {
    let programmes = server::programmes();
    let kinds = || programmes.iter().flat_map(|programme| programme.exports).filter(|kind| !kind.headings.is_empty());
    for kind in kinds() {
        assert!(!kind.words.is_empty(), "nobody can read which rows of {} were taken away", kind.code);
        let labels: HashSet<&str> = kind.words.iter().map(|(_, word)| word.0).collect();
        assert_eq!(labels.len(), kind.words.len(), "two fields of {} have one label", kind.code);
        assert!(labels.iter().all(|label| !label.is_empty() && !label.is_ascii()), "{}: {labels:?}", kind.code);
    }
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let forms = schemas.iter().filter(|(name, _)| name.starts_with("ExportForm_"));
    let mut seen = 0;
    for (name, form) in forms {
        let fields: Vec<&String> = form["properties"]["filter"]["properties"].as_object().unwrap().keys().collect();
        let says = |field: &String, kind: &ExportKind| kind.words.iter().any(|(known, _)| known == field);
        let told = kinds().any(|kind| fields.iter().all(|field| says(field, kind)));
        assert!(told, "no kind has words for all of {name}: {fields:?}");
        seen += 1;
    }
    assert!(seen > 15, "only {seen} forms were found");
}
