//! Cancelling an export that one asked for, also in the middle of its writing, and also to take the file away early.

use axum::{Json, extract::Path};
use database::Id;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::Value;

use super::{
    list::own,
    store,
    tables::{ActiveModel, Entity, ExportState},
    view::{self, ExportView},
    work::note,
};
use crate::{Caller, Context, Problem, permission::LoggedIn};

crate::refusals! {
    /// Why nothing is cancelled.
    pub enum CancelRefusal {
        /// It is over.
        Over = 409 "export_over" "这个导出已经结束，不能取消。",
    }
}

/// Cancels an export.
///
/// # Errors
/// 404 if it is absent or another's; [`CancelRefusal`].
pub async fn cancel(caller: &Caller<LoggedIn>, id: Id) -> Result<ExportView, Problem> {
    let context: &Context = caller;
    context
        .unit(|unit| async move {
            let export = own(&unit, context, id).await?;
            if !ExportState::OPEN.contains(&export.state) && export.state != ExportState::Done {
                return Err(CancelRefusal::Over.into());
            }
            let row = ActiveModel { id: Set(id), state: Set(ExportState::Cancelled), ..Default::default() };
            Entity::update(row).exec(&unit).await?;
            store::clear(&unit, id).await?;
            note(&unit, context, "exports.cancel", &export, Value::Null).await
        })
        .await?;
    view::of(context, id).await
}

/// 取消导出
#[utoipa::path(post, path = "/exports/{id}/cancel", tag = "export", operation_id = "cancel_export",
    extensions(("x-permission" = json!("logged_in"))), params(("id" = Id, Path)),
    responses((status = 200, body = ExportView), CancelRefusal))]
pub(super) async fn cancel_export(caller: Caller<LoggedIn>, Path(id): Path<Id>) -> Result<Json<ExportView>, Problem> {
    Ok(Json(cancel(&caller, id).await?))
}
