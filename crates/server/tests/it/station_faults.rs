//! What visitors say is broken or missing at a station: in doubt for everybody, looked at by the master, and climbing if he
//! doesn't.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use codes::document::DocumentKind;
use kernel::{
    Id, audit,
    permission::LoggedIn,
    person::{self, NewPerson},
};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    station_neglect::{go, listed, neglected, told},
    stations::{Day, day, done, phone},
};

const FAULTS: &str = "/api/v1/me/station-faults";

/// Somebody who is known and no member; his record and his phone.
pub(crate) async fn stranger(app: &App, n: u32, county: &str) -> (Id, Client) {
    let new = &NewPerson {
        name: people::name(n),
        document_kind: DocumentKind::CitizenNumber,
        document_number: people::number(n),
        phone: Some(people::phone(n)),
        worker_group: Some("courier".into()),
        organisation_id: county.parse().unwrap(),
    };
    let caller = &app.caller::<LoggedIn>();
    let known = caller.unit(|unit| async move { Ok(person::register(&unit, caller, new).await?.id) });
    (known.await.unwrap(), phone(app, n).await)
}

async fn says(phone: &mut Client, station: &str, item: Option<&str>, said: Option<&str>) -> Answer {
    phone.post(FAULTS, &json!({ "station_id": station, "item": item, "said": said })).await
}

/// What the master answers, on his phone.
async fn answers(day: &mut Day, id: &Value, state: &str, answer: Option<&str>) -> Answer {
    let path = format!("/api/v1/me/stations/{}/fault-answers", day.station);
    day.master.post(&path, &json!({ "id": id, "state": state, "answer": answer })).await
}

/// What waits on the master's phone.
async fn waiting(day: &mut Day) -> Value {
    day.master.get(&format!("/api/v1/me/stations/{}/faults", day.station)).await.ok()
}

/// How somebody in the street reads the microwave: whether it works, is unconfirmed, was reported.
async fn microwave(anybody: &mut Client) -> [bool; 3] {
    let near: Value = anybody.get("/api/v1/public/stations/nearest?longitude=110.001&latitude=40.6").await.ok();
    let item = near[0]["items"].as_array().unwrap().iter().find(|item| item["code"] == "microwave").unwrap();
    ["works", "unconfirmed", "reported"].map(|field| item[field].as_bool().unwrap())
}

/// The texts to somebody that aren't codes.
fn texts(app: &App, n: u32) -> Vec<String> {
    app.sms().texts(&people::phone(n)).into_iter().filter(|text| !text.contains("验证码")).collect()
}

