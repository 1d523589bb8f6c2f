//! Settling a month with a place: from then on its statement stands still.

use std::collections::BTreeSet;

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Context, Fault, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SettlementRefusal, figures, note, still,
    view::{SettlementView, view},
};
use crate::{
    permissions::Settle,
    rules::settlement::{Line, sum},
    tables::{
        dispute,
        settlement::{self, ActiveModel, Column, Entity, SettlementState},
    },
};

/// What whoever settles or confirms has looked at.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SeenStatement {
    /// So many pieces.
    pub pieces: i64,
    /// So many fen.
    pub amount_fen: i64,
    /// These lines; nothing where only the sums were looked at, as in a list.
    #[serde(default)]
    pub lines: Option<Vec<SeenLine>>,
}

/// A line of a statement that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct SeenLine {
    /// The offer.
    pub offer_id: Id,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// So many pieces.
    pub pieces: i64,
}

impl SeenStatement {
    /// Whether these are the lines that were looked at: two offers of one price may have changed places under the same sums.
    pub(super) fn shows(&self, lines: &[Line]) -> bool {
        let line = |line: &Line| SeenLine { offer_id: line.offer, unit_fen: line.unit_fen, pieces: line.pieces() };
        let now: BTreeSet<SeenLine> = lines.iter().map(line).collect();
        self.lines.as_ref().is_none_or(|seen| seen.iter().cloned().collect::<BTreeSet<_>>() == now)
    }
}

/// Settles a statement as it was looked at.
///
/// # Errors
/// 404 if it is absent or foreign, [`SettlementRefusal`].
pub(super) async fn one(unit: &Unit, context: &Context, id: Id, seen: &SeenStatement) -> Result<(), Problem> {
    let statement = settlement::in_scope(unit, context.scope(), id).await?;
    let lines = figures::lines_on(unit, id).await?;
    still(&statement, context.today(), (seen, &lines))?;
    let waiting = dispute::Entity::find()
        .filter(dispute::Column::SettlementId.eq(id))
        .filter(dispute::Column::AnsweredAt.is_null())
        .count(unit)
        .await?;
    if waiting > 0 {
        return Err(SettlementRefusal::Disputed { count: waiting }.into());
    }
    let counted = sum(&lines);
    if (counted.pieces, counted.amount_fen) != (statement.pieces, statement.amount_fen) {
        return Err(Fault::Stored(format!("statement {id} does not come to its redemptions")).into());
    }
    let row = ActiveModel {
        state: Set(SettlementState::Settled),
        settled_at: Set(Some(context.now().into())),
        settled_by: Set(Some(context.actor().word())),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(unit).await?;
    let detail = json!({ "month": statement.month, "amount_fen": statement.amount_fen });
    note(unit, context, "benefits.settle", &statement, detail).await
}

/// Settles.
///
/// # Errors
/// 404 if the statement is absent or foreign, [`SettlementRefusal`].
pub async fn settle(caller: &Caller<Settle>, id: Id, seen: &SeenStatement) -> Result<SettlementView, Problem> {
    caller
        .unit(|unit| async move {
            one(&unit, caller, id, seen).await?;
            let statement = settlement::in_scope(&unit, caller.scope(), id).await?;
            view(&unit, caller, statement).await
        })
        .await
}

/// 结算
#[utoipa::path(
    post, path = "/benefit-settlements/{id}/settle", tag = "benefit", operation_id = "settle_statement",
    extensions(("x-permission" = json!("benefit.settle"))),
    params(("id" = Id, Path)), request_body = SeenStatement,
    responses((status = 200, body = SettlementView), SettlementRefusal),
)]
pub async fn post_settle(
    caller: Caller<Settle>,
    Path(id): Path<Id>,
    Json(seen): Json<SeenStatement>,
) -> Result<Json<SettlementView>, Problem> {
    settle(&caller, id, &seen).await.map(Json)
}
