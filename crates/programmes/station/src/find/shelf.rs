//! The stations of one moment, to be asked.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use calendar::WorkingCalendar;
use chrono::NaiveDateTime;
use kernel::Id;
use places::{Distance, Index, Marks, Point, Wanted};

use super::entry::{Asked, Entry};
use crate::tables::catalogue;

/// So many changed stations are looked through beside the large index; with more it is built anew.
const FRESH: usize = 500;

/// The stations of one moment. Never changed: what comes after is another, which shares what stayed.
#[derive(Clone)]
pub(super) struct Shelf {
    /// All of a while ago.
    large: Arc<Index<Arc<Entry>>>,
    /// What changed since then, as it is now.
    small: Arc<Index<Arc<Entry>>>,
    /// Of which stations the large index speaks no longer.
    changed: Arc<HashSet<Id>>,
    /// The calendars of the unions that have stations.
    pub calendars: Arc<HashMap<Id, Arc<WorkingCalendar>>>,
    /// What equipment and services are called, as the catalogue sorts them.
    pub catalogue: Arc<Vec<catalogue::Model>>,
    /// Up to which turn it is.
    pub turn: i64,
    /// Up to which act of the audit chain.
    pub act: i64,
}

impl Default for Shelf {
    fn default() -> Self {
        let empty = || Arc::new(Index::new([]));
        Self {
            large: empty(),
            small: empty(),
            changed: Arc::default(),
            calendars: Arc::default(),
            catalogue: Arc::default(),
            turn: 0,
            act: 0,
        }
    }
}

fn index(mut entries: Vec<Arc<Entry>>) -> Index<Arc<Entry>> {
    entries.sort_unstable_by(|one, other| one.code.cmp(&other.code));
    Index::new(entries.into_iter().map(|entry| (entry.point, entry.marks(), entry)))
}

impl Shelf {
    /// All stations that serve.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        let stayed = self.large.items().iter().filter(|entry| !self.changed.contains(&entry.id));
        stayed.chain(self.small.items())
    }

    /// With these stations and no others. Takes about 0.2 s for 200,000.
    pub fn filled(self, entries: Vec<Arc<Entry>>) -> Self {
        Self { large: Arc::new(index(entries)), small: Arc::new(Index::new([])), changed: Arc::default(), ..self }
    }

    /// With these stations changed, of which `now` are those that serve.
    pub fn with(self, ids: &[Id], now: Vec<Arc<Entry>>) -> Self {
        let gone: HashSet<Id> = ids.iter().copied().collect();
        let mut changed = (*self.changed).clone();
        changed.extend(&gone);
        if changed.len() > FRESH {
            let stayed = self.entries().filter(|entry| !gone.contains(&entry.id)).cloned();
            let all = stayed.chain(now).collect();
            return self.filled(all);
        }
        let stayed = self.small.items().iter().filter(|entry| !gone.contains(&entry.id)).cloned();
        let small = index(stayed.chain(now).collect());
        Self { small: Arc::new(small), changed: Arc::new(changed), ..self }
    }

    /// The working days where a station is.
    pub fn calendar(&self, entry: &Entry) -> Option<&WorkingCalendar> {
        self.calendars.get(&entry.organisation_id).map(|calendar| &**calendar)
    }

    /// The nearest stations that are what was asked for, nearest first; of equals the lower number first.
    pub fn nearest(
        &self,
        from: Point,
        (most, within): (usize, Option<u32>),
        asked: &Asked,
        at: NaiveDateTime,
    ) -> Vec<(Arc<Entry>, Distance)> {
        let wanted = Wanted { most, within, all: asked.marks(at), any: Marks::NONE };
        let meets = |entry: &Arc<Entry>| self.calendar(entry).is_some_and(|calendar| entry.meets(asked, at, calendar));
        let large = self.large.nearest(from, &wanted, |entry| !self.changed.contains(&entry.id) && meets(entry));
        let small = self.small.nearest(from, &wanted, meets);
        let mut found: Vec<_> = large.into_iter().chain(small).map(|near| (near.item.clone(), near.distance)).collect();
        found.sort_by(|one, other| (one.1, &one.0.code).cmp(&(other.1, &other.0.code)));
        found.truncate(most);
        found
    }
}
