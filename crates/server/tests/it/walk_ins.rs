//! Who comes to a desk without having booked takes the time that has begun, and counts once.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{
    audit,
    permission::LoggedIn,
    rulebook::{self, NewRulePack},
};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::{Answer, App, people};

use crate::{
    consult::{book, desk, desk_with_booking, is_called_off, times},
    roles::{PASSWORD, officer},
    stations::{Day, day, done},
};

const OWN: &str = "/api/v1/station-consultations";

/// Half an hour later; officers log in again.
async fn later(app: &App, day: &mut Day) {
    app.pass(TimeDelta::minutes(30));
    done(&day.officer.log_in("officer", PASSWORD).await);
}

async fn by_adviser(day: &mut Day, walk_in: Value) -> Answer {
    day.officer.post(&format!("{OWN}/walk-ins"), &walk_in).await
}

#[tokio::test]
async fn who_comes_unannounced_takes_the_time_of_now_and_counts_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let today = times(&mut day.master, &desk, 0).await;
        assert!(book(&mut day.master, &desk, &today[2]).await.status.is_success());
        // At nine nobody sits there yet.
        let nobody = json!({ "desk_id": desk });
        assert_eq!(by_adviser(&mut day, nobody.clone()).await.code(), "desk_now_taken");
        app.pass(TimeDelta::minutes(5));
        later(&app, &mut day).await;
        let desks: Value = day.officer.get(&format!("{OWN}/desks")).await.ok();
        assert_eq!((&desks[0]["id"], &desks[0]["starts_at"]), (&json!(desk), &json!("2026-07-01T09:30:00+08:00")));
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let came = by_adviser(&mut day, json!({ "desk_id": desk, "code": code["text"] })).await;
        assert_eq!(came.status, StatusCode::CREATED, "{}", came.json());
        let came = came.json();
        assert!(came["name"].as_str().unwrap().contains('*'), "{came}");
        assert_eq!((day.times("station_consultation").await, day.times("station_service").await), (1, 0));
        assert_eq!(by_adviser(&mut day, nobody.clone()).await.code(), "desk_now_taken");
        // He reads what was said as who had booked does.
        let record = json!({ "text": "建议先向劳动监察投诉" });
        let path = format!("{OWN}/{}/record", came["id"].as_str().unwrap());
        done(&day.officer.send_json(Method::PUT, &path, &[], &record).await);
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[0]["state"], &mine[0]["record"]), (&json!("held"), &record["text"]));

        // Half an hour later he has been there, and the master writes down one whom nobody knows.
        later(&app, &mut day).await;
        let again = json!({ "desk_id": desk, "phone": people::phone(2) });
        assert_eq!(by_adviser(&mut day, again).await.code(), "walk_in_booked");
        let desks: Value = day.master.get(&format!("{here}/desks")).await.ok();
        assert_eq!(desks[0]["starts_at"], "2026-07-01T10:00:00+08:00");
        let tally = json!({ "desk_id": desk, "group": "courier" });
        let foreign = day.worker.post(&format!("{here}/walk-ins"), &tally).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let taken = day.master.post(&format!("{here}/walk-ins"), &tally).await;
        assert_eq!((taken.status, &taken.json()["name"]), (StatusCode::CREATED, &Value::Null), "{}", taken.json());
        assert_eq!(day.times("station_consultation").await, 2);

        // Who booked the next time has it, until he does not come.
        later(&app, &mut day).await;
        assert_eq!(by_adviser(&mut day, nobody.clone()).await.code(), "desk_now_taken");
        let shown: Value = day.officer.get(OWN).await.ok();
        assert_eq!((&shown[1]["name"], &shown[1]["walked_in"]), (&json!("不记名"), &json!(true)));
        let record = format!("{OWN}/{}/record", shown[1]["id"].as_str().unwrap());
        let told = day.officer.send_json(Method::PUT, &record, &[], &json!({ "text": "欠薪三个月" })).await;
        assert_eq!((&shown[1]["nameless"], told.code()), (&json!(true), "consultation_nameless".to_owned()));
        assert_eq!((&shown[2]["state"], &shown[2]["walked_in"]), (&json!("booked"), &json!(false)));
        let mark = format!("{OWN}/{}/mark", shown[2]["id"].as_str().unwrap());
        done(&day.officer.post(&mark, &json!({ "came": false })).await);
        let unknown = json!({ "desk_id": desk, "phone": people::phone(77) });
        let taken = by_adviser(&mut day, unknown).await;
        assert_eq!((taken.status, &taken.json()["name"]), (StatusCode::CREATED, &Value::Null));
        assert_eq!(day.times("station_consultation").await, 3);
        // Taken back, the time is free.
        let back = format!("{OWN}/{}/take-back", taken.json()["id"].as_str().unwrap());
        let back: Value = day.officer.post(&back, &json!({ "reason": "点错了" })).await.ok();
        assert_eq!((&back["state"], day.times("station_consultation").await), (&json!("cancelled"), 2));
        done(&by_adviser(&mut day, nobody.clone()).await);

        let root: Value = day.officer.get("/api/v1/organisations?q=150000").await.ok();
        let root = root["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let mut other = officer(&app, "other", "业务干部", root).await;
        assert_eq!(other.post(&format!("{OWN}/walk-ins"), &nobody).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_advises_sees_the_days_to_come_desk_by_desk() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (one, two) = (desk(&mut day).await, desk(&mut day).await);
        for (desk, ahead) in [(&one, 1), (&two, 3)] {
            let free = times(&mut day.worker, desk, ahead).await;
            assert!(book(&mut day.worker, desk, &free[0]).await.status.is_success());
        }
        let of_two = format!("?days=14&desk={two}");
        for (asked, days) in [
            ("", vec![]),
            ("?days=3", vec!["2026-07-02"]),
            ("?days=14", vec!["2026-07-02", "2026-07-04"]),
            ("?day=2026-07-03&days=14", vec!["2026-07-04"]),
            (of_two.as_str(), vec!["2026-07-04"]),
        ] {
            let shown: Value = day.officer.get(&format!("{OWN}{asked}")).await.ok();
            let told: Vec<&str> =
                shown.as_array().unwrap().iter().map(|one| &one["starts_at"].as_str().unwrap()[..10]).collect();
            assert_eq!(told, days, "{asked}");
        }
    })
    .await;
}

