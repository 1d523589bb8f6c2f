//! A line of a statement that a place does not agree with: said by the place itself, or written down by an officer whom it
//! told.

use axum::{Json, extract::Path, http::StatusCode};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SettlementRefusal, figures, note,
    view::{SettlementView, view},
};
use crate::{
    permissions::Settle,
    tables::{
        dispute,
        settlement::{self, SettlementState},
    },
};

kernel::refusals! {
    /// Why nothing is disputed.
    pub enum DisputeRefusal {
        /// The statement has no such line.
        NoLine = 404 "statement_without_line" "结算单里没有这一项，请刷新后查看。",
        /// The line is disputed already.
        Disputed = 409 "line_disputed" "这一项已经提出异议，请等待答复。",
    }
}

/// What is not agreed with.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewDispute {
    /// The line: the offer.
    pub offer_id: Id,
    /// Why, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

/// Disputes a line of an open statement.
///
/// # Errors
/// [`SettlementRefusal`], [`DisputeRefusal`], 422 without a reason.
pub(super) async fn raise(
    unit: &Unit,
    context: &Context,
    (statement, by_partner): (&settlement::Model, bool),
    form: &NewDispute,
) -> Result<(), Problem> {
    let reason = problem::reason(&form.reason, "请写明哪里不对（2至200字）。")?;
    if statement.state == SettlementState::Settled {
        return Err(SettlementRefusal::Settled.into());
    }
    let lines = figures::lines_on(unit, statement.id).await?;
    if lines.iter().all(|line| line.offer != form.offer_id) {
        return Err(DisputeRefusal::NoLine.into());
    }
    let waiting = dispute::Entity::find()
        .filter(dispute::Column::SettlementId.eq(statement.id))
        .filter(dispute::Column::OfferId.eq(form.offer_id))
        .filter(dispute::Column::AnsweredAt.is_null());
    if waiting.one(unit).await?.is_some() {
        return Err(DisputeRefusal::Disputed.into());
    }
    let row = dispute::ActiveModel {
        id: Set(context.id()),
        settlement_id: Set(statement.id),
        organisation_id: Set(statement.organisation_id),
        offer_id: Set(form.offer_id),
        reason: Set(reason.to_owned()),
        by_partner: Set(by_partner),
        actor: Set(context.actor().word()),
        raised_at: Set(context.now().into()),
        answer: Set(None),
        adjusted: Set(0),
        answered_by: Set(None),
        answered_at: Set(None),
    };
    database::insert::<dispute::Entity>(unit, row)?;
    let detail = json!({ "offer": form.offer_id, "by_partner": by_partner });
    note(unit, context, "benefits.dispute", statement, detail).await
}

/// An officer writes down what a place told him.
///
/// # Errors
/// 404 if the statement is absent or foreign, [`SettlementRefusal`], [`DisputeRefusal`], 422 without a reason.
pub async fn dispute(caller: &Caller<Settle>, id: Id, form: &NewDispute) -> Result<SettlementView, Problem> {
    caller
        .unit(|unit| async move {
            let statement = settlement::in_scope(&unit, caller.scope(), id).await?;
            raise(&unit, caller, (&statement, false), form).await?;
            view(&unit, caller, statement).await
        })
        .await
}

/// 登记结算单异议
#[utoipa::path(
    post, path = "/benefit-settlements/{id}/disputes", tag = "benefit", operation_id = "dispute_settlement",
    extensions(("x-permission" = json!("benefit.settle"))),
    params(("id" = Id, Path)), request_body = NewDispute,
    responses((status = 201, body = SettlementView), SettlementRefusal, DisputeRefusal),
)]
pub async fn post_dispute(
    caller: Caller<Settle>,
    Path(id): Path<Id>,
    Json(form): Json<NewDispute>,
) -> Result<(StatusCode, Json<SettlementView>), Problem> {
    Ok((StatusCode::CREATED, Json(dispute(&caller, id, &form).await?)))
}
