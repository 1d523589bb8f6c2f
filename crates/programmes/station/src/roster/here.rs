//! The roster of a station on its master's phone: what is to come, and whose hours are to be confirmed.

use axum::{Json, extract::Path};
use chrono::Days;
use kernel::{Caller, Id, Problem, permission::Oneself, person};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    plan::posts,
    view::{ShiftView, VolunteerView, views, volunteers},
};
use crate::{
    duty::{mine::DutyChoice, station},
    tables::shift::{Column, Entity, Model},
};

/// How far back shifts are shown, to be confirmed.
pub(crate) const BACK: Days = Days::new(30);
/// Shifts shown at once of those that were, and of those to come.
const SHOWN: u64 = 150;

/// A shift, and who stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRosterRow)]
pub struct RosterRow {
    /// The shift.
    #[serde(flatten)]
    pub shift: ShiftView,
    /// Who stands on it.
    pub volunteers: Vec<VolunteerView>,
}

/// The roster of my station.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRoster)]
pub struct Roster {
    /// From a month ago on, in the order of time.
    pub shifts: Vec<RosterRow>,
    /// Who can be on duty: posts, by key.
    pub posts: Vec<DutyChoice>,
}

/// The roster of a station.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn roster(caller: &Caller<Oneself>, id: Id) -> Result<Roster, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let station = station(conn, caller, id, today).await?;
    let here = || Entity::find().filter(Column::StationId.eq(station.id)).limit(SHOWN);
    let past = here()
        .filter(Column::Day.gte(today.checked_sub_days(BACK).unwrap_or(today)))
        .filter(Column::Day.lt(today))
        .order_by_desc(Column::Day)
        .order_by_desc(Column::FromHour)
        .order_by_desc(Column::Id)
        .all(conn)
        .await?;
    // Asked apart, so that however many there were, today's are among them.
    let coming = here()
        .filter(Column::Day.gte(today))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::FromHour)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let found: Vec<Model> = past.into_iter().rev().chain(coming).collect();
    let mut volunteers = volunteers(conn, caller, &found).await?;
    let shifts = views(conn, caller, found).await?.into_iter();
    let shifts =
        shifts.map(|shift| RosterRow { volunteers: volunteers.remove(&shift.id).unwrap_or_default(), shift }).collect();
    let posts = posts(conn, station.id, today).await?;
    let people = person::masked(conn, caller, posts.iter().map(|post| post.person_id)).await?;
    let choice = |post: crate::tables::post::Model| {
        let begins = (post.from_day > today).then(|| post.from_day.format("（%-m月%-d日起）").to_string());
        let label = format!("{} {}{}", post.role.label(), people.name(post.person_id), begins.unwrap_or_default());
        DutyChoice { code: post.id.to_string(), label }
    };
    Ok(Roster { shifts, posts: posts.into_iter().map(choice).collect() })
}

/// 我的驿站：排班
#[utoipa::path(
    get, path = "/me/stations/{id}/shifts", tag = "me", operation_id = "my_station_roster",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Roster)),
)]
pub async fn get_roster(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Roster>, Problem> {
    roster(&caller, id).await.map(Json)
}
