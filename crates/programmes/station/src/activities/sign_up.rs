//! Signing up for an activity and giving up. Who finds no seat waits; who gives up lets the first who waits move up.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    keep::{ActivityRefusal, still_on},
    mine::{MyStationActivity, shown},
    tell::tell_moved_up,
    view::signups,
};
use crate::{
    register::access::{self, AccessRefusal},
    tables::{activity, signup, station, station::StationState},
};

kernel::refusals! {
    /// Why somebody isn't signed up, or doesn't give up.
    pub enum SignUpRefusal {
        /// It has begun.
        Begun = 409 "activity_begun" "活动已经开始，请直接到现场，出示到站码签到。",
        /// The station is paused then, or closed.
        Shut = 409 "activity_station_shut" "驿站那天不开放，暂不接受报名。",
        /// He did already.
        Already = 409 "activity_signed_up" "您已经报过名了。",
        /// He didn't, or came already.
        NotSignedUp = 409 "activity_not_signed_up" "您没有报名，或已经到场，不用取消。",
    }
}

async fn load(unit: &Unit, caller: &Caller<Oneself>, id: Id) -> Result<activity::Model, Problem> {
    let row = activity::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    still_on(caller, &row)?;
    if row.starts_at.at() <= caller.now() { Err(SignUpRefusal::Begun.into()) } else { Ok(row) }
}

/// Refuses an activity at a station that isn't for a person, is paused on that day, or no longer serves.
async fn admitted(unit: &Unit, row: &activity::Model, person: Id) -> Result<(), Problem> {
    let station = station::Entity::find_by_id(row.station_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    access::check(unit, &station, person).await?;
    match station.kept().decided(calendar::beijing_day(row.starts_at.at())) {
        StationState::Paused | StationState::Closed => Err(SignUpRefusal::Shut.into()),
        StationState::Planned | StationState::Open => Ok(()),
    }
}

/// The row of the worker who calls, if he signed up once.
pub(super) async fn own(unit: &Unit, activity: Id, person: Id) -> Result<Option<signup::Model>, Problem> {
    let query = signup::Entity::find()
        .filter(signup::Column::ActivityId.eq(activity))
        .filter(signup::Column::PersonId.eq(person))
        // Of two records of one person that were merged, both may have come in a quarter that was closed by then.
        .order_by_desc(signup::Column::Wanted)
        .order_by_asc(signup::Column::Turn);
    Ok(query.one(unit).await?)
}

/// The turn behind all others.
pub(super) async fn next_turn(unit: &Unit, activity: Id) -> Result<i64, Problem> {
    let query = signup::Entity::find().select_only().column(signup::Column::Turn);
    let query = query.filter(signup::Column::ActivityId.eq(activity)).order_by_desc(signup::Column::Turn);
    let last: Option<i64> = query.limit(1).into_tuple().one(unit).await?;
    Ok(last.unwrap_or(0) + 1)
}

/// Signs the worker who calls up.
///
/// # Errors
/// 404, [`AccessRefusal`], [`ActivityRefusal`], [`SignUpRefusal`].
pub async fn sign_up(caller: &Caller<Oneself>, id: Id) -> Result<MyStationActivity, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let activity = load(&unit, caller, id).await?;
            admitted(&unit, &activity, me).await?;
            let turn = next_turn(&unit, id).await?;
            match own(&unit, id, me).await? {
                Some(known) if known.wanted => return Err(SignUpRefusal::Already.into()),
                Some(known) => {
                    let again = signup::Model { turn, wanted: true, signed_at: caller.now().into(), ..known };
                    again.into_active_model().reset_all().update(&unit).await?;
                }
                None => {
                    let new = signup::Model {
                        id: caller.id(),
                        activity_id: id,
                        person_id: me,
                        turn,
                        wanted: true,
                        signed_at: caller.now().into(),
                        attended_at: None,
                        fact_id: None,
                    };
                    signup::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(&unit).await?;
                }
            }
            shown(&unit, caller, vec![activity]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The worker who calls gives his seat up, or his place on the waiting list.
///
/// # Errors
/// 404, [`ActivityRefusal`], [`SignUpRefusal`].
pub async fn give_up(caller: &Caller<Oneself>, id: Id) -> Result<MyStationActivity, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let activity = load(&unit, caller, id).await?;
            let known = own(&unit, id, me).await?.filter(|known| known.wanted && known.attended_at.is_none());
            free(&unit, caller, &activity, known.ok_or(SignUpRefusal::NotSignedUp)?).await?;
            shown(&unit, caller, vec![activity]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Frees the place of one who signed up; whoever gets a seat by it is told.
///
/// # Errors
/// A fault of the database.
pub(super) async fn free(
    unit: &Unit,
    context: &Context,
    activity: &activity::Model,
    known: signup::Model,
) -> Result<(), Problem> {
    let before = signups(unit, [activity.id]).await?;
    let after: Vec<signup::Model> = before.iter().filter(|one| one.id != known.id).cloned().collect();
    signup::Model { wanted: false, ..known }.into_active_model().reset_all().update(unit).await?;
    tell_moved_up(unit, context, (&before, activity.capacity), (&after, activity.capacity)).await
}

/// 报名参加驿站活动
#[utoipa::path(
    post, path = "/me/station-activities/{id}/sign-up", tag = "me", operation_id = "sign_up_for_station_activity",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)),
    responses((status = 200, body = MyStationActivity), AccessRefusal, ActivityRefusal, SignUpRefusal),
)]
pub async fn post_sign_up(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyStationActivity>, Problem> {
    sign_up(&caller, id).await.map(Json)
}

/// 取消报名
#[utoipa::path(
    post, path = "/me/station-activities/{id}/give-up", tag = "me", operation_id = "give_station_activity_up",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyStationActivity), ActivityRefusal, SignUpRefusal),
)]
pub async fn post_give_up(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyStationActivity>, Problem> {
    give_up(&caller, id).await.map(Json)
}
