//! The 24-hour station without staff: over a real broker, which goes away and comes back, with a lock and a counter that are
//! simulated and otherwise speak as real ones do.

use std::time::Duration;

use axum::http::StatusCode;
use chrono::TimeDelta;
use futures::future::join_all;
use kernel::{Id, permission::LoggedIn};
use membership::card_token;
use serde_json::{Value, json};
use station::door::{
    DeviceKind, carrier,
    hear::hear,
    simulate::{Does, Done, Simulated},
    who,
};
use testing::{App, Client, people};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    broker::Mosquitto,
    roles::PASSWORD,
    stations::{Day, day, done},
};

/// Somebody's hand at a simulated device, and what it does.
struct Device {
    hand: UnboundedSender<Done>,
    does: UnboundedReceiver<Does>,
}

impl Device {
    fn start(app: &App, broker: &Mosquitto, code: &str, kind: DeviceKind) -> Self {
        let ((hand, hands), (shown, does)) = (unbounded_channel(), unbounded_channel());
        let device = Simulated::new(code, kind, app.house().ambient().clone(), shown);
        let address = broker.address();
        app.house().tasks().start(async move { device.run(&address, hands).await });
        Self { hand, does }
    }

    fn scan(&self, code: &Value) {
        self.hand.send(Done::Scan(code.as_str().unwrap().to_owned())).unwrap();
    }

    /// The next that it does, besides hearing that something was written down and of its broker.
    async fn next(&mut self) -> Does {
        loop {
            match self.told().await {
                Does::Acknowledged(_) | Does::Connected | Does::Lost(_) => {}
                does => return does,
            }
        }
    }

    async fn told(&mut self) -> Does {
        tokio::time::timeout(Duration::from_secs(30), self.does.recv()).await.unwrap().unwrap()
    }
}

pub(crate) async fn add(day: &mut Day, code: &str, kind: &str, label: &str) -> Value {
    let device = json!({ "code": code, "kind": kind, "label": label });
    let path = format!("/api/v1/stations/{}/devices", day.station);
    day.officer.post(&path, &device).await.ok()
}

/// A device of the station says something of its `state`, or of an `event`.
pub(crate) async fn say(app: &App, topic: &str, what: &Value) {
    hear(app.house(), &format!("niangjia/1/bt-001-{topic}"), what.to_string().as_bytes()).await.unwrap();
}

pub(crate) async fn room(day: &mut Day) -> Value {
    day.master.get(&format!("/api/v1/me/stations/{}/devices", day.station)).await.ok()
}

