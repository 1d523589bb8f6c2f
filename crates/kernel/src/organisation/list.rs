//! Finding organisations: a list by what is typed, and the tree one level at a time.

use axum::{Json, extract::Query};
use database::Id;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Column, Entity, Kind, Level, get,
    permissions::View,
    terms::{self, Term},
    tree,
    view::{self, OrganisationRow},
};
use crate::{
    Caller, Problem,
    listing::{Counted, Page, Paging, by_name_or_code},
};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganisationFilter {
    /// Part of the name, or the beginning of the code.
    #[serde(default, deserialize_with = "crate::listing::sought")]
    pub q: Option<String>,
    /// Directly below this organisation.
    pub parent: Option<Id>,
    /// Anywhere below this organisation, and itself.
    pub under: Option<Id>,
    /// Of this level.
    pub level: Option<Level>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// How the committee's term stands.
    #[param(inline)]
    pub term: Option<Term>,
    /// Closed ones too.
    #[serde(default)]
    pub closed: bool,
}

/// The organisations in the caller's scope, by code.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<View>,
    filter: &OrganisationFilter,
    paging: &Paging,
) -> Result<Page<OrganisationRow>, Problem> {
    let mut query = narrowed(filter).filter(caller.scope().within((Entity, Column::Id)));
    if filter.term == Some(Term::Ending) {
        let last = terms::ending_by(caller.read(), caller, filter.under).await?;
        query = query.filter(Column::TermEndsOn.lte(last));
    }
    let total = query.clone().counted(caller.read()).await?;
    let mut query = query.order_by_asc(Column::Code).limit(paging.limit() + 1);
    query = query.apply_if(paging.cursor.as_ref(), |query, cursor| query.filter(Column::Code.gt(cursor)));
    let models = query.all(caller.read()).await?;
    let page = Page::cut(models, paging.limit(), total, |model| model.code.clone());
    let items = view::rows(caller.read(), page.items).await?;
    Ok(Page { items, next: page.next, total })
}

fn narrowed(filter: &OrganisationFilter) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(parent) = filter.parent {
        query = tree::directly_below(query, parent);
    }
    if let Some(under) = filter.under {
        query = query.filter(crate::caller::below(under, (Entity, Column::Id)));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(by_name_or_code(Column::Name, Column::Code, text));
    }
    query = query.apply_if(filter.level, |query, level| query.filter(Column::Level.eq(level)));
    query = query.apply_if(filter.kind, |query, kind| query.filter(Column::Kind.eq(kind)));
    if !filter.closed {
        query = query.filter(Column::ClosedOn.is_null());
    }
    query
}

/// Where a level of the tree hangs.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TreeRoot {
    /// The organisation whose children are wanted; without it, the tops of what the caller may see.
    pub root: Option<Id>,
}

/// One level of today's tree.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn level(caller: &Caller<View>, root: Option<Id>) -> Result<Vec<OrganisationRow>, Problem> {
    let models = match root {
        None => tree::tops(caller.read(), caller.scope()).await?,
        Some(root) => {
            let root = get(caller.read(), caller.scope(), root).await?;
            tree::children(caller.read(), caller.scope(), root.id).await?
        }
    };
    Ok(view::rows(caller.read(), models).await?)
}

#[utoipa::path(get, path = "/organisations", tag = "organisation", operation_id = "list_organisations",
    extensions(("x-permission" = json!("organisations.view"))), params(OrganisationFilter, Paging),
    responses((status = 200, body = Page<OrganisationRow>)))]
pub(super) async fn list_organisations(
    caller: Caller<View>,
    Query(filter): Query<OrganisationFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<OrganisationRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

#[utoipa::path(get, path = "/organisations/tree", tag = "organisation", operation_id = "organisation_tree",
    extensions(("x-permission" = json!("organisations.view"))), params(TreeRoot),
    responses((status = 200, body = Vec<OrganisationRow>)))]
pub(super) async fn organisation_tree(
    caller: Caller<View>,
    Query(TreeRoot { root }): Query<TreeRoot>,
) -> Result<Json<Vec<OrganisationRow>>, Problem> {
    Ok(Json(level(&caller, root).await?))
}
