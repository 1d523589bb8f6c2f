//! What becomes of openings when two people turn out to be one, or a person is made nameless.

use std::pin::Pin;

use kernel::{Context, Id, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::tables::{alarm, order};

/// What the kernel calls in the unit that merges two people.
pub fn merge<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        merging.hand_over::<order::Entity>(unit, order::Column::PersonId).await?;
        merging.hand_over::<alarm::Entity>(unit, alarm::Column::SeenBy).await
    })
}

/// What the kernel calls in the unit that makes a person nameless: who opened which door when is forgotten at once.
pub fn forget<'a>(
    unit: &'a Unit,
    _: &'a Context,
    person: Id,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let row = order::ActiveModel { person_id: Set(None), ..Default::default() };
        order::Entity::update_many().set(row).filter(order::Column::PersonId.eq(person)).exec(unit).await?;
        Ok(())
    })
}
