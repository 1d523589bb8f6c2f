//! Keeping what of an inspection was marked so far: a page that is closed loses nothing, and another inspector sees that it is
//! in hand.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, Unit, access::Actors, audit};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    cancel::{InspectionRefusal, still_planned},
    inspections::find,
    marks::NewMark,
    unannounced::told_at,
};
use crate::{
    permissions::InspectStations,
    register::form::text,
    tables::inspection_draft::{Column, Entity, Model},
};

kernel::refusals! {
    /// Why what was marked is not kept.
    pub enum DraftRefusal {
        /// Another inspector kept something that the caller has not seen.
        Overtaken { who: String, at: String, seen: String } = 409 "inspection_overtaken"
            "{who}在{at}保存了这次检查的登记；您这份是{seen}做的，没有保存。请刷新页面，选择用哪一份接着登记。",
        /// More than an inspection comes to.
        Long = 422 "inspection_draft_long" "登记的内容太多，请精简说明。",
    }
}

/// How an item is marked so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InspectionDraftMark)]
pub struct DraftMark {
    /// Its points, what was seen and the pictures.
    #[serde(flatten)]
    pub mark: NewMark,
    /// Whether it doesn't apply to this station: without points it isn't marked yet.
    #[serde(default)]
    pub apart: bool,
}

/// Something to be mended, as far as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InspectionDraftFinding)]
pub struct DraftFinding {
    /// The checklist's code of the item.
    pub code: Option<String>,
    /// What is wrong.
    pub wrong: Option<String>,
    /// The last day to mend it.
    pub mend_by: Option<NaiveDate>,
}

/// What of an inspection was marked so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InspectionDraft {
    /// The day on which it is done.
    pub done_on: Option<NaiveDate>,
    /// How items are marked.
    #[schema(max_items = 200)]
    pub marks: Vec<DraftMark>,
    /// What is to be mended.
    #[schema(max_items = 50)]
    pub found: Vec<DraftFinding>,
    /// What else is to be said.
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// What is to be kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = InspectionDraftForm)]
pub struct DraftForm {
    /// All of it.
    #[serde(flatten)]
    pub draft: InspectionDraft,
    /// When what the caller saw was kept; absent if nothing was.
    pub seen: Option<Moment>,
}

/// That it was kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = InspectionDraftKept)]
pub struct DraftKept {
    /// When.
    pub drafted_at: Moment,
}

/// The most bytes of one: each of 200 items with its words and pictures.
const MOST: usize = 262_144;

/// Who marked last, as people read it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn marker(conn: &Connection, kept: &Model) -> Result<String, Problem> {
    Ok(Actors::of(conn, [kept.drafted_by.as_str()]).await?.label(&kept.drafted_by))
}

/// What was kept last. Where another inspector kept it, the caller says when what he saw was kept.
///
/// # Errors
/// [`DraftRefusal::Overtaken`] if that is something else.
pub(super) async fn seen_last(
    unit: &Unit,
    caller: &Caller<InspectStations>,
    id: Id,
    seen: Option<Moment>,
) -> Result<Option<Model>, Problem> {
    let kept = Entity::find_by_id(id).one(unit).await?;
    let own = caller.actor().word();
    let Some(other) = kept.as_ref().filter(|kept| kept.drafted_by != own && Some(kept.drafted_at) != seen) else {
        return Ok(kept);
    };
    let minute = |at: Moment| calendar::minute_in_words(at.at());
    let (who, at) = (marker(unit, other).await?, minute(other.drafted_at));
    let seen = seen.map_or_else(|| "从空白登记表开始".to_owned(), |seen| format!("接着{}保存的内容", minute(seen)));
    Err(DraftRefusal::Overtaken { who, at, seen }.into())
}

/// Keeps what was marked so far. Who takes an inspection up is told in the audit chain, and not each time that it is kept.
///
/// # Errors
/// 404, [`InspectionRefusal`] once it is over, [`DraftRefusal`].
pub async fn keep(caller: &Caller<InspectStations>, id: Id, form: &DraftForm) -> Result<DraftKept, Problem> {
    let draft = &text(&form.draft)?;
    if draft.len() > MOST {
        return Err(DraftRefusal::Long.into());
    }
    caller
        .unit(|unit| async move {
            let (row, station) = find(&unit, caller, id).await?;
            still_planned(&row)?;
            let (own, at) = (caller.actor().word(), Moment::from(caller.now()));
            let kept = seen_last(&unit, caller, id, form.seen).await?;
            if kept.is_none_or(|kept| kept.drafted_by != own) {
                let act = ("station_inspections.take_up", "station/inspection", id);
                let detail = json!({ "station": station.id });
                audit::record(&unit, caller, act, told_at(&row, &station), detail).await?;
            }
            let saved = Model { inspection_id: id, draft: draft.clone(), drafted_by: own, drafted_at: at };
            let columns = [Column::Draft, Column::DraftedBy, Column::DraftedAt];
            let again = OnConflict::column(Column::InspectionId).update_columns(columns).to_owned();
            let saved = Entity::insert(saved.into_active_model().reset_all()).on_conflict(again);
            saved.exec_without_returning(&unit).await?;
            Ok(DraftKept { drafted_at: at })
        })
        .await
}

/// 保存检查登记（未提交）
#[utoipa::path(
    post, path = "/station-inspections/{id}/draft", tag = "station", operation_id = "keep_station_inspection_draft",
    extensions(("x-permission" = json!("station.inspect"))),
    params(("id" = Id, Path)), request_body = DraftForm,
    responses((status = 200, body = DraftKept), InspectionRefusal, DraftRefusal),
)]
pub async fn post_draft(
    caller: Caller<InspectStations>,
    Path(id): Path<Id>,
    Json(form): Json<DraftForm>,
) -> Result<Json<DraftKept>, Problem> {
    keep(&caller, id, &form).await.map(Json)
}
