//! Shifts at a station: never more volunteers than are wanted, a place is handed over at once, and hours are confirmed by
//! another than who helped.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures::future::join_all;
use kernel::{Id, permission::LoggedIn};
use serde_json::{Value, json};
use station::roster::persons::forget;
use testing::{Answer, App, Client, people};

use crate::{
    region_terms::told,
    roles::PASSWORD,
    stations::{Day, day, done, phone},
};

/// Two hours this afternoon; the house's clock stands at nine.
pub(crate) fn afternoon(wanted: i64) -> Value {
    json!({
        "day": "2026-07-01", "from_hour": 14, "until_hour": 16, "task": "整理图书，引导骑手", "wanted": wanted, "guided": true,
    })
}

pub(crate) async fn put_up(day: &mut Day, form: &Value) -> String {
    let path = format!("/api/v1/me/stations/{}/shifts", day.station);
    let made: Value = day.master.post(&path, form).await.ok();
    made[0]["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn act(phone: &mut Client, shift: &str, way: &str) -> Answer {
    phone.post(&format!("/api/v1/me/station-shifts/{shift}/{way}"), &json!({ "offered": true })).await
}

async fn offered(phone: &mut Client) -> Value {
    phone.get("/api/v1/me/station-shifts?longitude=110.0&latitude=40.601").await.ok()
}

/// More phones of members.
async fn hands(app: &App, day: &mut Day, many: std::ops::Range<u32>) -> Vec<Client> {
    let mut hands = Vec::new();
    for n in many {
        let member = people::member(n, "courier", &day.county);
        assert!(day.officer.post("/api/v1/members", &member).await.status.is_success());
        hands.push(phone(app, n).await);
    }
    hands
}

#[tokio::test]
async fn a_weekly_roster_that_runs_out_is_told_until_it_goes_on() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let until = async |day: &mut Day| day.master.get(&here).await.ok::<Value>()["roster_until"].clone();
        let put = async |day: &mut Day, on: &str, weeks: u64| {
            let mut form = afternoon(2);
            (form["day"], form["weeks"]) = (json!(on), json!(weeks));
            done(&day.master.post(&format!("{here}/shifts"), &form).await);
        };
        // A single one is no roster, be it near or far.
        put(&mut day, "2026-07-03", 1).await;
        put(&mut day, "2026-09-01", 1).await;
        assert_eq!(until(&mut day).await, Value::Null);
        put(&mut day, "2026-07-01", 3).await;
        assert_eq!(until(&mut day).await, Value::Null);
        app.pass(TimeDelta::days(7));
        day.master = phone(&app, 1).await;
        assert_eq!(until(&mut day).await, "2026-07-15");
        app.pass(TimeDelta::days(9));
        day.master = phone(&app, 1).await;
        assert_eq!(until(&mut day).await, "2026-07-15", "also when it has run out");
        put(&mut day, "2026-07-22", 4).await;
        assert_eq!(until(&mut day).await, Value::Null);
        // Nobody is told for ever of what was given up.
        app.pass(TimeDelta::days(60));
        day.master = phone(&app, 1).await;
        assert_eq!(until(&mut day).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn never_more_than_are_wanted_and_a_place_has_one_owner() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = put_up(&mut day, &afternoon(2)).await;
        let shown = offered(&mut day.worker).await;
        assert_eq!((&shown[0]["id"], &shown[0]["metres"], &shown[0]["free"]), (&json!(shift), &json!(111), &json!(true)));
        assert_eq!(shown[0]["leave_until"], Value::Null, "it is told before that nobody just withdraws any more");
        // Six reach for two places, each twice.
        let mut all = vec![day.worker.clone()];
        all.extend(hands(&app, &mut day, 3..8).await);
        let asked = all.iter().chain(&all).map(|hand| {
            let (mut hand, shift) = (hand.clone(), shift.clone());
            async move { act(&mut hand, &shift, "join").await.status.is_success() }
        });
        assert_eq!(join_all(asked).await.into_iter().filter(|got| *got).count(), 2);
        let (mut owners, mut others) = (Vec::new(), Vec::new());
        for hand in &mut all {
            let mine: Value = hand.get("/api/v1/me/station-volunteering").await.ok();
            if mine["shifts"] == json!([]) { others.push(hand.clone()) } else { owners.push(hand.clone()) }
        }
        assert_eq!(owners.len(), 2);
        assert_eq!(act(&mut others[0], &shift, "join").await.code(), "shift_full");
        assert_eq!(act(&mut others[0], &shift, "take-over").await.code(), "shift_not_offered");
        assert_eq!(offered(&mut others[0]).await, json!([]));
        // Five hours before it begins nobody just withdraws.
        assert_eq!(act(&mut owners[0], &shift, "leave").await.code(), "shift_too_late");
        assert!(act(&mut owners[0], &shift, "offer").await.status.is_success());
        assert_eq!(offered(&mut others[0]).await[0]["free"], false);
        let asked = others.iter().map(|hand| {
            let (mut hand, shift) = (hand.clone(), shift.clone());
            async move { act(&mut hand, &shift, "take-over").await.status.is_success() }
        });
        assert_eq!(join_all(asked).await.into_iter().filter(|got| *got).count(), 1);
        let gone: Value = owners[0].get("/api/v1/me/station-volunteering").await.ok();
        assert_eq!(gone["shifts"], json!([]));
        let path = format!("/api/v1/station-shifts/{shift}");
        let seen: Value = day.officer.get(&path).await.ok();
        assert_eq!((&seen["signed"], &seen["on_duty"]), (&json!(2), &Value::Null));
        app.settle().await;
        let told = (2..8).filter_map(|n| app.sms().last_text(&people::phone(n))).filter(|text| text.contains("接替")).count();
        assert_eq!(told, 1, "who handed it over is told, and nobody else");

        // Who signed up keeps his time: the shift is called off instead, and both are told.
        let later = json!({ "shift_id": shift, "day": "2026-07-02", "from_hour": 14, "until_hour": 16, "task": "整理图书", "wanted": 2 });
        let to = format!("/api/v1/me/stations/{}/shifts", day.station);
        let moved = day.master.send_json(Method::PUT, &to, &[("if-match", "\"1\"")], &later).await;
        assert_eq!(moved.code(), "shift_has_volunteers");
        let mut fewer = afternoon(1);
        fewer["shift_id"] = json!(shift);
        let fewer = day.master.send_json(Method::PUT, &to, &[("if-match", "\"1\"")], &fewer).await;
        assert_eq!(fewer.code(), "shift_has_volunteers");
        let stranger = day.worker.post(&to, &afternoon(1)).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND);
        let off = json!({ "shift_id": shift, "reason": "驿站停电" });
        let done: Value = day.master.post(&format!("/api/v1/me/stations/{}/shift-off", day.station), &off).await.ok();
        assert_eq!(done["off"], "驿站停电");
        app.settle().await;
        let told = (2..8).filter_map(|n| app.sms().last_text(&people::phone(n))).filter(|text| text.contains("驿站停电")).count();
        assert_eq!(told, 2);
        let mine: Value = owners[1].get("/api/v1/me/station-volunteering").await.ok();
        assert_eq!((&mine["shifts"][0]["off"], &mine["shifts"][0]["may_offer"]), (&json!("驿站停电"), &json!(false)));
        assert_eq!(act(&mut owners[0], &shift, "join").await.code(), "shift_over");
    })
    .await;
}

