//! What a station counted in a quarter that was handed up stays as it was reported, whoever answers for the station by now and
//! however late its devices tell.

use chrono::{TimeZone, Utc};
use serde_json::{Value, json};
use testing::App;

use crate::{
    consult::desk_with_booking,
    door,
    quarters::hand_up_at,
    roles::PASSWORD,
    roster::{act, put_up},
    station_activities::lecture,
    station_moved::another,
    stations::{day, done},
};

#[tokio::test]
async fn what_was_handed_up_stays_when_the_station_has_become_another_unions() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 1, 0, 0).unwrap());
        let mut day = day(&app).await;
        let (_, booked) = desk_with_booking(&mut day, 0).await;
        let afternoon = json!({
            "day": "2026-06-30", "from_hour": 14, "until_hour": 16, "task": "整理图书", "wanted": 1, "guided": true,
        });
        let shift = put_up(&mut day, &afternoon).await;
        done(&act(&mut day.worker, &shift, "join").await);
        let lecture: Value =
            day.officer.post("/api/v1/station-activities", &lecture(&day.station, "2026-06-30", 5)).await.ok();
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let came = json!({ "activity_id": lecture["id"], "code": code["text"] });
        let attendances = format!("/api/v1/me/stations/{}/attendances", day.station);
        done(&day.master.post(&attendances, &came).await);
        let attended = format!("{attendances}?activity={}", lecture["id"].as_str().unwrap());
        let attended: Value = day.master.get(&attended).await.ok();
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 9, 0, 0).unwrap());
        done(&day.officer.log_in("officer", PASSWORD).await);
        let consultation = format!("/api/v1/station-consultations/{}", booked["id"].as_str().unwrap());
        done(&day.officer.post(&format!("{consultation}/mark"), &json!({ "came": true })).await);
        let places: Value = day.officer.get(&format!("/api/v1/station-shifts/{shift}/volunteers")).await.ok();
        let place = format!("/api/v1/station-volunteers/{}", places[0]["id"].as_str().unwrap());
        done(&day.officer.post(&format!("{place}/confirm"), &json!({})).await);

        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 2, 0, 30, 0).unwrap());
        hand_up_at(&app, &day.county).await;
        done(&day.officer.log_in("officer", PASSWORD).await);
        let west = another(&app).await;
        day.change(|form| form["organisation_id"] = json!(west)).await;
        let lecture = format!("/api/v1/station-activities/{}/attendance", lecture["id"].as_str().unwrap());
        let wrong = json!({ "reason": "登记错人", "signup_id": attended[0]["id"] });
        for counted in [format!("{consultation}/"), format!("{place}/"), format!("{lecture}-")] {
            let back = day.officer.post(&format!("{counted}take-back"), &wrong).await;
            assert_eq!(back.code(), "quarter_locked", "{counted}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_was_away_adds_no_visit_to_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 9, 0, 0).unwrap());
        let mut day = day(&app).await;
        door::add(&mut day, "bt-001-lock", "lock", "正门门锁").await;
        let mut opened = Vec::new();
        for name in ["scan-1", "scan-2"] {
            door::say(&app, "lock/event", &json!({ "id": name, "scan": door::code(&mut day).await })).await;
            let order = door::room(&mut day).await["openings"][0]["id"].clone();
            let at = app.house().ambient().now().timestamp();
            opened.push(json!({ "id": format!("done-{name}"), "at": at, "done": order }));
            app.set_clock(Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap());
        }
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 2, 0, 30, 0).unwrap());
        hand_up_at(&app, &day.county).await;
        for event in &opened {
            door::say(&app, "lock/event", event).await;
        }
        let openings = door::room(&mut day).await["openings"].clone();
        let told = |at: usize| (openings[at]["state"].clone(), openings[at]["counted"].clone());
        assert_eq!([told(0), told(1)], [(json!("done"), json!(true)), (json!("done"), json!(false))]);
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.times("station_visit").await, 1);
    })
    .await;
}
