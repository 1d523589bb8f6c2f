//! What an event promised, where less is there than was promised.

use kernel::{
    Id, outbox,
    permission::{LoggedIn, Oneself},
};
use serde_json::{Value, json};
use testing::{App, Client};

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

#[tokio::test]
async fn what_was_handed_over_by_mistake_and_then_rightly_is_one_kit() {
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
        let phone = Client::new(server::router(app.house()).unwrap());
        let consent = crate::join::consent(&mut phone.clone(), &hall.code).await;
        crate::join::join(&app, phone, &hall.code, &consent, 101).await;
        app.settle().await;
        let given: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let claim: Id = given["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let redeem = async |officer: &mut Client| {
            let (code, _) = benefit::redeem::token::issue(&app.caller::<Oneself>(), claim, county).await.unwrap();
            let scan = json!({ "partner_id": place["id"], "code": code });
            let _: Value = officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
            app.settle().await;
        };
        let joins = format!("/api/v1/events/{}/joins", hall.event["id"].as_str().unwrap());

        redeem(&mut hall.officer).await;
        let back = json!({ "reason": "扫错了凭证" });
        let back = hall.officer.post(&format!("/api/v1/benefit-claims/{claim}/take-back"), &back).await;
        assert!(back.status.is_success(), "{}", back.json());
        app.settle().await;
        let joined: Value = hall.officer.get(&joins).await.ok();
        assert!(joined["items"][0]["kit_gate"].is_null(), "nothing was given: {joined}");
        redeem(&mut hall.officer).await;
        let joined: Value = hall.officer.get(&joins).await.ok();
        assert_eq!(joined["items"][0]["kit_gate"], "红城驿站", "{joined}");
        assert_eq!(joined["items"][0]["second_kits"], json!([]), "{joined}");
        drop(hall);
    })
    .await;
}
