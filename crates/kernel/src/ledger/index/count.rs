use std::{collections::BTreeSet, ops::Range};

use chrono::{Datelike, NaiveDate};

use super::{
    Ask, Book, By, Count, Key, Shape, first_of, month,
    people::People,
    strip::{Filter, Sums},
    tree::Tree,
};

/// The runs of places that count, for each tree from `first` on.
struct Extent {
    first: usize,
    runs: Vec<Vec<Range<u32>>>,
}

/// What lies within the days, kinds and groups of a question.
#[derive(Clone)]
struct Frame<'a> {
    kinds: Vec<u32>,
    /// Those of the kinds that count no people.
    standing: Vec<u32>,
    groups: Option<Vec<u16>>,
    from: NaiveDate,
    to: NaiveDate,
    extent: &'a Extent,
}

impl Book {
    /// Answers a question. Nothing is answered for an organisation that nobody knows; kinds, groups and the organisation's
    /// own facts are told where there are any, organisations below, months and days in any case.
    #[must_use]
    pub fn count(&self, ask: &Ask) -> Vec<(Key, Count)> {
        let Some(organisation) = self.organisations.find(&ask.organisation).filter(|_| ask.from <= ask.to) else {
            return Vec::new();
        };
        let mut people = People::new(self.people.count() as usize);
        if ask.by == By::Organisation {
            return self.count_below(ask, organisation, &mut people);
        }
        let whole = self.extent(ask, |tree, shape| tree.runs(shape, organisation));
        let parts = self.parts(ask, &self.frame(ask, &whole));
        let counted = parts.into_iter().map(|(key, frame)| (key, self.measure(&frame, &mut people)));
        let in_any_case = !matches!(ask.by, By::Kind | By::Group);
        counted.filter(|(_, count)| in_any_case || !count.is_empty()).collect()
    }

    fn count_below(&self, ask: &Ask, organisation: u32, people: &mut People) -> Vec<(Key, Count)> {
        let mut counts = Vec::new();
        for child in self.children(ask, organisation) {
            let extent = self.extent(ask, |tree, shape| {
                if shape.is_child(organisation, child) { tree.runs(shape, child) } else { Vec::new() }
            });
            let count = self.measure(&self.frame(ask, &extent), people);
            counts.extend(self.organisations.key(child).map(|key| (Key::Below(*key), count)));
        }
        let own = self.extent(ask, |tree, _| vec![tree.alone(organisation)]);
        let own = self.measure(&self.frame(ask, &own), people);
        counts.extend((!own.is_empty()).then_some((Key::Own(ask.organisation), own)));
        counts
    }

