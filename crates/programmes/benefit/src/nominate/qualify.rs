//! Whether those who were nominated still qualify: asked again when they are approved, when they are shown and when it is
//! given, for between these lie weeks in which one may leave the union or get the same elsewhere.

use std::collections::HashMap;

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::note;
use crate::{
    claim::{Stand, waiting, who},
    kind,
    tables::nomination::{self, ActiveModel, Column, Entity, NominationState},
};

/// Why the offer is not for some of these people, in words; who qualifies is not among the answers. The share stays the one
/// from which he was nominated.
///
/// # Errors
/// A fault of the database.
pub(super) async fn no_longer(
    conn: &impl ConnectionTrait,
    context: &Context,
    stand: &Stand,
    people: &[Id],
) -> Result<HashMap<Id, String>, Problem> {
    let (offer, audience, today) = (&stand.offer, &stand.audience, context.today());
    let fact_kind = kind::get(conn, &offer.kind).await?.fact_kind;
    let known = who(conn, (audience, &fact_kind), people, today).await?;
    let waits = waiting(conn, (offer, audience), Some(stand.round.id), people, context.now().into()).await?;
    let why = |id: &Id| match known.get(id) {
        None => Some("没有找到本人档案".to_owned()),
        Some(known) => {
            let not = audience.admits(offer.organisation_id, &known.someone, today).err();
            not.map(|not| not.words()).or_else(|| waits.get(id).map(|voucher| voucher.words(audience)))
        }
    };
    Ok(people.iter().filter_map(|id| why(id).map(|why| (*id, why))).collect())
}

/// Leaves somebody out who no longer qualifies; `when` it was found.
///
/// # Errors
/// A fault of the database.
pub(super) async fn leave_out(
    unit: &Unit,
    context: &Context,
    nomination: &nomination::Model,
    (when, why): (&str, &str),
) -> Result<(), Problem> {
    let row = ActiveModel {
        state: Set(NominationState::Refused),
        note: Set(format!("{when}核查不再符合条件：{why}")),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(nomination.id)).exec(unit).await?;
    note(unit, context, "benefits.leave_out", nomination, json!({ "round": nomination.round_id })).await
}
