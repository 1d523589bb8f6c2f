//! What statements say, counted from the redemptions and agreements that they consist of.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::Problem;
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    offer::{rounds_of, view::shares_of},
    rules::settlement::{Count, Issued, Line, lines},
    tables::{
        claim::{self, ClaimState},
        dispute, offer,
        redemption::{self, Column},
    },
};

#[derive(FromQueryResult)]
struct Row {
    statement: Id,
    offer_id: Id,
    amount_fen: i64,
    number: i64,
}

/// The redemptions that stand on statements: all that were never taken back, and those taken back after the settling,
/// which are deducted elsewhere.
fn standing() -> Condition {
    Condition::any().add(Column::TakenBackAt.is_null()).add(Column::DeductedOn.is_not_null())
}

/// The lines of statements.
///
/// # Errors
/// A fault of the database.
pub(super) async fn lines_of(conn: &Connection, statements: &[Id]) -> Result<HashMap<Id, Vec<Line>>, Problem> {
    let handed = counted(conn, Column::SettlementId, statements, standing()).await?;
    let deducted = counted(conn, Column::DeductedOn, statements, Condition::all()).await?;
    let agreed = agreed(conn, statements).await?;
    let none = Vec::new();
    let of = |counts: &HashMap<Id, Vec<Count>>, id: &Id| counts.get(id).unwrap_or(&none).clone();
    Ok(statements.iter().map(|id| (*id, lines(&of(&handed, id), &of(&deducted, id), &of(&agreed, id)))).collect())
}

/// The lines of one.
///
/// # Errors
/// The same.
pub(super) async fn lines_on(conn: &Connection, statement: Id) -> Result<Vec<Line>, Problem> {
    Ok(lines_of(conn, &[statement]).await?.remove(&statement).unwrap_or_default())
}

async fn counted(
    conn: &Connection,
    statement: Column,
    statements: &[Id],
    which: Condition,
) -> Result<HashMap<Id, Vec<Count>>, Problem> {
    let rows = redemption::Entity::find()
        .select_only()
        .column_as(statement, "statement")
        .columns([Column::OfferId, Column::AmountFen])
        .column_as(Column::Id.count(), "number")
        .filter(statement.is_in(statements.iter().copied()))
        .filter(which)
        .group_by(statement)
        .group_by(Column::OfferId)
        .group_by(Column::AmountFen)
        .into_model::<Row>()
        .all(conn)
        .await?;
    let mut counts: HashMap<Id, Vec<Count>> = HashMap::new();
    for row in rows {
        let count = Count { offer: row.offer_id, unit_fen: row.amount_fen, pieces: row.number };
        counts.entry(row.statement).or_default().push(count);
    }
    Ok(counts)
}

/// What was agreed upon after disputes.
async fn agreed(conn: &Connection, statements: &[Id]) -> Result<HashMap<Id, Vec<Count>>, Problem> {
    let answered = dispute::Entity::find()
        .filter(dispute::Column::SettlementId.is_in(statements.iter().copied()))
        .filter(dispute::Column::Adjusted.ne(0_i64))
        .all(conn)
        .await?;
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(answered.iter().map(|one| one.offer_id)));
    let offers = offers.all(conn).await?;
    let mut counts: HashMap<Id, Vec<Count>> = HashMap::new();
    for dispute in answered {
        let Some(offer) = offers.iter().find(|offer| offer.id == dispute.offer_id) else { continue };
        let count = Count { offer: offer.id, unit_fen: offer.unit_fen, pieces: dispute.adjusted };
        counts.entry(dispute.settlement_id).or_default().push(count);
    }
    Ok(counts)
}

#[derive(FromQueryResult)]
struct Stand {
    offer_id: Id,
    state: ClaimState,
    number: i64,
}

