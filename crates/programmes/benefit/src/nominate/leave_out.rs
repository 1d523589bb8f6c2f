//! Those who were nominated are asked for again when they are approved, when they are shown and when it is given, for between
//! these lie weeks.

use database::{Id, Unit};
use kernel::{Context, Problem, caller::below};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::note;
use crate::{
    rules::audience::NotFor,
    tables::nomination::{self, ActiveModel, Column, Entity, NominationState},
};

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

/// Leaves those out of a round who wait for a decision and whose union no longer lies below the one that offers, whose
/// officers do not reach them any more.
///
/// # Errors
/// A fault of the database.
pub(super) async fn leave_out_moved(
    unit: &Unit,
    context: &Context,
    (round, offering): (Id, Id),
) -> Result<(), Problem> {
    let moved = Entity::find()
        .filter(Column::RoundId.eq(round))
        .filter(Column::State.eq(NominationState::Proposed))
        .filter(below(offering, (Entity, Column::OrganisationId)).not());
    let why = NotFor::OtherPlace.words();
    for one in moved.all(unit).await? {
        leave_out(unit, context, &one, ("公示前", &why)).await?;
    }
    Ok(())
}
