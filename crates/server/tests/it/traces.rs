//! What is changed leaves an entry in the audit chain. The client of all tests looks at each call that it sends; here it is
//! held that it does, and that the operations that need leave none are few and nobody's but a worker's or a guest's.

use std::panic::AssertUnwindSafe;

use axum::{
    Router,
    body::Body,
    http::{Method, StatusCode},
    routing::post,
};
use chrono::TimeDelta;
use futures::FutureExt;
use kernel::{Caller, Problem, audit, outbox, permission::Everyone};
use serde_json::{Value, json};
use testing::{Answer, App, Client, UNTRACED};

use crate::{
    document::{document, operations},
    roles::PASSWORD,
    stations::{Day, day, done, phone},
};

/// Changes something and leaves no entry.
async fn silent(caller: Caller<Everyone>) -> Result<StatusCode, Problem> {
    let caller = &caller;
    caller.unit(|unit| async move { outbox::publish(&unit, caller, "nothing_heard", &json!({})) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn noted(caller: &Caller<Everyone>, action: &str) -> Result<StatusCode, Problem> {
    let act = (action, "kernel/account", None);
    caller.unit(|unit| async move { audit::record(&unit, caller, act, None, json!({})).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves an entry.
async fn told(caller: Caller<Everyone>) -> Result<StatusCode, Problem> {
    noted(&caller, "session.end").await
}

/// Leaves an entry for which nobody has words.
async fn unnamed(caller: Caller<Everyone>) -> Result<StatusCode, Problem> {
    noted(&caller, "nobody.declares_it").await
}

/// Looks, and changes nothing.
async fn idle(caller: Caller<Everyone>) -> Result<StatusCode, Problem> {
    caller.unit(|_| async move { Ok(()) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a test goes on after a call.
async fn goes_on(router: &Router, path: &str) -> bool {
    let mut client = Client::new(router.clone());
    let sent = AssertUnwindSafe(client.post(path, &json!({}))).catch_unwind().await;
    sent.inspect(|answer| assert!(answer.status.is_success(), "{path}: {}", answer.json())).is_ok()
}

#[tokio::test]
async fn a_call_that_changes_something_and_leaves_no_entry_fails_its_test() {
    App::each(&server::programmes(), async |app| {
        let router = Router::new()
            .route("/silent", post(silent))
            .route("/told", post(told))
            .route("/unnamed", post(unnamed))
            .route("/idle/{id}", post(idle))
            .with_state(app.house().clone());
        for (path, holds) in [("/silent", false), ("/told", true), ("/unnamed", false), ("/idle/1", true)] {
            assert_eq!(goes_on(&router, path).await, holds, "{path}");
        }
        // What may leave none, and what may leave one all the same.
        for (path, silently, loudly) in
            [("/api/v1/worker/code", true, false), ("/api/v1/session/log-ins/end", true, true)]
        {
            let quiet = Router::new().route(path, post(silent)).with_state(app.house().clone());
            let loud = Router::new().route(path, post(told)).with_state(app.house().clone());
            assert_eq!((goes_on(&quiet, path).await, goes_on(&loud, path).await), (silently, loudly), "{path}");
        }
    })
    .await;
}

#[test]
fn what_may_leave_no_entry_is_an_operation_that_no_officers_permission_opens() {
    let operations = operations(&document());
    let mut before = ("", "");
    for one in UNTRACED {
        let (method, path) = one.operation.split_once(' ').unwrap();
        assert!((path, method) > before, "{} stands out of order, or twice", one.operation);
        before = (path, method);
        assert_ne!(method, "GET", "{}", one.operation);
        assert!(one.reason.ends_with('.'), "{} has no reason", one.operation);
        let operation = operations.iter().find(|(its, place, _)| its == method && place == path);
        let (_, _, operation) = operation.unwrap_or_else(|| panic!("there is no {}", one.operation));
        let permission = operation["x-permission"].as_str().unwrap();
        let is_own = ["everyone", "logged_in", "oneself"].contains(&permission);
        assert!(is_own || one.sometimes, "{} takes the permission {permission}, and leaves no entry", one.operation);
    }
}

/// A call of each operation that leaves an entry only sometimes: one that leaves none, and one that does.
async fn both_ways(app: &App, day: &mut Day) -> [(&'static str, [Answer; 2]); 3] {
    // A worker and an officer, each logged in on another device, too.
    app.pass(TimeDelta::minutes(2));
    phone(app, 2).await;
    done(&Client::new(server::router(app.house()).unwrap()).log_in("officer", PASSWORD).await);
    let ends = "/api/v1/session/log-ins/end";
    let ended = [day.worker.post(ends, &json!({})).await, day.officer.post(ends, &json!({})).await];

    let plan = json!({ "station_id": day.station, "kind": "planned", "planned_on": "2026-07-02", "team": "检查组" });
    let made: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
    let keep = format!("/api/v1/station-inspections/{}/draft", made["id"].as_str().unwrap());
    let draft = json!({ "marks": [], "found": [] });
    let taken_up = day.officer.post(&keep, &draft).await;
    let drafted = [day.officer.post(&keep, &draft).await, taken_up];

    let out = async |client: &mut Client| client.send(Method::DELETE, "/api/v1/session", &[], Body::empty()).await;
    let left = [out(&mut day.worker).await, out(&mut day.officer).await];
    [
        ("DELETE /api/v1/session", left),
        ("POST /api/v1/session/log-ins/end", ended),
        ("POST /api/v1/station-inspections/{id}/draft", drafted),
    ]
}

#[tokio::test]
async fn what_leaves_an_entry_only_sometimes_is_needed_among_the_exceptions() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shown = both_ways(&app, &mut day).await;
        for (operation, [silent, told]) in &shown {
            done(silent);
            done(told);
            let left = |answer: &Answer| (answer.trace.has_changed(), !answer.trace.acts().is_empty());
            assert_eq!((left(silent), left(told)), ((true, false), (true, true)), "{operation}");
        }
        let shown: Vec<&str> = shown.iter().map(|(operation, _)| *operation).collect();
        let sometimes = UNTRACED.iter().filter(|one| one.sometimes).map(|one| one.operation);
        assert_eq!(sometimes.collect::<Vec<_>>(), shown);
    })
    .await;
}
