//! Activities at a station and what visitors say of it, on the phones of those concerned.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    roles::PASSWORD,
    station_faults::stranger,
    stations::{day, done},
};

/// A lecture at a station, from ten to noon.
pub(crate) fn lecture(station: &str, on: &str, capacity: i64) -> Value {
    json!({
        "station_id": station, "kind": "lecture", "title": "骑手急救课", "host": "市红十字会",
        "starts_at": format!("{on}T02:00:00Z"), "ends_at": format!("{on}T04:00:00Z"), "capacity": capacity,
    })
}

async fn standing(phone: &mut Client) -> Value {
    let mine: Value = phone.get("/api/v1/me/station-activities").await.ok();
    mine[0]["standing"].clone()
}

#[tokio::test]
async fn whoever_waits_moves_up_and_whoever_comes_is_counted_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let form = lecture(&day.station, "2026-07-01", 1);
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let own = format!("/api/v1/me/station-activities/{}", made["id"].as_str().unwrap());
        let (sign_up, give_up) = (format!("{own}/sign-up"), format!("{own}/give-up"));
        let nothing = json!({});
        assert_eq!(day.worker.post(&sign_up, &nothing).await.ok::<Value>()["standing"], "已报名");
        assert_eq!(day.worker.post(&sign_up, &nothing).await.code(), "activity_signed_up");
        day.master.post(&sign_up, &nothing).await;
        assert_eq!(standing(&mut day.master).await, "候补第1位，有人退出会自动递补");
        day.worker.post(&give_up, &nothing).await;
        assert_eq!(day.worker.post(&give_up, &nothing).await.code(), "activity_not_signed_up");
        assert_eq!(standing(&mut day.master).await, "已报名");
        app.settle().await;
        let told = app.sms().last_text(&people::phone(1)).unwrap();
        assert!(told.contains("您候补的7月1日10:00东河驿站“骑手急救课”活动有名额了"), "{told}");
        assert_eq!(day.worker.post(&sign_up, &nothing).await.ok::<Value>()["waiting_place"], 1);
        let mut larger = form.clone();
        larger["capacity"] = json!(2);
        let path = format!("/api/v1/station-activities/{}", made["id"].as_str().unwrap());
        let changed = day.officer.send_json(Method::PUT, &path, &[("if-match", "\"1\"")], &larger).await;
        assert_eq!(changed.ok::<Value>()["seated"], 2);
        app.settle().await;
        let told = app.sms().last_text(&people::phone(2)).unwrap();
        assert!(told.contains("活动有名额了"), "{told}");
        assert_eq!(standing(&mut day.worker).await, "已报名");

        let here: Value = day.master.get(&format!("/api/v1/me/stations/{}/activities", day.station)).await.ok();
        assert_eq!((here[0]["seated"].clone(), here[0]["attended"].clone()), (json!(2), json!(0)));
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let came = json!({ "activity_id": made["id"], "code": shown["text"] });
        let first: Value = day.master.post(&attend, &came).await.ok();
        assert_eq!((first["counted_before"].clone(), first["signed_up"].clone()), (json!(false), json!(true)));
        assert_eq!(day.master.post(&attend, &came).await.ok::<Value>()["counted_before"], true);
        assert_eq!(day.times("station_activity").await, 1);
        assert_eq!(day.of_the_year("attendance").await["sum"], 1);
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let attended =
            records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "station_activity").unwrap();
        assert_eq!(attended["place"]["name"], "东河驿站");
        assert_eq!(day.of_the_year("activities").await, Value::Null, "it is not over");
        for (from, to, total) in
            [("2026-07-01", "2026-07-01", 1), ("2026-07-02", "2026-07-31", 0), ("2026-06-01", "2026-06-30", 0)]
        {
            let path = format!("/api/v1/station-activities?station={}&from={from}&to={to}", day.station);
            assert_eq!(day.officer.get(&path).await.json()["total"], total, "{from} to {to}");
        }
        assert_eq!(standing(&mut day.worker).await, "已参加");
        let signed: Value = day.officer.get(&format!("{path}/signups")).await.ok();
        assert!(signed[0]["name"].as_str().unwrap().contains('*'));
        assert_eq!(day.officer.post(&format!("{path}/cancel"), &json!({ "reason": "讲师生病" })).await.status, 200);
        assert_eq!(day.master.post(&attend, &came).await.code(), "activity_cancelled");
    })
    .await;
}

