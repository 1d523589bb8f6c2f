//! The statement into which what happens at a place today is written.

use calendar::Period;
use chrono::{Datelike, NaiveDate};
use database::{Id, Unit};
use kernel::{Context, Fault, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::ExprTrait};

use crate::tables::settlement::{ActiveModel, Column, Entity, SettlementState};

/// The open statement of a place and a union that pays for what happens today: today's month's, made if it is the first,
/// or a later one if that is settled, because the clock was put back.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn current(unit: &Unit, context: &Context, partner: Id, payer: Id) -> Result<Id, Problem> {
    let mut day = context.today();
    loop {
        let month = month_of(day)?;
        let known = Entity::find()
            .filter(Column::PartnerId.eq(partner))
            .filter(Column::OrganisationId.eq(payer))
            .filter(Column::Month.eq(month.to_string()))
            .one(unit)
            .await?;
        match known {
            Some(known) if known.state == SettlementState::Open => return Ok(known.id),
            Some(_) => day = month.last().succ_opt().unwrap_or(NaiveDate::MAX),
            None => return make(unit, context, (partner, payer), month),
        }
    }
}

fn month_of(day: NaiveDate) -> Result<Period, Problem> {
    Period::month(day.year(), day.month()).map_err(|err| Fault::Stored(format!("a month: {}", err.message())).into())
}

fn make(unit: &Unit, context: &Context, (partner, payer): (Id, Id), month: Period) -> Result<Id, Problem> {
    let id = context.id();
    let row = ActiveModel {
        id: Set(id),
        partner_id: Set(partner),
        organisation_id: Set(payer),
        month: Set(month.to_string()),
        state: Set(SettlementState::Open),
        pieces: Set(0),
        amount_fen: Set(0),
        confirmed_at: Set(None),
        confirmed_pieces: Set(None),
        confirmed_fen: Set(None),
        settled_at: Set(None),
        settled_by: Set(None),
        paid_on: Set(None),
        pay_note: Set(String::new()),
    };
    database::insert::<Entity>(unit, row)?;
    Ok(id)
}

/// Adds pieces at a price to a statement, or deducts them (negative), together with the unit's other writes. What its place
/// called right it says no more, even if the sums come to the same again.
pub(crate) fn add(unit: &Unit, statement: Id, pieces: i64, unit_fen: i64) {
    let row = ActiveModel { confirmed_pieces: Set(None), confirmed_fen: Set(None), ..Default::default() };
    let update = Entity::update_many()
        .set(row)
        .col_expr(Column::Pieces, Expr::col(Column::Pieces).add(pieces))
        .col_expr(Column::AmountFen, Expr::col(Column::AmountFen).add(pieces * unit_fen))
        .filter(Column::Id.eq(statement));
    database::update(unit, update);
}
