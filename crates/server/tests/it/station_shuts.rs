//! What becomes of bookings, activities, shifts and gifts when their station closes, pauses or is below standard.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    consult::{book, desk, times},
    cupboard::gloves,
    roles::PASSWORD,
    roster::{act, afternoon, put_up},
    stations::{Day, day, done, phone},
};

/// An activity on a day of July, from ten to noon.
async fn activity(day: &mut Day, on: u32) -> String {
    let form = json!({
        "station_id": day.station, "kind": "lecture", "title": "骑手急救课", "about": "", "host": "市红十字会",
        "starts_at": format!("2026-07-{on:02}T02:00:00Z"), "ends_at": format!("2026-07-{on:02}T04:00:00Z"), "capacity": 9,
    });
    let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
    format!("/api/v1/me/station-activities/{}", made["id"].as_str().unwrap())
}

/// A booking for tomorrow, an activity tomorrow and a shift this afternoon, all of the worker.
async fn concerned(day: &mut Day) -> (String, String) {
    let desk = desk(day).await;
    let tomorrow = times(&mut day.worker, &desk, 1).await;
    assert!(book(&mut day.worker, &desk, &tomorrow[0]).await.status.is_success());
    let activity = activity(day, 2).await;
    assert!(day.worker.post(&format!("{activity}/sign-up"), &json!({})).await.status.is_success());
    let shift = put_up(day, &afternoon(2)).await;
    assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
    let seen: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
    assert_eq!(seen["ahead"], json!({ "bookings": 1, "activities": 1, "shifts": 1, "gifts": 0 }));
    (activity, shift)
}

fn told(app: &App, why: &str) -> Vec<String> {
    app.sms().texts(&people::phone(2)).into_iter().filter(|text| text.contains(why)).collect()
}

#[tokio::test]
async fn a_station_that_closes_calls_off_what_is_still_to_come() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (activity, shift) = concerned(&mut day).await;
        let why = json!({ "reason": "场地到期" });
        let closed: Value = day.officer.post(&format!("/api/v1/stations/{}/close", day.station), &why).await.ok();
        assert_eq!(closed["ahead"], json!({ "bookings": 0, "activities": 0, "shifts": 0, "gifts": 0 }));
        let booked: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&booked[0]["state"], &booked[0]["reason"]), (&json!("called_off"), &json!("场地到期")));
        let signed: Value = day.worker.get("/api/v1/me/station-activities").await.ok();
        assert_eq!(signed[0]["cancelled"], "场地到期");
        let helping: Value = day.worker.get("/api/v1/me/station-volunteering").await.ok();
        assert_eq!(helping["shifts"][0]["off"], "场地到期");
        app.settle().await;
        let texts = told(&app, "场地到期");
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert_eq!(day.master.post(&format!("{activity}/sign-up"), &json!({})).await.code(), "activity_cancelled");
        assert_eq!(act(&mut day.master, &shift, "join").await.code(), "shift_over");
    })
    .await;
}

