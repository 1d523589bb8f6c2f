//! Pieces that nobody claims himself: what an event promised goes to who waits for it, and what was drawn, given back and not
//! used to the next lot. Both by a job, ordered where there may be pieces to give on.

use std::collections::BTreeSet;

use database::{Id, Unit};
use kernel::{Context, Problem, outbox};
use sea_orm::entity::prelude::*;

use crate::{
    draw, promised,
    tables::{
        claim,
        offer::{Column, Entity, Model, Way},
    },
};

/// Orders the job that gives an offer's free pieces on, if there is one for it; for the unit that publishes it, adds a round
/// or postpones its last day.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn order(unit: &Unit, context: &Context, offer: &Model) -> Result<(), Problem> {
    let job = match offer.way {
        Way::Draw => draw::move_up::JOB,
        _ if offer.event_id.is_some() => promised::JOB,
        _ => return Ok(()),
    };
    outbox::enqueue(unit, context, job.code, &offer.id, context.now().into()).await?;
    Ok(())
}

/// Orders it where pieces go back, for the unit that ends these claims: who waits gets them before whoever joins later.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn freed(unit: &Unit, context: &Context, claims: &[claim::Model]) -> Result<(), Problem> {
    let ids: BTreeSet<Id> = claims.iter().map(|claim| claim.offer_id).collect();
    let offers = Entity::find().filter(Column::Id.is_in(ids)).all(unit).await?;
    for offer in offers.iter().filter(|offer| offer.gives(context.today())) {
        order(unit, context, offer).await?;
    }
    Ok(())
}
