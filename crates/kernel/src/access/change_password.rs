//! An officer sets himself a new password: when he likes, or because the old one ran out or was given by somebody else.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use database::Unit;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    account, accounts,
    attempt::{self, Proof, Verdict},
    log_in::{self, Entered, LogInRefusal},
    numbers, password, past_password,
    second_factor::{self, NextStep, ProofStep, Standing},
    sessions,
};
use crate::{
    Actor, Caller, Context, Problem,
    permission::{Everyone, LoggedIn},
};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
pub struct NewPassword {
    /// What it is now.
    pub old: String,
    /// What it shall be.
    pub new: String,
}

/// A new password instead of one that no longer opens.
#[derive(Deserialize, ToSchema)]
pub struct ExpiredPassword {
    /// The user name.
    pub username: String,
    /// What it is now.
    pub old: String,
    /// What it shall be.
    pub new: String,
    /// A code from the authenticator, where there is one, or a recovery code.
    #[serde(default)]
    pub code: Option<String>,
}

/// The caller's new password. His other log-ins end; the one with the `kept` secret goes on.
///
/// # Errors
/// 422 for a wrong old or a weak or recent new password, 429 while the account is locked, 403 for who is no officer, or whose old
/// password was given by somebody else too long ago.
pub async fn change(caller: &Caller<LoggedIn>, input: &NewPassword, kept: Option<&str>) -> Result<(), Problem> {
    let Actor::Officer { account } = caller.actor() else { return Err(Problem::forbidden()) };
    let found = account::Entity::find_by_id(*account).one(caller.read()).await?.ok_or_else(Problem::unauthenticated)?;
    match replace(caller, &found, &input.old, &input.new, Log::Keep(kept)).await? {
        Replaced::Refused(Verdict::Wrong) => {
            Err(Problem::field("old", "wrong_password", "原密码不对，请重新输入。连续输错 5 次将锁定 30 分钟。"))
        }
        Replaced::Refused(verdict) => Err(log_in::refused(verdict)),
        Replaced::Lapsed { days } => Err(LogInRefusal::Lapsed { days }.into()),
        Replaced::Only | Replaced::In { .. } | Replaced::Enrol { .. } => Ok(()),
    }
}

/// Replaces a password that ran out, and logs in with the new one, or tells what is asked for besides.
///
/// # Errors
/// 422 for a weak or recent new password; [`LogInRefusal`].
pub async fn change_expired(caller: &Context, input: &ExpiredPassword) -> Result<Entered, Problem> {
    let Some(found) = log_in::find(caller, &input.username).await? else {
        // Takes as long as for an account that there is.
        attempt::is_right(None, &input.old).await?;
        return Err(log_in::refused(attempt::nobody(caller, &input.username).await?));
    };
    let secret = sessions::secret(caller);
    let log = Log::In { secret: &secret, code: input.code.as_deref() };
    match replace(caller, &found, &input.old, &input.new, log).await? {
        Replaced::In { secret } => Ok(Entered::In(sessions::cookie(caller, &secret)?)),
        Replaced::Enrol { hash } => Ok(Entered::Next(NextStep::of(caller, ProofStep::Enrol, found.id, &hash))),
        Replaced::Refused(verdict) => Err(log_in::refused(verdict)),
        Replaced::Lapsed { days } => Err(LogInRefusal::Lapsed { days }.into()),
        Replaced::Only => Err(log_in::refused(Verdict::Wrong)),
    }
}

/// What becomes of log-ins.
#[derive(Clone, Copy)]
enum Log<'a> {
    Keep(Option<&'a str>),
    In { secret: &'a str, code: Option<&'a str> },
}

/// What came of it.
#[derive(Serialize, Deserialize)]
enum Replaced {
    Refused(Verdict),
    /// The password is another one; no log-in was wanted.
    Only,
    /// The old one was given by somebody else, too long ago.
    Lapsed {
        days: i64,
    },
    /// A log-in began. Its secret is kept with the answer, so that a call sent again gets the same log-in.
    In {
        secret: String,
    },
    /// A second factor must be set up before a log-in begins; the new password's hash.
    Enrol {
        hash: String,
    },
}

