//! A day at a station, on the phones of those concerned: the master's, which loses its network, and the worker's.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    roles::{PASSWORD, found, officer},
    scope::{give, make_role},
    stock::{post_file, send_file},
    unannounced::root,
};

pub(crate) struct Day {
    pub(crate) officer: Client,
    pub(crate) master: Client,
    pub(crate) worker: Client,
    pub(crate) station: String,
    pub(crate) county: String,
}

pub(crate) async fn phone(app: &App, n: u32) -> Client {
    let mut phone = Client::new(server::router(app.house()).unwrap());
    phone.post("/api/v1/worker/code", &json!({ "phone": people::phone(n) })).await;
    let code = app.sms().last(&people::phone(n)).unwrap();
    let entered = phone.post("/api/v1/worker/session", &json!({ "phone": people::phone(n), "code": code })).await;
    assert!(entered.status.is_success(), "{}", entered.json());
    phone
}

/// It was done.
pub(crate) fn done(answer: &Answer) {
    assert!(answer.status.is_success(), "{}", answer.json());
}

/// A station that is open, its master, and a rider.
pub(crate) async fn day(app: &App) -> Day {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let county = found(app, Some(root), "150202", "东河区总工会", Level::County).await;
    let mut officer = officer(app, "officer", "业务干部", root).await;
    for n in 1..=2 {
        let member = people::member(n, "delivery_rider", &county);
        assert!(officer.post("/api/v1/members", &member).await.status.is_success());
    }
    let found: Value = officer.get(&format!("/api/v1/people?q={}", people::phone(1))).await.ok();
    let hours = json!({ "week": [[], [], [], [], [], [], []], "self_service": true });
    let form = json!({
        "organisation_id": county, "code": "BT-001", "name": "东河驿站", "kind": "own", "access": "everyone",
        "address": "和平路1号",
        "position": { "longitude": 110.0, "latitude": 40.6 }, "area": 30, "capacity": 20, "hours": hours,
        "items": ["microwave", "haircut"],
    });
    let made: Value = officer.post("/api/v1/stations", &form).await.ok();
    let station = made["id"].as_str().unwrap().to_owned();
    let post = json!({ "person_id": found["items"][0]["id"], "role": "master" });
    done(&officer.post(&format!("/api/v1/stations/{station}/posts"), &post).await);
    done(&officer.post(&format!("/api/v1/stations/{station}/open"), &json!({})).await);
    Day { officer, master: phone(app, 1).await, worker: phone(app, 2).await, station, county: county.to_string() }
}

impl Day {
    /// Changes what the station's form says.
    pub(crate) async fn change(&mut self, change: impl FnOnce(&mut Value)) {
        let path = format!("/api/v1/stations/{}", self.station);
        let mut form: Value = self.officer.get(&path).await.ok();
        change(&mut form);
        done(&self.officer.put(&path, &form).await);
    }

    pub(crate) async fn enter(&mut self, entry: Value) -> Answer {
        self.master.post(&format!("/api/v1/me/stations/{}/entries", self.station), &entry).await
    }

    async fn today(&mut self) -> Value {
        self.master.get(&format!("/api/v1/me/stations/{}", self.station)).await.ok()
    }

    /// The figure of the station's year that tells of a subject.
    pub(crate) async fn of_the_year(&mut self, subject: &str) -> Value {
        let year: Value = self.officer.get(&format!("/api/v1/stations/{}/year", self.station)).await.ok();
        let mut lines = year["lines"].as_array().unwrap().iter();
        lines.find(|line| line["subject"] == subject).cloned().unwrap_or_default()
    }

    pub(crate) async fn times(&mut self, kind: &str) -> i64 {
        let path = format!("/api/v1/facts?organisation={}&kinds={kind}&limit=200", self.county);
        let facts: Value = self.officer.get(&path).await.ok();
        facts["items"].as_array().unwrap().iter().map(|fact| fact["quantity"].as_i64().unwrap()).sum()
    }
}

