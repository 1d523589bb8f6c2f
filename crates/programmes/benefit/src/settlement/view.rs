//! A statement as officers and places read it: nothing of people, only pieces and money.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{Context, Problem, organisation::tree, rulebook};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{figures, is_over, month_label};
use crate::{
    kind,
    programme::BURST_PIECES,
    rules::{
        burst::{Burst, bursts},
        settlement::Line,
    },
    tables::{
        booking::{self, BookingState},
        dispute, offer, partner,
        settlement::{self, SettlementState},
    },
};

/// A statement in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettlementRow {
    /// The key.
    pub id: Id,
    /// The place.
    pub partner_id: Id,
    /// What people call it.
    pub partner: String,
    /// The union that pays.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The month, as `2026-07`.
    pub month: String,
    /// What people call the month.
    pub month_label: String,
    /// Whether the month is over, so that it can be settled.
    pub over: bool,
    /// Where it stands.
    pub state: SettlementState,
    /// In words.
    pub state_label: String,
    /// How many pieces are owed.
    pub pieces: i64,
    /// What is owed, in fen.
    pub amount_fen: i64,
    /// Whether the place said that what stands there now is right.
    pub confirmed: bool,
    /// How many disputes wait for their answer.
    pub disputed: u64,
    /// When it was settled.
    pub settled_at: Option<Moment>,
    /// The day on which the money went out.
    pub paid_on: Option<NaiveDate>,
}

/// An offer's line on a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettlementLine {
    /// The offer.
    pub offer_id: Id,
    /// What was handed over.
    pub title: String,
    /// The kind.
    pub kind_label: String,
    /// The word behind a number.
    pub unit: String,
    /// The line of the plan's budget that pays.
    pub budget_line: String,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// How many were handed over.
    pub handed: i64,
    /// How many of months settled before were taken back since, and are deducted here.
    pub corrected: i64,
    /// How many were agreed upon more, or fewer (below zero), after a dispute.
    pub adjusted: i64,
    /// How many are owed.
    pub pieces: i64,
    /// What is owed, in fen.
    pub amount_fen: i64,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DisputeView {
    /// The key.
    pub id: Id,
    /// The line: the offer.
    pub offer_id: Id,
    /// What was handed over.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Whether the place said so itself; else an officer wrote it down.
    pub by_partner: bool,
    /// When.
    pub raised_at: Moment,
    /// What was answered.
    pub answer: Option<String>,
    /// How many pieces were agreed upon more, or fewer (below zero).
    pub adjusted: i64,
    /// When it was answered.
    pub answered_at: Option<Moment>,
}

/// What a statement takes of a line of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookingView {
    /// The key.
    pub id: Id,
    /// The line of the budget, by name.
    pub budget_line: String,
    /// How much, in fen.
    pub amount_fen: i64,
    /// What became of it.
    pub state: BookingState,
    /// In words.
    pub state_label: String,
    /// On which plan it stands, or why on none.
    pub told: String,
}

/// What was handed over on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettlementDay {
    /// The day.
    pub day: NaiveDate,
    /// How many pieces.
    pub pieces: i64,
    /// What they cost, in fen.
    pub amount_fen: i64,
}

/// A time in which more was handed over than people can be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettlementBurst {
    /// The first piece.
    pub from: Moment,
    /// The last.
    pub until: Moment,
    /// How many pieces.
    pub pieces: u64,
}

/// A statement with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettlementView {
    /// What lists show.
    #[serde(flatten)]
    pub row: SettlementRow,
    /// What was noted of the payment.
    pub pay_note: String,
    /// The lines.
    pub lines: Vec<SettlementLine>,
    /// What was handed over, day by day.
    pub days: Vec<SettlementDay>,
    /// When more pieces than `benefit.burst_pieces`, if it is not 0, were handed over in a minute: to be looked into first.
    pub bursts: Vec<SettlementBurst>,
    /// The disputes.
    pub disputes: Vec<DisputeView>,
    /// What it takes of the budget's lines, once the payment was noted.
    pub bookings: Vec<BookingView>,
}

/// Statements as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn rows(
    conn: &Connection,
    context: &Context,
    statements: &[settlement::Model],
) -> Result<Vec<SettlementRow>, Problem> {
    let partners =
        partner::Entity::find().filter(partner::Column::Id.is_in(statements.iter().map(|one| one.partner_id)));
    let partners: HashMap<Id, String> =
        partners.all(conn).await?.into_iter().map(|partner| (partner.id, partner.name)).collect();
    let unions = tree::names(conn, statements.iter().map(|one| one.organisation_id)).await?;
    let waiting = dispute::Entity::find()
        .filter(dispute::Column::SettlementId.is_in(statements.iter().map(|one| one.id)))
        .filter(dispute::Column::AnsweredAt.is_null())
        .all(conn)
        .await?;
    let row = |one: &settlement::Model| SettlementRow {
        id: one.id,
        partner_id: one.partner_id,
        partner: partners.get(&one.partner_id).cloned().unwrap_or_default(),
        organisation_id: one.organisation_id,
        organisation: unions.get(&one.organisation_id).cloned().unwrap_or_default(),
        month: one.month.clone(),
        month_label: month_label(one),
        over: is_over(one, context.today()),
        state: one.state,
        state_label: one.state.label().to_owned(),
        pieces: one.pieces,
        amount_fen: one.amount_fen,
        confirmed: one.is_confirmed(),
        disputed: waiting.iter().filter(|dispute| dispute.settlement_id == one.id).count() as u64,
        settled_at: one.settled_at,
        paid_on: one.paid_on,
    };
    Ok(statements.iter().map(row).collect())
}

