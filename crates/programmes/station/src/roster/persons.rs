//! What becomes of volunteers' places when two people turn out to be one, or a person is made nameless.

use std::collections::HashMap;

use kernel::{Answer, Context, Id, Unit, person::Merging};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};

use crate::tables::{
    shift,
    volunteer::{Column, Entity, Model},
};

/// What the kernel calls in the unit that merges two people: what either signed up for is the remaining record's. Where both
/// did, one place is enough: that whose hours are confirmed stays, and no fact loses its source.
pub fn merge<'a>(unit: &'a Unit, _: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let of = |person: Id| Entity::find().filter(Column::PersonId.eq(person));
        let stays: HashMap<Id, Model> =
            of(merging.into).all(unit).await?.into_iter().map(|place| (place.shift_id, place)).collect();
        for goes in of(merging.from).all(unit).await? {
            let Some(twin) = stays.get(&goes.shift_id) else { continue };
            let spare = [goes, twin.clone()].into_iter().find(|place| place.hours.is_none());
            if let Some(spare) = spare {
                Entity::delete_by_id(spare.id).exec(unit).await?;
            }
        }
        merging.hand_over::<Entity>(unit, Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless: the places that he has from today on are free.
pub fn forget<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let to_come = shift::Entity::find().select_only().column(shift::Column::Id);
        let to_come = to_come.filter(shift::Column::Day.gte(context.today())).into_query();
        Entity::delete_many()
            .filter(Column::PersonId.eq(person))
            .filter(Column::Hours.is_null())
            .filter(Column::ShiftId.in_subquery(to_come))
            .exec(unit)
            .await?;
        Ok(())
    })
}
