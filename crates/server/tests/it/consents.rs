//! What a worker's consent to be dealt with on the phone comes to once it is taken back: officers see it, what rests on it
//! alone ends, and he gives it again where he took it back.

use chrono::TimeDelta;
use kernel::{audit, permission::LoggedIn};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::App;

use crate::{
    desk_phone::at_the_desk,
    hall::let_officers_approve,
    join::{Hall, by_phone, hall, rider},
};

const WITHDRAW: &str = "/api/v1/me/consents/membership/withdraw";
const GIVE: &str = "/api/v1/me/consents";

/// The only member, or the only applicant.
async fn member(hall: &mut Hall) -> Value {
    let members: Value = hall.officer.get("/api/v1/members").await.ok();
    hall.officer.get(&format!("/api/v1/members/{}", members["items"][0]["id"].as_str().unwrap())).await.ok()
}

/// How many of those who joined are to be asked why they never used anything.
async fn to_be_asked(hall: &mut Hall) -> Value {
    let path = format!("/api/v1/events/{}/joins?unused=true", hall.event["id"].as_str().unwrap());
    hall.officer.get(&path).await.ok::<Value>()["total"].clone()
}

#[tokio::test]
async fn who_took_his_consent_back_is_seen_by_officers_and_not_asked_after_until_he_gives_it_again() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        assert_eq!(phone.get("/api/v1/me/privacy").await.ok::<Value>()["agree_again"], json!([]));
        assert_eq!(
            (member(&mut hall).await["consent_withdrawn_at"].clone(), to_be_asked(&mut hall).await),
            (Value::Null, json!(1))
        );
        let after: Value = phone.post(WITHDRAW, &json!({})).await.ok();
        let text = &after["agree_again"][0];
        assert!(text["text"].as_str().unwrap().contains("个人信息处理者"), "{after}");
        let seen = member(&mut hall).await;
        assert_eq!(seen["consent_withdrawn_at"], after["consents"][0]["withdrawn_at"], "{seen}");
        assert_eq!(seen["state"], "normal", "the union goes on keeping its members by law");
        assert_eq!(to_be_asked(&mut hall).await, 0);

        app.pass(TimeDelta::minutes(1));
        assert!(after["consents"][0]["ends"].as_str().unwrap().contains("会籍不因此终止"), "{after}");
        let old = phone.post(GIVE, &json!({ "purpose": "membership", "version": "old" })).await;
        assert_eq!((old.code().as_str(), &old.json()["extra"]), ("consent_missing", text));
        let strange = json!({ "purpose": "other", "version": text["version"] });
        assert_eq!(phone.post(GIVE, &strange).await.code(), "not_found");
        for _ in 0..2 {
            let again: Value =
                phone.post(GIVE, &json!({ "purpose": "membership", "version": text["version"] })).await.ok();
            assert_eq!((&again["agree_again"], &again["consents"][0]["withdrawn_at"]), (&json!([]), &Value::Null));
            assert_eq!(again["consents"].as_array().unwrap().len(), 2, "what he took back stays on record");
            assert_eq!(again["looked"], json!([]), "what he does himself is no look");
        }
        assert_eq!(member(&mut hall).await["consent_withdrawn_at"], Value::Null);
        assert_eq!(to_be_asked(&mut hall).await, 1);
        let given = audit::Entity::find().filter(audit::Column::Action.eq("consents.give"));
        assert_eq!(given.count(app.caller::<LoggedIn>().read()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_application_of_who_took_his_consent_back_is_not_approved() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let event = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let_officers_approve(&mut hall, &event).await;
        let (mut phone, version, answer) = by_phone(&app, &hall, 1).await;
        assert_eq!(answer.ok::<Value>()["state"], "applied");
        assert!(phone.post(WITHDRAW, &json!({})).await.status.is_success());

        // Nor at the desk of another event, which approves at once.
        let mut another = hall.event.clone();
        let union = another["unions"][0]["id"].clone();
        another["unions"] = json!([union]);
        let another: Value = hall.officer.post("/api/v1/events", &another).await.ok();
        let told: Value = hall.officer.post("/api/v1/members", &at_the_desk(1, None, &union, &another)).await.ok();
        assert_eq!((&told["outcome"], &told["state"]), (&json!("already"), &json!("applied")), "{told}");
        let waiting = member(&mut hall).await;
        let chosen = json!({ "ids": [waiting["id"]] });
        let by_rule = json!({ "rule": { "organisation_id": hall.county } });
        for wanted in [&chosen, &by_rule] {
            let answer: Value = hall.officer.post("/api/v1/members/approve", wanted).await.ok();
            assert_eq!(answer["approved"], 0, "{answer}");
            assert!(answer["refused"][0]["reason"].as_str().unwrap().contains("已撤回"), "{answer}");
        }
        let given = phone.post(GIVE, &json!({ "purpose": "membership", "version": version })).await;
        assert!(given.status.is_success(), "{}", given.json());
        let answer: Value = hall.officer.post("/api/v1/members/approve", &chosen).await.ok();
        assert_eq!(answer["approved"], 1, "{answer}");
    })
    .await;
}