/// Miss, come, take back: each three of them follow one another somewhere.
const THREES: &str = "mmmcmmbmccmcbmbcmbbcccbcbbbmm";
/// The same of each two.
const PAIRS: &str = "mcmbccbbmm";

/// Whatever is done in whatever order for one person, one desk and one time, whether he booked it or not: he stands there once
/// at most, and counts as often as it says that he was advised.
#[tokio::test]
async fn who_missed_his_time_and_comes_after_all_stands_there_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let today = times(&mut day.worker, &desk, 0).await;
        let booked: Value = book(&mut day.worker, &desk, &today[0]).await.ok();
        let back = json!({ "reason": "点错了" });
        app.pass(TimeDelta::minutes(5));
        for (time, n, acts) in [(&today[0], 2, THREES), (&today[1], 1, PAIRS)] {
            later(&app, &mut day).await;
            let who = json!({ "desk_id": desk, "phone": people::phone(n) });
            let mut living = Value::Null;
            for act in acts.chars() {
                let row = format!("{OWN}/{}", living["id"].as_str().unwrap_or("7"));
                match act {
                    'm' => day.officer.post(&format!("{row}/mark"), &json!({ "came": false })).await,
                    'c' => by_adviser(&mut day, who.clone()).await,
                    _ => day.officer.post(&format!("{row}/take-back"), &back).await,
                };
                let shown: Value = day.officer.get(OWN).await.ok();
                let all = shown.as_array().unwrap();
                let here: Vec<&Value> =
                    all.iter().filter(|one| one["starts_at"] == *time && one["state"] != "cancelled").collect();
                assert!(here.len() <= 1, "{act}: {shown}");
                let held = all.iter().filter(|one| one["state"] == "held").count() as i64;
                assert_eq!(day.times("station_consultation").await, held, "{act}: {shown}");
                living = here.first().map_or(Value::Null, |one| (*one).clone());
            }
        }

        // Who booked has missed it in the end. An hour later he is still the one who booked, and the time of now is his.
        later(&app, &mut day).await;
        let who = json!({ "desk_id": desk, "phone": people::phone(2) });
        let came: Value = by_adviser(&mut day, who).await.ok();
        assert_eq!((&came["id"], &came["starts_at"]), (&booked["id"], &today[2]));
        assert_eq!(by_adviser(&mut day, json!({ "desk_id": desk })).await.code(), "desk_now_taken");
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[0]["state"], &mine[1]), (&json!("held"), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn who_comes_later_than_he_booked_keeps_the_time_that_he_booked() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        app.pass(TimeDelta::minutes(5));
        later(&app, &mut day).await;
        // He books ten o'clock at 9:35; then hours are told instead of half hours, so that the time of now began before that.
        let today = times(&mut day.worker, &desk, 0).await;
        let booked: Value = book(&mut day.worker, &desk, &today[0]).await.ok();
        let path = format!("/api/v1/station-desks/{desk}");
        let mut form: Value = day.officer.get(&path).await.ok();
        form["minutes"] = json!(60);
        done(&day.officer.put(&path, &form).await);
        later(&app, &mut day).await;
        let mark = format!("{OWN}/{}/mark", booked["id"].as_str().unwrap());
        done(&day.officer.post(&mark, &json!({ "came": false })).await);

        let here = format!("/api/v1/me/stations/{}", day.station);
        let who = json!({ "desk_id": desk, "phone": people::phone(2) });
        let late: Value = day.master.post(&format!("{here}/walk-ins"), &who).await.ok();
        assert_eq!((&late["id"], &late["starts_at"]), (&booked["id"], &json!("2026-07-01T09:30:00+08:00")));
        let shown: Value = day.officer.get(OWN).await.ok();
        assert_eq!((&shown[0]["state"], &shown[0]["walked_in"]), (&json!("held"), &json!(false)));

        let back = json!({ "walk_in_id": late["id"], "reason": "认错了人" });
        done(&day.master.post(&format!("{here}/walk-in-take-back"), &back).await);
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[0]["state"], &mine[0]["starts_at"]), (&json!("missed"), &booked["starts_at"]));
        assert_eq!(mine[0]["ends_at"], booked["ends_at"]);
    })
    .await;
}

