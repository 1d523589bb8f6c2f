use std::collections::{HashMap, hash_map::Entry};

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    ledger::Tree,
    organisation::{
        head_count::{Counted, counted},
        platform::{self, Rank},
    },
};

use super::{Ask, Reading};
use crate::{rules::progress::share_bp, tables::indicator::codes};

/// The kind of fact whose sum is the number of members, as the programme of enrolment declares it.
const MEMBERSHIP: &str = "membership";

/// Head-counts that were read already.
pub(super) type Heads = HashMap<(Id, NaiveDate, Tree), Counted>;

/// Members ÷ active workers of the groups, from summed numerators and denominators. Without the programme of enrolment there
/// are no such facts, and nobody is a member.
pub(super) async fn of_members(context: &Context, ask: &Ask<'_>, heads: &mut Heads) -> Result<Reading, Problem> {
    let on = std::cmp::min(ask.on, ask.year.last());
    let counted = match heads.entry((ask.organisation, on, ask.tree)) {
        Entry::Occupied(read) => read.into_mut(),
        Entry::Vacant(unread) => unread.insert(counted(context, ask.organisation, &[], on, ask.tree).await?),
    };
    let named = codes(&ask.indicator.groups);
    let groups: Vec<&str> = named.iter().map(String::as_str).collect();
    let share = counted.share(context, MEMBERSHIP, (!groups.is_empty()).then_some(groups.as_slice())).await?;
    let reading = ratio(share.members, share.heads.workers, share.heads.counted_on);
    Ok(Reading { outside: Some(share.outside), ..reading })
}

/// Branches with a union ÷ branches, of the companies of the ranks.
pub(super) async fn of_branches(context: &Context, ask: &Ask<'_>) -> Result<Reading, Problem> {
    let on = std::cmp::min(ask.on, ask.year.last());
    let ranks: Vec<Rank> = codes(&ask.indicator.ranks).iter().filter_map(|code| Rank::named(code)).collect();
    let (with_union, branches) = platform::coverage(context, ask.organisation, &ranks, on, ask.tree).await?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(ratio(number(with_union), number(branches), None))
}

fn ratio(numerator: i64, denominator: i64, counted_on: Option<NaiveDate>) -> Reading {
    Reading {
        actual: share_bp(numerator, denominator),
        numerator: Some(numerator),
        denominator: Some(denominator),
        outside: None,
        counted_on,
        amount_fen: 0,
    }
}
