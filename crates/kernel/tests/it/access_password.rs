//! Passwords through the router: what is asked of a new one, when an old one runs out, how often one may try.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use testing::{App, Client};

use crate::{
    access_world::{PASSWORD, client, client_at, logged_in, officer},
    organisation_world::{programmes, region},
};

const PATH: &str = "/api/v1/session/password";

async fn change(client: &mut Client, old: &str, new: &str) -> (u16, String, String) {
    let answer = client.post(PATH, &json!({ "old": old, "new": new })).await;
    let field = answer.json()["fields"][0]["code"].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), answer.code(), field)
}

#[tokio::test]
async fn a_new_password_is_mixed_and_none_of_the_last_five() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        officer(&app, "officer", "业务干部", region.hinggan).await;
        let (mut here, mut elsewhere) = (logged_in(&app, "officer").await, logged_in(&app, "officer").await);
        let refused = |status: u16, field: &str| (status, "invalid".to_owned(), field.to_owned());
        assert_eq!(change(&mut here, "Niangjia-2025", "Niangjia-2027").await, refused(422, "wrong_password"));
        assert_eq!(change(&mut here, PASSWORD, "niangjia2027").await, refused(422, "weak_password"));
        assert_eq!(change(&mut here, PASSWORD, "Nian-2027").await, refused(422, "weak_password"));
        assert_eq!(change(&mut here, PASSWORD, PASSWORD).await, refused(422, "password_used"));
        let mut old = PASSWORD.to_owned();
        for n in 1..=4 {
            let new = format!("Niangjia-{n:04}");
            assert_eq!(change(&mut here, &old, &new).await.0, 204);
            old = new;
        }
        assert_eq!(elsewhere.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(here.get("/api/v1/session").await.status, StatusCode::OK);
        assert_eq!(change(&mut here, &old, PASSWORD).await, refused(422, "password_used"));
        assert_eq!(change(&mut here, &old, "Niangjia-0005").await.0, 204);
        assert_eq!(change(&mut here, "Niangjia-0005", PASSWORD).await.0, 204);
        assert_eq!(client(&app).log_in("officer", "Niangjia-0005").await.code(), "wrong_login");
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client(&app).post(PATH, &json!({ "old": "x", "new": "y" })).await.code(), "unauthenticated");
        drop((here, elsewhere));
    })
    .await;
}

#[tokio::test]
async fn who_is_logged_in_replaces_no_given_password_that_is_too_old() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        officer(&app, "officer", "业务干部", region.hinggan).await;
        let mut here = logged_in(&app, "officer").await;
        // He came in by single sign-on, say, and never used the one that he was given.
        app.write("UPDATE account SET must_change = true, password_set_at = 0 WHERE username = 'officer'").await;
        let refused = (403, "first_password_expired".to_owned(), String::new());
        assert_eq!(change(&mut here, PASSWORD, "Niangjia-0001").await, refused);
        drop(here);
    })
    .await;
}

#[tokio::test]
async fn a_password_runs_out_after_the_days_of_the_rulebook_and_is_replaced_without_a_log_in() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        officer(&app, "officer", "业务干部", region.hinggan).await;
        officer(&app, "system", "系统管理员", region.province).await;
        app.pass(TimeDelta::days(89));
        let mut system = logged_in(&app, "system").await;
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
        let pack = json!({
            "code": "access.password_days", "region": "1522", "valid_from": "2026-07-01", "value": 60, "source": "盟工会〔2026〕3号",
        });
        let mut loose = pack.clone();
        loose["value"] = json!(36_500);
        assert_eq!(system.post("/api/v1/rule-packs", &loose).await.code(), "looser", "a region is stricter or not at all");
        let set = system.post("/api/v1/rule-packs", &pack).await;
        assert_eq!(set.status, StatusCode::CREATED, "{}", set.json());
        let mut client = client(&app);
        let told = client.log_in("officer", PASSWORD).await;
        assert_eq!((told.status, told.code().as_str()), (StatusCode::FORBIDDEN, "password_expired"));
        assert!(told.json()["detail"].as_str().unwrap().contains("60 天"), "{}", told.json());
        assert_eq!(client.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        let at = told.json()["extra"]["change_at"].as_str().unwrap().to_owned();
        let form = |old: &str, new: &str| json!({ "username": "Officer", "old": old, "new": new });
        assert_eq!(client.post(&at, &form("Niangjia-2025", "weak")).await.code(), "wrong_login");
        assert_eq!(client.post(&at, &form(PASSWORD, "weak")).await.json()["fields"][0]["field"], "new");
        assert_eq!(client.post(&at, &form(PASSWORD, "Niangjia-2027")).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client.get("/api/v1/session").await.json()["name"], "officer");
        drop((client, system));
    })
    .await;
}

