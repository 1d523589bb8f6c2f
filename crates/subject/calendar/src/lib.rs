//! Days, working days and deadlines in Beijing time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The Beijing calendar day of an instant.
#[must_use]
pub fn beijing_day(at: DateTime<Utc>) -> NaiveDate {
    (at.naive_utc() + TimeDelta::hours(8)).date()
}
