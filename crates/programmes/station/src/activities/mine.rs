//! The activities that a worker may come to, and where he stands in each: his own first, whatever else is announced. What is
//! announced is everybody's to read.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    list::not_over,
    view::{ActivityView, signups, standing, views},
};
use crate::{
    find::near::{LOOKED, NearSearch, named, nearest_first, position},
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
    /// Metres in a straight line, if a position was sent.
    pub metres: Option<u64>,
}

/// Shown at once, beside one's own.
const SHOWN: u64 = 50;

/// One activity, as the worker who calls sees it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn shown(
    conn: &Connection,
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
            metres: None,
        })
    };
    Ok(activities.into_iter().filter_map(mine).collect())
}

/// What the worker who calls signed up for and isn't over, called off or not, and behind it what else is announced: the next
/// first, or the nearest to a position.
///
/// # Errors
/// 401 if no worker calls; 422 for a position that is none.
pub async fn mine(caller: &Caller<Oneself>, search: &NearSearch) -> Result<Vec<MyStationActivity>, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let from = position(search.longitude, search.latitude)?;
    let own = signup::Entity::find()
        .select_only()
        .column(signup::Column::ActivityId)
        .filter(signup::Column::PersonId.eq(me))
        .filter(signup::Column::Wanted.eq(true));
    let own: Vec<Id> = own.into_tuple().all(conn).await?;
    let coming = Entity::find().filter(not_over(caller)).order_by_asc(Column::StartsAt).order_by_asc(Column::Id);
    let mut rows = if own.is_empty() {
        Vec::new()
    } else {
        coming.clone().filter(Column::Id.is_in(own.iter().copied())).all(conn).await?
    };
    let mut others = coming.filter(Column::Cancelled.is_null()).filter(Column::Id.is_not_in(own));
    if let Some(text) = search.q.as_deref() {
        let titled = Condition::any().add(Column::Title.contains(text));
        others = others.filter(titled.add(named((Entity, Column::StationId), text)));
    }
    let looked = if from.is_some() { LOOKED } else { SHOWN };
    let others = others.select_only().columns([Column::Id, Column::StationId]).limit(looked);
    let others: Vec<(Id, Id)> = others.into_tuple().all(conn).await?;
    let mut near = nearest_first(conn, from, &others).await?;
    near.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let found = Entity::find().filter(Column::Id.is_in(near.iter().map(|(id, _)| *id))).all(conn).await?;
    let mut found: HashMap<Id, Model> = found.into_iter().map(|row| (row.id, row)).collect();
    let own: Vec<(Id, Id)> = rows.iter().map(|row| (row.id, row.station_id)).collect();
    rows.extend(near.iter().filter_map(|(id, _)| found.remove(id)));
    near.extend(nearest_first(conn, from, &own).await?);
    let far: HashMap<Id, Option<u64>> = near.into_iter().collect();
    let mut shown = shown(conn, caller, rows).await?;
    for one in &mut shown {
        one.metres = far.get(&one.activity.id).copied().flatten();
    }
    Ok(shown)
}

/// 驿站活动和我的报名
#[utoipa::path(
    get, path = "/me/station-activities", tag = "me", operation_id = "my_station_activities",
    extensions(("x-permission" = json!("oneself"))),
    params(NearSearch), responses((status = 200, body = Vec<MyStationActivity>)),
)]
pub async fn get_mine(
    caller: Caller<Oneself>,
    Query(search): Query<NearSearch>,
) -> Result<Json<Vec<MyStationActivity>>, Problem> {
    mine(&caller, &search).await.map(Json)
}
