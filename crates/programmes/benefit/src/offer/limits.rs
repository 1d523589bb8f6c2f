//! What a piece may cost, and what one person may get of an offer in a calendar year, as the rules of the union's region say:
//! what unions may spend on goods for their members is limited by the region's own papers. A piece is of the year in which it
//! is claimed, whenever it is used.

use chrono::NaiveDate;
use codes::text::decimal;
use database::{Id, Unit};
use kernel::{
    Context, Problem,
    rulebook::{self, RuleDefinition},
};

use super::{audience_of, publish::PublishRefusal, rounds_of};
use crate::tables::{offer, round};

/// What a piece may cost at most; 0 where nothing is said.
pub const UNIT_MOST: RuleDefinition = RuleDefinition {
    code: "benefit.unit_most",
    label: "普惠服务每份补贴上限（0为不设上限）",
    unit: "元",
    default: 0,
    source: "系统默认不设上限，请按当地工会经费收支管理规定核定",
};

/// What one person may get of one offer in a year at most; 0 where nothing is said.
pub const YEAR_MOST: RuleDefinition = RuleDefinition {
    code: "benefit.year_most",
    label: "一项普惠服务每人每年补贴上限（0为不设上限）",
    unit: "元",
    default: 0,
    source: "系统默认不设上限，请按当地工会经费收支管理规定核定",
};

/// Refuses an offer that costs more than the rules let it, with the rounds that it has now.
///
/// # Errors
/// [`PublishRefusal::TooDear`], [`PublishRefusal::TooMuchAYear`].
pub(super) async fn check(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<(), Problem> {
    let on = offer.redeem_from.max(context.today());
    if let Some(most) = most(unit, context, &UNIT_MOST, offer.organisation_id, on).await?
        && offer.unit_fen > most
    {
        return Err(PublishRefusal::TooDear { most: decimal(most, 2) }.into());
    }
    let rounds: Vec<_> = rounds_of(unit, &[offer.id]).await?.iter().map(round::Model::years).collect();
    let gets = audience_of(offer)?.pieces_a_year(&rounds).saturating_mul(offer.unit_fen);
    if let Some(most) = most(unit, context, &YEAR_MOST, offer.organisation_id, on).await?
        && gets > most
    {
        return Err(PublishRefusal::TooMuchAYear { gets: decimal(gets, 2), most: decimal(most, 2) }.into());
    }
    Ok(())
}

/// What a rule lets at most on a day, in fen, where it says anything.
async fn most(
    unit: &Unit,
    context: &Context,
    rule: &RuleDefinition,
    organisation: Id,
    on: NaiveDate,
) -> Result<Option<i64>, Problem> {
    let yuan = rulebook::number(unit, context, rule, organisation, on).await?;
    Ok((yuan > 0).then(|| yuan.saturating_mul(100)))
}
