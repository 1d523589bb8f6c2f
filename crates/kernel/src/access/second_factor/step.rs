//! The second step of a log-in: a code, or setting up what makes codes.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Enrolment, ProofStep, RecoveryCodes, SecondFactorRefusal, Standing, confirm, enrol, standing, take, ticket,
};
use crate::{
    Caller, Context, Problem,
    access::{
        LogInRefusal,
        attempt::{self, Proof, Verdict},
        log_in, sessions,
    },
    permission::Everyone,
};

/// What the first step gave.
#[derive(Deserialize, ToSchema)]
pub struct TicketForm {
    /// As it came.
    pub ticket: String,
}

/// What the first step gave, and a code.
#[derive(Deserialize, ToSchema)]
pub struct TicketCode {
    /// As it came.
    pub ticket: String,
    /// Six digits from the phone, or a recovery code.
    pub code: String,
}

/// What is kept of a log-in that began: a call sent again gets the same session.
#[derive(Serialize, Deserialize)]
struct Begun {
    secret: String,
    codes: Option<RecoveryCodes>,
}

/// Takes the code and begins the session; answers the cookie. Wrong codes count like wrong passwords.
async fn enter(caller: &Context, input: &TicketCode) -> Result<HeaderMap, Problem> {
    let found = &ticket::holder(caller, ProofStep::Code, &input.ticket).await?;
    caller.house().limits().log_ins_of_account.by(&found.username)?;
    let secret = &sessions::secret(caller);
    let entered = caller.unit(|unit| async move {
        // A locked account's code is not even looked at, so it isn't used up.
        let verdict = match attempt::judge(&unit, caller, found, true, Proof::First).await? {
            Verdict::Right => {
                let right = take(&unit, caller, found.id, &input.code).await?;
                attempt::judge(&unit, caller, found, right, Proof::Code).await?
            }
            verdict => verdict,
        };
        if verdict != Verdict::Right {
            return Ok(Err(verdict));
        }
        log_in::begin(&unit, caller, found.id, secret, log_in::BEGIN).await?;
        Ok(Ok(secret.clone()))
    });
    match entered.await? {
        Ok(secret) => sessions::cookie(caller, &secret),
        Err(verdict) => Err(log_in::refused(verdict)),
    }
}

/// Draws a secret for who must set up his authenticator before he gets in.
async fn begin(caller: &Context, input: &TicketForm) -> Result<Enrolment, Problem> {
    let found = &ticket::holder(caller, ProofStep::Enrol, &input.ticket).await?;
    let (enrolment, secret) = &enrol::draw(caller, &found.username)?;
    caller
        .unit(|unit| async move {
            if standing(&unit, caller, found.id).await? == Standing::Set {
                return Err(SecondFactorRefusal::AlreadySet.into());
            }
            enrol::begin(&unit, caller, found.id, secret).await?;
            Ok(enrolment.clone())
        })
        .await
}

/// Confirms the authenticator and begins the session.
async fn finish(caller: &Context, input: &TicketCode) -> Result<(HeaderMap, Option<RecoveryCodes>), Problem> {
    let found = &ticket::holder(caller, ProofStep::Enrol, &input.ticket).await?;
    caller.house().limits().log_ins_of_account.by(&found.username)?;
    let secret = &sessions::secret(caller);
    let begun = caller.unit(|unit| async move {
        if standing(&unit, caller, found.id).await? == Standing::Set {
            return Err(SecondFactorRefusal::AlreadySet.into());
        }
        let codes = Some(confirm::confirm(&unit, caller, found.id, &input.code).await?);
        match attempt::judge(&unit, caller, found, true, Proof::Password).await? {
            Verdict::Right => {}
            locked @ Verdict::Locked(_) => return Err(log_in::refused(locked)),
            // The password is another one, or the account was shut, since the ticket was looked at.
            Verdict::Wrong | Verdict::WrongCode => return Err(SecondFactorRefusal::Ticket.into()),
        }
        log_in::begin(&unit, caller, found.id, secret, log_in::BEGIN).await?;
        Ok(Begun { secret: secret.clone(), codes })
    });
    let begun = begun.await?;
    Ok((sessions::cookie(caller, &begun.secret)?, begun.codes))
}

/// 登录第二步：动态口令或恢复码
#[utoipa::path(post, path = "/session/code", tag = "access", operation_id = "log_in_code",
    extensions(("x-permission" = json!("everyone"))), request_body = TicketCode,
    responses((status = 204, description = "已登录，会话在 cookie 中"), LogInRefusal, SecondFactorRefusal))]
pub(super) async fn post_code(
    caller: Caller<Everyone>,
    Json(input): Json<TicketCode>,
) -> Result<(StatusCode, HeaderMap), Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    Ok((StatusCode::NO_CONTENT, enter(&caller, &input).await?))
}

/// 登录时设置动态口令：取二维码
#[utoipa::path(post, path = "/session/enrolment", tag = "access", operation_id = "begin_enrolment",
    extensions(("x-permission" = json!("everyone"))), request_body = TicketForm,
    responses((status = 200, body = Enrolment), SecondFactorRefusal))]
pub(super) async fn post_enrolment(
    caller: Caller<Everyone>,
    Json(input): Json<TicketForm>,
) -> Result<Json<Enrolment>, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    Ok(Json(begin(&caller, &input).await?))
}

/// 登录时设置动态口令：填第一个口令并登录
#[utoipa::path(post, path = "/session/enrolment/code", tag = "access", operation_id = "confirm_enrolment",
    extensions(("x-permission" = json!("everyone"))), request_body = TicketCode,
    responses((status = 200, body = RecoveryCodes, description = "已登录，会话在 cookie 中；恢复码只显示一次"), LogInRefusal, SecondFactorRefusal))]
pub(super) async fn post_enrolment_code(
    caller: Caller<Everyone>,
    Json(input): Json<TicketCode>,
) -> Result<Response, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    let (cookie, codes) = finish(&caller, &input).await?;
    Ok((cookie, Json(codes)).into_response())
}
