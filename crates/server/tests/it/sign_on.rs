//! The unit's own sign-in against a provider that the test runs: discovery, keys, codes bound to PKCE, signed tokens.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{Method, StatusCode},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{
    access::{Officer, bootstrap, permissions::ManageAccounts, single_sign_on},
    organisation::Level,
    permission::LoggedIn,
};
use openidconnect::{
    AccessToken, Audience, AuthenticationMethodReference, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
    core::{
        CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKey, CoreJwsSigningAlgorithm,
        CoreRsaPrivateSigningKey,
    },
};
use serde_json::{Value, json};
use server::{OpenIdProvider, OpenIdSettings};
use testing::{App, Client, Told};

use crate::roles::{PASSWORD, found};

const CLIENT: &str = "niangjia";
const CLIENT_SECRET: &str = "kept by both";

/// What the provider says of whoever comes next, and what it did.
#[derive(Clone)]
struct Says {
    issuer: String,
    subject: &'static str,
    email: Option<(&'static str, bool)>,
    mfa: bool,
    algorithm: CoreJwsSigningAlgorithm,
    audience: &'static str,
    nonce: Option<&'static str>,
    now: DateTime<Utc>,
    /// Code to its challenge and nonce.
    codes: HashMap<String, (String, String)>,
    rsa: Arc<CoreRsaPrivateSigningKey>,
    eddsa: Arc<CoreEdDsaPrivateSigningKey>,
    ecdsa: Arc<Ecdsa>,
}

type Provider = Arc<Mutex<Says>>;

/// A private key, made anew for each run, so that none lies in the tree.
fn made(arguments: &[&str]) -> String {
    let made = std::process::Command::new("openssl").args(arguments).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap()
}

fn eddsa() -> CoreEdDsaPrivateSigningKey {
    let pem = made(&["genpkey", "-algorithm", "ED25519"]);
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("ed".into()))).unwrap()
}

fn rsa() -> CoreRsaPrivateSigningKey {
    let pem = made(&["genrsa", "-traditional", "2048"]);
    CoreRsaPrivateSigningKey::from_pem(&pem, Some(JsonWebKeyId::new("rsa".into()))).unwrap()
}

async fn describe(State(provider): State<Provider>) -> Json<Value> {
    let issuer = provider.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "HS256"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let says = provider.lock().unwrap();
    let keys: [CoreJsonWebKey; 2] = [says.eddsa.as_verification_key(), says.rsa.as_verification_key()];
    let mut keys: Vec<Value> = keys.iter().map(|key| serde_json::to_value(key).unwrap()).collect();
    keys.push(says.ecdsa.public());
    Json(json!({ "keys": keys }))
}

/// A key on the curve P-256. The library verifies with such keys but doesn't sign, so OpenSSL does.
struct Ecdsa(tempfile::NamedTempFile);

impl Ecdsa {
    fn new() -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap().to_owned();
        made(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", &path]);
        Self(file)
    }

    fn openssl(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let key = self.0.path().to_str().unwrap();
        let mut child = std::process::Command::new("openssl")
            .args(arguments.iter().map(|argument| if *argument == "KEY" { key } else { argument }))
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap().stdout
    }

    fn public(&self) -> Value {
        // The last 64 bytes are the point's two coordinates.
        let der = self.openssl(&["pkey", "-in", "KEY", "-pubout", "-outform", "DER"], b"");
        let (x, y) = der[der.len() - 64..].split_at(32);
        let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "ec", "x": coordinate(x), "y": coordinate(y) })
    }

    fn sign(&self, claims: &CoreIdTokenClaims) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(&json!({ "alg": "ES256", "kid": "ec" }));
        let signed = format!("{header}.{}", part(&serde_json::to_value(claims).unwrap()));
        let der = self.openssl(&["dgst", "-sha256", "-sign", "KEY"], signed.as_bytes());
        // Two integers of a sequence, each perhaps with a zero before or zeros missing.
        let first = usize::from(der[3]);
        let number = |bytes: &[u8]| {
            let bytes = &bytes[bytes.len().saturating_sub(32)..];
            [vec![0; 32 - bytes.len()], bytes.to_vec()].concat()
        };
        let both = [number(&der[4..4 + first]), number(&der[6 + first..])].concat();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(both))
    }
}

