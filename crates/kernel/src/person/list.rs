//! Finding people: by a part of the name, or a whole document or phone number, which only their blind indexes tell.

use axum::{Json, extract::Query};
use codes::document::{self, DocumentKind};
use database::Id;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::Condition};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Column, Entity, paper, paper_indexes,
    permissions::View,
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
    pub q: Option<String>,
    /// Looked after by this organisation or one below it.
    pub organisation: Option<Id>,
    /// Of this worker group.
    pub group: Option<String>,
}

/// The people in the caller's scope, masked, the newest record first. Records that were merged or made nameless are left out.
///
/// # Errors
/// A fault of the database.
pub async fn list(caller: &Caller<View>, filter: &PersonFilter, paging: &Paging) -> Result<Page<PersonRow>, Problem> {
    let total = filtered(Find::ByPlace, caller, filter).counted(caller.read()).await?;
    let mut query = filtered(Find::of(caller.read(), total), caller, filter);
    if let Some(after) = paging.after() {
        query = query.filter(Column::Id.lt(after));
    }
    let query = query.select_only().column(Column::Id).order_by_desc(Column::Id).limit(paging.limit() + 1);
    let ids: Vec<Id> = query.into_tuple().all(caller.read()).await?;
    let page = Page::cut(ids, paging.limit(), total, ToString::to_string);
    Ok(Page { items: view::rows(caller, &page.items).await?, next: page.next, total })
}

fn filtered(find: Find, context: &Context, filter: &PersonFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within_by(find, place)).filter(Column::MergedInto.is_null());
    // Who was made nameless has none.
    query = query.filter(Column::NameKey.ne(""));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    if let Some(group) = &filter.group {
        query = query.filter(Column::WorkerGroup.eq(group));
    }
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        query = query.filter(sought(context, text));
    }
    query
}

/// What reads as a document or phone number is sought whole, by its blind index; anything else is a part of a name.
fn sought(context: &Context, text: &str) -> Condition {
    let keyring = context.house().keyring();
    let parse = |kind| document::parse(kind, text, context.today()).ok();
    let numbers: Vec<String> = DocumentKind::ALL
        .into_iter()
        .filter_map(parse)
        .flat_map(|document| paper_indexes(keyring, &document))
        .collect();
    let phone = codes::phone::normalise(text).ok().map(|phone| keyring.blind_indexes("phone", &phone));
    // Some passports are letters only, as names are.
    let is_name = !text.contains(|sign: char| sign.is_ascii_digit()) || (numbers.is_empty() && phone.is_none());
    let holders = paper::Entity::find().select_only().column(paper::Column::PersonId);
    let holders = holders.filter(paper::Column::NumberIndex.is_in(numbers.clone()));
    Condition::any()
        .add_option(is_name.then(|| Column::NameKey.contains(codes::name::match_key(text))))
        .add_option((!numbers.is_empty()).then(|| Column::Id.in_subquery(holders.into_query())))
        .add_option(phone.map(|phones| Column::PhoneIndex.is_in(phones)))
}

#[utoipa::path(get, path = "/people", tag = "person", operation_id = "list_people",
    extensions(("x-permission" = json!("people.view"))), params(PersonFilter, Paging),
    responses((status = 200, body = Page<PersonRow>)))]
pub(super) async fn list_people(
    caller: Caller<View>,
    Query(filter): Query<PersonFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PersonRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}
