//! What follows by the rules of the union's region where an offer may cost more than its line of the budget has left. All
//! pieces count as long as somebody may get them, afterwards those that were got; and the other offers on the line with it,
//! those of other unions that spend from it too, as far as they are not booked and were not handed over in a year before.

use axum::{Json, extract::Path};
use chrono::{Datelike, NaiveDate};
use codes::text::decimal;
use database::{Connection, Id, Moment, Unit};
use kernel::{
    Caller, Context, Problem,
    access::Actors,
    audit,
    budget::{self, Line},
    problem,
    rulebook::{self, RuleDefinition},
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    publish::PublishRefusal,
    view::{OfferView, view},
};
use crate::{
    permissions::PublishOffers,
    rules::settlement::Issued,
    settlement::issued,
    tables::{
        booking::{self, BookingState},
        offer::{self, Column, Entity, OfferState},
        redemption, settlement,
    },
};

/// What follows: nothing, no publishing, or none unless another officer lets it go.
pub const OVER_BUDGET: RuleDefinition = RuleDefinition {
    code: "benefit.over_budget",
    label: "普惠服务最多支出超出经费项目余额时（0为只提示，1为不得发布，2为另一名干部说明理由放行后可以发布）",
    unit: rulebook::OF_THREE,
    default: 0,
    source: "系统默认只提示，请按当地工会预算管理办法核定",
};
/// The rule's value from which another officer may let it go.
const UNLESS_LET: i64 = 2;

kernel::refusals! {
    /// Why nobody lets an offer go.
    pub enum LetOverRefusal {
        /// The rules let nobody, or it has ended.
        NotLet = 409 "offer_not_let_over" "按规则不能放行，或该服务已经结束，请刷新后查看。",
    }
}

