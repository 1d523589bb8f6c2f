//! The second officer's answer. Nobody approves what he asked for himself.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    permissions::Approve,
    tables::{ActiveModel, Column, Entity, ExportState, Model},
    view::{self, ExportView},
    work::{JOB, note},
};
use crate::{Actor, Caller, Context, Problem, outbox, problem::reason};

crate::refusals! {
    /// Why an answer is not taken.
    pub enum DecideRefusal {
        /// Four eyes.
        Own = 409 "export_own" "不能批准自己申请的导出，请由另一名干部办理。",
        /// Answered, cancelled or lapsed.
        NotWaiting = 409 "export_not_waiting" "这个导出不在等待批准，请刷新后查看。",
    }
}

/// Why an export is refused.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct RefuseExport {
    /// Why, 2 to 200 characters; whoever asked reads it.
    pub reason: String,
}

/// Approves an export; it is written at once.
///
/// # Errors
/// 403 for another system; 404 if it is absent or out of scope; [`DecideRefusal`].
pub async fn approve(caller: &Caller<Approve>, id: Id) -> Result<ExportView, Problem> {
    let context: &Context = caller;
    context
        .unit(|unit| async move {
            let export = waiting(&unit, context, id).await?;
            let row = ActiveModel {
                id: Set(id),
                state: Set(ExportState::Queued),
                decided_by: Set(Some(context.actor().word())),
                decided_at: Set(Some(context.now().into())),
                ..Default::default()
            };
            Entity::update(row).exec(&unit).await?;
            outbox::enqueue(&unit, context, JOB.code, &id, context.now().into()).await?;
            let detail = json!({ "rows": export.rows, "for": export.actor });
            note(&unit, context, "exports.approve", &export, detail).await
        })
        .await?;
    view::of(context, id).await
}

/// Refuses an export.
///
/// # Errors
/// 403 for another system; 404 if it is absent or out of scope; [`DecideRefusal`]; 422 without a reason.
pub async fn refuse(caller: &Caller<Approve>, id: Id, input: &RefuseExport) -> Result<ExportView, Problem> {
    let context: &Context = caller;
    context
        .unit(|unit| async move {
            let export = waiting(&unit, context, id).await?;
            let reason = reason(&input.reason, "请写明不批准的原因，2 至 200 字；申请人会看到。")?;
            let row = ActiveModel {
                id: Set(id),
                state: Set(ExportState::Refused),
                decided_by: Set(Some(context.actor().word())),
                decided_at: Set(Some(context.now().into())),
                answer: Set(Some(reason.to_owned())),
                ..Default::default()
            };
            Entity::update(row).exec(&unit).await?;
            let detail = json!({ "for": export.actor, "reason": reason });
            note(&unit, context, "exports.refuse", &export, detail).await
        })
        .await?;
    view::of(context, id).await
}

async fn waiting(unit: &Unit, context: &Context, id: Id) -> Result<Model, Problem> {
    // A human decides: whoever made the token may be the one who asked.
    if matches!(context.actor(), Actor::Token { .. }) {
        return Err(Problem::forbidden());
    }
    let query = Entity::find_by_id(id).filter(context.scope().within((Entity, Column::OrganisationId)));
    let export = query.one(unit).await?.ok_or_else(Problem::not_found)?;
    if export.actor == context.actor().word() {
        return Err(DecideRefusal::Own.into());
    }
    if export.state != ExportState::Waiting {
        return Err(DecideRefusal::NotWaiting.into());
    }
    Ok(export)
}

/// 批准导出
#[utoipa::path(post, path = "/exports/{id}/approve", tag = "export", operation_id = "approve_export",
    extensions(("x-permission" = json!("export.approve"))), params(("id" = Id, Path)),
    responses((status = 200, body = ExportView), DecideRefusal))]
pub(super) async fn approve_export(caller: Caller<Approve>, Path(id): Path<Id>) -> Result<Json<ExportView>, Problem> {
    Ok(Json(approve(&caller, id).await?))
}

/// 不批准导出
#[utoipa::path(post, path = "/exports/{id}/refuse", tag = "export", operation_id = "refuse_export",
    extensions(("x-permission" = json!("export.approve"))), params(("id" = Id, Path)), request_body = RefuseExport,
    responses((status = 200, body = ExportView), DecideRefusal))]
pub(super) async fn refuse_export(
    caller: Caller<Approve>,
    Path(id): Path<Id>,
    Json(input): Json<RefuseExport>,
) -> Result<Json<ExportView>, Problem> {
    Ok(Json(refuse(&caller, id, &input).await?))
}