/// How the pieces of offers stand at all places together; those of which nothing is known are left out.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn issued(conn: &Connection, offers: &[Id]) -> Result<HashMap<Id, Issued>, Problem> {
    let stands = claim::Entity::find()
        .select_only()
        .columns([claim::Column::OfferId, claim::Column::State])
        .column_as(claim::Column::Id.count(), "number")
        .filter(claim::Column::OfferId.is_in(offers.iter().copied()))
        .group_by(claim::Column::OfferId)
        .group_by(claim::Column::State)
        .into_model::<Stand>()
        .all(conn)
        .await?;
    let rounds = rounds_of(conn, offers).await?;
    let shares = shares_of(conn, &rounds).await?;
    let rounds: HashMap<Id, Id> = rounds.into_iter().map(|round| (round.id, round.offer_id)).collect();
    let answered = dispute::Entity::find().filter(dispute::Column::OfferId.is_in(offers.iter().copied()));
    let mut all: HashMap<Id, Issued> = HashMap::new();
    for stand in stands {
        let of = all.entry(stand.offer_id).or_default();
        match stand.state {
            ClaimState::Redeemed => of.used += stand.number,
            ClaimState::Claimed | ClaimState::Expired => of.unused += stand.number,
            ClaimState::Returned | ClaimState::Voided => {}
        }
    }
    for share in shares {
        if let Some(offer) = rounds.get(&share.round_id) {
            all.entry(*offer).or_default().quota += share.quota;
        }
    }
    for one in answered.all(conn).await? {
        all.entry(one.offer_id).or_default().adjusted += one.adjusted;
    }
    Ok(all)
}

/// How many more pieces of an offer may be agreed upon after a dispute.
///
/// # Errors
/// A fault of the database.
pub(super) async fn room(conn: &Connection, offer: Id) -> Result<i64, Problem> {
    Ok(issued(conn, &[offer]).await?.remove(&offer).unwrap_or_default().room())
}

/// Whether every piece of an offer that could still be redeemed was agreed upon after a dispute, so that it is paid for.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn is_paid_for(conn: &Connection, offer: Id) -> Result<bool, Problem> {
    let more = dispute::Entity::find()
        .filter(dispute::Column::OfferId.eq(offer))
        .filter(dispute::Column::Adjusted.gt(0_i64))
        .one(conn)
        .await?;
    // Hardly any offer has one, and only then is it counted.
    Ok(more.is_some() && room(conn, offer).await? == 0)
}

/// A day's pieces on a statement.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Day {
    pub(super) statement: Id,
    pub(super) day: NaiveDate,
    pub(super) offer_id: Id,
    pub(super) pieces: i64,
    pub(super) amount_fen: i64,
}

/// What was handed over on statements, day by day and offer by offer.
///
/// # Errors
/// A fault of the database.
pub(super) async fn days(conn: &Connection, statements: &[Id]) -> Result<Vec<Day>, Problem> {
    let days = redemption::Entity::find()
        .select_only()
        .column_as(Column::SettlementId, "statement")
        .columns([Column::Day, Column::OfferId])
        .column_as(Column::Id.count(), "pieces")
        .column_as(Column::AmountFen.sum().cast_as("BIGINT"), "amount_fen")
        .filter(Column::SettlementId.is_in(statements.iter().copied()))
        .filter(standing())
        .group_by(Column::SettlementId)
        .group_by(Column::Day)
        .group_by(Column::OfferId)
        .order_by_asc(Column::Day)
        .order_by_asc(Column::OfferId)
        .into_model::<Day>()
        .all(conn)
        .await?;
    Ok(days)
}

/// The instants at which what stands on a statement was handed over, in their order.
///
/// # Errors
/// A fault of the database.
pub(super) async fn instants(conn: &Connection, statement: Id) -> Result<Vec<Moment>, Problem> {
    let query = redemption::Entity::find().select_only().column(Column::RedeemedAt);
    let query = query.filter(Column::SettlementId.eq(statement)).filter(standing());
    Ok(query.order_by_asc(Column::RedeemedAt).into_tuple().all(conn).await?)
}

/// Those of months settled before that are deducted on a statement, in the order in which they were handed over.
///
/// # Errors
/// A fault of the database.
pub(super) async fn deducted(conn: &Connection, statement: Id) -> Result<Vec<redemption::Model>, Problem> {
    let query = redemption::Entity::find().filter(Column::DeductedOn.eq(statement));
    Ok(query.order_by_asc(Column::Day).order_by_asc(Column::Id).all(conn).await?)
}
