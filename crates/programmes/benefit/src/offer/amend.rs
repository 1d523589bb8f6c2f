//! What may still change of an offer that people have read: a clearer text, a later last day, more places of redemption; and
//! the line of the budget, which none of them sees: payments that are not booked yet go by the new one.

use std::collections::BTreeSet;

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Id, Moment, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    problem::Wrong,
};
use sea_orm::{
    ActiveValue::Set,
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, SelectStatement},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    form::{LONGEST, check_places},
    over_budget, places_of,
    publish::PublishRefusal,
    view::{OfferView, view},
};
use crate::{
    give_on::order,
    permissions::PublishOffers,
    rules::window::end,
    tables::{
        batch,
        claim::{self, ClaimState, Column},
        offer::{self, OfferState},
        place, seat,
    },
};

kernel::refusals! {
    /// Why nothing is amended.
    pub enum AmendRefusal {
        /// Nobody has read it.
        Draft = 409 "offer_is_draft" "该服务还是草稿，请直接修改。",
    }
}

/// What changes of an offer that was published.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferAmendment {
    /// What one should know.
    #[schema(max_length = 1000)]
    pub description: String,
    /// The last day of redemption: as it is, or later.
    pub redeem_until: NaiveDate,
    /// Places of redemption beside those that it has.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub more_places: Vec<Id>,
    /// The line of the plan's budget that pays, by name; without, it stays as it is.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub budget_line: Option<String>,
}

impl OfferAmendment {
    fn check(&self, old: &offer::Model, today: NaiveDate, places: usize) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        wrong.demand(self.description.chars().count() <= 1000, "description", "too_long", "说明不超过1000字。");
        let until = self.redeem_until;
        let later = until == old.redeem_until || (until > old.redeem_until && until >= today);
        wrong.demand(later, "redeem_until", "not_later", "使用截止日只能延后，且不早于今天。");
        let length = (until - old.redeem_from).num_days();
        wrong.demand(length <= LONGEST, "redeem_until", "too_long", "使用期最长366天，请另建服务。");
        let line = self.budget_line.as_deref().unwrap_or_default();
        wrong.demand(line.chars().count() <= 80, "budget_line", "too_long", "经费来源不超过80字。");
        wrong.demand(places + self.more_places.len() <= 500, "more_places", "places", "核销点最多500个。");
        wrong.refuse()
    }

    /// The offer as it is amended.
    fn applied(&self, old: &offer::Model) -> offer::Model {
        let line = self.budget_line.as_deref().map_or(old.budget_line.as_str(), str::trim);
        offer::Model {
            description: self.description.trim().to_owned(),
            redeem_until: self.redeem_until,
            budget_line: line.to_owned(),
            let_over_fen: old.let_over_fen.filter(|_| line == old.budget_line),
            version: old.version + 1,
            ..old.clone()
        }
    }
}

/// Amends an offer that was published.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, [`AmendRefusal`], 422 that names each field; for
/// another line of the budget, or what had run out, [`PublishRefusal`].
pub async fn amend(
    caller: &Caller<PublishOffers>,
    id: Id,
    seen: &IfMatch,
    form: &OfferAmendment,
) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            if old.state == OfferState::Draft {
                return Err(AmendRefusal::Draft.into());
            }
            let more = more_places(&unit, caller, &old, form).await?;
            let new = form.applied(&old);
            save(&unit, &new, &more).await?;
            let is_moved = new.budget_line != old.budget_line;
            if is_moved && new.gives(caller.today()) {
                over_budget::check_moved(&unit, caller, &new).await?;
            } else if old.has_run_out(caller.today()) && new.gives(caller.today()) {
                // What nobody could get any more may be got again.
                over_budget::check(&unit, caller, &new).await?;
            }
            if new.redeem_until > old.redeem_until {
                prolong(&unit, caller.now().into(), &old, new.redeem_until).await?;
                order(&unit, caller, &new).await?;
            }
            let fields = changed(&old, &new, &more);
            etag::note(&unit, id, new.version, &fields).await?;
            let detail = serde_json::json!({
                "fields": fields, "redeem_until": new.redeem_until, "more_places": more,
                "budget_line": [old.budget_line, new.budget_line],
            });
            audit::record(&unit, caller, ("benefits.amend", "benefit/offer", id), new.organisation_id, detail).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// The places that an offer gets beside those that it has, once all that was filled in is checked.
async fn more_places(
    unit: &Unit,
    context: &Context,
    old: &offer::Model,
    form: &OfferAmendment,
) -> Result<Vec<Id>, Problem> {
    let known: Vec<Id> = places_of(unit, &[old.id]).await?.into_iter().map(|(_, place)| place.id).collect();
    form.check(old, context.today(), known.len())?;
    let more: BTreeSet<Id> = form.more_places.iter().copied().filter(|place| !known.contains(place)).collect();
    let more: Vec<Id> = more.into_iter().collect();
    check_places(unit, context, old.organisation_id, ("more_places", &more)).await?;
    Ok(more)
}

