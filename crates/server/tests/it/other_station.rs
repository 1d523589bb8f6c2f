//! Who has a post at one station has nothing to do with what is another's, of whichever union it is.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    cupboard::gloves,
    station_faults::stranger,
    station_redeems::built,
    stations::{day, done},
};

#[tokio::test]
async fn a_master_has_nothing_to_do_with_what_is_another_stations() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let other = built(&mut day, "BT-002").await;
        let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
        let post = json!({ "person_id": found["items"][0]["id"], "role": "master" });
        done(&day.officer.post(&format!("/api/v1/stations/{other}/posts"), &post).await);

        let (_, mut visitor) = stranger(&app, 3, &day.county).await;
        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        let claim: Value = visitor.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        let here = format!("/api/v1/me/stations/{}", day.station);
        let receipt = json!({
            "sent_as": "receipt-0001", "kind": "goods", "name": "矿泉水", "unit": "箱", "least": 1, "quantity": 10,
        });
        let good: Value = day.master.post(&format!("{here}/supplies"), &receipt).await.ok();
        let moves = format!("{here}/supply-moves?good={}", good["id"].as_str().unwrap());
        let moves: Value = day.master.get(&moves).await.ok();
        let entered: Value = day.enter(json!({ "sent_as": "phone-1-0001", "quantity": 2 })).await.ok();
        let fault = json!({ "station_id": day.station, "item": "microwave", "said": "不加热" });
        done(&visitor.post("/api/v1/me/station-faults", &fault).await);
        let faults: Value = day.master.get(&format!("{here}/faults")).await.ok();

        let acts = [
            ("gift-hand-over", json!({ "claim_id": claim["id"] })),
            ("supply-take-back", json!({ "move_id": moves["items"][0]["id"], "reason": "记错了" })),
            ("take-back", json!({ "entry_id": entered["entry"]["id"], "reason": "记错了" })),
            ("fault-answers", json!({ "id": faults[0]["id"], "state": "broken" })),
        ];
        for (act, form) in &acts {
            let refused = day.worker.post(&format!("/api/v1/me/stations/{other}/{act}"), form).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{act}: {}", refused.json());
        }
        for (act, form) in &acts {
            done(&day.master.post(&format!("{here}/{act}"), form).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_deputy_who_is_relieved_has_nothing_to_do_with_the_station_any_more() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (station, here) =
            (format!("/api/v1/stations/{}", day.station), format!("/api/v1/me/stations/{}", day.station));
        let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
        let post = json!({ "person_id": found["items"][0]["id"], "role": "deputy" });
        done(&day.officer.post(&format!("{station}/posts"), &post).await);
        done(&day.worker.get(&here).await);
        let shown: Value = day.officer.get(&station).await.ok();
        let deputy = shown["posts"].as_array().unwrap().iter().find(|post| post["role"] == "deputy").unwrap();
        done(&day.officer.post(&format!("{station}/relieve"), &json!({ "post_id": deputy["id"] })).await);
        assert_eq!(day.worker.get(&here).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
