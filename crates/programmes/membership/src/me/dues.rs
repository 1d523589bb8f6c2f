//! The dues that I paid, as my union entered them.

use axum::Json;
use chrono::{Datelike, NaiveDate};
use database::{Connection, Id};
use kernel::{Caller, Problem, organisation::tree, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::{
    due::{Column, Entity, Model},
    member,
};

/// Months that are shown.
const MOST: usize = 24;

/// The dues that I paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDues {
    /// How much I paid in this calendar year, in fen.
    pub this_year_fen: i64,
    /// The last months, the newest first.
    pub months: Vec<MyDue>,
}

/// What I paid for a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDue {
    /// The month's first day.
    pub month: NaiveDate,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day I paid.
    pub paid_on: NaiveDate,
    /// The union that I paid to.
    pub organisation: String,
}

/// The dues that stand of all memberships of a person, the newest month first.
///
/// # Errors
/// A fault of the database.
pub async fn paid(conn: &Connection, person: Id) -> Result<Vec<Model>, Problem> {
    let members = member::Entity::find().select_only().column(member::Column::Id);
    let members = members.filter(member::Column::PersonId.eq(person)).into_query();
    let query = Entity::find().filter(Column::StandingMemberId.in_subquery(members));
    Ok(query.order_by_desc(Column::Month).all(conn).await?)
}

/// Shows them.
///
/// # Errors
/// 401 if no worker calls.
pub async fn show(caller: &Caller<Oneself>) -> Result<MyDues, Problem> {
    let (conn, year) = (caller.read(), caller.today().year());
    let paid = paid(conn, caller.person()?).await?;
    let this_year_fen = paid.iter().filter(|due| due.paid_on.year() == year).map(|due| due.amount_fen).sum();
    let shown: Vec<Model> = paid.into_iter().take(MOST).collect();
    let unions = tree::names(conn, shown.iter().map(|due| due.organisation_id)).await?;
    let month = |due: Model| MyDue {
        month: due.month,
        amount_fen: due.amount_fen,
        paid_on: due.paid_on,
        organisation: unions.get(&due.organisation_id).cloned().unwrap_or_default(),
    };
    Ok(MyDues { this_year_fen, months: shown.into_iter().map(month).collect() })
}

/// 我缴的会费
#[utoipa::path(
    get, path = "/me/dues", tag = "me", operation_id = "my_dues",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = MyDues)),
)]
pub async fn get_dues(caller: Caller<Oneself>) -> Result<Json<MyDues>, Problem> {
    show(&caller).await.map(Json)
}
