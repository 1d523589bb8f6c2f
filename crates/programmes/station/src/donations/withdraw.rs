//! A station closes for good: what is left in its corner is withdrawn, and for whom something was kept is told that he need
//! not come.

use kernel::{
    Answer, Context, Fault, Id, Problem, Unit,
    outbox::{self, JobKind},
    person,
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, Select, entity::prelude::*};

use super::reserve::give_back;
use crate::tables::{
    gift,
    gift_claim::{self, GiftState},
    station,
};

/// Tells one that what was kept for him no longer is.
pub const TELL: JobKind = person::telling("station_tell_gift", tell);

/// What is kept for somebody at a station.
pub(crate) fn kept(station: Id) -> Select<gift_claim::Entity> {
    let gifts = gift::Entity::find().select_only().column(gift::Column::Id).filter(gift::Column::StationId.eq(station));
    gift_claim::Entity::find()
        .filter(gift_claim::Column::GiftId.in_subquery(gifts.into_query()))
        .filter(gift_claim::Column::State.eq(GiftState::Reserved))
}

/// Withdraws all gifts of a station and ends their reservations, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn withdraw_all(unit: &Unit, context: &Context, station: Id) -> Result<(), Problem> {
    let here = gift::Column::StationId.eq(station);
    let row = gift::ActiveModel { closed_at: Set(Some(context.now().into())), ..Default::default() };
    let offered = gift::Entity::update_many().set(row).filter(here).filter(gift::Column::ClosedAt.is_null());
    offered.exec(unit).await?;
    for claim in kept(station).all(unit).await? {
        if give_back(unit, &claim, GiftState::Returned).await? {
            outbox::enqueue(unit, context, TELL.code, &claim.id, context.now().into()).await?;
        }
    }
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a reservation: {err}")))?;
        let conn = context.read();
        let Some(claim) = gift_claim::Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
        let Some(gift) = gift::Entity::find_by_id(claim.gift_id).one(conn).await? else { return Ok(()) };
        let Some(station) = station::Entity::find_by_id(gift.station_id).one(conn).await? else { return Ok(()) };
        let reason = station.state_reason.as_deref().unwrap_or_default().trim_end_matches('。');
        let text = format!(
            "【娘家】{}已撤销（{reason}），为您预留的“{}”不能再领取，请不用前往。其他驿站的物品请看手机“爱心角”。",
            station.name, gift.name,
        );
        person::tell(context, claim.person_id, &text).await?;
        Ok(())
    })
}
