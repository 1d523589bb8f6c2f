use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    account, accounts,
    attempt::{self, Proof, Verdict},
    numbers,
    second_factor::{self, NextStep, ProofStep, Standing},
    sessions,
};
use crate::{Caller, Context, Id, Problem, permission::Everyone, problem};

/// What the audit chain calls a log-in by this house's own proofs.
pub(super) const BEGIN: &str = "session.begin";

crate::refusals! {
    /// How logging in can be refused. An unknown user name and a wrong password read the same.
    pub enum LogInRefusal {
        /// Unknown, wrong or disabled.
        Wrong = 401 "wrong_login" "用户名或密码不对。连续输错 5 次将锁定 30 分钟。",
        /// Too many wrong passwords.
        Locked { minutes: i64 } = 429 "locked" "密码连续输错次数过多，请 {minutes} 分钟后再试，或请安全管理员重设密码。",
        /// Right, but too old.
        Expired { days: i64 } = 403 "password_expired" "密码已超过 {days} 天没有更换，请先设置新密码再登录。",
        /// Right, but set by somebody else.
        Given = 403 "password_expired" "这是管理员设置的初始密码，请先设置您自己的新密码再登录。",
        /// Right, but set by somebody else so long ago that others may know it by now.
        Lapsed { days: i64 } = 403 "first_password_expired"
            "管理员设置的初始密码超过 {days} 天没有使用，已经失效，请安全管理员重设密码。",
        /// The password was right, the code was not, or has opened before.
        WrongCode = 401 "wrong_code" "动态口令不对或已用过，请等手机上出现新的口令再填。连续输错 5 次将锁定 30 分钟。",
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
    In { secret: String },
    Next(ProofStep),
    Refused(Verdict),
    Expired { days: i64, code: bool },
    Given { code: bool },
    Lapsed { days: i64 },
}

/// A first step that was taken.
#[derive(Debug)]
pub enum Entered {
    /// A session began; the header that sets the cookie.
    In(HeaderMap),
    /// Something more is asked for.
    Next(NextStep),
}

impl IntoResponse for Entered {
    fn into_response(self) -> Response {
        match self {
            Self::In(cookie) => (StatusCode::NO_CONTENT, cookie).into_response(),
            Self::Next(step) => (StatusCode::ACCEPTED, Json(step)).into_response(),
        }
    }
}

/// Checks the password and begins a session, or tells what is asked for besides.
///
/// # Errors
/// [`LogInRefusal`].
pub async fn log_in(caller: &Context, input: &LogIn) -> Result<Entered, Problem> {
    let found = find(caller, &input.username).await?;
    let right = attempt::is_right(found.as_ref(), &input.password).await?;
    let Some(found) = &found else {
        return Err(refused(attempt::nobody(caller, &input.username).await?));
    };
    let secret = &sessions::secret(caller);
    match caller.unit(|unit| async move { judge(&unit, caller, found, right, secret).await }).await? {
        Outcome::In { secret } => Ok(Entered::In(sessions::cookie(caller, &secret)?)),
        Outcome::Next(step) => Ok(Entered::Next(NextStep::of(caller, step, found.id, &found.password))),
        Outcome::Expired { days, code } => Err(change_first(LogInRefusal::Expired { days }, code)),
        Outcome::Given { code } => Err(change_first(LogInRefusal::Given, code)),
        Outcome::Lapsed { days } => Err(LogInRefusal::Lapsed { days }.into()),
        Outcome::Refused(verdict) => Err(refused(verdict)),
    }
}

/// The account of a user name. Each name can be tried only so often, whether there is such an account or not.
pub(super) async fn find(context: &Context, username: &str) -> Result<Option<account::Model>, Problem> {
    let username = accounts::user_name(username);
    context.house().limits().log_ins_of_account.by(&username)?;
    Ok(account::Entity::find().filter(account::Column::Username.eq(&username)).one(context.read()).await?)
}

/// What is told about a password that was not taken.
pub(super) fn refused(verdict: Verdict) -> Problem {
    match verdict {
        Verdict::Locked(seconds) => {
            Problem::from(LogInRefusal::Locked { minutes: problem::minutes(seconds) }).after(seconds)
        }
        Verdict::WrongCode => LogInRefusal::WrongCode.into(),
        Verdict::Wrong | Verdict::Right => LogInRefusal::Wrong.into(),
    }
}

/// Names the operation that opens without a log-in for whoever knows the old password, and says whether it asks for a code.
fn change_first(refusal: LogInRefusal, code: bool) -> Problem {
    let extra = serde_json::json!({ "change_at": "/api/v1/session/expired-password", "code": code });
    Problem::from(refusal).with_extra(extra)
}

/// Begins the session of who has proved all that was asked for; `act` is what the audit chain calls the way that he came.
pub(super) async fn begin(unit: &Unit, caller: &Context, account: Id, secret: &str, act: &str) -> Result<(), Problem> {
    sessions::make_room(unit, caller, account).await?;
    sessions::open(unit, caller, secret, Some(account), None)?;
    let at = Set(Some(caller.now().into()));
    let row = account::ActiveModel { id: Set(account), last_log_in_at: at, ..Default::default() };
    account::Entity::update(row).exec(unit).await?;
    accounts::record(unit, caller, act, account, None, Value::Null).await
}

async fn judge(
    unit: &Unit,
    caller: &Context,
    found: &account::Model,
    right: bool,
    secret: &str,
) -> Result<Outcome, Problem> {
    let standing = second_factor::standing(unit, caller, found.id).await?;
    let proof = if standing == Standing::None { Proof::Password } else { Proof::First };
    match attempt::judge(unit, caller, found, right, proof).await? {
        Verdict::Right => {}
        verdict => return Ok(Outcome::Refused(verdict)),
    }
    let code = standing == Standing::Set;
    match (found.must_change, too_old(unit, caller, found).await?) {
        (true, Some(days)) => return Ok(Outcome::Lapsed { days }),
        (true, None) => return Ok(Outcome::Given { code }),
        (false, Some(days)) => return Ok(Outcome::Expired { days, code }),
        (false, None) => {}
    }
    match standing {
        Standing::Set => return Ok(Outcome::Next(ProofStep::Code)),
        Standing::Due => return Ok(Outcome::Next(ProofStep::Enrol)),
        Standing::None => {}
    }
    begin(unit, caller, found.id, secret, BEGIN).await?;
    Ok(Outcome::In { secret: secret.to_owned() })
}

/// After how many days an account's password is too old, if it is.
pub(super) async fn too_old(unit: &Unit, context: &Context, found: &account::Model) -> Result<Option<i64>, Problem> {
    let days = numbers::of(unit, context, found.id).await?.days;
    Ok(is_too_old(context, found, days).then_some(days))
}

/// Whether an account's password was set so many days ago.
pub(super) fn is_too_old(context: &Context, found: &account::Model, days: i64) -> bool {
    let age = context.now() - found.password_set_at.at();
    TimeDelta::try_days(days).is_some_and(|most| age >= most)
}

/// 用户名密码登录
#[utoipa::path(
    post, path = "/session", tag = "access", operation_id = "log_in",
    extensions(("x-permission" = json!("everyone"))),
    request_body = LogIn,
    responses(
        (status = 204, description = "已登录，会话在 cookie 中"),
        (status = 202, body = NextStep, description = "密码正确，还须动态口令"),
        LogInRefusal,
    ),
)]
pub async fn post_session(caller: Caller<Everyone>, Json(input): Json<LogIn>) -> Result<Entered, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    log_in(&caller, &input).await
}

/// 退出登录
#[utoipa::path(
    delete, path = "/session", tag = "access", operation_id = "log_out",
    extensions(("x-permission" = json!("everyone"))),
    responses((status = 204, description = "已退出")),
)]
pub async fn delete_session(caller: Caller<Everyone>, headers: HeaderMap) -> Result<(StatusCode, HeaderMap), Problem> {
    if let Some(secret) = sessions::sent(caller.house(), &headers) {
        let (caller, secret) = (&caller, &secret);
        let left = caller.unit(|unit| async move {
            match sessions::close(&unit, secret).await? {
                Some(account) => accounts::record(&unit, caller, "session.end", account, None, Value::Null).await,
                None => Ok(()),
            }
        });
        left.await?;
    }
    Ok((StatusCode::NO_CONTENT, sessions::gone(&caller)?))
}
