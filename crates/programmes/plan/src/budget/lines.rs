//! Adding and changing a budget's lines.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::{Connection, Id};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    problem,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{BudgetLine, own_line, paid, pay::kind, views};
use crate::{
    permissions::KeepBudget,
    reach,
    tables::{budget_line, indicator},
};

kernel::refusals! {
    /// Why a line is not changed.
    pub enum LineRefusal {
        /// More was paid already.
        BelowPaid = 409 "below_paid" "预算额不能低于已支付的金额，请先核对支付记录。",
        /// What was paid stands in the ledger as the indicator before counts it.
        OtherKind = 409 "paid_otherwise" "该项目已有支付，已按原来的指标计入台账，不能改到计数方式不同的指标；请新增经费项目，或先冲销支付。",
    }
}

/// What officers fill in about a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineForm {
    /// What for.
    #[schema(min_length = 2, max_length = 60)]
    pub name: String,
    /// How much, in fen.
    #[schema(minimum = 1)]
    pub allotted_fen: i64,
    /// The indicator it pays for.
    pub indicator_id: Option<Id>,
}

impl LineForm {
    async fn check(&self, conn: &Connection, plan: Id) -> Result<(), Problem> {
        problem::words("name", &self.name, 2..=60, "请填写经费项目名称（2至60字）。")?;
        if !(1..=crate::rules::scale::MOST).contains(&self.allotted_fen) {
            return Err(Problem::field("allotted_fen", "allotted_fen", "预算额应大于零。"));
        }
        if let Some(id) = self.indicator_id {
            let query = indicator::Entity::find_by_id(id).filter(indicator::Column::PlanId.eq(plan));
            let missing = || Problem::field("indicator_id", "indicator", "请选择本计划的指标。");
            query.one(conn).await?.ok_or_else(missing)?;
        }
        Ok(())
    }
}

/// Adds a line.
///
/// # Errors
/// 404 or 422.
pub async fn add(caller: &Caller<KeepBudget>, plan: Id, form: &LineForm) -> Result<BudgetLine, Problem> {
    let (context, id): (&Context, Id) = (caller, caller.id());
    caller
        .unit(|unit| async move {
            let plan = reach::own(&unit, context.scope(), plan).await?;
            form.check(&unit, plan.id).await?;
            let lines =
                budget_line::Entity::find().filter(budget_line::Column::PlanId.eq(plan.id)).count(&unit).await?;
            let model = budget_line::Model {
                id,
                plan_id: plan.id,
                name: form.name.trim().to_owned(),
                allotted_fen: form.allotted_fen,
                indicator_id: form.indicator_id,
                sort: i32::try_from(lines).unwrap_or(i32::MAX),
                version: 1,
            };
            let row = model.clone().into_active_model().reset_all();
            budget_line::Entity::insert(row).exec_without_returning(&unit).await?;
            let detail = json!({ "allotted_fen": form.allotted_fen });
            let act = ("plan.add_line", "plan/budget_line", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await?;
            views(&unit, vec![model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Changes a line, if nobody else did since the caller looked.
///
/// # Errors
/// 404, 412, 422, [`LineRefusal`].
pub async fn change(
    caller: &Caller<KeepBudget>,
    id: Id,
    seen: &IfMatch,
    form: &LineForm,
) -> Result<BudgetLine, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (before, plan) = own_line(&unit, context, id).await?;
            etag::check(&unit, id, before.version, seen).await?;
            form.check(&unit, before.plan_id).await?;
            let paid = paid(&unit, &[id]).await?.get(&id).copied();
            if paid.is_some_and(|paid| paid > form.allotted_fen) {
                return Err(LineRefusal::BelowPaid.into());
            }
            let after = budget_line::Model {
                name: form.name.trim().to_owned(),
                allotted_fen: form.allotted_fen,
                indicator_id: form.indicator_id,
                version: before.version + 1,
                ..before.clone()
            };
            if paid.is_some() && kind(&unit, context, &before, &[]).await? != kind(&unit, context, &after, &[]).await? {
                return Err(LineRefusal::OtherKind.into());
            }
            let of = |model: &budget_line::Model| LineForm {
                name: model.name.clone(),
                allotted_fen: model.allotted_fen,
                indicator_id: model.indicator_id,
            };
            let fields = etag::changed(&of(&before), &of(&after));
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, after.version, &fields).await?;
            let detail = json!({ "fields": fields, "allotted_fen": [before.allotted_fen, after.allotted_fen] });
            let act = ("plan.change_line", "plan/budget_line", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await?;
            views(&unit, vec![after]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 新增经费项目
#[utoipa::path(
    post, path = "/plans/{id}/budget", tag = "plan", operation_id = "add_budget_line",
    extensions(("x-permission" = json!("plan.budget"))), params(("id" = Id, Path)),
    request_body = LineForm, responses((status = 201, body = BudgetLine)),
)]
pub async fn post_line(
    caller: Caller<KeepBudget>,
    Path(id): Path<Id>,
    Json(form): Json<LineForm>,
) -> Result<impl IntoResponse, Problem> {
    let line = add(&caller, id, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(line.version), Json(line)))
}

/// 修改经费项目
#[utoipa::path(
    put, path = "/budget-lines/{id}", tag = "plan", operation_id = "change_budget_line",
    extensions(("x-permission" = json!("plan.budget"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = LineForm, responses((status = 200, body = BudgetLine, headers(("etag" = String))), LineRefusal),
)]
pub async fn put_line(
    caller: Caller<KeepBudget>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<LineForm>,
) -> Result<impl IntoResponse, Problem> {
    let line = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(line.version), Json(line)))
}