#[tokio::test]
async fn an_attendance_is_taken_back_on_its_day_by_who_runs_it_and_later_by_an_officer() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let form = lecture(&day.station, "2026-07-01", 5);
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let id = made["id"].as_str().unwrap();
        done(&day.worker.post(&format!("/api/v1/me/station-activities/{id}/sign-up"), &json!({})).await);
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let came = json!({ "activity_id": id, "code": shown["text"] });
        done(&day.master.post(&attend, &came).await);
        let list = format!("{attend}?activity={id}");
        let here: Value = day.master.get(&list).await.ok();
        assert_eq!((here.as_array().unwrap().len(), &here[0]["signed_up"]), (1, &json!(true)));
        assert!(here[0]["name"].as_str().unwrap().contains('*'));
        assert_eq!(day.worker.get(&list).await.status, StatusCode::NOT_FOUND);

        let back = format!("/api/v1/me/stations/{}/attendance-take-back", day.station);
        let wrong = json!({ "signup_id": here[0]["id"], "reason": "扫错了活动" });
        assert_eq!(day.worker.post(&back, &wrong).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.master.post(&back, &wrong).await.ok::<Value>()["attended"], 0);
        assert_eq!(day.master.post(&back, &wrong).await.code(), "activity_not_attended");
        assert_eq!(day.times("station_activity").await, 0);
        assert_eq!(standing(&mut day.worker).await, "已报名");
        assert_eq!(day.master.get(&list).await.ok::<Value>(), json!([]));

        // He comes after all, and is counted again; the next day an officer finds that he didn't.
        assert_eq!(day.master.post(&attend, &came).await.ok::<Value>()["counted_before"], false);
        assert_eq!(day.times("station_activity").await, 1);
        app.pass(TimeDelta::days(1));
        assert_eq!(day.master.post(&back, &wrong).await.code(), "attendance_not_today");
        done(&day.officer.log_in("officer", PASSWORD).await);
        let late = format!("/api/v1/station-activities/{id}/attendance-take-back");
        assert_eq!(day.officer.post(&late, &wrong).await.ok::<Value>()["attended"], 0);
        assert_eq!(day.times("station_activity").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_came_while_there_was_no_network_is_counted_once_for_when_he_came() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let form = lecture(&day.station, "2026-07-01", 5);
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        // It is the next day, on which neither the code nor the activity would do.
        app.pass(TimeDelta::hours(16));
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let at = |at: &str| json!({ "activity_id": made["id"], "code": shown["text"], "happened_at": at });
        for (late, code) in
            [("2026-07-01T17:00:00Z", "activity_other_day"), ("2026-07-01T01:10:00Z", "station_code_not_valid")]
        {
            assert_eq!(day.master.post(&attend, &at(late)).await.code(), code, "{late}");
        }
        for before in [false, true] {
            let came: Value = day.master.post(&attend, &at("2026-07-01T01:00:00Z")).await.ok();
            assert_eq!(came["counted_before"], before);
        }
        done(&day.officer.log_in("officer", PASSWORD).await);
        let facts = format!("/api/v1/facts?organisation={}&kinds=station_activity", day.county);
        let facts: Value = day.officer.get(&facts).await.ok();
        assert_eq!((&facts["total"], &facts["items"][0]["day"]), (&json!(1), &json!("2026-07-01")), "{facts}");
    })
    .await;
}

/// Sends a changed form of an activity.
async fn change(officer: &mut Client, id: &Value, version: u32, form: &Value) -> Answer {
    let path = format!("/api/v1/station-activities/{}", id.as_str().unwrap());
    officer.send_json(Method::PUT, &path, &[("if-match", &format!("\"{version}\""))], form).await
}

