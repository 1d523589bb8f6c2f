//! Handing over a gift kit: once for each who joined, at whichever table. A second hand-over is a conflict that shows
//! both times and tables.

use axum::{Json, extract::Path};
use database::{Id, Moment, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    ledger::{self, NewFact, Source},
    outbox,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::in_scope;
use crate::{
    card_token,
    permissions::HandOverKits,
    programme::KIT_HANDED_OVER,
    rules::card,
    tables::{join, kit, member, second_kit},
};

kernel::refusals! {
    /// Why no kit is handed over.
    pub enum KitRefusal {
        /// Handed over before.
        Given { gate: String } = 409 "kit_given" "礼包已在“{gate}”领取过，请核对两次的时间和发放台。",
        /// Neither a person nor a card was named.
        WhoMissing = 422 "who_missing" "请扫描会员证二维码，或选择要领取礼包的人。",
        /// Some digits of a card's number were typed wrong.
        NumberWrong = 422 "card_number_wrong" "会员证号有误，请对照会员证核对16位数字。",
        /// Paper can be copied.
        OnPaper = 422 "card_on_paper"
            "打印的会员证可以复制，不能扫它的二维码领取；请扫手机上的会员证，或核对证件后输入会员证号。",
        /// No card like this joined here.
        NotJoined = 404 "not_joined" "此人没有参加本次活动，请核对会员证。",
        /// The application waits.
        NotApproved = 409 "kit_not_approved" "入会申请还没有批准，批准后再领取礼包。",
        /// A member before the event.
        NotPromised = 409 "kit_not_promised" "此人在活动前已是会员，礼包只发给新入会的会员。",
        /// The table is not named.
        GateMissing = 422 "gate_missing" "请先选择本机所在的发放台。",
        /// The clock of the device is wrong.
        TimeWrong = 422 "given_at_wrong" "领取时间晚于现在，或早于报名那天，请校准设备时间。",
    }
}

/// To whom, and at which table.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HandOver {
    /// Who joined.
    pub join_id: Option<Id>,
    /// The card instead: what its QR code says, or its number.
    pub code: Option<String>,
    /// The table.
    pub gate: String,
    /// When, if the device was offline then; now unless told.
    pub given_at: Option<Moment>,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandedOver {
    /// When.
    pub given_at: Moment,
    /// At which table.
    pub gate: String,
}

/// Hands over a kit.
///
/// # Errors
/// 404 if the event is absent or foreign, [`KitRefusal`]; for a second hand-over `extra` holds `first` and `second`; 409 for a
/// day of a quarter that was handed up.
pub async fn hand_over(caller: &Caller<HandOverKits>, id: Id, input: &HandOver) -> Result<HandedOver, Problem> {
    let given_at = input.given_at.unwrap_or(caller.now().into());
    if given_at > caller.now().into() {
        return Err(KitRefusal::TimeWrong.into());
    }
    let gate = input.gate.trim();
    if gate.is_empty() || gate.chars().count() > 40 {
        return Err(KitRefusal::GateMissing.into());
    }
    let wanted = &HandedOver { given_at, gate: gate.to_owned() };
    // What a device kept while it was offline tells when; its first try, of which no answer came, did not.
    let call = &caller.whatever_was_sent();
    let outcome = call
        .unit(|unit| async move {
            in_scope(&unit, caller, id).await?;
            let joined = sought(&unit, caller, (id, given_at), input).await?;
            if let Some(first) = kit::Entity::find_by_id(joined.id).one(&unit).await? {
                let first = HandedOver { given_at: first.given_at, gate: first.gate };
                // A device that was offline sends what it kept again until it hears an answer.
                if first == *wanted {
                    return Ok(Outcome::Given(first));
                }
                // Who asks now has given nothing yet; a device that was offline has.
                if input.given_at.is_some() {
                    note_second(&unit, caller, &joined, wanted).await?;
                }
                return Ok(Outcome::Twice(first));
            }
            may_give(&unit, caller, &joined, given_at).await?;
            give(&unit, caller, &joined, wanted).await?;
            Ok(Outcome::Given(wanted.clone()))
        })
        .await?;
    caller.house().live().changed(format!("event/{id}"));
    match outcome {
        Outcome::Given(given) => Ok(given),
        Outcome::Twice(first) => {
            let problem = Problem::from(KitRefusal::Given { gate: first.gate.clone() });
            Err(problem.with_extra(serde_json::json!({ "first": first, "second": wanted })))
        }
    }
}

/// Whether a kit was promised that may be entered for the day on which it was given.
async fn may_give(unit: &Unit, caller: &Context, joined: &join::Model, given_at: Moment) -> Result<(), Problem> {
    if joined.already_member {
        return Err(KitRefusal::NotPromised.into());
    }
    if joined.approved_at.is_none() {
        return Err(KitRefusal::NotApproved.into());
    }
    let day = calendar::beijing_day(given_at.at());
    if day < calendar::beijing_day(joined.joined_at.at()) {
        return Err(KitRefusal::TimeWrong.into());
    }
    if day < caller.today() {
        ledger::entry_allowed(unit, caller, joined.organisation_id, day).await?;
    }
    Ok(())
}

/// What came of it; kept for a call that is sent again, so that a second kit is noted once.
#[derive(Serialize, Deserialize)]
enum Outcome {
    Given(HandedOver),
    Twice(HandedOver),
}

/// Notes that a kit left a table for somebody who had his, for people to look at.
async fn note_second(unit: &Unit, caller: &Context, joined: &join::Model, wanted: &HandedOver) -> Result<(), Problem> {
    let noted = second_kit::Entity::find()
        .filter(second_kit::Column::EventId.eq(joined.event_id))
        .filter(second_kit::Column::JoinId.eq(joined.id))
        .filter(second_kit::Column::GivenAt.eq(wanted.given_at))
        .filter(second_kit::Column::Gate.eq(&wanted.gate));
    if noted.one(unit).await?.is_some() {
        return Ok(());
    }
    let row = second_kit::ActiveModel {
        id: Set(caller.id()),
        join_id: Set(joined.id),
        event_id: Set(joined.event_id),
        gate: Set(wanted.gate.clone()),
        given_at: Set(wanted.given_at),
        actor: Set(caller.actor().word()),
        heard_at: Set(caller.now().into()),
    };
    second_kit::Entity::insert(row).exec_without_returning(unit).await?;
    let act = ("events.second_kit", "membership/join", joined.id);
    audit::record(unit, caller, act, joined.organisation_id, serde_json::json!({ "event": joined.event_id })).await
}

/// Who joined at the event and showed this card at that time, which a device that was offline tells later.
async fn sought(
    unit: &Unit,
    caller: &Context,
    (event, at): (Id, Moment),
    input: &HandOver,
) -> Result<join::Model, Problem> {
    let mut query = join::Entity::find().filter(join::Column::EventId.eq(event));
    query = match (input.join_id, input.code.as_deref()) {
        (Some(id), _) => query.filter(join::Column::Id.eq(id)),
        (None, Some(code)) => {
            let compact = codes::text::compact(code);
            let shown = if card::is_number(&compact) {
                member::Entity::find().filter(member::Column::CardNumber.eq(compact))
            } else if compact.chars().all(|sign| sign.is_ascii_digit()) {
                return Err(KitRefusal::NumberWrong.into());
            } else if card_token::read_on_paper(caller, code).is_ok() {
                return Err(KitRefusal::OnPaper.into());
            } else {
                member::Entity::find_by_id(card_token::read_at(caller, code, at.at())?)
            };
            // He may have joined by a membership that was merged into the one that he shows.
            let holder = shown.one(unit).await?.ok_or(KitRefusal::NotJoined)?.person_id;
            query.filter(join::Column::PersonId.eq(holder))
        }
        (None, None) => return Err(KitRefusal::WhoMissing.into()),
    };
    query.one(unit).await?.ok_or_else(|| KitRefusal::NotJoined.into())
}

async fn give(unit: &Unit, caller: &Context, joined: &join::Model, wanted: &HandedOver) -> Result<(), Problem> {
    let row = kit::ActiveModel {
        join_id: Set(joined.id),
        event_id: Set(joined.event_id),
        gate: Set(wanted.gate.clone()),
        given_at: Set(wanted.given_at),
        actor: Set(caller.actor().word()),
    };
    kit::Entity::insert(row).exec_without_returning(unit).await?;
    let fact = NewFact {
        kind: KIT_HANDED_OVER,
        organisation: joined.organisation_id,
        person: Some(joined.person_id),
        group: joined.worker_group.clone(),
        quantity: 1,
        amount_fen: 0,
        day: calendar::beijing_day(wanted.given_at.at()),
        source: Source { kind: "membership/event", id: joined.event_id },
        reverses: None,
    };
    ledger::post(unit, caller, &[fact]).await?;
    let given = serde_json::json!({ "event": joined.event_id, "person": joined.person_id, "gate": wanted.gate });
    outbox::publish(unit, caller, "kit_handed_over", &given)?;
    let act = ("events.hand_over_kit", "membership/join", joined.id);
    audit::record(unit, caller, act, joined.organisation_id, serde_json::json!({ "event": joined.event_id })).await
}

/// 发放入会礼包
#[utoipa::path(
    post, path = "/events/{id}/kits", tag = "events", operation_id = "hand_over_kit",
    extensions(("x-permission" = json!("membership.hand_over_kits"))),
    params(("id" = Id, Path)), request_body = HandOver,
    responses((status = 200, body = HandedOver), KitRefusal),
)]
pub async fn post_kit(
    caller: Caller<HandOverKits>,
    Path(id): Path<Id>,
    Json(input): Json<HandOver>,
) -> Result<Json<HandedOver>, Problem> {
    hand_over(&caller, id, &input).await.map(Json)
}
