//! Taking back what was recorded by mistake: the fact is reversed, the entry says why.

use std::slice;

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, ledger::Source, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    sums,
    view::{EntryView, views},
};
use crate::{counted, permissions::CorrectEntries, register::view::in_scope, tables::entry};

kernel::refusals! {
    /// Why an entry stays.
    pub enum EntryTakeBackRefusal {
        /// It was taken back before.
        Taken = 409 "entry_taken_back" "这条记录已经撤回过了。",
    }
}

/// Which entry, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EntryTakeBack {
    /// The entry.
    pub entry_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Takes an entry back, in the unit that has found its station.
///
/// # Errors
/// 404 if the station has no such entry, [`EntryTakeBackRefusal`].
pub async fn undo(
    unit: &Unit,
    context: &Context,
    entry: Option<entry::Model>,
    reason: &str,
) -> Result<EntryView, Problem> {
    let entry = entry.ok_or_else(Problem::not_found)?;
    if entry.taken_back.is_some() {
        return Err(EntryTakeBackRefusal::Taken.into());
    }
    counted::take_back(unit, context, entry.fact_id, Source { kind: "station/entry", id: entry.id }).await?;
    sums::add(unit, slice::from_ref(&entry), -1).await?;
    let row = entry::ActiveModel { taken_back: Set(Some(reason.to_owned())), ..Default::default() };
    entry::Entity::update_many().set(row).filter(entry::Column::Id.eq(entry.id)).exec(unit).await?;
    let act = ("stations.take_back", "station/entry", entry.id);
    let detail = serde_json::json!({ "station": entry.station_id, "reason": reason });
    audit::record(unit, context, act, entry.organisation_id, detail).await?;
    let shown = entry::Model { taken_back: Some(reason.to_owned()), ..entry };
    views(unit, context, vec![shown]).await?.pop().ok_or_else(Problem::not_found)
}

/// An entry of a station.
///
/// # Errors
/// A fault of the database.
pub async fn find(unit: &Unit, station: Id, entry: Id) -> Result<Option<entry::Model>, Problem> {
    Ok(entry::Entity::find_by_id(entry).filter(entry::Column::StationId.eq(station)).one(unit).await?)
}

/// Takes an entry of whatever day back, by an officer.
///
/// # Errors
/// 404, [`EntryTakeBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<CorrectEntries>, id: Id, input: &EntryTakeBack) -> Result<EntryView, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, id).await?;
            let entry = find(&unit, station.id, input.entry_id).await?;
            undo(&unit, caller, entry, reason).await
        })
        .await
}

/// 更正驿站服务记录
#[utoipa::path(
    post, path = "/stations/{id}/take-back", tag = "station", operation_id = "take_station_entry_back",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = EntryTakeBack,
    responses((status = 200, body = EntryView), EntryTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<EntryTakeBack>,
) -> Result<Json<EntryView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