#[tokio::test]
async fn the_roster_keeps_time_and_newcomers_are_not_alone() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let to = format!("/api/v1/me/stations/{}/shifts", day.station);
        // Weekly for three weeks in the console; the same person on duty can't stand elsewhere then.
        let roster: Value = day.master.get(&to).await.ok();
        let duty = json!({
            "station_id": day.station, "day": "2026-07-01", "from_hour": 8, "until_hour": 12, "task": "开站值守", "weeks": 3,
            "post_id": roster["posts"][0]["code"],
        });
        let made: Value = day.officer.post("/api/v1/station-shifts", &duty).await.ok();
        assert_eq!(made.as_array().unwrap().len(), 3);
        assert_eq!((&made[2]["day"], &made[2]["wanted"]), (&json!("2026-07-15"), &json!(0)));
        assert!(made[0]["on_duty"].as_str().unwrap().starts_with("站长 "));
        assert_eq!(day.officer.post("/api/v1/station-shifts", &duty).await.code(), "shift_busy");
        let mut strange = duty.clone();
        strange["post_id"] = json!("7");
        let wrong = day.officer.post("/api/v1/station-shifts", &strange).await.json();
        assert_eq!(wrong["fields"][0]["field"], "post_id");
        let listed: Value = day.officer.get("/api/v1/station-shifts?duty=true&limit=2").await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["day"]), (&json!(3), &json!("2026-07-15")));
        let next = format!("/api/v1/station-shifts?duty=true&limit=2&cursor={}", listed["next"].as_str().unwrap());
        let listed: Value = day.officer.get(&next).await.ok();
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["day"]), (1, &json!("2026-07-01")));
        // What is to come begins with the next day, and goes on page by page.
        let coming = "/api/v1/station-shifts?duty=true&over=false&limit=2";
        let listed: Value = day.officer.get(coming).await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["day"]), (&json!(3), &json!("2026-07-01")));
        let next = format!("{coming}&cursor={}", listed["next"].as_str().unwrap());
        let listed: Value = day.officer.get(&next).await.ok();
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["day"]), (1, &json!("2026-07-15")));
        let over: Value = day.officer.get("/api/v1/station-shifts?duty=true&over=true").await.ok();
        assert_eq!(over["total"], 0);
        // A duty is none of the volunteers' business, and the master on duty volunteers nowhere else.
        let first = made[0]["id"].as_str().unwrap();
        assert_eq!(act(&mut day.worker, first, "join").await.status, StatusCode::NOT_FOUND);
        let mut morning = afternoon(1);
        (morning["from_hour"], morning["until_hour"]) = (json!(10), json!(13));
        let morning = put_up(&mut day, &morning).await;
        assert_eq!(act(&mut day.master, &morning, "join").await.code(), "shift_overlaps");

        // Nobody shows a newcomer what to do: the last place waits for one who knows.
        let mut alone = afternoon(1);
        alone["guided"] = json!(false);
        let alone = put_up(&mut day, &alone).await;
        assert_eq!(act(&mut day.worker, &alone, "join").await.code(), "shift_alone");
        // Of two places he gets one; if nobody joins him who knows, the master reads it the day before.
        let mut newcomer = afternoon(2);
        (newcomer["day"], newcomer["guided"]) = (json!("2026-07-02"), json!(false));
        let newcomer = put_up(&mut day, &newcomer).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        assert_eq!(day.master.get(&here).await.ok::<Value>()["alone"], json!([]));
        assert!(act(&mut day.worker, &newcomer, "join").await.status.is_success());
        assert_eq!(day.master.get(&here).await.ok::<Value>()["alone"], json!(["7月2日 14:00-16:00"]));
        let shown = offered(&mut day.worker).await;
        assert!(!shown.to_string().contains(&alone) && shown.to_string().contains(&morning));
        assert!(act(&mut day.worker, &morning, "join").await.status.is_success());
        app.pass(TimeDelta::hours(1));
        let roster: Value = day.master.get(&to).await.ok();
        let row = roster["shifts"].as_array().unwrap().iter().find(|row| row["id"] == json!(morning)).unwrap().clone();
        let helped = json!({ "volunteer_id": row["volunteers"][0]["id"], "hours": 1 });
        let hours = format!("/api/v1/me/stations/{}/shift-hours", day.station);
        assert!(day.master.post(&hours, &helped).await.status.is_success());
        assert!(act(&mut day.worker, &alone, "join").await.status.is_success());
        // Now he is one who knows.
        assert_eq!(day.master.get(&here).await.ok::<Value>()["alone"], json!([]));
        // A shift of the next week is left in good time, at once and once.
        let mut week = afternoon(1);
        week["day"] = json!("2026-07-08");
        let week = put_up(&mut day, &week).await;
        let shown = offered(&mut day.worker).await;
        let open = shown.as_array().unwrap().iter().find(|one| one["id"] == json!(week)).unwrap();
        assert_eq!(open["leave_until"], "2026-07-07T14:00:00+08:00");
        assert!(act(&mut day.worker, &week, "join").await.status.is_success());
        assert!(act(&mut day.worker, &week, "leave").await.status.is_success());
        assert_eq!(act(&mut day.worker, &week, "leave").await.code(), "shift_not_signed");
    })
    .await;
}