#[tokio::test]
async fn a_day_is_written_down_once_whatever_the_network_does() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mine: Value = day.master.get("/api/v1/me/stations").await.ok();
        assert_eq!((mine[0]["name"].clone(), mine[0]["role_label"].clone()), (json!("东河驿站"), json!("站长")));
        let none: Value = day.worker.get("/api/v1/me/stations").await.ok();
        assert_eq!(none, json!([]));
        let foreign = day.worker.get(&format!("/api/v1/me/stations/{}", day.station)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);

        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let visit = json!({ "sent_as": "phone-1-0001", "code": shown["text"] });
        let first: Value = day.enter(visit.clone()).await.ok();
        assert_eq!((first["counted_before"].clone(), first["entry"]["label"].clone()), (json!(false), json!("到站")));
        assert!(first["entry"]["name"].as_str().unwrap().contains('*'));
        // Sent again, and scanned a second time within the hour: he came once.
        for name in ["phone-1-0001", "phone-1-0002"] {
            let again = json!({ "sent_as": name, "code": shown["text"] });
            assert_eq!(day.enter(again).await.ok::<Value>()["counted_before"], true);
        }
        let tally = json!({ "sent_as": "phone-1-0003", "group": "courier", "quantity": 6 });
        done(&day.enter(tally.clone()).await);
        done(&day.enter(tally).await);
        let cut = json!({ "sent_as": "phone-1-0004", "service": "haircut", "code": shown["text"] });
        done(&day.enter(cut).await);
        assert_eq!((day.times("station_visit").await, day.times("station_service").await), (7, 1));
        let today = day.today().await;
        assert_eq!((today["visits"].clone(), today["services"].clone()), (json!(7), json!(1)));
        let used: Value = day.officer.get("/api/v1/stations/use").await.ok();
        assert_eq!((used["visits"].clone(), used["visits_today"].clone()), (json!(7), json!(7)));
        assert_eq!((used["stations"].clone(), used["open_now"].clone()), (json!(1), json!(1)));
        assert_eq!((used["by_hour"][9]["value"].clone(), used["by_day"][29]["value"].clone()), (json!(7), json!(7)));
        assert_eq!(used["by_group"][0], json!({ "key": "courier", "label": "快递员", "value": 6, "before": null }));
        assert_eq!(used["by_service"][0]["label"], "义剪");
        let ranked: Value = day.officer.get("/api/v1/stations/use/ranks").await.ok();
        assert_eq!((&ranked["items"][0]["name"], &ranked["items"][0]["visits"]), (&json!("东河驿站"), &json!(7)));
        let (_, file) =
            day.officer.take_away("/api/v1/stations/use/exports", &json!({ "format": "csv", "filter": {} })).await;
        let text = String::from_utf8(file.to_vec()).unwrap();
        assert!(text.contains("BT-001,东河驿站,东河区总工会,2026-07-01,7,0,1,0,2026-07-01,0"), "{text}");
        let records: Value = day.officer.get("/api/v1/stations/use/records?hour=9&group=courier").await.ok();
        assert_eq!((&records["total"], &records["items"][0]["entry"]["quantity"]), (&json!(1), &json!(6)));
        let form = json!({ "format": "csv", "filter": { "service": "*" } });
        let (made, file) = day.officer.take_away("/api/v1/stations/use/records/exports", &form).await;
        let text = String::from_utf8(file.to_vec()).unwrap();
        assert!(made["rows"] == 1 && text.contains(",BT-001,东河驿站,东河区总工会,义剪,"), "{text}");
        // The master put a wrong number down.
        let entry = today["entries"].as_array().unwrap().iter().find(|entry| entry["quantity"] == 6).unwrap().clone();
        let undo = json!({ "entry_id": entry["id"], "reason": "多记了一遍" });
        let path = format!("/api/v1/me/stations/{}/take-back", day.station);
        assert_eq!(day.master.post(&path, &undo).await.ok::<Value>()["taken_back"], "多记了一遍");
        assert_eq!(day.master.post(&path, &undo).await.code(), "entry_taken_back");
        assert_eq!((day.times("station_visit").await, day.today().await["visits"].clone()), (1, json!(1)));
        // In the station's year, he who came and had his hair cut is one.
        for (subject, sum) in [("visits", 1), ("people", 1), ("service", 1)] {
            let line = day.of_the_year(subject).await;
            assert_eq!((&line["sum"], &line["months"][6]["value"]), (&json!(sum), &json!(sum)), "{line}");
        }
        let path = format!("/api/v1/stations/{}/year/exports", day.station);
        let (made, file) = day.officer.take_away(&path, &json!({ "format": "csv", "filter": {} })).await;
        assert_eq!(made["title"], "东河驿站 2026年服务情况");
        let text = String::from_utf8(file.to_vec()).unwrap();
        assert!(text.contains("到站,人次,2026年,1,0,0,0,0,0,0,1,,,,,\r\n到站,人次,2025年同期,0,0,0"), "{text}");
        // What was done for him stands in his own record.
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let kinds: Vec<_> = records["items"].as_array().unwrap().iter().map(|row| row["kind"].clone()).collect();
        assert!(kinds.contains(&json!("station_visit")) && kinds.contains(&json!("station_service")));
        // And where it was done, for as long as it is open with the way there.
        let place = |records: &Value| {
            let visit = records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "station_visit");
            visit.unwrap()["place"].clone()
        };
        assert_eq!(place(&records), json!({ "name": "东河驿站", "is_open": true }));
        let (pause, again) = (json!({ "reason": "线路检修" }), format!("/api/v1/stations/{}", day.station));
        done(&day.officer.post(&format!("{again}/pause"), &pause).await);
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        assert_eq!(place(&records), json!({ "name": "东河驿站", "is_open": false }));
        done(&day.officer.post(&format!("{again}/open"), &json!({})).await);
        // Whoever was scanned by mistake reads in his copy that it was taken back, not who was meant.
        let undo = json!({ "entry_id": first["entry"]["id"], "reason": "应是李师傅" });
        let back = format!("/api/v1/me/stations/{}/take-back", day.station);
        done(&day.master.post(&back, &undo).await);
        let copy: Value = day.worker.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let entries = copy["others"]["station_entry"].to_string();
        assert!(entries.contains("已撤回") && !entries.contains("李师傅"), "{entries}");
        assert!(copy["records"].to_string().contains("东河驿站"), "{}", copy["records"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_phone_kept_without_network_arrives_with_its_own_time() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let scanned: DateTime<Utc> = app.house().ambient().now() + TimeDelta::seconds(60);
        let at = |time: DateTime<Utc>| time.to_rfc3339();
        app.pass(TimeDelta::hours(30));
        // The session of the phone lives on; the code was valid when it was scanned, and is no longer.
        let late = json!({ "sent_as": "phone-1-0001", "code": shown["text"], "happened_at": at(scanned) });
        let told: Value = day.enter(late).await.ok();
        assert_eq!(told["entry"]["happened_at"], "2026-07-01T09:01:00+08:00");
        let stale = json!({ "sent_as": "phone-1-0002", "code": shown["text"] });
        assert_eq!(day.enter(stale).await.code(), "station_code_not_valid");
        let old = json!({ "sent_as": "phone-1-0003", "happened_at": at(scanned - TimeDelta::hours(60)) });
        assert_eq!(day.enter(old).await.code(), "time_too_old");
        let ahead = json!({ "sent_as": "phone-1-0004", "happened_at": at(scanned + TimeDelta::hours(60)) });
        assert_eq!(day.enter(ahead).await.code(), "time_ahead");
        done(&day.officer.log_in("officer", PASSWORD).await);
        let path = format!("/api/v1/facts?organisation={}&kinds=station_visit", day.county);
        let yesterday: Value = day.officer.get(&path).await.ok();
        assert_eq!(yesterday["items"][0]["day"], "2026-07-01");
        // What is not of today, an officer corrects.
        let path = format!("stations/{}/take-back", day.station);
        let undo = json!({ "entry_id": told["entry"]["id"], "reason": "扫错了人" });
        assert_eq!(day.master.post(&format!("/api/v1/me/{path}"), &undo).await.code(), "entry_not_today");
        assert!(day.officer.post(&format!("/api/v1/{path}"), &undo).await.status.is_success());
    })
    .await;
}