#[tokio::test]
async fn what_several_report_is_one_fault_that_the_master_looks_at() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let station = day.station.clone();
        let (_, mut other) = stranger(&app, 3, &day.county).await;
        assert_eq!(microwave(&mut anybody).await, [true, false, false]);
        let first = says(&mut day.worker, &station, Some("microwave"), Some("不加热")).await;
        assert_eq!((first.status, &first.json()["reporters"]), (StatusCode::CREATED, &json!(1)));
        assert_eq!(first.json()["state_label"], "待站长核实");
        // In doubt for everybody, and not broken by one visitor's word.
        assert_eq!(microwave(&mut anybody).await, [true, true, true]);
        assert_eq!(says(&mut day.worker, &station, Some("microwave"), None).await.code(), "fault_said");
        let second: Value = says(&mut other, &station, Some("microwave"), None).await.ok();
        assert_eq!(second["reporters"], 2);
        app.settle().await;
        assert_eq!(told(&app), ["【娘家】有人反映东河驿站有问题（微波炉），请到手机“我的驿站—设施”核实、答复。"]);

        let today: Value = day.master.get(&format!("/api/v1/me/stations/{station}")).await.ok();
        let item = today["stock"].as_array().unwrap().iter().find(|item| item["code"] == "microwave").unwrap();
        assert_eq!((&today["reported"], &item["reported"], &item["works"]), (&json!(1), &json!(true), &json!(true)));
        let open = waiting(&mut day).await;
        assert_eq!((&open[0]["reporters"], &open[0]["said"]), (&json!(2), &json!(["不加热"])));
        assert_eq!(
            day.worker.get(&format!("/api/v1/me/stations/{station}/faults")).await.status,
            StatusCode::NOT_FOUND
        );
        let strange = json!({ "id": open[0]["id"], "state": "broken" });
        let path = format!("/api/v1/me/stations/{station}/fault-answers");
        assert_eq!(day.worker.post(&path, &strange).await.status, StatusCode::NOT_FOUND);
        assert_eq!(answers(&mut day, &open[0]["id"], "open", None).await.code(), "fault_answered");
        assert_eq!(answers(&mut day, &open[0]["id"], "dropped", None).await.code(), "fault_answered");

        let broken: Value = answers(&mut day, &open[0]["id"], "broken", Some("已联系维修。")).await.ok();
        assert_eq!(broken["state_label"], "已确认，正在处理");
        assert_eq!(microwave(&mut anybody).await, [false, false, false]);
        assert_eq!(listed(&mut day, "faults").await, 1);
        assert_eq!(says(&mut other, &station, Some("microwave"), None).await.code(), "fault_known");
        app.settle().await;
        for n in [2, 3] {
            assert_eq!(texts(&app, n), ["【娘家】您反映的东河驿站问题（微波炉）：已确认，正在处理（已联系维修）。"]);
        }

        // That it works again he says as he always does.
        let works = json!({ "code": "microwave", "works": true });
        let said = day.master.post(&format!("/api/v1/me/stations/{station}/items"), &works).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.json());
        assert_eq!(microwave(&mut anybody).await, [true, false, false]);
        app.settle().await;
        for (n, phone) in [(2, &mut day.worker), (3, &mut other)] {
            assert_eq!(texts(&app, n)[1], "【娘家】您反映的东河驿站问题（微波炉）：已恢复正常。");
            let mine: Value = phone.get(FAULTS).await.ok();
            assert_eq!((&mine[0]["state"], &mine[0]["station"]), (&json!("mended"), &json!("东河驿站")));
        }
        assert_eq!(waiting(&mut day).await, json!([]));
        assert_eq!(answers(&mut day, &open[0]["id"], "mended", None).await.code(), "fault_answered");
        let seen: Value = day.officer.get(&format!("/api/v1/station-faults?station={station}")).await.ok();
        assert_eq!((&seen["total"], &seen["items"][0]["reporters"]), (&json!(1), &json!(2)));
        assert_eq!(told(&app).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_so_is_answered_in_words_and_nobody_reports_without_end() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let station = day.station.clone();
        let field = |answer: &Answer| answer.json()["fields"][0]["field"].clone();
        assert_eq!(field(&says(&mut day.worker, &station, None, None).await), "said");
        assert_eq!(field(&says(&mut day.worker, &station, Some("microwave"), Some(&"坏".repeat(101))).await), "said");
        for unknown in ["aed", "unheard_of"] {
            assert_eq!(field(&says(&mut day.worker, &station, Some(unknown), None).await), "item");
        }
        assert_eq!(says(&mut day.worker, "1", None, Some("没有纸巾")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(says(&mut day.officer, &station, None, Some("没有纸巾")).await.status, StatusCode::FORBIDDEN);

        let reported: Value = says(&mut day.worker, &station, Some("microwave"), None).await.ok();
        assert_eq!(reported["said"], Value::Null);
        // What is on no list is another thing each time.
        for said in ["没有纸巾", "门把手松了"] {
            let other: Value = says(&mut day.worker, &station, None, Some(said)).await.ok();
            assert_eq!((&other["item_label"], &other["reporters"]), (&json!("其他"), &json!(1)));
        }
        let enough = says(&mut day.worker, &station, Some("haircut"), None).await;
        assert_eq!(enough.code(), "faults_a_day");
        assert!(enough.json()["detail"].as_str().unwrap().contains("最多反映3个"), "{}", enough.json());
        app.pass(TimeDelta::days(1));
        assert_eq!(says(&mut day.worker, &station, Some("haircut"), None).await.status, StatusCode::CREATED);

        let open = waiting(&mut day).await;
        assert_eq!(open.as_array().unwrap().len(), 4);
        assert_eq!(field(&answers(&mut day, &open[0]["id"], "unfounded", None).await), "answer");
        let unfounded: Value = answers(&mut day, &open[0]["id"], "unfounded", Some("现场试过，能加热")).await.ok();
        assert_eq!(unfounded["state_label"], "核实后未发现问题");
        assert_eq!(microwave(&mut anybody).await, [true, false, false]);
        assert_eq!(answers(&mut day, &json!("1"), "mended", None).await.status, StatusCode::NOT_FOUND);
        assert!(answers(&mut day, &open[1]["id"], "broken", None).await.status.is_success());
        assert!(answers(&mut day, &open[1]["id"], "mended", Some("已补上")).await.status.is_success());
        app.settle().await;
        // What stood so for a moment only is not told.
        let mut texts = texts(&app, 2);
        texts.sort();
        let about = |what: &str, words: &str| format!("【娘家】您反映的东河驿站问题（{what}）：{words}。");
        let unfounded = about("微波炉", "核实后未发现问题（现场试过，能加热）");
        assert_eq!(texts, [about("其他", "已恢复正常（已补上）"), unfounded]);
    })
    .await;
}

