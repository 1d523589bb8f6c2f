//! The draw itself: by the program, after the closing, without anybody's hand.

use std::collections::{HashMap, HashSet};

use database::{Id, Moment};
use kernel::{Context, Problem, keys, outbox::JobKind};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::{
    commit::place,
    give::{give, mark},
};
use crate::{
    claim::{Stand, no_longer, shares},
    rules::draw::{Entry, list, sha256, winners},
    tables::{
        draw,
        entry::{self, EntryState},
        offer, round,
    },
};

/// The look for rounds whose names are to be drawn.
pub const JOB: JobKind = JobKind::new("benefit_draw", 1, |context, _| Box::pin(work(context))).every(30);

/// A call that came before the closing may still wait for its turn so long, in microseconds.
const LATEST: i64 = 60_000_000;

async fn work(context: &Context) -> Result<(), Problem> {
    let closed = Moment(Moment::from(context.now()).0 - LATEST);
    let open = draw::Entity::find().select_only().column(draw::Column::RoundId).filter(draw::Column::DrawnAt.is_null());
    let due = round::Entity::find()
        .filter(round::Column::Id.in_subquery(open.into_query()))
        .filter(round::Column::ClosesAt.lte(closed))
        .order_by_asc(round::Column::ClosesAt)
        .all(context.read())
        .await?;
    // One that can't be drawn, its seed damaged, keeps none of the others from being drawn, now or at any later look.
    let mut failed = None;
    for round in due {
        failed = run(context, round.id).await.err().or(failed);
    }
    failed.map_or(Ok(()), Err)
}

/// Draws the names of a round, once. Past the offer's last day whoever won could use nothing: the names wait until the day is
/// postponed, and are called off if the offer is ended instead.
///
/// # Errors
/// 404 for a round whose names are not drawn, or a fault.
pub async fn run(context: &Context, id: Id) -> Result<(), Problem> {
    let stand = Stand::read(context.read(), id).await?;
    if stand.offer.has_run_out(context.today()) {
        return Ok(());
    }
    let mut out = no_longer_qualified(context, &stand).await?;
    loop {
        let more = draw_names(context, &stand, &out).await?;
        if more.is_empty() {
            return Ok(());
        }
        out.extend(more);
    }
}

/// Draws, without the names that are out. Somebody may have got the same elsewhere since all names were looked at, which takes
/// too long for a unit: where one of those would win nothing is written, and their names are the answer.
async fn draw_names(context: &Context, stand: &Stand, out: &[Id]) -> Result<Vec<Id>, Problem> {
    let id = stand.round.id;
    context
        .unit(|unit| async move {
            let drawing = draw::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if drawing.drawn_at.is_some() {
                return Ok(Vec::new());
            }
            let seed = keys::open(context, place(id), &drawing.seed_sealed)?;
            let names = entry::Entity::find().filter(entry::Column::RoundId.eq(id));
            let mut names = names.order_by_asc(entry::Column::Id).all(&unit).await?;
            let is_out: HashSet<Id> = out.iter().copied().collect();
            names.retain(|name| !is_out.contains(&name.id));
            let entries: Vec<Entry> = names.iter().map(|name| Entry { id: name.id, share: name.share_id }).collect();
            let left: HashMap<Id, i64> =
                shares(&unit, id).await?.into_iter().map(|share| (share.id, share.quota - share.given)).collect();
            let won = winners(&seed, &entries, &left);
            let won: Vec<&entry::Model> = names.iter().filter(|name| won.contains(&name.id)).collect();
            let people: Vec<Id> = won.iter().map(|name| name.person_id).collect();
            let why = no_longer(&unit, context, stand, &people).await?;
            if !why.is_empty() {
                return Ok(won.iter().filter(|name| why.contains_key(&name.person_id)).map(|name| name.id).collect());
            }
            let lost = entry::ActiveModel { state: Set(EntryState::Lost), ..Default::default() };
            let all = entry::Entity::update_many().set(lost).filter(entry::Column::RoundId.eq(id));
            all.exec(&unit).await?;
            // Its last day may have been postponed meanwhile.
            let offer = offer::Entity::find_by_id(stand.offer.id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            give(&unit, context, (&offer, id), (&won, EntryState::Won)).await?;
            mark(&unit, out, EntryState::Out).await?;
            let row = draw::ActiveModel {
                seed: Set(Some(seed)),
                list_hash: Set(Some(sha256(&list(&entries)))),
                drawn_at: Set(Some(context.now().into())),
                ..Default::default()
            };
            draw::Entity::update_many().set(row).filter(draw::Column::RoundId.eq(id)).exec(&unit).await?;
            Ok(Vec::new())
        })
        .await
}

/// The names of those who no longer qualify: who left meanwhile, or got the same elsewhere. They are not drawn.
async fn no_longer_qualified(context: &Context, stand: &Stand) -> Result<Vec<Id>, Problem> {
    let conn = context.read();
    let names = entry::Entity::find().filter(entry::Column::RoundId.eq(stand.round.id)).all(conn).await?;
    let people: Vec<Id> = names.iter().map(|name| name.person_id).collect();
    let why = no_longer(conn, context, stand, &people).await?;
    Ok(names.iter().filter(|name| why.contains_key(&name.person_id)).map(|name| name.id).collect())
}
