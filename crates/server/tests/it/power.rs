//! Power goes off only where nobody is: not by the word of a counter that is out of order, and not on whoever has just been let
//! in, whether a counter saw him or not; and whoever left unseen is looked for.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    door::{add, code, room, say},
    stations::{Day, day},
};

/// A door, a counter by which nobody is inside, and a switch that is on.
async fn fit(app: &App, day: &mut Day) {
    for (code, kind, label) in [
        ("bt-001-lock", "lock", "正门门锁"),
        ("bt-001-count", "counter", "门口计数器"),
        ("bt-001-power", "power", "总电源"),
    ] {
        add(day, code, kind, label).await;
    }
    say(app, "count/state", &json!({ "entered": 10, "left": 10 })).await;
    say(app, "power/state", &json!({ "on": true })).await;
}

/// Half an hour later the counter says the same, perhaps that it is out of order, and it is looked what can be switched off.
async fn half_an_hour_later(app: &App, fault: Option<&str>) {
    app.pass(TimeDelta::minutes(31));
    say(app, "count/state", &json!({ "entered": 10, "left": 10, "fault": fault })).await;
    app.work("station_devices").await.unwrap();
}

/// A code is held before the door, which opens.
async fn let_in(app: &App, day: &mut Day, name: &str) {
    say(app, "lock/event", &json!({ "id": name, "scan": code(day).await })).await;
    let opened = room(day).await["openings"].clone();
    assert!(
        opened.as_array().unwrap().iter().any(|one| one["kind"] == "open" && one["state"] == "waiting"),
        "{opened}"
    );
}

/// What the switch was told, the first first.
async fn told(day: &mut Day) -> Vec<String> {
    let openings = room(day).await["openings"].clone();
    let kinds = openings.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned());
    let mut told: Vec<String> = kinds.filter(|kind| kind != "open").collect();
    told.reverse();
    told
}

#[tokio::test]
async fn a_counter_that_is_out_of_order_switches_nothing_off_and_tells_no_crowd() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&app, &mut day).await;
        half_an_hour_later(&app, Some("镜头被遮挡")).await;
        assert!(told(&mut day).await.is_empty());
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let near = "/api/v1/public/stations/nearest?longitude=110.0&latitude=40.6";
        assert_eq!(anybody.get(near).await.ok::<Value>()[0]["crowd"], Value::Null);
        half_an_hour_later(&app, None).await;
        assert_eq!(told(&mut day).await, ["power_off"]);
        assert_eq!(anybody.get(near).await.ok::<Value>()[0]["crowd"], "calm");
        // It can be told what the machine did from what the master does.
        let shown = room(&mut day).await;
        let mut devices = shown["devices"].as_array().unwrap().iter();
        let switch = devices.find(|one| one["kind"] == "power").unwrap();
        let on = json!({ "device_id": switch["id"], "kind": "power_on" });
        let on: Value = day.master.post(&format!("/api/v1/me/stations/{}/orders", day.station), &on).await.ok();
        assert_eq!((&shown["openings"][0]["by"], &on["by"]), (&json!("自动"), &json!("站长远程")));
    })
    .await;
}

#[tokio::test]
async fn whoever_was_let_in_does_not_sit_in_the_dark() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&app, &mut day).await;
        app.pass(TimeDelta::minutes(31));
        // He stands in the door, and the counter has not told of him yet, or never will.
        let_in(&app, &mut day, "first").await;
        say(&app, "count/state", &json!({ "entered": 10, "left": 10 })).await;
        app.work("station_devices").await.unwrap();
        assert!(told(&mut day).await.is_empty());
        half_an_hour_later(&app, None).await;
        assert_eq!(told(&mut day).await, ["power_off"]);
        // The next one comes while the switch goes off, which says still that it is on.
        let_in(&app, &mut day, "second").await;
        assert_eq!(told(&mut day).await, ["power_off", "power_on"]);
        // And what was to go off is not told again behind that.
        let openings = room(&mut day).await["openings"].clone();
        let mut waiting = openings.as_array().unwrap().iter().filter(|one| one["state"] == "waiting");
        assert!(waiting.all(|one| one["kind"] != "power_off"), "{openings}");
    })
    .await;
}

#[tokio::test]
async fn whoever_left_unseen_is_looked_for_and_keeps_the_power_on_no_longer() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        fit(&app, &mut day).await;
        say(&app, "count/state", &json!({ "entered": 11, "left": 10 })).await;
        let doubts = async |day: &mut Day| {
            say(&app, "count/state", &json!({ "entered": 11, "left": 10 })).await;
            app.work("station_devices").await.unwrap();
            let alarms = room(day).await["alarms"].clone();
            let lasting = alarms.as_array().unwrap().iter().filter(|alarm| alarm["over_at"].is_null());
            lasting.filter(|alarm| alarm["kind"] == "stuck").map(|alarm| alarm["words"].clone()).collect::<Vec<_>>()
        };
        app.pass(TimeDelta::hours(11));
        assert!(doubts(&mut day).await.is_empty());
        app.pass(TimeDelta::hours(1));
        assert_eq!(doubts(&mut day).await, ["计数显示室内1人，很久没有人进出，请到站看一看"]);
        assert!(told(&mut day).await.is_empty());
        // The master has looked, and nobody is there.
        let vacate = format!("/api/v1/me/stations/{}/vacate", day.station);
        let looked: Value = day.master.post(&vacate, &json!({})).await.ok();
        let mut doubted = looked["alarms"].as_array().unwrap().iter().filter(|alarm| alarm["kind"] == "stuck");
        assert!(looked["inside"] == 0 && doubted.all(|alarm| !alarm["over_at"].is_null()), "{looked}");
        assert!(doubts(&mut day).await.is_empty());
        assert_eq!(told(&mut day).await, ["power_off"]);
    })
    .await;
}