#[tokio::test]
async fn hours_are_confirmed_by_another_counted_once_and_taken_back() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = put_up(&mut day, &afternoon(3)).await;
        assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
        assert!(act(&mut day.master, &shift, "join").await.status.is_success());
        let to = format!("/api/v1/me/stations/{}/shifts", day.station);
        let roster: Value = day.master.get(&to).await.ok();
        let places = &roster["shifts"][0]["volunteers"];
        assert!(places[0]["name"].as_str().unwrap().contains('*'));
        let hours = format!("/api/v1/me/stations/{}/shift-hours", day.station);
        let of = |at: usize, hours: Value| json!({ "volunteer_id": places[at]["id"], "hours": hours });
        assert_eq!(day.master.post(&hours, &of(0, json!(1))).await.code(), "shift_not_begun");
        assert_eq!(day.officer.get("/api/v1/station-shifts?due=true").await.ok::<Value>()["total"], 0);
        app.pass(TimeDelta::hours(8));
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let more = day.master.post(&hours, &of(0, json!(3))).await.json();
        assert_eq!(more["fields"][0]["field"], "hours");
        assert_eq!(day.worker.post(&hours, &of(0, json!(1))).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.master.post(&hours, &of(1, json!(2))).await.code(), "own_hours");
        let done: Value = day.master.post(&hours, &of(0, Value::Null)).await.ok();
        assert_eq!((&done["hours"], &done["standing"]), (&json!(2), &json!("已确认 2 小时")));
        assert_eq!(day.master.post(&hours, &of(0, json!(1))).await.code(), "hours_confirmed");
        assert_eq!(told(&app, "station_volunteers.confirm").await, [json!({ "hours": 2 })]);
        assert_eq!(day.times("station_volunteer_hours").await, 2);
        // Taken away the number says what it counts.
        let form = json!({ "format": "csv", "filter": { "organisation": day.county, "by": "kind" } });
        let (_, file) = day.officer.take_away("/api/v1/figures/exports", &form).await;
        let text = String::from_utf8_lossy(&file);
        let mut lines = text.lines().map(str::trim_end);
        assert!(lines.any(|line| line.starts_with("驿站志愿服务时长,") && line.ends_with(",小时")), "{text}");
        let mine: Value = day.worker.get("/api/v1/me/station-volunteering").await.ok();
        assert_eq!((&mine["hours"], &mine["times"]), (&json!(2), &json!(1)));
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let helped = records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "station_volunteer_hours");
        assert_eq!(helped.unwrap()["place"]["name"], "东河驿站");
        // The master's own are the union's to confirm.
        let due: Value = day.officer.get("/api/v1/station-shifts?due=true").await.ok();
        assert_eq!((&due["total"], &due["items"][0]["due"]), (&json!(1), &json!(true)));
        let own = format!("/api/v1/station-volunteers/{}", places[1]["id"].as_str().unwrap());
        assert!(day.officer.post(&format!("{own}/confirm"), &json!({ "hours": 1 })).await.status.is_success());
        assert_eq!(day.times("station_volunteer_hours").await, 3);
        assert_eq!(day.officer.get("/api/v1/station-shifts?due=true").await.ok::<Value>()["total"], 0);
        // Taken back they count no more: by the master on the day, later by an officer.
        let back = format!("/api/v1/me/stations/{}/shift-hours-back", day.station);
        let why = json!({ "volunteer_id": places[0]["id"], "reason": "提前走了" });
        assert!(day.master.post(&back, &why).await.status.is_success());
        assert_eq!(day.master.post(&back, &why).await.code(), "hours_not_confirmed");
        assert_eq!(day.times("station_volunteer_hours").await, 1);
        assert!(day.master.post(&hours, &of(0, json!(1))).await.status.is_success());
        app.pass(TimeDelta::hours(20));
        assert_eq!(day.master.post(&back, &why).await.code(), "hours_not_today");
        let why = json!({ "reason": "登记错人" });
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        assert!(day.officer.post(&format!("{own}/take-back"), &why).await.status.is_success());
        assert_eq!(day.times("station_volunteer_hours").await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_change_leaves_newcomers_alone() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = put_up(&mut day, &afternoon(1)).await;
        assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
        let to = format!("/api/v1/me/stations/{}/shifts", day.station);
        let mut change = async |guided: bool, wanted: i64, version: i64| {
            let mut form = afternoon(wanted);
            (form["shift_id"], form["guided"]) = (json!(shift), json!(guided));
            let seen = format!("\"{version}\"");
            day.master.send_json(Method::PUT, &to, &[("if-match", seen.as_str())], &form).await
        };
        // He counts on somebody who shows him what to do.
        assert_eq!(change(false, 1, 1).await.code(), "shift_leaves_alone");
        // Beside him one who knows may stand; that place is not taken away again.
        assert!(change(false, 2, 1).await.status.is_success());
        assert_eq!(change(false, 1, 2).await.code(), "shift_leaves_alone");
        assert!(change(true, 1, 2).await.status.is_success());
    })
    .await;
}

