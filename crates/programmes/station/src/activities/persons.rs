//! What becomes of seats when two people turn out to be one, or a person is made nameless: whoever waits moves up.

use std::collections::HashMap;

use kernel::{Answer, Context, Id, Problem, Unit, person::Merging};
use sea_orm::entity::prelude::*;

use super::sign_up::free;
use crate::tables::{
    activity,
    signup::{Column, Entity, Model},
};

/// The places that somebody holds or waits for.
async fn wanted(unit: &Unit, person: Id) -> Result<Vec<Model>, Problem> {
    let query = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Wanted.eq(true));
    Ok(query.all(unit).await?)
}

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
/// did, the better place is his.
pub fn merge<'a>(unit: &'a Unit, context: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let stays = wanted(unit, merging.into).await?;
        let mut stays: HashMap<Id, Model> = stays.into_iter().map(|place| (place.activity_id, place)).collect();
        for goes in wanted(unit, merging.from).await? {
            let Some(twin) = stays.remove(&goes.activity_id) else { continue };
            let spare = [goes, twin].into_iter().max_by_key(|place| (place.attended_at.is_none(), place.turn));
            if let Some(spare) = spare {
                give_up(unit, context, spare).await?;
            }
        }
        merging.hand_over::<Entity>(unit, Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless.
pub fn forget<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        for place in wanted(unit, person).await? {
            give_up(unit, context, place).await?;
        }
        Ok(())
    })
}
