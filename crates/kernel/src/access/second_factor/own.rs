//! One's own second factor: setting it up, replacing it, taking it away. Each begins with the password and, where there is
//! one, a code, so that a log-in left open is not enough.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use database::Unit;
use sea_orm::{EntityTrait, entity::prelude::*};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    CodeForm, Enrolment, RecoveryCodes, SecondFactorRefusal, Standing, confirm, demand, enrol, factor, recovery,
    standing,
};
use crate::{
    Caller, Context, Id, Problem,
    access::{
        account, accounts,
        attempt::{self, Verdict},
        log_in, sessions,
    },
    permission::LoggedIn,
};

/// Proof that it is still the officer who sits there.
#[derive(Deserialize, ToSchema)]
pub struct ProofForm {
    /// His password.
    pub password: String,
    /// A code from the authenticator that is set up, or a recovery code; absent if there is none.
    pub code: Option<String>,
}

/// The caller's account and whether the password is right.
async fn found(caller: &Context, input: &ProofForm) -> Result<(account::Model, bool), Problem> {
    let id = caller.account()?;
    let found = account::Entity::find_by_id(id).one(caller.read()).await?.ok_or_else(Problem::unauthenticated)?;
    let right = attempt::is_right(Some(&found), &input.password).await?;
    Ok((found, right))
}

fn unproven(verdict: Verdict) -> Problem {
    match verdict {
        Verdict::Wrong => {
            Problem::field("password", "wrong_password", "密码不对，请重新输入。连续输错 5 次将锁定 30 分钟。")
        }
        Verdict::WrongCode => Problem::field("code", "wrong_code", "动态口令不对或已用过，请等新的口令出现再填。"),
        other => log_in::refused(other),
    }
}

/// Judges the proof by itself; answers the account.
pub(crate) async fn prove(caller: &Context, input: &ProofForm) -> Result<Id, Problem> {
    let (found, right) = &found(caller, input).await?;
    let judged =
        caller.unit(|unit| async move { attempt::both(&unit, caller, found, *right, input.code.as_deref()).await });
    match judged.await? {
        Verdict::Right => Ok(found.id),
        verdict => Err(unproven(verdict)),
    }
}

async fn begin(caller: &Context, input: &ProofForm) -> Result<Enrolment, Problem> {
    let (found, right) = &found(caller, input).await?;
    let (enrolment, secret) = &enrol::draw(caller, &found.username)?;
    let begun = caller.unit(|unit| async move {
        let verdict = attempt::both(&unit, caller, found, *right, input.code.as_deref()).await?;
        if verdict != Verdict::Right {
            return Ok(Err(verdict));
        }
        enrol::begin(&unit, caller, found.id, secret).await?;
        Ok(Ok(enrolment.clone()))
    });
    begun.await?.map_err(unproven)
}

async fn finish(caller: &Context, input: &CodeForm, kept: Option<&str>) -> Result<RecoveryCodes, Problem> {
    let id = caller.account()?;
    caller
        .unit(|unit| async move {
            let codes = confirm::confirm(&unit, caller, id, &input.code).await?;
            sessions::close_all(&unit, id, kept).await?;
            Ok(codes)
        })
        .await
}

async fn remove(caller: &Context, input: &ProofForm) -> Result<(), Problem> {
    let (found, right) = &found(caller, input).await?;
    let removed = caller.unit(|unit| async move {
        if standing(&unit, caller, found.id).await? != Standing::Set {
            return Err(SecondFactorRefusal::NotSet.into());
        }
        if demand::is_required(&unit, caller, found.id).await? {
            return Err(SecondFactorRefusal::Required.into());
        }
        let verdict = attempt::both(&unit, caller, found, *right, input.code.as_deref()).await?;
        if verdict != Verdict::Right {
            return Ok(Err(verdict));
        }
        clear(&unit, found.id).await?;
        accounts::record(&unit, caller, "second_factor.remove", found.id, None, Value::Null).await?;
        Ok(Ok(()))
    });
    removed.await?.map_err(unproven)
}

/// Forgets an account's authenticator and its recovery codes.
pub(super) async fn clear(unit: &Unit, account: Id) -> Result<(), Problem> {
    factor::Entity::delete_by_id(account).exec(unit).await?;
    recovery::Entity::delete_many().filter(recovery::Column::AccountId.eq(account)).exec(unit).await?;
    Ok(())
}

/// 设置或更换自己的动态口令：取二维码
#[utoipa::path(post, path = "/session/second-factor", tag = "access", operation_id = "begin_second_factor",
    extensions(("x-permission" = json!("logged_in"))), request_body = ProofForm,
    responses((status = 200, body = Enrolment)))]
pub(super) async fn post_second_factor(
    caller: Caller<LoggedIn>,
    Json(input): Json<ProofForm>,
) -> Result<Json<Enrolment>, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    Ok(Json(begin(&caller, &input).await?))
}

/// 设置或更换自己的动态口令：填第一个口令
#[utoipa::path(post, path = "/session/second-factor/code", tag = "access", operation_id = "confirm_second_factor",
    extensions(("x-permission" = json!("logged_in"))), request_body = CodeForm,
    responses((status = 200, body = RecoveryCodes, description = "恢复码只显示一次；其他设备上的登录已退出"), SecondFactorRefusal))]
pub(super) async fn post_second_factor_code(
    caller: Caller<LoggedIn>,
    headers: HeaderMap,
    Json(input): Json<CodeForm>,
) -> Result<Json<RecoveryCodes>, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    Ok(Json(finish(&caller, &input, sessions::sent(caller.house(), &headers).as_deref()).await?))
}

/// 移除自己的动态口令
#[utoipa::path(post, path = "/session/second-factor/removal", tag = "access", operation_id = "remove_second_factor",
    extensions(("x-permission" = json!("logged_in"))), request_body = ProofForm,
    responses((status = 204, description = "已移除"), SecondFactorRefusal))]
pub(super) async fn post_second_factor_removal(
    caller: Caller<LoggedIn>,
    Json(input): Json<ProofForm>,
) -> Result<StatusCode, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    remove(&caller, &input).await?;
    Ok(StatusCode::NO_CONTENT)
}
