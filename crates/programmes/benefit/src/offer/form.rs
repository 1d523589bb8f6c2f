//! What officers fill in about an offer.

use chrono::NaiveDate;
use database::{Connection, Id, Moment, Unit};
use kernel::{
    Context, Fault, Problem,
    caller::below,
    organisation::{self, worker_group},
    problem::Wrong,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rounds::RoundForm;
use crate::{
    rules::audience::Audience,
    tables::{kind, offer, offer::Way, partner, place},
};

pub use crate::tables::offer::Way as OfferWay;

/// What officers fill in about an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferForm {
    /// The union that offers it, to people at it and below.
    pub organisation_id: Id,
    /// The kind's code.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What one should know.
    #[serde(default)]
    pub description: String,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Audience,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// The line of the plan's budget that pays, by name.
    #[serde(default)]
    pub budget_line: String,
    /// The first day of redemption.
    pub redeem_from: NaiveDate,
    /// The last day.
    pub redeem_until: NaiveDate,
    /// For how many hours a claim waits for its redemption before it goes back; 0 means until the last day.
    #[serde(default)]
    pub hold_hours: i32,
    /// How many may come along to a batch of it, each with a seat; only checks and stays have batches.
    #[serde(default)]
    pub companions: i32,
    /// The enrolment event that promised it: whoever joins there gets it without asking, and nobody else does.
    #[serde(default)]
    pub event_id: Option<Id>,
    /// How it is decided who gets it.
    #[serde(default)]
    pub way: Way,
    /// The places of redemption.
    #[schema(max_items = 500)]
    pub places: Vec<Id>,
    /// When one may claim, and how many pieces there are.
    #[schema(max_items = 100)]
    pub rounds: Vec<RoundForm>,
}

/// What is offered at most, a piece, in fen: 100,000 yuan.
const DEAREST: i64 = 10_000_000;
/// The longest time of redemption, in days.
pub(super) const LONGEST: i64 = 366;

