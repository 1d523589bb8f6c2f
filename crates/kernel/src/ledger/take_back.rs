use axum::{Json, extract::Path};
use database::{Id, Unit};
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{ReverseRefusal, fact, hand_entry, note, permissions::Reverse, record::Recorded, reverse};
use crate::{Caller, Context, Problem, audit, problem};

crate::refusals! {
    /// Why a fact is not taken back by hand.
    pub enum TakeBackRefusal {
        /// It tells of something that a programme keeps, and would no longer agree with it.
        OfProgramme = 409 "of_programme" "这条记录由业务系统自动记入台账，不能直接冲销；请到来源页面更正，台账会随之改变。",
    }
}

/// Why a fact is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TakeBack {
    /// The reason, 2 to 200 characters; it stands beside the reversal and in the audit chain.
    pub reason: String,
}

/// Takes a fact back by hand, with a reason; one that was recorded by hand. A programme records facts of the same kinds, and
/// keeps what they tell of.
///
/// # Errors
/// 404, [`TakeBackRefusal`], [`ReverseRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<Reverse>, fact: Id, input: &TakeBack) -> Result<Recorded, Problem> {
    let reason = problem::reason(&input.reason, "请填写冲销原因，2 至 200 字。")?;
    let context: &Context = caller;
    caller.unit(|unit| async move { work(&unit, context, fact, reason).await }).await
}

async fn work(unit: &Unit, context: &Context, fact: Id, reason: &str) -> Result<Recorded, Problem> {
    let within = context.scope().within((fact::Entity, fact::Column::OrganisationId));
    let original = fact::Entity::find().filter(fact::Column::Id.eq(fact)).filter(within).one(unit).await?;
    let original = original.ok_or_else(Problem::not_found)?;
    if ![note::SOURCE, note::REVERSAL].contains(&original.source_kind.as_str()) {
        return Err(TakeBackRefusal::OfProgramme.into());
    }
    hand_entry::allowed(unit, context, original.organisation_id, original.day).await?;
    let source = note::write(unit, context, note::REVERSAL, reason).await?;
    let id = reverse(unit, context, fact, source).await?;
    let detail = json!({ "kind": original.kind, "source": original.source_kind, "by": id, "reason": reason });
    audit::record(unit, context, ("ledger.reverse", "ledger/fact", fact), original.organisation_id, detail).await?;
    Ok(Recorded { id })
}

#[utoipa::path(post, path = "/facts/{id}/reverse", tag = "ledger", operation_id = "reverse_fact",
    extensions(("x-permission" = json!("ledger.reverse"))), params(("id" = Id, Path)), request_body = TakeBack,
    responses((status = 200, body = Recorded), TakeBackRefusal, ReverseRefusal))]
pub(super) async fn reverse_fact(
    caller: Caller<Reverse>,
    Path(id): Path<Id>,
    Json(input): Json<TakeBack>,
) -> Result<Json<Recorded>, Problem> {
    Ok(Json(take_back(&caller, id, &input).await?))
}
