//! A gift that was handed over by mistake comes back.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    cupboard::gloves,
    station_faults::stranger,
    stations::{day, done},
};

#[tokio::test]
async fn what_was_handed_over_by_mistake_is_taken_back_and_kept_anew() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let at = |rest: &str| format!("{here}/{rest}");
        let gift = gloves(&mut day).await;
        let own = format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap());
        let (reserve, piece) = (format!("{own}/reserve"), json!({ "quantity": 1 }));
        let claim: Value = day.worker.post(&reserve, &piece).await.ok();
        let (hand_over, back) = (at("gift-hand-over"), at("gift-take-back"));
        let of = json!({ "claim_id": claim["id"] });
        let wrong = |claim: &Value| json!({ "claim_id": claim["id"], "reason": "点错了人" });
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_not_handed");
        done(&day.master.post(&hand_over, &of).await);
        let corner: Value = day.master.get(&at("gifts")).await.ok();
        assert_eq!((&corner["handed"][0]["id"], &corner["reserved"]), (&claim["id"], &json!([])));
        assert_eq!(day.worker.post(&back, &wrong(&claim)).await.status, StatusCode::NOT_FOUND);
        app.pass(TimeDelta::minutes(5));
        let kept: Value = day.master.post(&back, &wrong(&claim)).await.ok();
        assert_eq!((&kept["state"], &kept["until"]), (&json!("reserved"), &json!("2026-07-03T09:05:00+08:00")));
        assert_eq!(day.times("station_gift").await, 0);
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_not_handed");

        // Handed over after all it counts once, and whoever said thanks has it.
        done(&day.master.post(&hand_over, &of).await);
        assert_eq!(day.times("station_gift").await, 1);
        done(&day.worker.post(&format!("{own}/thank"), &json!({ "text": "谢谢大家" })).await);
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_thanked");

        // Where the station is shut nothing is kept: it lies in the corner for all.
        let (_, mut other) = stranger(&app, 3, &day.county).await;
        let second: Value = other.post(&reserve, &piece).await.ok();
        let of_second = json!({ "claim_id": second["id"] });
        done(&day.master.post(&hand_over, &of_second).await);
        let to = format!("/api/v1/stations/{}", day.station);
        done(&day.officer.post(&format!("{to}/pause"), &json!({ "reason": "设备检修" })).await);
        assert_eq!(day.master.post(&back, &wrong(&second)).await.ok::<Value>()["state"], "returned");
        let corner: Value = day.master.get(&at("gifts")).await.ok();
        assert_eq!((&corner["gifts"][0]["left"], &corner["reserved"]), (&json!(2), &json!([])));

        // Tomorrow it is too late.
        done(&day.officer.post(&format!("{to}/open"), &json!({})).await);
        done(&other.post(&reserve, &piece).await);
        done(&day.master.post(&hand_over, &of_second).await);
        app.pass(TimeDelta::days(1));
        assert_eq!(day.master.post(&back, &wrong(&second)).await.code(), "gift_not_today");

        // Withdrawn it stays so, however often that is said.
        for _ in 0..2 {
            let withdrawn = day.master.post(&at("gift-closing"), &json!({ "gift_id": gift["id"] })).await;
            assert_eq!(withdrawn.ok::<Value>()["closed"], true);
        }
    })
    .await;
}
