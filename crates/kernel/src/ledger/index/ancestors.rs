use chrono::{Datelike, NaiveDate};
use database::Id;

use super::Book;

impl Book {
    /// The organisation's ancestors on a day, the nearest first, without itself.
    #[must_use]
    pub fn ancestors(&self, organisation: Id, on: NaiveDate) -> Vec<Id> {
        let Some(at) = self.organisations.find(&organisation) else { return Vec::new() };
        let line = self.forest.ancestors(at, on.num_days_from_ce());
        line.into_iter().filter_map(|upper| self.organisations.key(upper).copied()).collect()
    }
}
