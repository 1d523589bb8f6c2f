//! Handing a quarter's figures up.

use axum::{Json, http::StatusCode};
use calendar::Period;
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    organisation::{self, tree},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    ApprovalState, below,
    list::{ApprovalRow, row},
    of, quarter, takes_part,
};
use crate::{
    permissions::SubmitQuarters,
    rules::period::label,
    tables::approval::{self, Model},
};

kernel::refusals! {
    /// Why a quarter is not submitted.
    pub enum SubmitRefusal {
        /// The quarter goes on.
        NotOver { quarter: String } = 409 "quarter_not_over" "{quarter}还没有结束，结束后才能报送。",
        /// Grassroots unions and townships hand nothing up themselves.
        NotOfLevel = 409 "level_submits_nothing" "由县级以上工会逐级报送；基层和乡镇的记录由所在县（区、旗）总工会一并报送。",
        /// Someone below is not approved yet.
        WaitsForBelow { names: String, count: usize } = 409 "waits_for_below" "还有 {count} 个下级工会没有审定：{names}。全部审定后才能报送。",
        /// It was submitted.
        Already = 409 "already_submitted" "这个季度已经报送。",
    }
}

/// Which quarter of whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SubmitQuarter {
    /// Whose figures.
    pub organisation_id: Id,
    /// The quarter: `2026Q2`.
    pub quarter: String,
}

/// Hands a quarter's figures up; from then on nothing is written into it by hand. At the top of the tree nobody stands
/// above, so there it is approved at once.
///
/// # Errors
/// 404, 422, [`SubmitRefusal`].
pub async fn submit(caller: &Caller<SubmitQuarters>, input: &SubmitQuarter) -> Result<ApprovalRow, Problem> {
    let period = quarter(&input.quarter)?;
    if period.last() >= caller.today() {
        return Err(SubmitRefusal::NotOver { quarter: label(period) }.into());
    }
    let context: &Context = caller;
    caller.unit(|unit| async move { work(&unit, context, input.organisation_id, period).await }).await
}

async fn work(unit: &Unit, context: &Context, organisation: Id, period: Period) -> Result<ApprovalRow, Problem> {
    let place = organisation::get(unit, context.scope(), organisation).await?;
    if !takes_part(place.level) {
        return Err(SubmitRefusal::NotOfLevel.into());
    }
    let text = period.to_string();
    let before = of(unit, place.id, &text).await?;
    if before.as_ref().is_some_and(|before| before.state.locks()) {
        return Err(SubmitRefusal::Already.into());
    }
    all_below_approved(unit, context, place.id, period).await?;
    let top = tree::parents(unit, &[place.id]).await?.is_empty();
    let now = context.now().into();
    let model = Model {
        id: before.as_ref().map_or_else(|| context.id(), |before| before.id),
        organisation_id: place.id,
        quarter: text,
        state: if top { ApprovalState::Approved } else { ApprovalState::Submitted },
        submitted_by: context.actor().word(),
        submitted_at: now,
        decided_by: top.then(|| context.actor().word()),
        decided_at: top.then_some(now),
        reason: None,
    };
    let active = model.clone().into_active_model().reset_all();
    match before {
        Some(_) => drop(active.update(unit).await?),
        None => drop(approval::Entity::insert(active).exec_without_returning(unit).await?),
    }
    let detail = json!({ "quarter": model.quarter });
    audit::record(unit, context, ("plan.submit_quarter", "plan/quarter", model.id), place.id, detail).await?;
    Ok(row(model))
}

/// Refuses while one below is not approved whose figures are in the organisation's: not one that was founded after the quarter,
/// or lay below another at its end.
async fn all_below_approved(unit: &Unit, context: &Context, place: Id, quarter: Period) -> Result<(), Problem> {
    let mut all = below(unit, context, place).await?;
    let keys: Vec<Id> = all.iter().map(|child| child.id).collect();
    let elsewhere = tree::elsewhere_on(unit, place, &keys, quarter.last()).await?;
    let is_later = |child: &organisation::Model| child.founded_on.is_some_and(|day| day > quarter.last());
    all.retain(|child| !is_later(child) && !elsewhere.contains(&child.id));
    let approved: Vec<Id> = approval::Entity::find()
        .select_only()
        .column(approval::Column::OrganisationId)
        .filter(approval::Column::OrganisationId.is_in(all.iter().map(|child| child.id)))
        .filter(approval::Column::Quarter.eq(quarter.to_string()))
        .filter(approval::Column::State.eq(ApprovalState::Approved))
        .into_tuple()
        .all(unit)
        .await?;
    let open: Vec<_> = all.into_iter().filter(|child| !approved.contains(&child.id)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let names = open.iter().take(5).map(|child| child.name.as_str()).collect::<Vec<_>>().join("、");
    Err(SubmitRefusal::WaitsForBelow { names, count: open.len() }.into())
}

/// 报送季度数据
#[utoipa::path(
    post, path = "/quarter-approvals", tag = "plan", operation_id = "submit_quarter",
    extensions(("x-permission" = json!("plan.submit_quarter"))),
    request_body = SubmitQuarter, responses((status = 201, body = ApprovalRow), SubmitRefusal),
)]
pub async fn post_approval(
    caller: Caller<SubmitQuarters>,
    Json(input): Json<SubmitQuarter>,
) -> Result<(StatusCode, Json<ApprovalRow>), Problem> {
    Ok((StatusCode::CREATED, Json(submit(&caller, &input).await?)))
}
