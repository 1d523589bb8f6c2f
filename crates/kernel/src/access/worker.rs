//! A worker logs in with his phone and a one-time code.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
};
use database::{Id, Unit};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{codes, known_phone, sessions};
use crate::{Caller, Context, Problem, audit, permission::Everyone, person};

crate::refusals! {
    /// Why a worker is not logged in.
    pub enum WorkerLogInRefusal {
        /// The number is proved, but nobody has it.
        NotKnown = 404 "phone_not_known" "没有找到登记这个手机号的会员，请先扫码入会，或请工会工作人员核对手机号。",
        /// The number is proved, but several have it: whose record it opens is not to be guessed.
        Shared = 409 "phone_shared"
            "本手机号登记在多人名下，为保护各人的信息，不能用它登录。请本人带证件到所在工会，登记自己的手机号后再登录。",
    }
}

/// What the codes of this log-in are for.
const PURPOSE: &str = "log_in";
/// The same for a browser that logged in with the number before: codes, tries and their numbers are its own.
const KNOWN: &str = "log_in_known";

/// A phone number.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WorkerPhone {
    /// The mobile number.
    pub phone: String,
}

/// A phone number and the code that came to it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WorkerLogIn {
    /// The mobile number.
    pub phone: String,
    /// The one-time code.
    pub code: String,
}

/// Logs a worker in; answers the headers that set the cookies. Whether the browser logged in with the number before tells
/// which code it was sent.
///
/// # Errors
/// 422 for a wrong code; [`WorkerLogInRefusal`], told only to whoever holds the phone.
pub async fn log_in(caller: &Context, input: &WorkerLogIn, is_known: bool) -> Result<HeaderMap, Problem> {
    let (secret, mark) = (&sessions::secret(caller), &known_phone::mark(caller, &input.phone)?);
    let opened = caller.unit(|unit| async move {
        if let Err(wrong) = codes::check(&unit, caller, &input.phone, purpose(is_known), &input.code).await? {
            // Right ones stand in the sessions alone: at an event thousands come within minutes, and the chain is one line.
            let act = ("session.refuse_worker", "kernel/session", None);
            audit::record(&unit, caller, act, None, json!({})).await?;
            return Ok(Err(wrong));
        }
        let person = only_holder(&unit, caller, &input.phone).await?;
        sessions::open(&unit, caller, secret, None, Some(person))?;
        // The mark is answered with the secret: a call sent again in another number's name gets none of that one.
        Ok(Ok((secret.clone(), mark.clone())))
    });
    let (secret, mark) = opened.await??;
    let mut headers = sessions::cookie(caller, &secret)?;
    headers.append(header::SET_COOKIE, known_phone::cookie(caller, &mark)?);
    Ok(headers)
}

fn purpose(is_known: bool) -> &'static str {
    if is_known { KNOWN } else { PURPOSE }
}

/// Whose record alone has a number.
async fn only_holder(unit: &Unit, context: &Context, phone: &str) -> Result<Id, Problem> {
    match person::holders_of_phone(unit, context, &codes::normal(phone)?).await?.as_slice() {
        [] => Err(WorkerLogInRefusal::NotKnown.into()),
        [person] => Ok(*person),
        _ => Err(WorkerLogInRefusal::Shared.into()),
    }
}

/// 发送会员登录验证码
#[utoipa::path(
    post, path = "/worker/code", tag = "access", operation_id = "send_worker_code",
    extensions(("x-permission" = json!("everyone"))),
    request_body = WorkerPhone,
    responses((status = 204, description = "验证码已发送"), codes::CodeRefusal),
)]
pub async fn post_code(
    caller: Caller<Everyone>,
    headers: HeaderMap,
    Json(input): Json<WorkerPhone>,
) -> Result<StatusCode, Problem> {
    caller.house().limits().codes_for_anybody.by_address(&caller)?;
    let is_known = known_phone::is_known(&caller, &headers, &input.phone);
    codes::send(&caller, &input.phone, purpose(is_known)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 会员登录
#[utoipa::path(
    post, path = "/worker/session", tag = "access", operation_id = "log_worker_in",
    extensions(("x-permission" = json!("everyone"))),
    request_body = WorkerLogIn,
    responses((status = 204, description = "已登录，会话在 cookie 中"), WorkerLogInRefusal),
)]
pub async fn post_session(
    caller: Caller<Everyone>,
    headers: HeaderMap,
    Json(input): Json<WorkerLogIn>,
) -> Result<(StatusCode, HeaderMap), Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    let is_known = known_phone::is_known(&caller, &headers, &input.phone);
    Ok((StatusCode::NO_CONTENT, log_in(&caller, &input, is_known).await?))
}
