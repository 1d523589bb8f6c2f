//! Desks at a station: a time goes to one only, and what was said there is read by two only.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures::future::join_all;
use kernel::{Id, permission::LoggedIn};
use sea_orm::{ConnectionTrait, sea_query::Query};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    document::{document, operations},
    neighbour::is_endless,
    roles::{PASSWORD, officer},
    station_faults::stranger,
    stations::{Day, day, done, phone},
};

const SAID: &str = "欠薪两个月，建议先向劳动监察投诉";
const HOURS: [&str; 2] = ["09:30", "11:30"];

/// A desk for legal aid, each day from half past nine to half past eleven, half an hour each.
pub(crate) async fn desk(day: &mut Day) -> String {
    desk_of(day, "legal").await
}

/// The same of another kind.
pub(crate) async fn desk_of(day: &mut Day, kind: &str) -> String {
    desk_by(day, kind, "officer").await
}

/// The same, at which this officer advises.
async fn desk_by(day: &mut Day, kind: &str, adviser: &str) -> String {
    let advisers: Value = day.officer.get(&format!("/api/v1/stations/{}/desk-advisers", day.station)).await.ok();
    let adviser = advisers.as_array().unwrap().iter().find(|one| one["name"] == adviser).unwrap();
    let span = json!({ "opens": HOURS[0], "closes": HOURS[1] });
    let form = json!({
        "station_id": day.station, "kind": kind, "adviser_id": adviser["id"], "minutes": 30,
        "hours": { "week": vec![json!([span]); 7] }, "about": "带上劳动合同",
    });
    let mut strange = form.clone();
    strange["adviser_id"] = json!(Id(7));
    assert_eq!(day.officer.post("/api/v1/station-desks", &strange).await.json()["fields"][0]["field"], "adviser_id");
    let made: Value = day.officer.post("/api/v1/station-desks", &form).await.ok();
    assert_eq!(made["hours_text"], "每天 09:30-11:30");
    made["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn times(phone: &mut Client, desk: &str, day: usize) -> Vec<Value> {
    let shown: Value = phone.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
    let times = shown["days"][day]["times"].as_array().unwrap();
    times.iter().filter(|time| time["free"] == true).map(|time| time["starts_at"].clone()).collect()
}

pub(crate) async fn book(phone: &mut Client, desk: &str, starts_at: &Value) -> Answer {
    phone.post(&format!("/api/v1/me/station-desks/{desk}/book"), &json!({ "starts_at": starts_at })).await
}

/// A desk, and what the worker booked there: the first time of so many days ahead.
pub(crate) async fn desk_with_booking(day: &mut Day, ahead: usize) -> (String, Value) {
    let desk = desk(day).await;
    let free = times(&mut day.worker, &desk, ahead).await;
    let booked = book(&mut day.worker, &desk, &free[0]).await.ok();
    (desk, booked)
}

async fn change(phone: &mut Client, booking: &Value, way: &str, body: Value) -> Answer {
    phone.post(&format!("/api/v1/me/station-bookings/{}/{way}", booking["id"].as_str().unwrap()), &body).await
}

#[tokio::test]
async fn a_time_goes_to_one_and_comes_back_in_good_time() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let offered: Value = day.worker.get("/api/v1/me/station-desks?longitude=110.0&latitude=40.601").await.ok();
        assert_eq!((&offered[0]["id"], &offered[0]["kind_label"]), (&json!(desk), &json!("法律援助")));
        assert_eq!(offered[0]["metres"], 111);
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        assert_eq!(tomorrow.len(), 4);
        // Ten reach for one time.
        let mut hands = vec![day.worker.clone(), day.master.clone()];
        for n in 3..6 {
            let member = people::member(n, "courier", &day.county);
            assert!(day.officer.post("/api/v1/members", &member).await.status.is_success());
            hands.push(phone(&app, n).await);
        }
        let asked = hands.iter().chain(&hands).map(|hand| {
            let (mut hand, desk, time) = (hand.clone(), desk.clone(), tomorrow[0].clone());
            async move { book(&mut hand, &desk, &time).await.status.is_success() }
        });
        assert_eq!(join_all(asked).await.into_iter().filter(|got| *got).count(), 1);
        assert_eq!(times(&mut day.worker, &desk, 1).await, tomorrow[1..]);
        // Who has it may move it; another finds no such booking.
        let (mut owner, mut stranger) = (Vec::new(), Vec::new());
        for hand in &mut hands {
            let mine: Value = hand.get("/api/v1/me/station-bookings").await.ok();
            if mine == json!([]) { stranger.push(hand.clone()) } else { owner.push((hand.clone(), mine[0].clone())) }
        }
        let ((mut owner, booking), mut stranger) = (owner.remove(0), stranger.remove(0));
        assert_eq!(change(&mut stranger, &booking, "cancel", json!({})).await.status, StatusCode::NOT_FOUND);
        let moved: Value = change(&mut owner, &booking, "move", json!({ "starts_at": tomorrow[2] })).await.ok();
        assert_eq!(moved["starts_at"], tomorrow[2]);
        let night = json!({ "starts_at": "2026-07-02T15:00:00Z" });
        assert_eq!(change(&mut owner, &booking, "move", night).await.code(), "desk_time_gone");
        // Two at once at most.
        assert!(book(&mut owner, &desk, &tomorrow[0]).await.status.is_success());
        assert_eq!(book(&mut owner, &desk, &tomorrow[1]).await.code(), "desk_bookings_full");
        // An hour and a half before it begins it is too late.
        app.pass(TimeDelta::hours(24));
        assert_eq!(change(&mut owner, &booking, "cancel", json!({})).await.code(), "booking_late");
        app.pass(TimeDelta::hours(24));
        let next = times(&mut owner, &desk, 1).await;
        let booked: Value = book(&mut owner, &desk, &next[0]).await.ok();
        let cancelled: Value = change(&mut owner, &booked, "cancel", json!({})).await.ok();
        assert_eq!((&cancelled["state"], &cancelled["change_until"]), (&json!("cancelled"), &Value::Null));
        assert_eq!(change(&mut owner, &booked, "cancel", json!({})).await.code(), "booking_settled");
        let again: Value = book(&mut day.master, &desk, &next[0]).await.ok();
        // What the desk calls off says why.
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let closing = json!({ "reason": "律师出差" });
        let closed: Value = day.officer.post(&format!("/api/v1/station-desks/{desk}/close"), &closing).await.ok();
        assert_eq!((&closed["closed"], &closed["held"]), (&json!("律师出差"), &json!(0)));
        let mine: Value = day.master.get("/api/v1/me/station-bookings").await.ok();
        let one = mine.as_array().unwrap().iter().find(|one| one["id"] == again["id"]).unwrap();
        assert_eq!((&one["state"], &one["reason"]), (&json!("called_off"), &json!("律师出差")));
        app.settle().await;
        assert!(app.sms().texts(&people::phone(1)).last().unwrap().contains("律师出差"));
        assert_eq!(book(&mut day.worker, &desk, &next[1]).await.code(), "desk_closed");
        let shown: Value = day.worker.get("/api/v1/me/station-desks").await.ok();
        assert_eq!(shown, json!([]));
        drop(hands);
    })
    .await;
}

