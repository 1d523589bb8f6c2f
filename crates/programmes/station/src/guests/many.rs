//! Officials' days at once, each with its facts, for who sets a house up.

use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger};

use super::write_down::{NewGuest, asked, facts, row};
use crate::tables::{guest, request};

/// An official's day at a station.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The union that answers for the station.
    pub organisation: Id,
    /// What was done; each official once a day at a station.
    pub day: NewGuest,
}

/// Writes days down, with what was asked for; nothing is announced. Who calls has seen that stations and groups exist.
///
/// # Errors
/// A fault.
pub async fn take_turns(unit: &Unit, context: &Context, all: &[Turn]) -> Result<(), Problem> {
    let keyed: Vec<(Id, &Turn)> = all.iter().map(|one| (context.id(), one)).collect();
    let counted: Vec<Vec<_>> = keyed.iter().map(|(id, one)| facts(one.organisation, *id, &one.day)).collect();
    let mut posted = ledger::post(unit, context, &counted.concat()).await?.into_iter();
    let (mut guests, mut requests) = (Vec::with_capacity(all.len()), Vec::new());
    for ((id, one), counted) in keyed.into_iter().zip(&counted) {
        let facts: Vec<Id> = posted.by_ref().take(counted.len()).collect();
        let guest = row(context, (id, one.organisation), &one.day, &facts)?;
        requests.extend(one.day.requests.iter().map(|wish| asked(context, &guest, wish)));
        guests.push(guest);
    }
    insert_all::<guest::Entity>(unit, guests).await?;
    insert_all::<request::Entity>(unit, requests).await?;
    Ok(())
}
