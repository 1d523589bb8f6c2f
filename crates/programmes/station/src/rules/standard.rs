//! What an inspection comes to: points, stars, and how long a station below standard may still be shown as open. Pure.

use chrono::{Days, NaiveDate};

/// How an item of the checklist was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The most points it gives.
    pub weight: i64,
    /// Whether a station without any point of it is below standard whatever else it has.
    pub critical: bool,
    /// How many points it was given; absent where it doesn't apply to the station.
    pub score: Option<i64>,
}

/// From how many points of 100 on a station has a star; the first star is the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines(pub [i64; 5]);

/// What five stars want beside their points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Square metres.
    pub area: i64,
    /// How many people it holds at once.
    pub capacity: i64,
}

/// What an inspection came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The points that were given.
    pub points: i64,
    /// The most that could be given.
    pub out_of: i64,
    /// Whether a critical item had none.
    pub critical_failed: bool,
    /// 0 (below standard) to 5.
    pub star: i32,
}

/// Why nothing can be made of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misjudged {
    /// The mark at this place has more points than it may, or fewer than none.
    OutOfRange(usize),
    /// No item applies.
    Nothing,
}

/// Adds the marks up and says how many stars they are worth.
///
/// # Errors
/// [`Misjudged`].
pub fn judge(marks: &[Mark], lines: &Lines, size: Size, wanted: Size) -> Result<Verdict, Misjudged> {
    let (mut points, mut out_of, mut critical_failed) = (0_i64, 0_i64, false);
    for (place, mark) in marks.iter().enumerate() {
        let Some(score) = mark.score else { continue };
        if !(0..=mark.weight).contains(&score) {
            return Err(Misjudged::OutOfRange(place));
        }
        points += score;
        out_of += mark.weight;
        critical_failed |= mark.critical && score == 0;
    }
    if out_of <= 0 {
        return Err(Misjudged::Nothing);
    }
    let reached = lines.0.iter().take_while(|line| points * 100 >= **line * out_of).count();
    let large = size.area >= wanted.area && size.capacity >= wanted.capacity;
    let star = match reached {
        _ if critical_failed => 0,
        5 if !large => 4,
        reached => i32::try_from(reached).unwrap_or_default(),
    };
    Ok(Verdict { points, out_of, critical_failed, star })
}

/// The first day on which a station can't be shown as open, after an inspection: none if it meets the standard; else when
/// the grace is over. A second bad inspection doesn't lengthen the grace that the first one gave.
#[must_use]
pub fn shut_from(star: i32, done_on: NaiveDate, grace: i64, before: Option<NaiveDate>) -> Option<NaiveDate> {
    if star > 0 {
        return None;
    }
    let grace = Days::new(u64::try_from(grace.max(0)).unwrap_or_default() + 1);
    let from = done_on.checked_add_days(grace).unwrap_or(done_on);
    Some(before.map_or(from, |before| before.min(from)))
}

/// On which of some days the `at`-th of `number` falls, which are spread evenly over them; on none where there are no days.
#[must_use]
pub fn spread(days: &[NaiveDate], at: usize, number: usize) -> Option<NaiveDate> {
    days.get((at * days.len()).checked_div(number)?).copied()
}

/// A score of 100, as people say it: `86.5 分`; rounded down, so that it never reads as a line that wasn't reached.
#[must_use]
pub fn of_hundred(points: i64, out_of: i64) -> String {
    let tenths = points.saturating_mul(1_000).checked_div(out_of).unwrap_or_default();
    if tenths % 10 == 0 { format!("{} 分", tenths / 10) } else { format!("{}.{} 分", tenths / 10, tenths % 10) }
}

/// Stars, as people say them.
#[must_use]
pub fn star_label(star: i32) -> &'static str {
    match star {
        1 => "一星",
        2 => "二星",
        3 => "三星",
        4 => "四星",
        5 => "五星",
        _ => "未达标",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINES: Lines = Lines([60, 70, 80, 90, 95]);
    const SIZE: Size = Size { area: 30, capacity: 20 };

    fn marks() -> impl Strategy<Value = Vec<Mark>> {
        let mark = (1_i64..20).prop_flat_map(|weight| {
            (any::<bool>(), proptest::option::of(0..=weight)).prop_map(move |(critical, score)| Mark {
                weight,
                critical,
                score,
            })
        });
        proptest::collection::vec(mark, 1..30)
    }

    proptest! {
        /// One point more never costs a star, a star is never without its points, and no points of a critical item is none.
        #[test]
        fn stars_follow_points(marks in marks(), place in any::<prop::sample::Index>(), area in 0_i64..60) {
            let size = Size { area, capacity: 20 };
            let Ok(verdict) = judge(&marks, &LINES, size, SIZE) else {
                prop_assert!(marks.iter().all(|mark| mark.score.is_none()));
                return Ok(());
            };
            prop_assert!((0..=5).contains(&verdict.star) && verdict.points <= verdict.out_of);
            prop_assert!(verdict.star == 0 || verdict.points * 100 >= 60 * verdict.out_of);
            prop_assert!(verdict.star < 5 || area >= 30);
            prop_assert_eq!(verdict.critical_failed, marks.iter().any(|mark| mark.critical && mark.score == Some(0)));
            prop_assert!(!verdict.critical_failed || verdict.star == 0);
            let mut better = marks;
            let one = place.index(better.len());
            if let Some(mark) = better.get_mut(one) {
                mark.score = mark.score.map(|score| (score + 1).min(mark.weight));
            }
            prop_assert!(judge(&better, &LINES, size, SIZE).unwrap().star >= verdict.star);
        }

        #[test]
        fn the_grace_is_never_lengthened(first in 0_u64..400, later in 0_u64..400, grace in 0_i64..90) {
            let day = |n| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n);
            let one = shut_from(0, day(first), grace, None).unwrap();
            let two = shut_from(0, day(first + later), grace, Some(one)).unwrap();
            prop_assert_eq!(one, two);
            prop_assert_eq!((one - day(first)).num_days(), grace + 1);
            prop_assert_eq!(shut_from(1, day(first + later), grace, Some(one)), None);
        }

        #[test]
        fn no_day_has_two_more_than_another(days in 1_u64..40, number in 1_usize..200) {
            let days: Vec<_> = (0..days).map(|n| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)).collect();
            let spread: Vec<_> = (0..number).map(|at| spread(&days, at, number).unwrap()).collect();
            prop_assert!(spread.is_sorted());
            let on = |day: &NaiveDate| spread.iter().filter(|one| *one == day).count();
            let counts: Vec<usize> = days.iter().map(on).collect();
            prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1);
            prop_assert_eq!(super::spread(&[], 0, number), None);
        }
    }

    #[test]
    fn what_is_no_mark_is_told() {
        let mark = |score| Mark { weight: 5, critical: false, score };
        assert_eq!(judge(&[mark(Some(5)), mark(Some(6))], &LINES, SIZE, SIZE), Err(Misjudged::OutOfRange(1)));
        assert_eq!(judge(&[mark(None)], &LINES, SIZE, SIZE), Err(Misjudged::Nothing));
        assert_eq!(
            (of_hundred(173, 200), of_hundred(19, 20), of_hundred(2, 3)),
            ("86.5 分".into(), "95 分".into(), "66.6 分".into())
        );
    }
}
