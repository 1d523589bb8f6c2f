//! When one may claim, and until when a claim is good.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use database::Moment;

/// Whether a round is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It opens later.
    Soon,
    /// It is open.
    Open,
    /// It is over.
    Over,
}

/// Where a round that is open from one instant (with it) to another (without it) stands.
#[must_use]
pub fn phase(opens_at: Moment, closes_at: Moment, now: Moment) -> Phase {
    if now >= closes_at {
        Phase::Over
    } else if now >= opens_at {
        Phase::Open
    } else {
        Phase::Soon
    }
}

/// An instant as people say it.
#[must_use]
pub fn said(at: Moment) -> String {
    at.at().with_timezone(&calendar::BEIJING).format("%Y年%-m月%-d日%H:%M").to_string()
}

/// From when on something is no longer good, as people say it: its whole last day, where it ends with that.
#[must_use]
pub fn said_end(at: Moment) -> String {
    let ends = at.at().with_timezone(&calendar::BEIJING).naive_local();
    match ends.date().pred_opt().filter(|_| ends.time() == NaiveTime::MIN) {
        Some(last) => format!("{}（含当天）", calendar::day_in_words(last)),
        None => said(at),
    }
}

/// From when on a claim is no longer good: after its hours, counted from the claim or from the first day on which one can
/// redeem at all, and at the latest when the last day is over.
#[must_use]
pub fn use_until((from, until): (NaiveDate, NaiveDate), hold_hours: i32, claimed_at: DateTime<Utc>) -> Moment {
    let end = end(until);
    if hold_hours <= 0 {
        return end;
    }
    let begins = claimed_at.max(calendar::day_start(from));
    Moment::from(begins + TimeDelta::hours(i64::from(hold_hours))).min(end)
}

/// The end of a last day.
#[must_use]
pub fn end(until: NaiveDate) -> Moment {
    calendar::day_start(until.checked_add_days(Days::new(1)).unwrap_or(until)).into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_ends_with_a_day_is_good_on_that_day() {
        let last = |day: &str| end(day.parse().unwrap());
        assert_eq!(said_end(last("2026-12-31")), "2026年12月31日（含当天）");
        assert_eq!(said_end(last("2028-02-29")), "2028年2月29日（含当天）");
        assert_eq!(said_end(Moment(last("2026-12-31").0 - 60_000_000)), "2026年12月31日23:59");
    }

    proptest! {
        #[test]
        fn a_round_is_open_from_its_first_instant_to_before_its_last(opens in 0_i64..1_000, length in 1_i64..1_000, now in 0_i64..3_000) {
            let phase = phase(Moment(opens), Moment(opens + length), Moment(now));
            prop_assert_eq!(phase == Phase::Open, (opens..opens + length).contains(&now));
            prop_assert_eq!(phase == Phase::Soon, now < opens);
        }

        #[test]
        fn a_claim_is_never_good_after_the_last_day_and_never_dies_before_one_can_redeem(
            from in 0_u64..60, length in 0_u64..60, hold in 0_i32..200, at in 0_i64..60 * 86_400,
        ) {
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let (from, until) = (first + Days::new(from), first + Days::new(from + length));
            let claimed = calendar::day_start(first) + TimeDelta::seconds(at);
            let good = use_until((from, until), hold, claimed);
            let end = Moment::from(calendar::day_start(until + Days::new(1)));
            prop_assert!(good <= end);
            if hold == 0 {
                prop_assert_eq!(good, end);
            } else {
                prop_assert!(good == end || good.at() - claimed >= TimeDelta::hours(i64::from(hold)));
                prop_assert!(good > Moment::from(calendar::day_start(from)));
            }
        }
    }
}
