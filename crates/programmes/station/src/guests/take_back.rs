//! Taking back a day that was written down by mistake: its facts are reversed, and the requests it collected are withdrawn.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, ledger::Source, outbox, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    WITHDRAWN,
    list::{GuestView, views},
};
use crate::{
    counted,
    permissions::CorrectEntries,
    register::{form::read, view::in_scope},
    tables::{
        guest::{Entity, Model},
        request,
    },
};

kernel::refusals! {
    /// Why a day stays.
    pub enum GuestTakeBackRefusal {
        /// It was taken back before.
        Taken = 409 "guest_taken_back" "这条记录已经撤回过了。",
    }
}

/// Why a day is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGuestTakeBack)]
pub struct GuestTakeBack {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// What is announced of a request whose day was taken back: whoever took it up lets it go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestWithdrawn {
    /// The request.
    pub request_id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
}

/// Takes a day back.
///
/// # Errors
/// 404, [`GuestTakeBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<CorrectEntries>, id: Id, input: &GuestTakeBack) -> Result<GuestView, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let row = Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, row.station_id).await?;
            if row.taken_back.is_some() {
                return Err(GuestTakeBackRefusal::Taken.into());
            }
            for fact in read::<Vec<Id>>(&row.facts)? {
                counted::take_back(&unit, caller, fact, Source { kind: "station/guest", id }).await?;
            }
            let new = Model { taken_back: Some(reason.to_owned()), ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            withdraw(&unit, caller, &new).await?;
            let act = ("station_guests.take_back", "station/guest", id);
            let detail = json!({ "station": station.id, "reason": reason });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            views(&unit, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Announces that what a day collected was withdrawn.
async fn withdraw(unit: &Unit, context: &Context, guest: &Model) -> Result<(), Problem> {
    let collected = request::Entity::find().filter(request::Column::GuestId.eq(guest.id));
    for one in collected.all(unit).await? {
        let told =
            RequestWithdrawn { request_id: one.id, station_id: one.station_id, organisation_id: guest.organisation_id };
        outbox::publish(unit, context, WITHDRAWN, &told)?;
    }
    Ok(())
}

/// 撤回一日站长记录
#[utoipa::path(
    post, path = "/station-guests/{id}/take-back", tag = "station", operation_id = "take_station_guest_back",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = GuestTakeBack,
    responses((status = 200, body = GuestView), GuestTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<GuestTakeBack>,
) -> Result<Json<GuestView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
