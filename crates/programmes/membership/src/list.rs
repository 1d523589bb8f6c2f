//! Members and applications, filtered, sought, sorted, paged.

mod view;

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Context, Page, Problem,
    caller::{Find, below_by},
    listing::{ByColumn, Counted, Paging},
    person::{self, SearchRefusal},
};
use sea_orm::{Order, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use view::{MemberRow, rows};

use crate::{
    pausing::{APPLICATION, paused_or_not},
    permissions::SeeMembers,
    rules::{card, standing::Standing},
    tables::member::{Column, Entity},
};

/// Which members.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct MemberFilter {
    /// A name (any dot between its parts, or none), a whole document, phone or card number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// In this organisation and below.
    pub organisation: Option<Id>,
    /// Where the membership stands.
    pub state: Option<Standing>,
    /// Only who is a member, also while retained or while a transfer is pending (`true`), or only who is none (`false`).
    pub is_member: Option<bool>,
    /// Applications whose term stands still (`true`), or runs (`false`).
    pub paused: Option<bool>,
    /// Only whose number changed hands and who has no other yet (`true`), or all others (`false`).
    pub phone_lost: Option<bool>,
    /// The worker group's code.
    pub group: Option<String>,
    /// Member since this day or later.
    pub joined_from: Option<NaiveDate>,
    /// Member since this day or earlier.
    pub joined_to: Option<NaiveDate>,
    /// Of this import.
    pub import: Option<Id>,
    /// Of this enrolment event.
    pub event: Option<Id>,
    /// In which order; newest application first unless told.
    #[param(inline)]
    pub sort: Option<Sort>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Newest application first.
    #[default]
    Newest,
    /// Oldest application first.
    Oldest,
}

/// The members that pass a filter within the caller's scope, not sorted.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub async fn filtered(find: Find, caller: &Context, filter: &MemberFilter) -> Result<Select<Entity>, Problem> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(caller.scope().within_by(find, place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    query = query.apply_if(filter.state, |query, state| query.filter(Column::State.eq(state)));
    query = query.apply_if(filter.is_member, |query, is_member| {
        query
            .filter(Column::State.is_in(Standing::ALL.into_iter().filter(|standing| standing.is_member() == is_member)))
    });
    // A membership whose application was answered while its term stood still has none.
    query = query.apply_if(filter.paused, |query, still| {
        query.filter(Column::State.eq(Standing::Applied)).filter(paused_or_not(Column::Id, APPLICATION, still))
    });
    // Of whom nothing is valid any more nobody waits for a number.
    query = query.apply_if(filter.phone_lost, |query, is_lost| {
        let of_lost = Column::ValidPersonId.in_subquery(person::phone_lost());
        query.filter(if is_lost { of_lost } else { Column::PersonId.not_in_subquery(person::phone_lost()) })
    });
    query = query.apply_if(filter.group.as_ref(), |query, group| query.filter(Column::WorkerGroup.eq(group)));
    query = query.apply_if(filter.joined_from, |query, day| query.filter(Column::MemberSince.gte(day)));
    query = query.apply_if(filter.joined_to, |query, day| query.filter(Column::MemberSince.lte(day)));
    query = query.apply_if(filter.import, |query, import| query.filter(Column::ImportBatch.eq(import)));
    query = query.apply_if(filter.event, |query, event| query.filter(Column::EventId.eq(event)));
    match filter.q.as_deref() {
        Some(text) => sought(caller, query, (Column::PersonId, text), |number| Column::CardNumber.eq(number)).await,
        None => Ok(query),
    }
}

/// The rows of a list that are sought: a card's number names one, found as the list says; anything else is sought among the
/// people.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub(crate) async fn sought<E: EntityTrait>(
    caller: &Context,
    query: Select<E>,
    (person, text): (E::Column, &str),
    by_card: impl FnOnce(String) -> Expr,
) -> Result<Select<E>, Problem> {
    let compact = codes::text::compact(text);
    if card::is_number(&compact) {
        return Ok(query.filter(by_card(compact)));
    }
    let passes = person::sought(caller, query.clone(), person, text).await?;
    Ok(query.filter(passes))
}

const BY_DAY: ByColumn<Entity, NaiveDate> =
    ByColumn { column: Column::AppliedOn, key: Column::Id, of: |row| (row.applied_on, row.id) };

/// Sorts, and goes on behind a cursor: `2026-05-01.123`.
pub fn sorted(query: Select<Entity>, sort: Sort, cursor: Option<&str>) -> Select<Entity> {
    let order = match sort {
        Sort::Newest => Order::Desc,
        Sort::Oldest => Order::Asc,
    };
    BY_DAY.sorted(query, &order, cursor)
}

/// Lists members.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub async fn list(
    caller: &Caller<SeeMembers>,
    filter: &MemberFilter,
    paging: &Paging,
) -> Result<Page<MemberRow>, Problem> {
    let query = filtered(Find::ByPlace, caller, filter).await?;
    let total = query.clone().counted(caller.read()).await?;
    let query = match Find::of(caller.read(), total) {
        Find::ByPlace => query,
        find @ Find::InOrder => filtered(find, caller, filter).await?,
    };
    let query = sorted(query, filter.sort.unwrap_or_default(), paging.cursor.as_deref());
    let found = query.limit(paging.limit() + 1).all(caller.read()).await?;
    let page = Page::cut(found, paging.limit(), total, |row| BY_DAY.cursor(row));
    let items = rows(caller, page.items).await?;
    Ok(Page { items, next: page.next, total })
}

/// 会员
#[utoipa::path(
    get, path = "/members", tag = "membership", operation_id = "list_members",
    extensions(("x-permission" = json!("membership.view"))),
    params(MemberFilter, Paging), responses((status = 200, body = Page<MemberRow>), SearchRefusal),
)]
pub async fn get_members(
    caller: Caller<SeeMembers>,
    Query(filter): Query<MemberFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MemberRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
