//! Finding people: by a part of the name, or a whole document or phone number, which only their blind indexes tell.

use axum::{Json, extract::Query};
use database::Id;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::Condition};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Column, Entity, SearchRefusal,
    permissions::View,
    sought::sought,
    view::{self, PersonRow},
};
use crate::{
    Caller, Context, Problem,
    caller::{Find, below_by},
    listing::{Counted, Page, Paging},
};

/// Who is looked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PersonFilter {
    /// Part of the name (any dot between its parts, or none), or a whole document or phone number.
    #[serde(default, deserialize_with = "crate::listing::sought")]
    pub q: Option<String>,
    /// Looked after by this organisation or one below it.
    pub organisation: Option<Id>,
    /// Of this worker group.
    pub group: Option<String>,
}

/// The people in the caller's scope, masked, the newest record first. Records that were merged or made nameless are left out.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub async fn list(caller: &Caller<View>, filter: &PersonFilter, paging: &Paging) -> Result<Page<PersonRow>, Problem> {
    let passing = passing(caller, filter).await?;
    let total = passing(Find::ByPlace).counted(caller.read()).await?;
    let mut query = passing(Find::of(caller.read(), total));
    query = query.apply_if(paging.after(), |query, after| query.filter(Column::Id.lt(after)));
    let query = query.select_only().column(Column::Id).order_by_desc(Column::Id).limit(paging.limit() + 1);
    let ids: Vec<Id> = query.into_tuple().all(caller.read()).await?;
    let page = Page::cut(ids, paging.limit(), total, ToString::to_string);
    Ok(Page { items: view::rows(caller, &page.items).await?, next: page.next, total })
}

/// Those who pass the filter, found in a way that is told. A name is sought among all names, which an index holds alone: to
/// read it in each record of a province takes ten times as long.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub async fn passing(context: &Context, filter: &PersonFilter) -> Result<impl Fn(Find) -> Select<Entity>, Problem> {
    let sought = match filter.q.as_deref() {
        Some(text) => sought(context, filtered(Find::ByPlace, context, filter), Column::Id, text).await?,
        None => Condition::all(),
    };
    Ok(move |find: Find| filtered(find, context, filter).filter(sought.clone()))
}

/// Those who pass the filter, but for what is sought.
fn filtered(find: Find, context: &Context, filter: &PersonFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within_by(find, place)).filter(Column::MergedInto.is_null());
    // Who was made nameless has none.
    query = query.filter(Column::NameKey.ne(""));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    query = query.apply_if(filter.group.as_ref(), |query, group| query.filter(Column::WorkerGroup.eq(group)));
    query
}

#[utoipa::path(get, path = "/people", tag = "person", operation_id = "list_people",
    extensions(("x-permission" = json!("people.view"))), params(PersonFilter, Paging),
    responses((status = 200, body = Page<PersonRow>), SearchRefusal))]
pub(super) async fn list_people(
    caller: Caller<View>,
    Query(filter): Query<PersonFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PersonRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}
