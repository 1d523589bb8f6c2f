//! What becomes of gifts when two people turn out to be one, or a person is made nameless.

use kernel::{Answer, Context, Id, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::reserve::give_back;
use crate::{
    persons::blank,
    tables::{
        gift,
        gift_claim::{self, GiftState},
    },
};

/// What the kernel calls in the unit that merges two people. Where both reserved the same, what the going record has still
/// reserved is put back, unless the remaining one's was put back before; what either took stays, as it was given, and nothing
/// is kept beside it: whoever took it has had it, also as the one who remains.
pub fn merge<'a>(unit: &'a Unit, _: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let Merging { from, into } = merging;
        let of = |person: Id| gift_claim::Entity::find().filter(gift_claim::Column::PersonId.eq(person));
        let kept = of(into).all(unit).await?;
        for claim in of(from).all(unit).await? {
            let own = kept.iter().find(|own| own.gift_id == claim.gift_id);
            let stays = own.is_some_and(|own| match own.state {
                GiftState::Taken => true,
                GiftState::Reserved => claim.state != GiftState::Taken,
                GiftState::Returned | GiftState::Expired => false,
            });
            if stays {
                give_back(unit, &claim, GiftState::Returned).await?;
                continue;
            }
            // One row for each person and gift: that nothing comes of the first is no loss.
            if let Some(own) = own {
                give_back(unit, own, GiftState::Returned).await?;
                gift_claim::Entity::delete_by_id(own.id).exec(unit).await?;
            }
            let row = gift_claim::ActiveModel { person_id: Set(into), ..Default::default() };
            let this = gift_claim::Column::Id.eq(claim.id);
            gift_claim::Entity::update_many().set(row).filter(this).exec(unit).await?;
        }
        merging.hand_over::<gift::Entity>(unit, gift::Column::GiverId).await
    })
}

/// Puts back what is kept for a person.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn put_back(unit: &Unit, person: Id) -> Result<(), Problem> {
    let his = gift_claim::Entity::find().filter(gift_claim::Column::PersonId.eq(person));
    for claim in his.all(unit).await? {
        give_back(unit, &claim, GiftState::Returned).await?;
    }
    Ok(())
}

/// What the kernel calls in the unit that makes a person nameless: his words go, and why something was cancelled; what is kept
/// for him goes back.
pub fn forget<'a>(unit: &'a Unit, _: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        put_back(unit, person).await?;
        let row = gift_claim::ActiveModel { thanks: Set(None), reason: Set(None), ..Default::default() };
        blank::<gift_claim::Entity>(unit, row, gift_claim::Column::PersonId, person).await?;
        let row = gift::ActiveModel { giver_id: Set(None), ..Default::default() };
        blank::<gift::Entity>(unit, row, gift::Column::GiverId, person).await
    })
}
