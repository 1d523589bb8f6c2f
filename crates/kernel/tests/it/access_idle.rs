//! When an account was last logged in with, and which of them lie idle.

use axum::{body::Body, http::Method};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    access_world::{PASSWORD, client, logged_in, officer},
    organisation_world::{programmes, region},
};

/// The user names on the page that is asked for, sorted.
async fn named(client: &mut Client, asked: &str) -> Vec<String> {
    let page: Value = client.get(&format!("/api/v1/accounts?{asked}")).await.ok();
    let items = page["items"].as_array().unwrap();
    let mut names: Vec<String> = items.iter().map(|one| one["username"].as_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    names
}

async fn last(client: &mut Client, username: &str) -> Value {
    let page: Value = client.get(&format!("/api/v1/accounts?q={username}")).await.ok();
    page["items"][0]["last_log_in_at"].clone()
}

#[tokio::test]
async fn accounts_that_lie_idle_are_found_long_after_their_log_ins_are_forgotten() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        for username in ["gone", "never", "present"] {
            officer(&app, username, "业务干部", region.county).await;
        }
        officer(&app, "neighbour", "业务干部", region.tongliao).await;
        let mut gone = logged_in(&app, "gone").await;
        gone.send(Method::DELETE, "/api/v1/session", &[], Body::empty()).await;
        app.pass(TimeDelta::days(60));
        drop(logged_in(&app, "present").await);
        app.pass(TimeDelta::days(31));
        app.schedule().await;
        // Whoever only tries has not logged in.
        assert_eq!(client(&app).log_in("gone", "Wrong-2026-word").await.code(), "wrong_login");
        assert_eq!(client(&app).log_in("gone", PASSWORD).await.code(), "password_expired");

        officer(&app, "security", "安全管理员", region.hinggan).await;
        officer(&app, "leader", "只读领导", region.hinggan).await;
        let mut security = logged_in(&app, "security").await;
        assert_eq!(named(&mut security, "idle_days=90").await, ["gone", "never"]);
        assert_eq!(named(&mut security, "idle_days=30").await, ["gone", "never", "present"]);
        assert_eq!(named(&mut security, "idle_days=90&enabled=false").await, Vec::<String>::new());
        assert_eq!(last(&mut security, "gone").await, json!("2026-07-01T09:00:00+08:00"));
        assert_eq!(last(&mut security, "never").await, Value::Null);

        let form = json!({ "username": "gone", "old": PASSWORD, "new": "Niangjia-0001" });
        assert_eq!(client(&app).post("/api/v1/session/expired-password", &form).await.status, 204);
        assert_eq!(named(&mut security, "idle_days=90").await, ["never"]);
        assert!(security.get("/api/v1/accounts?idle_days=-1").await.status.is_client_error());
        let mut leader = logged_in(&app, "leader").await;
        assert_eq!(leader.get("/api/v1/accounts?idle_days=90").await.status, 403);
        drop((gone, security, leader));
    })
    .await;
}

#[tokio::test]
async fn log_ins_of_before_are_told_by_the_audit_chain() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        officer(&app, "security", "安全管理员", county).await;
        for _ in 0..2 {
            drop(logged_in(&app, "officer").await);
            app.pass(TimeDelta::hours(1));
        }
        app.write("ALTER TABLE account DROP COLUMN last_log_in_at").await;
        app.migrate_again("m2026_11_30_0212_kernel_last_log_in").await;
        let mut security = logged_in(&app, "security").await;
        assert_eq!(last(&mut security, "officer").await, json!("2026-07-01T10:00:00+08:00"));
        drop(security);
    })
    .await;
}
