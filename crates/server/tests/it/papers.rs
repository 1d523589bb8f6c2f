//! The papers of a person over HTTP: who may keep them, and whom a number finds once it was put right.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    join::{consent, filled, rider},
    roles::{found, officer},
};

/// Writes a person down, and answers his record.
async fn registered(officer: &mut Client, place: Id, n: u32) -> Value {
    let member = people::member(n, "courier", &place);
    assert!(officer.post("/api/v1/members", &member).await.status.is_success());
    record(officer, n).await
}

/// The record of whom a phone finds.
async fn record(officer: &mut Client, n: u32) -> Value {
    let found: Value = officer.get(&format!("/api/v1/people?q={}", people::phone(n))).await.ok();
    officer.get(&format!("/api/v1/people/{}", found["items"][0]["id"].as_str().unwrap())).await.ok()
}

/// Puts the number of the first paper right.
async fn correct(officer: &mut Client, person: &Value, number: &str) -> Answer {
    let path = format!("/api/v1/people/{}/papers/correct", person["id"].as_str().unwrap());
    let form = json!({ "paper_id": person["papers"][0]["id"], "number": number, "reason": "登记时看错了证件" });
    let version = format!("\"{}\"", person["version"]);
    officer.send_json(Method::POST, &path, &[("if-match", &version)], &form).await
}

#[tokio::test]
async fn a_number_that_others_hold_shows_their_record_only_to_who_may_see_both() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "152200", "兴安盟总工会", Level::Prefecture).await;
        let here = found(&app, Some(root), "152201", "乌兰浩特市总工会", Level::County).await;
        let there = found(&app, Some(root), "152202", "阿尔山市总工会", Level::County).await;
        let mut own = officer(&app, "own", "业务干部", here).await;
        let mut other = officer(&app, "other", "业务干部", there).await;
        let mut above = officer(&app, "above", "业务干部", root).await;
        let mut leader = officer(&app, "leader", "只读领导", here).await;
        let (first, second) = (registered(&mut own, here, 1).await, registered(&mut other, there, 2).await);

        assert_eq!(correct(&mut leader, &first, &people::number(3)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(correct(&mut other, &first, &people::number(3)).await.status, StatusCode::NOT_FOUND);
        let elsewhere = correct(&mut own, &first, &people::number(2)).await;
        assert_eq!((elsewhere.status, elsewhere.code()), (StatusCode::CONFLICT, "paper_taken_elsewhere".to_owned()));
        assert!(!elsewhere.json().to_string().contains(second["id"].as_str().unwrap()), "{}", elsewhere.json());
        let taken = correct(&mut above, &first, &people::number(2)).await;
        assert_eq!((taken.code(), &taken.json()["extra"]["person_id"]), ("paper_taken".to_owned(), &second["id"]));
        let corrected = correct(&mut own, &first, &people::number(3)).await;
        assert_eq!(corrected.headers["etag"], "\"2\"");
        assert_eq!(correct(&mut own, &first, &people::number(4)).await.status, StatusCode::PRECONDITION_FAILED);
    })
    .await;
}

#[tokio::test]
async fn who_joins_with_the_number_that_was_put_right_is_known_and_the_holder_of_the_wrong_one_is_somebody_else() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        let first = record(&mut hall.officer, 1).await;
        let corrected: Value = correct(&mut hall.officer, &first, &people::number(5)).await.ok();
        assert_ne!(corrected["papers"][0]["number"], first["papers"][0]["number"]);
        let mine: Value = phone.get("/api/v1/me/privacy").await.ok();
        let look = &mine["looked"][0];
        assert_eq!(
            (&look["action_label"], &look["reason"]),
            (&json!("更正证件"), &json!("登记时看错了证件")),
            "{mine}"
        );

        // The next code to the same phone is sent after a minute only.
        app.pass(TimeDelta::minutes(2));
        let consent = consent(&mut phone, &hall.code).await;
        let path = format!("/api/v1/public/events/{}/join", hall.code);
        for (mobile, number, already) in [(1, 5, true), (9, 1, false)] {
            let mut phone = Client::new(server::router(app.house()).unwrap());
            let mut form = filled(&app, &mut phone, (&hall.code, &consent), mobile).await;
            form["document_number"] = json!(people::number(number));
            let joined: Value = phone.post(&path, &form).await.ok();
            assert_eq!(joined["already"], already, "{joined}");
        }
        assert_ne!(record(&mut hall.officer, 9).await["id"], first["id"]);
    })
    .await;
}
