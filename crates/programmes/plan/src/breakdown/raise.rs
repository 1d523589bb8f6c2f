//! Setting a higher target for oneself than the level above gave.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{
    Caller, Context, Problem, audit,
    organisation::{self, tree},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Breakdown, BreakdownParams, breakdown};
use crate::{approval::lock, permissions::BreakDown, reach, tables::target, targets::given};

kernel::refusals! {
    /// Why a target is not raised.
    pub enum RaiseRefusal {
        /// Only upward.
        NotHigher = 422 "not_higher" "自定目标应高于上级下达的目标，比率不能超过100%；要撤销加码请留空。",
        /// The plan's own organisation changes the plan.
        OwnPlan = 409 "own_plan" "这是本单位自己的计划，请直接修改指标。",
    }
}

/// A higher target of one's own.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Raise {
    /// Whose target.
    pub organisation_id: Id,
    /// The target, on the indicator's scale; absent to take it back.
    pub value: Option<i64>,
}

/// Raises one's own target, or takes that back.
///
/// # Errors
/// 404, [`RaiseRefusal`], [`lock::YearRefusal`].
pub async fn raise(caller: &Caller<BreakDown>, id: Id, input: Raise) -> Result<Breakdown, Problem> {
    let context: &Context = caller;
    let written = context.unit(|unit| async move {
        let (plan, indicator) = reach::seen_indicator(&unit, context.scope(), id).await?;
        let place = organisation::get(&unit, context.scope(), input.organisation_id).await?;
        if plan.organisation_id == place.id {
            return Err(RaiseRefusal::OwnPlan.into());
        }
        if !tree::is_below(&unit, plan.organisation_id, place.id).await? {
            return Err(Problem::not_found());
        }
        lock::check_year(&unit, &plan).await?;
        let query = target::Entity::find()
            .filter(target::Column::IndicatorId.eq(id))
            .filter(target::Column::OrganisationId.eq(place.id));
        let assigned = query.one(&unit).await?.and_then(|row| row.assigned);
        let least = given(&indicator, assigned).map_or(0, |(given, _)| given);
        if input.value.is_some_and(|value| value <= least || value > indicator.scale().most()) {
            return Err(RaiseRefusal::NotHigher.into());
        }
        let row = target::ActiveModel {
            id: Set(context.id()),
            indicator_id: Set(id),
            organisation_id: Set(place.id),
            assigned: Set(assigned),
            raised: Set(input.value),
            set_at: Set(context.now().into()),
        };
        let again = OnConflict::columns([target::Column::IndicatorId, target::Column::OrganisationId])
            .update_columns([target::Column::Raised, target::Column::SetAt])
            .to_owned();
        target::Entity::insert(row).on_conflict(again).exec_without_returning(&unit).await?;
        let detail = json!({ "assigned": assigned, "raised": input.value });
        audit::record(&unit, context, ("plan.raise", "plan/indicator", id), place.id, detail).await
    });
    written.await?;
    let params = BreakdownParams { organisation: Some(input.organisation_id), ..BreakdownParams::default() };
    breakdown(context, id, &params).await
}

/// 自行加码
#[utoipa::path(
    post, path = "/indicators/{id}/raise", tag = "plan", operation_id = "raise_target",
    extensions(("x-permission" = json!("plan.break_down"))), params(("id" = Id, Path)),
    request_body = Raise, responses((status = 200, body = Breakdown), RaiseRefusal, lock::YearRefusal),
)]
pub async fn post_raise(
    caller: Caller<BreakDown>,
    Path(id): Path<Id>,
    Json(input): Json<Raise>,
) -> Result<Json<Breakdown>, Problem> {
    raise(&caller, id, input).await.map(Json)
}
