//! Two records turned out to be one person: what either of them claimed is his. Of two claims of one round both stay as
//! they were written; what was handed over twice was handed over twice.

use std::pin::Pin;

use database::{Id, Unit};
use kernel::{Context, Problem, person::Merging};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use crate::tables::{
    claim::{ActiveModel, Column, Entity},
    entry, nomination, objection,
};

/// What the kernel calls in the unit that merges two people.
pub fn hand_over_claims<'a>(
    unit: &'a Unit,
    _: &'a Context,
    Merging { from, into }: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
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
        let row = ActiveModel { person_id: Set(into), ..Default::default() };
        Entity::update_many().set(row).filter(Column::PersonId.eq(from)).exec(unit).await?;
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
        let row = nomination::ActiveModel { person_id: Set(into), ..Default::default() };
        let nominated = nomination::Entity::update_many().set(row).filter(nomination::Column::PersonId.eq(from));
        nominated.exec(unit).await?;
        let row = objection::ActiveModel { person_id: Set(Some(into)), ..Default::default() };
        let objected = objection::Entity::update_many().set(row).filter(objection::Column::PersonId.eq(from));
        objected.exec(unit).await?;
        // At which events the other record joined stays with it: what they promised it got is a claim, and that is handed over.
        Ok(())
    })
}