/// A statement with its lines.
///
/// # Errors
/// A fault of the database.
pub async fn view(
    conn: &Connection,
    context: &Context,
    statement: settlement::Model,
) -> Result<SettlementView, Problem> {
    let id = statement.id;
    let row = rows(conn, context, std::slice::from_ref(&statement)).await?.pop().ok_or_else(Problem::not_found)?;
    let lines = lines(conn, &[id]).await?.remove(&id).unwrap_or_default();
    let bookings = booking::Entity::find().filter(booking::Column::SettlementId.eq(id));
    let bookings = bookings.order_by_asc(booking::Column::Id).all(conn).await?;
    let booked = |one: booking::Model| BookingView {
        id: one.id,
        budget_line: one.budget_line,
        amount_fen: one.amount_fen,
        state: one.state,
        state_label: one.state.label().to_owned(),
        told: one.told,
    };
    let mut days: Vec<SettlementDay> = Vec::new();
    for day in figures::days(conn, &[id]).await? {
        match days.last_mut() {
            Some(last) if last.day == day.day => {
                last.pieces += day.pieces;
                last.amount_fen += day.amount_fen;
            }
            _ => days.push(SettlementDay { day: day.day, pieces: day.pieces, amount_fen: day.amount_fen }),
        }
    }
    let payer = statement.organisation_id;
    let most = rulebook::number(conn, context, &BURST_PIECES, payer, context.today()).await?;
    let bursts = bursts(&figures::instants(conn, id).await?, usize::try_from(most).unwrap_or(0));
    let burst = |Burst { from, until, pieces }: Burst| SettlementBurst { from, until, pieces: pieces as u64 };
    Ok(SettlementView {
        row,
        pay_note: statement.pay_note,
        lines,
        days,
        bursts: bursts.into_iter().map(burst).collect(),
        disputes: disputes(conn, &[id]).await?.into_iter().map(|(_, dispute)| dispute).collect(),
        bookings: bookings.into_iter().map(booked).collect(),
    })
}

/// The lines of statements as people read them.
///
/// # Errors
/// A fault of the database.
pub(super) async fn lines(conn: &Connection, statements: &[Id]) -> Result<HashMap<Id, Vec<SettlementLine>>, Problem> {
    let counted = figures::lines_of(conn, statements).await?;
    let offers: BTreeSet<Id> = counted.values().flatten().map(|line| line.offer).collect();
    let offers = offers_of(conn, offers).await?;
    let kinds = kind::all(conn).await?;
    let named = |line: &Line| {
        let offer = offers.get(&line.offer)?;
        let kind = kinds.iter().find(|kind| kind.code == offer.kind);
        Some(SettlementLine {
            offer_id: offer.id,
            title: offer.title.clone(),
            kind_label: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
            unit: kind.map(|kind| kind.unit.clone()).unwrap_or_default(),
            budget_line: offer.budget_line.clone(),
            unit_fen: line.unit_fen,
            handed: line.handed,
            corrected: line.corrected,
            adjusted: line.adjusted,
            pieces: line.pieces(),
            amount_fen: line.amount_fen(),
        })
    };
    Ok(counted.into_iter().map(|(id, lines)| (id, lines.iter().filter_map(named).collect())).collect())
}

/// Offers by key.
///
/// # Errors
/// A fault of the database.
pub(super) async fn offers_of(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, offer::Model>, Problem> {
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(ids)).all(conn).await?;
    Ok(offers.into_iter().map(|offer| (offer.id, offer)).collect())
}

/// The disputes of statements, each with its statement's key, the first raised first.
///
/// # Errors
/// A fault of the database.
pub(super) async fn disputes(conn: &Connection, statements: &[Id]) -> Result<Vec<(Id, DisputeView)>, Problem> {
    let query = dispute::Entity::find().filter(dispute::Column::SettlementId.is_in(statements.iter().copied()));
    let found = query.order_by_asc(dispute::Column::Id).all(conn).await?;
    let offers = offers_of(conn, found.iter().map(|one| one.offer_id)).await?;
    let view = |one: dispute::Model| {
        let dispute = DisputeView {
            id: one.id,
            offer_id: one.offer_id,
            title: offers.get(&one.offer_id).map(|offer| offer.title.clone()).unwrap_or_default(),
            reason: one.reason,
            by_partner: one.by_partner,
            raised_at: one.raised_at,
            answer: one.answer,
            adjusted: one.adjusted,
            answered_at: one.answered_at,
        };
        (one.settlement_id, dispute)
    };
    Ok(found.into_iter().map(view).collect())
}
