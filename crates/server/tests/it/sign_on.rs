//! The unit's own sign-in against a provider that the test runs: discovery, keys, codes bound to PKCE, signed tokens.

mod provider;

use std::{collections::HashMap, sync::Arc};

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{
    access::{Officer, account, bootstrap, permissions::ManageAccounts, single_sign_on},
    organisation::Level,
    permission::LoggedIn,
};
use openidconnect::core::CoreJwsSigningAlgorithm;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use server::{OpenIdProvider, OpenIdSettings};
use testing::{App, Client, Told};

use crate::roles::{PASSWORD, found};
use provider::{CLIENT, CLIENT_SECRET, Provider, Says, provider};

fn told(provider: &Provider, told: &mut Told) {
    let settings = OpenIdSettings {
        issuer: provider.lock().unwrap().issuer.clone(),
        client_id: CLIENT.into(),
        client_secret: Some(CLIENT_SECRET.into()),
        label: "自治区统一登录".into(),
        public_url: told.settings.public_url.clone(),
        ..OpenIdSettings::default()
    };
    told.provider = Some(Arc::new(OpenIdProvider::new(settings).unwrap()));
}

/// What a browser does at the provider: somebody logs in there, and it sends a code back.
fn at_provider(provider: &Provider, departure: &Value) -> (String, String) {
    let url = departure["url"].as_str().unwrap();
    let query: HashMap<String, String> =
        openidconnect::url::Url::parse(url).unwrap().query_pairs().into_owned().collect();
    assert_eq!(query["redirect_uri"], "http://127.0.0.1:8080/api/v1/session/provider/return");
    assert_eq!((query["client_id"].as_str(), query["code_challenge_method"].as_str()), (CLIENT, "S256"));
    assert!(query["scope"].split(' ').any(|scope| scope == "openid"));
    let code = format!("code-{}", query["state"]);
    let kept = (query["code_challenge"].clone(), query["nonce"].clone());
    provider.lock().unwrap().codes.insert(code.clone(), kept);
    (code, query["state"].clone())
}