#[tokio::test]
async fn what_a_phone_kept_while_the_station_served_arrives_after_it_was_closed() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let why = json!({ "reason": "场地到期" });
        done(&day.officer.post(&format!("/api/v1/stations/{}/close", day.station), &why).await);
        app.settle().await;
        app.pass(TimeDelta::days(1));
        done(&day.officer.log_in("officer", PASSWORD).await);
        let entry = |at: &str| json!({ "sent_as": format!("phone-{}", &at[..10]), "quantity": 3, "happened_at": at });
        let kept: Value = day.enter(entry("2026-07-01T00:30:00Z")).await.ok();
        assert_eq!(kept["entry"]["quantity"], 3);
        assert_eq!(day.times("station_visit").await, 3);
        let round = |at: &str| {
            let points = json!([{ "code": "check_clean", "ok": true }]);
            json!({ "sent_as": format!("round-{}", &at[..10]), "kind": "opening", "points": points, "happened_at": at })
        };
        let rounds = format!("/api/v1/me/stations/{}/rounds", day.station);
        done(&day.master.post(&rounds, &round("2026-07-01T00:30:00Z")).await);
        for late in [
            day.enter(entry("2026-07-02T00:30:00Z")).await,
            day.master.post(&rounds, &round("2026-07-02T00:30:00Z")).await,
        ] {
            assert_eq!(late.code(), "station_not_serving");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_at_a_station_that_closes_is_waited_for_by_nobody() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gloves = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gloves["id"].as_str().unwrap());
        let one = json!({ "quantity": 1 });
        assert!(day.worker.post(&reserve, &one).await.status.is_success());
        let station = format!("/api/v1/stations/{}", day.station);
        let seen: Value = day.officer.get(&station).await.ok();
        assert_eq!(seen["ahead"]["gifts"], 1, "{seen}");
        let why = json!({ "reason": "场地到期" });
        let closed: Value = day.officer.post(&format!("{station}/close"), &why).await.ok();
        assert_eq!(closed["ahead"]["gifts"], 0);
        app.settle().await;
        let texts = told(&app, "场地到期");
        assert!(texts.len() == 1 && texts[0].contains("“骑行手套”不能再领取"), "{texts:?}");
        let mine: Value = day.worker.get("/api/v1/me/station-gifts").await.ok();
        assert_eq!((&mine["mine"][0]["state"], &mine["mine"][0]["reason"]), (&json!("returned"), &json!("场地到期")));
        let offered: Value = day.worker.get("/api/v1/me/station-gifts/offered").await.ok();
        assert_eq!(offered["total"], 0);
        assert_eq!(day.worker.post(&reserve, &one).await.code(), "gift_closed");
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_runs_out_behind_no_shut_door() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gloves = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gloves["id"].as_str().unwrap());
        let one = json!({ "quantity": 1 });
        assert!(day.worker.post(&reserve, &one).await.status.is_success());
        let mine = async |day: &mut Day| {
            let mine: Value = day.worker.get("/api/v1/me/station-gifts").await.ok();
            (mine["mine"][0]["state"].clone(), mine["mine"][0]["until"].clone())
        };
        assert_eq!(mine(&mut day).await, (json!("reserved"), json!("2026-07-03T09:00:00+08:00")));
        // A day on which it is closed counts from its end, however late on it what is kept would have run out.
        let exceptions = json!([{ "day": "2026-07-03", "spans": [], "reason": "线路检修" }]);
        day.change(|form| form["hours"]["exceptions"] = exceptions).await;
        assert_eq!(mine(&mut day).await, (json!("reserved"), json!("2026-07-06T00:00:00+08:00")));
        app.settle().await;
        assert_eq!(told(&app, "“骑行手套”保留到7月6日00:00").len(), 1);
        // So it is for whoever reserves when that day is known already.
        let later: Value = day.master.post(&reserve, &one).await.ok();
        assert_eq!(later["until"], "2026-07-06T00:00:00+08:00");
        assert!(day.master.post(&reserve.replace("/reserve", "/cancel"), &json!({})).await.status.is_success());
        // One before it makes that no shorter.
        let exceptions = ["2026-07-02", "2026-07-03"].map(|on| json!({ "day": on, "spans": [], "reason": "线路检修" }));
        day.change(|form| form["hours"]["exceptions"] = json!(exceptions)).await;
        assert_eq!(mine(&mut day).await, (json!("reserved"), json!("2026-07-06T00:00:00+08:00")));

        let pause = format!("/api/v1/stations/{}/pause", day.station);
        let known = json!({ "reason": "设备检修", "until": "2026-07-05" });
        assert!(day.officer.post(&pause, &known).await.status.is_success());
        assert_eq!(mine(&mut day).await, (json!("reserved"), json!("2026-07-08T00:00:00+08:00")));
        app.settle().await;
        assert_eq!(told(&app, "“骑行手套”保留到7月8日00:00").len(), 1);
        assert_eq!(day.master.post(&reserve, &one).await.code(), "gift_station_shut");

        let unknown = json!({ "reason": "屋顶漏水" });
        assert!(day.officer.post(&pause, &unknown).await.status.is_success());
        assert_eq!(mine(&mut day).await.0, "returned");
        app.settle().await;
        let texts = told(&app, "屋顶漏水");
        assert!(texts.len() == 1 && texts[0].contains("“骑行手套”已放回"), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_advised_on_a_holiday_on_which_the_house_is_closed() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        app.set_clock("2026-09-28T01:00:00Z".parse().unwrap());
        done(&day.officer.log_in("officer", PASSWORD).await);
        day.worker = phone(&app, 2).await;
        let span = json!({ "opens": "08:00", "closes": "20:00" });
        day.change(|form| form["hours"] = json!({ "week": vec![json!([span]); 7] })).await;
        let first = times(&mut day.worker, &desk, 3).await;
        done(&book(&mut day.worker, &desk, &first[0]).await);
        day.change(|form| form["hours"]["holiday"] = json!([])).await;
        let booked: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&booked[0]["state"], &booked[0]["reason"]), (&json!("called_off"), &json!("驿站当天不开放")));
        app.settle().await;
        assert_eq!(told(&app, "您预约的10月1日09:30").len(), 1);
        let shown: Value = day.worker.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
        let days = shown["days"].as_array().unwrap().iter().map(|day| day["day"].as_str().unwrap());
        let days: Vec<&str> = days.take(4).collect();
        assert_eq!(days[..3], ["2026-09-28", "2026-09-29", "2026-09-30"]);
        assert!(days[3] > "2026-10-05", "{days:?}");
    })
    .await;
}