/// A desk at which the worker booked the first time of tomorrow and the master the first of the day after, with all of both.
async fn booked(day: &mut Day) -> (String, Vec<Value>, Vec<Value>) {
    let desk = desk(day).await;
    let (tomorrow, later) = (times(&mut day.worker, &desk, 1).await, times(&mut day.worker, &desk, 2).await);
    assert!(book(&mut day.worker, &desk, &tomorrow[0]).await.status.is_success());
    assert!(book(&mut day.master, &desk, &later[0]).await.status.is_success());
    (desk, tomorrow, later)
}

/// The worker's booking is called off for this reason, and he alone is told.
pub(crate) async fn is_called_off(app: &App, day: &mut Day, why: &str) {
    let told = |n| app.sms().texts(&people::phone(n)).into_iter().filter(|text| text.contains(why)).count();
    assert_eq!((told(1), told(2)), (0, 1));
    let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
    assert_eq!((&mine[0]["state"], &mine[0]["reason"]), (&json!("called_off"), &json!(why)));
    let copy: Value = day.worker.post("/api/v1/me/privacy/export", &json!({})).await.ok();
    let bookings = &copy["others"]["station_booking"];
    assert!(bookings["rows"].to_string().contains(why), "{bookings}");
    assert_eq!(bookings["columns"]["reason"], "窗口取消预约的原因");
}

