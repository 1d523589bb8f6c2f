//! Moving up: what somebody who was drawn gives back, or does not use in his time, goes to the next lot of its share, as
//! anybody finds it who reckons the draw again. Whoever no longer qualifies then is passed over.

use database::{Id, Unit};
use kernel::{Context, Fault, Problem, outbox::JobKind};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use super::give::{give, mark};
use crate::{
    claim::{Stand, held, no_longer},
    offer::rounds_of,
    rules::draw::lot,
    tables::{
        draw,
        entry::{self, Column, Entity, EntryState},
        offer, share,
    },
};

/// Gives the free pieces of an offer's draws to the next lots.
pub const JOB: JobKind = JobKind::new("benefit_move_up", 5, |context, payload| Box::pin(work(context, payload)));

/// Names looked at in one unit, so that others need not wait long.
const STEP: usize = 100;

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let offer: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("an offer's key: {err}")))?;
    for round in rounds_of(context.read(), &[offer]).await? {
        let drawing = draw::Entity::find_by_id(round.id).one(context.read()).await?;
        let Some(drawing) = drawing.and_then(|drawing| drawing.seed.zip(drawing.list_hash)) else { continue };
        let stand = Stand::read(context.read(), round.id).await?;
        for share in stand.shares.iter().filter(|share| share.given < share.quota) {
            move_up(context, &stand, share.id, &drawing).await?;
        }
    }
    Ok(())
}

async fn move_up(
    context: &Context,
    stand: &Stand,
    share: Id,
    (seed, list_hash): &(String, String),
) -> Result<(), Problem> {
    let names = Entity::find().select_only().column(Column::Id).filter(Column::RoundId.eq(stand.round.id));
    let names = names.filter(Column::ShareId.eq(share)).filter(Column::State.eq(EntryState::Lost));
    let mut names: Vec<Id> = names.into_tuple().all(context.read()).await?;
    names.sort_by_cached_key(|name| lot(seed, list_hash, *name));
    for next in names.chunks(STEP) {
        if !context.unit(|unit| async move { step(&unit, context, (stand, share), next).await }).await? {
            break;
        }
    }
    Ok(())
}

/// Gives to the next names in this order; answers whether pieces are left for those behind them.
async fn step(unit: &Unit, context: &Context, (stand, share): (&Stand, Id), next: &[Id]) -> Result<bool, Problem> {
    let round = stand.round.id;
    let offer = offer::Entity::find_by_id(stand.offer.id).one(unit).await?;
    let Some(offer) = offer.filter(|offer| offer.gives(context.today())) else { return Ok(false) };
    let share = share::Entity::find_by_id(share).one(unit).await?.ok_or_else(Problem::not_found)?;
    let Ok(left @ 1..) = usize::try_from(share.quota - share.given) else { return Ok(false) };
    let names =
        Entity::find().filter(Column::Id.is_in(next.iter().copied())).filter(Column::State.eq(EntryState::Lost));
    let mut names = names.all(unit).await?;
    names.sort_by_key(|name| next.iter().position(|id| *id == name.id));
    let people: Vec<Id> = names.iter().map(|name| name.person_id).collect();
    let why = no_longer(unit, context, stand, &people).await?;
    let had = held(unit, round, &people).await?;
    let (mut up, mut passed) = (Vec::new(), Vec::new());
    for name in &names {
        if up.len() == left {
            break;
        }
        let qualifies = !why.contains_key(&name.person_id) && !had.contains_key(&name.person_id);
        if qualifies {
            up.push(name);
        } else {
            passed.push(name.id);
        }
    }
    give(unit, context, (&offer, round), (&up, EntryState::MovedUp)).await?;
    mark(unit, &passed, EntryState::Passed).await?;
    Ok(up.len() < left)
}

/// A person's names on lists that are drawn stay there, and don't move up.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn moves_up_no_more(unit: &Unit, person: Id) -> Result<(), Problem> {
    let row = entry::ActiveModel { state: Set(EntryState::Passed), ..Default::default() };
    let own = Entity::update_many().set(row).filter(Column::PersonId.eq(person));
    own.filter(Column::State.eq(EntryState::Lost)).exec(unit).await?;
    Ok(())
}
