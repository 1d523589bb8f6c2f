//! A sealed value whose bytes are damaged: whoever opens it hears so in words, lists show the others, it can be entered anew.

use axum::http::{Method, StatusCode};
use kernel::{keys, permission::LoggedIn};
use sea_orm::{ConnectionTrait, sea_query::Query};
use serde_json::{Value, json};
use testing::{App, people};

use crate::join::rider;

const DAMAGED: &str = "v1.AAAA";

/// Overwrites a sealed column, whose table has one row.
async fn overwrite(app: &App, table: &'static str, column: &'static str) {
    let update = &Query::update().table(table).value(column, DAMAGED).to_owned();
    let caller = app.caller::<LoggedIn>();
    let written = caller.unit(|unit| async move {
        unit.execute(update).await?;
        Ok(())
    });
    written.await.unwrap();
}

async fn kept(app: &App, table: &'static str, column: &'static str) -> String {
    let query = Query::select().column(column).from(table).to_owned();
    let row = app.caller::<LoggedIn>().read().query_one(&query).await.unwrap();
    row.unwrap().try_get("", column).unwrap()
}

#[tokio::test]
async fn what_is_damaged_is_said_in_words_and_takes_no_list_along() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        overwrite(&app, "person", "phone_sealed").await;
        let listed: Value = hall.officer.get("/api/v1/people").await.ok();
        assert_eq!(listed["items"][0]["phone"], keys::UNREADABLE, "{listed}");
        let members = hall.officer.get("/api/v1/members").await;
        assert!(members.status.is_success(), "{}", members.json());
        for path in ["/api/v1/session", "/api/v1/me", "/api/v1/me/privacy"] {
            let answer = phone.get(path).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.json());
        }
        let person = format!("/api/v1/people/{}", listed["items"][0]["id"].as_str().unwrap());
        let asked = json!({ "field": "phone", "purpose": "contact", "reason": "核对手机号码" });
        let opened = hall.officer.post(&format!("{person}/reveal"), &asked).await;
        assert_eq!((opened.status, opened.code().as_str()), (StatusCode::CONFLICT, "damaged"));
        assert!(opened.json()["detail"].as_str().unwrap().contains("已损坏"), "{}", opened.json());

        // What is changed beside it leaves its bytes; another number takes their place.
        let mut version = 0;
        for (change, shown) in
            [(json!({ "name": people::name(2) }), true), (json!({ "phone": people::phone(2) }), false)]
        {
            let seen: Value = hall.officer.get(&person).await.ok();
            assert!(seen["version"].as_i64().unwrap() > version, "{seen}");
            version = seen["version"].as_i64().unwrap();
            let tag = format!("\"{version}\"");
            let changed = hall.officer.send_json(Method::PUT, &person, &[("if-match", &tag)], &change).await;
            let changed: Value = changed.ok();
            assert_eq!(changed["phone"] == keys::UNREADABLE, shown, "{changed}");
            assert_eq!(kept(&app, "person", "phone_sealed").await == DAMAGED, shown);
        }
        let opened: Value = hall.officer.post(&format!("{person}/reveal"), &asked).await.ok();
        assert_eq!(opened["value"], people::phone(2));
        app.settle().await;
        assert!(
            app.sms().last_text(&people::phone(2)).is_some(),
            "the new number is told; whose the old one was nobody knows"
        );
    })
    .await;
}