#[tokio::test]
async fn a_station_that_pauses_tells_of_it_and_takes_nobody_for_those_days() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (soon, shift) = concerned(&mut day).await;
        let later = activity(&mut day, 10).await;
        assert!(day.worker.post(&format!("{later}/sign-up"), &json!({})).await.status.is_success());
        let why = json!({ "reason": "设备检修", "until": "2026-07-03" });
        let paused: Value = day.officer.post(&format!("/api/v1/stations/{}/pause", day.station), &why).await.ok();
        assert_eq!(paused["ahead"], json!({ "bookings": 0, "activities": 2, "shifts": 1, "gifts": 0 }));
        let booked: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&booked[0]["state"], &booked[0]["reason"]), (&json!("called_off"), &json!("设备检修")));
        app.settle().await;
        let texts = told(&app, "设备检修");
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(texts.iter().any(|text| text.contains("7月2日10:00的活动“骑手急救课”是否照常")), "{texts:?}");
        let nothing = json!({});
        assert_eq!(day.master.post(&format!("{soon}/sign-up"), &nothing).await.code(), "activity_station_shut");
        assert!(day.master.post(&format!("{later}/sign-up"), &nothing).await.status.is_success());
        assert_eq!(act(&mut day.master, &shift, "join").await.code(), "shift_station_shut");
        let offered: Value = day.master.get("/api/v1/me/station-shifts").await.ok();
        assert_eq!(offered, json!([]));
        // Five hours before it begins he may go nevertheless.
        let helping: Value = day.worker.get("/api/v1/me/station-volunteering").await.ok();
        assert_eq!(helping["shifts"][0]["leave_until"], "2026-07-01T14:00:00+08:00");
        assert!(act(&mut day.worker, &shift, "leave").await.status.is_success());
        // Once it is open again everybody is welcome.
        assert!(
            day.officer.post(&format!("/api/v1/stations/{}/open", day.station), &nothing).await.status.is_success()
        );
        assert!(day.master.post(&format!("{soon}/sign-up"), &nothing).await.status.is_success());
        assert!(act(&mut day.master, &shift, "join").await.status.is_success());
    })
    .await;
}

