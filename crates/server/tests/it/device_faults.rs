//! A device says that it is out of order: nobody is sent to it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use station::door::hear::hear;
use testing::{App, Client, people};

use crate::{
    door,
    stations::{Day, day, done},
};

/// A microwave of the station that may be heard.
async fn fit(day: &mut Day, code: &str) {
    door::add(day, code, "microwave", "微波炉").await;
}

/// What a device says of itself, a minute later.
async fn say(app: &App, code: &str, fault: Option<&str>) {
    app.pass(TimeDelta::minutes(1));
    let state = json!({ "on": false, "fault": fault }).to_string();
    hear(app.house(), &format!("niangjia/1/{code}/state"), state.as_bytes()).await.unwrap();
}

/// What the master says of the microwave, a minute later.
async fn master_says(app: &App, day: &mut Day, works: bool) {
    app.pass(TimeDelta::minutes(1));
    let state = json!({ "code": "microwave", "works": works });
    done(&day.master.post(&format!("/api/v1/me/stations/{}/items", day.station), &state).await);
}

/// Whether somebody who is hungry is sent to the station.
async fn is_sent(app: &App) -> bool {
    let mut anybody = Client::new(server::router(app.house()).unwrap());
    let path = "/api/v1/public/stations/nearest?longitude=110.001&latitude=40.6&items=microwave";
    anybody.get(path).await.ok::<Value>() != json!([])
}

#[tokio::test]
async fn nobody_is_sent_to_a_microwave_that_reports_a_fault_until_it_is_well_or_mended() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&mut day, "bt-001-oven").await;
        say(&app, "bt-001-oven", None).await;
        assert!(is_sent(&app).await);
        say(&app, "bt-001-oven", Some("E5")).await;
        assert!(!is_sent(&app).await);
        let seen: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
        let oven = seen["stock"].as_array().unwrap().iter().find(|one| one["code"] == "microwave").unwrap();
        assert_eq!((&oven["works"], &oven["note"]), (&json!(false), &json!("设备自报故障：E5")));
        say(&app, "bt-001-oven", None).await;
        assert!(is_sent(&app).await);

        // The master has it mended though it goes on complaining; that it fails anew is news.
        say(&app, "bt-001-oven", Some("E5")).await;
        master_says(&app, &mut day, true).await;
        say(&app, "bt-001-oven", Some("E5")).await;
        assert!(is_sent(&app).await);
        say(&app, "bt-001-oven", None).await;
        say(&app, "bt-001-oven", Some("E7")).await;
        assert!(!is_sent(&app).await);

        // What he found broken himself no device mends.
        master_says(&app, &mut day, false).await;
        say(&app, "bt-001-oven", None).await;
        assert!(!is_sent(&app).await);
        let alarms: Value = day.officer.get("/api/v1/station-alarms").await.ok();
        let words: Vec<&Value> = alarms["items"].as_array().unwrap().iter().map(|alarm| &alarm["words"]).collect();
        assert_eq!(words, ["E7", "E5", "E5"]);
    })
    .await;
}

#[tokio::test]
async fn whatever_signs_a_fault_is_told_in_the_device_is_heard() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&mut day, "bt-001-oven").await;
        for (fault, told) in [("E5\u{0}", "空闲；E5"), (" ", "空闲"), ("\u{0}\n", "空闲")] {
            say(&app, "bt-001-oven", Some(fault)).await;
            assert_eq!(door::room(&mut day).await["devices"][0]["words"], told, "{fault:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_station_with_two_microwaves_has_one_while_one_works() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for code in ["bt-001-oven", "bt-001-oven-2"] {
            fit(&mut day, code).await;
            say(&app, code, None).await;
        }
        say(&app, "bt-001-oven", Some("E5")).await;
        assert!(is_sent(&app).await);
        say(&app, "bt-001-oven-2", Some("E5")).await;
        assert!(!is_sent(&app).await);
        say(&app, "bt-001-oven", None).await;
        assert!(is_sent(&app).await);
    })
    .await;
}

#[tokio::test]
async fn a_new_microwave_takes_the_place_of_one_that_is_out_of_order() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&mut day, "bt-001-oven").await;
        say(&app, "bt-001-oven", Some("E5")).await;
        let listed: Value = day.officer.get("/api/v1/station-devices").await.ok();
        let old = format!("/api/v1/station-devices/{}", listed["items"][0]["id"].as_str().unwrap());
        done(&day.officer.put(&old, &json!({ "label": "微波炉", "retired": true, "version": 1 })).await);
        assert!(!is_sent(&app).await);
        fit(&mut day, "bt-001-oven-2").await;
        assert!(!is_sent(&app).await);
        say(&app, "bt-001-oven-2", None).await;
        assert!(is_sent(&app).await);
    })
    .await;
}

#[tokio::test]
async fn a_room_that_is_about_too_hot_calls_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        door::add(&mut day, "bt-001-temp", "temperature", "室内温度计").await;
        let tells = async |minutes: i64, decidegrees: i64| {
            app.pass(TimeDelta::minutes(minutes));
            door::say(&app, "temp/state", &json!({ "decidegrees": decidegrees })).await;
            app.settle().await;
            app.sms().texts(&people::phone(1)).iter().filter(|text| text.contains("温度过高")).count()
        };
        for decidegrees in [450, 449, 450, 449, 451] {
            assert_eq!(tells(1, decidegrees).await, 1);
        }
        let alarms: Value = day.officer.get("/api/v1/station-alarms").await.ok();
        assert_eq!((&alarms["total"], &alarms["items"][0]["over_at"]), (&json!(1), &Value::Null));
        // What begins anew when it has been well for a while is another.
        assert_eq!(tells(1, 400).await, 1);
        assert_eq!(tells(10, 460).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_lasts_stands_before_whatever_came_later_and_is_over() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        door::add(&mut day, "bt-001-power", "power", "总电源").await;
        door::add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        door::say(&app, "power/state", &json!({ "on": true, "fault": "E5" })).await;
        for smoke in [true, false].repeat(25) {
            door::say(&app, "smoke/state", &json!({ "smoke": smoke })).await;
        }
        let shown = door::room(&mut day).await["alarms"].clone();
        let devices: Vec<&Value> = shown.as_array().unwrap().iter().map(|one| &one["device"]).collect();
        assert_eq!((devices.len(), devices[0], devices[1]), (21, &json!("总电源"), &json!("室内烟感")));
    })
    .await;
}

#[tokio::test]
async fn a_battery_that_runs_low_is_marked() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        door::add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        for (battery, is_low) in [(None, false), (Some(15), false), (Some(14), true)] {
            app.pass(TimeDelta::minutes(1));
            door::say(&app, "lock/state", &json!({ "open": false, "battery": battery })).await;
            let shown = door::room(&mut day).await["devices"][0].clone();
            assert_eq!((&shown["battery"], &shown["battery_low"]), (&json!(battery), &json!(is_low)));
        }
    })
    .await;
}
