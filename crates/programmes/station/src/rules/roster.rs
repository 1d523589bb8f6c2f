//! Who may stand on which shift, and how many hours he is credited. Pure.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// The most weeks for which a shift is repeated in one go.
pub const MOST_WEEKS: u64 = 26;

/// When a shift is: whole hours of one day, in Beijing's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftSpan {
    /// The day.
    pub day: NaiveDate,
    /// The hour at which it begins, 0 to 23.
    pub from: i32,
    /// The hour at which it ends, 1 to 24.
    pub until: i32,
}

impl ShiftSpan {
    /// Whether two shifts have an hour in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.day == other.day && self.from < other.until && other.from < self.until
    }

    /// How long it is, in hours.
    #[must_use]
    pub fn hours(self) -> i64 {
        i64::from((self.until - self.from).max(0))
    }

    /// When it begins.
    #[must_use]
    pub fn begins(self) -> DateTime<Utc> {
        calendar::day_start(self.day) + TimeDelta::hours(self.from.into())
    }

    /// When it ends.
    #[must_use]
    pub fn ends(self) -> DateTime<Utc> {
        calendar::day_start(self.day) + TimeDelta::hours(self.until.into())
    }

    /// The last moment at which a volunteer may withdraw.
    #[must_use]
    pub fn leave_until(self, hours: i64) -> DateTime<Utc> {
        self.begins() - TimeDelta::hours(hours.clamp(0, 240))
    }

    /// The most hours that can be credited now: as many as have begun, never more than the shift has.
    #[must_use]
    pub fn creditable(self, now: DateTime<Utc>) -> i64 {
        let minutes = (now - self.begins()).num_minutes();
        if minutes < 0 { 0 } else { (minutes / 60 + 1).min(self.hours()) }
    }
}

/// The days of a shift that is repeated weekly.
#[must_use]
pub fn weekly(first: NaiveDate, weeks: u64) -> Vec<NaiveDate> {
    (0..weeks.clamp(1, MOST_WEEKS)).filter_map(|week| first.checked_add_days(Days::new(week * 7))).collect()
}

/// How a shift stands for somebody who wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// How many are wanted.
    pub wanted: i64,
    /// How many have signed up.
    pub signed: i64,
    /// How many of those have helped before.
    pub experienced: i64,
    /// Whether somebody of the station shows newcomers what to do.
    pub guided: bool,
}

impl Places {
    /// Whether only newcomers have signed up, and nobody shows them what to do.
    #[must_use]
    pub fn is_alone(self) -> bool {
        self.signed > 0 && self.experienced == 0 && !self.guided
    }

    /// Whether that is so and no place is free for one who has helped before.
    #[must_use]
    pub fn is_left_alone(self) -> bool {
        self.is_alone() && self.signed >= self.wanted
    }
}

/// Why somebody can't have a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No place is free.
    Full,
    /// He stands elsewhere then.
    Overlaps,
    /// The last place is kept for one who has helped before.
    Alone,
}

/// Whether somebody can have a shift; `own` are his other shifts, `is_new` is who has never helped.
///
/// # Errors
/// [`Unfit`].
pub fn fits(span: ShiftSpan, own: &[ShiftSpan], places: Places, is_new: bool) -> Result<(), Unfit> {
    if places.signed >= places.wanted {
        return Err(Unfit::Full);
    }
    if own.iter().any(|other| other.overlaps(span)) {
        return Err(Unfit::Overlaps);
    }
    let is_last = places.signed + 1 >= places.wanted;
    if is_new && !places.guided && places.experienced == 0 && is_last { Err(Unfit::Alone) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(day: u32, from: i32, hours: i32) -> ShiftSpan {
        ShiftSpan { day: NaiveDate::from_ymd_opt(2026, 7, day).unwrap(), from, until: (from + hours).min(24) }
    }

    proptest! {
        /// Whoever signs up in whatever order: never more than are wanted, and a full shift that nobody guides has one
        /// who knows how.
        #[test]
        fn a_full_shift_is_in_good_hands(
            wanted in 1_i64..5, guided: bool, asked in prop::collection::vec(any::<bool>(), 0..12),
        ) {
            let mut places = Places { wanted, signed: 0, experienced: 0, guided };
            for is_new in asked {
                if fits(span(1, 8, 4), &[], places, is_new).is_ok() {
                    places.signed += 1;
                    places.experienced += i64::from(!is_new);
                }
            }
            prop_assert!(places.signed <= wanted);
            prop_assert!(guided || places.signed < wanted || places.experienced > 0);
            prop_assert!(!places.is_left_alone());
        }

        #[test]
        fn nobody_stands_at_two_places(shifts in prop::collection::vec((1_u32..4, 0_i32..23, 1_i32..8), 1..15)) {
            let mut own: Vec<ShiftSpan> = Vec::new();
            let free = Places { wanted: 9, signed: 0, experienced: 0, guided: true };
            for (day, from, hours) in shifts {
                let new = span(day, from, hours);
                if fits(new, &own, free, false).is_ok() {
                    own.push(new);
                }
            }
            for (at, one) in own.iter().enumerate() {
                for hour in one.from..one.until {
                    let then = ShiftSpan { day: one.day, from: hour, until: hour + 1 };
                    prop_assert!(own.iter().enumerate().all(|(other, two)| at == other || !two.overlaps(then)));
                }
            }
        }

        /// Nothing before it begins, then more and more, the whole shift at its end and never more.
        #[test]
        fn hours_grow_to_the_shifts_length(from in 0_i32..24, long in 1_i32..24, minutes in -3_000_i64..3_000) {
            let shift = span(1, from, long);
            let at = |minutes: i64| shift.creditable(shift.begins() + TimeDelta::minutes(minutes));
            prop_assert!((0..=shift.hours()).contains(&at(minutes)));
            prop_assert!(at(minutes) <= at(minutes + 1));
            prop_assert_eq!(at(minutes) > 0, minutes >= 0);
            prop_assert_eq!(shift.creditable(shift.ends()), shift.hours());
        }

        #[test]
        fn weeks_keep_the_day_of_the_week(weeks in 0_u64..60) {
            let first = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
            let days = weekly(first, weeks);
            prop_assert_eq!(days.len() as u64, weeks.clamp(1, MOST_WEEKS));
            prop_assert!(days.windows(2).all(|two| two[1] - two[0] == TimeDelta::days(7)));
        }
    }
}
