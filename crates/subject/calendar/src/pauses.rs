//! Terms that stand still for a while, as when an applicant's papers are awaited.

use chrono::NaiveDate;

use crate::{Deadline, Unit, UnloadedYear, WorkingCalendar, beijing_day};

/// A stretch of days that don't count: from its first day up to, but not with, the day on which the term runs again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The first day that counts again; absent while the term stands still.
    pub until: Option<NaiveDate>,
}

impl Pause {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The days of a term that was paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PausedTerm {
    /// The last day on which one is in time.
    pub due_on: NaiveDate,
    /// The day in which half of the term has passed: whoever is responsible is warned from then on.
    pub half_on: NaiveDate,
    /// The day in which four fifths of the term have passed.
    pub four_fifths_on: NaiveDate,
}

impl Deadline {
    /// The days of the term when those of `pauses` don't count; `None` while it stands still before its last day.
    ///
    /// # Errors
    /// The term reaches a year whose days off are not known.
    pub fn with_pauses(
        &self,
        calendar: &WorkingCalendar,
        pauses: &[Pause],
    ) -> Result<Option<PausedTerm>, UnloadedYear> {
        let on = |n: u32| self.nth(calendar, pauses, n);
        // Half of five working days is noon of the third; half of four, the midnight before it.
        let passed = |share: u32| share.saturating_add(1).min(self.n);
        let (half, most) = (passed(self.n / 2), passed(self.n.saturating_mul(4) / 5));
        let (Some(due_on), Some(half_on), Some(four_fifths_on)) = (on(self.n)?, on(half)?, on(most)?) else {
            return Ok(None);
        };
        // A term in days that would end on a day off ends later; its warnings don't.
        let due_on = if self.unit == Unit::Days { calendar.working_day_from(due_on)? } else { due_on };
        Ok(Some(PausedTerm { due_on, half_on, four_fifths_on }))
    }

    /// How much of the term is left after a day: in days, or working days, that count.
    ///
    /// # Errors
    /// The count reaches a year whose days off are not known.
    pub fn left_after(
        &self,
        calendar: &WorkingCalendar,
        pauses: &[Pause],
        day: NaiveDate,
    ) -> Result<u32, UnloadedYear> {
        let mut used = 0;
        for day in beijing_day(self.start).iter_days().skip(1).take_while(|one| *one <= day) {
            if used == self.n {
                break;
            }
            used += u32::from(self.counts(calendar, pauses, day)?);
        }
        Ok(self.n - used)
    }

    fn counts(&self, calendar: &WorkingCalendar, pauses: &[Pause], day: NaiveDate) -> Result<bool, UnloadedYear> {
        if pauses.iter().any(|pause| pause.holds(day)) {
            return Ok(false);
        }
        if self.unit == Unit::WorkingDays { calendar.is_working_day(day) } else { Ok(true) }
    }

