use axum::{
    Json,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
};
use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    account,
    attempt::{self, Verdict},
    numbers, sessions,
};
use crate::{Caller, Context, Problem, permission::Everyone};

crate::refusals! {
    /// How logging in can be refused. An unknown user name and a wrong password read the same.
    pub enum LogInRefusal {
        /// Unknown, wrong or disabled.
        Wrong = 401 "wrong_login" "用户名或密码不对。连续输错 5 次将锁定 30 分钟。",
        /// Too many wrong passwords.
        Locked = 429 "locked" "密码连续输错次数过多，请 30 分钟后再试，或联系系统管理员。",
        /// Right, but too old.
        Expired { days: i64 } = 403 "password_expired" "密码已超过 {days} 天没有更换，请先设置新密码再登录。",
        /// Right, but set by somebody else.
        Given = 403 "password_expired" "这是管理员设置的初始密码，请先设置您自己的新密码再登录。",
    }
}

/// A user name and its password.
#[derive(Deserialize, ToSchema)]
pub struct LogIn {
    /// The user name; case doesn't matter.
    pub username: String,
    /// The password.
    pub password: String,
}

/// What came of a log-in.
#[derive(Serialize, Deserialize)]
enum Outcome {
    In,
    Refused(Verdict),
    Expired { days: i64 },
    Given,
}

/// Checks the password and begins a session; answers the cookie.
///
/// # Errors
/// [`LogInRefusal`].
pub async fn log_in(caller: &Context, input: &LogIn) -> Result<String, Problem> {
    let found = find(caller, &input.username).await?;
    let right = attempt::is_right(found.as_ref(), &input.password).await?;
    let Some(found) = &found else { return Err(LogInRefusal::Wrong.into()) };
    let secret = &sessions::secret(caller);
    match caller.unit(|unit| async move { judge(&unit, caller, found, right, secret).await }).await? {
        Outcome::In => Ok(sessions::cookie(caller, secret)),
        Outcome::Expired { days } => Err(change_first(LogInRefusal::Expired { days })),
        Outcome::Given => Err(change_first(LogInRefusal::Given)),
        Outcome::Refused(verdict) => Err(refused(verdict)),
    }
}

/// The account of a user name. Each name can be tried only so often, whether there is such an account or not.
pub(super) async fn find(context: &Context, username: &str) -> Result<Option<account::Model>, Problem> {
    let username = username.trim().to_lowercase();
    context.house().limits().log_ins_of_account.by(&username)?;
    Ok(account::Entity::find().filter(account::Column::Username.eq(&username)).one(context.read()).await?)
}

/// What is told about a password that was not taken.
pub(super) fn refused(verdict: Verdict) -> Problem {
    match verdict {
        Verdict::Locked(seconds) => Problem::from(LogInRefusal::Locked).after(seconds),
        Verdict::Wrong | Verdict::Right => LogInRefusal::Wrong.into(),
    }
}

/// Names the operation that opens without a log-in for whoever knows the old password.
fn change_first(refusal: LogInRefusal) -> Problem {
    Problem::from(refusal).with_extra(serde_json::json!({ "change_at": "/api/v1/session/expired-password" }))
}

async fn judge(
    unit: &Unit,
    caller: &Context,
    found: &account::Model,
    right: bool,
    secret: &str,
) -> Result<Outcome, Problem> {
    match attempt::judge(unit, caller, found, right).await? {
        Verdict::Right => {}
        verdict => return Ok(Outcome::Refused(verdict)),
    }
    if found.must_change {
        return Ok(Outcome::Given);
    }
    let days = numbers::of(unit, caller, found.id).await?.days;
    if is_expired(found.password_set_at, caller.now().into(), days) {
        return Ok(Outcome::Expired { days });
    }
    sessions::open(unit, caller, secret, Some(found.id), None)?;
    attempt::record(unit, caller, "session.begin", found).await?;
    Ok(Outcome::In)
}

fn is_expired(set_at: Moment, now: Moment, days: i64) -> bool {
    TimeDelta::try_days(days).is_some_and(|days| now.at() - set_at.at() >= days)
}

/// 用户名密码登录
#[utoipa::path(
    post, path = "/session", tag = "access", operation_id = "log_in",
    extensions(("x-permission" = json!("everyone"))),
    request_body = LogIn,
    responses((status = 204, description = "已登录，会话在 cookie 中"), LogInRefusal),
)]
pub async fn post_session(
    caller: Caller<Everyone>,
    Json(input): Json<LogIn>,
) -> Result<(StatusCode, HeaderMap), Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    let cookie = log_in(&caller, &input).await?;
    Ok((StatusCode::NO_CONTENT, sessions::set_cookie(&cookie)?))
}

/// 退出登录
#[utoipa::path(
    delete, path = "/session", tag = "access", operation_id = "log_out",
    extensions(("x-permission" = json!("everyone"))),
    responses((status = 204, description = "已退出")),
)]
pub async fn delete_session(caller: Caller<Everyone>, headers: HeaderMap) -> Result<(StatusCode, HeaderMap), Problem> {
    if let Some(secret) = sessions::sent(&headers) {
        let (caller, secret) = (&caller, &secret);
        caller.unit(|unit| async move { sessions::close(&unit, secret).await }).await?;
    }
    let mut answer = HeaderMap::new();
    answer.insert(SET_COOKIE, sessions::GONE);
    Ok((StatusCode::NO_CONTENT, answer))
}