/// The places of a shift, as its master sees them.
pub(crate) async fn places(day: &mut Day, shift: &str) -> Vec<Value> {
    let roster: Value = day.master.get(&format!("/api/v1/me/stations/{}/shifts", day.station)).await.ok();
    let row = roster["shifts"].as_array().unwrap().iter().find(|row| row["id"] == json!(shift)).unwrap().clone();
    row["volunteers"].as_array().unwrap().clone()
}

async fn person(day: &mut Day, n: u32) -> Id {
    let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(n))).await.ok();
    found["items"][0]["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn two_records_of_a_volunteer_become_one_place_and_a_nameless_one_frees_his() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut second = hands(&app, &mut day, 3..4).await.remove(0);
        let shift = put_up(&mut day, &afternoon(3)).await;
        assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
        assert!(act(&mut second, &shift, "join").await.status.is_success());
        app.pass(TimeDelta::hours(8));
        // One of the two records has its hours confirmed: that place stays, and its fact with it.
        let before = places(&mut day, &shift).await;
        assert_eq!(before.len(), 2);
        let hours = json!({ "volunteer_id": before[0]["id"], "hours": 2 });
        let path = format!("/api/v1/me/stations/{}/shift-hours", day.station);
        assert!(day.master.post(&path, &hours).await.status.is_success());
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let (from, into) = (person(&mut day, 2).await, person(&mut day, 3).await);
        app.merge_people(from, into).await;
        let after = places(&mut day, &shift).await;
        assert_eq!((after.len(), &after[0]["id"], &after[0]["hours"]), (1, &before[0]["id"], &json!(2)));
        assert_eq!(day.times("station_volunteer_hours").await, 2);

        // Made nameless, he holds no place of a shift to come; what he did stays counted.
        let mut week = afternoon(1);
        week["day"] = json!("2026-07-08");
        let week = put_up(&mut day, &week).await;
        assert!(act(&mut second, &week, "join").await.status.is_success());
        assert_eq!(places(&mut day, &week).await.len(), 1);
        let mut begun = afternoon(1);
        (begun["from_hour"], begun["until_hour"]) = (json!(16), json!(18));
        let begun = put_up(&mut day, &begun).await;
        done(&act(&mut second, &begun, "join").await);
        let context = app.caller::<LoggedIn>();
        let context = &context;
        context.unit(|unit| async move { forget(&unit, context, into).await }).await.unwrap();
        assert_eq!(places(&mut day, &week).await, Vec::<Value>::new());
        assert_eq!(places(&mut day, &begun).await.len(), 1, "he is helping");
        assert_eq!(places(&mut day, &shift).await.len(), 1);
        assert_eq!(day.times("station_volunteer_hours").await, 2);
    })
    .await;
}

