use chrono::{Datelike, NaiveDate};
use database::Id;

use super::Book;

impl Book {
    /// The organisation's ancestors on a day, the nearest first, without itself.
    #[must_use]
    pub fn ancestors(&self, organisation: Id, on: NaiveDate) -> Vec<Id> {
        let (Some(at), Some(tree)) =
            (self.organisations.find(&organisation), self.tree(self.forest.epoch(on.num_days_from_ce())))
        else {
            return Vec::new();
        };
        let line = tree.ancestors(at);
        line.into_iter().filter_map(|upper| self.organisations.key(upper).copied()).collect()
    }
}
