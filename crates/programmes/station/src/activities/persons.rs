//! What becomes of seats when two people turn out to be one, or a person is made nameless: whoever waits moves up.

use std::collections::HashMap;

use kernel::{Answer, Context, Id, Problem, Unit, ledger::Source, person::Merging};
use sea_orm::entity::prelude::*;

use super::sign_up::free;
use crate::{
    counted::uncount,
    tables::{
        activity,
        signup::{Column, Entity, Model},
    },
};

/// Frees a place of which nothing came yet, if its activity is still to come.
async fn give_up(unit: &Unit, context: &Context, place: Model) -> Result<(), Problem> {
    let activity = activity::Entity::find_by_id(place.activity_id).one(unit).await?;
    let to_come = activity.filter(|row| row.cancelled.is_none() && row.starts_at.at() > context.now());
    match to_come.filter(|_| place.attended_at.is_none()) {
        Some(activity) => free(unit, context, &activity, place).await,
        None => Ok(()),
    }
}

/// What the kernel calls in the unit that merges two people: what either signed up for is the remaining record's. Where both
/// did, the better place is his, and where both came he came once.
pub fn merge<'a>(unit: &'a Unit, context: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let of = |person: Id| Entity::find().filter(Column::PersonId.eq(person));
        let mut stays: HashMap<Id, Model> =
            of(merging.into).all(unit).await?.into_iter().map(|place| (place.activity_id, place)).collect();
        let rank = |place: &Model| (place.attended_at.is_none(), !place.wanted, place.turn);
        for goes in of(merging.from).all(unit).await? {
            let Some(twin) = stays.remove(&goes.activity_id) else { continue };
            let (kept, spare) = if rank(&goes) < rank(&twin) { (goes, twin) } else { (twin, goes) };
            stays.insert(kept.activity_id, kept);
            let source = Source { kind: "station/signup", id: spare.id };
            if !uncount(unit, context, spare.fact_id, source).await? {
                continue;
            }
            let id = spare.id;
            if spare.wanted {
                give_up(unit, context, Model { attended_at: None, fact_id: None, ..spare }).await?;
            }
            Entity::delete_by_id(id).exec(unit).await?;
        }
        merging.hand_over::<Entity>(unit, Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless.
pub fn forget<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let wanted = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Wanted.eq(true));
        for place in wanted.all(unit).await? {
            give_up(unit, context, place).await?;
        }
        Ok(())
    })
}