#[tokio::test]
async fn shifts_leave_in_the_order_of_the_list() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for on in ["2026-07-03", "2026-07-02", "2026-07-04"] {
            let mut form = afternoon(1);
            form["day"] = json!(on);
            put_up(&mut day, &form).await;
        }
        for (over, days) in [(Value::Null, ["04", "03", "02"]), (json!(false), ["02", "03", "04"])] {
            let form = json!({ "format": "csv", "filter": { "duty": false, "over": over } });
            let (_, file) = day.officer.take_away("/api/v1/station-shifts/exports", &form).await;
            let text = String::from_utf8(file.to_vec()).unwrap();
            let told: Vec<&str> = text.lines().skip(1).take(3).map(|line| &line[..10]).collect();
            assert_eq!(told, days.map(|day| format!("2026-07-{day}")), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn shifts_leave_as_a_workbook_without_names() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = put_up(&mut day, &afternoon(3)).await;
        assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
        app.pass(TimeDelta::hours(8));
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let place = places(&mut day, &shift).await[0]["id"].clone();
        let path = format!("/api/v1/me/stations/{}/shift-hours", day.station);
        let hours = json!({ "volunteer_id": place, "hours": 2 });
        assert!(day.master.post(&path, &hours).await.status.is_success());
        let form = json!({ "format": "csv", "reason": "月度汇总", "filter": { "duty": false } });
        let (made, file) = day.officer.take_away("/api/v1/station-shifts/exports", &form).await;
        assert_eq!(made["rows"], 1, "{made}");
        let text = String::from_utf8(file.to_vec()).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert!(row.contains("BT-001") && row.contains("志愿服务") && row.contains("整理图书，引导骑手"), "{text}");
        assert!(row.trim_end_matches(',').ends_with("3,1,1,2"), "{row}");
        assert!(!text.contains(&people::name(2)), "{text}");
    })
    .await;
}

#[tokio::test]
async fn what_is_called_off_is_not_offered_and_what_is_over_is_not_joined() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (gone, shift) = (put_up(&mut day, &afternoon(1)).await, put_up(&mut day, &afternoon(1)).await);
        let off = json!({ "shift_id": gone, "reason": "驿站停电" });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/shift-off", day.station), &off).await);
        let shown = offered(&mut day.worker).await;
        let ids: Vec<&Value> = shown.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, [&json!(shift)]);
        app.pass(TimeDelta::hours(8));
        assert_eq!(act(&mut day.worker, &shift, "join").await.code(), "shift_over");
    })
    .await;
}
