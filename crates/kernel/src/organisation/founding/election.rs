//! Whether an election holds: two thirds of those entitled were there, more than half of them chose each who was elected, and
//! there were more candidates than seats. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{problem::FieldProblem, rulebook::RuleDefinition};

/// By how much candidates must outnumber seats.
pub const SURPLUS: RuleDefinition = RuleDefinition {
    code: "organisation.election_surplus_percent",
    label: "工会委员选举差额率",
    unit: "%",
    default: 5,
    source: "《工会基层组织选举工作条例》；比例为系统默认值，请按当地规定核定",
};

/// The figures of an election, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Election {
    /// How many were entitled to vote.
    #[schema(minimum = 1)]
    pub entitled: Option<i64>,
    /// How many of them were there.
    #[schema(minimum = 0)]
    pub present: Option<i64>,
    /// The fewest votes that somebody was elected with.
    #[schema(minimum = 0)]
    pub votes: Option<i64>,
    /// How many were to be elected.
    #[schema(minimum = 1)]
    pub seats: Option<i64>,
    /// How many stood.
    #[schema(minimum = 0)]
    pub candidates: Option<i64>,
}

impl Election {
    /// Whether no figure is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What keeps the election from holding; `surplus` per cent more candidates than seats are wanted.
    #[must_use]
    pub fn problems(&self, surplus: i64) -> Vec<FieldProblem> {
        let mut fields = Vec::new();
        let mut refuse = |field: &str, code: &str, message: String| {
            let field = format!("election.{field}");
            fields.push(FieldProblem { field, code: code.to_owned(), message });
        };
        match (self.entitled, self.present, self.votes) {
            (None, None, None) => {}
            (None, ..) => refuse("entitled", "entitled", "请填写应到人数。".to_owned()),
            (Some(entitled), ..) if entitled < 1 => refuse("entitled", "entitled", "应到人数至少为 1。".to_owned()),
            (Some(entitled), present, votes) => {
                match present {
                    Some(present) if !(0..=entitled).contains(&present) => {
                        refuse("present", "present", "实到人数应在 0 和应到人数之间。".to_owned());
                    }
                    Some(present) if present.saturating_mul(3) < entitled.saturating_mul(2) => {
                        let least = entitled.saturating_mul(2).saturating_add(2).div_euclid(3);
                        refuse(
                            "present",
                            "too_few_present",
                            format!("实到不足应到的三分之二（至少 {least} 人），选举无效。"),
                        );
                    }
                    _ => {}
                }
                match votes {
                    Some(votes) if !(0..=present.unwrap_or(entitled)).contains(&votes) => {
                        refuse("votes", "votes", "得票数不能多于到会人数。".to_owned());
                    }
                    Some(votes) if votes.saturating_mul(2) <= entitled => {
                        let least = entitled.div_euclid(2).saturating_add(1);
                        refuse("votes", "too_few_votes", format!("当选须超过应到人数的半数（至少 {least} 票）。"));
                    }
                    _ => {}
                }
            }
        }
        match (self.seats, self.candidates) {
            (None, None) => {}
            (None, _) => refuse("seats", "seats", "请填写应选人数。".to_owned()),
            (Some(seats), _) if seats < 1 => refuse("seats", "seats", "应选人数至少为 1。".to_owned()),
            (_, None) => refuse("candidates", "candidates", "请填写候选人数。".to_owned()),
            (Some(seats), Some(candidates)) => {
                let least = least_candidates(seats, surplus);
                if candidates < least {
                    refuse(
                        "candidates",
                        "too_few_candidates",
                        format!("候选人应比应选多 {surplus}% 以上，至少 {least} 人。"),
                    );
                }
            }
        }
        fields
    }
}

/// The fewest candidates for some seats: always one more, and `surplus` per cent more, rounded up.
fn least_candidates(seats: i64, surplus: i64) -> i64 {
    let more = seats.saturating_mul(surplus.max(0)).saturating_add(99).div_euclid(100);
    seats.saturating_add(more.max(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(election: Election) -> Vec<String> {
        election.problems(5).into_iter().map(|field| field.code).collect()
    }

    #[test]
    fn the_limits_hold_to_the_person() {
        let good =
            Election { entitled: Some(30), present: Some(20), votes: Some(16), seats: Some(5), candidates: Some(6) };
        assert!(codes(good).is_empty());
        assert_eq!(codes(Election { present: Some(19), ..good }), ["too_few_present"]);
        // 以上 includes the number itself, 过半数 does not.
        assert_eq!(codes(Election { votes: Some(15), ..good }), ["too_few_votes"]);
        assert_eq!(codes(Election { candidates: Some(5), ..good }), ["too_few_candidates"]);
        assert_eq!(codes(Election { seats: Some(40), candidates: Some(41), ..good }), ["too_few_candidates"]);
        assert_eq!(codes(Election { entitled: None, ..good }), ["entitled"]);
        assert!(codes(Election::default()).is_empty());
    }

    proptest! {
        #[test]
        fn what_holds_is_what_the_law_says(entitled in 1_i64..5000, present in 0_i64..5000, votes in 0_i64..5000, seats in 1_i64..60, candidates in 0_i64..90) {
            let election = Election {
                entitled: Some(entitled), present: Some(present), votes: Some(votes), seats: Some(seats), candidates: Some(candidates),
            };
            let holds = present <= entitled && votes <= present && 3 * present >= 2 * entitled && 2 * votes > entitled
                && candidates > seats && 100 * candidates >= 105 * seats;
            prop_assert_eq!(election.problems(5).is_empty(), holds);
        }
    }
}
