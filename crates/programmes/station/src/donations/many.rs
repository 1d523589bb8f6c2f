//! Donation corners at once, for who sets a house up.

use chrono::{DateTime, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger};

use super::{GiverKind, hand_over::fact};
use crate::tables::{
    gift,
    gift_claim::{self, GiftState},
};

/// Something that was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// What it is.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// How many.
    pub quantity: i64,
    /// The company that gave it; absent for a worker.
    pub company: Option<&'static str>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who took a piece each; each once, and no more than there are pieces.
    pub taken: Vec<Taken>,
}

/// Somebody took a piece.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Who.
    pub person: Id,
    /// Of which worker group.
    pub group: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// His thanks.
    pub thanks: Option<&'static str>,
}

/// Writes gifts down, who took of them, and the facts of that.
///
/// # Errors
/// A fault.
pub async fn give_many(unit: &Unit, context: &Context, all: &[Given]) -> Result<(), Problem> {
    let (mut gifts, mut claims, mut facts) = (Vec::with_capacity(all.len()), Vec::new(), Vec::new());
    for one in all {
        let gift = row(context.id(), one);
        for taken in &one.taken {
            let claim = gift_claim::Model {
                id: context.id(),
                gift_id: gift.id,
                person_id: taken.person,
                quantity: 1,
                state: GiftState::Taken,
                until: taken.at.into(),
                taken_at: Some(taken.at.into()),
                thanks: taken.thanks.map(str::to_owned),
                reason: None,
            };
            facts.push(fact(&claim, (one.organisation, calendar::beijing_day(taken.at)), taken.group.clone()));
            claims.push(claim);
        }
        gifts.push(gift);
    }
    ledger::post(unit, context, &facts).await?;
    insert_all::<gift::Entity>(unit, gifts).await?;
    insert_all::<gift_claim::Entity>(unit, claims).await?;
    Ok(())
}

fn row(id: Id, one: &Given) -> gift::Model {
    gift::Model {
        id,
        station_id: one.station,
        organisation_id: one.organisation,
        name: one.name.to_owned(),
        unit: one.unit.to_owned(),
        quantity: one.quantity,
        left: one.quantity - i64::try_from(one.taken.len()).unwrap_or(i64::MAX),
        each: 1,
        note: None,
        giver_kind: if one.company.is_some() { GiverKind::Company } else { GiverKind::Worker },
        giver: one.company.map(str::to_owned),
        giver_id: None,
        given_at: one.at.into(),
        closed_at: None,
        closed_why: None,
    }
}
