//! Two records turned out to be one person: he has one membership, and all that either record did here is his. The
//! membership that goes is ended in words and no longer counted; both histories stay.

use database::{Id, Unit};
use kernel::{
    Answer, Context, Problem,
    person::{self, Merging},
};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use crate::{
    rules::{
        merging::{Claim, first_stays},
        standing::Step,
    },
    step::{Change, take},
    tables::{due, join, member, privacy_request, transfer},
};

/// What the kernel calls in the unit that merges two people.
pub fn merge_memberships<'a>(unit: &'a Unit, context: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        end_one(unit, context, merging).await?;
        hand_over_memberships(unit, merging).await?;
        // Where both joined the same event, both rows stay as they were written: what happened in the hall happened twice.
        merging.hand_over_once::<join::Entity>(unit, join::Column::PersonId, join::Column::EventId).await?;
        hand_over_papers(unit, merging).await?;
        follow(unit, merging.into).await
    })
}

/// Of two valid memberships, ends the one that goes; what was paid on it is paid on the one that stays.
async fn end_one(unit: &Unit, context: &Context, Merging { from, into }: Merging) -> Result<(), Problem> {
    let (Some(gone), Some(kept)) = (member::valid_of(unit, from).await?, member::valid_of(unit, into).await?) else {
        return Ok(());
    };
    let claim = |member: &member::Model| Claim { standing: member.state, since: member.member_since };
    let (stays, ends) = if first_stays(claim(&kept), claim(&gone)) { (kept, gone) } else { (gone, kept) };
    hand_over_dues(unit, ends.id, stays.id).await?;
    let change = Change::new(context, Step::Merge).because(Some("两份职工档案是同一人，一人只有一个会籍"));
    take(unit, context, ends, change).await?;
    Ok(())
}

/// Of a month that was paid on both, either entry stays where it is: the money was taken twice, and an officer may take one
/// back.
async fn hand_over_dues(unit: &Unit, ends: Id, stays: Id) -> Result<(), Problem> {
    let paid: Vec<chrono::NaiveDate> = due::Entity::find()
        .select_only()
        .column(due::Column::Month)
        .filter(due::Column::StandingMemberId.eq(stays))
        .into_tuple()
        .all(unit)
        .await?;
    let row = due::ActiveModel { member_id: Set(stays), standing_member_id: Set(Some(stays)), ..Default::default() };
    due::Entity::update_many()
        .set(row)
        .filter(due::Column::StandingMemberId.eq(ends))
        .filter(due::Column::Month.is_not_in(paid))
        .exec(unit)
        .await?;
    Ok(())
}

async fn hand_over_memberships(unit: &Unit, merging: Merging) -> Result<(), Problem> {
    merging.hand_over::<member::Entity>(unit, member::Column::PersonId).await?;
    merging.hand_over::<member::Entity>(unit, member::Column::ValidPersonId).await?;
    merging.hand_over::<transfer::Entity>(unit, transfer::Column::PersonId).await
}

/// The union that has the member looks after him, whichever of his records stays.
pub(crate) async fn follow(unit: &Unit, id: Id) -> Result<(), Problem> {
    let held = member::valid_of(unit, id).await?.filter(|member| member.state.is_member());
    let Some(member) = held else { return Ok(()) };
    let row = person::ActiveModel { organisation_id: Set(member.organisation_id), ..Default::default() };
    person::Entity::update_many().set(row).filter(person::Column::Id.eq(id)).exec(unit).await?;
    privacy_request::go_with([id], member.organisation_id).exec(unit).await?;
    Ok(())
}

async fn hand_over_papers(unit: &Unit, merging: Merging) -> Result<(), Problem> {
    merging.hand_over::<privacy_request::Entity>(unit, privacy_request::Column::PersonId).await
}
