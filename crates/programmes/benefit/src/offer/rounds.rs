//! Rounds of an offer and how their pieces are shared out; another round may be added while the offer goes on.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::NaiveDate;
use database::{Id, Moment, Unit};
use kernel::{Caller, Context, Problem, audit, etag};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    form::check_inside,
    limits, over_budget,
    publish::PublishRefusal,
    view::{OfferView, view},
};
use crate::{
    draw,
    give_on::order,
    permissions::PublishOffers,
    rules::window::end,
    tables::{
        offer::{self, OfferState, Way},
        round, share,
    },
};

/// A time at which one may claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferRoundForm)]
pub struct RoundForm {
    /// From when on.
    pub opens_at: Moment,
    /// Until when.
    pub closes_at: Moment,
    /// How many pieces there are.
    pub total: i64,
    /// Pieces set aside for single unions and those below them; what is left over is for everybody else.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub shares: Vec<ShareForm>,
}

/// Pieces set aside for a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferShareForm)]
pub struct ShareForm {
    /// For whose people.
    pub organisation_id: Id,
    /// How many.
    pub quota: i64,
}

/// The most pieces of a round.
const MOST: i64 = 10_000_000;
/// So long before the last day of redemption is over names are drawn, an hour in microseconds: whoever wins must be able to
/// use what he won.
const DRAWN_BEFORE: i64 = 3_600_000_000;

impl RoundForm {
    /// What must hold of it in an offer that is decided this way and whose last day of redemption this is: whether it does,
    /// and the field, the code and the words where it does not.
    pub(super) fn demands(
        &self,
        way: Way,
        redeem_until: NaiveDate,
    ) -> [(bool, &'static str, &'static str, &'static str); 3] {
        let opens_in_time = calendar::beijing_day(self.opens_at.at()) <= redeem_until;
        let drawn_in_time = way != Way::Draw || self.closes_at.0 <= end(redeem_until).0 - DRAWN_BEFORE;
        let round = "每场的结束时间应晚于开放时间，名额应为1至10000000份，分配之和不超过总数。";
        let closes_late = "报名截止后才抽签，应比使用截止日结束至少早1小时，请提前截止时间。";
        [
            (self.is_right(), "total", "round", round),
            (opens_in_time, "opens_at", "opens_too_late", "领取应在使用截止日之前开放。"),
            (drawn_in_time, "closes_at", "closes_too_late", closes_late),
        ]
    }

    /// Whether it makes sense in itself.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let mut named: Vec<Id> = self.shares.iter().map(|share| share.organisation_id).collect();
        named.sort_unstable();
        named.dedup();
        self.opens_at < self.closes_at
            && (1..=MOST).contains(&self.total)
            && named.len() == self.shares.len()
            && self.shares.iter().all(|share| (0..=MOST).contains(&share.quota))
            && self.shares.iter().map(|share| share.quota).sum::<i64>() <= self.total
    }

    /// How the pieces are shared out: those set aside, and the rest for the union that offers.
    #[must_use]
    pub fn shared_out(&self, holder: Id) -> Vec<ShareForm> {
        let rest = self.total - self.shares.iter().map(|share| share.quota).sum::<i64>();
        let mut shares = self.shares.clone();
        match shares.iter_mut().find(|share| share.organisation_id == holder) {
            Some(own) => own.quota += rest,
            None if rest > 0 => shares.push(ShareForm { organisation_id: holder, quota: rest }),
            None => {}
        }
        shares
    }
}

/// Writes rounds with their shares.
///
/// # Errors
/// A fault of the database.
pub async fn save(unit: &Unit, context: &Context, offer: &offer::Model, forms: &[RoundForm]) -> Result<(), Problem> {
    let (mut rounds, mut shares) = (Vec::new(), Vec::new());
    for form in forms {
        let id = context.id();
        rounds.push(round::ActiveModel {
            id: Set(id),
            offer_id: Set(offer.id),
            opens_at: Set(form.opens_at),
            closes_at: Set(form.closes_at),
        });
        shares.extend(share_rows(context, offer.organisation_id, id, form));
    }
    database::insert_all::<round::Entity>(unit, rounds).await?;
    database::insert_all::<share::Entity>(unit, shares).await?;
    Ok(())
}

