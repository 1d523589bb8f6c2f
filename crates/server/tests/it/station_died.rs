//! Whoever has died is waited for at no station, and no text calls him to the one for which he answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    consult::{book, desk, times},
    station_neglect::{listed, told},
    stations::{day, done},
};

#[tokio::test]
async fn a_master_who_has_died_is_called_no_more_and_his_union_sees_that_there_is_none() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        done(&book(&mut day.master, &desk, &tomorrow[0]).await);
        let station: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
        let duty = json!({
            "station_id": day.station, "day": "2026-07-02", "from_hour": 9, "until_hour": 12, "task": "开站值守",
            "post_id": station["posts"][0]["id"],
        });
        let shifts: Value = day.officer.post("/api/v1/station-shifts", &duty).await.ok();
        let found: Value = day.officer.get(&format!("/api/v1/members?q={}", people::phone(1))).await.ok();
        let member = &found["items"][0]["id"];
        day.officer.post("/api/v1/members/approve", &json!({ "ids": [member] })).await;
        let decease = format!("/api/v1/members/{}/decease", member.as_str().unwrap());
        done(&day.officer.post(&decease, &json!({ "reason": "家属已报告" })).await);
        app.settle().await;

        assert_eq!(listed(&mut day, "no_master").await, 1);
        let shift = format!("/api/v1/station-shifts/{}", shifts[0]["id"].as_str().unwrap());
        assert_eq!(day.officer.get(&shift).await.json()["off"], "值守人已不在任");
        assert_eq!(times(&mut day.worker, &desk, 1).await, tomorrow);
        app.set_clock("2026-07-01T12:30:00+08:00".parse::<DateTime<Utc>>().unwrap());
        app.schedule().await;
        assert!(!told(&app).iter().any(|text| text.contains("东河驿站")), "{:?}", told(&app));
    })
    .await;
}