#[tokio::test]
async fn who_wrote_somebody_down_takes_it_back_on_the_same_day() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (desk, booked) = desk_with_booking(&mut day, 1).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let (walk_ins, take_back) = (format!("{here}/walk-ins"), format!("{here}/walk-in-take-back"));
        let who = json!({ "desk_id": desk, "phone": people::phone(2) });
        let back = |of: &Value| json!({ "walk_in_id": of["id"], "reason": "号码按错了" });
        app.pass(TimeDelta::minutes(5));
        later(&app, &mut day).await;

        // Names that are masked alike are told apart by the number, masked as well.
        let phone = people::phone(2);
        let wrong: Value = day.master.post(&walk_ins, &who).await.ok();
        assert_eq!(wrong["phone"], json!(format!("{}****{}", &phone[..3], &phone[7..])));
        let mine: Value = day.master.get(&walk_ins).await.ok();
        assert_eq!((&mine[0], &mine[1]), (&wrong, &Value::Null));
        assert_eq!(day.worker.post(&take_back, &back(&wrong)).await.status, StatusCode::NOT_FOUND);
        let taken: Value = day.master.post(&take_back, &back(&wrong)).await.ok();
        assert_eq!((&taken["taken_back"], day.times("station_consultation").await), (&json!("号码按错了"), 0));
        assert_eq!(day.master.post(&take_back, &back(&wrong)).await.code(), "consultation_not_marked");
        // The adviser reads why; whoever was never there reads nothing of it.
        let shown: Value = day.officer.get(OWN).await.ok();
        assert_eq!((&shown[0]["state_label"], &shown[0]["reason"]), (&json!("已撤回"), &json!("号码按错了")));
        let of_his: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&of_his[0]["id"], &of_his[1]), (&booked["id"], &Value::Null));
        let copy: Value = day.worker.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let bookings = &copy["others"]["station_booking"];
        assert_eq!(bookings["rows"].as_array().unwrap().len(), 2, "{copy}");
        assert!(!bookings.to_string().contains("号码按错了"), "{bookings}");

        // The time is free. What the adviser wrote of it stays until he himself takes it back.
        let came: Value = day.master.post(&walk_ins, &who).await.ok();
        let own = format!("{OWN}/{}", came["id"].as_str().unwrap());
        done(&day.officer.send_json(Method::PUT, &format!("{own}/record"), &[], &json!({ "text": "欠薪" })).await);
        assert_eq!(day.master.post(&take_back, &back(&came)).await.code(), "walk_in_written");
        done(&day.officer.post(&format!("{own}/take-back"), &json!({ "reason": "没有来" })).await);
        // Whom the adviser wrote down is none of the master's.
        let of_adviser = by_adviser(&mut day, who.clone()).await.json();
        assert_eq!(day.master.post(&take_back, &back(&of_adviser)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.master.get(&walk_ins).await.ok::<Vec<Value>>().len(), 2);

        // On the next day it is too late; who had missed his time has missed it again.
        app.pass(TimeDelta::hours(24));
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.master.post(&take_back, &back(&came)).await.code(), "walk_in_not_today");
        let own = format!("{OWN}/{}", booked["id"].as_str().unwrap());
        done(&day.officer.post(&format!("{own}/mark"), &json!({ "came": false })).await);
        let late: Value = day.master.post(&walk_ins, &who).await.ok();
        done(&day.master.post(&take_back, &back(&late)).await);
        let shown: Value = day.officer.get(OWN).await.ok();
        assert_eq!((&late["id"], &shown[0]["state"]), (&booked["id"], &json!("missed")));
        assert_eq!(day.master.get(&walk_ins).await.ok::<Value>(), json!([]));
        done(&day.master.post(&walk_ins, &json!({ "desk_id": desk })).await);
    })
    .await;
}