/// What the officer's list shows that passes a filter, by what it is about, the last first.
async fn shown(day: &mut Day, filter: &str) -> Vec<String> {
    let page: Value = day.officer.get(&format!("/api/v1/station-faults?{filter}")).await.ok();
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|row| row["item_label"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_union_reads_what_was_reported_at_all_its_stations_and_answers_with_a_note() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let (station, county) = (day.station.clone(), day.county.clone());
        for (item, said) in [(Some("microwave"), "不加热"), (Some("haircut"), "没人理发"), (None, "没有纸巾")]
        {
            assert_eq!(says(&mut day.worker, &station, item, Some(said)).await.status, StatusCode::CREATED);
        }
        let all = ["其他", "义剪", "微波炉"];
        for (filter, wanted) in [
            (String::new(), &all[..]),
            (format!("organisation={county}"), &all[..]),
            (format!("station={station}"), &all[..]),
            ("station=1".to_owned(), &all[..0]),
            ("q=BT-001".to_owned(), &all[..]),
            ("q=BT-002".to_owned(), &all[..0]),
            ("standing=unanswered".to_owned(), &all[..]),
            ("standing=mending".to_owned(), &all[..0]),
            ("subject=equipment".to_owned(), &all[2..]),
            ("subject=service".to_owned(), &all[1..2]),
            ("subject=other".to_owned(), &all[..1]),
            ("limit=2".to_owned(), &all[..2]),
        ] {
            assert_eq!(shown(&mut day, &filter).await, wanted, "{filter}");
        }
        let first: Value = day.officer.get("/api/v1/station-faults?limit=2").await.ok();
        let next = format!("limit=2&cursor={}", first["next"].as_str().unwrap());
        assert_eq!((&first["total"], shown(&mut day, &next).await), (&json!(3), vec!["微波炉".to_owned()]));

        let found: Value = day.officer.get("/api/v1/station-faults?subject=equipment").await.ok();
        let row = &found["items"][0];
        assert_eq!((&row["station"], &row["organisation"]), (&json!("东河驿站"), &json!("东河区总工会")));
        let path = format!("/api/v1/station-faults/{}/answer", row["id"].as_str().unwrap());
        let answer = |state: &str, words: &str| json!({ "state": state, "answer": words });
        let silent = day.officer.post(&path, &answer("mended", " 好 ")).await;
        assert_eq!(silent.json()["fields"][0]["field"], "answer");
        assert_eq!(day.officer.post(&path, &answer("open", "再看看")).await.code(), "fault_answered");
        let broken: Value = day.officer.post(&path, &answer("broken", "已派人维修")).await.ok();
        assert_eq!(broken["state_label"], "已确认，正在处理");
        assert_eq!(microwave(&mut anybody).await, [false, false, false]);
        assert_eq!(shown(&mut day, "standing=mending").await, ["微波炉"]);
        assert_eq!(shown(&mut day, "standing=unanswered").await, ["其他", "义剪"]);
        done(&day.officer.post(&path, &answer("mended", "已换新")).await);
        assert_eq!(day.officer.post(&path, &answer("mended", "已换新")).await.code(), "fault_answered");
        assert_eq!(shown(&mut day, "standing=done").await, ["微波炉"]);
        assert_eq!(microwave(&mut anybody).await, [true, false, false]);
        app.settle().await;
        assert_eq!(texts(&app, 2), ["【娘家】您反映的东河驿站问题（微波炉）：已恢复正常（已换新）。"]);

        let noted = audit::Entity::find().filter(audit::Column::Action.eq("station_faults.answer"));
        assert_eq!(noted.count(app.caller::<LoggedIn>().read()).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_answers_climbs() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let station = day.station.clone();
        // Nobody looks round while it is paused, but who comes by may find something.
        let paused = day.officer.post(&format!("/api/v1/stations/{station}/pause"), &json!({ "reason": "装修" })).await;
        assert!(paused.status.is_success(), "{}", paused.json());
        app.set_clock("2026-07-01T23:00:00+08:00".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(says(&mut day.worker, &station, Some("microwave"), None).await.status, StatusCode::CREATED);
        go(&app, &mut day, "2026-07-02T07:30").await;
        assert_eq!(told(&app), Vec::<String>::new(), "nobody is woken for it");
        go(&app, &mut day, "2026-07-02T09:30").await;
        go(&app, &mut day, "2026-07-03T09:30").await;
        assert_eq!(told(&app).len(), 1);
        for (at, neglected, climbed) in
            [("2026-07-04T09:30", 0, 0), ("2026-07-05T09:30", 1, 0), ("2026-07-09T09:30", 1, 1)]
        {
            go(&app, &mut day, at).await;
            assert_eq!(told(&app).len(), 2);
            assert!(told(&app)[1].contains("从7月1日起有人反映问题（微波炉），还没有答复"), "{:?}", told(&app));
            assert_eq!(listed(&mut day, "neglected").await, neglected, "{at}");
            assert_eq!(listed(&mut day, "climbed").await, climbed, "{at}");
            let level = ["master", "union", "above"][neglected + climbed];
            assert_eq!(self::neglected(&mut day).await, [["fault", "微波炉", "2026-07-04", level]]);
        }
        let open = waiting(&mut day).await;
        assert!(answers(&mut day, &open[0]["id"], "mended", None).await.status.is_success());
        go(&app, &mut day, "2026-07-09T10:45").await;
        assert_eq!((listed(&mut day, "neglected").await, listed(&mut day, "climbed").await), (json!(0), json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_station_that_closes_leaves_nobody_waiting() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let station = day.station.clone();
        assert!(says(&mut day.worker, &station, Some("microwave"), None).await.status.is_success());
        let closed =
            day.officer.post(&format!("/api/v1/stations/{station}/close"), &json!({ "reason": "场地到期" })).await;
        assert!(closed.status.is_success(), "{}", closed.json());
        app.settle().await;
        assert_eq!(texts(&app, 2), ["【娘家】您反映的东河驿站问题（微波炉）：驿站已撤销，不再处理（场地到期）。"]);
        let mine: Value = day.worker.get(FAULTS).await.ok();
        assert_eq!((&mine[0]["state"], &mine[0]["answer"]), (&json!("dropped"), &json!("场地到期")));
        assert_eq!(says(&mut day.worker, &station, None, Some("门口有垃圾")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn one_person_counts_once_and_a_nameless_one_leaves_no_words() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let station = day.station.clone();
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        for phone in [&mut one, &mut other] {
            assert!(says(phone, &station, Some("microwave"), Some("不加热")).await.status.is_success());
        }
        assert_eq!(waiting(&mut day).await[0]["reporters"], 2);
        app.merge_people(going, stays).await;
        assert_eq!(waiting(&mut day).await[0]["reporters"], 1);
        assert_eq!(other.get(FAULTS).await.ok::<Value>().as_array().unwrap().len(), 2);
        assert_eq!(says(&mut other, &station, Some("microwave"), None).await.code(), "fault_said");
        assert!(says(&mut other, &station, None, Some("我的伞落在门口")).await.status.is_success());
        let lost = waiting(&mut day).await[1]["id"].clone();
        assert!(answers(&mut day, &lost, "unfounded", Some("雨伞已由您取回")).await.status.is_success());

        app.erase(stays).await;
        // Nobody else reported it, so the answer tells what he said.
        let all: Value = day.officer.get("/api/v1/station-faults").await.ok();
        assert!(!all.to_string().contains("雨伞已由您取回"), "{all}");
        let left = waiting(&mut day).await;
        assert_eq!((&left[0]["reporters"], &left[0]["said"]), (&json!(1), &json!([])));
        assert_eq!(microwave(&mut anybody).await, [true, true, true]);
        assert!(answers(&mut day, &left[0]["id"], "mended", None).await.status.is_success());
        app.settle().await;
        assert!(texts(&app, 3).is_empty() && texts(&app, 4).is_empty());
    })
    .await;
}
