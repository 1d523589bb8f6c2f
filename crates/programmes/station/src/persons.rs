//! What becomes of what somebody did at stations when two people turn out to be one, or a person is made nameless. Of
//! activities, gifts, posts and shifts there is more to say, and it stands with them.

use kernel::{Answer, Context, Id, Problem, Unit, person::Merging};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};

use crate::tables::{
    alarm,
    booking::{self, BookingState},
    entry, fault, fault_report, order, post, rating,
};

/// What is read where words must stand.
const DELETED: &str = "（已删除）";

/// What the kernel calls in the unit that merges two people: what either did is the remaining record's.
pub fn merge<'a>(unit: &'a Unit, _: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        merging.hand_over::<alarm::Entity>(unit, alarm::Column::SeenBy).await?;
        merging.hand_over::<booking::Entity>(unit, booking::Column::PersonId).await?;
        merging.hand_over::<entry::Entity>(unit, entry::Column::PersonId).await?;
        merging.hand_over::<fault_report::Entity>(unit, fault_report::Column::PersonId).await?;
        merging.hand_over::<order::Entity>(unit, order::Column::PersonId).await?;
        merging.hand_over::<post::Entity>(unit, post::Column::PersonId).await?;
        merging.hand_over::<rating::Entity>(unit, rating::Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless. Points and faults stay, the words go; what was said at a
/// desk goes, and what he booked is free; who opened which door is forgotten. Past posts and visits keep a key that leads
/// nowhere.
pub fn forget<'a>(unit: &'a Unit, _: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let row = booking::ActiveModel {
            record_sealed: Set(None),
            recorded_at: Set(None),
            // Why it was taken back that he came may tell of him.
            reason: Set(None),
            ..Default::default()
        };
        blank::<booking::Entity>(unit, row, booking::Column::PersonId, person).await?;
        let row = booking::ActiveModel { state: Set(BookingState::Cancelled), ..Default::default() };
        booking::Entity::update_many()
            .set(row)
            .filter(booking::Column::PersonId.eq(person))
            .filter(booking::Column::State.eq(BookingState::Booked))
            .exec(unit)
            .await?;
        let row = fault_report::ActiveModel { said: Set(None), ..Default::default() };
        blank::<fault_report::Entity>(unit, row, fault_report::Column::PersonId, person).await?;
        // What is on no list he alone reported, so what he was answered tells what he had said.
        let reported = fault_report::Entity::find().select_only().column(fault_report::Column::FaultId);
        let reported = reported.filter(fault_report::Column::PersonId.eq(person)).into_query();
        let row = fault::ActiveModel { answer: Set(None), ..Default::default() };
        let alone = fault::Entity::update_many().set(row).filter(fault::Column::Item.is_null());
        alone.filter(fault::Column::Id.in_subquery(reported)).exec(unit).await?;
        let row = order::ActiveModel { person_id: Set(None), ..Default::default() };
        blank::<order::Entity>(unit, row, order::Column::PersonId, person).await?;
        // What he was answered tells what he had said.
        let row =
            rating::ActiveModel { said: Set(None), reply: Set(None), replied_at: Set(None), ..Default::default() };
        blank::<rating::Entity>(unit, row, rating::Column::PersonId, person).await?;
        // That a rating was hidden and a visit taken back stays, or they would count again; why, may tell of him.
        let row = rating::ActiveModel { hidden: Set(Some(DELETED.to_owned())), ..Default::default() };
        let hidden = rating::Entity::update_many().set(row).filter(rating::Column::Hidden.is_not_null());
        hidden.filter(rating::Column::PersonId.eq(person)).exec(unit).await?;
        let row = entry::ActiveModel { taken_back: Set(Some(DELETED.to_owned())), ..Default::default() };
        let taken_back = entry::Entity::update_many().set(row).filter(entry::Column::TakenBack.is_not_null());
        taken_back.filter(entry::Column::PersonId.eq(person)).exec(unit).await?;
        Ok(())
    })
}

/// Empties columns of the rows that name a person.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn blank<E: EntityTrait>(
    unit: &Unit,
    row: E::ActiveModel,
    whose: E::Column,
    person: Id,
) -> Result<(), Problem> {
    E::update_many().set(row).filter(whose.eq(person)).exec(unit).await?;
    Ok(())
}
