//! Which months a member owes dues for, and dues as people write them into tables. Pure.

use calendar::month_start;
use chrono::{Months, NaiveDate};

use super::{retained::Retained, standing::Step};

/// The most that is paid for a month, in fen: beyond it somebody mistook yuan for fen, or a year for a month.
pub const MOST_FEN: i64 = 1_000_000;

/// What is known of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payer<'a> {
    /// The day from which it counts.
    pub since: Option<NaiveDate>,
    /// When it was retained.
    pub retained: &'a [Retained],
    /// The day it ended, if it did.
    pub ended_on: Option<NaiveDate>,
    /// The step that ended it, if it counts for nothing since: it was undone, or merged into another.
    pub void: Option<Step>,
}

/// Why dues are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOwed {
    /// He is no member yet.
    NoMember,
    /// The membership was merged into another of the same person, on which his dues lie.
    Merged,
    /// The membership never was.
    Undone,
    /// Before he joined.
    BeforeJoining,
    /// While the membership is retained.
    Retained,
    /// After it ended.
    Ended,
    /// More than a year ahead.
    FarAhead,
    /// Paid on a day that has not come.
    PaidLater,
    /// Nothing, or more than anybody pays.
    Amount,
}

impl NotOwed {
    /// What the officer reads.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoMember => "入会申请还没有批准，不收会费。",
            Self::Merged => "这份会籍已并入本人的另一份会籍，请登记到现在的会籍（会员证号）上。",
            Self::Undone => "这份会籍的登记已撤销，不收会费。",
            Self::BeforeJoining => "所属月份早于入会月份，请核对。",
            Self::Retained => "保留会籍期间不缴会费。",
            Self::Ended => "所属月份会籍已终止，请核对。",
            Self::FarAhead => "最多预缴到一年以后，请核对所属月份。",
            Self::PaidLater => "缴费日期不能晚于今天。",
            Self::Amount => "金额应大于 0，且每月不超过 1 万元。",
        }
    }
}

/// Whether a member owes dues for a month, which may be paid up to a year ahead.
///
/// # Errors
/// Why not.
pub fn owes(
    payer: Payer<'_>,
    month: NaiveDate,
    (amount_fen, paid_on): (i64, NaiveDate),
    today: NaiveDate,
) -> Result<(), NotOwed> {
    let month = month_start(month);
    let since = payer.since.ok_or(NotOwed::NoMember)?;
    let farthest = month_start(today).checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
    match () {
        () if payer.void == Some(Step::Merge) => Err(NotOwed::Merged),
        () if payer.void.is_some() => Err(NotOwed::Undone),
        () if month < month_start(since) => Err(NotOwed::BeforeJoining),
        () if payer.ended_on.is_some_and(|ended| month > month_start(ended)) => Err(NotOwed::Ended),
        () if payer.retained.iter().any(|retained| retained.frees(month)) => Err(NotOwed::Retained),
        () if month > farthest => Err(NotOwed::FarAhead),
        () if paid_on > today => Err(NotOwed::PaidLater),
        () if !(1..=MOST_FEN).contains(&amount_fen) => Err(NotOwed::Amount),
        () => Ok(()),
    }
}

/// Reads yuan with at most two decimals: 12, 12.5, ¥1,200.00元.
#[must_use]
pub fn fen(text: &str) -> Option<i64> {
    let text = codes::text::compact(text);
    codes::text::scaled(&codes::text::ungrouped(text.trim_start_matches(['¥', '￥']).trim_end_matches('元'))?, 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const BARE: Payer<'_> = Payer { since: None, retained: &[], ended_on: None, void: None };

    #[test]
    fn the_months_of_a_membership_are_owed() {
        let today = day("2026-07-15");
        let paid = (1_000, today);
        let payer = Payer { since: Some(day("2026-03-20")), ..BARE };
        let once = [Retained { from: day("2026-04-10"), until: Some(day("2026-06-01")) }];
        let since_may = [Retained { from: day("2026-05-10"), until: None }];
        assert_eq!(owes(payer, day("2026-03-01"), paid, today), Ok(()));
        assert_eq!(owes(payer, day("2027-07-01"), paid, today), Ok(()));
        for (payer, month, paid, refused) in [
            (BARE, "2026-07-01", paid, NotOwed::NoMember),
            (payer, "2026-02-28", paid, NotOwed::BeforeJoining),
            (payer, "2027-08-01", paid, NotOwed::FarAhead),
            (payer, "2026-07-01", (0, today), NotOwed::Amount),
            (payer, "2026-07-01", (MOST_FEN + 1, today), NotOwed::Amount),
            (payer, "2026-07-01", (1_000, day("2026-07-16")), NotOwed::PaidLater),
            (Payer { retained: &since_may, ..payer }, "2026-06-01", paid, NotOwed::Retained),
            (Payer { retained: &once, ..payer }, "2026-05-01", paid, NotOwed::Retained),
            (Payer { ended_on: Some(day("2026-05-10")), ..payer }, "2026-06-01", paid, NotOwed::Ended),
            (Payer { void: Some(Step::Merge), ..payer }, "2026-04-01", paid, NotOwed::Merged),
            (Payer { void: Some(Step::Undo), ..payer }, "2026-04-01", paid, NotOwed::Undone),
        ] {
            assert_eq!(owes(payer, day(month), paid, today), Err(refused), "{month}");
        }
        for (retained, month) in [(&since_may, "2026-05-01"), (&once, "2026-04-01"), (&once, "2026-06-01")] {
            assert_eq!(owes(Payer { retained, ..payer }, day(month), paid, today), Ok(()), "{month}");
        }
        // The month in which it ended is owed.
        let ended = Payer { ended_on: Some(day("2026-05-10")), ..payer };
        assert_eq!(owes(ended, day("2026-05-31"), paid, today), Ok(()));
        assert_eq!(
            (month_start(today), calendar::month_end(day("2024-02-05"))),
            (day("2026-07-01"), day("2024-02-29"))
        );
    }

    #[test]
    fn yuan_are_read_as_people_write_them() {
        for (text, value) in [
            ("12", 1_200),
            ("12.5", 1_250),
            ("12.50", 1_250),
            ("¥1,200.00元", 120_000),
            ("０.０５", 5),
            ("12.500", 1_250),
        ] {
            assert_eq!(fen(text), Some(value), "{text}");
        }
        for text in ["", "十元", "1.234", "-5", "1.2.3", ".5", "12,50", "1，2", "99999999999999999999"] {
            assert_eq!(fen(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in 0_i64..100_000_000) {
            prop_assert_eq!(fen(&format!("{}.{:02}", value / 100, value % 100)), Some(value));
        }

        #[test]
        fn retained_members_owe_nothing_later(since in 0_i64..400, retained in 0_i64..400, month in 0_i64..800) {
            let at = |days| day("2025-01-01") + chrono::TimeDelta::days(days);
            let spans = [Retained { from: at(since + retained), until: None }];
            let payer = Payer { since: Some(at(since)), retained: &spans, ..BARE };
            let owed = owes(payer, at(month), (100, at(0)), at(900));
            prop_assert_eq!(owed.is_ok(), month_start(at(month)) >= month_start(at(since)) && month_start(at(month)) <= month_start(at(since + retained)));
        }
    }
}
