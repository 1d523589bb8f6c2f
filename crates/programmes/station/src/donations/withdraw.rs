//! What becomes of gifts that are kept for somebody when their station shuts. Where it closes for good, what is left in its
//! corner is withdrawn; where it is known when it opens again they are kept on until after that day, and where it is not known
//! they are put back. For whom something was kept is told.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    Answer, Context, Fault, Id, Moment, Problem, Unit,
    outbox::{self, JobKind},
    person,
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, Select, entity::prelude::*};

use super::{kept_until, reserve::give_back};
use crate::{
    register::now::Sign,
    tables::{
        gift,
        gift_claim::{self, GiftState},
        station::{self, StationState},
    },
};

/// Tells one what becomes of what was kept for him.
pub const TELL: JobKind = person::telling("station_tell_gift", tell);

/// What stands so for somebody at a station.
pub(super) fn claims(station: Id, state: GiftState) -> Select<gift_claim::Entity> {
    let gifts = gift::Entity::find().select_only().column(gift::Column::Id).filter(gift::Column::StationId.eq(station));
    gift_claim::Entity::find()
        .filter(gift_claim::Column::GiftId.in_subquery(gifts.into_query()))
        .filter(gift_claim::Column::State.eq(state))
}

/// What is kept for somebody at a station.
pub(crate) fn kept(station: Id) -> Select<gift_claim::Entity> {
    claims(station, GiftState::Reserved)
}

/// Withdraws all gifts of a station for a reason and ends their reservations, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn withdraw_all(unit: &Unit, context: &Context, station: Id, reason: &str) -> Result<(), Problem> {
    let here = gift::Column::StationId.eq(station);
    let row = gift::ActiveModel {
        closed_at: Set(Some(context.now().into())),
        closed_why: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    let offered = gift::Entity::update_many().set(row).filter(here).filter(gift::Column::ClosedAt.is_null());
    offered.exec(unit).await?;
    put_back(unit, context, station, reason).await
}

/// Ends all reservations at a station for a reason, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn put_back(unit: &Unit, context: &Context, station: Id, reason: &str) -> Result<(), Problem> {
    cancel(unit, context, kept(station), reason).await?;
    Ok(())
}

/// Ends reservations for a reason that whoever had reserved is told, and orders the texts. Answers how many pieces it were.
///
/// # Errors
/// A fault of the database.
pub(super) async fn cancel(
    unit: &Unit,
    context: &Context,
    reserved: Select<gift_claim::Entity>,
    reason: &str,
) -> Result<i64, Problem> {
    let (mut pieces, mut ended) = (0, Vec::new());
    for claim in reserved.all(unit).await? {
        if give_back(unit, &claim, GiftState::Returned).await? {
            pieces += claim.quantity;
            ended.push(claim.id);
        }
    }
    let row = gift_claim::ActiveModel { reason: Set(Some(reason.to_owned())), ..Default::default() };
    let those = gift_claim::Column::Id.is_in(ended.iter().copied());
    gift_claim::Entity::update_many().set(row).filter(those).exec(unit).await?;
    tell_later(unit, context, &ended).await?;
    Ok(pieces)
}

/// Keeps on what would run out while a station is shut, or soon after its last day: as long after that day as for whoever
/// reserves then. Answers which reservations these are.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn keep_on(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (from, last): (DateTime<Utc>, NaiveDate),
) -> Result<Vec<Id>, Problem> {
    let Some(opens) = last.succ_opt() else { return Ok(Vec::new()) };
    let until = Moment::from(kept_until(unit, context, station, calendar::day_start(opens)).await?);
    let short = kept(station.id)
        .filter(gift_claim::Column::Until.gt(Moment::from(from)))
        .filter(gift_claim::Column::Until.lt(until))
        .all(unit)
        .await?;
    for claim in &short {
        let row = gift_claim::ActiveModel { until: Set(until), ..Default::default() };
        gift_claim::Entity::update_many().set(row).filter(gift_claim::Column::Id.eq(claim.id)).exec(unit).await?;
    }
    Ok(short.into_iter().map(|claim| claim.id).collect())
}

/// Keeps nothing beyond the day from which on a station is shut for nobody knows how long, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn keep_until(unit: &Unit, context: &Context, station: Id, day: NaiveDate) -> Result<(), Problem> {
    let until = Moment::from(calendar::day_start(day));
    let longer = kept(station).filter(gift_claim::Column::Until.gt(until)).all(unit).await?;
    let longer: Vec<Id> = longer.into_iter().map(|claim| claim.id).collect();
    let row = gift_claim::ActiveModel { until: Set(until), ..Default::default() };
    let those = gift_claim::Column::Id.is_in(longer.iter().copied());
    gift_claim::Entity::update_many().set(row).filter(those).exec(unit).await?;
    tell_later(unit, context, &longer).await
}

/// Orders the texts to those for whom something is or was kept.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn tell_later(unit: &Unit, context: &Context, claims: &[Id]) -> Result<(), Problem> {
    outbox::enqueue_all(unit, context, TELL.code, claims, context.now().into()).await
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a reservation: {err}")))?;
        let conn = context.read();
        let Some(claim) = gift_claim::Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
        let Some(gift) = gift::Entity::find_by_id(claim.gift_id).one(conn).await? else { return Ok(()) };
        let Some(station) = station::Entity::find_by_id(gift.station_id).one(conn).await? else { return Ok(()) };
        // The station's own, where it was ended before that was kept.
        let reason = claim.reason.as_deref().or(station.state_reason.as_deref());
        let reason = reason.unwrap_or_default().trim_end_matches('。');
        let is_withdrawn = gift.closed_at.is_some();
        let gift = gift.name;
        let news = match (claim.state, station.state) {
            (GiftState::Taken, _) => return Ok(()),
            (GiftState::Reserved, _) => {
                let until = claim.until.at().with_timezone(&calendar::BEIJING).format("%-m月%-d日%H:%M");
                let (sign, today) = (Sign::of(&station), context.today());
                // What ends on the day from which on it is shut ends for that.
                let ends = |day: &NaiveDate| claim.until == Moment::from(calendar::day_start(*day));
                let shut = sign.kept.will_be_shut(today).filter(ends).and_then(|_| sign.will_be_shut(today));
                let pauses = shut.or_else(|| sign.will_pause(today)).unwrap_or_else(|| "临时不开放".to_owned());
                format!("{pauses}，为您预留的“{gift}”保留到{until}，请在开放时领取。")
            }
            (_, StationState::Closed) => format!(
                "已撤销（{reason}），为您预留的“{gift}”不能再领取，请不用前往。其他驿站的物品请看手机“爱心角”。"
            ),
            _ if is_withdrawn => {
                format!("为您预留的“{gift}”已取消（{reason}），请不用前往。其他物品请看手机“爱心角”。")
            }
            _ => format!("暂停开放（{reason}），为您预留的“{gift}”已放回，请不用前往。恢复开放后可以重新预留。"),
        };
        person::tell(context, claim.person_id, &format!("【娘家】{}{news}", station.name)).await?;
        Ok(())
    })
}
