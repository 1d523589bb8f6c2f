//! Giving those directly below their targets.

use std::collections::{BTreeMap, HashSet};

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    organisation::tree,
    problem::Wrong,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Breakdown, BreakdownParams, breakdown, kept};
use crate::{
    approval::lock::{YearRefusal, check_year},
    permissions::BreakDown,
    reach,
    rules::scale::Scale,
    tables::{breakdown as table, target},
};

/// The targets of those directly below; who is left out has none.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Targets {
    /// One an organisation.
    pub targets: Vec<GivenTarget>,
}

/// What one organisation is to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GivenTarget {
    /// The organisation.
    pub organisation_id: Id,
    /// The target, on the indicator's scale.
    pub value: i64,
}

/// Gives targets, if nobody else did since the caller looked. They need not add up: the answer tells the gap.
///
/// # Errors
/// 404, 412, [`YearRefusal`], or 422 for an organisation that isn't directly below or a value that is no target.
pub async fn set(
    caller: &Caller<BreakDown>,
    id: Id,
    params: &BreakdownParams,
    seen: &IfMatch,
    input: &Targets,
) -> Result<Breakdown, Problem> {
    let context: &Context = caller;
    let written = context.unit(|unit| async move {
        let (plan, indicator) = reach::seen_indicator(&unit, context.scope(), id).await?;
        let place = reach::place(&unit, context.scope(), &plan, params.organisation).await?;
        check_year(&unit, &plan).await?;
        let now = kept(&unit, id, place.id).await?;
        let record = now.as_ref().map_or(id, |row| row.id);
        etag::check(&unit, record, now.as_ref().map_or(0, |row| row.version), seen).await?;
        let children = tree::children(&unit, context.scope(), place.id).await?;
        let children: HashSet<Id> = children.into_iter().map(|child| child.id).collect();
        check(input, &children, indicator.scale())?;
        give(&unit, context, id, &children, input).await?;
        let row = table::ActiveModel {
            id: Set(now.as_ref().map_or_else(|| context.id(), |row| row.id)),
            indicator_id: Set(id),
            organisation_id: Set(place.id),
            version: Set(now.as_ref().map_or(1, |row| row.version + 1)),
        };
        let (record, version) = (*row.id.as_ref(), *row.version.as_ref());
        let again = OnConflict::column(table::Column::Id).update_column(table::Column::Version).to_owned();
        table::Entity::insert(row).on_conflict(again).exec_without_returning(&unit).await?;
        etag::note(&unit, record, version, &["targets".to_owned()]).await?;
        let detail = json!({ "targets": input.targets });
        audit::record(&unit, context, ("plan.break_down", "plan/indicator", id), place.id, detail).await
    });
    written.await?;
    breakdown(context, id, params).await
}

fn check(input: &Targets, children: &HashSet<Id>, scale: Scale) -> Result<(), Problem> {
    let mut values = BTreeMap::new();
    let mut wrong = Wrong::default();
    for (place, given) in input.targets.iter().enumerate() {
        let field = &format!("targets.{place}");
        if !children.contains(&given.organisation_id) {
            wrong.tell(field, "not_below", "只能给直接下级单位下达指标。");
        } else if !(0..=scale.most()).contains(&given.value) {
            wrong.tell(field, "value", "目标值不能为负数，比率不能超过100%。");
        } else if values.insert(given.organisation_id, given.value).is_some() {
            wrong.tell(field, "twice", "同一单位出现了两次。");
        }
    }
    wrong.refuse()
}

async fn give(
    unit: &Unit,
    context: &Context,
    indicator: Id,
    children: &HashSet<Id>,
    input: &Targets,
) -> Result<(), Problem> {
    let now = context.now().into();
    let taken = target::ActiveModel { assigned: Set(None), set_at: Set(now), ..Default::default() };
    target::Entity::update_many()
        .set(taken)
        .filter(target::Column::IndicatorId.eq(indicator))
        .filter(target::Column::OrganisationId.is_in(children.iter().copied()))
        .exec(unit)
        .await?;
    let rows = input.targets.iter().map(|given| target::ActiveModel {
        id: Set(context.id()),
        indicator_id: Set(indicator),
        organisation_id: Set(given.organisation_id),
        assigned: Set(Some(given.value)),
        raised: Set(None),
        set_at: Set(now),
    });
    let rows: Vec<_> = rows.collect();
    for chunk in rows.chunks(1_000) {
        let again = OnConflict::columns([target::Column::IndicatorId, target::Column::OrganisationId])
            .update_columns([target::Column::Assigned, target::Column::SetAt])
            .to_owned();
        target::Entity::insert_many(chunk.to_vec()).on_conflict(again).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// 下达分解指标
#[utoipa::path(
    put, path = "/indicators/{id}/breakdown", tag = "plan", operation_id = "set_breakdown",
    extensions(("x-permission" = json!("plan.break_down"))),
    params(
        ("id" = Id, Path), BreakdownParams,
        ("if-match" = String, Header, description = "`version` of what was seen; 0 for the first time"),
    ),
    request_body = Targets, responses((status = 200, body = Breakdown, headers(("etag" = String))), YearRefusal),
)]
pub async fn put_breakdown(
    caller: Caller<BreakDown>,
    Path(id): Path<Id>,
    Query(params): Query<BreakdownParams>,
    seen: IfMatch,
    Json(input): Json<Targets>,
) -> Result<impl IntoResponse, Problem> {
    let shown = set(&caller, id, &params, &seen, &input).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
