//! Where the quarters of a year stand, for an organisation and those directly below it.

use axum::{Json, extract::Query};
use calendar::Period;
use chrono::NaiveDate;
use kernel::{Caller, Context, Id, Moment, Problem, organisation};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ApprovalState, below, takes_part};
use crate::{
    permissions::SeePlans,
    tables::approval::{self, Model},
};

/// Whose quarters of which year.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApprovalParams {
    /// The organisation.
    pub organisation: Id,
    /// The year.
    pub year: i32,
}

/// A quarter on its way up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuarterApproval)]
pub struct ApprovalRow {
    /// The key.
    pub id: Id,
    /// The quarter: `2026Q2`.
    pub quarter: String,
    /// Where it stands.
    pub state: ApprovalState,
    /// When it was submitted.
    pub submitted_at: Moment,
    /// When it was approved or returned.
    pub decided_at: Option<Moment>,
    /// Why it was returned.
    pub reason: Option<String>,
}

/// An organisation's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApprovalYear {
    /// The organisation.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Whether it is the one that was asked for, and not one below it.
    pub own: bool,
    /// The day it was founded: of a quarter that ended before it has nothing to hand up.
    pub founded_on: Option<NaiveDate>,
    /// The quarters that were submitted, in order.
    pub quarters: Vec<ApprovalRow>,
}

/// Where the quarters of a year stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApprovalBoard {
    /// The quarters of the year that are over, and so may be submitted.
    pub over: Vec<String>,
    /// The organisation first, then those directly below it that take part.
    pub rows: Vec<ApprovalYear>,
}

pub(super) fn row(model: Model) -> ApprovalRow {
    ApprovalRow {
        id: model.id,
        quarter: model.quarter,
        state: model.state,
        submitted_at: model.submitted_at,
        decided_at: model.decided_at,
        reason: model.reason,
    }
}

/// Shows an organisation's quarters and those of the organisations directly below it.
///
/// # Errors
/// 404, 422 for what is no year.
pub async fn approvals(context: &Context, params: &ApprovalParams) -> Result<ApprovalBoard, Problem> {
    let conn = context.read();
    let own = organisation::get(conn, context.scope(), params.organisation).await?;
    let all: Result<Vec<Period>, _> = (1..=4).map(|quarter| Period::quarter(params.year, quarter)).collect();
    let all = all.map_err(|problem| Problem::field("year", problem.code(), problem.message()))?;
    let names: Vec<String> = all.iter().map(Period::to_string).collect();
    let over = all.iter().filter(|period| period.last() < context.today()).map(Period::to_string).collect();
    let mut places = vec![own];
    places.retain(|own| takes_part(own.level));
    places.extend(below(conn, context, params.organisation).await?);
    let query = approval::Entity::find()
        .filter(approval::Column::OrganisationId.is_in(places.iter().map(|place| place.id)))
        .filter(approval::Column::Quarter.is_in(names));
    let mut found = query.all(conn).await?;
    found.sort_by(|one, other| one.quarter.cmp(&other.quarter));
    let year = |place: organisation::Model| ApprovalYear {
        quarters: found.iter().filter(|row| row.organisation_id == place.id).cloned().map(row).collect(),
        organisation_id: place.id,
        own: place.id == params.organisation,
        founded_on: place.founded_on,
        organisation: place.name,
    };
    Ok(ApprovalBoard { over, rows: places.into_iter().map(year).collect() })
}

/// 季度报送与审定
#[utoipa::path(
    get, path = "/quarter-approvals", tag = "plan", operation_id = "list_quarter_approvals",
    extensions(("x-permission" = json!("plan.view"))), params(ApprovalParams),
    responses((status = 200, body = ApprovalBoard)),
)]
pub async fn get_approvals(
    caller: Caller<SeePlans>,
    Query(params): Query<ApprovalParams>,
) -> Result<Json<ApprovalBoard>, Problem> {
    approvals(&caller, &params).await.map(Json)
}