impl OfferForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let titled = (1..=60).contains(&self.title.trim().chars().count());
        wrong.demand(titled, "title", "title_length", "请填写名称（不超过60字）。");
        wrong.demand(self.description.chars().count() <= 1000, "description", "too_long", "说明不超过1000字。");
        wrong.want((0..=DEAREST).contains(&self.unit_fen), "unit_fen", "单价应为0至100000元。");
        wrong.demand(self.budget_line.chars().count() <= 80, "budget_line", "too_long", "经费来源不超过80字。");
        let length = (self.redeem_until - self.redeem_from).num_days();
        wrong.demand(length >= 0, "redeem_until", "ends_before_start", "使用截止日不能早于开始日。");
        wrong.demand(length <= LONGEST, "redeem_until", "too_long", "使用期最长366天，请分次安排。");
        wrong.want((0..=8_784).contains(&self.hold_hours), "hold_hours", "保留时间应为0至8784小时。");
        wrong.want((0..=10).contains(&self.companions), "companions", "同行人数应为0至10人。");
        let by_itself = self.event_id.is_none() || self.way == Way::FirstCome;
        wrong.demand(by_itself, "way", "way_of_event", "随集中入会活动发放的，不能再抽签或推荐。");
        wrong.want(self.places.len() <= 500, "places", "核销点最多500个。");
        wrong.want(self.rounds.len() <= 100, "rounds", "场次最多100场。");
        let ages = self.audience.least_age.unwrap_or(0) <= self.audience.most_age.unwrap_or(u32::MAX);
        wrong.demand(ages, "audience", "ages", "最低年龄不能高于最高年龄。");
        let months = self.audience.months_between.is_none_or(|months| (1..=120).contains(&months));
        wrong.demand(months, "audience", "months", "间隔应为1至120个月。");
        for round in &self.rounds {
            for (holds, _, code, message) in round.demands(self.way, self.redeem_until) {
                wrong.demand(holds, "rounds", code, message);
            }
        }
        wrong.refuse()
    }

    /// Checks against what stands: the union, the kind, the groups, the places, and whose people the pieces are for.
    ///
    /// # Errors
    /// 404 for the union; 422 that names the field.
    pub async fn check_against(&self, conn: &Connection, context: &Context) -> Result<(), Problem> {
        organisation::get(conn, context.scope(), self.organisation_id).await?;
        let known = kind::Entity::find_by_id(self.kind.clone()).one(conn).await?;
        if !known.is_some_and(|kind| kind.offered) {
            return Err(Problem::field("kind", "unknown_kind", "请从列表中选择服务种类。"));
        }
        for group in &self.audience.groups {
            worker_group::check(conn, group).await?;
        }
        let shares = self.rounds.iter().flat_map(|round| &round.shares).map(|share| share.organisation_id);
        let inside: Vec<Id> = self.audience.organisations.iter().copied().chain(shares).collect();
        check_inside(conn, self.organisation_id, inside).await?;
        check_places(conn, context, self.organisation_id, ("places", &self.places)).await
    }

    /// The audience as the row keeps it.
    ///
    /// # Errors
    /// A fault.
    pub fn audience_text(&self) -> Result<String, Problem> {
        serde_json::to_string(&self.audience).map_err(|err| Fault::Stored(err.to_string()).into())
    }

    /// The row that the form fills, as a draft.
    ///
    /// # Errors
    /// A fault.
    pub fn row(&self, id: Id, made_at: Moment, version: i64) -> Result<offer::Model, Problem> {
        Ok(offer::Model {
            id,
            organisation_id: self.organisation_id,
            kind: self.kind.clone(),
            title: self.title.trim().to_owned(),
            description: self.description.trim().to_owned(),
            audience: self.audience_text()?,
            unit_fen: self.unit_fen,
            budget_line: self.budget_line.trim().to_owned(),
            redeem_from: self.redeem_from,
            redeem_until: self.redeem_until,
            hold_hours: self.hold_hours,
            companions: self.companions,
            event_id: self.event_id,
            way: self.way,
            state: offer::OfferState::Draft,
            let_over_fen: None,
            let_over_by: None,
            let_over_at: None,
            let_over_why: None,
            made_at,
            version,
        })
    }

    /// Writes the places of redemption.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn save_places(&self, unit: &Unit, offer: Id) -> Result<(), Problem> {
        place::Entity::delete_many().filter(place::Column::OfferId.eq(offer)).exec(unit).await?;
        let mut keys = self.places.clone();
        keys.sort_unstable();
        keys.dedup();
        let row = |id: Id| place::ActiveModel { offer_id: Set(offer), partner_id: Set(id) };
        database::insert_all::<place::Entity>(unit, keys.into_iter().map(row).collect()).await?;
        Ok(())
    }
}

/// Refuses places other than those that the caller keeps, or that a union above the one that offers keeps for all below it.
///
/// # Errors
/// 422 naming the field.
pub(super) async fn check_places(
    conn: &Connection,
    context: &Context,
    organisation: Id,
    (field, places): (&str, &[Id]),
) -> Result<(), Problem> {
    let partners = partner::Entity::find()
        .filter(partner::Column::Id.is_in(places.iter().copied()))
        .filter(crate::partner::list::usable(context.scope(), organisation))
        .all(conn)
        .await?;
    if places.iter().all(|id| partners.iter().any(|partner| partner.id == *id)) {
        Ok(())
    } else {
        Err(Problem::field(field, "unknown_place", "有的核销点不存在或不可用，请重新选择。"))
    }
}

/// Refuses organisations that do not lie at or below the one that offers.
///
/// # Errors
/// 422 naming the field `rounds`.
pub async fn check_inside(conn: &Connection, top: Id, mut inside: Vec<Id>) -> Result<(), Problem> {
    inside.sort_unstable();
    inside.dedup();
    let mut found = 0;
    for some in inside.chunks(database::KEYS_AT_ONCE) {
        let known = organisation::Entity::find()
            .filter(organisation::Column::Id.is_in(some.iter().copied()))
            .filter(organisation::Column::ClosedOn.is_null())
            .filter(below(top, (organisation::Entity, organisation::Column::Id)));
        found += known.count(conn).await?;
    }
    if found == inside.len() as u64 {
        Ok(())
    } else {
        Err(Problem::field("rounds", "outside", "名额和对象只能分到提供服务的工会及其下级工会，请重新选择。"))
    }
}
