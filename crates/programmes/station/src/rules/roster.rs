//! Who may stand on which shift: one that has a free place, that does not overlap with another of his, and nobody for the
//! first time alone. Pure.

use chrono::NaiveDate;

/// When a shift is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The day.
    pub day: NaiveDate,
    /// The first hour, 0 to 23.
    pub from: i32,
    /// The hour at which it ends, 1 to 24.
    pub until: i32,
}

impl Span {
    /// Whether two shifts have an hour in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.day == other.day && self.from < other.until && other.from < self.until
    }

    /// How long it is, in whole hours.
    #[must_use]
    pub fn hours(&self) -> i64 {
        i64::from((self.until - self.from).max(0))
    }
}

/// How a shift stands for somebody who wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// How many are wanted.
    pub wanted: i64,
    /// How many have signed up.
    pub signed: i64,
    /// How many of those have stood a shift before.
    pub experienced: i64,
}

/// Why somebody can't have a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No place is free.
    Full,
    /// He stands elsewhere then.
    Overlaps,
    /// The last place is kept for one who has stood a shift before.
    Alone,
}

/// Whether somebody can have a shift; `others` are his own, `is_new` who has never stood one.
///
/// # Errors
/// [`Unfit`].
pub fn fits(span: &Span, others: &[Span], places: &Places, is_new: bool) -> Result<(), Unfit> {
    if places.signed >= places.wanted {
        return Err(Unfit::Full);
    }
    if others.iter().any(|other| other.overlaps(span)) {
        return Err(Unfit::Overlaps);
    }
    if is_new && places.experienced == 0 && places.signed + 1 >= places.wanted {
        return Err(Unfit::Alone);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(day: u32, from: i32, hours: i32) -> Span {
        Span { day: NaiveDate::from_ymd_opt(2026, 7, day).unwrap(), from, until: (from + hours).min(24) }
    }

    proptest! {
        /// Whoever signs up in whatever order: a shift that is full has one who knows how, no more than are wanted, and
        /// nobody stands at two places at once.
        #[test]
        fn a_full_shift_is_in_good_hands(wanted in 1_i64..5, asked in proptest::collection::vec(any::<bool>(), 0..12)) {
            let mut places = Places { wanted, signed: 0, experienced: 0 };
            for is_new in asked {
                if fits(&span(1, 8, 4), &[], &places, is_new).is_ok() {
                    places.signed += 1;
                    places.experienced += i64::from(!is_new);
                }
            }
            prop_assert!(places.signed <= wanted);
            prop_assert!(places.signed < wanted || places.experienced > 0);
        }

        #[test]
        fn nobody_stands_at_two_places(
            shifts in proptest::collection::vec((1_u32..4, 0_i32..23, 1_i32..8), 1..15),
        ) {
            let mut own: Vec<Span> = Vec::new();
            let free = Places { wanted: 9, signed: 0, experienced: 0 };
            for (day, from, hours) in shifts {
                let new = span(day, from, hours);
                if fits(&new, &own, &free, false).is_ok() {
                    own.push(new);
                }
            }
            for (at, one) in own.iter().enumerate() {
                for hour in one.from..one.until {
                    let then = Span { day: one.day, from: hour, until: hour + 1 };
                    prop_assert!(own.iter().enumerate().all(|(other, two)| at == other || !two.overlaps(&then)));
                }
            }
        }
    }
}