#[tokio::test]
async fn who_booked_a_day_that_is_called_off_is_told_and_books_another() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (desk, tomorrow, later) = booked(&mut day).await;
        let to = format!("/api/v1/station-desks/{desk}");
        let off = json!({ "day": "2026-07-02", "reason": "律师开庭" });
        let past = json!({ "day": "2026-06-30", "reason": "律师开庭" });
        assert_eq!(day.officer.post(&format!("{to}/day-off"), &past).await.code(), "desk_day_past");
        let shown: Value = day.officer.post(&format!("{to}/day-off"), &off).await.ok();
        assert_eq!((&shown["days_off"], &shown["booked"]), (&json!([off]), &json!(1)));
        assert_eq!(day.officer.post(&format!("{to}/day-off"), &off).await.code(), "desk_day_off");
        app.settle().await;
        is_called_off(&app, &mut day, "律师开庭").await;
        // Nobody books that day, until it is given back.
        assert_eq!(book(&mut day.worker, &desk, &tomorrow[1]).await.code(), "desk_time_gone");
        assert_eq!(times(&mut day.worker, &desk, 1).await, later[1..]);
        let on = json!({ "day": "2026-07-02" });
        let shown: Value = day.officer.post(&format!("{to}/day-on"), &on).await.ok();
        assert_eq!(shown["days_off"], json!([]));
        assert_eq!(day.officer.post(&format!("{to}/day-on"), &on).await.code(), "desk_day_on");
        assert!(book(&mut day.worker, &desk, &tomorrow[0]).await.status.is_success());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_advised_on_a_day_on_which_the_station_is_closed() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (desk, tomorrow, later) = booked(&mut day).await;
        let open = json!({ "opens": "08:00", "closes": "18:00" });
        let exceptions = json!([
            { "day": "2026-07-02", "spans": [], "reason": "线路检修" },
            { "day": "2026-07-03", "spans": [open], "reason": null },
        ]);
        day.change(|form| form["hours"]["exceptions"] = exceptions).await;
        app.settle().await;
        is_called_off(&app, &mut day, "线路检修").await;
        assert_eq!(book(&mut day.worker, &desk, &tomorrow[1]).await.code(), "desk_time_gone");
        assert_eq!(times(&mut day.worker, &desk, 1).await, later[1..]);
    })
    .await;
}

/// What an officer is answered to every question that needs no key.
async fn everything(client: &mut Client) -> String {
    let mut all = String::new();
    for (method, path, _) in operations(&document()) {
        if method == "GET" && !path.contains('{') && !is_endless(&path) {
            all.push_str(&String::from_utf8_lossy(&client.get(&path).await.body));
        }
    }
    all
}

