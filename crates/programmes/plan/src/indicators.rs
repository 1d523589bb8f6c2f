//! Adding, changing and removing an indicator.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
};
use sea_orm::{ActiveModelTrait, Condition, IntoActiveModel, entity::prelude::*};
use serde_json::json;

use crate::{
    approval::lock::{YearRefusal, check_year},
    budget::{paid, pay::kind_for},
    form::IndicatorForm,
    permissions::EditPlans,
    reach,
    stand::year_of,
    tables::{breakdown, budget_line, indicator, manual_value, plan::PlanState, reminder, target},
    view::{IndicatorView, views},
};

kernel::refusals! {
    /// Why an indicator is not removed.
    pub enum RemoveRefusal {
        /// Others work by it already.
        Published = 409 "plan_published" "计划已经发布，指标不能删除；如需停用，请修改名称和口径说明并保留记录。",
        /// Something hangs on it.
        InUse = 409 "indicator_in_use" "这个指标已有填报、经费或催办记录，不能删除。",
    }
}

/// Adds an indicator.
///
/// # Errors
/// 404, [`YearRefusal`], or 422 that names each field.
pub async fn add(caller: &Caller<EditPlans>, plan: Id, form: &IndicatorForm) -> Result<IndicatorView, Problem> {
    let context: &Context = caller;
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let plan = reach::own(&unit, context.scope(), plan).await?;
            check_year(&unit, &plan).await?;
            form.problems(context, year_of(&plan)?).refuse()?;
            form.check(&unit, context, plan.id).await?;
            let model = form.row(id, plan.id, 1);
            let row = indicator::ActiveModel::from(model.clone()).reset_all();
            indicator::Entity::insert(row).exec_without_returning(&unit).await?;
            let detail = json!({ "plan": plan.id, "target": form.target });
            let act = ("plan.add_indicator", "plan/indicator", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await?;
            views(&unit, &[model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Saves an indicator, if nobody else did since the caller looked.
///
/// # Errors
/// 404, 412 naming what changed, [`YearRefusal`], or 422.
pub async fn change(
    caller: &Caller<EditPlans>,
    id: Id,
    seen: &IfMatch,
    form: &IndicatorForm,
) -> Result<IndicatorView, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (plan, before) = reach::own_indicator(&unit, context.scope(), id).await?;
            etag::check(&unit, id, before.version, seen).await?;
            check_year(&unit, &plan).await?;
            form.problems(context, year_of(&plan)?).refuse()?;
            form.check(&unit, context, plan.id).await?;
            let after = form.row(id, plan.id, before.version + 1);
            if after.scale() != before.scale() && has_numbers(&unit, id).await? {
                return Err(Problem::field("unit", "other_scale", OTHER_SCALE));
            }
            let [was, is] = [&before, &after].map(|one| kind_for(context, one, &[]));
            if was != is && has_payments(&unit, id).await? {
                return Err(Problem::field("counting", "paid_otherwise", PAID_OTHERWISE));
            }
            let fields = etag::changed(&IndicatorForm::of(&before), &IndicatorForm::of(&after));
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, after.version, &fields).await?;
            let detail = json!({ "fields": fields, "target": [before.target, after.target] });
            let act = ("plan.change_indicator", "plan/indicator", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await?;
            views(&unit, &[after]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// What was recorded or given as a count would be read as a share, or as money.
const OTHER_SCALE: &str = "这项指标已有填报或下达的数值，不能在数量、比率、金额之间改换；请新增一项指标。";

/// Whether numbers stand that are read on an indicator's scale.
async fn has_numbers(unit: &Unit, id: Id) -> Result<bool, Problem> {
    let set = Condition::any().add(target::Column::Assigned.is_not_null()).add(target::Column::Raised.is_not_null());
    let targets = target::Entity::find().filter(target::Column::IndicatorId.eq(id)).filter(set);
    let values = manual_value::Entity::find().filter(manual_value::Column::IndicatorId.eq(id));
    Ok(targets.count(unit).await? + values.count(unit).await? > 0)
}

/// What was paid stands in the ledger as the indicator counted, and would count twice, or nowhere.
const PAID_OTHERWISE: &str =
    "这项指标的经费已有支付，已按原来的计数方式计入台账，不能再改；请新增一项指标，或先冲销支付。";

/// Whether anything was paid for an indicator.
async fn has_payments(unit: &Unit, id: Id) -> Result<bool, Problem> {
    let lines = budget_line::Entity::find().filter(budget_line::Column::IndicatorId.eq(id)).all(unit).await?;
    Ok(!paid(unit, &lines.iter().map(|line| line.id).collect::<Vec<_>>()).await?.is_empty())
}

/// Removes an indicator of a draft.
///
/// # Errors
/// 404, [`RemoveRefusal`].
pub async fn remove(caller: &Caller<EditPlans>, id: Id) -> Result<(), Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (plan, found) = reach::own_indicator(&unit, context.scope(), id).await?;
            if plan.state == PlanState::Published {
                return Err(RemoveRefusal::Published.into());
            }
            let values = manual_value::Entity::find().filter(manual_value::Column::IndicatorId.eq(id));
            let lines = budget_line::Entity::find().filter(budget_line::Column::IndicatorId.eq(id));
            let reminders = reminder::Entity::find().filter(reminder::Column::IndicatorId.eq(id));
            if values.count(&unit).await? + lines.count(&unit).await? + reminders.count(&unit).await? > 0 {
                return Err(RemoveRefusal::InUse.into());
            }
            target::Entity::delete_many().filter(target::Column::IndicatorId.eq(id)).exec(&unit).await?;
            breakdown::Entity::delete_many().filter(breakdown::Column::IndicatorId.eq(id)).exec(&unit).await?;
            indicator::Entity::delete_by_id(id).exec(&unit).await?;
            let detail = json!({ "plan": plan.id, "name": found.name });
            let act = ("plan.remove_indicator", "plan/indicator", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await
        })
        .await
}

/// 新增指标
#[utoipa::path(
    post, path = "/plans/{id}/indicators", tag = "plan", operation_id = "add_indicator",
    extensions(("x-permission" = json!("plan.edit"))), params(("id" = Id, Path)),
    request_body = IndicatorForm, responses((status = 201, body = IndicatorView), YearRefusal),
)]
pub async fn post_indicator(
    caller: Caller<EditPlans>,
    Path(id): Path<Id>,
    Json(form): Json<IndicatorForm>,
) -> Result<impl IntoResponse, Problem> {
    let view = add(&caller, id, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(view.version), Json(view)))
}

/// 修改指标
#[utoipa::path(
    put, path = "/indicators/{id}", tag = "plan", operation_id = "change_indicator",
    extensions(("x-permission" = json!("plan.edit"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = IndicatorForm,
    responses((status = 200, body = IndicatorView, headers(("etag" = String))), YearRefusal),
)]
pub async fn put_indicator(
    caller: Caller<EditPlans>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<IndicatorForm>,
) -> Result<impl IntoResponse, Problem> {
    let view = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(view.version), Json(view)))
}

/// 删除指标
#[utoipa::path(
    delete, path = "/indicators/{id}", tag = "plan", operation_id = "remove_indicator",
    extensions(("x-permission" = json!("plan.edit"))), params(("id" = Id, Path)),
    responses((status = 204), RemoveRefusal),
)]
pub async fn delete_indicator(caller: Caller<EditPlans>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    remove(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
