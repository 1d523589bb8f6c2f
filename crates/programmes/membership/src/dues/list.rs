//! Dues that were entered, newest first, with their sum.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Problem,
    access::Actors,
    caller::{Find, below_by},
    listing::Paging,
    organisation::tree,
    person,
};
use sea_orm::{QuerySelect, Select, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeeMembers,
    tables::{
        due::{self, Column, Entity},
        member,
    },
};

/// Which dues.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DuesFilter {
    /// Paid to this organisation or one below it.
    pub organisation: Option<Id>,
    /// Of the month of this day.
    pub month: Option<NaiveDate>,
    /// Of this membership.
    pub member: Option<Id>,
}

/// Dues that somebody paid for a month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DuesRow {
    /// The key.
    pub id: Id,
    /// The membership.
    pub member_id: Id,
    /// Whose, masked.
    pub name: String,
    /// The union that they were paid to.
    pub organisation: String,
    /// The month's first day.
    pub month: NaiveDate,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day they were paid.
    pub paid_on: NaiveDate,
    /// Who entered them.
    pub actor: String,
    /// When they were entered.
    pub at: Moment,
    /// Why the entry was taken back, if it was.
    pub taken_back: Option<String>,
}

/// A page of dues.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DuesPage {
    /// The rows.
    pub items: Vec<DuesRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are.
    pub total: u64,
    /// How much all together that stand, in fen.
    pub amount_fen: i64,
}

/// Lists dues.
///
/// # Errors
/// A fault of the database.
pub async fn list(caller: &Caller<SeeMembers>, filter: &DuesFilter, paging: &Paging) -> Result<DuesPage, Problem> {
    let conn = caller.read();
    // An old month lies deep in the list's own order; the places' index has each month together.
    let query = |find| filtered(if filter.month.is_some() { Find::ByPlace } else { find }, caller, filter);
    let amount_fen = sum(conn, query(Find::ByPlace)).await?;
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    let members: Vec<Id> = page.items.iter().map(|row| row.member_id).collect();
    let members = member::Entity::find().filter(member::Column::Id.is_in(members)).all(conn).await?;
    let people = person::masked(conn, caller, members.iter().map(|member| member.person_id)).await?;
    let unions = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let actors = Actors::of(conn, page.items.iter().map(|row| row.actor.as_str())).await?;
    let name = |id: Id| members.iter().find(|member| member.id == id).map(|member| people.name(member.person_id));
    let page = page.map(|row: due::Model| DuesRow {
        id: row.id,
        member_id: row.member_id,
        name: name(row.member_id).unwrap_or_default(),
        organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
        month: row.month,
        amount_fen: row.amount_fen,
        paid_on: row.paid_on,
        actor: actors.label(&row.actor),
        at: row.at,
        taken_back: row.taken_back,
    });
    Ok(DuesPage { items: page.items, next: page.next, total: page.total, amount_fen })
}

fn filtered(find: Find, context: &Context, filter: &DuesFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within_by(find, place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    if let Some(month) = filter.month {
        query = query.filter(Column::Month.eq(calendar::month_start(month)));
    }
    if let Some(member) = filter.member {
        query = query.filter(Column::MemberId.eq(member));
    }
    query
}

async fn sum(conn: &Connection, query: Select<Entity>) -> Result<i64, Problem> {
    let sum: Option<Option<i64>> = query
        .filter(Column::StandingMemberId.is_not_null())
        .select_only()
        .column_as(Column::AmountFen.sum().cast_as("BIGINT"), "amount_fen")
        .into_tuple()
        .one(conn)
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// 会费
#[utoipa::path(
    get, path = "/dues", tag = "dues", operation_id = "list_dues",
    extensions(("x-permission" = json!("membership.view"))),
    params(DuesFilter, Paging), responses((status = 200, body = DuesPage)),
)]
pub async fn get_dues(
    caller: Caller<SeeMembers>,
    Query(filter): Query<DuesFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<DuesPage>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
