//! Whoever answers for a station, or is to, is not made nameless; whoever has died does so no more.

use kernel::{Answer, Context, Id, Problem, Unit, audit};
use sea_orm::{
    ActiveValue::Set,
    Condition, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use super::not_over;
use crate::{
    register::{ahead::coming, keyed},
    tables::{
        post, shift,
        station::{self, StationState},
    },
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

/// Ends the posts of somebody who has died, and strikes out what he was to be on duty for. Nobody is told of that, who was alone
/// on it; that a station has no master its union sees.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn end(unit: &Unit, context: &Context, person: Id) -> Result<(), Problem> {
    let lasting = Condition::all().add(post::Column::PersonId.eq(person)).add(not_over(context.today()));
    let posts = post::Entity::find().filter(lasting.clone()).all(unit).await?;
    if posts.is_empty() {
        return Ok(());
    }
    let stations = keyed::stations(unit, posts.iter().map(|post| post.station_id)).await?;
    for post in &posts {
        let Some(station) = stations.get(&post.station_id) else { continue };
        let act = ("stations.end_post", "station/station", station.id);
        let detail = json!({ "person": person, "role": post.role });
        audit::record(unit, context, act, station.organisation_id, detail).await?;
    }
    shift::Entity::update_many()
        .col_expr(shift::Column::Off, Expr::value("值守人已不在任"))
        .col_expr(shift::Column::Version, Expr::col(shift::Column::Version).add(1))
        .filter(shift::Column::PostId.is_in(posts.iter().map(|post| post.id)))
        .filter(coming(context))
        .exec(unit)
        .await?;
    let row = post::ActiveModel { until_day: Set(Some(context.today())), ..Default::default() };
    post::Entity::update_many().set(row).filter(lasting).exec(unit).await?;
    Ok(())
}
