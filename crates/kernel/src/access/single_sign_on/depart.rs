//! Sending the browser to the provider. What must come back with it stands in a signed cookie of its own for ten minutes,
//! so that nothing is kept here for who never returns.

use axum::{
    Json,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ProviderRefusal, Trip};
use crate::{Caller, Context, Fault, Problem, access::cookie::Cookie, permission::Everyone};

pub(super) const COOKIE: Cookie = Cookie("niangjia_trip");
const PURPOSE: &str = "provider_trip";
const LIFE: TimeDelta = TimeDelta::minutes(10);

/// The unit's own sign-in, as the log-in page shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderView {
    /// What people call it; absent if there is none.
    pub label: Option<String>,
}

/// Where the browser has to go.
#[derive(Debug, Serialize, ToSchema)]
pub struct Departure {
    /// The provider's page.
    pub url: String,
}

/// What the cookie keeps of a departure.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) state: String,
    nonce: String,
    verifier: String,
    /// The account that is to be bound; else somebody signs in.
    pub(super) bind: Option<Id>,
}

impl Kept {
    pub(super) fn trip(&self) -> Trip<'_> {
        Trip { state: &self.state, nonce: &self.nonce, verifier: &self.verifier }
    }
}

/// The cookie's departure, if this house signed it not long ago.
pub(super) fn kept(context: &Context, headers: &HeaderMap) -> Option<Kept> {
    let token = COOKIE.sent(context.house(), headers)?;
    let payload = context.house().keyring().verify(PURPOSE, &token, context.now().timestamp()).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// Sends the browser away to sign in, or to bind an account.
pub(super) async fn depart(context: &Context, bind: Option<Id>) -> Result<Response, Problem> {
    let provider = context.house().provider().ok_or(ProviderRefusal::None)?;
    let draw = || URL_SAFE_NO_PAD.encode(context.house().ambient().bytes::<32>());
    let kept = Kept { state: draw(), nonce: draw(), verifier: draw(), bind };
    let url = provider.depart(kept.trip()).await.map_err(|failure| {
        tracing::error!(failure, "the identity provider does not answer");
        Problem::from(ProviderRefusal::Unreachable)
    })?;
    let payload = serde_json::to_vec(&kept).map_err(|err| Fault::Stored(err.to_string()))?;
    let token = context.house().keyring().sign(PURPOSE, &payload, (context.now() + LIFE).timestamp());
    let cookie = COOKIE.set(context.house(), &token, LIFE)?;
    Ok(([(header::SET_COOKIE, cookie)], Json(Departure { url })).into_response())
}

/// 统一登录的名称
#[utoipa::path(get, path = "/session/provider", tag = "access", operation_id = "show_provider",
    extensions(("x-permission" = json!("everyone"))), responses((status = 200, body = ProviderView)))]
pub(super) async fn get_provider(caller: Caller<Everyone>) -> Json<ProviderView> {
    Json(ProviderView { label: caller.house().provider().map(|provider| provider.label().to_owned()) })
}

/// 去统一登录
#[utoipa::path(post, path = "/session/provider", tag = "access", operation_id = "log_in_at_provider",
    extensions(("x-permission" = json!("everyone"))),
    responses((status = 200, body = Departure), ProviderRefusal))]
pub(super) async fn post_provider(caller: Caller<Everyone>) -> Result<Response, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    depart(&caller, None).await
}
