//! A number that changed hands: whoever proved it takes it off the record to which it led him.

use axum::http::StatusCode;
use chrono::TimeDelta;
use futures::future::join;
use kernel::{
    etag::IfMatch,
    person::{
        change::{PersonChange, change},
        permissions::{Manage, View},
        show::show,
    },
};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    access_world::{client, logged_in, officer},
    organisation_world::{programmes, region},
    people::{last_acts, register},
};

const NUMBER: &str = "13900000001";
const GIVE_UP: &str = "/api/v1/me/phone/give-up";

/// What whoever holds a number is answered when he logs in by the code that came to it.
async fn comes_in(app: &App, phone: &mut Client, number: &str) -> Answer {
    app.pass(TimeDelta::seconds(61));
    assert!(phone.post("/api/v1/worker/code", &json!({ "phone": number })).await.status.is_success());
    phone.post("/api/v1/worker/session", &json!({ "phone": number, "code": app.sms().last(number).unwrap() })).await
}

#[tokio::test]
async fn whoever_proves_a_number_takes_it_off_a_record_that_is_not_his() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let id = register(&app, region.county, 1, "王小明", Some(NUMBER)).await;
        let (mut owner, mut holder) = (client(&app), client(&app));
        for phone in [&mut owner, &mut holder] {
            assert_eq!(comes_in(&app, phone, NUMBER).await.status, StatusCode::NO_CONTENT);
        }
        let who: Value = holder.get("/api/v1/session").await.ok();
        assert_eq!(who["name"], "王*明", "no more is told before he says who he is");

        // Pressed twice on a bad network it is done once.
        let mut again = holder.clone();
        let both = join(holder.post(GIVE_UP, &json!({})), again.post(GIVE_UP, &json!({}))).await;
        for answer in [both.0, both.1] {
            let fits = [StatusCode::NO_CONTENT, StatusCode::UNAUTHORIZED].contains(&answer.status);
            assert!(fits, "{} {}", answer.status, answer.json());
        }
        let acts = last_acts(&app, "people.give_up_phone").await;
        assert_eq!(acts.len(), 1);
        assert_eq!((acts[0].object_id, acts[0].organisation_id), (Some(id), Some(region.county)));
        for phone in [&mut owner, &mut holder, &mut again] {
            assert_eq!(phone.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        }
        let left = show(&app.caller::<View>(), id).await.unwrap();
        assert!(left.phone.is_none() && left.phone_lost_at.is_some(), "{left:?}");
        app.settle().await;
        let told = app.sms().last_text(NUMBER).unwrap();
        assert!(told.contains("不能再登录") && !told.contains("152201总工会"), "{told}");

        // Nobody has it now, so that it can be written down for who holds it.
        assert_eq!(comes_in(&app, &mut holder, NUMBER).await.code(), "phone_not_known");
        register(&app, region.tongliao, 2, "张小雨", Some(NUMBER)).await;
        assert_eq!(comes_in(&app, &mut holder, NUMBER).await.status, StatusCode::NO_CONTENT);
        let who: Value = holder.get("/api/v1/session").await.ok();
        assert_eq!(who["name"], "张*雨");
    })
    .await;
}

#[tokio::test]
async fn a_record_waits_for_another_number_until_it_has_one_or_there_is_none() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        for (n, other) in [(1, "13900000009"), (2, "")] {
            let number = format!("1390000000{n}");
            let id = register(&app, region.county, n, "王小明", Some(&number)).await;
            let mut holder = client(&app);
            comes_in(&app, &mut holder, &number).await;
            assert_eq!(holder.post(GIVE_UP, &json!({})).await.status, StatusCode::NO_CONTENT);
            let caller = &app.caller::<Manage>();
            let renamed = PersonChange { name: Some("王晓明".into()), ..PersonChange::default() };
            let still = change(caller, id, &IfMatch::version(2), &renamed).await.unwrap();
            assert!(still.phone_lost_at.is_some());
            let found = PersonChange { phone: Some(other.into()), ..PersonChange::default() };
            let settled = change(caller, id, &IfMatch::version(3), &found).await.unwrap();
            assert_eq!((settled.phone_lost_at, settled.phone.is_some()), (None, !other.is_empty()));
            app.settle().await;
        }
    })
    .await;
}

#[tokio::test]
async fn who_did_not_come_by_the_number_takes_none_away() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let id = register(&app, region.county, 1, "王小明", Some(NUMBER)).await;
        officer(&app, "desk", "业务干部", region.county).await;
        let mut desk = logged_in(&app, "desk").await;
        assert_eq!(desk.post(GIVE_UP, &json!({})).await.status, StatusCode::FORBIDDEN);
        assert_eq!(client(&app).post(GIVE_UP, &json!({})).await.status, StatusCode::UNAUTHORIZED);
        // A log-in that ended meanwhile takes nothing away either: an officer wrote the right number down.
        let mut holder = client(&app);
        comes_in(&app, &mut holder, NUMBER).await;
        let moved = PersonChange { phone: Some("13900000002".into()), ..PersonChange::default() };
        change(&app.caller::<Manage>(), id, &IfMatch::version(1), &moved).await.unwrap();
        assert_eq!(holder.post(GIVE_UP, &json!({})).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(show(&app.caller::<View>(), id).await.unwrap().phone.as_deref(), Some("139****0002"));
        app.settle().await;
    })
    .await;
}
