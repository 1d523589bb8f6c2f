//! The nearest of what stations offer is found, however much is offered farther away.

use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    consult::desk,
    roster::{afternoon, put_up},
    station_activities::lecture,
    station_redeems::built,
    stations::{Day, day, done},
};

/// Eleven hundred more of a table's only row, which come before it by their keys.
fn many(table: &str, columns: &str) -> String {
    format!(
        "INSERT INTO {table} (id, {columns}) \
         WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1100) \
         SELECT id - n, {columns} FROM {table}, more"
    )
}

/// Something of each kind at the day's station, far away, and eleven hundred more.
async fn crowd(app: &App, day: &mut Day) {
    day.change(|form| form["position"] = json!({ "longitude": 110.1, "latitude": 40.6 })).await;
    desk(day).await;
    let far = lecture(&day.station, "2026-07-02", 5);
    done(&day.officer.post("/api/v1/station-activities", &far).await);
    put_up(day, &afternoon(2)).await;
    app.write(&many("station_desk", "station_id, kind, adviser_id, hours, minutes, about, made_at, version")).await;
    let activity = "station_id, kind, title, about, host, starts_at, ends_at, capacity, made_at, version";
    app.write(&many("station_activity", activity)).await;
    let shift = "station_id, day, from_hour, until_hour, task, wanted, guided, made_at, version";
    app.write(&many("station_shift", shift)).await;
}

/// What is offered of a kind where the worker stands, the first two.
async fn offered(phone: &mut Client, kind: &str) -> (Value, Value) {
    let shown: Value = phone.get(&format!("/api/v1/me/station-{kind}?longitude=110.0&latitude=40.6")).await.ok();
    (shown[0].clone(), shown[1].clone())
}

#[tokio::test]
async fn what_is_near_is_found_behind_a_thousand_that_are_far() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        crowd(&app, &mut day).await;
        let near = built(&mut day, "BT-002").await;
        let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
        let post = json!({ "person_id": found["items"][0]["id"], "role": "master" });
        done(&day.officer.post(&format!("/api/v1/stations/{near}/posts"), &post).await);
        done(&day.officer.post(&format!("/api/v1/stations/{near}/open"), &json!({})).await);
        // Made later, and on a later day.
        day.station.clone_from(&near);
        desk(&mut day).await;
        done(&day.officer.post("/api/v1/station-activities", &lecture(&near, "2026-07-10", 5)).await);
        let mut shift = afternoon(2);
        (shift["station_id"], shift["day"]) = (json!(near), json!("2026-07-10"));
        done(&day.officer.post("/api/v1/station-shifts", &shift).await);
        for kind in ["desks", "activities", "shifts"] {
            let (first, second) = offered(&mut day.worker, kind).await;
            assert_eq!((&first["metres"], &first["station"]), (&json!(0), &json!("BT-002号驿站")), "{kind}: {first}");
            assert!((8_000..9_000).contains(&second["metres"].as_u64().unwrap()), "{kind}: {second}");
        }
    })
    .await;
}
