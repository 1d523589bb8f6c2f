//! Setting values aside that can't be opened, so that the rotation of the key can end without them. Nothing of them is
//! changed or deleted; which bytes they were stands in the audit chain.

use std::collections::BTreeSet;

use axum::{Json, http::StatusCode};
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    damage, follow,
    list::{KeyRefusal, whole},
    reseal::{self, At},
    sealed, tables,
};
use crate::{Caller, Context, Problem, access::permissions::ManageKeys, audit, outbox, problem};

/// Which values are set aside, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SetAside {
    /// Their keys in the list.
    #[schema(min_items = 1, max_items = 200)]
    pub ids: Vec<Id>,
    /// Why, 2 to 200 characters.
    pub reason: String,
}

/// Sets values aside. With the last of them the job goes on, which ends the rotation.
///
/// # Errors
/// [`KeyRefusal`], 404 if one is not in the list or was set aside before, 422 without a reason.
pub async fn set_aside(caller: &Caller<ManageKeys>, input: &SetAside) -> Result<(), Problem> {
    let reason = problem::reason(&input.reason, "请填写搁置原因，2 至 200 字。")?;
    let ids: &BTreeSet<Id> = &input.ids.iter().copied().collect();
    if ids.is_empty() {
        return Err(Problem::field("ids", "none", "请选择要搁置的数据。"));
    }
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            let found = damage::Entity::find()
                .filter(damage::Column::Id.is_in(ids.iter().copied()))
                .filter(damage::Column::SetAsideAt.is_null())
                .order_by_asc(damage::Column::Id);
            let found = found.all(&unit).await?;
            if found.len() != ids.len() {
                return Err(Problem::not_found());
            }
            let Some(newest) = tables::Entity::find().order_by_desc(tables::Column::Version).one(&unit).await? else {
                return Err(Problem::not_found());
            };
            let version = follow::number(&newest);
            for one in &found {
                lay_aside(&unit, caller, one, version, reason).await?;
            }
            if newest.done_at.is_none() && damage::unopened(&unit).await? == 0 {
                let at = At::beginning(version);
                outbox::enqueue(&unit, caller, reseal::JOB.code, &at, caller.now().into()).await?;
            }
            Ok(())
        })
        .await
}

async fn lay_aside(
    unit: &Unit,
    context: &Context,
    found: &damage::Model,
    version: u16,
    reason: &str,
) -> Result<(), Problem> {
    let column =
        sealed::all(context.house()).find(|column| column.table == found.in_table && column.column == found.in_column);
    let bytes = match column {
        Some(column) => column.bytes(unit, &found.keys(), version).await?,
        None => None,
    };
    if bytes.is_some() {
        let row = damage::ActiveModel {
            id: Set(found.id),
            set_aside_at: Set(Some(context.now().into())),
            set_aside_by: Set(Some(context.actor().word())),
            reason: Set(Some(reason.to_owned())),
            ..Default::default()
        };
        damage::Entity::update(row).exec(unit).await?;
    } else {
        // Its row is gone, or it was written anew since: there is nothing to be opened any more.
        damage::Entity::delete_by_id(found.id).exec(unit).await?;
    }
    let act = ("keys.set_aside", "kernel/sealed_value", Id(found.first_key));
    let detail = json!({
        "table": found.in_table, "column": found.in_column, "row": found.row(), "key_version": found.sealed_under,
        "sm3": bytes.as_deref().map(secret::digest::sm3_hex), "gone": bytes.is_none(), "reason": reason,
    });
    audit::record(unit, context, act, None, detail).await
}

/// 搁置无法解密的数据
#[utoipa::path(post, path = "/keys/set-aside", tag = "access", operation_id = "set_values_aside",
    extensions(("x-permission" = json!("access.keys"))), request_body = SetAside,
    responses((status = 204, description = "已搁置"), KeyRefusal))]
pub(super) async fn post_set_aside(
    caller: Caller<ManageKeys>,
    Json(input): Json<SetAside>,
) -> Result<StatusCode, Problem> {
    set_aside(&caller, &input).await?;
    Ok(StatusCode::NO_CONTENT)
}
