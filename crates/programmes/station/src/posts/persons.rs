//! Whoever answers for a station, or is to, is not made nameless; whoever has died does so no more, unless that was a mistake.

use chrono::NaiveDate;
use kernel::{Answer, Context, Id, Problem, Unit, audit};
use sea_orm::{
    ActiveValue::Set,
    Condition, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use super::{appoint::MOST_DEPUTIES, not_over};
use crate::{
    register::{ahead::coming, keyed, now::stands},
    roster::standing::not_begun,
    tables::{
        post::{self, PostRole},
        shift,
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

/// Why shifts are off on which somebody was to be on duty who has died.
const GONE: &str = "值守人已不在任";

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
        .col_expr(shift::Column::Off, Expr::value(GONE))
        .col_expr(shift::Column::Version, Expr::col(shift::Column::Version).add(1))
        .filter(shift::Column::PostId.is_in(posts.iter().map(|post| post.id)))
        .filter(coming(context))
        .exec(unit)
        .await?;
    let today = Some(context.today());
    let row = post::ActiveModel { until_day: Set(today), died_on: Set(today), ..Default::default() };
    post::Entity::update_many().set(row).filter(lasting).exec(unit).await?;
    Ok(())
}

/// Gives somebody the posts back that ended because he was taken for dead, where nobody has taken his place since, and lets the
/// shifts to come on which he was to be on duty take place.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn resume(unit: &Unit, context: &Context, person: Id) -> Result<(), Problem> {
    let ended = post::Entity::find().filter(post::Column::PersonId.eq(person));
    let ended = ended.filter(post::Column::DiedOn.is_not_null()).all(unit).await?;
    let stations = keyed::stations(unit, ended.iter().map(|post| post.station_id)).await?;
    for post in &ended {
        let Some(station) = stations.get(&post.station_id) else { continue };
        let of_station = post::Entity::find().filter(post::Column::StationId.eq(station.id));
        let others = of_station.filter(post::Column::Id.ne(post.id)).all(unit).await?;
        let follower = follower(post, &others);
        let is_open = stands(station, context.today()) != StationState::Closed;
        if !is_open || !is_free(post, &others, follower, context.today()) {
            continue;
        }
        let row = post::ActiveModel { until_day: Set(follower), died_on: Set(None), ..Default::default() };
        post::Entity::update_many().set(row).filter(post::Column::Id.eq(post.id)).exec(unit).await?;
        let act = ("stations.resume_post", "station/station", station.id);
        let detail = json!({ "person": person, "role": post.role });
        audit::record(unit, context, act, station.organisation_id, detail).await?;
        let his = follower.map(|day| shift::Column::Day.lt(day));
        shift::Entity::update_many()
            .col_expr(shift::Column::Off, Expr::value(None::<String>))
            .col_expr(shift::Column::Version, Expr::col(shift::Column::Version).add(1))
            .filter(shift::Column::PostId.eq(post.id))
            .filter(shift::Column::Off.eq(GONE))
            .filter(Condition::all().add(not_begun(context)).add_option(his))
            .exec(unit)
            .await?;
    }
    Ok(())
}

/// On which day a master begins after whom nobody goes on in this post: another one, or the deputy himself.
fn follower(post: &post::Model, others: &[post::Model]) -> Option<NaiveDate> {
    let follows = |other: &&post::Model| {
        let ends_it = post.role == PostRole::Master || other.person_id == post.person_id;
        other.role == PostRole::Master && ends_it && post.died_on.is_some_and(|day| other.from_day >= day)
    };
    others.iter().filter(follows).map(|other| other.from_day).min()
}

/// Whether a post can go on: nobody has taken it, and its holder has no other there.
fn is_free(post: &post::Model, others: &[post::Model], follower: Option<NaiveDate>, today: NaiveDate) -> bool {
    let is_deputy = |other: &&post::Model| other.role == PostRole::Deputy && other.until_day.is_none();
    let has_another = others.iter().any(|other| other.person_id == post.person_id && other.holds(today));
    let is_full = post.role == PostRole::Deputy && others.iter().filter(is_deputy).count() >= MOST_DEPUTIES;
    !has_another && !is_full && follower.is_none_or(|day| day > Ord::max(today, post.from_day))
}