#[tokio::test]
async fn what_was_said_is_read_by_the_two_whom_it_concerns() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (desk, booked) = desk_with_booking(&mut day, 0).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        let later: Value = book(&mut day.worker, &desk, &tomorrow[0]).await.ok();
        let own = format!("/api/v1/station-consultations/{}", booked["id"].as_str().unwrap());
        let shown: Value = day.officer.get("/api/v1/station-consultations").await.ok();
        assert_eq!((shown.as_array().unwrap().len(), &shown[0]["state_label"]), (1, &json!("已预约")));
        assert!(shown[0]["name"].as_str().unwrap().contains('*'));

        let record = json!({ "text": SAID });
        let write =
            async |client: &mut Client| client.send_json(Method::PUT, &format!("{own}/record"), &[], &record).await;
        assert_eq!(write(&mut day.officer).await.code(), "consultation_not_held");
        let early = format!("/api/v1/station-consultations/{}/mark", later["id"].as_str().unwrap());
        assert_eq!(day.officer.post(&early, &json!({ "came": true })).await.code(), "consultation_early");
        let came = json!({ "came": true });
        assert_eq!(day.officer.post(&format!("{own}/mark"), &came).await.ok::<Value>()["state"], "held");
        assert_eq!(day.officer.post(&format!("{own}/mark"), &came).await.code(), "consultation_settled");
        assert_eq!(day.times("station_consultation").await, 1);
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let held =
            records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "station_consultation").unwrap();
        assert_eq!(held["place"]["name"], "东河驿站");
        assert!(write(&mut day.officer).await.status.is_success());

        // He who advised and he who was advised.
        let opened: Value = day.officer.post(&format!("{own}/open"), &json!({})).await.ok();
        assert_eq!(opened["text"], SAID);
        let seen: Value = day.worker.get("/api/v1/me/privacy").await.ok();
        let labels = [0, 1].map(|at| seen["looked"][at]["action_label"].clone());
        assert_eq!(labels, ["打开驿站咨询记录", "写驿站咨询记录"], "{seen}");
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        let records: Vec<&Value> = mine.as_array().unwrap().iter().map(|one| &one["record"]).collect();
        assert!(records.contains(&&json!(SAID)));
        // His copy of all that is kept has it, as the pages tell it, and no secret.
        let copy: Value = day.worker.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let bookings = copy["others"]["station_booking"]["rows"].as_array().unwrap();
        let booking = bookings.iter().find(|booking| booking["record"] == SAID).unwrap();
        assert_eq!((&booking["state"], &booking["station"]), (&json!("已咨询"), &json!("东河驿站")), "{copy}");
        assert!(booking["starts_at"].as_str().unwrap().ends_with("+08:00"), "{copy}");
        assert!(copy["others"]["session"]["rows"].is_array() && !copy["others"].to_string().contains("v1."), "{copy}");
        // Nobody else: not an officer with the same role, not the master, not by any list, and not in the database.
        let root: Value = day.officer.get("/api/v1/organisations?q=150000").await.ok();
        let root: Id = root["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let mut other = officer(&app, "other", "业务干部", root).await;
        for (way, body) in [("open", json!({})), ("mark", came.clone()), ("take-back", json!({ "reason": "看看" }))] {
            assert_eq!(other.post(&format!("{own}/{way}"), &body).await.status, StatusCode::NOT_FOUND, "{way}");
        }
        assert_eq!(write(&mut other).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get("/api/v1/station-consultations").await.ok::<Value>(), json!([]));
        assert_eq!(day.master.get("/api/v1/me/station-bookings").await.ok::<Value>(), json!([]));
        let mut auditor = officer(&app, "auditor", "审计管理员", root).await;
        for client in [&mut other, &mut day.officer, &mut day.master, &mut auditor] {
            assert!(!everything(client).await.contains("欠薪"));
        }
        let column = Query::select().column("record_sealed").from("station_booking").to_owned();
        let kept = app.caller::<LoggedIn>().read().query_all(&column).await.unwrap();
        let kept: Vec<Option<String>> = kept.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(kept.iter().flatten().count(), 1);
        assert!(kept.iter().flatten().all(|text| text.starts_with("v1.") && !text.contains("欠薪")), "{kept:?}");

        // Taken back, the fact counts no more and what was written is gone.
        let why = json!({ "reason": "点错了人" });
        let back: Value = day.officer.post(&format!("{own}/take-back"), &why).await.ok();
        assert_eq!((&back["state"], &back["recorded_at"]), (&json!("booked"), &Value::Null));
        assert_eq!(day.times("station_consultation").await, 0);
        assert_eq!(day.officer.post(&format!("{own}/open"), &json!({})).await.ok::<Value>()["text"], "");
        // Whoever may still come in time has missed nothing.
        let stayed = json!({ "came": false });
        assert_eq!((&back["due"], &back["begun"]), (&json!(true), &json!(false)));
        assert_eq!(day.officer.post(&format!("{own}/mark"), &stayed).await.code(), "consultation_not_begun");
        app.pass(TimeDelta::minutes(30));
        done(&day.officer.log_in("officer", PASSWORD).await);
        let missed: Value = day.officer.post(&format!("{own}/mark"), &stayed).await.ok();
        assert_eq!((&missed["state_label"], &missed["begun"]), (&json!("未到"), &json!(true)));
        assert_eq!(day.times("station_consultation").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_is_not_marked_on_his_day_waits_until_he_is() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (_, booked) = desk_with_booking(&mut day, 0).await;
        let unmarked = "/api/v1/station-consultations?unmarked=true";
        assert_eq!(day.officer.get(unmarked).await.ok::<Value>(), json!([]));
        app.pass(TimeDelta::days(3));
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.officer.get("/api/v1/station-consultations").await.ok::<Value>(), json!([]));
        let shown: Value = day.officer.get(unmarked).await.ok();
        assert_eq!((shown.as_array().unwrap().len(), &shown[0]["id"]), (1, &booked["id"]));
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[0]["state"], &mine[0]["state_label"]), (&json!("booked"), &json!("已过预约时间")));
        let mark = format!("/api/v1/station-consultations/{}/mark", booked["id"].as_str().unwrap());
        done(&day.officer.post(&mark, &json!({ "came": true })).await);
        assert_eq!(day.officer.get(unmarked).await.ok::<Value>(), json!([]));
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!(mine[0]["state_label"], "已咨询");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_at_two_desks_at_once_and_what_is_over_is_not_called_off() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        officer(&app, "lawyer", "业务干部", day.county.parse().unwrap()).await;
        let (one, other) = (desk(&mut day).await, desk_by(&mut day, "job", "lawyer").await);
        let today = times(&mut day.worker, &one, 0).await;
        done(&book(&mut day.worker, &one, &today[0]).await);
        assert_eq!(book(&mut day.worker, &other, &today[0]).await.code(), "desk_time_twice");
        done(&book(&mut day.worker, &other, &today[1]).await);
        // Whether he came is still to be said when the desk closes.
        app.pass(TimeDelta::hours(2));
        done(&day.officer.log_in("officer", PASSWORD).await);
        let closing = json!({ "reason": "律师出差" });
        let closed: Value = day.officer.post(&format!("/api/v1/station-desks/{one}/close"), &closing).await.ok();
        assert_eq!(closed["booked"], 0, "nobody is still to come");
        let mine: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[1]["starts_at"], &mine[1]["state"]), (&today[0], &json!("booked")), "{mine}");
    })
    .await;
}

