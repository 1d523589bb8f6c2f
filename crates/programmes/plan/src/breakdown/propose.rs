//! Proposing targets for those directly below; nothing is written.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Id;
use kernel::{
    Caller, Context, Problem,
    ledger::Tree,
    organisation::{head_count::counted_each, tree},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BreakdownParams, own_target, set::GivenTarget};
use crate::{
    actual::{Ask, read},
    permissions::SeePlans,
    reach,
    rules::{
        breakdown::{Key, divide},
        scale::Scale,
    },
    stand::year_of,
    tables::indicator::codes,
};

kernel::refusals! {
    /// Why nothing is proposed.
    pub enum ProposeRefusal {
        /// The organisation has no target itself.
        NoTarget = 409 "no_target" "本单位还没有这项指标的目标，请先由上级下达，或自行加码。",
        /// All weights are zero.
        NoBasis = 409 "no_basis" "没有可依据的数据（在岗人数或上年完成数为零），请先登记，或改用平均分配。",
    }
}

/// By what to divide.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct ProposeBy {
    /// The key.
    pub by: Key,
}

/// Targets that add up to the organisation's own.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// One an organisation directly below.
    pub targets: Vec<ProposedTarget>,
}

/// What is proposed for one organisation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProposedTarget {
    /// The organisation and its target.
    #[serde(flatten)]
    pub given: GivenTarget,
    /// The weight it rests on: active workers, last year's value, or 1.
    pub basis: i64,
}

/// Divides an organisation's target among those directly below it. A share is the same for all.
///
/// # Errors
/// 404, [`ProposeRefusal`].
pub async fn propose(context: &Context, id: Id, params: &BreakdownParams, by: Key) -> Result<Proposal, Problem> {
    let conn = context.read();
    let (plan, indicator) = reach::seen_indicator(conn, context.scope(), id).await?;
    let place = reach::place(conn, context.scope(), &plan, params.organisation).await?;
    let total = own_target(conn, &plan, &indicator, place.id).await?.ok_or(ProposeRefusal::NoTarget)?;
    let children = tree::children(conn, context.scope(), place.id).await?;
    let keys: Vec<Id> = children.into_iter().map(|child| child.id).collect();
    let weights = match by {
        Key::Equal => vec![1; keys.len()],
        Key::HeadCount => workers(context, &indicator.groups, &keys).await?,
        Key::LastYear => {
            let year = year_of(&plan)?;
            let before = calendar::Period::year(plan.year - 1).unwrap_or(year);
            let ask = |organisation| Ask {
                indicator: &indicator,
                organisation,
                year: before,
                on: before.last(),
                tree: Tree::Dated,
            };
            let asks: Vec<Ask<'_>> = keys.iter().copied().map(ask).collect();
            let (readings, _) = read(context, &asks).await?;
            readings.into_iter().map(|reading| reading.actual.unwrap_or(0)).collect()
        }
    };
    if weights.iter().all(|weight| *weight <= 0) {
        return Err(ProposeRefusal::NoBasis.into());
    }
    let parts = if indicator.scale() == Scale::Share { vec![total; keys.len()] } else { divide(total, &weights) };
    let target =
        |((organisation_id, value), basis)| ProposedTarget { given: GivenTarget { organisation_id, value }, basis };
    Ok(Proposal { targets: keys.into_iter().zip(parts).zip(weights).map(target).collect() })
}

/// The active workers of an indicator's groups, or of all.
async fn workers(context: &Context, groups: &str, keys: &[Id]) -> Result<Vec<i64>, Problem> {
    let groups = codes(groups);
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let counted = counted_each(context, keys, &groups, context.today(), Tree::Today).await?;
    Ok(counted.iter().map(|counted| counted.workers().workers).collect())
}

/// 测算分解方案
#[utoipa::path(
    post, path = "/indicators/{id}/breakdown/propose", tag = "plan", operation_id = "propose_breakdown",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), BreakdownParams),
    request_body = ProposeBy, responses((status = 200, body = Proposal), ProposeRefusal),
)]
pub async fn post_propose(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<BreakdownParams>,
    Json(input): Json<ProposeBy>,
) -> Result<Json<Proposal>, Problem> {
    propose(&caller, id, &params, input.by).await.map(Json)
}
