//! The second proof at the log-in, through the router: who must have it, that a code opens once, that wrong ones lock the
//! account, recovery codes, and taking it away.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{
    Id,
    access::{account, permissions::ManageAccounts, second_factor},
    permission::LoggedIn,
};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, sea_query::Query};
use serde_json::{Value, json};
use testing::{App, Client, code_of};

use crate::{
    access_world::{PASSWORD, client, officer},
    organisation_world::{programmes, region},
};

/// Runs the test in houses that demand the second proof of offices.
async fn each<W: Future<Output = ()>>(test: impl Fn(Arc<App>) -> W) {
    App::each_with(&programmes(), |told| told.settings.second_factor = true, test).await;
}

fn now_code(app: &App, secret: &str) -> String {
    code_of(secret, app.caller::<LoggedIn>().now())
}

/// The first step; answers the next one's ticket.
async fn first(client: &mut Client, username: &str, step: &str) -> String {
    let answer = client.log_in(username, PASSWORD).await;
    assert_eq!((answer.status, answer.json()["step"].as_str()), (StatusCode::ACCEPTED, Some(step)));
    assert_eq!(client.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED, "no session after one proof");
    answer.json()["ticket"].as_str().unwrap().to_owned()
}

async fn second(client: &mut Client, ticket: &str, code: &str) -> (u16, String) {
    let answer = client.post("/api/v1/session/code", &json!({ "ticket": ticket, "code": code })).await;
    (answer.status.as_u16(), answer.code())
}

/// Sets an authenticator up at the log-in; answers its secret and the recovery codes.
async fn enrol(app: &App, client: &mut Client, username: &str) -> (String, Vec<String>) {
    let ticket = first(client, username, "enrol").await;
    let begun: Value = client.post("/api/v1/session/enrolment", &json!({ "ticket": ticket })).await.ok();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert!(begun["qr"].as_str().unwrap().contains("<svg"));
    let wrong = json!({ "ticket": ticket, "code": "000000" });
    assert_eq!(client.post("/api/v1/session/enrolment/code", &wrong).await.status.as_u16(), 422);
    let right = json!({ "ticket": ticket, "code": now_code(app, &secret) });
    let told: Value = client.post("/api/v1/session/enrolment/code", &right).await.ok();
    assert_eq!(client.get("/api/v1/session").await.status, StatusCode::OK);
    let again = client.post("/api/v1/session/enrolment", &json!({ "ticket": ticket })).await;
    assert_eq!(again.code(), "second_factor_set", "an old ticket replaces nothing");
    let codes: Vec<String> = serde_json::from_value(told["recovery_codes"].clone()).unwrap();
    (secret, codes)
}

#[tokio::test]
async fn an_office_needs_both_proofs_and_a_code_opens_once() {
    each(async |app| {
        let region = region(&app).await;
        let id = officer(&app, "auditor", "审计管理员", region.hinggan).await;
        officer(&app, "leader", "只读领导", region.hinggan).await;
        assert_eq!(client(&app).log_in("leader", PASSWORD).await.status, StatusCode::NO_CONTENT);

        let mut client = client(&app);
        let (secret, codes) = enrol(&app, &mut client, "auditor").await;
        let view: Value = client.get("/api/v1/session/second-factor").await.ok();
        assert_eq!((&view["required"], &view["recovery_left"]), (&json!(true), &json!(10)));

        let ticket = first(&mut self::client(&app), "auditor", "code").await;
        let used = now_code(&app, &secret);
        assert_eq!(
            second(&mut self::client(&app), &ticket, &used).await,
            (401, "wrong_code".into()),
            "used at enrolment"
        );
        app.pass(TimeDelta::seconds(30));
        let mut next = self::client(&app);
        assert_eq!(second(&mut next, &ticket, &now_code(&app, &secret)).await.0, 204);
        assert_eq!(next.get("/api/v1/session").await.status, StatusCode::OK);
        assert_eq!(second(&mut self::client(&app), &ticket, &now_code(&app, &secret)).await.1, "wrong_code");
        assert_eq!(second(&mut self::client(&app), &format!("{ticket}x"), &codes[0]).await.1, "sign_in_again");

        assert_eq!(second(&mut self::client(&app), &ticket, &codes[0].to_lowercase()).await.0, 204);
        assert_eq!(
            second(&mut self::client(&app), &ticket, &codes[0]).await.1,
            "wrong_code",
            "a recovery code opens once"
        );
        assert!(acts(&app, id).await.contains(&"second_factor.recover".to_owned()));
        app.pass(TimeDelta::seconds(5 * 60));
        assert_eq!(second(&mut self::client(&app), &ticket, &codes[1]).await.1, "sign_in_again", "five minutes");
        drop((client, next));
    })
    .await;
}

