//! Whoever answers for a station, or is to, is not made nameless.

use kernel::{Answer, Context, Id, Unit};
use sea_orm::entity::prelude::*;

use super::not_over;
use crate::tables::post;

kernel::refusals! {
    /// Why a person stays known.
    pub enum StillInPost {
        /// Whoever answers for a station, or is to, can't be nameless.
        Holds = 409 "still_station_master" "此人现任或即将接任驿站站长、副站长，请先任命他人或免去职务，再删除个人信息。",
    }
}

/// What the kernel calls in the unit that makes a person nameless.
pub fn not_in_post<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let own = post::Entity::find().filter(post::Column::PersonId.eq(person));
        match own.filter(not_over(context.today())).count(unit).await? {
            0 => Ok(()),
            _ => Err(StillInPost::Holds.into()),
        }
    })
}
