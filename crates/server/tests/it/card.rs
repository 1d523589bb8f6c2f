//! The card: what scanning it tells, on the phone and on paper, and for how long.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Id, audit, permission::LoggedIn};
use membership::card_token;
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::join::{Hall, consent, hall, join, joins};

async fn check(client: &mut Client, token: &str) -> Answer {
    client.get(&format!("/api/v1/public/card/{token}")).await
}

#[tokio::test]
async fn a_card_is_printed_checked_and_ends_with_the_membership() {
    let app = App::sqlite(&server::programmes()).await;
    let mut hall = hall(&app).await;
    let router = server::router(app.house()).unwrap();
    let mut anybody = Client::new(router);
    let consent = consent(&mut anybody, &hall.code).await;
    join(&app, anybody.clone(), &hall.code, &consent, 1).await;
    let members: Value = hall.officer.get("/api/v1/members?limit=1").await.ok();
    let id = members["items"][0]["id"].as_str().unwrap();
    let printed = hall.officer.get(&format!("/api/v1/members/{id}/card.pdf")).await;
    assert!(printed.status.is_success() && printed.body.starts_with(b"%PDF"), "{}", printed.json());
    let noted = audit::Entity::find().filter(audit::Column::Action.eq("members.card"));
    let noted = noted.all(app.caller::<LoggedIn>().read()).await.unwrap();
    assert_eq!(noted[0].object_kind, "kernel/person", "the holder can read who saw his name");
    let (caller, member) = (app.caller::<LoggedIn>(), Id(id.parse().unwrap()));
    let (shown, _) = card_token::issue(&caller, member, hall.county.unwrap()).await.unwrap();
    let paper = card_token::issue_on_paper(&caller, member);
    for token in [&shown, &paper] {
        let told: Value = check(&mut anybody, token).await.ok();
        assert_eq!((&told["valid"], &told["state_label"]), (&json!(true), &json!("正常")));
        assert!(told["name"].as_str().unwrap().contains('*'));
    }
    let mut forged = shown.clone();
    forged.replace_range(..1, if shown.starts_with('A') { "B" } else { "A" });
    assert_eq!(check(&mut anybody, &forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Paper can be copied: at the desk only the phone's own code, or the number that staff compare, hands a kit over.
    let kits = format!("/api/v1/events/{}/kits", hall.event["id"].as_str().unwrap());
    let copied = hall.officer.post(&kits, &json!({ "code": paper, "gate": "1号台" })).await;
    assert_eq!(copied.code(), "card_on_paper");
    let mistyped = hall.officer.post(&kits, &json!({ "code": "1522 0100 0000 0015", "gate": "1号台" })).await;
    assert_eq!(mistyped.code(), "card_number_wrong");
    assert!(hall.officer.post(&kits, &json!({ "code": shown, "gate": "1号台" })).await.status.is_success());
    app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(301));
    assert_eq!(check(&mut anybody, &shown).await.code(), "card_code_not_valid");
    let leave = json!({ "reason": "本人申请" });
    let left = hall.officer.send_json(Method::POST, &format!("/api/v1/members/{id}/leave"), &[], &leave).await;
    assert!(left.status.is_success(), "{}", left.json());
    let told: Value = check(&mut anybody, &paper).await.ok();
    assert_eq!((&told["valid"], &told["state_label"]), (&json!(false), &json!("已退会")));
    assert_eq!(hall.officer.get(&format!("/api/v1/members/{id}/card.pdf")).await.code(), "no_card");
}

#[tokio::test]
async fn a_code_that_was_shown_to_a_table_without_a_network_is_read_as_of_then() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        joins(&app, &hall, 1).await;
        let members: Value = hall.officer.get("/api/v1/members?limit=1").await.ok();
        let member = Id(members["items"][0]["id"].as_str().unwrap().parse().unwrap());
        let caller = app.caller::<LoggedIn>();
        let (shown, _) = card_token::issue(&caller, member, hall.county.unwrap()).await.unwrap();
        let scanned = caller.now();
        app.pass(TimeDelta::minutes(10));
        let kits = format!("/api/v1/events/{}/kits", hall.event["id"].as_str().unwrap());
        let given = |at: DateTime<Utc>| json!({ "code": shown, "gate": "1号台", "given_at": at.to_rfc3339() });
        let stale = hall.officer.post(&kits, &given(scanned + TimeDelta::minutes(6))).await;
        assert_eq!(stale.code(), "card_code_not_valid");
        let kept: Value = hall.officer.post(&kits, &given(scanned)).await.ok();
        assert_eq!(kept["gate"], "1号台");
    })
    .await;
}

#[tokio::test]
async fn a_printed_card_holds_on_when_two_records_of_its_holder_become_one() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let consent = consent(&mut anybody, &hall.code).await;
        for n in [1, 2] {
            join(&app, anybody.clone(), &hall.code, &consent, n).await;
        }
        let members: Value = hall.officer.get("/api/v1/members").await.ok();
        let key = |at: usize, field: &str| Id(members["items"][at][field].as_str().unwrap().parse().unwrap());
        let caller = app.caller::<LoggedIn>();
        let cards = [0, 1].map(|at| card_token::issue_on_paper(&caller, key(at, "id")));
        drop(caller);
        app.merge_people(key(0, "person_id"), key(1, "person_id")).await;
        // Whichever membership stayed: the one card reads as the other does.
        let mut told = Vec::new();
        for card in &cards {
            told.push(check(&mut anybody, card).await.ok::<Value>());
        }
        assert_eq!((&told[0]["valid"], &told[0]["state_label"]), (&json!(true), &json!("正常")));
        assert_eq!(told[0], told[1]);
        let state = async |hall: &mut Hall, at: usize| {
            let path = format!("/api/v1/members/{}", members["items"][at]["id"].as_str().unwrap());
            hall.officer.get(&path).await.ok::<Value>()["state"].clone()
        };
        let stayed = usize::from(state(&mut hall, 0).await == json!("left"));
        let leave = format!("/api/v1/members/{}/leave", members["items"][stayed]["id"].as_str().unwrap());
        let left = hall.officer.send_json(Method::POST, &leave, &[], &json!({ "reason": "本人申请" })).await;
        assert!(left.status.is_success(), "{}", left.json());
        for card in &cards {
            let told: Value = check(&mut anybody, card).await.ok();
            assert_eq!((&told["valid"], &told["state_label"]), (&json!(false), &json!("已退会")));
        }
        drop((hall, anybody));
    })
    .await;
}
