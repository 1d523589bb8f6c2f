//! Batches of health checks and stays: days, a place and seats. Whoever holds a voucher chooses one on his phone, with those
//! who come along; the place or an officer marks who came, which redeems the voucher. What a check found is kept nowhere.

pub mod attend;
pub mod by_partner;
pub mod call_off;
pub mod choose;
pub mod companions;
pub mod export;
pub mod guardian;
pub mod keep;
pub mod list;
pub mod mine;
pub mod release;
pub mod remind;
pub mod seats;

use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{
    Context, Problem,
    rulebook::{self, Numbers},
};
use sea_orm::entity::prelude::*;

use crate::{
    programme::BATCH_DAYS,
    rules::batch::last_day,
    tables::{batch, claim, partner, seat},
};

kernel::refusals! {
    /// Why somebody who came to a batch is not served.
    pub enum BatchRefusal {
        /// He chose none.
        NotChosen = 409 "batch_not_chosen" "持券人还没有选择批次，请先在手机“我的凭证”中选择。",
        /// It begins later.
        NotYet { from: String } = 409 "batch_not_yet" "所选批次{from}才开始，现在不能使用。",
        /// He chose another place.
        Elsewhere { place: String } = 409 "batch_elsewhere" "所选批次在“{place}”，不在本核销点。",
    }
}

/// The last day on which one may choose or leave a batch of a union's.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn deadline(conn: &Connection, context: &Context, batch: &batch::Model) -> Result<NaiveDate, Problem> {
    let days = rulebook::number(conn, context, &BATCH_DAYS, batch.organisation_id, context.today()).await?;
    Ok(until(batch, days))
}

fn until(batch: &batch::Model, days: i64) -> NaiveDate {
    last_day(batch.starts_on, days.clamp(0, 90))
}

/// The same of batches that are shown together: each union's rule is asked for once.
struct Deadlines(Numbers);

impl Deadlines {
    /// Asks for the rules of some batches' unions.
    ///
    /// # Errors
    /// A fault of the database.
    async fn of(context: &Context, batches: &[batch::Model]) -> Result<Self, Problem> {
        let mut days = Numbers::of(&BATCH_DAYS);
        days.know(context, batches.iter().map(|batch| batch.organisation_id)).await?;
        Ok(Self(days))
    }

    /// The last day of one of them.
    ///
    /// # Errors
    /// A fault of the database.
    async fn until(&mut self, context: &Context, batch: &batch::Model) -> Result<NaiveDate, Problem> {
        let days = self.0.at(context, batch.organisation_id).await?;
        Ok(until(batch, days))
    }
}

/// The batches of some offers, in the order in which they begin.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn batches_of(conn: &Connection, offers: &[Id]) -> Result<Vec<batch::Model>, Problem> {
    use sea_orm::QueryOrder;
    let query = batch::Entity::find().filter(batch::Column::OfferId.is_in(offers.iter().copied()));
    Ok(query.order_by_asc(batch::Column::StartsOn).order_by_asc(batch::Column::Id).all(conn).await?)
}

/// Whether a claim may be redeemed at a place today, as far as its batch goes; offers without batches don't ask.
///
/// # Errors
/// [`BatchRefusal`].
pub(crate) async fn admits(
    conn: &Connection,
    context: &Context,
    claim: &claim::Model,
    place: &partner::Model,
) -> Result<(), Problem> {
    let batches = batches_of(conn, &[claim.offer_id]).await?;
    if batches.is_empty() {
        return Ok(());
    }
    let seat = seat::Entity::find_by_id(claim.id).one(conn).await?.ok_or(BatchRefusal::NotChosen)?;
    let chosen = batches.iter().find(|batch| batch.id == seat.batch_id).ok_or(BatchRefusal::NotChosen)?;
    if chosen.partner_id != place.id {
        let place = partner::Entity::find_by_id(chosen.partner_id).one(conn).await?;
        return Err(BatchRefusal::Elsewhere { place: place.map(|place| place.name).unwrap_or_default() }.into());
    }
    if context.today() < chosen.starts_on {
        return Err(BatchRefusal::NotYet { from: calendar::day_in_words(chosen.starts_on) }.into());
    }
    Ok(())
}
