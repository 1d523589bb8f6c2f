//! Whoever chose a batch is reminded by one text on the day before it begins: he chose it weeks ago, his seat can be another's no
//! more, and it doesn't come again.

use chrono::TimeDelta;
use database::{Id, Moment};
use kernel::{
    Answer, Context, Fault, Problem,
    outbox::{self, JobKind},
    person,
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::tables::{
    batch::{ActiveModel, Column, Entity},
    claim::{self, ClaimState},
    offer, partner, seat,
};

/// The look for batches that begin tomorrow.
pub const JOB: JobKind = JobKind::new("benefit_batch_soon", 1, |context, _| Box::pin(work(context))).every(900);

/// Reminds one who chose a batch.
pub const TELL: JobKind = person::telling("benefit_batch_remind", tell);

/// Nobody is reminded earlier in the day.
const MORNING: TimeDelta = TimeDelta::hours(9);

/// Who is reminded of what.
#[derive(Serialize, Deserialize)]
struct Told {
    batch: Id,
    claim: Id,
}

async fn work(context: &Context) -> Result<(), Problem> {
    let today = context.today();
    let Some(tomorrow) = today.succ_opt() else { return Ok(()) };
    if context.now() < calendar::day_start(today) + MORNING {
        return Ok(());
    }
    let due = || {
        Entity::find()
            .filter(Column::StartsOn.eq(tomorrow))
            .filter(Column::CalledOff.is_null())
            .filter(Column::RemindedAt.is_null())
    };
    let batches: Vec<Id> = due().select_only().column(Column::Id).into_tuple().all(context.read()).await?;
    for batch in batches {
        let reminded = context.unit(|unit| async move {
            if due().filter(Column::Id.eq(batch)).one(&unit).await?.is_none() {
                return Ok(());
            }
            let seats = seat::Entity::find().select_only().column(seat::Column::ClaimId);
            let seats = seats.filter(seat::Column::BatchId.eq(batch)).into_query();
            let chosen = claim::Entity::find().select_only().column(claim::Column::Id);
            let chosen = chosen.filter(claim::Column::Id.in_subquery(seats));
            let chosen: Vec<Id> =
                chosen.filter(claim::Column::State.eq(ClaimState::Claimed)).into_tuple().all(&unit).await?;
            let told: Vec<Told> = chosen.into_iter().map(|claim| Told { batch, claim }).collect();
            let now = Moment::from(context.now());
            outbox::enqueue_all(&unit, context, TELL.code, &told, now).await?;
            let row = ActiveModel { reminded_at: Set(Some(now)), ..Default::default() };
            Entity::update_many().set(row).filter(Column::Id.eq(batch)).exec(&unit).await?;
            Ok(())
        });
        reminded.await?;
    }
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Told = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a batch: {err}")))?;
        let conn = context.read();
        let Some(seat) = seat::Entity::find_by_id(told.claim).one(conn).await? else { return Ok(()) };
        let Some(batch) = Entity::find_by_id(told.batch).one(conn).await? else { return Ok(()) };
        let Some(claim) = claim::Entity::find_by_id(told.claim).one(conn).await? else { return Ok(()) };
        // A text that waited for its gateway may come when he has been there, or it is over.
        if seat.batch_id != batch.id || claim.state != ClaimState::Claimed || batch.ends_on < context.today() {
            return Ok(());
        }
        let Some(offer) = offer::Entity::find_by_id(batch.offer_id).one(conn).await? else { return Ok(()) };
        let place = partner::Entity::find_by_id(batch.partner_id).one(conn).await?;
        let place = place.map(|place| format!("{}（{}）", place.name, place.address)).unwrap_or_default();
        let text = format!(
            "【娘家】您选的“{}”{}开始，地点：{place}。集合时间和要带的东西，请看手机“我的凭证”。",
            offer.title,
            batch.starts_on.format("%-m月%-d日"),
        );
        person::tell(context, claim.person_id, &text).await?;
        Ok(())
    })
}
