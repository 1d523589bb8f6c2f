use std::{marker::PhantomData, net::SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Method, header::USER_AGENT, request::Parts},
};
use futures::future::BoxFuture;

use super::{Asker, Caller, Context, Sent, Trace, address};
use crate::{
    House, Problem, access,
    permission::{Permission, Who},
};

impl<P: Permission> FromRequestParts<House> for Caller<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let context = context(parts, house, (P::WHO, P::CODE)).await?;
        Ok(Self { context, permission: PhantomData })
    }
}

/// Boxed, so that it is compiled once and not beside each permission.
fn context<'a>(parts: &'a Parts, house: &'a House, right: (Who, &'a str)) -> BoxFuture<'a, Result<Context, Problem>> {
    Box::pin(identified(parts, house, right))
}

async fn identified(parts: &Parts, house: &House, (must_be, code): (Who, &str)) -> Result<Context, Problem> {
    let identity = access::identify(house, parts).await?;
    Asker::note(parts, &identity.actor);
    let scope = identity.scope_for(must_be, code).inspect_err(|_| note_refused(parts, &identity.actor.word(), code))?;
    // What is open to anyone doesn't depend on who calls: a worker who joins is logged in by the answer, and his
    // phone may send once more with the new cookie.
    let who = if matches!(must_be, Who::Anyone) { "anyone".to_owned() } else { identity.actor.word() };
    let once = parts
        .headers
        .get("idempotency-key")
        .filter(|_| parts.method != Method::GET)
        .and_then(|key| key.to_str().ok())
        .filter(|key| key.len() <= 100)
        .map(|key| format!("{who} {} {} {key}", parts.method, parts.uri.path()));
    let sent = parts.extensions.get::<Sent>().cloned();
    let address = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| address::behind(info.0.ip(), &parts.headers, &house.settings().trusted_proxies).to_string());
    let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    let device = agent.map(access::device::words);
    let now = house.ambient().now();
    let mut permissions: Vec<String> = identity.grants.into_iter().map(|(code, _)| code).collect();
    permissions.sort_unstable();
    permissions.dedup();
    let (house, actor) = (house.clone(), identity.actor);
    let trace = Trace::of(parts);
    Ok(Context { house, actor, scope, now, once, sent, address, device, permissions, lease: None, trace })
}

/// Logs who was refused what (OWASP ASVS 5.0, 16.3.2); who is a number, never a name.
fn note_refused(parts: &Parts, who: &str, permission: &str) {
    let number = parts.headers.get("x-request-id").and_then(|number| number.to_str().ok()).unwrap_or("");
    tracing::warn!(request = number, who, permission, "refused");
}
