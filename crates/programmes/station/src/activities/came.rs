//! Who came to an activity today, for those who run it: what was scanned by mistake is found here.

use axum::{
    Json,
    extract::{Path, Query},
};
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, person};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    duty::station,
    tables::{activity, signup},
};

/// Shown at once, the last who came.
const SHOWN: u64 = 50;

/// Which activity.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttendanceFilter {
    /// The activity.
    pub activity: Id,
}

/// Somebody who came today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationAttendance)]
pub struct AttendanceView {
    /// The key of his signing up, or of his coming without.
    pub id: Id,
    /// Who, masked.
    pub name: String,
    /// Whether he had signed up.
    pub signed_up: bool,
    /// When he came.
    pub attended_at: Moment,
}

/// Who came today to an activity of a station where the worker who calls has a post, the last first.
///
/// # Errors
/// 404 if he has none or the station no such activity.
pub async fn came(caller: &Caller<Oneself>, id: Id, filter: &AttendanceFilter) -> Result<Vec<AttendanceView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let activity = activity::Entity::find_by_id(filter.activity).filter(activity::Column::StationId.eq(station.id));
    let activity = activity.one(conn).await?.ok_or_else(Problem::not_found)?;
    let rows = signup::Entity::find()
        .filter(signup::Column::ActivityId.eq(activity.id))
        .filter(signup::Column::AttendedAt.gte(Moment::from(calendar::day_start(caller.today()))))
        .order_by_desc(signup::Column::AttendedAt)
        .limit(SHOWN)
        .all(conn)
        .await?;
    let people = person::masked(conn, caller, rows.iter().map(|row| row.person_id)).await?;
    let view = |row: signup::Model| {
        let attended_at = row.attended_at?;
        Some(AttendanceView { id: row.id, name: people.name(row.person_id), signed_up: row.wanted, attended_at })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// 今天的活动签到
#[utoipa::path(
    get, path = "/me/stations/{id}/attendances", tag = "me", operation_id = "list_attendances_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path), AttendanceFilter), responses((status = 200, body = Vec<AttendanceView>)),
)]
pub async fn get_attendances(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Query(filter): Query<AttendanceFilter>,
) -> Result<Json<Vec<AttendanceView>>, Problem> {
    came(&caller, id, &filter).await.map(Json)
}
