//! A master takes back what he wrote down by mistake today; what is older, an officer corrects.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, permission::Oneself, problem};

use super::station;
use crate::days::{
    take_back::{EntryTakeBack, EntryTakeBackRefusal, find, undo},
    view::EntryView,
};

kernel::refusals! {
    /// Why a master can't take an entry back himself.
    pub enum OwnTakeBackRefusal {
        /// Of another day.
        NotToday = 409 "entry_not_today" "只能撤回当天的记录，更早的记录请联系上级工会更正。",
    }
}

/// Takes an entry of today back.
///
/// # Errors
/// 404, [`OwnTakeBackRefusal`], [`EntryTakeBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<Oneself>, id: Id, input: &EntryTakeBack) -> Result<EntryView, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            station(&unit, caller, id, caller.today()).await?;
            let entry = find(&unit, id, input.entry_id).await?;
            if entry.as_ref().is_some_and(|entry| entry.day != caller.today()) {
                return Err(OwnTakeBackRefusal::NotToday.into());
            }
            undo(&unit, caller, entry, reason).await
        })
        .await
}

/// 撤回当天的登记
#[utoipa::path(
    post, path = "/me/stations/{id}/take-back", tag = "me", operation_id = "take_my_station_entry_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = EntryTakeBack,
    responses((status = 200, body = EntryView), OwnTakeBackRefusal, EntryTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<EntryTakeBack>,
) -> Result<Json<EntryView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
