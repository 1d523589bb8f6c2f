//! Devices whose clocks are wrong are heard all the same, and what comes twice or late or was kept by the broker deceives
//! nobody.

use chrono::TimeDelta;
use kernel::{Id, permission::LoggedIn};
use membership::card_token;
use serde_json::{Value, json};
use station::door::hear::{hear, recall};
use testing::{App, Client, people};

use crate::{
    door::{add, code, room, say},
    stations::{Day, day, done},
};

/// The instant by this house's clock, in seconds.
fn now(app: &App) -> i64 {
    app.house().ambient().now().timestamp()
}

/// What is wrong at the station, in words, after a look at its devices.
async fn wrong(app: &App, day: &mut Day) -> Vec<Value> {
    app.work("station_devices").await.unwrap();
    let alarms = room(day).await["alarms"].clone();
    let lasting = alarms.as_array().unwrap().iter().filter(|alarm| alarm["over_at"].is_null());
    lasting.map(|alarm| alarm["label"].clone()).collect()
}

#[tokio::test]
async fn a_door_stands_open_since_it_is_heard_and_a_clock_that_was_set_back_is_heard() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        // The lock's clock is an hour late: the door doesn't stand open since then, but opens for nobody.
        say(&app, "lock/state", &json!({ "at": now(&app) - 3_600, "open": false })).await;
        app.pass(TimeDelta::seconds(10));
        let opened = json!({ "at": now(&app) - 3_600, "open": true });
        say(&app, "lock/state", &opened).await;
        say(&app, "smoke/state", &json!({ "at": now(&app), "smoke": false })).await;
        assert_eq!(wrong(&app, &mut day).await, ["设备故障"]);
        assert_eq!(room(&mut day).await["alarms"][0]["words"], "门锁时钟不准，扫码打不开门，请校时");
        // Whoever stands before it is told that it is the lock: another code would open it no more.
        let scan = json!({ "id": "scan-1", "at": now(&app) - 3_600, "scan": code(&mut day).await });
        say(&app, "lock/event", &scan).await;
        let known = room(&mut day).await;
        assert_eq!(known["openings"][0]["words"], "门锁时钟不准，暂时不能扫码开门，请联系站长。");
        assert_eq!(known["devices"][0]["words"], "门开着；门锁时钟不准，扫码打不开门，请校时");
        // What the broker kept of it tells nothing of its clock.
        recall(app.house(), "niangjia/1/bt-001-lock/state", opened.to_string().as_bytes()).await.unwrap();
        assert_eq!(wrong(&app, &mut day).await, ["设备故障"]);
        app.pass(TimeDelta::minutes(6));
        assert_eq!(wrong(&app, &mut day).await, ["门没关好", "设备故障"]);
        say(&app, "lock/state", &json!({ "at": now(&app), "open": false })).await;
        // The detector was without a battery, and its clock begins anew.
        say(&app, "smoke/state", &json!({ "at": 60, "smoke": true })).await;
        assert_eq!(wrong(&app, &mut day).await, ["烟雾报警"]);
        // A word that was overtaken on its way is none.
        say(&app, "smoke/state", &json!({ "at": 59, "smoke": false })).await;
        assert_eq!(wrong(&app, &mut day).await, ["烟雾报警"]);
        say(&app, "smoke/state", &json!({ "at": 61, "smoke": false })).await;
        assert!(wrong(&app, &mut day).await.is_empty());
        app.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_opens_for_nobody_calls_the_master_once_while_it_lasts() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        // About too slow it is the same fault still; much later it is another.
        for (minutes, late, calls) in
            [(0, 0, 0), (3, 121, 1), (3, 3_600, 1), (3, 119, 1), (3, 121, 1), (3, 0, 1), (11, 121, 2)]
        {
            app.pass(TimeDelta::minutes(minutes));
            say(&app, "lock/state", &json!({ "at": now(&app) - late, "open": false })).await;
            app.settle().await;
            let texts = app.sms().texts(&people::phone(1));
            let told = texts.iter().filter(|text| text.contains("正门门锁：门锁时钟不准，扫码打不开门，请校时。"));
            assert_eq!(told.count(), calls, "{late}: {texts:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_wrong_after_another_fault_calls_as_well() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        for (late, fault, calls) in [(0, Some("E5"), 0), (121, None, 1), (121, Some("E5"), 1), (121, None, 1)] {
            app.pass(TimeDelta::minutes(3));
            say(&app, "lock/state", &json!({ "at": now(&app) - late, "open": false, "fault": fault })).await;
            app.settle().await;
            let texts = app.sms().texts(&people::phone(1));
            assert_eq!(texts.iter().filter(|text| text.contains("门锁时钟不准")).count(), calls, "{texts:?}");
            assert_eq!(wrong(&app, &mut day).await, ["设备故障"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_clock_by_which_nobody_comes_in_is_told_whatever_else_is_wrong() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        for (late, told) in [(3_600, "门锁时钟不准，扫码打不开门，请校时"), (0, "电池没电")] {
            app.pass(TimeDelta::minutes(3));
            let state = json!({ "at": now(&app) - late, "open": false, "fault": "电池没电" });
            say(&app, "lock/state", &state).await;
            let alarms = room(&mut day).await["alarms"].clone();
            let lasting = alarms.as_array().unwrap().iter().filter(|alarm| alarm["over_at"].is_null());
            assert_eq!(lasting.map(|alarm| &alarm["words"]).collect::<Vec<_>>(), [told]);
            app.settle().await;
            let texts = app.sms().texts(&people::phone(1));
            assert_eq!(texts.iter().filter(|text| text.contains("门锁时钟不准")).count(), 1, "{texts:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_second_process_carries_late_is_no_counter_made_anew() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-count", "counter", "门口计数器").await;
        let second = now(&app);
        for (entered, left) in [(10, 10), (11, 10), (12, 10), (11, 10), (12, 11), (12, 10)] {
            say(&app, "count/state", &json!({ "at": second, "entered": entered, "left": left })).await;
        }
        // Nor is it when the second process was held up for long.
        say(&app, "count/state", &json!({ "at": second - 300, "entered": 10, "left": 10 })).await;
        let known = room(&mut day).await;
        assert_eq!((&known["inside"], &known["entered_today"]), (&json!(1), &json!(2)));
        // One that was made anew begins at nought.
        app.pass(TimeDelta::seconds(1));
        say(&app, "count/state", &json!({ "at": now(&app), "entered": 1, "left": 0 })).await;
        assert_eq!(room(&mut day).await["inside"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_the_broker_kept_is_no_sign_of_life() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-count", "counter", "门口计数器").await;
        let word = json!({ "at": now(&app), "entered": 10, "left": 8 });
        say(&app, "count/state", &word).await;
        // The program begins anew, and the broker tells it what the device said last, before it went silent.
        app.pass(TimeDelta::minutes(31));
        let topic = "niangjia/1/bt-001-count/state";
        recall(app.house(), topic, word.to_string().as_bytes()).await.unwrap();
        assert_eq!(wrong(&app, &mut day).await, ["设备失联"]);
        // What it said while the program was away is known, and is none either.
        let later = json!({ "at": now(&app) - 1_801, "entered": 12, "left": 8 });
        recall(app.house(), topic, later.to_string().as_bytes()).await.unwrap();
        assert_eq!(wrong(&app, &mut day).await, ["设备失联"]);
        assert_eq!(room(&mut day).await["inside"], 2);
        say(&app, "count/state", &json!({ "at": now(&app), "entered": 12, "left": 8 })).await;
        assert!(wrong(&app, &mut day).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_door_that_is_asked_while_the_database_fails_is_asked_again_and_opens_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        let found: Value = day.officer.get(&format!("/api/v1/members?q={}", people::phone(2))).await.ok();
        let id = found["items"][0]["id"].as_str().unwrap();
        done(&day.officer.post("/api/v1/members/approve", &json!({ "ids": [id] })).await);
        let (member, union) = (id.parse::<Id>().unwrap(), day.county.parse::<Id>().unwrap());
        let (card, _) = card_token::issue(&app.caller::<LoggedIn>(), member, union).await.unwrap();
        let scan = json!({ "id": "scan-1", "scan": card }).to_string();
        let asks = async || hear(app.house(), "niangjia/1/bt-001-lock/event", scan.as_bytes()).await;

        app.write("ALTER TABLE membership_member RENAME TO away").await;
        assert!(asks().await.is_err(), "a lock that is told anything doesn't send it again");
        app.write("ALTER TABLE away RENAME TO membership_member").await;
        for _ in 0..2 {
            let told: Value = serde_json::from_slice(&asks().await.unwrap().unwrap().payload).unwrap();
            assert_eq!(told["refused"], Value::Null);
        }
        assert_eq!(room(&mut day).await["openings"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_looks_for_a_station_reads_that_its_door_may_stay_shut_and_of_smoke() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let mut found = async |word: &str| {
            let near = "/api/v1/public/stations/nearest?longitude=110.0&latitude=40.6";
            anybody.get(near).await.ok::<Value>()[0][word].clone()
        };
        assert_eq!(found("door_in_doubt").await, false, "where no lock is written down nothing is known");
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        add(&mut day, "bt-001-back", "lock", "后门门锁").await;
        assert_eq!(found("door_in_doubt").await, true, "none was ever heard");
        for (fault, is_in_doubt) in [(None, false), (Some("E5"), true), (None, false)] {
            say(&app, "lock/state", &json!({ "at": now(&app), "open": false, "fault": fault })).await;
            assert_eq!(found("door_in_doubt").await, is_in_doubt);
        }
        add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        for smoke in [false, true, false] {
            say(&app, "smoke/state", &json!({ "at": now(&app), "smoke": smoke })).await;
            assert_eq!(found("smoke").await, smoke);
            app.pass(TimeDelta::seconds(1));
        }
        app.settle().await;
        app.pass(TimeDelta::minutes(31));
        app.work("station_devices").await.unwrap();
        assert_eq!(found("door_in_doubt").await, true);
        // By the back door one comes in still.
        say(&app, "back/state", &json!({ "at": now(&app), "open": false })).await;
        assert_eq!(found("door_in_doubt").await, false);
    })
    .await;
}