#[tokio::test]
async fn the_daily_round_and_faults_are_seen_by_officers() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let unchecked: Value = day.officer.get("/api/v1/stations?attention=unchecked").await.ok();
        assert_eq!(unchecked["total"], 1);
        let checks = day.today().await["checks"].clone();
        let mut points: Vec<Value> =
            checks.as_array().unwrap().iter().map(|check| json!({ "code": check["code"], "ok": true })).collect();
        points[0] = json!({ "code": points[0]["code"], "ok": false, "note": "桌腿松了" });
        let path = format!("/api/v1/me/stations/{}", day.station);
        // A look round at the end of a day doesn't make up for the one before opening.
        let closing = json!({ "sent_as": "phone-1-0000", "kind": "closing", "points": points });
        done(&day.master.post(&format!("{path}/rounds"), &closing).await);
        let unchecked: Value = day.officer.get("/api/v1/stations?attention=unchecked").await.ok();
        assert_eq!((&unchecked["total"], &unchecked["items"][0]["checked_today"]), (&json!(1), &json!(false)));
        // What is wrong once is not wrong twice.
        let twice = [&points[..], &points[..1]].concat();
        let twice = json!({ "sent_as": "phone-1-0009", "kind": "opening", "points": twice });
        let refused = day.master.post(&format!("{path}/rounds"), &twice).await;
        assert_eq!(refused.json()["fields"][0]["code"], "point_twice");
        let round = json!({ "sent_as": "phone-1-0001", "kind": "opening", "points": points });
        for _ in 0..2 {
            let looked: Value = day.master.post(&format!("{path}/rounds"), &round).await.ok();
            assert_eq!((looked["wrong"].clone(), looked["points"][0]["note"].clone()), (json!(1), json!("桌腿松了")));
        }
        let fault = json!({ "code": "microwave", "works": false, "note": "不加热" });
        done(&day.master.post(&format!("{path}/items"), &fault).await);
        let unknown = json!({ "code": "aed", "works": true });
        assert_eq!(day.master.post(&format!("{path}/items"), &unknown).await.status, StatusCode::NOT_FOUND);
        let rounds: Value = day.officer.get(&format!("/api/v1/stations/{}/rounds", day.station)).await.ok();
        assert_eq!(rounds["total"], 2);
        let unchecked: Value = day.officer.get("/api/v1/stations?attention=unchecked").await.ok();
        assert_eq!(unchecked["total"], 0);
        let faulty: Value = day.officer.get("/api/v1/stations?attention=faults").await.ok();
        assert_eq!((faulty["total"].clone(), faulty["items"][0]["faults"].clone()), (json!(1), json!(1)));
    })
    .await;
}