#[tokio::test]
async fn a_pause_that_is_planned_is_told_before_it_begins_and_takes_nobody_for_its_days() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (soon, _) = concerned(&mut day).await;
        let later = activity(&mut day, 10).await;
        assert!(day.worker.post(&format!("{later}/sign-up"), &json!({})).await.status.is_success());
        let desks: Value = day.officer.get("/api/v1/station-desks").await.ok();
        let desk = desks["items"][0]["id"].as_str().unwrap().to_owned();
        let sixth = times(&mut day.master, &desk, 5).await;
        assert!(book(&mut day.master, &desk, &sixth[0]).await.status.is_success());
        let why = json!({ "reason": "设备检修", "from": "2026-07-05", "until": "2026-07-11" });
        let planned: Value = day.officer.post(&format!("/api/v1/stations/{}/pause", day.station), &why).await.ok();
        assert_eq!((&planned["state"], &planned["paused_from"]), (&json!("open"), &json!("2026-07-05")));
        assert_eq!(planned["ahead"], json!({ "bookings": 1, "activities": 2, "shifts": 1, "gifts": 0 }));

        // Before it begins everybody reads of it, and whoever is concerned is told.
        let words = "7月5日起暂停开放（设备检修），至7月11日";
        let near = "/api/v1/public/stations/nearest?longitude=110.001&latitude=40.6";
        let found: Value = day.worker.get(&format!("{near}&open=true")).await.ok();
        assert_eq!(found[0]["will_pause"], words);
        let duty: Value = day.master.get(&format!("/api/v1/me/stations/{}", day.station)).await.ok();
        assert_eq!(duty["pause"], json!({ "text": words, "activities": 1, "shifts": 0 }));
        app.settle().await;
        let texts = told(&app, "设备检修");
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert!(texts[0].contains(words) && texts[0].contains("7月10日10:00的活动“骑手急救课”是否照常"), "{texts:?}");
        let mine: Value = day.master.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&mine[0]["state"], &mine[0]["reason"]), (&json!("called_off"), &json!("设备检修")));

        // Nothing is taken for its days, and all for others.
        let nothing = json!({});
        assert_eq!(day.master.post(&format!("{later}/sign-up"), &nothing).await.code(), "activity_station_shut");
        assert!(day.master.post(&format!("{soon}/sign-up"), &nothing).await.status.is_success());
        let shown: Value = day.master.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
        let days: Vec<&str> =
            shown["days"].as_array().unwrap().iter().map(|day| day["day"].as_str().unwrap()).collect();
        assert_eq!(days[..5], ["2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04", "2026-07-12"]);
        // What would run out in it is kept until after it.
        app.pass(TimeDelta::days(3));
        let gloves = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gloves["id"].as_str().unwrap());
        let kept: Value = day.worker.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        assert_eq!(kept["until"], "2026-07-14T00:00:00+08:00");
        // Also where it was handed over by mistake and is kept anew.
        let here = format!("/api/v1/me/stations/{}", day.station);
        let of = json!({ "claim_id": kept["id"], "reason": "点错了人" });
        assert!(day.master.post(&format!("{here}/gift-hand-over"), &of).await.status.is_success());
        let back: Value = day.master.post(&format!("{here}/gift-take-back"), &of).await.ok();
        assert_eq!((&back["state"], &back["until"]), (&json!("reserved"), &kept["until"]));

        app.pass(TimeDelta::days(1));
        let found: Value = day.worker.get(near).await.ok();
        assert_eq!(
            (&found[0]["now"]["text"], &found[0]["will_pause"]),
            (&json!("暂停开放（设备检修），至7月11日"), &Value::Null)
        );
    })
    .await;
}

/// Looked at a month ago, and written down today: the grace ends tomorrow. Answers the inspection's path and its result.
async fn found_below_standard(day: &mut Day) -> (String, Value) {
    let plan =
        json!({ "station_id": day.station, "kind": "unannounced", "planned_on": "2026-07-01", "team": "检查组" });
    let plan: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
    let path = format!("/api/v1/station-inspections/{}", plan["id"].as_str().unwrap());
    let sheet: Value = day.officer.get(&path).await.ok();
    let score = |one: &Value| if one["code"] == "std_first_aid" { json!(0) } else { one["weight"].clone() };
    let marks = sheet["marks"].as_array().unwrap().iter();
    let marks: Vec<Value> = marks.map(|one| json!({ "code": one["code"], "score": score(one) })).collect();
    let found = json!([{ "code": "std_first_aid", "wrong": "药品已过期", "mend_by": "2026-06-09" }]);
    let result = json!({ "done_on": "2026-06-02", "marks": marks, "found": found });
    let done: Value = day.officer.post(&format!("{path}/finish"), &result).await.ok();
    assert_eq!(done["star"], 0, "{done}");
    (path, result)
}