#[tokio::test]
async fn nobody_loses_a_seat_and_whoever_signed_up_is_told() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut form = lecture(&day.station, "2026-07-01", 2);
        let past = lecture(&day.station, "2026-06-30", 2);
        assert_eq!(day.officer.post("/api/v1/station-activities", &past).await.code(), "activity_past");
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let id = made["id"].clone();
        let own = format!("/api/v1/me/station-activities/{}", id.as_str().unwrap());
        for phone in [&mut day.master, &mut day.worker] {
            assert!(phone.post(&format!("{own}/sign-up"), &json!({})).await.status.is_success());
        }
        let mut fewer = form.clone();
        fewer["capacity"] = json!(1);
        let refused = change(&mut day.officer, &id, 1, &fewer).await;
        assert_eq!(refused.code(), "activity_seated");
        assert!(refused.json()["detail"].as_str().unwrap().contains("已有2人报上名"), "{}", refused.json());
        assert_eq!(change(&mut day.officer, &id, 1, &past).await.code(), "activity_past");
        let mut begun = form.clone();
        begun["starts_at"] = json!("2026-07-01T00:30:00Z");
        assert_eq!(change(&mut day.officer, &id, 1, &begun).await.code(), "activity_past");

        form["starts_at"] = json!("2026-07-02T02:00:00Z");
        form["ends_at"] = json!("2026-07-02T04:00:00Z");
        assert!(change(&mut day.officer, &id, 1, &form).await.status.is_success());
        app.settle().await;
        for n in [1, 2] {
            let told = app.sms().last_text(&people::phone(n)).unwrap();
            assert!(told.contains("东河驿站“骑手急救课”活动时间改为7月2日10:00至12:00"), "{told}");
        }
        // What else is changed is no reason for a text.
        form["capacity"] = json!(3);
        form["about"] = json!("自带纸笔");
        assert!(change(&mut day.officer, &id, 2, &form).await.status.is_success());
        let off = format!("/api/v1/station-activities/{}/cancel", id.as_str().unwrap());
        assert!(day.worker.post(&format!("{own}/give-up"), &json!({})).await.status.is_success());
        assert!(day.officer.post(&off, &json!({ "reason": "讲师生病。" })).await.status.is_success());
        app.settle().await;
        let told = [1, 2].map(|n| app.sms().last_text(&people::phone(n)).unwrap());
        assert!(told[0].contains("您报名的7月2日10:00东河驿站“骑手急救课”活动取消了，原因：讲师生病。"), "{}", told[0]);
        assert!(told[1].contains("改为7月2日"), "who gave up hears no more: {}", told[1]);
    })
    .await;
}

#[tokio::test]
async fn ones_own_stand_first_however_many_lie_ahead() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut form = lecture(&day.station, "2026-07-02", 9);
        for _ in 0..51 {
            let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
            assert_eq!(made["seated"], 0);
        }
        form["title"] = json!("中医义诊");
        form["starts_at"] = json!("2026-07-12T02:00:00Z");
        form["ends_at"] = json!("2026-07-12T04:00:00Z");
        let mut put_up = async || day.officer.post("/api/v1/station-activities", &form).await.ok::<Value>()["id"].clone();
        let (own, other, off) = (put_up().await, put_up().await, put_up().await);
        let cancel = format!("/api/v1/station-activities/{}/cancel", off.as_str().unwrap());
        assert!(day.officer.post(&cancel, &json!({ "reason": "下雨" })).await.status.is_success());
        let sign_up = format!("/api/v1/me/station-activities/{}/sign-up", own.as_str().unwrap());
        assert!(day.worker.post(&sign_up, &json!({})).await.status.is_success());

        let mine: Value = day.worker.get("/api/v1/me/station-activities").await.ok();
        assert_eq!((&mine[0]["id"], &mine[0]["standing"]), (&own, &json!("已报名")));
        assert_eq!((mine.as_array().unwrap().len(), &mine[1]["title"]), (51, &json!("骑手急救课")));
        // Words find the others; what is called off is nobody's who didn't sign up.
        let found: Value = day.worker.get("/api/v1/me/station-activities?q=%E4%B9%89%E8%AF%8A").await.ok();
        let ids: Vec<&Value> = found.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, [&own, &other]);
        let near = "/api/v1/me/station-activities?q=%E4%B8%9C%E6%B2%B3&longitude=110.0&latitude=40.601";
        let found: Value = day.worker.get(near).await.ok();
        assert_eq!((&found[1]["metres"], found.as_array().unwrap().len()), (&json!(111), 51));

        // A nearer station's comes first, though it is later.
        let hours = json!({ "week": [[], [], [], [], [], [], []], "self_service": true });
        let station = json!({
            "organisation_id": day.county, "code": "BT-002", "name": "河西驿站", "kind": "own",
            "access": "everyone", "address": "河西路1号",
            "position": { "longitude": 110.2, "latitude": 40.6 }, "area": 30, "capacity": 20, "hours": hours, "items": [],
        });
        let station: Value = day.officer.post("/api/v1/stations", &station).await.ok();
        form["station_id"] = station["id"].clone();
        let there: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let near = "/api/v1/me/station-activities?longitude=110.2&latitude=40.6";
        let found: Value = day.worker.get(near).await.ok();
        assert_eq!((&found[1]["id"], &found[1]["metres"]), (&there["id"], &json!(0)));
        // By its station's name it is found though that is not open yet: it may be the opening.
        let found: Value = day.worker.get("/api/v1/me/station-activities?q=%E6%B2%B3%E8%A5%BF").await.ok();
        let ids: Vec<&Value> = found.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, [&own, &there["id"]]);
    })
    .await;
}