#[tokio::test]
async fn the_workbook_that_goes_out_comes_in_unchanged() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (_, file) = day.officer.take_away("/api/v1/stations/exports", &json!({ "filter": {} })).await;
        assert!(file.starts_with(b"PK"));
        let form: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
        let place = form["organisation_id"].as_str().unwrap().parse().unwrap();
        let answer = send_file(&mut day.officer, "stations/import", place, "驿站.xlsx", &file).await;
        assert_eq!((answer["same"].clone(), answer["written"].clone()), (json!(1), json!(true)), "{answer}");
        let template = day.officer.get("/api/v1/stations/template.xlsx").await;
        assert!(template.body.starts_with(b"PK"));
    })
    .await;
}

#[tokio::test]
async fn what_never_arrived_is_entered_by_an_officer_and_a_quarter_handed_up_stays() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = format!("/api/v1/stations/{}/entries", day.station);
        let form =
            |on: &str, quantity: i64| json!({ "day": on, "quantity": quantity, "reason": "纸质登记表，当天断网" });
        assert_eq!(day.master.post(&path, &form("2026-07-01", 3)).await.status, StatusCode::FORBIDDEN);
        app.pass(TimeDelta::days(95));
        let mut late = officer(&app, "late", "业务干部", day.county.parse().unwrap()).await;
        let refused = |answer: &Answer| answer.json()["fields"][0]["field"].clone();
        assert_eq!(refused(&late.post(&path, &form("2026-10-05", 3)).await), "day");
        assert_eq!(refused(&late.post(&path, &form("2026-10-01", 2_001)).await), "quantity");
        let mut bare = form("2026-10-01", 3);
        bare["reason"] = json!(" ");
        assert_eq!(refused(&late.post(&path, &bare).await), "reason");
        let mut unknown = form("2026-10-01", 3);
        unknown["service"] = json!("microwave");
        assert_eq!(refused(&late.post(&path, &unknown).await), "service");
        let early = late.post(&path, &form("2026-06-30", 3)).await;
        assert_eq!(early.code(), "station_not_open_yet");
        let mut served = form("2026-09-30", 40);
        (served["service"], served["group"], served["hour"]) = (json!("haircut"), json!("courier"), json!(15));
        let made: Value = late.post(&path, &served).await.ok();
        assert_eq!(made["happened_at"], "2026-09-30T15:00:00+08:00");
        assert!(late.post(&path, &form("2026-07-02", 3)).await.status.is_success());
        day.officer = late.clone();
        assert_eq!((day.times("station_service").await, day.times("station_visit").await), (40, 3));
        let wish = json!({ "organisation_id": day.county, "quarter": "2026Q3" });
        assert!(late.post("/api/v1/quarter-approvals", &wish).await.status.is_success());
        assert_eq!(late.post(&path, &form("2026-09-30", 1)).await.code(), "quarter_locked");
        assert!(late.post(&path, &form("2026-10-01", 1)).await.status.is_success());
        // What an officer entered by mistake, he takes back.
        let back = format!("/api/v1/stations/{}/take-back", day.station);
        let visit = late.get(&path).await.json()["items"][0]["id"].clone();
        let answer = late.post(&back, &json!({ "entry_id": visit, "reason": "重复" })).await;
        assert!(answer.status.is_success(), "{}", answer.json());
        assert_eq!(day.times("station_visit").await, 3);
    })
    .await;
}

