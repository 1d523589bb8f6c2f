//! What becomes of bookings when two people turn out to be one, or a person is made nameless.

use std::pin::Pin;

use kernel::{Context, Id, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::tables::booking::{ActiveModel, BookingState, Column, Entity};

/// What the kernel calls in the unit that merges two people: what either booked is the remaining record's.
pub fn merge<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(merging.hand_over::<Entity>(unit, Column::PersonId))
}

/// What the kernel calls in the unit that makes a person nameless: what was said with him goes, and what he booked is free.
pub fn forget<'a>(
    unit: &'a Unit,
    _: &'a Context,
    person: Id,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let row = ActiveModel { record_sealed: Set(None), recorded_at: Set(None), ..Default::default() };
        Entity::update_many().set(row).filter(Column::PersonId.eq(person)).exec(unit).await?;
        let row = ActiveModel { state: Set(BookingState::Cancelled), ..Default::default() };
        Entity::update_many()
            .set(row)
            .filter(Column::PersonId.eq(person))
            .filter(Column::State.eq(BookingState::Booked))
            .exec(unit)
            .await?;
        Ok(())
    })
}
