//! What an event promised, where less is there than was promised.

use kernel::{outbox, permission::LoggedIn};
use serde_json::{Value, json};
use testing::App;

use crate::benefit::{Worker, workers};

#[tokio::test]
async fn of_many_told_of_together_the_first_who_joined_get_what_is_there() {
    App::each(&server::programmes(), async |app| {
        let mut hall = crate::join::hall(&app).await;
        let county = hall.county.unwrap();
        let place = json!({ "organisation_id": county, "name": "红城驿站", "kind": "station", "active": true });
        let place: Value = hall.officer.post("/api/v1/benefit-partners", &place).await.ok();
        let form = json!({
            "organisation_id": county, "kind": "kit", "title": "入会礼包", "unit_fen": 6800, "event_id": hall.event["id"],
            "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place["id"]],
            "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 2 }],
        });
        let offer: Value = hall.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        hall.officer.post(&format!("{path}/publish"), &json!({})).await;
        app.settle().await;
        // Those who were known longest joined last; one of them is told of twice.
        let known = workers(&app, county, 1..5).await;
        let joined: Vec<&Worker> = [3, 3, 2, 1, 0].map(|n: usize| &known[n]).to_vec();
        let (caller, joined, event) = (&app.caller::<LoggedIn>(), &joined, &hall.event["id"]);
        let told = caller.unit(|unit| async move {
            for one in joined {
                let payload = json!({ "person": one.id, "event": event });
                outbox::publish(&unit, caller, "member_joined", &payload)?;
            }
            Ok(())
        });
        told.await.unwrap();
        app.settle().await;
        let given: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let mut had: Vec<&Value> = given["items"].as_array().unwrap().iter().map(|claim| &claim["person_id"]).collect();
        had.sort_by_key(|person| person.to_string());
        assert_eq!(had, [&json!(known[2].id), &json!(known[3].id)]);
        drop(hall);
    })
    .await;
}