/// Waits until a question has the answer that it should come to.
async fn comes_to(day: &mut Day, wanted: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let room = room(day).await;
        if wanted(&room) {
            return room;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to that: {}", room(day).await);
}

pub(crate) async fn code(day: &mut Day) -> Value {
    day.worker.get("/api/v1/me/station-code").await.ok::<Value>()["text"].clone()
}

fn opens() -> Does {
    Does::Order("open".to_owned())
}

#[tokio::test]
async fn a_door_opens_by_a_code_and_a_broker_that_is_away_loses_no_opening() {
    App::each(&server::programmes(), async |app| {
        let mut broker = Mosquitto::start().await;
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        app.house().tasks().start(carrier::run(app.house().clone(), broker.address()));
        let mut lock = Device::start(&app, &broker, "bt-001-lock", DeviceKind::Lock);

        // A worker comes, goes out, and comes again within the hour: the door opens, and he came once.
        for _ in 0..2 {
            lock.scan(&code(&mut day).await);
            assert_eq!(lock.next().await, opens());
        }
        comes_to(&mut day, |room| room["openings"].as_array().unwrap().iter().all(|one| one["state"] == "done")).await;
        let own: Value = day.worker.get("/api/v1/me/station-openings").await.ok();
        assert_eq!((own[0]["words"].clone(), own[0]["counted"].clone()), (json!("已开门"), json!(true)));
        assert_eq!(day.times("station_visit").await, 1);
        // A guest whom nobody knows, by his phone number.
        let phone = people::phone(77);
        let path = "/api/v1/public/station-guest";
        done(&day.worker.post(&format!("{path}/code"), &json!({ "phone": phone })).await);
        let proof = json!({ "phone": phone, "code": app.sms().last(&phone).unwrap() });
        let pass: Value = day.worker.post(path, &proof).await.ok();
        for _ in 0..2 {
            let shown: Value = day.worker.post(&format!("{path}/pass"), &pass).await.ok();
            lock.scan(&shown["text"]);
            assert_eq!(lock.next().await, opens());
        }
        comes_to(&mut day, |room| room["openings"].as_array().unwrap().iter().all(|one| one["state"] == "done")).await;
        assert_eq!(day.times("station_visit").await, 2);
        lock.scan(&json!("什么都不是"));
        assert!(matches!(lock.next().await, Does::Refuses(_)));

        // The broker is away: what the lock has read waits in it, and what the master orders waits in the database.
        broker.go_away();
        while !matches!(lock.told().await, Does::Lost(_)) {}
        lock.scan(&code(&mut day).await);
        let devices = room(&mut day).await;
        let open = json!({ "device_id": devices["devices"][0]["id"], "kind": "open" });
        let path = format!("/api/v1/me/stations/{}/orders", day.station);
        let ordered: Value = day.master.post(&path, &open).await.ok();
        assert_eq!(ordered["state"], "waiting");
        broker.come_back().await;
        assert_eq!((lock.next().await, lock.next().await), (opens(), opens()));
        // What nobody carried in time opens nothing afterwards.
        broker.go_away();
        let late: Value = day.master.post(&path, &open).await.ok();
        app.pass(TimeDelta::seconds(61));
        broker.come_back().await;
        let fresh: Value = day.master.post(&path, &open).await.ok();
        assert_eq!(lock.next().await, opens());
        let room = comes_to(&mut day, |room| room["openings"][0]["state"] == "done").await;
        assert_eq!(
            (room["openings"][0]["id"].clone(), room["openings"][1]["id"].clone()),
            (fresh["id"].clone(), late["id"].clone())
        );
        assert_eq!(
            (room["openings"][1]["state"].clone(), lock.does.try_recv().ok().filter(|does| *does == opens())),
            (json!("late"), None)
        );
        assert_eq!(day.times("station_visit").await, 2);
        drop(lock.hand);
    })
    .await;
}

#[tokio::test]
async fn what_a_device_says_twice_counts_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        let house = app.house();
        let say = async |event: &Value| {
            let payload = event.to_string();
            let many = (0..8).map(|_| hear(house, "niangjia/1/bt-001-lock/event", payload.as_bytes()));
            for answer in join_all(many).await {
                let ack: Value = serde_json::from_slice(&answer.unwrap().unwrap().payload).unwrap();
                assert_eq!((&ack["id"], &ack["refused"]), (&event["id"], &Value::Null));
            }
        };
        for hour in 0..3 {
            let scan = json!({ "id": format!("scan-{hour}"), "scan": code(&mut day).await });
            say(&scan).await;
            let ordered = room(&mut day).await["openings"].clone();
            assert_eq!(ordered.as_array().unwrap().len(), hour + 1);
            say(&json!({ "id": format!("done-{hour}"), "done": ordered[0]["id"] })).await;
            app.pass(TimeDelta::hours(1));
        }
        day.officer.log_in("officer", PASSWORD).await;
        assert_eq!(day.times("station_visit").await, 3);
        // A reader that kept a scan for an hour opens for nobody; nor does a lock that is not written down.
        let now = house.ambient().now().timestamp();
        let old = json!({ "id": "old", "at": now - 3_600, "scan": code(&mut day).await }).to_string();
        let told = hear(house, "niangjia/1/bt-001-lock/event", old.as_bytes()).await.unwrap().unwrap();
        assert!(String::from_utf8(told.payload).unwrap().contains("refused"));
        assert_eq!(hear(house, "niangjia/1/bt-009-lock/event", old.as_bytes()).await.unwrap(), None);
        assert_eq!(hear(house, "niangjia/1/bt-001-lock/event", b"\xff{").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_member_card_opens_the_door_while_it_holds() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        let found: Value = day.officer.get(&format!("/api/v1/members?q={}", people::phone(2))).await.ok();
        let id = found["items"][0]["id"].as_str().unwrap();
        let (member, union) = (id.parse::<Id>().unwrap(), day.county.parse::<Id>().unwrap());
        let say = async |name: &str, event: Value| -> Value {
            let event = json!({ "id": name, "scan": event["scan"], "done": event["done"] }).to_string();
            let told = hear(app.house(), "niangjia/1/bt-001-lock/event", event.as_bytes()).await.unwrap().unwrap();
            serde_json::from_slice::<Value>(&told.payload).unwrap()["refused"].clone()
        };
        // A house for members alone keeps its door shut until he is one, and for every guest.
        day.change(|form| form["access"] = json!("members")).await;
        let not_yet = say("not-yet", json!({ "scan": code(&mut day).await })).await;
        assert!(not_yet.as_str().unwrap().contains("仅供工会会员"), "{not_yet}");
        // A lock that says that it opened nevertheless lets nobody count.
        let refused = room(&mut day).await["openings"][0].clone();
        say("nevertheless", json!({ "done": refused["id"] })).await;
        assert_eq!((&refused["state"], day.times("station_visit").await), (&json!("refused"), 0));
        let (until, caller) = (app.house().ambient().now() + TimeDelta::minutes(1), &app.caller::<LoggedIn>());
        let guest = who::sign(caller, &who::guest(caller, &people::phone(77)), until);
        assert!(say("guest", json!({ "scan": guest })).await.as_str().unwrap().contains("仅供工会会员"));
        done(&day.officer.post("/api/v1/members/approve", &json!({ "ids": [id] })).await);
        // The phone shows the card as an address.
        let card = async || {
            let (token, _) = card_token::issue(&app.caller::<LoggedIn>(), member, union).await.unwrap();
            format!("https://union.example/w/card/{token}")
        };
        let shown = card().await;
        assert_eq!(say("card", json!({ "scan": shown })).await, Value::Null);
        let ordered = room(&mut day).await["openings"].clone();
        assert!(ordered[0]["by"].as_str().unwrap().contains('*'), "{ordered}");
        say("came", json!({ "done": ordered[0]["id"] })).await;
        // The same person, whichever code he shows: he came once in this hour.
        let by_code = json!({ "sent_as": "phone-1-0001", "code": code(&mut day).await });
        assert_eq!(day.enter(by_code).await.ok::<Value>()["counted_before"], true);
        let by_card = json!({ "sent_as": "phone-1-0002", "code": shown });
        assert_eq!(day.enter(by_card).await.ok::<Value>()["counted_before"], true);
        assert_eq!(day.times("station_visit").await, 1);
        let paper = card_token::issue_on_paper(&app.caller::<LoggedIn>(), member);
        assert!(say("paper", json!({ "scan": paper })).await.as_str().unwrap().contains("不是本系统签发的"));
        app.pass(TimeDelta::seconds(301));
        assert!(say("old", json!({ "scan": shown })).await.as_str().unwrap().contains("已过期"));
        let fresh = card().await;
        done(&day.officer.post(&format!("/api/v1/members/{id}/leave"), &json!({ "reason": "本人申请" })).await);
        assert!(say("left", json!({ "scan": fresh })).await.as_str().unwrap().contains("会籍现在无效"));
    })
    .await;
}

