use axum::{
    Json,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
};
use chrono::TimeDelta;
use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{account, limits, password, sessions};
use crate::{Caller, Context, Problem, audit, permission::Everyone};

crate::refusals! {
    /// How logging in can be refused. An unknown user name and a wrong password read the same.
    pub enum LogInRefusal {
        /// Unknown, wrong or disabled.
        Wrong = 401 "wrong_login" "用户名或密码不对。连续输错 5 次将锁定 30 分钟。",
        /// Too many wrong passwords.
        Locked = 429 "locked" "密码连续输错次数过多，请 30 分钟后再试，或联系系统管理员。",
    }
}

/// This many wrong passwords within [`WINDOW`] lock the account (GB/T 22239-2019 8.1.4.1, domain default).
const MOST_FAILURES: i32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);
const LOCK: TimeDelta = TimeDelta::minutes(30);

/// A user name and its password.
#[derive(Deserialize, ToSchema)]
pub struct LogIn {
    /// The user name; case doesn't matter.
    pub username: String,
    /// The password.
    pub password: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Verdict {
    Right,
    Wrong,
    Locked,
}

/// Checks the password and begins a session; answers the cookie.
///
/// # Errors
/// [`LogInRefusal`].
pub async fn log_in(caller: &Context, input: &LogIn) -> Result<String, Problem> {
    let username = input.username.trim().to_lowercase();
    let found = account::Entity::find().filter(account::Column::Username.eq(&username)).one(caller.read()).await?;
    let kept = found.as_ref().filter(|account| account.enabled).map(|account| account.password.clone());
    let right = password::is_right(input.password.clone(), kept).await?;
    let Some(found) = found else { return Err(LogInRefusal::Wrong.into()) };
    let (secret, found) = (&sessions::secret(caller), &found);
    let verdict = caller.unit(|unit| async move { judge(&unit, caller, found, right, secret).await }).await?;
    match verdict {
        Verdict::Right => Ok(sessions::cookie(caller, secret)),
        Verdict::Wrong => Err(LogInRefusal::Wrong.into()),
        Verdict::Locked => Err(LogInRefusal::Locked.into()),
    }
}

/// Counts a failure, or opens the session. The lock holds against the right password, too.
async fn judge(
    unit: &Unit,
    caller: &Context,
    found: &account::Model,
    right: bool,
    secret: &str,
) -> Result<Verdict, Problem> {
    // The row may have changed since the password was checked, which takes its time outside the unit.
    let Some(account) = account::Entity::find_by_id(found.id).one(unit).await? else { return Ok(Verdict::Wrong) };
    let now = caller.now();
    if account.locked_until.is_some_and(|until| until.at() > now) {
        return Ok(Verdict::Locked);
    }
    let mut row = account::ActiveModel { id: Set(account.id), ..Default::default() };
    let verdict = if right && account.password == found.password && account.enabled {
        row.failures = Set(0);
        row.first_failure_at = Set(None);
        sessions::open(unit, caller, secret, Some(account.id), None).await?;
        Verdict::Right
    } else {
        let began = account.first_failure_at.filter(|began| now - began.at() < WINDOW);
        let failures = if began.is_some() { account.failures + 1 } else { 1 };
        row.failures = Set(failures);
        row.first_failure_at = Set(Some(began.unwrap_or(now.into())));
        if failures >= MOST_FAILURES {
            row.failures = Set(0);
            row.first_failure_at = Set(None);
            row.locked_until = Set(Some((now + LOCK).into()));
        }
        Verdict::Wrong
    };
    account::Entity::update(row).exec(unit).await?;
    let action = if verdict == Verdict::Right { "session.begin" } else { "session.refuse" };
    let act = audit::Act {
        action,
        object_kind: "kernel/account",
        object_id: Some(account.id),
        organisation_id: None,
        detail: serde_json::Value::Null,
    };
    audit::record(unit, caller, act).await?;
    Ok(verdict)
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
    limits::LOG_INS.check(&caller)?;
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