    fn frame<'a>(&self, ask: &Ask, extent: &'a Extent) -> Frame<'a> {
        let groups = (!ask.groups.is_empty()).then(|| self.asked_groups(ask));
        let standing = ask.standing.iter().filter_map(|code| self.kinds.find(code.as_str())).collect();
        Frame { kinds: self.asked_kinds(ask), standing, groups, from: ask.from, to: ask.to, extent }
    }

    /// The question's parts, each with what it is of.
    fn parts<'a>(&self, ask: &Ask, whole: &Frame<'a>) -> Vec<(Key, Frame<'a>)> {
        match ask.by {
            By::None | By::Organisation => vec![(Key::All, whole.clone())],
            By::Kind => {
                let part = |kind: &u32| {
                    let key = Key::Kind(self.kinds.key(*kind)?.clone());
                    Some((key, Frame { kinds: vec![*kind], ..whole.clone() }))
                };
                whole.kinds.iter().filter_map(part).collect()
            }
            By::Group => {
                let every = || (0..self.groups.count()).filter_map(|group| u16::try_from(group).ok()).collect();
                let part = |group: u16| {
                    let key = Key::Group(self.groups.key(u32::from(group))?.clone());
                    Some((key, Frame { groups: Some(vec![group]), ..whole.clone() }))
                };
                whole.groups.clone().unwrap_or_else(every).into_iter().filter_map(part).collect()
            }
            By::Month => {
                let part = |month| {
                    let last = first_of(month + 1).pred_opt().unwrap_or(ask.to);
                    let (from, to) = (first_of(month).max(ask.from), last.min(ask.to));
                    (Key::Month(first_of(month)), Frame { from, to, ..whole.clone() })
                };
                (month(ask.from)..=month(ask.to)).map(part).collect()
            }
            By::Day => {
                let days = ask.from.iter_days().take_while(|day| *day <= ask.to);
                days.map(|day| (Key::Day(day), Frame { from: day, to: day, ..whole.clone() })).collect()
            }
        }
    }

    fn asked_kinds(&self, ask: &Ask) -> Vec<u32> {
        if ask.kinds.is_empty() {
            return (0..self.kinds.count()).collect();
        }
        let asked: BTreeSet<u32> = ask.kinds.iter().filter_map(|code| self.kinds.find(code.as_str())).collect();
        asked.into_iter().collect()
    }

    fn asked_groups(&self, ask: &Ask) -> Vec<u16> {
        let asked: BTreeSet<u16> = ask.groups.iter().filter_map(|code| self.group(code)).collect();
        asked.into_iter().collect()
    }

    fn group(&self, code: &str) -> Option<u16> {
        self.groups.find(code).and_then(|group| u16::try_from(group).ok())
    }

    /// The trees that hold within the question's days, and for each of them the runs that `find` gives for it and the
    /// tree that decides.
    fn extent(&self, ask: &Ask, find: impl Fn(&Tree, &Tree) -> Vec<Range<u32>>) -> Extent {
        let epoch = |day: NaiveDate| self.forest.epoch(day.num_days_from_ce());
        let first = epoch(ask.from);
        let runs = (first..=epoch(ask.to)).filter_map(|at| {
            let tree = self.tree(at)?;
            let shape = match ask.shape {
                Shape::Dated => tree,
                Shape::On(day) => self.tree(epoch(day))?,
            };
            Some(find(tree, shape))
        });
        Extent { first, runs: runs.collect() }
    }

    /// Those directly below on any of the days, or in the tree that decides.
    fn children(&self, ask: &Ask, organisation: u32) -> BTreeSet<u32> {
        let (from, to) = match ask.shape {
            Shape::Dated => (ask.from, ask.to),
            Shape::On(day) => (day, day),
        };
        let epochs = self.forest.epoch(from.num_days_from_ce())..=self.forest.epoch(to.num_days_from_ce());
        epochs.filter_map(|epoch| self.tree(epoch)).flat_map(|tree| tree.children(organisation)).collect()
    }

    fn measure(&self, frame: &Frame<'_>, people: &mut People) -> Count {
        let mut count = Count::default();
        let mut nobody = People::new(0);
        for kind in &frame.kinds {
            let people = if frame.standing.contains(kind) { &mut nobody } else { &mut *people };
            let mut sums = Sums::default();
            let mut found = false;
            let stretches = (month(frame.from), 0)..=(month(frame.to), usize::MAX);
            let strips = self.strips.get(*kind as usize).into_iter().flat_map(|strips| strips.range(stretches.clone()));
            for ((month, epoch), strip) in strips {
                let runs = epoch.checked_sub(frame.extent.first).and_then(|at| frame.extent.runs.get(at));
                if let (Some(runs), Some(tree)) = (runs, self.tree(*epoch)) {
                    let filter = Filter { days: frame.days_of(*month), groups: frame.groups.as_deref() };
                    found |= strip.len() > 0;
                    strip.count(runs, tree, &filter, &mut sums, people);
                }
            }
            count.amount_fen = count.amount_fen.saturating_add(sums.amount);
            if let Some(code) = self.kinds.key(*kind).filter(|_| found && sums.quantity != 0) {
                count.quantities.push((code.clone(), sums.quantity));
            }
        }
        count.people = people.take();
        count
    }
}

impl Frame<'_> {
    /// The days of a month that count, unless all do.
    fn days_of(&self, month: i32) -> Option<std::ops::RangeInclusive<u8>> {
        let (first, after) = (first_of(month), first_of(month + 1));
        if self.from <= first && self.to >= after.pred_opt().unwrap_or(after) {
            return None;
        }
        let day = |day: NaiveDate| u8::try_from(day.day()).unwrap_or(0);
        let last = after.pred_opt().map_or(31, day);
        let from = if self.from > first { day(self.from) } else { 1 };
        Some(from..=if self.to < after { day(self.to).min(last) } else { last })
    }
}