#[tokio::test]
async fn wrong_old_passwords_lock_the_account_for_half_an_hour() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        officer(&app, "officer", "业务干部", region.hinggan).await;
        let mut here = logged_in(&app, "officer").await;
        for _ in 0..5 {
            assert_eq!(change(&mut here, "Niangjia-2025", "Niangjia-2027").await.2, "wrong_password");
        }
        let locked = here.post(PATH, &json!({ "old": PASSWORD, "new": "Niangjia-2027" })).await;
        assert_eq!((locked.code().as_str(), &locked.headers["retry-after"]), ("locked", &"1800".parse().unwrap()));
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.code(), "locked");
        app.pass(TimeDelta::minutes(31));
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
        drop(here);
    })
    .await;
}

#[tokio::test]
async fn who_guesses_waits_by_account_and_by_address() {
    App::each(&programmes(), async |app| {
        region(&app).await;
        let mut client = client_at(&app, [10, 0, 0, 1]);
        for _ in 0..5 {
            assert_eq!(client.log_in("nobody", "x").await.code(), "wrong_login");
        }
        let locked = client.log_in("nobody", "x").await;
        assert_eq!((locked.code().as_str(), &locked.headers["retry-after"]), ("locked", &"1800".parse().unwrap()));
        for _ in 0..13 {
            assert_eq!(client.log_in("nobody", "x").await.code(), "locked", "as an account of this name would");
        }
        assert_eq!(
            client.log_in("Ｎｏ\u{200b}body", "x").await.code(),
            "locked",
            "typed wide and pasted it is the same"
        );
        let waits = client.log_in(" Nobody", "x").await;
        assert_eq!((waits.status, waits.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_often"));
        assert_eq!(waits.headers["retry-after"], "3");
        let worker = json!({ "phone": "13800000001", "code": "000000" });
        for _ in 0..99 {
            assert_eq!(client.post("/api/v1/worker/session", &worker).await.status.as_u16(), 422);
        }
        assert_eq!(client.post("/api/v1/worker/session", &worker).await.code(), "too_often");
        let mut next_door = client_at(&app, [10, 0, 0, 2]);
        assert_eq!(next_door.post("/api/v1/worker/session", &worker).await.status.as_u16(), 422);
        app.pass(TimeDelta::minutes(1));
        let locked = client.log_in("nobody", "x").await.json();
        assert!(locked["detail"].as_str().unwrap().contains("请 29 分钟后再试"), "{locked}");
        drop((client, next_door));
    })
    .await;
}

#[tokio::test]
async fn who_works_at_two_places_has_a_password_that_is_long_enough_for_both() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let id = officer(&app, "officer", "业务干部", region.county).await;
        officer(&app, "system", "系统管理员", region.province).await;
        let second = format!(
            "INSERT INTO account_grant (account_id, role_id, organisation_id) \
             SELECT account_id, role_id, {} FROM account_grant WHERE account_id = {id}",
            region.tongliao
        );
        app.write(&second).await;
        let mut system = logged_in(&app, "system").await;
        let pack = json!({
            "code": "access.password_length", "region": "1522", "valid_from": "2026-07-01", "value": 14, "source": "盟工会〔2026〕3号",
        });
        let set = system.post("/api/v1/rule-packs", &pack).await;
        assert_eq!(set.status, StatusCode::CREATED, "{}", set.json());
        let mut here = logged_in(&app, "officer").await;
        assert_eq!(change(&mut here, PASSWORD, "Niangjia-2027").await.2, "weak_password", "thirteen signs");
        assert_eq!(change(&mut here, PASSWORD, "Niangjia-20270").await.0, 204);
        drop((here, system));
    })
    .await;
}
