//! Whoever answers for a station is not made nameless.

use kernel::{Answer, Context, Id, Unit};
use sea_orm::entity::prelude::*;

use super::holding;
use crate::tables::post;

kernel::refusals! {
    /// Why a person stays known.
    pub enum StillInPost {
        /// Whoever answers for a station can't be nameless.
        Holds = 409 "still_station_master" "此人现任驿站站长或副站长，请先任命他人或免去职务，再删除个人信息。",
    }
}

/// What the kernel calls in the unit that makes a person nameless.
pub fn not_in_post<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let own = post::Entity::find().filter(post::Column::PersonId.eq(person));
        match own.filter(holding(context.today())).count(unit).await? {
            0 => Ok(()),
            _ => Err(StillInPost::Holds.into()),
        }
    })
}
