//! Two records turn out to be one person, and both have done the same at a station: it was done once.

use chrono::{TimeDelta, TimeZone, Utc};
use kernel::Moment;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    door,
    quarters::hand_up_at,
    roles::PASSWORD,
    roster::{act, afternoon, places, put_up},
    station_activities::lecture,
    station_faults::stranger,
    stations::{Day, day, done},
};

/// The hours of either record on a shift, none where they are not confirmed.
type Hours = [Option<i64>; 2];

const HOURS: [Hours; 7] = [
    [None, None],
    [None, Some(1)],
    [Some(2), None],
    [Some(0), Some(2)],
    [Some(1), Some(2)],
    [Some(2), Some(1)],
    [Some(2), Some(2)],
];

async fn confirm(day: &mut Day, shift: &str, hours: Hours) {
    let path = format!("/api/v1/me/stations/{}/shift-hours", day.station);
    let both = places(day, shift).await;
    for (place, hours) in both.iter().zip(hours) {
        if let Some(hours) = hours {
            done(&day.master.post(&path, &json!({ "volunteer_id": place["id"], "hours": hours })).await);
        }
    }
}

#[tokio::test]
async fn hours_that_both_records_have_of_a_shift_are_credited_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        let mut shifts = Vec::new();
        for (from, hours) in (10..24).step_by(2).zip(HOURS) {
            let mut form = afternoon(3);
            (form["from_hour"], form["until_hour"]) = (json!(from), json!(from + 2));
            let shift = put_up(&mut day, &form).await;
            for phone in [&mut one, &mut other] {
                done(&act(phone, &shift, "join").await);
            }
            shifts.push((shift, hours));
        }
        app.pass(TimeDelta::minutes(870));
        for (shift, hours) in &shifts {
            confirm(&mut day, shift, *hours).await;
        }
        app.merge_people(going, stays).await;
        let most = |hours: &Hours| hours.iter().flatten().copied().max();
        for (shift, hours) in &shifts {
            let left = places(&mut day, shift).await;
            assert_eq!((left.len(), &left[0]["hours"]), (1, &json!(most(hours))), "{hours:?}");
        }
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.times("station_volunteer_hours").await, HOURS.iter().filter_map(most).sum::<i64>());
    })
    .await;
}

#[tokio::test]
async fn hours_of_a_quarter_that_was_handed_up_stay_as_they_were_reported() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 1, 0, 0).unwrap());
        let mut day = day(&app).await;
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        let mut form = afternoon(3);
        form["day"] = json!("2026-06-30");
        let shift = put_up(&mut day, &form).await;
        for phone in [&mut one, &mut other] {
            done(&act(phone, &shift, "join").await);
        }
        app.pass(TimeDelta::hours(8));
        confirm(&mut day, &shift, [Some(2), Some(1)]).await;
        app.pass(TimeDelta::hours(10));
        hand_up_at(&app, &day.county).await;
        app.merge_people(going, stays).await;
        assert_eq!(places(&mut day, &shift).await.len(), 2);
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.times("station_volunteer_hours").await, 3);
    })
    .await;
}

#[tokio::test]
async fn who_came_to_an_activity_by_both_records_came_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (going, one) = stranger(&app, 3, &day.county).await;
        let (stays, other) = stranger(&app, 4, &day.county).await;
        let mut phones = [one, other];
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let form = lecture(&day.station, "2026-07-01", 3);
        let mut activities = Vec::new();
        for case in 0..16_u8 {
            // Whether either record signed up, and whether it came.
            let did = [(case & 1 > 0, case & 2 > 0), (case & 4 > 0, case & 8 > 0)];
            let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
            let id = made["id"].as_str().unwrap().to_owned();
            for (phone, (signed, came)) in phones.iter_mut().zip(did) {
                if signed {
                    done(&phone.post(&format!("/api/v1/me/station-activities/{id}/sign-up"), &json!({})).await);
                }
                if came {
                    let code: Value = phone.get("/api/v1/me/station-code").await.ok();
                    let code = json!({ "activity_id": id, "code": code["text"] });
                    done(&day.master.post(&attend, &code).await);
                }
            }
            activities.push((id, did));
        }
        app.merge_people(going, stays).await;
        for (id, did) in activities {
            let came = did.iter().any(|(_, came)| *came);
            let seated = did.contains(&(true, came));
            let shown: Value = day.officer.get(&format!("/api/v1/station-activities/{id}")).await.ok();
            let counts = (shown["seated"].as_i64(), shown["attended"].as_i64());
            assert_eq!(counts, (Some(seated.into()), Some(came.into())), "{did:?}");
        }
        assert_eq!(day.times("station_activity").await, 12);
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_scanned_before_the_merger_names_who_he_is_now() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        let mut entries = Vec::new();
        for (phone, name) in [(&mut one, "phone-1-0001"), (&mut other, "phone-1-0002")] {
            let code: Value = phone.get("/api/v1/me/station-code").await.ok();
            let at = Moment::from(app.house().ambient().now());
            entries.push(json!({ "sent_as": name, "code": code["text"], "happened_at": at }));
        }
        app.merge_people(going, stays).await;
        // The master's phone had no network until then.
        app.pass(TimeDelta::hours(2));
        let first: Value = day.enter(entries.remove(0)).await.ok();
        let second: Value = day.enter(entries.remove(0)).await.ok();
        assert_eq!((&first["counted_before"], &second["counted_before"]), (&json!(false), &json!(true)));
        done(&day.officer.log_in("officer", PASSWORD).await);
        assert_eq!(day.times("station_visit").await, 1);
        let visits: Value = other.get("/api/v1/me/station-visits").await.ok();
        assert_eq!(visits.as_array().unwrap().len(), 1, "{visits}");
    })
    .await;
}

#[tokio::test]
async fn who_was_appointed_by_both_records_is_called_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let ((going, _), (stays, _)) = (stranger(&app, 3, &day.county).await, stranger(&app, 4, &day.county).await);
        for person in [going, stays] {
            let post = json!({ "person_id": person, "role": "deputy" });
            done(&day.officer.post(&format!("/api/v1/stations/{}/posts", day.station), &post).await);
        }
        door::add(&mut day, "bt-001-smoke", "smoke", "室内烟感").await;
        app.merge_people(going, stays).await;
        door::say(&app, "smoke/state", &json!({ "smoke": true })).await;
        app.settle().await;
        let called = |n| app.sms().texts(&people::phone(n)).iter().filter(|text| text.contains("烟雾报警")).count();
        assert_eq!([1, 3, 4].map(called), [1, 0, 1]);
    })
    .await;
}
