//! Records that may be one person: the same name and day of birth, or the same name and phone. A human decides.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use database::Id;
use sea_orm::{
    QueryOrder, QuerySelect, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Column, Entity, Model,
    permissions::Merge,
    view::{self, PersonRow},
};
use crate::{
    Caller, Context, Problem,
    caller::Find,
    listing::{Counted, Page, Paging},
};

/// What two records have in common besides the name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The day of birth.
    #[default]
    BirthDate,
    /// The mobile number.
    Phone,
}

impl Likeness {
    fn column(self) -> Column {
        match self {
            Self::BirthDate => Column::BirthDate,
            Self::Phone => Column::PhoneIndex,
        }
    }

    fn value(self, person: &Model) -> Option<String> {
        match self {
            Self::BirthDate => person.birth_date.map(|day| day.to_string()),
            Self::Phone => person.phone_index.clone(),
        }
    }

    fn is_that_of(self, person: &Model) -> Condition {
        let same = match self {
            Self::BirthDate => Column::BirthDate.eq(person.birth_date),
            Self::Phone => Column::PhoneIndex.eq(person.phone_index.clone()),
        };
        Condition::all().add(Column::NameKey.eq(&person.name_key)).add(same)
    }
}

/// By what likeness.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DuplicateParams {
    /// What the records have in common besides the name; the day of birth unless told.
    #[serde(default)]
    #[param(inline)]
    pub by: Likeness,
}

/// Records that may be one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DuplicateGroup {
    /// What they have in common besides the name.
    pub by: Likeness,
    /// The records, masked, the oldest first.
    pub people: Vec<PersonRow>,
}

/// Groups of records in the caller's scope that may be one person.
///
/// # Errors
/// A fault of the database.
pub async fn duplicates(
    caller: &Caller<Merge>,
    by: Likeness,
    paging: &Paging,
) -> Result<Page<DuplicateGroup>, Problem> {
    let query = unmerged(Find::ByPlace, caller)
        .filter(by.column().is_not_null())
        .select_only()
        .column_as(Column::Id.min(), "first")
        .group_by(Column::NameKey)
        .group_by(by.column())
        .having(Column::Id.count().gt(1));
    let total = query.clone().counted(caller.read()).await?;
    let query = match paging.after() {
        Some(after) => query.having(Column::Id.min().gt(after)),
        None => query,
    };
    let firsts: Vec<Id> =
        query.order_by_asc(Column::Id.min()).limit(paging.limit() + 1).into_tuple().all(caller.read()).await?;
    let page = Page::cut(firsts, paging.limit(), total, ToString::to_string);
    Ok(Page { items: groups(caller, by, &page.items).await?, next: page.next, total })
}

fn unmerged(find: Find, context: &Context) -> Select<Entity> {
    let scope = context.scope().within_by(find, (Entity, Column::OrganisationId));
    Entity::find().filter(scope).filter(Column::MergedInto.is_null()).filter(Column::NameKey.ne(""))
}

/// The records that may be one of these people, by their names: by the places all of a province would be read.
pub fn alike(context: &Context, by: Likeness, people: &[Model]) -> Select<Entity> {
    let alike = people.iter().fold(Condition::any(), |any, person| any.add(by.is_that_of(person)));
    unmerged(Find::InOrder, context).filter(alike)
}

/// The groups of which these are the oldest records.
async fn groups(context: &Context, by: Likeness, firsts: &[Id]) -> Result<Vec<DuplicateGroup>, Problem> {
    if firsts.is_empty() {
        return Ok(Vec::new());
    }
    let conn = context.read();
    let oldest =
        Entity::find().filter(Column::Id.is_in(firsts.iter().copied())).order_by_asc(Column::Id).all(conn).await?;
    let all = alike(context, by, &oldest).order_by_asc(Column::Id).all(conn).await?;
    let ids: Vec<Id> = all.iter().map(|person| person.id).collect();
    let mut rows: HashMap<Id, PersonRow> =
        view::rows(context, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut group = |first: &Model| {
        let same = |person: &&Model| person.name_key == first.name_key && by.value(person) == by.value(first);
        let people = all.iter().filter(same).filter_map(|person| rows.remove(&person.id)).collect();
        DuplicateGroup { by, people }
    };
    Ok(oldest.iter().map(&mut group).collect())
}

#[utoipa::path(get, path = "/people/duplicates", tag = "person", operation_id = "list_duplicates",
    extensions(("x-permission" = json!("people.merge"))), params(DuplicateParams, Paging),
    responses((status = 200, body = Page<DuplicateGroup>)))]
pub(super) async fn list_duplicates(
    caller: Caller<Merge>,
    Query(params): Query<DuplicateParams>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DuplicateGroup>>, Problem> {
    Ok(Json(duplicates(&caller, params.by, &paging).await?))
}
