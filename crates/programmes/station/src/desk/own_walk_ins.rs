//! Whom somebody who keeps a station wrote down there today, without having booked. He sees his own alone, as whoever comes to
//! a counsellor is nobody else's business at the station, and takes back what was a mistake as long as nothing rests on it.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Moment, Problem, permission::Oneself, problem};
use sea_orm::{QueryOrder, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    take_back::{UnmarkRefusal, undo},
    tell::at,
    walk_in::{WalkedIn, views},
};
use crate::{
    duty,
    tables::booking::{Column, Entity},
};

kernel::refusals! {
    /// Why it stays written down that somebody came.
    pub enum WalkInTakeBackRefusal {
        /// Of another day.
        NotToday = 409 "walk_in_not_today" "只能撤回当天的登记，更早的请告诉咨询人员撤回。",
        /// What was said is written down.
        Written = 409 "walk_in_written" "咨询人员已经写了咨询记录，登记有误请告诉咨询人员撤回。",
    }
}

/// Who is taken back, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationWalkInTakeBack)]
pub struct WalkInTakeBack {
    /// The key of what was written down.
    pub walk_in_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// What whoever calls wrote down at a station.
fn own(context: &Context, station: Id) -> Select<Entity> {
    Entity::find().filter(at(station)).filter(Column::Actor.eq(context.actor().word()))
}

/// What whoever calls wrote down at a station today, the last first.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn list(caller: &Caller<Oneself>, id: Id) -> Result<Vec<WalkedIn>, Problem> {
    let conn = caller.read();
    let here = duty::station(conn, caller, id, caller.today()).await?;
    let rows = own(caller, here.id)
        .filter(Column::StartsAt.gte(Moment::from(calendar::day_start(caller.today()))))
        .order_by_desc(Column::StartsAt)
        .order_by_desc(Column::Id)
        .all(conn)
        .await?;
    views(conn, caller, rows).await
}

/// Takes back what whoever calls wrote down at a station today.
///
/// # Errors
/// 404 if the caller has no post there or didn't write it down, [`WalkInTakeBackRefusal`], [`UnmarkRefusal`], 422 without a
/// reason.
pub async fn take_back(caller: &Caller<Oneself>, id: Id, input: &WalkInTakeBack) -> Result<WalkedIn, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let here = duty::station(&unit, caller, id, caller.today()).await?;
            let row = own(caller, here.id).filter(Column::Id.eq(input.walk_in_id)).one(&unit).await?;
            let row = row.ok_or_else(Problem::not_found)?;
            if calendar::beijing_day(row.starts_at.at()) != caller.today() {
                return Err(WalkInTakeBackRefusal::NotToday.into());
            }
            if row.recorded_at.is_some() {
                return Err(WalkInTakeBackRefusal::Written.into());
            }
            let row = undo(&unit, caller, row, reason).await?;
            views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 我今天在本站登记的来咨询的人
#[utoipa::path(
    get, path = "/me/stations/{id}/walk-ins", tag = "me", operation_id = "own_walk_ins_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<WalkedIn>)),
)]
pub async fn get_walk_ins(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<WalkedIn>>, Problem> {
    list(&caller, id).await.map(Json)
}

/// 撤回当天登记的来咨询的人
#[utoipa::path(
    post, path = "/me/stations/{id}/walk-in-take-back", tag = "me", operation_id = "take_walk_in_at_my_station_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = WalkInTakeBack,
    responses((status = 200, body = WalkedIn), WalkInTakeBackRefusal, UnmarkRefusal),
)]
pub async fn post_take_back(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<WalkInTakeBack>,
) -> Result<Json<WalkedIn>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
