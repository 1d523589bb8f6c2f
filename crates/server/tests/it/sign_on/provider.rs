//! A made-up provider of the unit's own sign-in, with keys of its own for each run.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AccessToken, Audience, AuthenticationMethodReference, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
    core::{
        CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKey, CoreJwsSigningAlgorithm,
        CoreRsaPrivateSigningKey,
    },
};
use serde_json::{Value, json};

pub(super) const CLIENT: &str = "niangjia";
pub(super) const CLIENT_SECRET: &str = "kept by both";

/// What the provider says of whoever comes next, and what it did.
#[derive(Clone)]
pub(super) struct Says {
    pub(super) issuer: String,
    /// Who the next token is said to be from, if not from it.
    pub(super) said_by: Option<&'static str>,
    /// Whether the next token's signature is none.
    pub(super) forged: bool,
    pub(super) subject: &'static str,
    pub(super) email: Option<(&'static str, bool)>,
    pub(super) mfa: bool,
    pub(super) algorithm: CoreJwsSigningAlgorithm,
    pub(super) audience: &'static str,
    pub(super) nonce: Option<&'static str>,
    pub(super) now: DateTime<Utc>,
    /// Code to its challenge and nonce.
    pub(super) codes: HashMap<String, (String, String)>,
    rsa: Arc<CoreRsaPrivateSigningKey>,
    eddsa: Arc<CoreEdDsaPrivateSigningKey>,
    ecdsa: Arc<Ecdsa>,
}

pub(super) type Provider = Arc<Mutex<Says>>;

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
        IssuerUrl::new(says.said_by.map_or_else(|| says.issuer.clone(), str::to_owned)).unwrap(),
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
    let (claims, signature) = signed.rsplit_once('.').unwrap();
    let signature = if says.forged { "A".repeat(signature.len()) } else { signature.to_owned() };
    let body =
        json!({ "access_token": access.secret(), "token_type": "Bearer", "id_token": format!("{claims}.{signature}") });
    (StatusCode::OK, Json(body))
}

/// Starts the provider. The test owns its clock.
pub(super) async fn provider() -> Provider {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let says = Says {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        said_by: None,
        forged: false,
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
