use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    ledger::{self, Tree},
    organisation::{
        head_count::{HeadCount, by_group, of_groups},
        platform::{self, Rank},
    },
};

use super::{Ask, Reading};
use crate::{rules::progress::share_bp, tables::indicator::codes};

/// The kind of fact whose sum is the number of members, as the programme of enrolment declares it.
const MEMBERSHIP: &str = "membership";

/// Head-counts that were read already, by group.
pub(super) type Heads = HashMap<(Id, NaiveDate, Tree), BTreeMap<String, HeadCount>>;

/// Members ÷ active workers of the groups, from summed numerators and denominators.
pub(super) async fn of_members(context: &Context, ask: &Ask<'_>, heads: &mut Heads) -> Result<Reading, Problem> {
    let on = std::cmp::min(ask.on, ask.year.last());
    let counts = match heads.entry((ask.organisation, on, ask.tree)) {
        Entry::Occupied(read) => read.into_mut(),
        Entry::Vacant(unread) => unread.insert(by_group(context, ask.organisation, &[], on, ask.tree).await?),
    };
    let named = codes(&ask.indicator.groups);
    let whole = named.is_empty();
    let counted = counts.keys().map(String::as_str);
    let groups: Vec<&str> = if whole { counted.collect() } else { named.iter().map(String::as_str).collect() };
    let (HeadCount { workers, counted_on }, mut above) = of_groups(counts, &groups);
    // The whole has members of no group too; where nobody counted anyone it names no groups and is everybody.
    if whole && !above.is_empty() {
        above.push("");
    }
    let members = if declares_membership(context) && (whole || !above.is_empty()) {
        ledger::balance_by(context, ask.organisation, (&[MEMBERSHIP], &above), on, ask.tree).await?
    } else {
        0
    };
    Ok(ratio(members, workers, counted_on))
}

/// Without the programme of enrolment the house has no such kind, and nobody is a member.
fn declares_membership(context: &Context) -> bool {
    let mut kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
    kinds.any(|kind| kind.code == MEMBERSHIP)
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
