//! Setting a desk up and changing it. What was booked stays booked: at its time, with whoever advises there now.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use kernel::{
    Caller, Context, Id, Moment, Problem, Unit, audit,
    etag::{self, IfMatch},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    advisers::who_may,
    form::DeskForm,
    view::{DeskView, find, view},
};
use crate::{
    permissions::KeepStations,
    register::{now::stands, view::in_scope},
    tables::{
        booking::{self, BookingState},
        desk::{Entity, Model},
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why a desk is not set up or changed.
    pub enum DeskRefusal {
        /// The station no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，不能再设咨询窗口。",
    }
}

kernel::refusals! {
    /// Why a desk is not changed.
    pub enum DeskChangeRefusal {
        /// By what right bookings and records are kept differs by what a desk advises on.
        KindKept = 409 "desk_kind_kept" "已有人在这个窗口预约或咨询过，不能改咨询类型；请暂停这个窗口，另设一个。",
    }
}

/// A new desk.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationDesk)]
pub struct NewDesk {
    /// At which station.
    pub station_id: Id,
    /// Its particulars.
    #[serde(flatten)]
    pub form: DeskForm,
}

/// Refuses an adviser who has no right to advise there.
async fn check_adviser(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    form: &DeskForm,
) -> Result<(), Problem> {
    let known = who_may(unit, context, station).await?;
    if known.iter().any(|one| one.id == form.adviser_id) {
        return Ok(());
    }
    Err(Problem::field("adviser_id", "adviser_id", "请选择有“在驿站窗口接待咨询”权限、且管辖这个驿站的账号。"))
}

/// Sets a desk up.
///
/// # Errors
/// 404 if the station is absent or foreign, [`DeskRefusal`], 422 that names each field.
pub async fn create(caller: &Caller<KeepStations>, input: &NewDesk) -> Result<DeskView, Problem> {
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, input.station_id).await?;
            input.form.check()?;
            check_adviser(&unit, caller, &station, &input.form).await?;
            if stands(&station, caller.today()) == StationState::Closed {
                return Err(DeskRefusal::Closed.into());
            }
            let row = input.form.row(id, station.id, caller.now().into())?;
            Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail = json!({ "station": station.id, "kind": row.kind, "adviser": row.adviser_id });
            let act = ("station_desks.create", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// Changes a desk.
///
/// # Errors
/// 404, [`DeskChangeRefusal`], 412, 422 that names each field.
pub async fn change(
    caller: &Caller<KeepStations>,
    id: Id,
    seen: &IfMatch,
    form: &DeskForm,
) -> Result<DeskView, Problem> {
    caller
        .unit(|unit| async move {
            let (old, station) = find(&unit, caller, id).await?;
            form.check()?;
            etag::check(&unit, id, old.version, seen).await?;
            if old.kind != form.kind && is_used(&unit, id).await? {
                return Err(DeskChangeRefusal::KindKept.into());
            }
            if old.adviser_id != form.adviser_id {
                check_adviser(&unit, caller, &station, form).await?;
                hand_over(&unit, caller, (id, form.adviser_id)).await?;
            }
            let fresh = form.row(id, station.id, old.made_at)?;
            let fields = etag::changed(&DeskForm::of(&old)?, form);
            let new = Model { closed: old.closed, version: old.version + 1, ..fresh };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, new.version, &fields).await?;
            let act = ("station_desks.change", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "fields": fields })).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Whether anybody booked at a desk or came there.
async fn is_used(unit: &Unit, desk: Id) -> Result<bool, Problem> {
    let booked = booking::Entity::find().filter(booking::Column::DeskId.eq(desk));
    Ok(booked.one(unit).await?.is_some())
}

/// What is still to come goes to who advises from now on. What is over stays with who sat there, also where he has not said yet
/// whether somebody came: nobody else learns who was there.
async fn hand_over(unit: &Unit, context: &Context, (desk, adviser): (Id, Id)) -> Result<(), Problem> {
    let row = booking::ActiveModel { adviser_id: Set(adviser), ..Default::default() };
    booking::Entity::update_many()
        .set(row)
        .filter(booking::Column::DeskId.eq(desk))
        .filter(booking::Column::State.eq(BookingState::Booked))
        .filter(booking::Column::EndsAt.gt(Moment::from(context.now())))
        .exec(unit)
        .await?;
    Ok(())
}

/// 设立驿站咨询窗口
#[utoipa::path(
    post, path = "/station-desks", tag = "station", operation_id = "create_station_desk",
    extensions(("x-permission" = json!("station.keep"))), request_body = NewDesk,
    responses((status = 201, body = DeskView), DeskRefusal),
)]
pub async fn post_desk(caller: Caller<KeepStations>, Json(input): Json<NewDesk>) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, &input).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改驿站咨询窗口
#[utoipa::path(
    put, path = "/station-desks/{id}", tag = "station", operation_id = "change_station_desk",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = DeskForm,
    responses((status = 200, body = DeskView), DeskChangeRefusal),
)]
pub async fn put_desk(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<DeskForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
