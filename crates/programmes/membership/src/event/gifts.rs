//! What each who joins at an event is given. This programme promises; who gives (kits are recorded here, cover comes from
//! the insurance programme) listens on the outbox.

use database::{Id, Unit};
use kernel::{Context, Fault, Problem, outbox};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

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

/// Notes the approval with the event and announces what the new member is promised.
///
/// # Errors
/// A fault of the database.
pub async fn promise(unit: &Unit, context: &Context, member: &member::Model, event: Id) -> Result<(), Problem> {
    let event = event::Entity::find_by_id(event).one(unit).await?.ok_or_else(Problem::not_found)?;
    let gifts = of(&event)?;
    let row = join::ActiveModel { approved_at: Set(Some(context.now().into())), ..Default::default() };
    database::update(
        unit,
        join::Entity::update_many()
            .set(row)
            .filter(join::Column::EventId.eq(event.id))
            .filter(join::Column::MemberId.eq(member.id)),
    );
    let payload = json!({
        "person": member.person_id, "member": member.id, "organisation": member.organisation_id,
        "event": event.id, "gifts": gifts,
    });
    outbox::publish(unit, context, "member_joined", &payload)?;
    if gifts.iter().any(|gift| gift.kind == GiftKind::Kit) {
        let payload = json!({ "person": member.person_id, "member": member.id, "event": event.id });
        outbox::publish(unit, context, "kit_promised", &payload)?;
    }
    Ok(())
}
