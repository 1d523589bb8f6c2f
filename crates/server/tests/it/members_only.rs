//! What is offered to members alone, and who came to an enrolment event: whom the event approves at once may have it at once,
//! whose application waits reads that he may have it then.

use axum::http::{Method, StatusCode};
use kernel::Id;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    benefit::lasting,
    hall::let_officers_approve,
    join::{Hall, by_phone, hall},
};

/// Puts something for members alone before the county's people; answers its round.
async fn for_members(app: &App, hall: &mut Hall) -> String {
    let county: Id = hall.county.unwrap();
    let place = json!({ "organisation_id": county, "name": "红城驿站", "kind": "station", "active": true });
    let place: Value = hall.officer.post("/api/v1/benefit-partners", &place).await.ok();
    let offer = json!({
        "organisation_id": county, "kind": "meal", "title": "会员爱心餐", "unit_fen": 1500, "places": [place["id"]],
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "audience": { "members_only": true },
        "rounds": lasting(app, chrono::TimeDelta::days(1), 9),
    });
    let offer: Value = hall.officer.post("/api/v1/benefit-offers", &offer).await.ok();
    let publish = format!("/api/v1/benefit-offers/{}/publish", offer["id"].as_str().unwrap());
    let offer: Value = hall.officer.post(&publish, &json!({})).await.ok();
    offer["rounds"][0]["id"].as_str().unwrap().to_owned()
}

/// Comes to the event; answers his phone, which is logged in by that.
async fn comes(app: &App, hall: &Hall, n: u32, state: &str) -> Client {
    let (phone, _, answer) = by_phone(app, hall, n).await;
    let joined: Value = answer.ok();
    assert_eq!(joined["state"], state, "{joined}");
    phone
}

async fn claims(phone: &mut Client, round: &str, key: &str) -> Answer {
    let path = format!("/api/v1/me/benefit-rounds/{round}/claim");
    phone.send_json(Method::POST, &path, &[("idempotency-key", key)], &json!({})).await
}

#[tokio::test]
async fn who_joins_at_an_event_has_what_is_for_members_once_he_is_one() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let round = for_members(&app, &mut hall).await;
        let mut member = comes(&app, &hall, 1, "normal").await;
        let had = claims(&mut member, &round, "a").await;
        assert_eq!(had.status, StatusCode::CREATED, "{}", had.json());

        let event = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let_officers_approve(&mut hall, &event).await;
        let mut waits = comes(&app, &hall, 2, "applied").await;
        let not = claims(&mut waits, &round, "b").await;
        assert_eq!((not.status, not.code().as_str()), (StatusCode::FORBIDDEN, "not_for_you"));
        let why = not.json()["detail"].as_str().unwrap().to_owned();
        assert!(why.contains("您还不是会员；已申请入会的，批准后即可享受"), "{why}");
        let rule = json!({ "rule": { "organisation_id": hall.county, "event_id": hall.event["id"] } });
        let approved: Value = hall.officer.post("/api/v1/members/approve", &rule).await.ok();
        assert_eq!(approved["approved"], 1, "{approved}");
        let had = claims(&mut waits, &round, "c").await;
        assert_eq!(had.status, StatusCode::CREATED, "{}", had.json());
        drop((hall, member, waits));
    })
    .await;
}
