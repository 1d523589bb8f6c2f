//! Taking an entry of dues back that was a mistake. It stays, with the reason, and the month may be entered again.

use axum::{Json, extract::Path, http::StatusCode};
use database::Id;
use kernel::{Caller, Context, Problem, audit, problem::reason};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{permissions::KeepDues, tables::due};

kernel::refusals! {
    /// Why an entry is not taken back.
    pub enum DuesBackRefusal {
        /// It was before.
        Already = 409 "already_taken_back" "这笔会费登记已经撤回，请刷新后查看。",
    }
}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuesTakenBack {
    /// Why, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Takes an entry back.
///
/// # Errors
/// 404, 422, [`DuesBackRefusal`].
pub async fn take_back(caller: &Caller<KeepDues>, id: Id, input: &DuesTakenBack) -> Result<(), Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let own = context.scope().within((due::Entity, due::Column::OrganisationId));
            let found = due::Entity::find_by_id(id).filter(own).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let why = reason(&input.reason, "请写明为什么撤回（2 至 200 字）。")?;
            if found.standing_member_id.is_none() {
                return Err(DuesBackRefusal::Already.into());
            }
            let row = due::ActiveModel {
                id: Set(id),
                taken_back: Set(Some(why.to_owned())),
                standing_member_id: Set(None),
                ..Default::default()
            };
            row.update(&unit).await?;
            let detail = serde_json::json!({ "month": found.month, "amount_fen": found.amount_fen, "reason": why });
            audit::record(&unit, context, ("dues.take_back", "membership/due", id), found.organisation_id, detail).await
        })
        .await
}

/// 撤回会费登记
#[utoipa::path(
    post, path = "/dues/{id}/take-back", tag = "dues", operation_id = "take_dues_back",
    extensions(("x-permission" = json!("membership.keep_dues"))), params(("id" = Id, Path)),
    request_body = DuesTakenBack, responses((status = 204), DuesBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<KeepDues>,
    Path(id): Path<Id>,
    Json(input): Json<DuesTakenBack>,
) -> Result<StatusCode, Problem> {
    take_back(&caller, id, &input).await.map(|()| StatusCode::NO_CONTENT)
}
