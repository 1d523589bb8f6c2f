//! What each who joins at an event is given. This programme promises; who gives (kits are recorded here, cover comes from
//! the insurance programme) listens on the outbox.

use database::Unit;
use kernel::{
    Context, Fault, Problem,
    outbox::{self, NewEvent},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::gates;
use crate::tables::{event, join, member};

/// What kind of gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GiftKind {
    /// 入会礼包: handed over in the hall.
    Kit,
    /// 关爱保障: gifted cover.
    Cover,
    /// 其他
    Other,
}

/// A gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Gift {
    /// What kind.
    pub kind: GiftKind,
    /// What it is called.
    pub name: String,
}

/// The gifts of an event, as the row keeps them.
///
/// # Errors
/// The row holds something else.
pub fn of(event: &event::Model) -> Result<Vec<Gift>, Problem> {
    serde_json::from_str(&event.gifts).map_err(|err| Fault::Stored(format!("an event's gifts: {err}")).into())
}

/// What a new member is promised: the table at which his kit waits, and what tells of it.
///
/// # Errors
/// The event's row holds something else.
pub fn promised(member: &member::Model, event: &event::Model) -> Result<(Option<String>, Vec<NewEvent>), Problem> {
    let gifts = of(event)?;
    let has_kit = gifts.iter().any(|gift| gift.kind == GiftKind::Kit);
    let gate = if has_kit { gates::awaited(event, member.card_number.as_deref())? } else { None };
    let payload = json!({
        "person": member.person_id, "member": member.id, "organisation": member.organisation_id,
        "event": event.id, "gifts": gifts,
    });
    let joined = NewEvent { kind: "member_joined", payload };
    let payload = json!({ "person": member.person_id, "member": member.id, "event": event.id });
    let kit = has_kit.then_some(NewEvent { kind: "kit_promised", payload });
    Ok((gate, [joined].into_iter().chain(kit).collect()))
}

/// Notes the approval with the event and announces what the new member is promised. Answers the table at which his kit waits.
///
/// # Errors
/// As [`promised`].
pub fn promise(
    unit: &Unit,
    context: &Context,
    member: &member::Model,
    event: &event::Model,
) -> Result<Option<String>, Problem> {
    let (gate, events) = promised(member, event)?;
    let row = join::ActiveModel {
        approved_at: Set(Some(context.now().into())),
        gate: Set(gate.clone()),
        ..Default::default()
    };
    database::update(
        unit,
        join::Entity::update_many()
            .set(row)
            .filter(join::Column::EventId.eq(event.id))
            .filter(join::Column::MemberId.eq(member.id)),
    );
    for event in events {
        outbox::publish(unit, context, event.kind, &event.payload)?;
    }
    Ok(gate)
}
