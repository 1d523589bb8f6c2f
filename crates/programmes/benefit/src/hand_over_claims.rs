//! Two records turned out to be one person: what either of them claimed is his. Of two claims of one round both stay as
//! they were written; what was handed over twice was handed over twice.

use std::pin::Pin;

use database::{Id, Unit};
use kernel::{Context, Problem, person::Merging};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use crate::tables::{
    claim::{Column, Entity},
    entry, nomination, objection,
};

/// What the kernel calls in the unit that merges two people.
pub fn hand_over_claims<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let Merging { from, into } = merging;
        let taken: Vec<Id> = Entity::find()
            .select_only()
            .column(Column::RoundId)
            .filter(Column::PersonId.eq(into))
            .filter(Column::Slot.eq(0_i64))
            .into_tuple()
            .all(unit)
            .await?;
        Entity::update_many()
            .col_expr(Column::Slot, Expr::col(Column::Id))
            .filter(Column::PersonId.eq(from))
            .filter(Column::Slot.eq(0_i64))
            .filter(Column::RoundId.is_in(taken))
            .exec(unit)
            .await?;
        merging.hand_over::<Entity>(unit, Column::PersonId).await?;
        let entered: Vec<Id> = entry::Entity::find()
            .select_only()
            .column(entry::Column::RoundId)
            .filter(entry::Column::PersonId.eq(into))
            .into_tuple()
            .all(unit)
            .await?;
        let row = entry::ActiveModel { person_id: Set(into), ..Default::default() };
        entry::Entity::update_many()
            .set(row)
            .filter(entry::Column::PersonId.eq(from))
            .filter(entry::Column::RoundId.is_not_in(entered))
            .exec(unit)
            .await?;
        merging.hand_over::<nomination::Entity>(unit, nomination::Column::PersonId).await?;
        merging.hand_over::<objection::Entity>(unit, objection::Column::PersonId).await?;
        // At which events the other record joined stays with it: what they promised it got is a claim, and that is handed over.
        Ok(())
    })
}