#[tokio::test]
async fn what_visitors_say_is_answered_read_by_all_and_hidden_for_a_reason() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (gone, mut guest) = stranger(&app, 3, &day.county).await;
        let shown: Value = guest.get("/api/v1/me/station-code").await.ok();
        let visit = json!({ "sent_as": "phone-1-0001", "code": shown["text"] });
        assert!(day.enter(visit).await.status.is_success());
        let visits: Value = guest.get("/api/v1/me/station-visits").await.ok();
        let id = visits[0]["id"].as_str().unwrap();
        let rate = format!("/api/v1/me/station-visits/{id}/rate");
        let said = |points: i64| json!({ "points": points, "said": "微波炉好用，站长热心" });
        assert_eq!(day.master.post(&rate, &said(1)).await.status, 404);
        assert_eq!(guest.post(&rate, &said(6)).await.json()["fields"][0]["field"], "points");
        assert!(guest.post(&rate, &said(3)).await.status.is_success());
        assert_eq!(guest.post(&rate, &said(4)).await.ok::<Value>()["points"], 4);
        let here: Value = day.master.get(&format!("/api/v1/me/stations/{}/ratings", day.station)).await.ok();
        // By the visit's key he would find the visitor among those who came.
        assert!(!here.to_string().contains(id), "{here}");
        let to = format!("/api/v1/me/stations/{}/reply", day.station);
        let reply = json!({ "id": here[0]["id"], "reply": "谢谢，常来歇脚" });
        let blank = json!({ "id": here[0]["id"], "reply": " " });
        assert_eq!(day.master.post(&to, &blank).await.json()["fields"][0]["field"], "reply");
        assert!(day.master.post(&to, &reply).await.status.is_success());
        assert_eq!(guest.post(&rate, &said(5)).await.code(), "rating_settled");
        let public = format!("/api/v1/public/stations/{}/ratings", day.station);
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let read: Value = anybody.get(&public).await.ok();
        assert_eq!(
            (read["average"].clone(), read["comments"][0]["reply"].clone()),
            (json!("4.0 分"), reply["reply"].clone())
        );
        let hide = format!("/api/v1/stations/{}/hide-rating", day.station);
        let list: Value = day.officer.get(&format!("/api/v1/stations/{}/ratings", day.station)).await.ok();
        assert_eq!((&list["items"][0]["id"], &read["comments"][0]["id"]), (&here[0]["id"], &here[0]["id"]));
        let why = json!({ "id": here[0]["id"], "reason": "含广告" });
        assert!(day.officer.post(&hide, &why).await.status.is_success());
        assert_eq!(day.officer.post(&hide, &why).await.code(), "rating_hidden");
        let refused = guest.post(&rate, &said(5)).await;
        assert_eq!(refused.code(), "own_rating_hidden");
        assert_eq!(guest.get("/api/v1/me/station-visits").await.ok::<Value>()[0]["hidden"], "含广告");
        assert!(refused.json()["detail"].as_str().unwrap().ends_with("原因：含广告"), "{}", refused.json());
        assert_eq!(anybody.get(&public).await.ok::<Value>()["number"], 0);
        // Hidden by mistake, it is shown again and counts.
        let show = format!("/api/v1/stations/{}/show-rating", day.station);
        let slip = json!({ "id": here[0]["id"], "reason": "点错了一条" });
        assert!(day.officer.post(&show, &slip).await.status.is_success());
        assert_eq!(day.officer.post(&show, &slip).await.code(), "rating_shown");
        assert_eq!(anybody.get(&public).await.ok::<Value>()["average"], "4.0 分");
        assert!(day.officer.post(&hide, &why).await.status.is_success());

        // Who keeps the station praises it to nobody.
        let own: Value = day.master.get("/api/v1/me/station-code").await.ok();
        assert!(day.enter(json!({ "sent_as": "phone-1-0002", "code": own["text"] })).await.status.is_success());
        let own: Value = day.master.get("/api/v1/me/station-visits").await.ok();
        let rate_own = format!("/api/v1/me/station-visits/{}/rate", own[0]["id"].as_str().unwrap());
        assert_eq!(day.master.post(&rate_own, &said(5)).await.code(), "own_station_rating");

        // Once he is nameless neither his words nor the answer to them are left.
        app.erase(gone).await;
        let here: Value = day.master.get(&format!("/api/v1/me/stations/{}/ratings", day.station)).await.ok();
        assert_eq!((&here[0]["said"], &here[0]["reply"], &here[0]["points"]), (&json!(null), &json!(null), &json!(4)));
        assert_eq!(here[0]["hidden"], "（已删除）");
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_hold_one_seat_and_a_nameless_one_holds_none() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        let made: Value =
            day.officer.post("/api/v1/station-activities", &lecture(&day.station, "2026-07-01", 2)).await.ok();
        let sign_up = format!("/api/v1/me/station-activities/{}/sign-up", made["id"].as_str().unwrap());
        for phone in [&mut one, &mut other, &mut day.master, &mut day.worker] {
            assert!(phone.post(&sign_up, &json!({})).await.status.is_success());
        }
        let waiting = |n: u32| format!("候补第{n}位，有人退出会自动递补");
        assert_eq!(standing(&mut day.master).await, waiting(1));

        app.merge_people(going, stays).await;
        assert_eq!(standing(&mut other).await, "已报名");
        assert_eq!(standing(&mut day.master).await, "已报名");
        assert_eq!(standing(&mut day.worker).await, waiting(1));

        app.erase(stays).await;
        assert_eq!(standing(&mut day.worker).await, "已报名");
        app.settle().await;
        for n in 1..=2 {
            let told = app.sms().last_text(&people::phone(n)).unwrap();
            assert!(told.contains("“骑手急救课”活动有名额了"), "{told}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_is_away_for_hours_loses_no_text() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let made: Value =
            day.officer.post("/api/v1/station-activities", &lecture(&day.station, "2026-07-02", 2)).await.ok();
        let id = made["id"].as_str().unwrap();
        let signed = day.worker.post(&format!("/api/v1/me/station-activities/{id}/sign-up"), &json!({})).await;
        assert!(signed.status.is_success(), "{}", signed.json());
        let worker = people::phone(2);
        app.sms().refuse(&worker);
        let off = json!({ "reason": "讲师生病" });
        let off = day.officer.post(&format!("/api/v1/station-activities/{id}/cancel"), &off).await;
        assert!(off.status.is_success(), "{}", off.json());
        for _ in 0..8 {
            app.settle().await;
            app.pass(TimeDelta::minutes(43));
        }
        app.sms().take(&worker);
        app.settle().await;
        let told = app.sms().last_text(&worker).unwrap();
        assert!(told.contains("“骑手急救课”活动取消了，原因：讲师生病"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn nobody_hears_of_a_seat_or_a_pause_when_it_is_over() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let form = json!({
            "station_id": day.station, "kind": "lecture", "title": "骑手急救课", "host": "市红十字会",
            "starts_at": "2026-07-01T02:00:00Z", "ends_at": "2026-07-01T04:00:00Z", "capacity": 1,
        });
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let own = format!("/api/v1/me/station-activities/{}", made["id"].as_str().unwrap());
        for phone in [&mut day.worker, &mut day.master] {
            assert!(phone.post(&format!("{own}/sign-up"), &json!({})).await.status.is_success());
        }
        let master = people::phone(1);
        app.sms().refuse(&master);
        assert!(day.worker.post(&format!("{own}/give-up"), &json!({})).await.status.is_success());
        let pause = json!({ "reason": "设备检修", "until": "2026-07-05" });
        let paused = day.officer.post(&format!("/api/v1/stations/{}/pause", day.station), &pause).await;
        assert!(paused.status.is_success(), "{}", paused.json());
        for _ in 0..24 {
            app.settle().await;
            app.pass(TimeDelta::minutes(43));
        }
        app.sms().take(&master);
        app.settle().await;
        let late = |text: &String| text.contains("有名额了") || text.contains("暂停开放");
        assert!(!app.sms().texts(&master).iter().any(late));
    })
    .await;
}

#[tokio::test]
async fn who_waits_holds_no_seat_that_could_be_lost() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut form = lecture(&day.station, "2026-07-01", 1);
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let sign_up = format!("/api/v1/me/station-activities/{}/sign-up", made["id"].as_str().unwrap());
        for phone in [&mut day.master, &mut day.worker] {
            done(&phone.post(&sign_up, &json!({})).await);
        }
        form["title"] = json!("急救入门课");
        done(&change(&mut day.officer, &made["id"], 1, &form).await);
    })
    .await;
}