async fn save(unit: &Unit, new: &offer::Model, more: &[Id]) -> Result<(), Problem> {
    let row = offer::ActiveModel {
        description: Set(new.description.clone()),
        redeem_until: Set(new.redeem_until),
        budget_line: Set(new.budget_line.clone()),
        let_over_fen: Set(new.let_over_fen),
        version: Set(new.version),
        ..Default::default()
    };
    offer::Entity::update_many().set(row).filter(offer::Column::Id.eq(new.id)).exec(unit).await?;
    let row = |place: &Id| place::ActiveModel { offer_id: Set(new.id), partner_id: Set(*place) };
    database::insert_all::<place::Entity>(unit, more.iter().map(row).collect()).await?;
    Ok(())
}

/// The names of what an amendment changed.
fn changed(old: &offer::Model, new: &offer::Model, more: &[Id]) -> Vec<String> {
    let changes = [
        ("description", new.description != old.description),
        ("redeem_until", new.redeem_until != old.redeem_until),
        ("places", !more.is_empty()),
        ("budget_line", new.budget_line != old.budget_line),
    ];
    changes.iter().filter(|(_, changed)| *changed).map(|(field, _)| (*field).to_owned()).collect()
}

/// Vouchers that were to end with the last day are good as long as if `until` had been the last day when they were claimed
/// (`rules::window::use_until`), and those with a batch until it is over; none ends earlier than it did. In a few
/// statements, for there may be a hundred thousand.
async fn prolong(unit: &Unit, now: Moment, old: &offer::Model, until: NaiveDate) -> Result<(), Problem> {
    let (ended, ends) = (end(old.redeem_until), end(until));
    let waiting = || {
        claim::Entity::update_many()
            .filter(Column::OfferId.eq(old.id))
            .filter(Column::State.eq(ClaimState::Claimed))
            .filter(Column::UseUntil.eq(ended))
    };
    let to =
        |moment: Moment| claim::ActiveModel { use_until: Set(moment), due_at: Set(Some(moment)), ..Default::default() };
    if old.hold_hours <= 0 {
        waiting().set(to(ends)).exec(unit).await?;
        return Ok(());
    }
    waiting().filter(Column::Id.in_subquery(seated(old.id))).set(to(ends)).exec(unit).await?;
    let hold = i64::from(old.hold_hours) * 3_600_000_000;
    let begins = Moment::from(calendar::day_start(old.redeem_from));
    let anew = Moment(ended.0 - hold);
    if begins < anew {
        // Claimed so early, they end so late because a batch was left or called off: their hours began anew then. When that
        // was is not written, so they count from now.
        let held = Ord::min(Moment(now.0 + hold), ends);
        waiting().filter(Column::ClaimedAt.lt(anew)).set(to(held)).exec(unit).await?;
    } else {
        let held = Ord::min(Moment(begins.0 + hold), ends);
        waiting().filter(Column::ClaimedAt.lte(begins)).set(to(held)).exec(unit).await?;
    }
    let late = Moment(ends.0 - hold);
    // First those whose hours end before the new last day: afterwards they are no longer among these.
    let whole = Expr::col(Column::ClaimedAt).add(hold);
    waiting()
        .filter(Column::ClaimedAt.gt(begins))
        .filter(Column::ClaimedAt.lt(late))
        .col_expr(Column::UseUntil, whole.clone())
        .col_expr(Column::DueAt, whole)
        .exec(unit)
        .await?;
    waiting().filter(Column::ClaimedAt.gt(begins)).filter(Column::ClaimedAt.gte(late)).set(to(ends)).exec(unit).await?;
    Ok(())
}

/// The claims that hold a seat in a batch of an offer.
fn seated(offer: Id) -> SelectStatement {
    let batches = batch::Entity::find().select_only().column(batch::Column::Id);
    let batches = batches.filter(batch::Column::OfferId.eq(offer)).into_query();
    let seats = seat::Entity::find().select_only().column(seat::Column::ClaimId);
    seats.filter(seat::Column::BatchId.in_subquery(batches)).into_query()
}

/// 更正说明、延期、增加核销点、改经费项目
#[utoipa::path(
    post, path = "/benefit-offers/{id}/amend", tag = "benefit", operation_id = "amend_offer",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = OfferAmendment,
    responses((status = 200, body = OfferView), PublishRefusal, AmendRefusal),
)]
pub async fn post_amend(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<OfferAmendment>,
) -> Result<impl IntoResponse, Problem> {
    let amended = amend(&caller, id, &seen, &form).await?;
    Ok((etag::etag(amended.version), Json(amended)))
}