/// The rows of a round's shares.
pub(super) fn share_rows(context: &Context, holder: Id, round: Id, form: &RoundForm) -> Vec<share::ActiveModel> {
    let row = |share: ShareForm| share::ActiveModel {
        id: Set(context.id()),
        round_id: Set(round),
        organisation_id: Set(share.organisation_id),
        quota: Set(share.quota),
        given: Set(0),
    };
    form.shared_out(holder).into_iter().map(row).collect()
}

/// Checks a round of an offer that goes on.
///
/// # Errors
/// 422 that names the field.
pub(super) async fn check(
    unit: &Unit,
    context: &Context,
    offer: &offer::Model,
    form: &RoundForm,
) -> Result<(), Problem> {
    let wrong = form.demands(offer.way, offer.redeem_until).into_iter().find(|(holds, ..)| !holds);
    if let Some((_, field, code, message)) = wrong {
        return Err(Problem::field(field, code, message));
    }
    if offer.event_id.is_none() && form.closes_at <= context.now().into() {
        return Err(Problem::field("closes_at", "closes_in_past", "结束时间应晚于现在。"));
    }
    check_inside(unit, offer.organisation_id, form.shares.iter().map(|share| share.organisation_id).collect()).await
}

/// Counts a change of a round as one of its offer, in which officers read it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn changed(unit: &Unit, offer: offer::Model) -> Result<offer::Model, Problem> {
    let new = offer::Model { version: offer.version + 1, ..offer };
    let row = offer::ActiveModel { version: Set(new.version), ..Default::default() };
    offer::Entity::update_many().set(row).filter(offer::Column::Id.eq(new.id)).exec(unit).await?;
    etag::note(unit, new.id, new.version, &["rounds".to_owned()]).await?;
    Ok(new)
}

/// Removes the rounds of a draft; nobody claimed anything of it.
///
/// # Errors
/// A fault of the database.
pub async fn remove(unit: &Unit, offer: Id) -> Result<(), Problem> {
    let rounds = super::rounds_of(unit, &[offer]).await?;
    let keys: Vec<Id> = rounds.iter().map(|round| round.id).collect();
    share::Entity::delete_many().filter(share::Column::RoundId.is_in(keys)).exec(unit).await?;
    round::Entity::delete_many().filter(round::Column::OfferId.eq(offer)).exec(unit).await?;
    Ok(())
}

/// Adds a round to an offer that goes on.
///
/// # Errors
/// 404 if it is absent or foreign; [`PublishRefusal`]; 422 for a round that makes no sense.
pub async fn add(caller: &Caller<PublishOffers>, id: Id, form: &RoundForm) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let offer = offer::in_scope(&unit, caller.scope(), id).await?;
            if offer.state != OfferState::Published {
                return Err(PublishRefusal::NotGoingOn.into());
            }
            if offer.has_run_out(caller.today()) {
                return Err(PublishRefusal::TooLate.into());
            }
            check(&unit, caller, &offer, form).await?;
            save(&unit, caller, &offer, std::slice::from_ref(form)).await?;
            limits::check(&unit, caller, &offer).await?;
            over_budget::check(&unit, caller, &offer).await?;
            order(&unit, caller, &offer).await?;
            draw::commit(&unit, caller, &offer).await?;
            let act = ("benefits.add_round", "benefit/offer", id);
            let detail = serde_json::json!({ "opens_at": form.opens_at, "total": form.total });
            audit::record(&unit, caller, act, offer.organisation_id, detail).await?;
            view(&unit, caller, offer).await
        })
        .await
}

/// 增加领取场次
#[utoipa::path(
    post, path = "/benefit-offers/{id}/rounds", tag = "benefit", operation_id = "add_offer_round",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), request_body = RoundForm,
    responses((status = 201, body = OfferView), PublishRefusal),
)]
pub async fn post_round(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    Json(form): Json<RoundForm>,
) -> Result<(StatusCode, Json<OfferView>), Problem> {
    Ok((StatusCode::CREATED, Json(add(&caller, id, &form).await?)))
}
