//! Members who owe dues for a month and have not paid them.

use axum::{Json, extract::Query};
use calendar::{month_end, month_start};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Context, Page, Problem,
    caller::{Find, below_by},
    listing::{Counted, Paging},
};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::ExprTrait};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    list::{MemberRow, rows},
    permissions::SeeMembers,
    rules::standing::Standing,
    tables::{
        due, history,
        member::{Column, Entity},
        transfer,
    },
};

/// Who of whom.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnpaidFilter {
    /// Members of this organisation or one below it.
    pub organisation: Option<Id>,
    /// For the month of this day; this month unless told.
    pub month: Option<NaiveDate>,
}

/// Lists members who have not paid: retained ones owe nothing, nor do others for the months in which they were.
///
/// # Errors
/// A fault of the database.
pub async fn unpaid(
    caller: &Caller<SeeMembers>,
    filter: &UnpaidFilter,
    paging: &Paging,
) -> Result<Page<MemberRow>, Problem> {
    let total = filtered(Find::ByPlace, caller, filter).counted(caller.read()).await?;
    let mut query = filtered(Find::of(caller.read(), total), caller, filter);
    query = query.apply_if(paging.after(), |query, after| query.filter(Column::Id.gt(after)));
    let found = query.order_by_asc(Column::Id).limit(paging.limit() + 1).all(caller.read()).await?;
    let page = Page::cut(found, paging.limit(), total, |row| row.id.to_string());
    let items = rows(caller, page.items).await?;
    Ok(Page { items, next: page.next, total })
}

fn filtered(find: Find, context: &Context, filter: &UnpaidFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let month = month_start(filter.month.unwrap_or(context.today()));
    let same = Expr::col((due::Entity, due::Column::StandingMemberId)).equals((Entity, Column::Id));
    let paid = due::Entity::find().filter(same).filter(due::Column::Month.eq(month));
    let query = Entity::find()
        .filter(context.scope().within_by(find, place))
        .filter(Column::State.is_in([Standing::Normal, Standing::TransferPending]))
        .filter(transfer::was_retained().not())
        .filter(Column::MemberSince.lte(month_end(month)))
        .filter(history::retained_through(month).not())
        .filter(Expr::exists(paid.into_query()).not());
    match filter.organisation {
        Some(organisation) => query.filter(below_by(find, organisation, place)),
        None => query,
    }
}

/// 未缴会费的会员
#[utoipa::path(
    get, path = "/dues/unpaid", tag = "dues", operation_id = "list_unpaid_dues",
    extensions(("x-permission" = json!("membership.view"))),
    params(UnpaidFilter, Paging), responses((status = 200, body = Page<MemberRow>)),
)]
pub async fn get_unpaid(
    caller: Caller<SeeMembers>,
    Query(filter): Query<UnpaidFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MemberRow>>, Problem> {
    unpaid(&caller, &filter, &paging).await.map(Json)
}
