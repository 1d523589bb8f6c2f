//! What becomes of volunteers' places when two people turn out to be one, or a person is made nameless.

use std::collections::HashMap;

use kernel::{Answer, Context, Id, Unit, ledger::Source, person::Merging};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};

use super::standing::not_begun;
use crate::{
    counted::uncount,
    tables::{
        shift,
        volunteer::{Column, Entity, Model},
    },
};

/// What the kernel calls in the unit that merges two people: what either signed up for is the remaining record's. Where both
/// did, one place is enough: that with the more confirmed hours stays, and the fact of the other's is taken back.
pub fn merge<'a>(unit: &'a Unit, context: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let of = |person: Id| Entity::find().filter(Column::PersonId.eq(person));
        let mut stays: HashMap<Id, Model> =
            of(merging.into).all(unit).await?.into_iter().map(|place| (place.shift_id, place)).collect();
        for goes in of(merging.from).all(unit).await? {
            let Some(twin) = stays.remove(&goes.shift_id) else { continue };
            let (kept, spare) = if goes.hours > twin.hours { (goes, twin) } else { (twin, goes) };
            stays.insert(kept.shift_id, kept);
            let source = Source { kind: "station/volunteer", id: spare.id };
            if !uncount(unit, context, spare.fact_id, source).await? {
                continue;
            }
            Entity::delete_by_id(spare.id).exec(unit).await?;
        }
        merging.hand_over::<Entity>(unit, Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless: the places that he has on shifts to come are free. Where he
/// has helped his hours may still be confirmed.
pub fn forget<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let to_come = shift::Entity::find().select_only().column(shift::Column::Id);
        let to_come = to_come.filter(shift::Column::Day.gte(context.today())).filter(not_begun(context)).into_query();
        Entity::delete_many()
            .filter(Column::PersonId.eq(person))
            .filter(Column::Hours.is_null())
            .filter(Column::ShiftId.in_subquery(to_come))
            .exec(unit)
            .await?;
        Ok(())
    })
}
