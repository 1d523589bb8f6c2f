//! Claims that were not redeemed in time run out, and their pieces go back.

use std::collections::BTreeSet;

use database::{Id, Moment};
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    batch,
    claim::{Desk, free},
    give_on::freed,
    tables::claim::{self, ClaimState, Column, Entity},
};

/// The look for claims whose time is over.
pub const JOB: JobKind = JobKind::new("benefit_expire", 1, |context, _| Box::pin(work(context))).every(60);

/// Claims in one unit, so that others need not wait long.
const STEP: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    while step(context).await? > 0 {}
    Ok(())
}

/// Ends some; answers how many.
async fn step(context: &Context) -> Result<usize, Problem> {
    let now: Moment = context.now().into();
    if Entity::find().filter(Column::DueAt.lte(now)).one(context.read()).await?.is_none() {
        return Ok(0);
    }
    let rounds: Vec<Id> = context
        .unit(|unit| async move {
            let due = Entity::find().filter(Column::DueAt.lte(now)).order_by_asc(Column::DueAt).limit(STEP);
            let due = due.all(&unit).await?;
            free(&unit, &due);
            batch::release::release(&unit, &due.iter().map(|claim| claim.id).collect::<Vec<_>>()).await?;
            let row = claim::ActiveModel {
                state: Set(ClaimState::Expired),
                due_at: Set(None),
                ended_at: Set(Some(now)),
                ..Default::default()
            };
            let update = Entity::update_many().set(row).filter(Column::Id.is_in(due.iter().map(|claim| claim.id)));
            update.exec(&unit).await?;
            freed(&unit, context, &due).await?;
            Ok(due.iter().map(|claim| claim.round_id).collect())
        })
        .await?;
    let desk = context.house().here::<Desk>();
    for round in rounds.iter().collect::<BTreeSet<_>>() {
        desk.returned(*round);
    }
    Ok(rounds.len())
}
