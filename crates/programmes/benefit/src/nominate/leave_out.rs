//! Those who were nominated are asked for again when they are approved, when they are shown and when it is given, for between
//! these lie weeks.

use database::Unit;
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::note;
use crate::tables::nomination::{self, ActiveModel, Column, Entity, NominationState};

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
