use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    ledger::{self, Tree},
    organisation::{
        head_count::{HeadCount, active_workers},
        platform::{self, Rank},
    },
};

use super::{Ask, Reading};
use crate::{rules::progress::share_bp, tables::indicator::codes};

/// The kind of fact whose sum is the number of members, as the programme of enrolment declares it.
const MEMBERSHIP: &str = "membership";

/// Head-counts that were read already.
pub(super) type Heads = HashMap<(Id, String, NaiveDate, Tree), HeadCount>;

/// Members ÷ active workers of the groups, from summed numerators and denominators.
pub(super) async fn of_members(context: &Context, ask: &Ask<'_>, heads: &mut Heads) -> Result<Reading, Problem> {
    let groups = codes(&ask.indicator.groups);
    let names: Vec<&str> = groups.iter().map(String::as_str).collect();
    let on = std::cmp::min(ask.on, ask.year.last());
    let members = if declares_membership(context) {
        ledger::balance_by(context, ask.organisation, (&[MEMBERSHIP], &names), on, ask.tree).await?
    } else {
        0
    };
    let wanted: Vec<Option<&str>> = if names.is_empty() { vec![None] } else { names.into_iter().map(Some).collect() };
    let (mut workers, mut counted_on) = (0_i64, None);
    for group in wanted {
        let head = head(context, ask, group, on, heads).await?;
        workers = workers.saturating_add(head.workers);
        counted_on = counted_on.into_iter().chain(head.counted_on).min();
    }
    Ok(ratio(members, workers, counted_on))
}

/// Without the programme of enrolment the house has no such kind, and nobody is a member.
fn declares_membership(context: &Context) -> bool {
    let mut kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
    kinds.any(|kind| kind.code == MEMBERSHIP)
}

async fn head(
    context: &Context,
    ask: &Ask<'_>,
    group: Option<&str>,
    on: NaiveDate,
    heads: &mut Heads,
) -> Result<HeadCount, Problem> {
    let key = (ask.organisation, group.unwrap_or("").to_owned(), on, ask.tree);
    if let Some(head) = heads.get(&key) {
        return Ok(*head);
    }
    let head = active_workers(context, ask.organisation, group, on, ask.tree).await?;
    heads.insert(key, head);
    Ok(head)
}

/// Branches with a union ÷ branches, of the companies of the ranks.
pub(super) async fn of_branches(context: &Context, ask: &Ask<'_>) -> Result<Reading, Problem> {
    let on = std::cmp::min(ask.on, ask.year.last());
    let ranks: Vec<Rank> = codes(&ask.indicator.ranks).iter().filter_map(|code| rank(code)).collect();
    let (with_union, branches) = platform::coverage(context, ask.organisation, &ranks, on, ask.tree).await?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(ratio(number(with_union), number(branches), None))
}

/// The rank that a code names.
pub(crate) fn rank(code: &str) -> Option<Rank> {
    match code {
        "head" => Some(Rank::Head),
        "key" => Some(Rank::Key),
        "other" => Some(Rank::Other),
        _ => None,
    }
}

fn ratio(numerator: i64, denominator: i64, counted_on: Option<NaiveDate>) -> Reading {
    Reading {
        actual: share_bp(numerator, denominator),
        numerator: Some(numerator),
        denominator: Some(denominator),
        counted_on,
        amount_fen: 0,
    }
}
