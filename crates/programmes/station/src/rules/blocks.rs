//! The days whose use is told, as few blocks of days that are summed once. A block is named by what its days have in common: a
//! year (`2026`), a month (`2026-07`), the days of a month with the same first digit (`2026-07-1`), a day (`2026-07-15`). Pure.

use chrono::{Datelike, Months, NaiveDate};

/// How many letters of a day name its blocks, the longest block first.
pub const LETTERS: [usize; 4] = [4, 7, 9, 10];

fn name(day: NaiveDate, letters: usize) -> String {
    day.to_string().chars().take(letters).collect()
}

/// The blocks that a day lies in.
#[must_use]
pub fn blocks_of(day: NaiveDate) -> [String; LETTERS.len()] {
    LETTERS.map(|letters| name(day, letters))
}

/// The fewest blocks that hold the days of a period, each in one of them, and no other day.
#[must_use]
pub fn blocks(from: NaiveDate, to: NaiveDate) -> Vec<String> {
    let (mut blocks, mut next) = (Vec::new(), Some(from));
    while let Some(day) = next.filter(|day| *day <= to) {
        let longest = LETTERS.into_iter().find_map(|letters| {
            let block = name(day, letters);
            let holds = |other: NaiveDate| name(other, letters) == block;
            let begins = !day.pred_opt().is_some_and(holds);
            let last = day.iter_days().take_while(|day| holds(*day)).last()?;
            (begins && last <= to).then_some((block, last))
        });
        next = longest.and_then(|(block, last)| {
            blocks.push(block);
            last.succ_opt()
        });
    }
    blocks
}

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// The same days of the year before.
    #[must_use]
    pub fn before(self) -> Self {
        Self { from: year_before(self.from), to: year_before(self.to) }
    }

    /// The blocks whose sums are those of the period. Nothing is written down for days to come, so one up to today takes in the
    /// rest of the year, in fewer blocks.
    #[must_use]
    pub fn blocks(self, today: NaiveDate) -> Vec<String> {
        let rest = NaiveDate::from_ymd_opt(self.to.year(), 12, 31).filter(|_| self.to >= today);
        blocks(self.from, rest.unwrap_or(self.to))
    }
}

/// The same day of the year before; the 29th of February has the 28th for a twin.
#[must_use]
pub fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_few_blocks() {
        assert_eq!(blocks(day("2026-01-01"), day("2026-12-31")), ["2026"]);
        assert_eq!(blocks(day("2026-04-01"), day("2026-06-30")), ["2026-04", "2026-05", "2026-06"]);
        assert_eq!(blocks(day("2026-02-19"), day("2026-03-01")), ["2026-02-19", "2026-02-2", "2026-03-01"]);
        assert!(blocks(day("2026-03-02"), day("2026-03-01")).is_empty());
    }

    #[test]
    fn a_period_up_to_today_takes_in_the_rest_of_the_year_and_one_of_the_past_is_exact() {
        let today = day("2026-07-15");
        let period = |from: &str, to: &str| Period { from: day(from), to: day(to) };
        assert_eq!(period("2026-01-01", "2026-07-15").blocks(today), ["2026"]);
        assert_eq!(period("2026-07-01", "2026-07-02").blocks(today), ["2026-07-01", "2026-07-02"]);
        assert_eq!(period("2028-02-01", "2028-02-29").before(), period("2027-02-01", "2027-02-28"));
    }

    proptest! {
        #[test]
        fn each_day_of_a_period_lies_in_one_of_its_blocks_and_no_other_day_does(start in 0_u64..1_500, length in 0_u64..500) {
            let first = day("2023-06-15");
            let (from, to) = (first + Days::new(start), first + Days::new(start + length));
            let blocks = blocks(from, to);
            for n in start.saturating_sub(400)..start + length + 400 {
                let day = first + Days::new(n);
                let own = blocks_of(day);
                let holding = blocks.iter().filter(|block| own.contains(block)).count();
                prop_assert_eq!(holding, usize::from((from..=to).contains(&day)), "{} in {:?}", day, &blocks);
            }
        }
    }
}
