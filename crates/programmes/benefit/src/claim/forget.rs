//! A person becomes nameless: what waits for him to be used goes back for others, his name is not drawn and doesn't move
//! up, nothing that was promised is given to him later, and why a voucher of his was voided is forgotten.

use database::{Id, Unit};
use kernel::{Answer, Context};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::cancel::hand_back;
use crate::{
    batch::release::release,
    draw,
    give_on::freed,
    tables::{
        claim::{ActiveModel, ClaimState, Column, Entity},
        entry::{self, EntryState},
        joined,
    },
};

/// What the kernel calls in the unit that makes a person nameless.
pub fn forget<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let waiting = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::State.eq(ClaimState::Claimed));
        let waiting = waiting.all(unit).await?;
        release(unit, &waiting.iter().map(|claim| claim.id).collect::<Vec<_>>()).await?;
        for claim in &waiting {
            hand_back(unit, context, claim);
        }
        freed(unit, context, &waiting).await?;
        let nameless = ActiveModel { voided_why: Set(None), ..Default::default() };
        let voided = Entity::update_many().set(nameless).filter(Column::PersonId.eq(person));
        voided.filter(Column::VoidedWhy.is_not_null()).exec(unit).await?;
        entry::Entity::delete_many()
            .filter(entry::Column::PersonId.eq(person))
            .filter(entry::Column::State.eq(EntryState::Waiting))
            .exec(unit)
            .await?;
        draw::moves_up_no_more(unit, person).await?;
        joined::Entity::delete_many().filter(joined::Column::PersonId.eq(person)).exec(unit).await?;
        Ok(())
    })
}
