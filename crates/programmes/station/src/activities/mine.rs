//! The activities that a worker may come to, and where he stands in each. What is announced is everybody's to read.

use axum::Json;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{ActivityView, signups, standing, views};
use crate::{
    rules::seats::Seat,
    tables::{
        activity::{Column, Entity, Model},
        signup,
    },
};

/// An activity, and where I stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyStationActivity {
    /// The activity.
    #[serde(flatten)]
    pub activity: ActivityView,
    /// Whether I have a seat.
    pub seat: bool,
    /// My place on the waiting list; absent if I don't wait.
    pub waiting_place: Option<i64>,
    /// When I came.
    pub attended_at: Option<Moment>,
    /// Where I stand, in words.
    pub standing: String,
}

/// Activities told at once.
const MOST: u64 = 50;

/// One activity, as the worker who calls sees it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn shown(
    conn: &impl ConnectionTrait,
    caller: &Caller<Oneself>,
    rows: Vec<Model>,
) -> Result<Vec<MyStationActivity>, Problem> {
    let me = caller.person()?;
    let signed = signups(conn, rows.iter().map(|row| row.id)).await?;
    let activities = views(conn, caller, rows.clone(), &signed).await?;
    let mine = |activity: ActivityView| {
        let row = rows.iter().find(|row| row.id == activity.id)?;
        let came =
            signed.iter().find(|one| one.activity_id == row.id && one.person_id == me && one.attended_at.is_some());
        let seat = standing(row, &signed, me);
        let waiting_place = if let Some(Seat::Waiting(place)) = seat { Some(place) } else { None };
        let words = match (came, seat) {
            (Some(_), _) => "已参加".to_owned(),
            (None, Some(Seat::Held)) => "已报名".to_owned(),
            (None, Some(Seat::Waiting(place))) => format!("候补第{place}位，有人退出会自动递补"),
            (None, None) => "未报名".to_owned(),
        };
        Some(MyStationActivity {
            activity,
            seat: seat == Some(Seat::Held),
            waiting_place,
            attended_at: came.and_then(|one| one.attended_at),
            standing: words,
        })
    };
    Ok(activities.into_iter().filter_map(mine).collect())
}

/// What is announced and not over, and what the worker who calls signed up for and was called off, the next first.
///
/// # Errors
/// 401 if no worker calls.
pub async fn mine(caller: &Caller<Oneself>) -> Result<Vec<MyStationActivity>, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let own = signup::Entity::find()
        .select_only()
        .column(signup::Column::ActivityId)
        .filter(signup::Column::PersonId.eq(me))
        .filter(signup::Column::Wanted.eq(true));
    let own: Vec<Id> = own.into_tuple().all(conn).await?;
    let query = Entity::find().filter(Column::EndsAt.gte(Moment::from(caller.now())));
    let mut rows = query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).limit(MOST).all(conn).await?;
    rows.retain(|row| row.cancelled.is_none() || own.contains(&row.id));
    shown(conn, caller, rows).await
}

/// 驿站活动和我的报名
#[utoipa::path(
    get, path = "/me/station-activities", tag = "me", operation_id = "my_station_activities",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyStationActivity>)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<Vec<MyStationActivity>>, Problem> {
    mine(&caller).await.map(Json)
}
