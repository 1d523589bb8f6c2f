//! What becomes of posts and visits when two people turn out to be one, or a person is made nameless.

use std::pin::Pin;

use kernel::{Context, Id, Problem, Unit, person::Merging};
use sea_orm::entity::prelude::*;

use super::holding;
use crate::tables::{entry, post};

kernel::refusals! {
    /// Why a person stays known.
    pub enum StillInPost {
        /// Whoever answers for a station can't be nameless.
        Holds = 409 "still_station_master" "此人现任驿站站长或副站长，请先任命他人或免去职务，再删除个人信息。",
    }
}

/// What the kernel calls in the unit that merges two people: what either did is the remaining record's.
pub fn merge_posts<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        merging.hand_over::<post::Entity>(unit, post::Column::PersonId).await?;
        merging.hand_over::<entry::Entity>(unit, entry::Column::PersonId).await
    })
}

/// What the kernel calls in the unit that makes a person nameless. Past posts and visits keep a key that leads nowhere.
pub fn not_in_post<'a>(
    unit: &'a Unit,
    context: &'a Context,
    person: Id,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let own = post::Entity::find().filter(post::Column::PersonId.eq(person));
        match own.filter(holding(context.today())).count(unit).await? {
            0 => Ok(()),
            _ => Err(StillInPost::Holds.into()),
        }
    })
}
