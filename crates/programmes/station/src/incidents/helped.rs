//! Who was helped: opened one by one with a reason. When the time is over that goes, and with it all that was told in words.

use axum::{Json, extract::Path};
use chrono::Days;
use kernel::{
    Caller, Context, Id, Problem, audit, keys,
    person::reveal::{RevealRefusal, one_by_one},
    problem,
    rulebook::{self, Stretch},
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{HELPED, HELPED_DAYS, before, place};
use crate::{
    permissions::KeepStations,
    register::view::in_scope,
    tables::{
        incident::{ActiveModel, Column, Entity},
        incident_before,
    },
};

/// Why it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationHelpedReason)]
pub struct HelpedReason {
    /// The reason, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Who was helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationHelped)]
pub struct Helped {
    /// Name and how he is reached, as the master wrote it down.
    pub helped: String,
    /// The same before it was corrected, the first first.
    pub before: Vec<String>,
}

/// Opens who was helped; that it was opened, by whom and why stands in the audit chain.
///
/// # Errors
/// 403 for another system, 404 if the incident is absent or foreign, [`RevealRefusal`], 422 without a reason.
pub async fn helped(caller: &Caller<KeepStations>, id: Id, input: &HelpedReason) -> Result<Helped, Problem> {
    let reason = problem::reason(&input.reason, "请填写查看原因，2 至 200 字。")?;
    one_by_one(caller)?;
    caller
        .unit(|unit| async move {
            let row = Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, row.station_id).await?;
            let sealed = row.helped_sealed.ok_or(RevealRefusal::NothingKept)?;
            let act = ("station_incidents.open_helped", "station/incident", id);
            let detail = json!({ "station": station.id, "reason": reason });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            let earlier = incident_before::Entity::find()
                .filter(incident_before::Column::IncidentId.eq(id))
                .order_by_asc(incident_before::Column::Id)
                .all(&unit)
                .await?;
            let opened = |row: incident_before::Model| {
                row.helped_sealed.map(|sealed| keys::told(caller, before::place(row.id, HELPED), &sealed))
            };
            let before = earlier.into_iter().filter_map(opened).collect();
            Ok(Helped { helped: keys::open(caller, place(id, HELPED), &sealed)?, before })
        })
        .await
}

/// Empties incidents that are older than the rule says: who was helped, what happened, what was done and how it ended. That
/// something of its kind happened there stays, so that it counts.
///
/// # Errors
/// A fault of the database.
pub(super) async fn forget(context: &Context) -> Result<(), Problem> {
    for stretch in rulebook::stretches(context.read(), context, &HELPED_DAYS).await? {
        forget_old(context, &stretch).await?;
    }
    Ok(())
}

async fn forget_old(context: &Context, stretch: &Stretch) -> Result<(), Problem> {
    let days = Days::new(u64::try_from(stretch.value).unwrap_or_default());
    let Some(before) = context.today().checked_sub_days(days) else { return Ok(()) };
    // As the index says it, which holds none but those that tell something still.
    let tells = Expr::col(Column::WhatSealed).ne(Expr::cust("''"));
    let old = &stretch.holds_at((Entity, Column::OrganisationId)).add(Column::Day.lt(before)).add(tells);
    context
        .unit(|unit| async move {
            let of_old = Entity::find().select_only().column(Column::Id).filter(old.clone()).into_query();
            let emptied = incident_before::ActiveModel {
                what_sealed: Set(String::new()),
                did_sealed: Set(String::new()),
                helped_sealed: Set(None),
                ..Default::default()
            };
            let earlier = incident_before::Entity::update_many().set(emptied);
            earlier.filter(incident_before::Column::IncidentId.in_subquery(of_old)).exec(&unit).await?;
            let emptied = ActiveModel {
                what_sealed: Set(String::new()),
                did_sealed: Set(String::new()),
                helped_sealed: Set(None),
                note_sealed: Set(None),
                ..Default::default()
            };
            let gone = Entity::update_many().set(emptied).filter(old.clone()).exec(&unit).await?.rows_affected;
            if gone == 0 {
                return Ok(());
            }
            let detail = json!({ "incidents": gone, "days": stretch.value });
            audit::record(&unit, context, ("station_incidents.forget", "station/incident", None), None, detail).await
        })
        .await
}

/// 查看驿站事件的被救助人
#[utoipa::path(
    post, path = "/station-incidents/{id}/helped", tag = "station", operation_id = "open_station_incident_helped",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = HelpedReason,
    responses((status = 200, body = Helped), RevealRefusal),
)]
pub async fn post_helped(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<HelpedReason>,
) -> Result<Json<Helped>, Problem> {
    helped(&caller, id, &input).await.map(Json)
}
