//! Announcing an activity and changing it. More seats let those who wait move up by themselves; nobody loses his.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use kernel::{
    Caller, Context, Id, Problem, audit,
    etag::{self, IfMatch},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    form::ActivityForm,
    tell::{News, tell_all, tell_moved_up},
    view::{ActivityView, find, signups, view},
};
use crate::{
    permissions::KeepStations,
    register::{now::stands, view::in_scope},
    tables::{
        activity::{Entity, Model},
        signup,
        station::StationState,
    },
};

kernel::refusals! {
    /// Why an activity is not announced or changed.
    pub enum ActivityRefusal {
        /// The station no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，不能再组织活动。",
        /// It doesn't take place.
        Cancelled = 409 "activity_cancelled" "活动已取消。",
        /// It is over.
        Over = 409 "activity_over" "活动已经结束。",
        /// It would take place when nobody can come any more.
        Past = 422 "activity_past" "活动时间已经过去，请改为今后的时间。",
        /// Somebody would lose his seat.
        Seated { seated: i64 } = 409 "activity_seated" "已有{seated}人报上名，名额不能少于{seated}。",
    }
}

/// A new activity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationActivity)]
pub struct NewActivity {
    /// At which station.
    pub station_id: Id,
    /// Its particulars.
    #[serde(flatten)]
    pub form: ActivityForm,
}

/// Refuses what no longer takes place or is over.
///
/// # Errors
/// [`ActivityRefusal`].
pub(super) fn still_on(context: &Context, row: &Model) -> Result<(), Problem> {
    if row.cancelled.is_some() {
        return Err(ActivityRefusal::Cancelled.into());
    }
    if row.ends_at.at() < context.now() { Err(ActivityRefusal::Over.into()) } else { Ok(()) }
}

/// Announces an activity.
///
/// # Errors
/// 404 if the station is absent or foreign, [`ActivityRefusal`], 422 that names each field.
pub async fn create(caller: &Caller<KeepStations>, input: &NewActivity) -> Result<ActivityView, Problem> {
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, input.station_id).await?;
            input.form.check()?;
            if stands(&station, caller.today()) == StationState::Closed {
                return Err(ActivityRefusal::Closed.into());
            }
            let row = input.form.row(id, station.id, caller.now().into());
            if row.ends_at.at() < caller.now() {
                return Err(ActivityRefusal::Past.into());
            }
            Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let act = ("station_activities.create", "station/activity", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "title": row.title })).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// Changes an activity.
///
/// # Errors
/// 404, 412, [`ActivityRefusal`], 422 that names each field.
pub async fn change(
    caller: &Caller<KeepStations>,
    id: Id,
    seen: &IfMatch,
    form: &ActivityForm,
) -> Result<ActivityView, Problem> {
    caller
        .unit(|unit| async move {
            let (old, station) = find(&unit, caller, id).await?;
            form.check()?;
            etag::check(&unit, id, old.version, seen).await?;
            still_on(caller, &old)?;
            let new = Model { version: old.version + 1, ..form.row(id, station.id, old.made_at) };
            let signed = signups(&unit, [id]).await?;
            check_change(caller, (&old, &new), &signed)?;
            let fields = etag::changed(&ActivityForm::of(&old), &ActivityForm::of(&new));
            new.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, new.version, &fields).await?;
            let act = ("station_activities.change", "station/activity", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "fields": fields })).await?;
            if (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at) {
                tell_all(&unit, caller, &signed, News::Moved).await?;
            }
            tell_moved_up(&unit, caller, (&signed, old.capacity), (&signed, new.capacity)).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Refuses to take somebody's seat away, and to move an activity to when nobody can come any more. One that goes on keeps its
/// beginning.
fn check_change(context: &Context, (old, new): (&Model, &Model), signed: &[signup::Model]) -> Result<(), Problem> {
    let begins_before_now = new.starts_at != old.starts_at && new.starts_at.at() < context.now();
    if begins_before_now || new.ends_at.at() < context.now() {
        return Err(ActivityRefusal::Past.into());
    }
    let wanted = i64::try_from(signed.iter().filter(|one| one.wanted).count()).unwrap_or(i64::MAX);
    let seated = wanted.min(old.capacity);
    if new.capacity < seated { Err(ActivityRefusal::Seated { seated }.into()) } else { Ok(()) }
}

/// 发布驿站活动
#[utoipa::path(
    post, path = "/station-activities", tag = "station", operation_id = "create_station_activity",
    extensions(("x-permission" = json!("station.keep"))), request_body = NewActivity,
    responses((status = 201, body = ActivityView), ActivityRefusal),
)]
pub async fn post_activity(
    caller: Caller<KeepStations>,
    Json(input): Json<NewActivity>,
) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, &input).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改驿站活动
#[utoipa::path(
    put, path = "/station-activities/{id}", tag = "station", operation_id = "change_station_activity",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = ActivityForm,
    responses((status = 200, body = ActivityView), ActivityRefusal),
)]
pub async fn put_activity(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<ActivityForm>,
) -> Result<impl IntoResponse, Problem> {
    let shown = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