/// Refuses an offer that costs more than its line has left, with the rounds that it has now, where the rules say so.
///
/// # Errors
/// [`PublishRefusal::NoLine`], [`PublishRefusal::OverBudget`], [`PublishRefusal::OverUnlessLet`],
/// [`PublishRefusal::LetByHimself`].
pub(super) async fn check(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<(), Problem> {
    refuse(unit, context, offer, UNLESS_LET).await
}

/// The same of one that goes over to another line: an officer let it go beyond the line that he read, so nobody lets this.
///
/// # Errors
/// [`PublishRefusal::NoLine`], [`PublishRefusal::OverBudget`].
pub(super) async fn check_moved(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<(), Problem> {
    refuse(unit, context, offer, UNLESS_LET - 1).await
}

/// Refuses it as the rule says, or as a less strict value of it would. What is free spends from no line, so none is asked.
async fn refuse(unit: &Unit, context: &Context, offer: &offer::Model, strictest: i64) -> Result<(), Problem> {
    if offer.unit_fen == 0 {
        return Ok(());
    }
    let rule = Ord::min(rule(unit, context, offer).await?, strictest);
    if rule <= 0 {
        return Ok(());
    }
    let line = budget::left(context, Some(unit), bearing(offer)).await?;
    let reckoned = reckon(unit, context.today(), offer, line).await?;
    refusal(context, offer, rule, &reckoned).map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// An offer held against its line of the budget, in fen.
struct Reckoned {
    /// What the line has left, if a published plan has it.
    left: Option<i64>,
    /// What may still be spent from it, as if the offer were published.
    need: i64,
    /// What the whole offer costs at most.
    most: i64,
}

/// Whose line of which year and name bears an offer.
fn bearing(offer: &offer::Model) -> (Id, i32, &str) {
    (offer.organisation_id, offer.redeem_from.year(), &offer.budget_line)
}

async fn reckon(
    conn: &Connection,
    today: NaiveDate,
    offer: &offer::Model,
    line: Option<Line>,
) -> Result<Reckoned, Problem> {
    let year = offer.redeem_from.year();
    let others = match &line {
        Some(line) => others(conn, line, offer, year).await?,
        None => Vec::new(),
    };
    let keys: Vec<Id> = others.iter().chain([offer]).map(|one| one.id).collect();
    let issued = issued(conn, &keys).await?;
    let most = |one: &offer::Model| most(today, one, issued.get(&one.id).copied().unwrap_or_default());
    let mut need = others.iter().chain([offer]).map(most).fold(0_i64, i64::saturating_add);
    if let Some(line) = &line {
        need = need.saturating_sub(handed_before(conn, &others, year).await?);
        need = need.saturating_sub(booked(conn, line, offer, year).await?);
    }
    Ok(Reckoned { left: line.map(|line| line.left_fen), need, most: most(offer) })
}

/// Why the rule refuses it to who asks, if it does.
fn refusal(context: &Context, offer: &offer::Model, rule: i64, reckoned: &Reckoned) -> Option<PublishRefusal> {
    let Reckoned { left, need, most } = *reckoned;
    if rule <= 0 || most == 0 {
        return None;
    }
    let (line, year) = (offer.budget_line.clone(), offer.redeem_from.year());
    let Some(left) = left else { return Some(PublishRefusal::NoLine { line, year }) };
    let is_let = rule >= UNLESS_LET && offer.let_over_fen.is_some_and(|fen| most <= fen);
    let by = offer.let_over_by.as_ref().filter(|_| is_let);
    if need <= left || by.is_some_and(|by| *by != context.actor().word()) {
        return None;
    }
    let over = decimal(need.saturating_sub(left), 2);
    let (left, need, most) = (decimal(left, 2), decimal(need, 2), decimal(most, 2));
    Some(match rule {
        UNLESS_LET.. if by.is_some() => PublishRefusal::LetByHimself { line, over },
        UNLESS_LET.. => PublishRefusal::OverUnlessLet { line, left, need, most, over },
        _ => PublishRefusal::OverBudget { line, left, need, most, over },
    })
}

/// What the rules of the union's region say today.
async fn rule(conn: &Connection, context: &Context, offer: &offer::Model) -> Result<i64, Problem> {
    rulebook::number(conn, context, &OVER_BUDGET, offer.organisation_id, context.today()).await
}

/// Whether another officer may let an offer go.
///
/// # Errors
/// A fault of the database.
pub(super) async fn may_be_let(conn: &Connection, context: &Context, offer: &offer::Model) -> Result<bool, Problem> {
    Ok(offer.state != OfferState::Closed && rule(conn, context, offer).await? >= UNLESS_LET)
}

/// That an officer let an offer cost more than its line has left.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferLetOver {
    /// What the whole offer may cost at most, in fen.
    pub most_fen: i64,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
}

/// Who let an offer go, how far, when and why; none of one that was let go before it was kept when and why. Half of it would
/// read as if no reason had been given; the audit chain has the whole.
///
/// # Errors
/// A fault of the database.
pub(super) async fn told(conn: &Connection, offer: &offer::Model) -> Result<Option<OfferLetOver>, Problem> {
    let (Some(most_fen), Some(by), Some(at)) = (offer.let_over_fen, offer.let_over_by.as_deref(), offer.let_over_at)
    else {
        return Ok(None);
    };
    let by = Actors::of(conn, [by]).await?.label(by);
    Ok(Some(OfferLetOver { most_fen, by, at, reason: offer.let_over_why.clone().unwrap_or_default() }))
}

/// What an offer costs at most, in fen.
fn most(today: NaiveDate, offer: &offer::Model, issued: Issued) -> i64 {
    let pieces = match offer.state {
        _ if offer.has_run_out(today) => issued.used + issued.adjusted,
        OfferState::Closed => issued.used + issued.unused,
        OfferState::Draft | OfferState::Published => issued.quota,
    };
    pieces.saturating_mul(offer.unit_fen)
}

/// The other offers on the line in a year that were published, of whichever union.
async fn others(conn: &Connection, line: &Line, offer: &offer::Model, year: i32) -> Result<Vec<offer::Model>, Problem> {
    let query = Entity::find()
        .filter(line.bears((Entity, Column::OrganisationId)))
        .filter(Column::BudgetLine.eq(&offer.budget_line))
        .filter(Column::State.ne(OfferState::Draft))
        .filter(Column::Id.ne(offer.id));
    let mut all = query.all(conn).await?;
    all.retain(|one| (one.redeem_from.year()..=one.redeem_until.year()).contains(&year));
    Ok(all)
}

/// What of offers was handed over in the years before, which bear it, in fen.
async fn handed_before(conn: &Connection, offers: &[offer::Model], year: i32) -> Result<i64, Problem> {
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else { return Ok(0) };
    let before = offers.iter().filter(|offer| offer.redeem_from < first).map(|offer| offer.id);
    let sum: Option<Option<i64>> = redemption::Entity::find()
        .select_only()
        .column_as(redemption::Column::AmountFen.sum().cast_as("BIGINT"), "handed")
        .filter(redemption::Column::OfferId.is_in(before))
        .filter(redemption::Column::TakenBackAt.is_null())
        .filter(redemption::Column::Day.lt(first))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// What was booked on the line for a year's months, in fen.
async fn booked(conn: &Connection, line: &Line, offer: &offer::Model, year: i32) -> Result<i64, Problem> {
    let statements = settlement::Entity::find()
        .select_only()
        .column(settlement::Column::Id)
        .filter(line.bears((settlement::Entity, settlement::Column::OrganisationId)))
        .filter(settlement::Column::Month.between(format!("{year}-01"), format!("{year}-12")))
        .into_query();
    let sum: Option<Option<i64>> = booking::Entity::find()
        .select_only()
        .column_as(booking::Column::AmountFen.sum().cast_as("BIGINT"), "booked")
        .filter(booking::Column::SettlementId.in_subquery(statements))
        .filter(booking::Column::BudgetLine.eq(&offer.budget_line))
        .filter(booking::Column::State.eq(BookingState::Booked))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// What an offer may cost, held against its line of the budget.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferBudget {
    /// What the line has left, in fen; absent where no published plan has it.
    pub left_fen: Option<i64>,
    /// What may still be spent from it at most, in fen, the offer with the rounds that it has among it.
    pub need_fen: i64,
    /// In words why the rules don't let the caller publish it; absent where they do.
    pub refused: Option<String>,
}

/// Holds an offer against its line as publishing does.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn held_against(caller: &Caller<PublishOffers>, id: Id) -> Result<OfferBudget, Problem> {
    let conn = caller.read();
    let offer = offer::in_scope(conn, caller.scope(), id).await?;
    let line = budget::left(caller, None, bearing(&offer)).await?;
    let reckoned = reckon(conn, caller.today(), &offer, line).await?;
    let refusal = refusal(caller, &offer, rule(conn, caller, &offer).await?, &reckoned);
    let refused = refusal.map(|refusal| Problem::from(refusal).detail);
    Ok(OfferBudget { left_fen: reckoned.left, need_fen: reckoned.need, refused })
}

/// 普惠服务与经费项目余额
#[utoipa::path(
    get, path = "/benefit-offers/{id}/budget", tag = "benefit", operation_id = "read_offer_budget",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), responses((status = 200, body = OfferBudget)),
)]
pub async fn get_budget(caller: Caller<PublishOffers>, Path(id): Path<Id>) -> Result<Json<OfferBudget>, Problem> {
    held_against(&caller, id).await.map(Json)
}