#[tokio::test]
async fn within_the_hour_is_sixty_minutes_and_not_the_clock_s() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut before = Vec::new();
        // Ten to ten, ten past ten, and an hour and five minutes after the first.
        for (n, (hour, minute)) in [(1, 50), (2, 10), (2, 55)].into_iter().enumerate() {
            app.set_clock(Utc.with_ymd_and_hms(2026, 7, 1, hour, minute, 0).unwrap());
            let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
            let visit = json!({ "sent_as": format!("phone-1-000{n}"), "code": shown["text"] });
            before.push(day.enter(visit).await.ok::<Value>()["counted_before"].clone());
        }
        assert_eq!(before, [false, true, false]);
        day.officer.log_in("officer", PASSWORD).await;
        assert_eq!(day.times("station_visit").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_was_taken_back_is_rated_by_nobody_and_counts_again() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let visit = |n: u32| json!({ "sent_as": format!("phone-1-000{n}"), "code": shown["text"] });
        let first: Value = day.enter(visit(1)).await.ok();
        let undo = json!({ "entry_id": first["entry"]["id"], "reason": "扫错了人" });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/take-back", day.station), &undo).await);
        let rate = format!("/api/v1/me/station-visits/{}/rate", first["entry"]["id"].as_str().unwrap());
        assert_eq!(day.worker.post(&rate, &json!({ "points": 1 })).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.enter(visit(2)).await.ok::<Value>()["counted_before"], false);
        assert_eq!(day.times("station_visit").await, 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_entered_for_a_day_after_the_closing() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let station = format!("/api/v1/stations/{}", day.station);
        done(&day.officer.post(&format!("{station}/close"), &json!({ "reason": "场地到期" })).await);
        app.pass(TimeDelta::days(2));
        done(&day.officer.log_in("officer", PASSWORD).await);
        let late = |on: &str| json!({ "day": on, "quantity": 3, "reason": "纸质登记表，当天断网" });
        let entries = format!("{station}/entries");
        assert_eq!(day.officer.post(&entries, &late("2026-07-02")).await.code(), "station_closed");
        done(&day.officer.post(&entries, &late("2026-07-01")).await);
    })
    .await;
}

#[tokio::test]
async fn a_file_turns_no_station_for_whoever_may_not_by_hand() {
    App::each(&server::programmes(), async |app| {
        let day = day(&app).await;
        let county = day.county.parse().unwrap();
        let mut security = officer(&app, "security", "安全管理员", root(&app).await).await;
        let table = "驿站编号,驿站名称,状态,状态原因\nBT-001,东河驿站,暂停,寒潮停暖\n".as_bytes();
        let mut sent = Vec::new();
        for (username, role, permissions) in [
            ("importer", "导入岗", &["station.import"][..]),
            ("keeper", "导入维护岗", &["station.import", "station.keep"]),
        ] {
            let mut client = officer(&app, username, "只读领导", county).await;
            let role = make_role(&mut security, role, permissions).await;
            give(&mut security, username, &[(&role, county)]).await;
            sent.push(post_file(&mut client, "stations/import", county, "驿站.csv", table).await);
        }
        assert_eq!(sent[0].code(), "rows_wrong");
        assert_eq!(sent[1].ok::<Value>()["changed"], 1);
    })
    .await;
}

#[tokio::test]
async fn what_waited_for_the_network_stands_in_the_day_where_it_happened() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for (name, at) in [("phone-1-0001", "2026-07-01T00:50:00Z"), ("phone-1-0002", "2026-07-01T00:20:00Z")] {
            done(&day.enter(json!({ "sent_as": name, "quantity": 1, "happened_at": at })).await);
        }
        let today = day.today().await;
        let entries = &today["entries"];
        assert!(entries[0]["happened_at"].as_str() > entries[1]["happened_at"].as_str(), "{entries}");
    })
    .await;
}
