//! What becomes of reports when two people turn out to be one, or a person is made nameless.

use std::pin::Pin;

use kernel::{Context, Id, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::tables::fault_report::{ActiveModel, Column, Entity};

/// What the kernel calls in the unit that merges two people: what either reported is the remaining record's.
pub fn merge<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(merging.hand_over::<Entity>(unit, Column::PersonId))
}

/// What the kernel calls in the unit that makes a person nameless: that something is broken stays, his words go.
pub fn forget<'a>(
    unit: &'a Unit,
    _: &'a Context,
    person: Id,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let row = ActiveModel { said: Set(None), ..Default::default() };
        Entity::update_many().set(row).filter(Column::PersonId.eq(person)).exec(unit).await?;
        Ok(())
    })
}
