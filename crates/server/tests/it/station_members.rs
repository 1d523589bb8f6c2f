//! A station for members alone, to those who are none.

use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    consult::{book, desk, times},
    cupboard::gloves,
    stations::day,
};

#[tokio::test]
async fn who_is_no_member_gets_nothing_at_a_station_for_members() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        let gloves = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gloves["id"].as_str().unwrap());
        let lecture = json!({
            "station_id": day.station, "kind": "lecture", "title": "骑手急救课", "about": "", "host": "市红十字会",
            "starts_at": "2026-07-02T02:00:00Z", "ends_at": "2026-07-02T04:00:00Z", "capacity": 9,
        });
        let lecture: Value = day.officer.post("/api/v1/station-activities", &lecture).await.ok();
        let sign_up = format!("/api/v1/me/station-activities/{}/sign-up", lecture["id"].as_str().unwrap());
        let (one, nothing) = (json!({ "quantity": 1 }), json!({}));

        // The worker has applied, and is not approved yet.
        day.change(|form| form["access"] = json!("members")).await;
        assert_eq!(book(&mut day.worker, &desk, &tomorrow[0]).await.code(), "station_members_only");
        assert_eq!(day.worker.post(&reserve, &one).await.code(), "station_members_only");
        assert_eq!(day.worker.post(&sign_up, &nothing).await.code(), "station_members_only");

        // A program that doesn't know the field opens the house to nobody by saving the rest.
        let path = format!("/api/v1/stations/{}", day.station);
        let mut form: Value = day.officer.get(&path).await.ok();
        form.as_object_mut().unwrap().remove("access");
        assert_eq!(day.officer.put(&path, &form).await.json()["fields"][0]["field"], "access");
        assert_eq!(day.officer.get(&path).await.ok::<Value>()["access"], "members");

        let found: Value = day.officer.get(&format!("/api/v1/members?q={}", people::phone(2))).await.ok();
        let approved = day.officer.post("/api/v1/members/approve", &json!({ "ids": [found["items"][0]["id"]] })).await;
        assert!(approved.status.is_success(), "{}", approved.json());
        assert!(book(&mut day.worker, &desk, &tomorrow[0]).await.status.is_success());
        assert!(day.worker.post(&reserve, &one).await.status.is_success());
        assert!(day.worker.post(&sign_up, &nothing).await.status.is_success());
    })
    .await;
}
