//! Publishing an offer, and ending it.

use axum::{Json, extract::Path};
use database::{Id, Moment, Unit};
use kernel::{Caller, Context, Problem, audit, etag};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{
    audience_of,
    form::check_inside,
    limits, over_budget, places_of, rounds_of,
    view::{OfferView, shares_of, view},
};
use crate::{
    draw,
    give_on::order,
    nominate,
    permissions::PublishOffers,
    tables::{
        offer::{self, OfferState},
        round,
    },
};

kernel::refusals! {
    /// Why an offer is neither published nor ended, or gets no further round.
    pub enum PublishRefusal {
        /// It was published before.
        NotDraft = 409 "offer_not_draft" "该服务已经发布或结束，请刷新后查看。",
        /// It is no longer, or not yet, going on.
        NotGoingOn = 409 "offer_not_going_on" "该服务不在进行中，请刷新后查看。",
        /// Nobody could redeem.
        NoPlace = 422 "offer_without_place" "请先选择至少一个核销点。",
        /// Nobody could claim.
        NoRound = 422 "offer_without_round" "请先安排至少一场领取。",
        /// Nobody can claim any more.
        RoundsOver = 422 "offer_rounds_over" "各场领取时间都已过，发布后没有人能领取，请先改期或增加场次。",
        /// Those on the public list wait for theirs.
        Shown = 409 "offer_publicly_shown" "推荐名单正在公示或等待答复异议，发放后才能结束。",
        /// A piece costs more than the region's rules let it.
        TooDear { most: String } = 422 "offer_too_dear"
            "每份补贴超过规则“普惠服务每份补贴上限”规定的{most}元，请调低补贴后再发布。",
        /// One person may get more in a year than the region's rules let him.
        TooMuchAYear { gets: String, most: String } = 422 "offer_too_much_a_year"
            "按同一年开放的各场都领取计算，每人每年最多可得{gets}元，超过规则“一项普惠服务每人每年补贴上限”规定的{most}元，请减少场次或调低补贴。",
        /// Rules want a line of the budget, and no published plan has this one.
        NoLine { line: String, year: i32 } = 422 "offer_without_line"
            "本单位和上级已发布的{year}年计划里没有经费项目“{line}”，按规则不能发布，请先列入计划经费，或填写计划里的经费项目。",
        /// It may cost more than its line has left.
        OverBudget { line: String, left: String, need: String, most: String, over: String } = 422 "offer_over_budget"
            "经费项目“{line}”余额{left}元，用它的服务最多还要支出{need}元（其中本项服务共{most}元），超出{over}元，按规则不能发布，请减少名额、调低补贴或先追加经费。",
        /// The same, and no other officer has let it go.
        OverUnlessLet { line: String, left: String, need: String, most: String, over: String }
            = 422 "offer_over_budget_unless_let"
            "经费项目“{line}”余额{left}元，用它的服务最多还要支出{need}元（其中本项服务共{most}元），超出{over}元，须由另一名有发布权限的干部说明理由放行后才能发布。",
        /// The same, and whoever let it go is who asks.
        LetByHimself { line: String, over: String } = 422 "offer_let_by_himself"
            "经费项目“{line}”超出{over}元，是您自己放行的，须由另一名有发布权限的干部发布或增加场次。",
        /// The last day is over.
        TooLate = 422 "offer_too_late" "使用截止日已过，请先改期。",
    }
}

/// Publishes an offer: people see it from now on, and claim it when its rounds open.
///
/// # Errors
/// 404 if it is absent or foreign, [`PublishRefusal`], 422 where a union that it names no longer lies below.
pub async fn publish(caller: &Caller<PublishOffers>, id: Id) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            let rounds = rounds_of(&unit, &[id]).await?;
            let refusal = match old.state {
                OfferState::Draft if old.has_run_out(caller.today()) => Some(PublishRefusal::TooLate),
                OfferState::Draft if places_of(&unit, &[id]).await?.iter().all(|(_, place)| !place.active) => {
                    Some(PublishRefusal::NoPlace)
                }
                OfferState::Draft => without_round(&old, &rounds, caller.now().into()),
                _ => Some(PublishRefusal::NotDraft),
            };
            if let Some(refusal) = refusal {
                return Err(refusal.into());
            }
            // Since the draft was written unions may have gone elsewhere, whose people would get nothing of their shares.
            let shares = shares_of(&unit, &rounds).await?.into_iter().map(|share| share.organisation_id);
            let named = audience_of(&old)?.organisations.into_iter().chain(shares).collect();
            check_inside(&unit, old.organisation_id, named).await?;
            limits::check(&unit, caller, &old).await?;
            over_budget::check(&unit, caller, &old).await?;
            save(&unit, caller, (old, OfferState::Published), "benefits.publish").await
        })
        .await
}

/// Why the rounds of an offer lead nowhere, if they do. What an event promised is given whenever somebody joins there.
fn without_round(offer: &offer::Model, rounds: &[round::Model], now: Moment) -> Option<PublishRefusal> {
    if rounds.is_empty() {
        Some(PublishRefusal::NoRound)
    } else if offer.event_id.is_none() && rounds.iter().all(|round| round.closes_at <= now) {
        Some(PublishRefusal::RoundsOver)
    } else {
        None
    }
}

/// Ends an offer: nobody claims any more, and no names are drawn; what was claimed is still handed over until its last day.
///
/// # Errors
/// 404 if it is absent or foreign, [`PublishRefusal`].
pub async fn close(caller: &Caller<PublishOffers>, id: Id) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            if old.state != OfferState::Published {
                return Err(PublishRefusal::NotGoingOn.into());
            }
            // Past the last day nobody on a list can be given anything, so it keeps no offer from ending.
            if !old.has_run_out(caller.today()) && nominate::publicity::goes_on(&unit, id).await? {
                return Err(PublishRefusal::Shown.into());
            }
            draw::call_off(&unit, caller, id).await?;
            save(&unit, caller, (old, OfferState::Closed), "benefits.close").await
        })
        .await
}

async fn save(
    unit: &Unit,
    caller: &Context,
    (old, state): (offer::Model, OfferState),
    action: &str,
) -> Result<OfferView, Problem> {
    let new = offer::Model { state, version: old.version + 1, ..old };
    let row = offer::ActiveModel { state: Set(new.state), version: Set(new.version), ..Default::default() };
    offer::Entity::update_many().set(row).filter(offer::Column::Id.eq(new.id)).exec(unit).await?;
    if state == OfferState::Published {
        order(unit, caller, &new).await?;
        draw::commit(unit, caller, &new).await?;
    }
    etag::note(unit, new.id, new.version, &["state".to_owned()]).await?;
    audit::record(unit, caller, (action, "benefit/offer", new.id), new.organisation_id, serde_json::json!({})).await?;
    view(unit, caller, new).await
}

/// 发布普惠服务
#[utoipa::path(
    post, path = "/benefit-offers/{id}/publish", tag = "benefit", operation_id = "publish_offer",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), responses((status = 200, body = OfferView), PublishRefusal),
)]
pub async fn post_publish(caller: Caller<PublishOffers>, Path(id): Path<Id>) -> Result<Json<OfferView>, Problem> {
    publish(&caller, id).await.map(Json)
}

/// 结束普惠服务
#[utoipa::path(
    post, path = "/benefit-offers/{id}/close", tag = "benefit", operation_id = "close_offer",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), responses((status = 200, body = OfferView), PublishRefusal),
)]
pub async fn post_close(caller: Caller<PublishOffers>, Path(id): Path<Id>) -> Result<Json<OfferView>, Problem> {
    close(&caller, id).await.map(Json)
}