    /// The n-th day that counts; hours are reckoned in whole days here, begun ones as whole.
    fn nth(&self, calendar: &WorkingCalendar, pauses: &[Pause], n: u32) -> Result<Option<NaiveDate>, UnloadedYear> {
        let n = if self.unit == Unit::Hours { n.div_ceil(24) } else { n };
        let mut day = beijing_day(self.start);
        for _ in 0..n {
            day = day.succ_opt().ok_or(UnloadedYear { year: 0 })?;
            while !self.counts(calendar, pauses, day)? {
                if pauses.iter().any(|pause| pause.until.is_none() && pause.holds(day)) {
                    return Ok(None);
                }
                day = day.succ_opt().ok_or(UnloadedYear { year: 0 })?;
            }
        }
        Ok(Some(day))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::day_start;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(start: &str, unit: Unit, n: u32) -> Deadline {
        Deadline { start: day_start(day(start)), unit, n }
    }

    fn pause(from: &str, until: Option<&str>) -> Pause {
        Pause { from: day(from), until: until.map(day) }
    }

    #[test]
    fn the_last_day_moves_by_the_working_days_that_were_lost() {
        let calendar = WorkingCalendar::builtin().unwrap();
        // A Wednesday; five working days end on the Wednesday after.
        let five = term("2026-07-01", Unit::WorkingDays, 5);
        let due = |pauses: &[Pause]| five.with_pauses(&calendar, pauses).unwrap().map(|term| term.due_on);
        assert_eq!(due(&[]), Some(day("2026-07-08")));
        // Friday to Tuesday: Friday and Monday are lost.
        assert_eq!(due(&[pause("2026-07-03", Some("2026-07-07"))]), Some(day("2026-07-10")));
        assert_eq!(due(&[pause("2026-07-03", Some("2026-07-03"))]), Some(day("2026-07-08")));
        assert_eq!(due(&[pause("2026-07-03", None)]), None);
        assert_eq!(due(&[pause("2026-07-09", None)]), Some(day("2026-07-08")));
        let left = |pauses: &[Pause], on| five.left_after(&calendar, pauses, day(on)).unwrap();
        assert_eq!(left(&[pause("2026-07-03", None)], "2026-07-30"), 4);
        assert_eq!(left(&[], "2026-07-30"), 0);
    }

    #[test]
    fn a_pause_over_the_new_year_waits_for_the_calendar() {
        let calendar = WorkingCalendar::builtin().unwrap();
        let late = term("2026-12-20", Unit::WorkingDays, 5);
        assert!(late.with_pauses(&calendar, &[]).unwrap().is_some());
        let pauses = [pause("2026-12-22", Some("2026-12-31"))];
        assert_eq!(late.with_pauses(&calendar, &pauses), Err(UnloadedYear { year: 2027 }));
    }

    proptest! {
        #[test]
        fn without_pauses_nothing_changes(start in 0_i64..700, n in 0_u32..40, working in any::<bool>()) {
            let calendar = WorkingCalendar::builtin().unwrap();
            let unit = if working { Unit::WorkingDays } else { Unit::Days };
            let begin = day("2024-01-01") + TimeDelta::days(start);
            let term = Deadline { start: day_start(begin), unit, n };
            let due = term.with_pauses(&calendar, &[]).unwrap().unwrap();
            prop_assert_eq!(due.due_on, term.due_day(&calendar).unwrap());
            prop_assert!(begin <= due.half_on && due.half_on <= due.four_fifths_on && due.four_fifths_on <= due.due_on);
        }

        #[test]
        fn the_days_outside_pauses_are_those_of_the_term(start in 0_i64..400, n in 1_u32..30, from in 0_i64..60, length in 0_i64..60) {
            let calendar = WorkingCalendar::builtin().unwrap();
            let begin = day("2024-01-01") + TimeDelta::days(start);
            let term = Deadline { start: day_start(begin), unit: Unit::WorkingDays, n };
            let from = begin + TimeDelta::days(from);
            let until = from + TimeDelta::days(length);
            let whole = [Pause { from, until: Some(until) }];
            let due = term.with_pauses(&calendar, &whole).unwrap().unwrap().due_on;
            let worked = begin.iter_days().skip(1).take_while(|day| *day <= due)
                .filter(|day| calendar.is_working_day(*day).unwrap() && !(from <= *day && *day < until)).count();
            prop_assert_eq!(worked, usize::try_from(n).unwrap());
            prop_assert!(due >= term.due_day(&calendar).unwrap());
            prop_assert_eq!(term.left_after(&calendar, &whole, due).unwrap(), 0);
            // Two pauses that touch are one.
            let middle = from + TimeDelta::days(length / 2);
            let halves = [Pause { from, until: Some(middle) }, Pause { from: middle, until: Some(until) }];
            prop_assert_eq!(term.with_pauses(&calendar, &halves).unwrap().unwrap().due_on, due);
        }
    }
}
