//! Two records were one person: which of two memberships stays.

use chrono::NaiveDate;

use super::standing::Standing;

/// What decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Where the membership stands.
    pub standing: Standing,
    /// Since when it counts.
    pub since: Option<NaiveDate>,
}

/// Whether the first of two valid memberships stays: a membership before an application, then the older one, which has
/// the longer standing in the union; at a tie, the first.
#[must_use]
pub fn first_stays(first: Claim, second: Claim) -> bool {
    let rank = |claim: Claim| (!claim.standing.is_member(), claim.since.unwrap_or(NaiveDate::MAX));
    rank(first) <= rank(second)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_claim() -> impl Strategy<Value = Claim> {
        let valid: Vec<Standing> = Standing::ALL.into_iter().filter(|standing| standing.takes_the_place()).collect();
        (prop::sample::select(valid), 0..5_i32).prop_map(|(standing, day)| Claim {
            standing,
            since: standing.is_member().then(|| NaiveDate::from_num_days_from_ce_opt(739_000 + day).unwrap()),
        })
    }

    proptest! {
        #[test]
        fn a_membership_is_never_lost_to_an_application_nor_an_older_one_to_a_newer(a in any_claim(), b in any_claim()) {
            let (stays, goes) = if first_stays(a, b) { (a, b) } else { (b, a) };
            prop_assert!(stays.standing.is_member() || !goes.standing.is_member());
            if goes.standing.is_member() {
                prop_assert!(stays.since <= goes.since);
            }
            prop_assert!(first_stays(a, b) || first_stays(b, a));
        }
    }
}
