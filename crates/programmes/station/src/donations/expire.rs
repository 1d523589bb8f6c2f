//! What nobody came for goes back to the corner.

use kernel::{Context, Moment, Problem, outbox::JobKind};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::reserve::give_back;
use crate::tables::gift_claim::{self, GiftState};

/// The look for reservations whose time is over.
pub const JOB: JobKind = JobKind::new("station_gifts", 1, |context, _| Box::pin(work(context))).every(300);

/// Reservations in one unit, so that others need not wait long.
const STEP: u64 = 200;

async fn work(context: &Context) -> Result<(), Problem> {
    let now: Moment = context.now().into();
    let due = || {
        gift_claim::Entity::find()
            .filter(gift_claim::Column::State.eq(GiftState::Reserved))
            .filter(gift_claim::Column::Until.lte(now))
            .order_by_asc(gift_claim::Column::Until)
    };
    while due().one(context.read()).await?.is_some() {
        let ended = context.unit(|unit| async move {
            for claim in due().limit(STEP).all(&unit).await? {
                give_back(&unit, &claim, GiftState::Expired).await?;
            }
            Ok(())
        });
        ended.await?;
    }
    Ok(())
}