async fn token(
    State(provider): State<Provider>,
    Form(asked): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let mut says = provider.lock().unwrap();
    let refused = (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    let Some((challenge, nonce)) = says.codes.remove(&asked["code"]) else { return refused };
    let verifier = PkceCodeVerifier::new(asked["code_verifier"].clone());
    if PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() != challenge {
        return refused;
    }
    let mut standard = StandardClaims::new(SubjectIdentifier::new(says.subject.into()));
    if let Some((email, verified)) = says.email {
        standard = standard.set_email(Some(EndUserEmail::new(email.into()))).set_email_verified(Some(verified));
    }
    let refs = says.mfa.then(|| vec![AuthenticationMethodReference::new("mfa".into())]);
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(says.issuer.clone()).unwrap(),
        vec![Audience::new(says.audience.into())],
        says.now + TimeDelta::minutes(5),
        says.now,
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(says.nonce.map_or(nonce, str::to_owned))))
    .set_auth_method_refs(refs);
    let access = AccessToken::new("opens nothing".into());
    let (algorithm, access_token) = (says.algorithm.clone(), Some(&access));
    let signed = match algorithm {
        CoreJwsSigningAlgorithm::EcdsaP256Sha256 => says.ecdsa.sign(&claims),
        CoreJwsSigningAlgorithm::EdDsa => {
            CoreIdToken::new(claims, &*says.eddsa, algorithm, access_token, None).unwrap().to_string()
        }
        CoreJwsSigningAlgorithm::HmacSha256 => {
            let key = openidconnect::core::CoreHmacKey::new(CLIENT_SECRET);
            CoreIdToken::new(claims, &key, algorithm, access_token, None).unwrap().to_string()
        }
        _ => CoreIdToken::new(claims, &*says.rsa, algorithm, access_token, None).unwrap().to_string(),
    };
    let body = json!({ "access_token": access.secret(), "token_type": "Bearer", "id_token": signed });
    (StatusCode::OK, Json(body))
}

/// Starts the provider. The test owns its clock.
async fn provider() -> Provider {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let says = Says {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        subject: "0001",
        email: None,
        mfa: false,
        algorithm: CoreJwsSigningAlgorithm::EdDsa,
        audience: CLIENT,
        nonce: None,
        now: "2026-07-01T01:00:00Z".parse().unwrap(),
        codes: HashMap::new(),
        rsa: Arc::new(rsa()),
        eddsa: Arc::new(eddsa()),
        ecdsa: Arc::new(Ecdsa::new()),
    };
    let provider: Provider = Arc::new(Mutex::new(says));
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(describe))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .with_state(provider.clone());
    #[expect(clippy::disallowed_methods, reason = "the provider ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await });
    provider
}

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
                says.now = "2026-07-01T01:00:00Z".parse().unwrap();
                change(&mut says);
            };
            let unproven = "/#sign-in:refused:unproven";
            type Case = (fn(&mut Says), &'static str);
            let cases: [Case; 6] = [
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
        let begun: Value = client.post("/api/v1/session/enrolment", &json!({ "ticket": ticket })).await.ok();
        let code = testing::code_of(begun["secret"].as_str().unwrap(), app.caller::<LoggedIn>().now());
        let done = client.post("/api/v1/session/enrolment/code", &json!({ "ticket": ticket, "code": code })).await;
        assert!(done.status.is_success(), "{}", done.json());
        assert!(is_in(&mut client).await);

        let onward = sign_in(&mut self::client(&app), &provider).await;
        assert!(onward.starts_with("/#sign-in:code:"), "{onward}");
        provider.lock().unwrap().mfa = true;
        let mut both = self::client(&app);
        assert_eq!(sign_in(&mut both, &provider).await, "/");
        assert!(is_in(&mut both).await);

        kernel::access::accounts::disable(&app.caller::<ManageAccounts>(), id).await.unwrap();
        assert_eq!(sign_in(&mut self::client(&app), &provider).await, "/#sign-in:refused:disabled");
        drop((client, both));
    })
    .await;
}
