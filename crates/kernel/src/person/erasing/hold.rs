//! Legal holds: while one stands, a record is not erased, neither on request nor by its term.

use axum::{Json, extract::Path};
use database::{Connection, Id, Moment};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::holds as table;
use crate::{
    Caller, Context, Problem, audit, ledger,
    person::{living, permissions},
    problem::reason,
};

crate::refusals! {
    /// Why a hold is not changed.
    pub enum HoldRefusal {
        /// There is one.
        Standing = 409 "hold_standing" "这份档案已设有法定保留。",
        /// There is none.
        None = 409 "hold_none" "这份档案没有法定保留。",
    }
}

/// Why a hold is placed or lifted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct HoldReason {
    /// The paper or case behind it, 2 to 200 characters.
    pub reason: String,
}

/// A hold that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_at: Moment,
}

/// The hold that stands on a record or on one that was merged into it; the oldest, if both had one.
///
/// # Errors
/// A fault of the database.
pub async fn current(conn: &Connection, person: Id) -> Result<Option<Hold>, Problem> {
    Ok(standing(conn, person).await?.map(shown))
}

fn shown(row: table::Model) -> Hold {
    Hold { reason: row.reason, placed_at: row.placed_at }
}

async fn standing(conn: &Connection, person: Id) -> Result<Option<table::Model>, Problem> {
    let records = ledger::all_of(conn, person).await?;
    let query = table::Entity::find().filter(table::Column::PersonId.is_in(records));
    Ok(query.filter(table::Column::LiftedAt.is_null()).order_by_asc(table::Column::Id).one(conn).await?)
}

/// Places a hold.
///
/// # Errors
/// 404; [`HoldRefusal`]; 409 for a merged record; 422 without a reason.
pub async fn place(caller: &Caller<permissions::Hold>, id: Id, input: &HoldReason) -> Result<Hold, Problem> {
    let context: &Context = caller;
    context
        .unit(|unit| async move {
            let person = living(&unit, context.scope(), id).await?;
            let reason = reason(&input.reason, "请写明法定保留的依据，2 至 200 字。")?;
            if standing(&unit, id).await?.is_some() {
                return Err(HoldRefusal::Standing.into());
            }
            let row = table::ActiveModel {
                id: Set(context.id()),
                person_id: Set(id),
                reason: Set(reason.to_owned()),
                placed_at: Set(context.now().into()),
                placed_by: Set(context.actor().word()),
                lifted_at: Set(None),
                lifted_by: Set(None),
            };
            table::Entity::insert(row).exec_without_returning(&unit).await?;
            let detail = json!({ "reason": reason });
            audit::record(&unit, context, ("people.hold", "kernel/person", id), person.organisation_id, detail).await?;
            Ok(Hold { reason: reason.to_owned(), placed_at: context.now().into() })
        })
        .await
}

/// Lifts the hold.
///
/// # Errors
/// 404; [`HoldRefusal`]; 422 without a reason.
pub async fn lift(caller: &Caller<permissions::Hold>, id: Id, input: &HoldReason) -> Result<(), Problem> {
    let context: &Context = caller;
    context
        .unit(|unit| async move {
            let person = living(&unit, context.scope(), id).await?;
            let reason = reason(&input.reason, "请写明解除法定保留的依据，2 至 200 字。")?;
            let row = standing(&unit, id).await?.ok_or(HoldRefusal::None)?;
            let lifted = table::ActiveModel {
                lifted_at: Set(Some(context.now().into())),
                lifted_by: Set(Some(context.actor().word())),
                ..row.into()
            };
            lifted.update(&unit).await?;
            let act = ("people.lift_hold", "kernel/person", id);
            audit::record(&unit, context, act, person.organisation_id, json!({ "reason": reason })).await
        })
        .await
}

/// 设置法定保留
#[utoipa::path(post, path = "/people/{id}/hold", tag = "person", operation_id = "hold_person",
    extensions(("x-permission" = json!("people.hold"))), params(("id" = Id, Path)), request_body = HoldReason,
    responses((status = 200, body = Hold), HoldRefusal))]
pub(in crate::person) async fn hold_person(
    caller: Caller<permissions::Hold>,
    Path(id): Path<Id>,
    Json(input): Json<HoldReason>,
) -> Result<Json<Hold>, Problem> {
    Ok(Json(place(&caller, id, &input).await?))
}

/// 解除法定保留
#[utoipa::path(post, path = "/people/{id}/lift-hold", tag = "person", operation_id = "lift_hold",
    extensions(("x-permission" = json!("people.hold"))), params(("id" = Id, Path)), request_body = HoldReason,
    responses((status = 204), HoldRefusal))]
pub(in crate::person) async fn lift_hold(
    caller: Caller<permissions::Hold>,
    Path(id): Path<Id>,
    Json(input): Json<HoldReason>,
) -> Result<axum::http::StatusCode, Problem> {
    lift(&caller, id, &input).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
