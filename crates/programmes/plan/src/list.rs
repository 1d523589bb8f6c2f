//! The plans that a caller may see.

use axum::{Json, extract::Query};
use database::{Id, Moment};
use kernel::{
    Caller, Context, Page, Problem,
    caller::{above, below},
    listing::Paging,
    organisation::tree,
};
use sea_orm::{Condition, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeePlans,
    reach,
    tables::plan::{self, PlanState},
};

/// Which plans are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanFilter {
    /// Of this year.
    pub year: Option<i32>,
    /// Of this organisation, those below it, and those above it, whose plans it carries out.
    pub organisation: Option<Id>,
    /// That this organisation carries out: its own, and those of the organisations above it.
    pub carried_out_by: Option<Id>,
}

/// A plan in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PlanRow {
    /// The key.
    pub id: Id,
    /// Whose plan it is.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The year.
    pub year: i32,
    /// The title.
    pub title: String,
    /// Draft or published.
    pub state: PlanState,
    /// When it was published.
    pub published_at: Option<Moment>,
}

/// Lists plans, the latest made first.
///
/// # Errors
/// A fault of the database.
pub async fn list(context: &Context, filter: &PlanFilter, paging: &Paging) -> Result<Page<PlanRow>, Problem> {
    let mut query = plan::Entity::find().filter(reach::visible(context.scope()));
    query = query.apply_if(filter.year, |query, year| query.filter(plan::Column::Year.eq(year)));
    query = query.apply_if(filter.organisation, |query, organisation| query.filter(along(organisation)));
    query = query.apply_if(filter.carried_out_by, |query, organisation| query.filter(upwards(organisation)));
    let page = paging.newest_first(context.read(), query, plan::Column::Id, |row| row.id).await?;
    let names = tree::names(context.read(), page.items.iter().map(|row| row.organisation_id)).await?;
    Ok(page.map(|row| PlanRow {
        id: row.id,
        organisation_id: row.organisation_id,
        organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
        year: row.year,
        title: row.title,
        state: row.state,
        published_at: row.published_at,
    }))
}

/// Plans of organisations above and below one, and of itself.
fn along(organisation: Id) -> Condition {
    Condition::any().add(below(organisation, (plan::Entity, plan::Column::OrganisationId))).add(upwards(organisation))
}

/// Plans of an organisation itself and of those above it.
fn upwards(organisation: Id) -> Expr {
    plan::Column::OrganisationId.in_subquery(above(&[organisation]))
}

/// 计划列表
#[utoipa::path(
    get, path = "/plans", tag = "plan", operation_id = "list_plans",
    extensions(("x-permission" = json!("plan.view"))), params(PlanFilter, Paging),
    responses((status = 200, body = Page<PlanRow>)),
)]
pub async fn get_plans(
    caller: Caller<SeePlans>,
    Query(filter): Query<PlanFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PlanRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