#[tokio::test]
async fn who_sets_it_up_while_his_password_is_reset_is_not_logged_in() {
    each(async |app| {
        let region = region(&app).await;
        officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let mut client = client(&app);
        let ticket = first(&mut client, "auditor", "enrol").await;
        let begun: Value = client.post("/api/v1/session/enrolment", &json!({ "ticket": ticket })).await.ok();
        let right = json!({ "ticket": ticket, "code": now_code(&app, begun["secret"].as_str().unwrap()) });
        let reset = "UPDATE account SET password = 'another'";
        let answer = app.overtaken_by(reset, client.post("/api/v1/session/enrolment/code", &right)).await;
        assert_eq!(answer.code(), "sign_in_again");
        assert_eq!(client.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        drop(client);
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_lock_the_account_and_a_right_password_between_them_does_not_help() {
    each(async |app| {
        let region = region(&app).await;
        officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let mut client = client(&app);
        let (secret, codes) = enrol(&app, &mut client, "auditor").await;
        app.pass(TimeDelta::seconds(60));
        for _ in 0..5 {
            let ticket = first(&mut client_of(&app), "auditor", "code").await;
            assert_eq!(second(&mut client_of(&app), &ticket, "000000").await.1, "wrong_code");
        }
        assert_eq!(client_of(&app).log_in("auditor", PASSWORD).await.code(), "locked");
        app.pass(TimeDelta::seconds(31 * 60));
        let ticket = first(&mut client_of(&app), "auditor", "code").await;
        assert_eq!(second(&mut client_of(&app), &ticket, &now_code(&app, &secret)).await.0, 204);
        assert_eq!(second(&mut client_of(&app), &ticket, &codes[9]).await.0, 204, "codes were not used up by the lock");
        drop(client);
    })
    .await;
}

fn client_of(app: &App) -> Client {
    client(app)
}

#[tokio::test]
async fn nothing_that_opens_lies_in_the_tables() {
    each(async |app| {
        let region = region(&app).await;
        let id = officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let mut client = client(&app);
        let (secret, codes) = enrol(&app, &mut client, "auditor").await;
        let caller = app.caller::<LoggedIn>();
        for (table, column) in [("second_factor", "secret"), ("recovery_code", "hash")] {
            let query = Query::select().column(column).from(table).to_owned();
            for row in caller.read().query_all(&query).await.unwrap() {
                let kept: String = row.try_get_by(0).unwrap();
                assert!(
                    !kept.contains(&secret.replace(' ', "")) && !codes.iter().any(|code| kept.contains(code)),
                    "{kept}"
                );
            }
        }
        assert!(account::Entity::find_by_id(id).one(caller.read()).await.unwrap().is_some());
        drop(client);
    })
    .await;
}

#[tokio::test]
async fn one_sets_up_replaces_and_takes_away_ones_own_by_proving_both_again() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let (mut client, mut elsewhere) = (client(&app), self::client(&app));
        client.log_in("auditor", PASSWORD).await;
        elsewhere.log_in("auditor", PASSWORD).await;
        let path = "/api/v1/session/second-factor";
        let refused = client.post(path, &json!({ "password": "Niangjia-2025" })).await;
        assert_eq!(refused.json()["fields"][0]["code"], "wrong_password");
        let begun: Value = client.post(path, &json!({ "password": PASSWORD })).await.ok();
        let secret = begun["secret"].as_str().unwrap().to_owned();
        let code = json!({ "code": now_code(&app, &secret) });
        assert!(client.post(&format!("{path}/code"), &code).await.status.is_success());
        assert_eq!(elsewhere.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        let ticket = first(&mut self::client(&app), "auditor", "code").await;
        app.pass(TimeDelta::seconds(30));
        assert_eq!(second(&mut self::client(&app), &ticket, &now_code(&app, &secret)).await.0, 204);

        app.pass(TimeDelta::seconds(30));
        let without = client.post(path, &json!({ "password": PASSWORD })).await;
        assert_eq!(without.json()["fields"][0]["code"], "wrong_code", "replacing takes a code");
        let with = json!({ "password": PASSWORD, "code": now_code(&app, &secret) });
        assert!(client.post(path, &with).await.status.is_success());
        app.pass(TimeDelta::seconds(11 * 60));
        assert_eq!(client.post(&format!("{path}/code"), &json!({ "code": "123456" })).await.code(), "not_begun");
        let away = json!({ "password": PASSWORD, "code": now_code(&app, &secret) });
        assert_eq!(client.post(&format!("{path}/removal"), &away).await.status.as_u16(), 204);
        assert_eq!(self::client(&app).log_in("auditor", PASSWORD).await.status.as_u16(), 204);
        drop((client, elsewhere));
    })
    .await;
}

#[tokio::test]
async fn an_outdated_password_is_replaced_only_with_a_code() {
    each(async |app| {
        let region = region(&app).await;
        officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let mut client = client(&app);
        let (secret, _) = enrol(&app, &mut client, "auditor").await;
        app.pass(TimeDelta::seconds(91 * 24 * 3600));
        let told = client.log_in("auditor", PASSWORD).await;
        assert_eq!((told.code().as_str(), &told.json()["extra"]["code"]), ("password_expired", &json!(true)));
        let path = "/api/v1/session/expired-password";
        let form = |code: Option<&str>| json!({ "username": "auditor", "old": PASSWORD, "new": "Niangjia-2027", "code": code });
        assert_eq!(client.post(path, &form(None)).await.code(), "wrong_code");
        assert_eq!(client.post(path, &form(Some(&now_code(&app, &secret)))).await.status.as_u16(), 204);
        assert_eq!(client.get("/api/v1/session").await.status, StatusCode::OK);
        drop(client);
    })
    .await;
}

#[derive(FromQueryResult)]
struct Acts {
    action: String,
}

async fn acts(app: &App, id: Id) -> Vec<String> {
    use kernel::audit::{Column, Entity};
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
    let query = Entity::find().select_only().column(Column::Action).filter(Column::ObjectId.eq(id));
    let caller = app.caller::<LoggedIn>();
    let rows = query.order_by_asc(Column::Position).into_model::<Acts>().all(caller.read());
    rows.await.unwrap().into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn who_may_reset_a_password_takes_a_lost_phone_away() {
    each(async |app| {
        let region = region(&app).await;
        officer(&app, "security", "安全管理员", region.province).await;
        let id = officer(&app, "auditor", "审计管理员", region.hinggan).await;
        let peer = officer(&app, "peer", "审计管理员", region.province).await;
        let (mut theirs, mut security) = (client(&app), client(&app));
        enrol(&app, &mut theirs, "auditor").await;
        enrol(&app, &mut client(&app), "peer").await;
        enrol(&app, &mut security, "security").await;
        let path = |id: Id| format!("/api/v1/accounts/{id}/second-factor");
        let listed: Value = security.get(&format!("/api/v1/accounts/{id}")).await.ok();
        assert_eq!(listed["second_factor"], true);
        let refused = security.send_json(Method::DELETE, &path(peer), &[], &json!({})).await;
        assert_eq!(refused.code(), "stronger_than_own", "not of who could not get his password reset");
        assert_eq!(security.send_json(Method::DELETE, &path(id), &[], &json!({})).await.status.as_u16(), 204);
        assert_eq!(theirs.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        first(&mut client(&app), "auditor", "enrol").await;
        let operator = app.caller::<ManageAccounts>();
        second_factor::take_away(&operator, peer).await.unwrap();
        assert_eq!(acts(&app, id).await.last().unwrap(), "second_factor.take_away");
        assert!(acts(&app, id).await.contains(&"second_factor.set".to_owned()));
        drop((theirs, security, operator));
    })
    .await;
}

#[tokio::test]
async fn a_role_may_demand_it_of_its_holders() {
    each(async |app| {
        let region = region(&app).await;
        officer(&app, "security", "安全管理员", region.province).await;
        officer(&app, "leader", "只读领导", region.hinggan).await;
        let mut security = client(&app);
        enrol(&app, &mut security, "security").await;
        assert_eq!(client(&app).log_in("leader", PASSWORD).await.status.as_u16(), 204, "the rule lets him in");
        let roles: Value = security.get("/api/v1/roles").await.ok();
        let role = roles["items"].as_array().unwrap().iter().find(|role| role["name"] == "只读领导").unwrap();
        let path = format!("/api/v1/roles/{}", role["id"].as_str().unwrap());
        let tag = format!("\"{}\"", role["version"]);
        let form = json!({ "name": role["name"], "permissions": role["permissions"], "second_factor": true });
        let saved = security.send_json(Method::PUT, &path, &[("if-match", tag.as_str())], &form).await;
        assert!(saved.status.is_success(), "{}", saved.json());
        assert_eq!(saved.json()["second_factor"], true);
        first(&mut client(&app), "leader", "enrol").await;
        drop(security);
    })
    .await;
}
