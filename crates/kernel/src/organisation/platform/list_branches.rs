//! The branches of platform companies, for those who look after them.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use sea_orm::{QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Rank,
    branch::{Column, Entity, Model},
    existing, has_none, has_union, keep, of_ranks,
};
use crate::{
    Caller, Problem,
    ledger::{Tree, below_on},
    listing::{Page, Paging},
    organisation::{form::filled, permissions::ViewWorkforce, tree},
};

/// Which branches are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BranchFilter {
    /// Part of the name.
    pub q: Option<String>,
    /// Of this company.
    pub platform: Option<Id>,
    /// Of companies of these ranks (`head`, `key`, `other`), separated by commas; of all if absent.
    pub ranks: Option<String>,
    /// In the place of this organisation or one below it.
    pub organisation: Option<Id>,
    /// Those that exist and have a union, or have none.
    pub has_union: Option<bool>,
    /// As it was on this day: those that existed then, where they lay then. Absent: today's, those that were closed among them
    /// unless `has_union` is told.
    pub on: Option<NaiveDate>,
    /// In which tree they lay on that day; `dated` if absent.
    #[serde(default)]
    #[param(inline)]
    pub tree: Tree,
}

impl BranchFilter {
    /// The ranks that are asked for; none for all.
    fn ranks(&self) -> Result<Vec<Rank>, Problem> {
        let codes = self.ranks.as_deref().unwrap_or_default().split(',').map(str::trim);
        let unknown = || Problem::field("ranks", "ranks", "企业类别请从列表中选择。");
        codes.filter(|code| !code.is_empty()).map(|code| Rank::named(code).ok_or_else(unknown)).collect()
    }
}

/// A branch with the names that go with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BranchRow {
    /// The branch.
    #[serde(flatten)]
    pub branch: Model,
    /// The company's name.
    pub platform: String,
    /// The county federation's name.
    pub organisation: String,
    /// Its union's name, if it has one of its own.
    pub union: Option<String>,
}

/// The branches in the caller's scope, the first entered first.
///
/// # Errors
/// 422 for a rank that there is not.
pub async fn list(
    caller: &Caller<ViewWorkforce>,
    filter: &BranchFilter,
    paging: &Paging,
) -> Result<Page<BranchRow>, Problem> {
    let day = filter.on.unwrap_or(caller.today());
    let is_dated = filter.on.is_some() || filter.has_union.is_some();
    let query = if is_dated { existing(day) } else { Entity::find() };
    let mut query = of_ranks(query, &filter.ranks()?)
        .filter(caller.scope().within((Entity, Column::OrganisationId)))
        .apply_if(filled(filter.q.as_deref()), |query, text| query.filter(Column::Name.contains(&text)))
        .apply_if(filter.platform, |query, platform| query.filter(Column::PlatformId.eq(platform)))
        .apply_if(filter.has_union, |query, has| query.filter(if has { has_union(day) } else { has_none(day) }));
    if let Some(organisation) = filter.organisation {
        let below = below_on(caller, organisation, day, filter.tree).await?;
        query = query.filter(below.holds((Entity, Column::OrganisationId)));
    }
    let page = paging.oldest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let places = page.items.iter().flat_map(|row| [Some(row.organisation_id), row.union_organisation_id]);
    let places: Vec<Id> = places.flatten().collect();
    let companies: Vec<Id> = page.items.iter().map(|row| row.platform_id).collect();
    let places = tree::names(caller.read(), places).await?;
    let platforms = keep::names(caller.read(), companies).await?;
    Ok(page.map(|branch| BranchRow {
        platform: platforms.get(&branch.platform_id).cloned().unwrap_or_default(),
        organisation: places.get(&branch.organisation_id).cloned().unwrap_or_default(),
        union: branch.union_organisation_id.and_then(|id| places.get(&id).cloned()),
        branch,
    }))
}

#[utoipa::path(get, path = "/branches", tag = "workforce", operation_id = "list_branches",
    extensions(("x-permission" = json!("workforce.view"))), params(BranchFilter, Paging),
    responses((status = 200, body = Page<BranchRow>)))]
pub(in crate::organisation) async fn list_branches(
    caller: Caller<ViewWorkforce>,
    Query(filter): Query<BranchFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<BranchRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}
