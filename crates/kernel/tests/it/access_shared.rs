//! What holds in every server process, and after the machine's clock was put back.

use axum::{Router, body::Body, http::Method};
use chrono::TimeDelta;
use kernel::{House, permission::LoggedIn};
use serde_json::json;
use testing::{App, Client, people};

use crate::{
    access_world::{PASSWORD, client, logged_in, officer},
    organisation_world::{programmes, region},
    people::last_acts,
    people_sought::at_other,
};

const CODE: &str = "/api/v1/worker/code";
const SESSION: &str = "/api/v1/worker/session";
const OWN: &str = "/api/v1/session";

fn at(house: &House) -> Client {
    let (router, _) = (kernel::own::programme().routes)().split_for_parts();
    Client::new(Router::new().nest("/api/v1", router).with_state(house.clone()))
}

#[tokio::test]
async fn wrong_passwords_typed_at_several_processes_lock_the_account_at_all_of_them() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let other = app.another_process().await;
        for n in 0..5 {
            let mut here = if n % 2 == 0 { client(&app) } else { at(&other) };
            assert_eq!(here.log_in("officer", "Wrong-2026-word").await.code(), "wrong_login");
        }
        for mut here in [client(&app), at(&other)] {
            assert_eq!(here.log_in("officer", PASSWORD).await.code(), "locked");
        }
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_used_up_in_every_process() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let other = app.another_process().await;
        let phone = people::phone(1);
        assert_eq!(client(&app).post(CODE, &json!({ "phone": phone })).await.status, 204);
        assert_eq!(at(&other).post(CODE, &json!({ "phone": phone })).await.code(), "code_too_soon");
        let right = app.sms().last(&phone).unwrap();
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for n in 0..5 {
            let mut here = if n % 2 == 0 { client(&app) } else { at(&other) };
            assert_eq!(here.post(SESSION, &json!({ "phone": phone, "code": wrong })).await.status, 422);
        }
        let dead = at(&other).post(SESSION, &json!({ "phone": phone, "code": right })).await;
        assert_eq!(dead.json()["fields"][0]["code"], "wrong_code");
        let noted = last_acts(&app, "session.refuse_worker").await;
        assert_eq!(noted.len(), 6);
        assert!(noted.iter().all(|entry| !entry.detail.contains(&phone)), "{noted:?}");
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_in_every_process() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        let account = officer(&app, "officer", "业务干部", county).await;
        let other = app.another_process().await;
        let (mut left, mut changed) = (logged_in(&app, "officer").await, logged_in(&app, "officer").await);
        let (mut left_there, mut changed_there) = (at_other(&other, &left), at_other(&other, &changed));
        for client in [&mut left, &mut changed, &mut left_there, &mut changed_there] {
            assert_eq!(client.get(OWN).await.status, 200);
        }
        assert_eq!(client(&app).log_in("officer", "Wrong-2026-word").await.code(), "wrong_login");
        // By a log-out. The audit chain tells it, as it tells of log-ins, right and wrong.
        let ended = left_there.send(Method::DELETE, OWN, &[], Body::empty()).await;
        assert_eq!(ended.status, 204);
        for client in [&mut left, &mut left_there] {
            assert_eq!(client.get(OWN).await.status, 401);
        }
        for (act, times) in [("session.begin", 2), ("session.refuse", 1), ("session.end", 1)] {
            let noted = last_acts(&app, act).await;
            assert_eq!((noted.len(), noted[0].object_id), (times, Some(account)), "{act}");
        }
        // By a new password, set elsewhere.
        let mut desk = logged_in(&app, "officer").await;
        let form = json!({ "old": PASSWORD, "new": "Niangjia-0007" });
        assert_eq!(desk.post("/api/v1/session/password", &form).await.status, 204);
        for client in [&mut changed, &mut changed_there] {
            assert_eq!(client.get(OWN).await.status, 401);
        }
        assert_eq!(at_other(&other, &desk).get(OWN).await.status, 200);
        drop((other, left_there, changed_there));
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_locks_nobody_out() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let (now, phone) = (app.caller::<LoggedIn>().now(), people::phone(1));
        app.set_clock(now + TimeDelta::days(1));
        for _ in 0..5 {
            assert_eq!(client(&app).log_in("officer", "Wrong-2026-word").await.code(), "wrong_login");
        }
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.code(), "locked");
        assert_eq!(client(&app).post(CODE, &json!({ "phone": phone })).await.status, 204);
        app.set_clock(now);
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.status, 204);
        // Nobody waits a day for his next code.
        assert_eq!(client(&app).post(CODE, &json!({ "phone": phone })).await.status, 204);
        let log_in = json!({ "phone": phone, "code": app.sms().last(&phone).unwrap() });
        assert_eq!(client(&app).post(SESSION, &log_in).await.code(), "phone_not_known");
    })
    .await;
}

#[tokio::test]
async fn codes_of_a_day_that_has_not_come_yet_are_none_of_todays() {
    App::each(&programmes(), async |app| {
        let (now, form) = (app.caller::<LoggedIn>().now(), json!({ "phone": people::phone(1) }));
        app.set_clock(now + TimeDelta::days(365));
        for _ in 0..10 {
            assert_eq!(client(&app).post(CODE, &form).await.status, 204);
            app.pass(TimeDelta::minutes(1));
        }
        assert_eq!(client(&app).post(CODE, &form).await.code(), "code_too_many");
        app.set_clock(now);
        assert_eq!(client(&app).post(CODE, &form).await.status, 204);
    })
    .await;
}

#[tokio::test]
async fn a_log_in_does_not_last_until_a_time_comes_again_before_which_the_clock_was_put_back() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let now = app.caller::<LoggedIn>().now();
        app.set_clock(now + TimeDelta::days(60));
        let mut ahead = Vec::new();
        for _ in 0..10 {
            ahead.push(logged_in(&app, "officer").await);
        }
        // A machine whose clock is a little behind lets him in.
        app.pass(TimeDelta::minutes(-2));
        assert_eq!(ahead[0].get(OWN).await.status, 200);
        app.set_clock(now);
        assert_eq!(ahead[0].get(OWN).await.status, 401);
        // Nor do those that are over end one that holds.
        let (mut desk, mut hall) = (logged_in(&app, "officer").await, logged_in(&app, "officer").await);
        assert_eq!((desk.get(OWN).await.status.as_u16(), hall.get(OWN).await.status.as_u16()), (200, 200));
        drop((ahead, desk, hall));
    })
    .await;
}
