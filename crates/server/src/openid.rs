//! The unit's own sign-in by OpenID Connect: authorization code with PKCE. The provider's description and keys are fetched
//! for each sign-in: officers sign in a few times a day, and a key that the provider has just changed is no surprise.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kernel::access::single_sign_on::{Arrival, IdentityProvider, Trip};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata},
    url::ParseError,
};

use crate::outward;

/// What a token may be signed with. Never with the client's own secret, and never not at all.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What the operator was given by the provider.
#[derive(Debug, Clone, Default)]
pub struct OpenIdSettings {
    /// The provider's address, as its description says it.
    pub issuer: String,
    /// What the provider calls this house.
    pub client_id: String,
    /// What this house proves itself with there.
    pub client_secret: Option<String>,
    /// What people call it.
    pub label: String,
    /// Where people reach this house.
    pub public_url: String,
    /// Whether the provider asks everybody for two proofs.
    pub both_proofs: bool,
    /// Values of `acr` that mean two proofs.
    pub acr: Vec<String>,
}

/// A provider that speaks OpenID Connect.
pub struct OpenIdProvider {
    http: reqwest::Client,
    settings: OpenIdSettings,
    issuer: IssuerUrl,
    back: RedirectUrl,
}

/// The provider was not reached.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NotReached(String);

impl OpenIdProvider {
    /// The provider at an address. Nothing is asked of it yet.
    ///
    /// # Errors
    /// The issuer's or the house's address is none.
    pub fn new(settings: OpenIdSettings) -> Result<Self, ParseError> {
        let http = outward::builder().timeout(Duration::from_secs(10)).build().unwrap_or_default();
        let issuer = IssuerUrl::new(settings.issuer.clone())?;
        let back = RedirectUrl::new(format!("{}/api/v1/session/provider/return", settings.public_url))?;
        Ok(Self { http, settings, issuer, back })
    }

    async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, NotReached> {
        let told = |err: reqwest::Error| NotReached(err.without_url().to_string());
        let answer = http.execute(request.try_into().map_err(told)?).await.map_err(told)?;
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = answer.bytes().await.map_err(told)?.to_vec();
        Ok(response)
    }

    async fn go(&self, trip: Trip<'_>) -> Result<String, String> {
        let http = |request: HttpRequest| Self::send(self.http.clone(), request);
        let metadata =
            CoreProviderMetadata::discover_async(self.issuer.clone(), &http).await.map_err(|err| told(&err))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata, id, None).set_redirect_uri(self.back.clone());
        let (state, nonce) = (trip.state.to_owned(), trip.nonce.to_owned());
        let verifier = PkceCodeVerifier::new(trip.verifier.to_owned());
        let (url, ..) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    async fn come(&self, trip: Trip<'_>, code: &str, now: DateTime<Utc>) -> Result<Arrival, String> {
        let http = |request: HttpRequest| Self::send(self.http.clone(), request);
        let metadata =
            CoreProviderMetadata::discover_async(self.issuer.clone(), &http).await.map_err(|err| told(&err))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata(metadata, id, secret).set_redirect_uri(self.back.clone());
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|err| told(&err))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(trip.verifier.to_owned()));
        let answer = request.request_async(&http).await.map_err(|err| told(&err))?;
        let token = answer.id_token().ok_or("the provider gave no id token")?;
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || now);
        let claims = token.claims(&verifier, &Nonce::new(trip.nonce.to_owned())).map_err(|err| told(&err))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|err| told(&err))?;
            let key = token.signing_key(&verifier).map_err(|err| told(&err))?;
            let actual =
                AccessTokenHash::from_token(answer.access_token(), algorithm, key).map_err(|err| told(&err))?;
            if actual != *expected {
                return Err("the access token is not the id token's".into());
            }
        }
        let says_two = claims.auth_method_refs().is_some_and(|all| all.iter().any(|one| one.as_str() == "mfa"));
        let class = claims.auth_context_ref().map(|class| class.as_str());
        let is_strong = class.is_some_and(|class| self.settings.acr.iter().any(|strong| strong == class));
        let checked = claims.email().filter(|_| claims.email_verified() == Some(true));
        Ok(Arrival {
            issuer: self.settings.issuer.clone(),
            subject: claims.subject().as_str().to_owned(),
            email: checked.map(|email| email.as_str().to_owned()),
            both_proofs: self.settings.both_proofs || says_two || is_strong,
        })
    }
}

/// An error with all that lies behind it, for the log.
fn told(err: &dyn std::error::Error) -> String {
    let mut text = err.to_string();
    let mut cause = err.source();
    while let Some(behind) = cause {
        text.push_str(": ");
        text.push_str(&behind.to_string());
        cause = behind.source();
    }
    text
}

impl IdentityProvider for OpenIdProvider {
    fn label(&self) -> &str {
        &self.settings.label
    }

    fn depart<'a>(
        &'a self,
        trip: Trip<'a>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>> {
        Box::pin(self.go(trip))
    }

    fn arrive<'a>(
        &'a self,
        trip: Trip<'a>,
        code: &'a str,
        now: DateTime<Utc>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Arrival, String>> + Send + 'a>> {
        Box::pin(self.come(trip, code, now))
    }
}
