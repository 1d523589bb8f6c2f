//! A device is carried from one station to another: what it said before stays with the old one.

use chrono::TimeDelta;
use kernel::Id;
use serde_json::{Value, json};
use station::door::hear::hear;
use testing::{App, Client, people};

use crate::{
    door,
    roles::officer,
    station_moved::another,
    stations::{day, done},
};

/// Another county's union, and an officer of it.
async fn neighbour(app: &App) -> (Id, Client) {
    let west = another(app).await;
    (west, officer(app, "west", "业务干部", west).await)
}

#[tokio::test]
async fn a_device_that_is_out_of_use_moves_to_another_station_and_its_past_stays() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (west, mut neighbour) = neighbour(&app).await;
        let station = json!({
            "organisation_id": west, "code": "BT-002", "name": "钢铁驿站", "kind": "own", "access": "everyone",
            "address": "钢铁大街1号", "area": 30, "capacity": 20,
            "hours": { "week": [[], [], [], [], [], [], []] }, "items": [],
        });
        let there: Value = neighbour.post("/api/v1/stations", &station).await.ok();
        let there = there["id"].as_str().unwrap();
        let at = |station: &str| format!("/api/v1/stations/{station}/devices");
        let (here, there_too) = (at(&day.station), at(there));
        let smoke = json!({ "code": "bt-001-smoke", "kind": "smoke", "label": "室内烟感" });
        let old: Value = day.officer.post(&here, &smoke).await.ok();
        let refused = |answer: testing::Answer| answer.json()["fields"][0]["code"].clone();
        assert_eq!(refused(day.officer.post(&there_too, &smoke).await), "device_taken");
        let house = app.house();
        let say = async |smoke: bool| {
            let state = json!({ "smoke": smoke }).to_string();
            hear(house, "niangjia/1/bt-001-smoke/state", state.as_bytes()).await.unwrap();
        };
        say(true).await;
        let path = format!("/api/v1/station-devices/{}", old["id"].as_str().unwrap());
        let form = |retired: bool, version: i64| json!({ "label": "室内烟感", "retired": retired, "version": version });
        done(&day.officer.put(&path, &form(true, 1)).await);

        // Where it was it is taken into use again; elsewhere whoever answers for both stations writes it down.
        assert_eq!(refused(day.officer.post(&here, &smoke).await), "device_retired_here");
        assert_eq!(refused(neighbour.post(&there_too, &smoke).await), "device_elsewhere");
        let new: Value = day.officer.post(&there_too, &smoke).await.ok();
        assert_ne!(new["id"], old["id"]);
        assert_eq!(day.officer.put(&path, &form(false, 2)).await.code(), "device_in_use");
        say(false).await;
        let devices: Value = neighbour.get("/api/v1/station-devices").await.ok();
        assert_eq!((&devices["total"], &devices["items"][0]["id"]), (&json!(1), &new["id"]));
        assert!(!devices["items"][0]["heard_at"].is_null(), "{devices}");
        let alarms: Value = day.officer.get("/api/v1/station-alarms").await.ok();
        assert_eq!((&alarms["total"], &alarms["items"][0]["station_id"]), (&json!(1), &json!(day.station)));

        // It goes back the same way.
        let path_there = format!("/api/v1/station-devices/{}", new["id"].as_str().unwrap());
        done(&day.officer.put(&path_there, &form(true, 1)).await);
        done(&day.officer.put(&path, &form(false, 2)).await);
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_into_use_calls_nobody_and_counts_nobody_for_what_it_said_before() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let smoke = door::add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        let counter = door::add(&mut day, "bt-001-count", "counter", "门口计数器").await;
        let count = async |entered: i64, left: i64| {
            door::say(&app, "count/state", &json!({ "entered": entered, "left": left })).await;
        };
        door::say(&app, "smoke/state", &json!({ "smoke": true })).await;
        count(100, 100).await;
        count(103, 100).await;
        for device in [&smoke, &counter] {
            let path = format!("/api/v1/station-devices/{}", device["id"].as_str().unwrap());
            let form = |retired: bool, version: i64| json!({ "label": "设备", "retired": retired, "version": version });
            done(&day.officer.put(&path, &form(true, 1)).await);
            let back: Value = day.officer.put(&path, &form(false, 2)).await.ok();
            assert_eq!((&back["words"], &back["alarms"]), (&json!("尚未上线"), &json!([])));
        }
        app.settle().await;
        let texts = app.sms().texts(&people::phone(1));
        assert_eq!(texts.iter().filter(|text| text.contains("烟雾报警")).count(), 1, "{texts:?}");
        // Meanwhile it stood at another door, and whoever was inside went uncounted.
        count(5_000, 4_000).await;
        count(5_001, 4_000).await;
        let room = door::room(&mut day).await;
        assert_eq!((&room["inside"], &room["entered_today"]), (&json!(1), &json!(4)));
    })
    .await;
}

#[tokio::test]
async fn once_the_last_counter_is_out_of_use_nobody_is_known_inside() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let front = door::add(&mut day, "bt-001-front", "counter", "前门计数器").await;
        let back = door::add(&mut day, "bt-001-back", "counter", "后门计数器").await;
        let count = async |code: &str, entered: i64| {
            door::say(&app, &format!("{code}/state"), &json!({ "entered": entered, "left": 10 })).await;
        };
        for (code, entered) in [("front", 10), ("back", 10), ("front", 14)] {
            count(code, entered).await;
        }
        // The other door is counted still, by which those inside may leave.
        for (device, inside) in [(&front, json!(4)), (&back, Value::Null)] {
            let path = format!("/api/v1/station-devices/{}", device["id"].as_str().unwrap());
            let out_of_use = json!({ "label": "计数器", "retired": true, "version": 1 });
            done(&day.officer.put(&path, &out_of_use).await);
            assert_eq!(door::room(&mut day).await["inside"], inside);
        }
        door::add(&mut day, "bt-001-next", "counter", "新计数器").await;
        count("next", 10).await;
        assert_eq!(door::room(&mut day).await["inside"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_at_a_station_is_seen_by_the_union_whose_it_becomes() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (west, mut neighbour) = neighbour(&app).await;
        door::add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        for smoke in [true, false, true] {
            door::say(&app, "smoke/state", &json!({ "smoke": smoke })).await;
        }
        day.change(|form| form["organisation_id"] = json!(west)).await;
        let alarms: Value = neighbour.get("/api/v1/station-alarms").await.ok();
        assert_eq!((&alarms["total"], &alarms["items"][0]["over_at"]), (&json!(1), &Value::Null));
        // What was over before stays with whoever answered for it.
        let all: Value = day.officer.get("/api/v1/station-alarms").await.ok();
        assert_eq!(all["total"], 2);
    })
    .await;
}

#[tokio::test]
async fn heat_that_goes_on_after_its_station_moved_is_seen_by_the_union_whose_it_is() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (west, mut neighbour) = neighbour(&app).await;
        door::add(&mut day, "bt-001-temp", "temperature", "室内温度计").await;
        let tells = async |decidegrees: i64| {
            app.pass(TimeDelta::minutes(1));
            door::say(&app, "temp/state", &json!({ "decidegrees": decidegrees })).await;
        };
        tells(450).await;
        tells(449).await;
        day.change(|form| form["organisation_id"] = json!(west)).await;
        assert_eq!(neighbour.get("/api/v1/station-alarms").await.ok::<Value>()["total"], 0);
        tells(450).await;
        assert_eq!(neighbour.get("/api/v1/station-alarms").await.ok::<Value>()["total"], 1);
    })
    .await;
}