async fn replace(
    context: &Context,
    found: &account::Model,
    old: &str,
    new: &str,
    log: Log<'_>,
) -> Result<Replaced, Problem> {
    let right = attempt::is_right(Some(found), old).await?;
    // Only who knows the old password is told what is wrong with the new one.
    let hash = &if right { Some(fresh(context, found, new).await?) } else { None };
    let changed = context.unit(|unit| async move {
        let verdict = match log {
            Log::Keep(_) => attempt::judge(&unit, context, found, right, Proof::Password).await?,
            Log::In { code, .. } => attempt::both(&unit, context, found, right, code).await?,
        };
        let (Verdict::Right, Some(hash)) = (verdict, hash) else { return Ok(Replaced::Refused(verdict)) };
        if found.must_change
            && let Some(days) = log_in::too_old(&unit, context, found).await?
        {
            return Ok(Replaced::Lapsed { days });
        }
        set(&unit, context, found, hash, false).await?;
        sessions::close_all(&unit, found.id, if let Log::Keep(kept) = log { kept } else { None }).await?;
        accounts::record(&unit, context, "accounts.change_password", found.id, None, Value::Null).await?;
        let Log::In { secret, .. } = log else { return Ok(Replaced::Only) };
        if second_factor::standing(&unit, context, found.id).await? == Standing::Due {
            return Ok(Replaced::Enrol { hash: hash.clone() });
        }
        log_in::begin(&unit, context, found.id, secret, log_in::BEGIN).await?;
        Ok(Replaced::In { secret: secret.to_owned() })
    });
    changed.await
}

/// The hash of a new password, if the account may have it.
async fn fresh(context: &Context, found: &account::Model, new: &str) -> Result<String, Problem> {
    let numbers = numbers::of(context.read(), context, found.id).await?;
    password::check("new", new, numbers.length, [&found.username, &found.name])?;
    let past = past_password::Entity::find()
        .filter(past_password::Column::AccountId.eq(found.id))
        .order_by_desc(past_password::Column::Id)
        .limit(u64::try_from(numbers.history - 1).unwrap_or(0))
        .all(context.read())
        .await?;
    for kept in past.into_iter().map(|past| past.password).chain([found.password.clone()]) {
        if password::is_right(new.to_owned(), Some(kept)).await? {
            let message = format!("新密码不能与最近 {} 次用过的密码相同，请换一个。", numbers.history);
            return Err(Problem::field("new", "password_used", message));
        }
    }
    Ok(password::hash(new.to_owned(), context.house().ambient().bytes()).await?)
}

/// Writes an account's new password and keeps the one before among the past ones.
pub(super) async fn set(
    unit: &Unit,
    context: &Context,
    before: &account::Model,
    hash: &str,
    must_change: bool,
) -> Result<(), Problem> {
    let past = past_password::ActiveModel {
        id: Set(context.id()),
        account_id: Set(before.id),
        password: Set(before.password.clone()),
        set_at: Set(before.password_set_at),
    };
    past_password::Entity::insert(past).exec_without_returning(unit).await?;
    let row = account::ActiveModel {
        id: Set(before.id),
        password: Set(hash.to_owned()),
        password_set_at: Set(context.now().into()),
        must_change: Set(must_change),
        failures: Set(0),
        first_failure_at: Set(None),
        locked_until: Set(None),
        ..Default::default()
    };
    account::Entity::update(row).exec(unit).await?;
    Ok(())
}

/// 修改自己的密码
#[utoipa::path(
    post, path = "/session/password", tag = "access", operation_id = "change_password",
    extensions(("x-permission" = json!("logged_in"))),
    request_body = NewPassword,
    responses((status = 204, description = "已修改，其他设备上的登录已退出")),
)]
pub async fn post_password(
    caller: Caller<LoggedIn>,
    headers: HeaderMap,
    Json(input): Json<NewPassword>,
) -> Result<StatusCode, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    change(&caller, &input, sessions::sent(caller.house(), &headers).as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 密码到期后设置新密码并登录
#[utoipa::path(
    post, path = "/session/expired-password", tag = "access", operation_id = "change_expired_password",
    extensions(("x-permission" = json!("everyone"))),
    request_body = ExpiredPassword,
    responses(
        (status = 204, description = "已修改并登录，会话在 cookie 中"),
        (status = 202, body = NextStep, description = "已修改，还须设置动态口令"),
        LogInRefusal,
    ),
)]
pub async fn post_expired_password(
    caller: Caller<Everyone>,
    Json(input): Json<ExpiredPassword>,
) -> Result<Entered, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    change_expired(&caller, &input).await
}