/// Comes back; answers where the browser is sent on to.
async fn back(client: &mut Client, code: &str, state: &str) -> String {
    let answer = client.get(&format!("/api/v1/session/provider/return?code={code}&state={state}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.json());
    answer.headers["location"].to_str().unwrap().to_owned()
}

async fn sign_in(client: &mut Client, provider: &Provider) -> String {
    let departure: Value = client.post("/api/v1/session/provider", &json!({})).await.ok();
    let (code, state) = at_provider(provider, &departure);
    back(client, &code, &state).await
}

async fn officer(app: &App, username: &str, role: &'static str) -> kernel::Id {
    let organisation = match kernel::organisation::by_code(
        app.caller::<LoggedIn>().read(),
        app.caller::<LoggedIn>().scope(),
        "150000",
    )
    .await
    {
        Ok(found) => found.id,
        Err(_) => found(app, None, "150000", "自治区总工会", Level::Province).await,
    };
    let (password, name) = (PASSWORD.to_owned(), username.to_owned());
    let officer = Officer { username: name.clone(), name, password, role, organisation, must_change: false };
    bootstrap(&app.caller::<LoggedIn>(), &officer).await.unwrap()
}

fn client(app: &App) -> Client {
    Client::new(server::router(app.house()).unwrap())
}

/// When an account was last logged in with, in Beijing's words.
async fn last_log_in(app: &App, id: kernel::Id) -> Option<String> {
    let caller = app.caller::<LoggedIn>();
    let account = account::Entity::find_by_id(id).one(caller.read()).await.unwrap().unwrap();
    account.last_log_in_at.map(|at| at.to_string())
}

async fn is_in(client: &mut Client) -> bool {
    client.get("/api/v1/session").await.status == StatusCode::OK
}

#[tokio::test]
async fn an_account_is_bound_by_who_is_logged_in_and_opens_then() {
    let provider = provider().await;
    App::each_with(
        &server::programmes(),
        |all| told(&provider, all),
        async |app| {
            officer(&app, "officer", "业务干部").await;
            officer(&app, "leader", "只读领导").await;
            let mut stranger = client(&app);
            assert_eq!(stranger.get("/api/v1/session/provider").await.json()["label"], "自治区统一登录");
            assert_eq!(sign_in(&mut stranger, &provider).await, "/#sign-in:refused:not_bound");
            assert!(!is_in(&mut stranger).await, "no account is made");

            let mut own = client(&app);
            own.log_in("officer", PASSWORD).await;
            let path = "/api/v1/session/provider/binding";
            assert_eq!(own.post(path, &json!({ "password": "wrong" })).await.status.as_u16(), 422);
            let departure: Value = own.post(path, &json!({ "password": PASSWORD })).await.ok();
            let (code, state) = at_provider(&provider, &departure);
            assert_eq!(back(&mut own, &code, &state).await, "/account#sign-in:bound");
            assert_eq!(
                back(&mut own, &code, &state).await,
                "/account#sign-in:refused:stale",
                "a departure returns once"
            );

            for algorithm in [
                CoreJwsSigningAlgorithm::EdDsa,
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            ] {
                provider.lock().unwrap().algorithm = algorithm;
                let mut again = client(&app);
                assert_eq!(sign_in(&mut again, &provider).await, "/");
                assert_eq!(again.get("/api/v1/session").await.json()["name"], "officer");
            }

            let mut other = client(&app);
            other.log_in("leader", PASSWORD).await;
            let departure: Value = other.post(path, &json!({ "password": PASSWORD })).await.ok();
            let (code, state) = at_provider(&provider, &departure);
            assert_eq!(back(&mut other, &code, &state).await, "/account#sign-in:refused:bound_elsewhere");

            assert_eq!(own.send_json(Method::DELETE, path, &[], &json!({})).await.status.as_u16(), 204);
            assert_eq!(sign_in(&mut client(&app), &provider).await, "/#sign-in:refused:not_bound");
            drop((stranger, own, other));
        },
    )
    .await;
}

#[tokio::test]
async fn what_does_not_prove_anything_opens_nothing() {
    let provider = provider().await;
    App::each_with(
        &server::programmes(),
        |all| told(&provider, all),
        async |app| {
            let id = officer(&app, "officer", "业务干部").await;
            expect(&app, id, "Wang@gh.example.cn").await;
            let says = |change: fn(&mut Says)| {
                let mut says = provider.lock().unwrap();
                says.email = Some(("wang@gh.example.cn", true));
                (says.audience, says.nonce, says.algorithm) = (CLIENT, None, CoreJwsSigningAlgorithm::EdDsa);
                (says.said_by, says.forged) = (None, false);
                says.now = "2026-07-01T01:00:00Z".parse().unwrap();
                change(&mut says);
            };
            let unproven = "/#sign-in:refused:unproven";
            type Case = (fn(&mut Says), &'static str);
            let cases: [Case; 8] = [
                (|says| says.forged = true, unproven),
                (|says| says.said_by = Some("https://another.example.cn"), unproven),
                (|says| says.audience = "another house", unproven),
                (|says| says.nonce = Some("another departure's"), unproven),
                (|says| says.algorithm = CoreJwsSigningAlgorithm::HmacSha256, unproven),
                (|says| says.now -= TimeDelta::hours(1), unproven),
                (|says| says.email = Some(("wang@gh.example.cn", false)), "/#sign-in:refused:not_bound"),
                (|says| says.email = None, "/#sign-in:refused:not_bound"),
            ];
            for (at, (change, expected)) in cases.into_iter().enumerate() {
                says(change);
                assert_eq!(sign_in(&mut client(&app), &provider).await, expected, "case {at}");
            }
            says(|_| {});
            let mut victim = client(&app);
            let departure: Value = victim.post("/api/v1/session/provider", &json!({})).await.ok();
            let (code, state) = at_provider(&provider, &departure);
            assert_eq!(back(&mut client(&app), &code, &state).await, "/#sign-in:refused:stale", "another browser");
            assert_eq!(back(&mut victim, &code, "x").await, "/#sign-in:refused:stale", "another state");
            let mut late = client(&app);
            let departure: Value = late.post("/api/v1/session/provider", &json!({})).await.ok();
            let (code, state) = at_provider(&provider, &departure);
            app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::minutes(11));
            assert_eq!(back(&mut late, &code, &state).await, "/#sign-in:refused:stale", "too late");
            app.set_clock("2026-07-01T01:00:00Z".parse().unwrap());
            let path = "/api/v1/session/provider/return?error=access_denied&state=";
            let mut cancelled = client(&app);
            let departure: Value = cancelled.post("/api/v1/session/provider", &json!({})).await.ok();
            let (_, state) = at_provider(&provider, &departure);
            let answer = cancelled.get(&format!("{path}{state}")).await;
            assert_eq!(answer.headers["location"], "/#sign-in:refused:cancelled");

            assert_eq!(
                sign_in(&mut client(&app), &provider).await,
                "/",
                "the expected address, checked by the provider"
            );
            says(|says| says.email = None);
            assert_eq!(sign_in(&mut client(&app), &provider).await, "/", "from then on it is the subject");
            drop((victim, late, cancelled));
        },
    )
    .await;
}

async fn expect(app: &App, id: kernel::Id, email: &str) {
    let form = single_sign_on::ExpectedForm { email: email.into() };
    single_sign_on::expect(&app.caller::<ManageAccounts>(), id, &form).await.unwrap();
}

#[tokio::test]
async fn without_the_provider_the_password_still_opens() {
    let provider = provider().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    provider.lock().unwrap().issuer = format!("http://{nobody}");
    App::each_with(
        &server::programmes(),
        |all| told(&provider, all),
        async |app| {
            officer(&app, "officer", "业务干部").await;
            let mut client = client(&app);
            assert_eq!(client.post("/api/v1/session/provider", &json!({})).await.code(), "unreachable");
            assert_eq!(client.log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
            assert!(is_in(&mut client).await);
        },
    )
    .await;
}

#[tokio::test]
async fn the_house_asks_for_what_the_provider_did_not() {
    let provider = provider().await;
    let settings = |all: &mut Told| {
        told(&provider, all);
        all.settings.second_factor = true;
    };
    App::each_with(&server::programmes(), settings, async |app| {
        {
            let mut says = provider.lock().unwrap();
            says.email = Some(("wang@gh.example.cn", true));
            says.mfa = false;
        }
        let id = officer(&app, "auditor", "审计管理员").await;
        expect(&app, id, "wang@gh.example.cn").await;
        let mut client = client(&app);
        let onward = sign_in(&mut client, &provider).await;
        let ticket = onward.strip_prefix("/#sign-in:enrol:").unwrap();
        assert!(!is_in(&mut client).await);
        assert_eq!(last_log_in(&app, id).await, None, "half of a log-in is none");
        let begun: Value = client.post("/api/v1/session/enrolment", &json!({ "ticket": ticket })).await.ok();
        let code = testing::code_of(begun["secret"].as_str().unwrap(), app.caller::<LoggedIn>().now());
        let done = client.post("/api/v1/session/enrolment/code", &json!({ "ticket": ticket, "code": code })).await;
        assert!(done.status.is_success(), "{}", done.json());
        assert!(is_in(&mut client).await);
        assert_eq!(last_log_in(&app, id).await.as_deref(), Some("2026-07-01T09:00:00+08:00"));
        app.pass(TimeDelta::minutes(1));

        let onward = sign_in(&mut self::client(&app), &provider).await;
        assert!(onward.starts_with("/#sign-in:code:"), "{onward}");
        provider.lock().unwrap().mfa = true;
        let mut both = self::client(&app);
        assert_eq!(sign_in(&mut both, &provider).await, "/");
        assert!(is_in(&mut both).await);
        assert_eq!(last_log_in(&app, id).await.as_deref(), Some("2026-07-01T09:01:00+08:00"));

        kernel::access::accounts::disable(&app.caller::<ManageAccounts>(), id).await.unwrap();
        assert_eq!(sign_in(&mut self::client(&app), &provider).await, "/#sign-in:refused:disabled");
        drop((client, both));
    })
    .await;
}

#[tokio::test]
async fn a_lock_holds_for_who_comes_from_the_provider_and_an_address_opens_one_account() {
    let provider = provider().await;
    App::each_with(
        &server::programmes(),
        |all| told(&provider, all),
        async |app| {
            let id = officer(&app, "officer", "业务干部").await;
            let other = officer(&app, "leader", "只读领导").await;
            expect(&app, id, "wang@gh.example.cn").await;
            let same = single_sign_on::ExpectedForm { email: "Wang@gh.example.cn".into() };
            let taken = single_sign_on::expect(&app.caller::<ManageAccounts>(), other, &same).await.unwrap_err();
            assert_eq!(taken.fields[0].code, "email_taken");

            provider.lock().unwrap().email = Some(("wang@gh.example.cn", true));
            for _ in 0..5 {
                assert_eq!(client(&app).log_in("officer", "Wrong-2026-word").await.code(), "wrong_login");
            }
            let mut locked = client(&app);
            assert_eq!(sign_in(&mut locked, &provider).await, "/#sign-in:refused:locked:30");
            app.pass(TimeDelta::seconds(90));
            assert_eq!(sign_in(&mut locked, &provider).await, "/#sign-in:refused:locked:29", "what is left of it");
            assert!(!is_in(&mut locked).await);
            drop(locked);

            // One that reaches much further than a lock does was written before the clock was put back.
            let now = app.caller::<LoggedIn>().now();
            app.set_clock(now + TimeDelta::days(1));
            for _ in 0..5 {
                assert_eq!(client(&app).log_in("leader", "Wrong-2026-word").await.code(), "wrong_login");
            }
            app.set_clock(now);
            expect(&app, other, "li@gh.example.cn").await;
            provider.lock().unwrap().email = Some(("li@gh.example.cn", true));
            assert_eq!(sign_in(&mut client(&app), &provider).await, "/");
        },
    )
    .await;
}