#[tokio::test]
async fn who_keeps_the_station_does_not_learn_by_numbers_who_booked_at_a_desk() {
    App::each(&server::programmes(), async |app| {
        let most = NewRulePack {
            code: "people.misses_an_hour".into(),
            region: String::new(),
            valid_from: "2026-01-01".parse().unwrap(),
            valid_to: None,
            value: 3,
            source: "测试".into(),
        };
        let mut day = day(&app).await;
        rulebook::set_pack(&app.caller(), &most).await.unwrap();
        let desk = desk(&mut day).await;
        let today = times(&mut day.worker, &desk, 0).await;
        done(&book(&mut day.worker, &desk, &today[3]).await);
        app.pass(TimeDelta::minutes(5));
        later(&app, &mut day).await;
        let walk_ins = format!("/api/v1/me/stations/{}/walk-ins", day.station);
        let by_phone = |n: u32| json!({ "desk_id": desk, "phone": people::phone(n) });
        // One who booked for later reads like one whom nobody knows.
        for n in [2, 77, 2] {
            let told = day.master.post(&walk_ins, &by_phone(n)).await;
            let field = told.json()["fields"][0].clone();
            assert_eq!((told.status.as_u16(), &field["code"]), (422, &json!("not_by_phone")), "{n}: {field}");
        }
        assert_eq!(day.master.get(&walk_ins).await.ok::<Value>(), json!([]));
        let tried = audit::Entity::find().filter(audit::Column::Action.eq("station_consultations.try_phone"));
        let tried = tried.all(app.caller::<LoggedIn>().read()).await.unwrap();
        assert_eq!(tried.len(), 3);
        assert!(tried.iter().all(|one| !one.detail.contains(&people::phone(2))));
        // So often in an hour, and no more, whatever the number is.
        for n in [1, 2, 77] {
            assert_eq!(day.master.post(&walk_ins, &by_phone(n)).await.code(), "too_many_misses", "{n}");
        }
        // Who has the list is told, and so is whoever shows his code; without a name and an hour later by phone it goes on.
        assert_eq!(by_adviser(&mut day, by_phone(2)).await.code(), "walk_in_booked");
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let code = json!({ "desk_id": desk, "code": code["text"] });
        assert_eq!(day.master.post(&walk_ins, &code).await.code(), "walk_in_booked");
        done(&day.master.post(&walk_ins, &json!({ "desk_id": desk })).await);
        later(&app, &mut day).await;
        later(&app, &mut day).await;
        let came: Value = day.master.post(&walk_ins, &by_phone(1)).await.ok();
        assert!(came["name"].is_string(), "{came}");
        // Whom he wrote down himself he knows: his number is none that was tried.
        assert_eq!(day.master.post(&walk_ins, &by_phone(1)).await.code(), "desk_now_taken");
    })
    .await;
}

#[tokio::test]
async fn who_came_early_by_mistake_is_told_that_the_day_was_called_off_meanwhile() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (desk, booked) = desk_with_booking(&mut day, 0).await;
        let own = format!("{OWN}/{}", booked["id"].as_str().unwrap());
        done(&day.officer.post(&format!("{own}/mark"), &json!({ "came": true })).await);
        let off = json!({ "day": "2026-07-01", "reason": "律师开庭" });
        done(&day.officer.post(&format!("/api/v1/station-desks/{desk}/day-off"), &off).await);
        let back: Value = day.officer.post(&format!("{own}/take-back"), &json!({ "reason": "点错了人" })).await.ok();
        assert_eq!((&back["state"], &back["reason"]), (&json!("called_off"), &json!("律师开庭")));
        assert_eq!(day.times("station_consultation").await, 0);
        app.settle().await;
        is_called_off(&app, &mut day, "律师开庭").await;
    })
    .await;
}
