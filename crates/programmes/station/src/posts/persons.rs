//! Whoever answers for a station, or is to, is not made nameless.

use kernel::{Answer, Context, Id, Unit};
use sea_orm::{ActiveValue::Set, Condition, QuerySelect, QueryTrait, entity::prelude::*};

use super::not_over;
use crate::tables::{
    post,
    station::{self, StationState},
};

kernel::refusals! {
    /// Why a person stays known.
    pub enum StillInPost {
        /// Whoever answers for a station, or is to, can't be nameless.
        Holds = 409 "still_station_master" "此人现任或即将接任驿站站长、副站长，请先任命他人或免去职务，再删除个人信息。",
    }
}

/// What the kernel calls in the unit that makes a person nameless. Nobody is appointed at a station that is closed, so there he
/// leaves without a successor: one that is prepared anew needs a master who is known.
pub fn not_in_post<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let lasting = Condition::all().add(post::Column::PersonId.eq(person)).add(not_over(context.today()));
        let serving = station::Entity::find().select_only().column(station::Column::Id);
        let serving = serving.filter(station::Column::State.ne(StationState::Closed)).into_query();
        let answers = post::Entity::find().filter(lasting.clone()).filter(post::Column::StationId.in_subquery(serving));
        if answers.count(unit).await? > 0 {
            return Err(StillInPost::Holds.into());
        }
        let row = post::ActiveModel { until_day: Set(Some(context.today())), ..Default::default() };
        post::Entity::update_many().set(row).filter(lasting).exec(unit).await?;
        Ok(())
    })
}
