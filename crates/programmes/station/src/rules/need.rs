//! Whether a place has too few stations for those who work outdoors there. Pure.

/// What a place has, and how its stations are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// How many work outdoors there.
    pub workers: i64,
    /// How many stations are open to them.
    pub stations: i64,
    /// How many came to these in the period.
    pub visits: i64,
    /// How many days the period has.
    pub days: i64,
}

/// What a station can bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearable {
    /// The most outdoor workers for one station.
    pub workers: i64,
    /// The most visits a day to one station.
    pub visits_a_day: i64,
}

/// How a place is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// How many outdoor workers share a station, rounded up; absent without a station.
    pub workers_each: Option<i64>,
    /// How many visits a day a station has, rounded up; absent without a station.
    pub visits_each: Option<i64>,
    /// How many stations should be opened for the workers there.
    pub for_workers: i64,
    /// How many should be opened to ease those that are crowded.
    pub for_visits: i64,
}

impl Need {
    /// How many stations should be opened, for either reason.
    #[must_use]
    pub fn wanted(self) -> i64 {
        self.for_workers.max(self.for_visits)
    }
}

fn each(sum: i64, parts: i64) -> Option<i64> {
    (parts > 0).then(|| (sum + parts - 1) / parts)
}

/// How a place is served, and how many stations it is short of.
#[must_use]
pub fn need(place: Place, bearable: Bearable) -> Need {
    let (workers, visits) = (place.workers.max(0), place.visits.max(0));
    let short = |sum: i64, of_one: i64| (each(sum, of_one.max(1)).unwrap_or(0) - place.stations.max(0)).max(0);
    Need {
        workers_each: each(workers, place.stations),
        visits_each: each(visits, place.stations.saturating_mul(place.days.max(1))),
        for_workers: short(workers, bearable.workers),
        // Where there is no station nobody can come; the workers alone tell.
        for_visits: if place.stations > 0 { short(visits, bearable.visits_a_day * place.days.max(1)) } else { 0 },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// With as many stations as are wanted nothing is wanted, and with one less something is.
        #[test]
        fn what_is_wanted_is_enough_and_no_more(
            workers in 0_i64..100_000, stations in 0_i64..60, visits in 0_i64..400_000, days in 1_i64..366,
            of_one in 1_i64..2_000, a_day in 1_i64..300,
        ) {
            let bearable = Bearable { workers: of_one, visits_a_day: a_day };
            let place = Place { workers, stations, visits, days };
            let wanted = need(place, bearable).wanted();
            let enough = Place { stations: stations + wanted, ..place };
            if enough.stations > 0 && stations > 0 {
                prop_assert_eq!(need(enough, bearable).wanted(), 0);
                prop_assert!(need(enough, bearable).workers_each.unwrap() <= of_one);
            }
            if wanted > 0 && stations > 0 {
                let one_less = Place { stations: enough.stations - 1, ..place };
                prop_assert_eq!(need(one_less, bearable).wanted(), 1);
            }
            if stations == 0 {
                prop_assert_eq!(wanted == 0, workers == 0);
                prop_assert_eq!(need(place, bearable).workers_each, None);
            }
        }
    }
}
