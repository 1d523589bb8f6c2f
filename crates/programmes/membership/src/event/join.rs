//! Joining at an event, by phone, in one unit of work: the one-time code, the consent, the person, the application, the
//! approval if the event approves at once, the facts and what is promised. A resend is harmless; who joins twice is
//! shown the same card. Those who join at the same moment are [settled together](together) where nothing needs a look.

mod applicant;
mod lists;
mod settle;
mod together;

use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, StatusCode},
};
use database::Id;
use kernel::{
    Caller, Context, Problem,
    access::{codes as one_time, sessions},
    permission::Everyone,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{gifts::Gift, public::by_code, view::is_open};
use crate::{
    consent::JOINING,
    enter::{Applicant, EnterRefusal, enter},
    rules::standing::Standing,
    tables::event,
};
use applicant::{applicant, filled_in};
use settle::settle;
pub(crate) use settle::settle_at_desk;

kernel::refusals! {
    /// Why nobody joins.
    pub enum JoinRefusal {
        /// Over, or not begun.
        NotOpen = 409 "event_not_open" "现在不在活动报名时间内，请留意活动通知，或直接联系所在地工会。",
        /// Which union is not clear.
        UnionUnclear = 422 "union_unclear" "请选择要加入的工会。",
    }
}

/// The purpose of one-time codes of this page.
const PURPOSE: &str = "join";

/// A phone number.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PhoneOnly {
    /// The mobile number.
    pub phone: String,
}

/// What one fills in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Join {
    /// The mobile number.
    pub phone: String,
    /// The one-time code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The kind of paper.
    pub document_kind: String,
    /// The paper's number.
    pub document_number: String,
    /// The worker group's code.
    pub group: String,
    /// The platform company.
    pub platform_id: Option<Id>,
    /// The federation of the district that one works in, as the event's unions name it.
    pub district_id: Option<Id>,
    /// The union; found by the platform company and the district if it is not told.
    pub organisation_id: Option<Id>,
    /// The edition of the consent text that was agreed to.
    pub consent_version: String,
}

/// What one reads after joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JoinAnswer {
    /// The number on the card, once approved.
    pub card_number: Option<String>,
    /// The union.
    pub organisation: String,
    /// Where the membership stands.
    pub state: Standing,
    /// What one is given.
    pub gifts: Vec<Gift>,
    /// The table of the hall at which his kit waits.
    #[serde(default)]
    pub gate: Option<String>,
    /// Whether he had joined or was a member before.
    pub already: bool,
    /// In words.
    pub message: String,
}

/// Who joined, and what he reads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Joined {
    /// The person.
    pub person: Id,
    /// What he reads.
    pub answer: JoinAnswer,
    /// The secret of his log-in on this phone.
    pub secret: String,
}

/// Joins.
///
/// # Errors
/// 404 for an unknown code, [`JoinRefusal`], [`EnterRefusal`], a wrong one-time code, a field that can't be taken.
pub async fn join(caller: &Context, code: &str, input: &Join) -> Result<Joined, Problem> {
    // For whoever names his union nothing is read beforehand: the unit that settles all asks for all.
    if let Some(union) = input.organisation_id
        && JOINING.check(&input.consent_version).is_ok()
        && let Ok(applicant) = filled_in(caller, input, union)
        && let Some(joined) = together::join(caller, code, applicant, &input.code).await
    {
        return Ok(joined?);
    }
    let event = &by_code(caller.read(), code).await?;
    if !is_open(event, caller.now().into()) {
        return Err(JoinRefusal::NotOpen.into());
    }
    JOINING.check(&input.consent_version)?;
    let applicant = applicant(caller, event, input).await?;
    if input.organisation_id.is_none()
        && let Some(joined) = together::join(caller, code, applicant.clone(), &input.code).await
    {
        return Ok(joined?);
    }
    let joined = alone(caller, event, input, &applicant).await?;
    caller.house().live().changed(format!("event/{}", event.id));
    Ok(joined)
}

/// Joins by a unit of his own: whoever is known already, must be looked at, or sends again.
async fn alone(caller: &Context, event: &event::Model, input: &Join, applicant: &Applicant) -> Result<Joined, Problem> {
    let secret = &sessions::secret(caller);
    let joined = caller
        .unit(|unit| async move {
            if let Err(wrong) = one_time::check(&unit, caller, &input.phone, PURPOSE, &input.code).await? {
                return Ok(Err(wrong));
            }
            // The event may have been closed while this one waited for his turn.
            let event = event::Entity::find_by_id(event.id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if !is_open(&event, caller.now().into()) {
                return Err(JoinRefusal::NotOpen.into());
            }
            let entered = enter(&unit, caller, applicant).await?.entered;
            let (person, answer) = settle(&unit, caller, &event, (applicant, entered)).await?;
            sessions::open(&unit, caller, secret, None, Some(person))?;
            Ok(Ok(Joined { person, answer, secret: secret.clone() }))
        })
        .await;
    Ok(joined??)
}

/// 发送入会验证码
#[utoipa::path(
    post, path = "/public/events/{code}/code", tag = "public", operation_id = "send_join_code",
    extensions(("x-permission" = json!("everyone"))),
    params(("code" = String, Path)), request_body = PhoneOnly,
    responses((status = 204, description = "验证码已发送"), JoinRefusal),
)]
pub async fn post_code(
    caller: Caller<Everyone>,
    Path(code): Path<String>,
    Json(input): Json<PhoneOnly>,
) -> Result<StatusCode, Problem> {
    let event = by_code(caller.read(), &code).await?;
    if !is_open(&event, caller.now().into()) {
        return Err(JoinRefusal::NotOpen.into());
    }
    caller.house().limits().codes.by_address(&caller)?;
    one_time::send(&caller, &input.phone, PURPOSE).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 扫码入会
#[utoipa::path(
    post, path = "/public/events/{code}/join", tag = "public", operation_id = "join",
    extensions(("x-permission" = json!("everyone"))),
    params(("code" = String, Path)), request_body = Join,
    responses((status = 200, body = JoinAnswer), JoinRefusal, EnterRefusal),
)]
pub async fn post_join(
    caller: Caller<Everyone>,
    Path(code): Path<String>,
    Json(input): Json<Join>,
) -> Result<(HeaderMap, Json<JoinAnswer>), Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    let joined = join(&caller, &code, &input).await?;
    Ok((sessions::cookie(&caller, &joined.secret)?, Json(joined.answer)))
}