/// Up to what an offer may cost beyond its line, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LetOver {
    /// What the whole offer may cost at most, in fen.
    pub most_fen: i64,
    /// Why, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Lets an offer cost more than its line has left, for another officer to publish it or to add a round. Until it is
/// published, a change of it takes that back, afterwards a change of the line.
///
/// # Errors
/// 404 if it is absent or foreign, 422 without a reason, [`LetOverRefusal::NotLet`].
pub async fn let_over(caller: &Caller<PublishOffers>, id: Id, form: &LetOver) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            let reason = problem::reason(&form.reason, "请写明为什么可以超出经费项目的余额（2 至 200 字）。")?;
            if !may_be_let(&unit, caller, &old).await? {
                return Err(LetOverRefusal::NotLet.into());
            }
            let new = offer::Model {
                let_over_fen: Some(form.most_fen),
                let_over_by: Some(caller.actor().word()),
                let_over_at: Some(caller.now().into()),
                let_over_why: Some(reason.to_owned()),
                ..old
            };
            let row = offer::ActiveModel {
                let_over_fen: Set(new.let_over_fen),
                let_over_by: Set(new.let_over_by.clone()),
                let_over_at: Set(new.let_over_at),
                let_over_why: Set(new.let_over_why.clone()),
                ..Default::default()
            };
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            let act = ("benefits.let_over_budget", "benefit/offer", id);
            let detail = json!({ "most_fen": form.most_fen, "reason": reason });
            audit::record(&unit, caller, act, new.organisation_id, detail).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// 放行超出经费项目余额的普惠服务
#[utoipa::path(
    post, path = "/benefit-offers/{id}/let-over-budget", tag = "benefit", operation_id = "let_offer_over_budget",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), request_body = LetOver,
    responses((status = 200, body = OfferView), LetOverRefusal),
)]
pub async fn post_let_over(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    Json(form): Json<LetOver>,
) -> Result<Json<OfferView>, Problem> {
    let_over(&caller, id, &form).await.map(Json)
}
