//! Transfers of which the caller sees a side, newest first, with who must answer; of those that wait for him, the oldest first.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{
    Caller, Context, Page, Problem,
    deadline::{TermStanding, standings},
    listing::Paging,
    organisation::tree,
    person,
};
use sea_orm::{Condition, Order, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer_transfer::{mine_to_answer, seen, visible},
    pausing::{TRANSFER, paused_or_not, runs},
    permissions::TransferMembers,
    rules::transfer::{Answerer, Progress, answerer},
    tables::{member, transfer},
    terms::may_move,
};

/// Which transfers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TransferFilter {
    /// Where they stand.
    pub state: Option<Progress>,
    /// Only those that wait for the caller's answer within the term (`false`), or that the asked side let lie until the
    /// term passed and the caller decides as the higher union (`true`).
    pub overdue: Option<bool>,
    /// Only those whose term stands still (`true`), or runs (`false`).
    pub paused: Option<bool>,
}

/// A transfer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TransferRow {
    /// The key.
    pub id: Id,
    /// The membership.
    pub member_id: Id,
    /// Whether the caller sees it: it lies with his side.
    pub sees_member: bool,
    /// Whose, masked.
    pub name: String,
    /// The union he comes from.
    pub from_organisation_id: Id,
    /// Its name.
    pub from_organisation: String,
    /// The union he goes to.
    pub to_organisation_id: Id,
    /// Its name.
    pub to_organisation: String,
    /// Where it stands.
    pub state: Progress,
    /// Why.
    pub reason: String,
    /// The day it was asked.
    pub asked_on: NaiveDate,
    /// The last day for the asked side.
    pub due_on: NaiveDate,
    /// Whether the last day may still move, because the days off of its year are not announced yet.
    pub due_may_move: bool,
    /// Whether the term has passed, so that the higher union decides.
    pub overdue: bool,
    /// If the term was paused: how it stands.
    pub term: Option<TermStanding>,
    /// Who must answer; absent once it is answered.
    pub answerer: Option<Answerer>,
    /// The same in words.
    pub answerer_label: Option<String>,
    /// Whether the caller may answer.
    pub may_answer: bool,
    /// Whether the caller's side asked, so that he may take it back.
    pub may_withdraw: bool,
    /// What was answered.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

/// What a filter lets through.
fn narrowed(context: &Context, filter: &TransferFilter) -> Condition {
    use transfer::Column;
    // One that was answered while its term stood still has none.
    let paused = |still| Condition::all().add(transfer::waits()).add(paused_or_not(Column::Id, TRANSFER, still));
    Condition::all()
        .add_option(filter.state.map(|state| Column::State.eq(state)))
        .add_option(filter.overdue.map(|overdue| mine_to_answer(context, overdue)))
        .add_option(filter.paused.map(paused))
}

/// Lists transfers.
///
/// # Errors
/// A fault of the database.
pub async fn list_transfers(
    caller: &Caller<TransferMembers>,
    filter: &TransferFilter,
    paging: &Paging,
) -> Result<Page<TransferRow>, Problem> {
    let conn = caller.read();
    let narrowed = narrowed(caller, filter);
    let query = |find| transfer::Entity::find().filter(visible(find, caller)).filter(narrowed.clone());
    // Of what waits for the caller the term of the oldest runs out first.
    let order = if filter.overdue.is_some() { Order::Asc } else { Order::Desc };
    let page = paging.of_many(conn, query, (transfer::Column::Id, order), |row| row.id).await?;
    let people = person::masked(conn, caller, page.items.iter().map(|row| row.person_id)).await?;
    let unions = page.items.iter().flat_map(|row| [row.from_organisation_id, row.to_organisation_id]);
    let seen = seen(conn, caller, unions.clone()).await?;
    let unions = tree::names(conn, unions).await?;
    let name = |id: &Id| unions.get(id).cloned().unwrap_or_default();
    let ids: Vec<Id> = page.items.iter().map(|row| row.id).collect();
    let mut terms = standings(conn, caller, TRANSFER, &ids).await?;
    let own =
        member::those_in_scope(conn, caller.scope(), page.items.iter().map(|row| row.member_id).collect()).await?;
    let moving = may_move(caller, &page.items).await?;
    Ok(page.map(|row: transfer::Model| {
        let waits = row.state == Progress::Waiting;
        let term = terms.remove(&row.id).filter(|_| waits);
        let runs = runs(term.as_ref());
        let must = waits.then(|| answerer(row.asked_by, runs.then_some(row.due_on), caller.today()));
        let (home, receiving) = (seen.contains(&row.from_organisation_id), seen.contains(&row.to_organisation_id));
        TransferRow {
            due_may_move: runs && moving.contains(&row.id),
            term,
            id: row.id,
            member_id: row.member_id,
            sees_member: own.contains(&row.member_id),
            name: people.name(row.person_id),
            from_organisation_id: row.from_organisation_id,
            from_organisation: name(&row.from_organisation_id),
            to_organisation_id: row.to_organisation_id,
            to_organisation: name(&row.to_organisation_id),
            state: row.state,
            reason: row.reason,
            asked_on: row.asked_on,
            due_on: row.due_on,
            overdue: must == Some(Answerer::Higher),
            answerer: must,
            answerer_label: must.map(|must| must.label().to_owned()),
            may_answer: must.is_some_and(|must| must.is(home, receiving)),
            may_withdraw: waits && row.asked_by.is(home, receiving),
            answer: row.answer,
            answered_at: row.answered_at,
        }
    }))
}

/// 会籍转接
#[utoipa::path(
    get, path = "/transfers", tag = "membership", operation_id = "list_transfers",
    extensions(("x-permission" = json!("membership.transfer"))),
    params(TransferFilter, Paging), responses((status = 200, body = Page<TransferRow>)),
)]
pub async fn get_transfers(
    caller: Caller<TransferMembers>,
    Query(filter): Query<TransferFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<TransferRow>>, Problem> {
    list_transfers(&caller, &filter, &paging).await.map(Json)
}