#[tokio::test]
async fn who_takes_a_desk_over_has_what_is_to_come_and_learns_nothing_of_who_was_there() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        officer(&app, "lawyer", "业务干部", day.county.parse().unwrap()).await;
        let desk = desk(&mut day).await;
        let (today, tomorrow) = (times(&mut day.worker, &desk, 0).await, times(&mut day.worker, &desk, 1).await);
        let was: Value = book(&mut day.worker, &desk, &today[0]).await.ok();
        done(&book(&mut day.worker, &desk, &tomorrow[0]).await);
        app.pass(TimeDelta::hours(2));
        done(&day.officer.log_in("officer", PASSWORD).await);
        let advisers: Value = day.officer.get(&format!("/api/v1/stations/{}/desk-advisers", day.station)).await.ok();
        let lawyer = advisers.as_array().unwrap().iter().find(|one| one["name"] == "lawyer").unwrap();
        let path = format!("/api/v1/station-desks/{desk}");
        let mut form: Value = day.officer.get(&path).await.ok();
        form["adviser_id"] = lawyer["id"].clone();
        done(&day.officer.put(&path, &form).await);

        // Whether he came is still said by who sat there.
        let mut lawyer = Client::new(server::router(app.house()).unwrap());
        done(&lawyer.log_in("lawyer", PASSWORD).await);
        let mark = format!("/api/v1/station-consultations/{}/mark", was["id"].as_str().unwrap());
        let came = json!({ "came": true });
        assert_eq!(lawyer.post(&mark, &came).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.officer.post(&mark, &came).await.ok::<Value>()["state"], "held");
        let of = |day: &str| format!("/api/v1/station-consultations?day={day}");
        for (day, theirs) in [("2026-07-01", 0), ("2026-07-02", 1)] {
            let shown: Value = lawyer.get(&of(day)).await.ok();
            assert_eq!(shown.as_array().unwrap().len(), theirs, "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_made_nameless_frees_the_time_that_he_booked() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let (person, mut phone) = stranger(&app, 3, &day.county).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        done(&book(&mut phone, &desk, &tomorrow[0]).await);
        assert_eq!(times(&mut day.worker, &desk, 1).await, tomorrow[1..]);
        app.erase(person).await;
        assert_eq!(times(&mut day.worker, &desk, 1).await, tomorrow);
    })
    .await;
}

#[tokio::test]
async fn a_desk_whose_adviser_may_advise_no_more_offers_no_time() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        officer(&app, "lawyer", "业务干部", day.county.parse().unwrap()).await;
        let desk = desk_by(&mut day, "legal", "lawyer").await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        let path = format!("/api/v1/station-desks/{desk}");
        let away = "DELETE FROM account_grant WHERE account_id IN (SELECT id FROM account WHERE username = 'lawyer')";
        for (lost, seated) in [
            ("", true),
            ("UPDATE account SET enabled = FALSE WHERE username = 'lawyer'", false),
            ("UPDATE account SET enabled = TRUE WHERE username = 'lawyer'", true),
            (away, false),
        ] {
            if !lost.is_empty() {
                app.write(lost).await;
            }
            let shown: Value = day.officer.get(&path).await.ok();
            let offered: Value = day.worker.get("/api/v1/me/station-desks").await.ok();
            assert_eq!((&shown["seated"], offered.as_array().unwrap().len()), (&json!(seated), usize::from(seated)));
            let vacant: Value = day.officer.get("/api/v1/station-desks?vacant=true").await.ok();
            assert_eq!(vacant["total"], u64::from(!seated));
        }
        let shown: Value = day.worker.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
        assert_eq!((&shown["next_free"], &shown["days"]), (&Value::Null, &json!([])));
        assert_eq!(book(&mut day.worker, &desk, &tomorrow[0]).await.code(), "desk_closed");
        // Nor is whoever comes unannounced sent to him.
        app.pass(TimeDelta::minutes(35));
        let desks: Value = day.master.get(&format!("/api/v1/me/stations/{}/desks", day.station)).await.ok();
        assert_eq!((&desks[0]["id"], &desks[0]["starts_at"]), (&json!(desk), &Value::Null));
    })
    .await;
}
