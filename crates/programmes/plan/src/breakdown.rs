//! An indicator at an organisation and at each one directly below it: targets, what was reached, who is ahead.

pub mod propose;
pub mod raise;
pub mod set;

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Problem, etag,
    ledger::Tree,
    organisation::{self, tree},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    board::day,
    permissions::SeePlans,
    reach,
    rules::{breakdown::gap, ranking::places, scale::Scale},
    stand::{Row, Standing, stand},
    tables::{
        breakdown,
        indicator::{self, Counting, Source},
        plan, target,
    },
    targets::{holding, rows},
    view::{IndicatorView, views},
};

/// Which breakdown is wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BreakdownParams {
    /// Whose children; the plan's own organisation, or the caller's highest below it, if absent.
    pub organisation: Option<Id>,
    /// The day; today if absent.
    pub on: Option<NaiveDate>,
    /// Which tree; `dated` if absent.
    #[serde(default)]
    #[param(inline)]
    pub tree: Tree,
}

/// An indicator broken down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Breakdown {
    /// The indicator.
    pub indicator: IndicatorView,
    /// Whose children.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Where it stands itself.
    pub own: Standing,
    /// The sum of the children's targets; absent for shares, which don't add up.
    pub sum: Option<i64>,
    /// That sum minus the organisation's own target: below zero, so much has nobody.
    pub gap: Option<i64>,
    /// What the organisation itself reached minus what those directly below it did. Above zero: its own records, and those of
    /// units that left it during the year from before they left. Below zero: what units that came to it had reached elsewhere.
    /// Absent where figures don't add up (shares, distinct people) and for what is recorded by hand.
    pub beside: Option<i64>,
    /// The children, in their usual order.
    pub children: Vec<ChildStanding>,
    /// The day.
    pub on: NaiveDate,
    /// Which tree.
    pub tree: Tree,
    /// When the last fact in the figures was recorded.
    pub cut_off: Moment,
    /// Grows with each change of the targets; the ETag.
    pub version: i64,
}

/// One of the organisations directly below.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChildStanding {
    /// The organisation.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// What it was given.
    pub assigned: Option<i64>,
    /// What it set for itself.
    pub raised: Option<i64>,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Its place by share of the target, from 1; ties share one.
    pub place: Option<u32>,
    /// Whether anybody lies below it.
    pub has_children: bool,
}

/// Shows an indicator at an organisation and those directly below it.
///
/// # Errors
/// 404 for an indicator or organisation that is absent or foreign.
pub async fn breakdown(context: &Context, id: Id, params: &BreakdownParams) -> Result<Breakdown, Problem> {
    let conn = context.read();
    let (plan, indicator) = reach::seen_indicator(conn, context.scope(), id).await?;
    let place = reach::place(conn, context.scope(), &plan, params.organisation).await?;
    let children = tree::children(conn, context.scope(), place.id).await?;
    let keys: Vec<Id> = children.iter().map(|child| child.id).collect();
    let below = tree::child_counts(conn, &keys).await?;
    let targets = rows(conn, &[id], &[keys.as_slice(), &[place.id]].concat()).await?;
    let asked: Vec<Row<'_>> = std::iter::once(place.id)
        .chain(keys)
        .map(|organisation| {
            let target = holding(&plan, &indicator, organisation, targets.get(&(id, organisation)));
            Row { indicator: &indicator, organisation, target }
        })
        .collect();
    let on = day(context, &plan, params.on)?;
    let (mut standings, cut_off) = stand(context, &plan, &asked, on, params.tree).await?;
    let own = if standings.is_empty() { return Err(Problem::not_found()) } else { standings.remove(0) };
    let ranks = places(&standings.iter().map(|standing| standing.share_bp).collect::<Vec<_>>());
    let adds_up = indicator.scale() != Scale::Share;
    let parts: Vec<i64> = standings.iter().filter_map(|standing| standing.target).collect();
    let child = |((child, standing), place): ((organisation::Model, Standing), Option<u32>)| {
        let row = targets.get(&(id, child.id));
        ChildStanding {
            assigned: row.and_then(|row| row.assigned),
            raised: row.and_then(|row| row.raised),
            has_children: below.get(&child.id).is_some_and(|count| *count > 0),
            organisation_id: child.id,
            organisation: child.name,
            standing,
            place,
        }
    };
    Ok(Breakdown {
        beside: beside(&indicator, &own, &standings),
        sum: adds_up.then(|| parts.iter().sum()),
        gap: own.target.filter(|_| adds_up).map(|target| gap(target, parts)),
        children: children.into_iter().zip(standings).zip(ranks).map(child).collect(),
        version: version(conn, id, place.id).await?,
        organisation_id: place.id,
        organisation: place.name,
        indicator: views(conn, std::slice::from_ref(&indicator)).await?.pop().ok_or_else(Problem::not_found)?,
        own,
        on,
        tree: params.tree,
        cut_off,
    })
}

/// What the organisation reached beside those directly below it.
fn beside(indicator: &indicator::Model, own: &Standing, below: &[Standing]) -> Option<i64> {
    let adds_up = indicator.source == Source::Ledger && indicator.counting != Some(Counting::People);
    let sum = below.iter().map(|one| one.actual.unwrap_or(0)).fold(0, i64::saturating_add);
    own.actual.filter(|_| adds_up).map(|actual| actual.saturating_sub(sum))
}

async fn version(conn: &Connection, indicator: Id, organisation: Id) -> Result<i64, Problem> {
    Ok(kept(conn, indicator, organisation).await?.map_or(0, |row| row.version))
}

/// The row that holds the version of the targets given by an organisation.
pub(crate) async fn kept(
    conn: &Connection,
    indicator: Id,
    organisation: Id,
) -> Result<Option<breakdown::Model>, Problem> {
    let query = breakdown::Entity::find()
        .filter(breakdown::Column::IndicatorId.eq(indicator))
        .filter(breakdown::Column::OrganisationId.eq(organisation));
    Ok(query.one(conn).await?)
}

/// The target that an organisation itself has, if any.
pub(crate) async fn own_target(
    conn: &Connection,
    plan: &plan::Model,
    indicator: &indicator::Model,
    organisation: Id,
) -> Result<Option<i64>, Problem> {
    let query = target::Entity::find()
        .filter(target::Column::IndicatorId.eq(indicator.id))
        .filter(target::Column::OrganisationId.eq(organisation));
    Ok(holding(plan, indicator, organisation, query.one(conn).await?.as_ref()).map(|(value, _)| value))
}

/// 指标分解与排名
#[utoipa::path(
    get, path = "/indicators/{id}/breakdown", tag = "plan", operation_id = "read_breakdown",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), BreakdownParams),
    responses((status = 200, body = Breakdown, headers(("etag" = String)))),
)]
pub async fn get_breakdown(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<BreakdownParams>,
) -> Result<impl IntoResponse, Problem> {
    let shown = breakdown(&caller, id, &params).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