#[tokio::test]
async fn whoever_signed_up_for_days_beyond_the_grace_is_told_once_on_the_day_before() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gloves = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gloves["id"].as_str().unwrap());
        let one = json!({ "quantity": 1 });
        done(&day.worker.post(&reserve, &one).await);
        let (soon, later) = (activity(&mut day, 2).await, activity(&mut day, 5).await);
        let shifts = format!("/api/v1/me/stations/{}/shifts", day.station);
        let mut weekly = afternoon(2);
        weekly["weeks"] = json!(4);
        let weekly: Value = day.master.post(&shifts, &weekly).await.ok();
        let mut next = afternoon(2);
        (next["day"], next["from_hour"], next["until_hour"]) = (json!("2026-07-03"), json!(8), json!(10));
        let next = put_up(&mut day, &next).await;
        done(&act(&mut day.worker, &next, "join").await);
        for shift in weekly.as_array().unwrap() {
            done(&act(&mut day.worker, shift["id"].as_str().unwrap(), "join").await);
        }
        done(&day.worker.post(&format!("{soon}/sign-up"), &json!({})).await);

        found_below_standard(&mut day).await;
        app.settle().await;
        let why = "7月3日起暂停开放（检查未达标，整改中）";
        let texts = told(&app, why);
        assert!(texts.len() == 1 && texts[0].contains("“骑行手套”保留到7月3日00:00"), "{texts:?}");
        // So it is for whoever reserves when that is known already.
        let kept: Value = day.master.post(&reserve, &one).await.ok();
        assert_eq!(kept["until"], "2026-07-03T00:00:00+08:00");
        // It may be mended yet, and he signs up for a day behind it nevertheless.
        done(&day.worker.post(&format!("{later}/sign-up"), &json!({})).await);

        app.pass(TimeDelta::days(1));
        app.settle().await;
        let texts = told(&app, why);
        assert_eq!(texts.len(), 3, "{texts:?}");
        let tells = |what: &str| texts.iter().any(|text| text.contains(what));
        assert!(
            tells("您报名的7月5日10:00的活动“骑手急救课”是否照常，请先向驿站打听；没有取消的，名额为您保留。"),
            "{texts:?}"
        );
        assert!(tells("您报名的7月3日08:00-10:00的班次等4班是否照常"), "{texts:?}");
        // He is told less than a day before it, and may go nevertheless.
        let helping: Value = day.worker.get("/api/v1/me/station-volunteering").await.ok();
        let own = helping["shifts"].as_array().unwrap().iter().find(|shift| shift["id"] == json!(next)).unwrap();
        assert_eq!(own["leave_until"], "2026-07-03T08:00:00+08:00");
        done(&act(&mut day.worker, &next, "leave").await);
        app.pass(TimeDelta::days(1));
        app.settle().await;
        assert_eq!(told(&app, "检查未达标").len(), 3, "once");
    })
    .await;
}

#[tokio::test]
async fn what_is_judged_so_again_after_it_was_taken_back_is_told_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let later = activity(&mut day, 5).await;
        done(&day.worker.post(&format!("{later}/sign-up"), &json!({})).await);
        let (inspection, result) = found_below_standard(&mut day).await;
        app.settle().await;
        done(&day.officer.post(&format!("{inspection}/take-back"), &json!({ "reason": "扣分填错了" })).await);
        done(&day.officer.post(&format!("{inspection}/finish"), &result).await);
        app.settle().await;
        app.pass(TimeDelta::days(1));
        app.settle().await;
        let texts = told(&app, "检查未达标");
        assert!(texts.len() == 1 && texts[0].contains("7月5日10:00的活动"), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_booked_beyond_the_grace_of_a_station_below_standard_is_called_off() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        assert!(book(&mut day.worker, &desk, &tomorrow[0]).await.status.is_success());
        let later = times(&mut day.master, &desk, 2).await;
        assert!(book(&mut day.master, &desk, &later[0]).await.status.is_success());
        found_below_standard(&mut day).await;
        let duty: Value = day.master.get(&format!("/api/v1/me/stations/{}", day.station)).await.ok();
        assert_eq!(duty["shut_from"], "2026-07-03");
        let booked: Value = day.worker.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!(booked[0]["state"], "booked", "{booked}");
        let booked: Value = day.master.get("/api/v1/me/station-bookings").await.ok();
        assert_eq!((&booked[0]["state"], &booked[0]["reason"]), (&json!("called_off"), &json!("检查未达标，整改中")));
        app.settle().await;
        let told = app.sms().last_text(&people::phone(1)).unwrap();
        assert!(told.contains("取消了，原因：检查未达标，整改中。"), "{told}");
        let shown: Value = day.master.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
        assert_eq!(shown["days"].as_array().unwrap().len(), 2, "today and tomorrow: {shown}");
        // A closed one need not be up to standard again.
        let why = json!({ "reason": "场地到期" });
        let closed: Value = day.officer.post(&format!("/api/v1/stations/{}/close", day.station), &why).await.ok();
        assert_eq!(closed["state"], "closed", "{closed}");
        let duty: Value = day.master.get(&format!("/api/v1/me/stations/{}", day.station)).await.ok();
        assert_eq!(duty["shut_from"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_pause_tells_of_its_last_days_shift() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        concerned(&mut day).await;
        let why = json!({ "reason": "设备检修", "until": "2026-07-01" });
        let paused = day.officer.post(&format!("/api/v1/stations/{}/pause", day.station), &why).await;
        assert!(paused.status.is_success(), "{}", paused.json());
        app.settle().await;
        let texts = told(&app, "设备检修");
        assert!(texts.len() == 1 && texts[0].contains("的班次是否照常"), "{texts:?}");
    })
    .await;
}
