//! Taking back a value that was recorded by hand: for the wrong union or day, say. The row stays and says why.

use axum::{Json, extract::Path, http::StatusCode};
use database::Id;
use kernel::{Caller, Context, Problem, audit, organisation, problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use crate::{
    approval::lock, budget::reverse::ReverseReason, permissions::RecordValues, record_value::stands,
    tables::manual_value,
};

kernel::refusals! {
    /// Why a value is not taken back.
    pub enum ReverseValueRefusal {
        /// It was before.
        Already = 409 "value_reversed" "这次填报已经冲销。",
    }
}

/// Takes a value back; what was told before it, or by those below, holds again.
///
/// # Errors
/// 404, 422 without a reason, [`ReverseValueRefusal`].
pub async fn reverse(caller: &Caller<RecordValues>, id: Id, input: &ReverseReason) -> Result<(), Problem> {
    let reason = problem::reason(&input.reason, "请填写冲销原因（2至200字）。")?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let found = manual_value::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let place = organisation::get(&unit, context.scope(), found.organisation_id).await?;
            if found.reversed_at.is_some() {
                return Err(ReverseValueRefusal::Already.into());
            }
            let indicator = found.indicator_id;
            let days = stands(&unit, context, indicator, (place.id, found.day)).await?;
            lock::check(&unit, place.id, days).await?;
            let detail = json!({ "value": found.value, "day": found.day, "reason": reason });
            let row = manual_value::ActiveModel {
                reversed_at: Set(Some(context.now().into())),
                reversed_because: Set(Some(reason.to_owned())),
                ..found.into()
            };
            row.update(&unit).await?;
            audit::record(&unit, context, ("plan.reverse_value", "plan/indicator", indicator), place.id, detail).await
        })
        .await
}

/// 冲销手工填报
#[utoipa::path(
    post, path = "/indicator-values/{id}/reverse", tag = "plan", operation_id = "reverse_value",
    extensions(("x-permission" = json!("plan.record"))), params(("id" = Id, Path)),
    request_body = ReverseReason, responses((status = 204, description = "已冲销"), ReverseValueRefusal),
)]
pub async fn post_reverse(
    caller: Caller<RecordValues>,
    Path(id): Path<Id>,
    Json(input): Json<ReverseReason>,
) -> Result<StatusCode, Problem> {
    reverse(&caller, id, &input).await?;
    Ok(StatusCode::NO_CONTENT)
}
