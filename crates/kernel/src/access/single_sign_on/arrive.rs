//! The browser comes back from the provider. It is always sent on to a page of this house, never to an address that came
//! with it; what the page must know stands behind the `#`, which no server and no log sees.

use axum::{
    extract::Query,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Arrival, ProviderRefusal, depart,
    enter::{self, Entered},
};
use crate::{
    Actor, Caller, Context, Fault, Id, Problem,
    access::{
        second_factor::{NextStep, ProofStep},
        sessions,
    },
    permission::Everyone,
    problem::minutes,
};

/// What the provider sends back (RFC 6749, 4.1.2).
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReturnQuery {
    /// What the token is fetched with.
    pub code: Option<String>,
    /// What was sent there.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Where the browser goes from here.
enum Onward {
    In(HeaderMap),
    Next(NextStep),
    Bound,
}

async fn arrive(caller: &Context, headers: &HeaderMap, asked: &ReturnQuery) -> Result<Onward, Problem> {
    let provider = caller.house().provider().ok_or(ProviderRefusal::None)?;
    let kept = depart::kept(caller, headers).ok_or(ProviderRefusal::Stale)?;
    if asked.state.as_deref() != Some(&kept.state) {
        return Err(ProviderRefusal::Stale.into());
    }
    if asked.error.is_some() {
        return Err(ProviderRefusal::Cancelled.into());
    }
    let code = asked.code.as_deref().ok_or(ProviderRefusal::Unproven)?;
    let arrival = provider.arrive(kept.trip(), code, caller.now()).await.map_err(|failure| {
        metrics::counter!("niangjia_log_ins_failed_total", "proof" => "provider").increment(1);
        tracing::warn!(failure, "the identity provider's answer proves nothing");
        Problem::from(ProviderRefusal::Unproven)
    })?;
    match kept.bind {
        Some(account) => bind(caller, account, &arrival).await,
        None => sign_in(caller, &arrival).await,
    }
}

/// Whoever came back must still be logged in as who left.
async fn bind(caller: &Context, account: Id, arrival: &Arrival) -> Result<Onward, Problem> {
    if *caller.actor() != (Actor::Officer { account }) {
        return Err(ProviderRefusal::Stale.into());
    }
    caller.unit(|unit| async move { enter::bind(&unit, caller, account, arrival).await }).await?;
    Ok(Onward::Bound)
}

async fn sign_in(caller: &Context, arrival: &Arrival) -> Result<Onward, Problem> {
    let secret = &sessions::secret(caller);
    match caller.unit(|unit| async move { enter::enter(&unit, caller, arrival, secret).await }).await? {
        Entered::In => Ok(Onward::In(sessions::cookie(caller, secret)?)),
        Entered::Next(step, account, password) => Ok(Onward::Next(NextStep::of(caller, step, account, &password))),
    }
}

/// 从统一登录返回
#[utoipa::path(get, path = "/session/provider/return", tag = "access", operation_id = "return_from_provider",
    extensions(("x-permission" = json!("everyone"))), params(ReturnQuery),
    responses((status = 303, description = "回到娘家的页面")))]
pub(super) async fn get_return(
    caller: Caller<Everyone>,
    headers: HeaderMap,
    Query(asked): Query<ReturnQuery>,
) -> Result<Response, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    let page = if matches!(caller.actor(), Actor::Officer { .. }) { "/account" } else { "/" };
    let (to, mut answer) = match arrive(&caller, &headers, &asked).await {
        Ok(Onward::In(cookie)) => ("/".to_owned(), cookie),
        Ok(Onward::Bound) => ("/account#sign-in:bound".to_owned(), HeaderMap::new()),
        Ok(Onward::Next(NextStep { step: ProofStep::Code, ticket })) => {
            (format!("/#sign-in:code:{ticket}"), HeaderMap::new())
        }
        Ok(Onward::Next(NextStep { step: ProofStep::Enrol, ticket })) => {
            (format!("/#sign-in:enrol:{ticket}"), HeaderMap::new())
        }
        Err(problem) if problem.fault.is_some() => return Err(problem),
        Err(problem) => {
            // Where waiting helps, after how many minutes: the page has the sentence, and only here is known how long.
            let wait = problem.retry_after.map(|seconds| format!(":{}", minutes(seconds))).unwrap_or_default();
            (format!("{page}#sign-in:refused:{}{wait}", problem.code), HeaderMap::new())
        }
    };
    let to = HeaderValue::from_str(&to).map_err(|err| Fault::Stored(err.to_string()))?;
    answer.insert(header::LOCATION, to);
    // A departure returns once.
    answer.append(header::SET_COOKIE, depart::COOKIE.gone(caller.house())?);
    Ok((StatusCode::SEE_OTHER, answer).into_response())
}
