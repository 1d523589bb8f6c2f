//! Joining at an event, by phone, in one unit of work: the one-time code, the consent, the person, the application, the
//! approval if the event approves at once, the facts and what is promised. A resend is harmless; who joins twice is
//! shown the same card.

use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, StatusCode},
};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem,
    access::{codes as one_time, limits, sessions},
    organisation::{platform::branch, worker_group},
    permission::Everyone,
    person::NewPerson,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    gifts::{self, Gift},
    public::by_code,
    view::{NamedUnion, is_open, unions},
};
use crate::{
    apply::{check_platform, document_kind},
    approve::{admit, passes},
    consent,
    enter::{Applicant, EnterRefusal, Entered, enter},
    names,
    rules::standing::Standing,
    tables::{event, join, member},
};

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
    /// The union; found by the platform company if it is not told.
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
    let event = &by_code(caller.read(), code).await?;
    if !is_open(event, caller.now().into()) {
        return Err(JoinRefusal::NotOpen.into());
    }
    consent::check(&input.consent_version)?;
    let applicant = &applicant(caller, event, input).await?;
    let secret = &sessions::secret(caller);
    let outcome = caller
        .unit(|unit| async move {
            one_time::check(&unit, caller, &input.phone, PURPOSE, &input.code).await?;
            // The event may have been closed while this one waited for his turn.
            let event = event::Entity::find_by_id(event.id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if !is_open(&event, caller.now().into()) {
                return Err(JoinRefusal::NotOpen.into());
            }
            let entered = enter(&unit, caller, applicant).await?;
            let (person, answer) = settle(&unit, caller, &event, entered).await?;
            sessions::open(&unit, caller, secret, None, Some(person)).await?;
            Ok(Joined { person, answer, secret: secret.clone() })
        })
        .await;
    let joined = one_time::counted(caller, &input.phone, PURPOSE, outcome).await?;
    caller.house().live().changed(format!("event/{}", event.id));
    Ok(joined)
}

async fn applicant(caller: &Context, event: &event::Model, input: &Join) -> Result<Applicant, Problem> {
    let conn = caller.read();
    worker_group::check(conn, &input.group).await?;
    check_platform(conn, input.platform_id).await?;
    let union = union_for(conn, &unions(conn, event.id).await?, input).await?;
    let person = NewPerson {
        name: input.name.clone(),
        document_kind: document_kind(&input.document_kind)?,
        document_number: input.document_number.clone(),
        phone: Some(input.phone.clone()),
        worker_group: Some(input.group.clone()),
        organisation_id: union,
    };
    // What is typed wrong is told before the code is used up.
    kernel::person::check(&person, caller.today())?;
    Ok(Applicant {
        person,
        platform_id: input.platform_id,
        employer: None,
        event_id: Some(event.id),
        phone_is_proved: true,
    })
}

/// The chosen union, the only one, or the one of the platform company's branch.
async fn union_for(conn: &impl ConnectionTrait, unions: &[NamedUnion], input: &Join) -> Result<Id, Problem> {
    if let Some(chosen) = input.organisation_id {
        let known = unions.iter().find(|union| union.id == chosen);
        return known.map(|union| union.id).ok_or_else(|| JoinRefusal::UnionUnclear.into());
    }
    if let [only] = unions {
        return Ok(only.id);
    }
    let Some(platform) = input.platform_id else { return Err(JoinRefusal::UnionUnclear.into()) };
    let branches = branch::Entity::find()
        .filter(branch::Column::PlatformId.eq(platform))
        .filter(branch::Column::UnionOrganisationId.is_in(unions.iter().map(|union| union.id)))
        .all(conn)
        .await?;
    let of_platform =
        |union: &&NamedUnion| branches.iter().any(|branch| branch.union_organisation_id == Some(union.id));
    match unions.iter().filter(of_platform).collect::<Vec<_>>().as_slice() {
        [only] => Ok(only.id),
        _ => Err(JoinRefusal::UnionUnclear.into()),
    }
}

async fn settle(
    unit: &Unit,
    caller: &Context,
    event: &event::Model,
    entered: Entered,
) -> Result<(Id, JoinAnswer), Problem> {
    let (mut member, transfer) = match entered {
        Entered::Applied(member) | Entered::Already(member) => (member, None),
        Entered::TransferAsked(member, transfer) => (member, Some(transfer)),
    };
    let person = member.person_id;
    let before =
        join::Entity::find().filter(join::Column::EventId.eq(event.id)).filter(join::Column::PersonId.eq(person));
    let before = before.one(unit).await?;
    let already = before.is_some() || member.state.is_member();
    if before.is_none() {
        note(unit, caller, event, &member, transfer.as_ref().map(|transfer| transfer.to_organisation_id)).await?;
        consent::give(unit, caller, person, &format!("event/{}", event.id)).await?;
        if event.approves_at_once && member.state == Standing::Applied && member.event_id == Some(event.id) {
            match passes(unit, caller, &member).await {
                Ok(()) => member = admit(unit, caller, member, Some("按集中入会活动的规则当场批准")).await?,
                Err(problem) if problem.fault.is_some() => return Err(problem),
                // An officer looks; the application waits.
                Err(_) => {}
            }
        }
    }
    let organisation = names::organisation(unit, member.organisation_id).await?;
    let message = match (&transfer, already, member.state) {
        (Some(waiting), ..) => format!(
            "您已是“{organisation}”的会员，一人只有一个会籍。已请原工会在{}前确认转到“{}”，确认前会籍和服务不变。",
            waiting.due_on.format("%Y年%-m月%-d日"),
            names::organisation(unit, waiting.to_organisation_id).await?
        ),
        (None, true, state) => format!("您已办理过，会籍在“{organisation}”，状态：{}。", state.label()),
        (None, false, Standing::Normal) => format!("欢迎加入“{organisation}”！会员证已生成。"),
        (None, false, _) => format!("已收到您加入“{organisation}”的申请，批准后会员证会显示在“我的会员证”。"),
    };
    let gifts = if member.event_id == Some(event.id) { gifts::of(event)? } else { Vec::new() };
    let answer = JoinAnswer {
        card_number: member.card_number.clone(),
        organisation,
        state: member.state,
        gifts,
        already,
        message,
    };
    Ok((person, answer))
}

async fn note(
    unit: &Unit,
    caller: &Context,
    event: &event::Model,
    member: &member::Model,
    to: Option<Id>,
) -> Result<(), Problem> {
    let row = join::ActiveModel {
        id: Set(caller.id()),
        event_id: Set(event.id),
        person_id: Set(member.person_id),
        member_id: Set(member.id),
        organisation_id: Set(to.unwrap_or(member.organisation_id)),
        worker_group: Set(member.worker_group.clone()),
        joined_at: Set(caller.now().into()),
        approved_at: Set(None),
        already_member: Set(member.state.is_member()),
    };
    join::Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
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
    limits::CODES.check(&caller)?;
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
    let joined = join(&caller, &code, &input).await?;
    let cookie = sessions::set_cookie(&sessions::cookie(&caller, &joined.secret))?;
    Ok((cookie, Json(joined.answer)))
}