#[tokio::test]
async fn the_master_hears_of_smoke_and_an_empty_station_is_switched_off() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for (code, kind, label) in [
            ("bt-001-smoke", "smoke", "室内烟感"),
            ("bt-001-count", "counter", "门口计数器"),
            ("bt-001-power", "power", "总电源"),
        ] {
            add(&mut day, code, kind, label).await;
        }
        let twice = json!({ "code": "bt-001-smoke", "kind": "smoke", "label": "又一个" });
        let path = format!("/api/v1/stations/{}/devices", day.station);
        assert_eq!(day.officer.post(&path, &twice).await.json()["fields"][0]["code"], "device_taken");
        for smoke in [false, true, true] {
            say(&app, "smoke/state", &json!({ "smoke": smoke })).await;
        }
        app.settle().await;
        let texts = app.sms().texts(&people::phone(1));
        assert!(texts.last().unwrap().contains("烟雾报警"), "{texts:?}");
        assert_eq!(texts.iter().filter(|text| text.contains("烟雾报警")).count(), 1);
        let alarms: Value = day.officer.get("/api/v1/station-alarms?lasting=true").await.ok();
        assert_eq!((alarms["total"].clone(), alarms["items"][0]["device"].clone()), (json!(1), json!("室内烟感")));
        let seen = json!({ "alarm_id": alarms["items"][0]["id"] });
        let path = format!("/api/v1/me/stations/{}/alarms", day.station);
        let first: Value = day.master.post(&path, &seen).await.ok();
        assert!(first["seen_by"].as_str().unwrap().contains('*'));
        // Who saw it first has seen it.
        app.pass(TimeDelta::minutes(1));
        assert_eq!(day.master.post(&path, &seen).await.ok::<Value>(), first);
        say(&app, "smoke/state", &json!({ "smoke": false })).await;
        let alarms: Value = day.officer.get("/api/v1/station-alarms?lasting=true").await.ok();
        assert_eq!(alarms["total"], 0);

        // Three come, one word is lost and one comes twice; two go.
        for (entered, left) in [(100, 98), (101, 98), (103, 98), (103, 98), (103, 100)] {
            say(&app, "count/state", &json!({ "entered": entered, "left": left })).await;
        }
        say(&app, "power/state", &json!({ "on": true })).await;
        let known = room(&mut day).await;
        assert_eq!((known["inside"].clone(), known["entered_today"].clone()), (json!(1), json!(3)));
        let power = known["devices"].as_array().unwrap().iter().find(|one| one["kind"] == "power").unwrap();
        let open = json!({ "device_id": power["id"], "kind": "open" });
        let order = format!("/api/v1/me/stations/{}/orders", day.station);
        assert_eq!(day.master.post(&order, &open).await.code(), "device_kind");
        let look = async || {
            kernel::outbox::schedule(app.house()).await.unwrap();
            app.settle().await;
        };
        app.pass(TimeDelta::minutes(40));
        say(&app, "count/state", &json!({ "entered": 103, "left": 100 })).await;
        look().await;
        assert_eq!(room(&mut day).await["openings"], json!([]), "somebody sits inside");
        say(&app, "count/state", &json!({ "entered": 103, "left": 103 })).await;
        app.pass(TimeDelta::minutes(31));
        say(&app, "count/state", &json!({ "entered": 103, "left": 103 })).await;
        look().await;
        app.pass(TimeDelta::minutes(1));
        look().await;
        let told = room(&mut day).await["openings"].clone();
        assert_eq!((told.as_array().unwrap().len(), told[0]["kind"].clone()), (1, json!("power_off")));
        // The smoke detector has said nothing for more than half an hour.
        day.officer.log_in("officer", PASSWORD).await;
        let silent: Value = day.officer.get("/api/v1/station-devices?wrong=true&kind=smoke").await.ok();
        assert_eq!(silent["items"][0]["alarms"], json!(["设备失联"]));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_refused_keeps_no_alarm_from_the_others() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
        let post = json!({ "person_id": found["items"][0]["id"], "role": "deputy" });
        let posted = day.officer.post(&format!("/api/v1/stations/{}/posts", day.station), &post).await;
        assert!(posted.status.is_success(), "{}", posted.json());
        let (master, deputy) = (people::phone(1), people::phone(2));
        let told = |phone: &str| app.sms().texts(phone).iter().filter(|text| text.contains("烟雾报警")).count();
        app.sms().refuse(&master);
        hear(app.house(), "niangjia/1/bt-001-smoke/state", b"{\"smoke\":true}").await.unwrap();
        app.settle().await;
        assert_eq!((told(&master), told(&deputy)), (0, 1));
        app.sms().take(&master);
        app.pass(TimeDelta::seconds(21));
        app.settle().await;
        assert_eq!((told(&master), told(&deputy)), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_alarm_that_lasts_calls_when_the_gateway_is_there_again_and_one_that_is_over_does_not() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        let master = people::phone(1);
        let told = || app.sms().texts(&master).iter().filter(|text| text.contains("烟雾报警")).count();
        let smoke = async |smoke: bool| {
            let state = json!({ "smoke": smoke }).to_string();
            hear(app.house(), "niangjia/1/bt-001-smoke/state", state.as_bytes()).await.unwrap();
        };
        let away = async || {
            for _ in 0..8 {
                app.settle().await;
                app.pass(TimeDelta::minutes(43));
            }
            app.sms().take(&master);
            app.settle().await;
        };
        app.sms().refuse(&master);
        smoke(true).await;
        away().await;
        assert_eq!(told(), 1);

        smoke(false).await;
        app.sms().refuse(&master);
        smoke(true).await;
        app.settle().await;
        smoke(false).await;
        away().await;
        assert_eq!(told(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_by_the_back_door_is_gone_and_what_was_missed_hides_nobody() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for (code, label) in [("bt-001-front", "前门计数器"), ("bt-001-back", "后门计数器")] {
            add(&mut day, code, "counter", label).await;
        }
        let count = async |code: &str, entered: i64, left: i64| {
            say(&app, &format!("{code}/state"), &json!({ "entered": entered, "left": left })).await;
        };
        for code in ["front", "back"] {
            count(code, 200, 0).await;
        }
        count("front", 205, 0).await;
        assert_eq!(room(&mut day).await["inside"], 5);
        // Everybody reads how crowded it is, in words; from a counter that is silent nobody knows.
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let near = "/api/v1/public/stations/nearest?longitude=110.0&latitude=40.6";
        assert_eq!(anybody.get(near).await.ok::<Value>()[0]["crowd"], "calm");
        count("front", 218, 0).await;
        assert_eq!(anybody.get(near).await.ok::<Value>()[0]["crowd"], "full");
        app.pass(TimeDelta::minutes(31));
        count("front", 218, 13).await;
        assert_eq!(anybody.get(near).await.ok::<Value>()[0]["crowd"], Value::Null);
        count("back", 200, 5).await;
        assert_eq!(room(&mut day).await["inside"], 0);
        // Two go whom nobody saw coming; whoever comes next is seen nevertheless.
        count("back", 200, 7).await;
        count("front", 219, 13).await;
        assert_eq!(room(&mut day).await["inside"], 1);
        // He left unseen: the master looks round and says so.
        let path = format!("/api/v1/me/stations/{}/vacate", day.station);
        assert_eq!(day.worker.post(&path, &json!({})).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.master.post(&path, &json!({})).await.ok::<Value>()["inside"], 0);
        count("front", 220, 13).await;
        assert_eq!(room(&mut day).await["inside"], 1);
    })
    .await;
}
