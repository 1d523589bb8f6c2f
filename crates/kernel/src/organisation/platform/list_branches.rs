//! The branches of platform companies, for those who look after them.

use axum::{Json, extract::Query};
use database::Id;
use sea_orm::{QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    branch::{Column, Entity, Model},
    keep,
};
use crate::{
    Caller, Problem,
    caller::below,
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
    /// In the place of this organisation or one below it.
    pub organisation: Option<Id>,
    /// Those that exist and have a union, or have none.
    pub has_union: Option<bool>,
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
/// A fault of the database.
pub async fn list(
    caller: &Caller<ViewWorkforce>,
    filter: &BranchFilter,
    paging: &Paging,
) -> Result<Page<BranchRow>, Problem> {
    let mut query = Entity::find().filter(caller.scope().within((Entity, Column::OrganisationId)));
    query = query.apply_if(filled(filter.q.as_deref()), |query, text| query.filter(Column::Name.contains(&text)));
    query = query.apply_if(filter.platform, |query, platform| query.filter(Column::PlatformId.eq(platform)));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below(organisation, (Entity, Column::OrganisationId)));
    }
    if let Some(has_union) = filter.has_union {
        let since = Column::UnionSince;
        query = query.filter(Column::ClosedOn.is_null());
        query = query.filter(if has_union { since.is_not_null() } else { since.is_null() });
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
