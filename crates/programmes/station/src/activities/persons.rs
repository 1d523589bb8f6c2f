//! What becomes of sign-ups when two people turn out to be one.

use std::pin::Pin;

use kernel::{Context, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::tables::signup;

/// What the kernel calls in the unit that merges two people: what either signed up for is the remaining record's.
pub fn merge_signups<'a>(
    unit: &'a Unit,
    _: &'a Context,
    Merging { from, into }: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let row = signup::ActiveModel { person_id: Set(into), ..Default::default() };
        signup::Entity::update_many().set(row).filter(signup::Column::PersonId.eq(from)).exec(unit).await?;
        Ok(())
    })
}
