use std::{
    collections::BTreeSet,
    ops::{Range, RangeInclusive},
};

use chrono::{Datelike, NaiveDate};

use super::{
    Ask, Book, By, Count, Key, Shape, first_of, month,
    people::People,
    strip::{Filter, Sums},
};

/// Days, counted from the common era, and the runs of places that count on them.
struct Span {
    days: RangeInclusive<i32>,
    runs: Vec<Range<u32>>,
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
    /// One after another.
    spans: &'a [Span],
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
        let whole = self.spans(ask, organisation, |_| true);
        let parts = self.parts(ask, &self.frame(ask, &whole));
        let counted = parts.into_iter().map(|(key, frame)| (key, self.measure(&frame, &mut people)));
        let in_any_case = !matches!(ask.by, By::Kind | By::Group);
        counted.filter(|(_, count)| in_any_case || !count.is_empty()).collect()
    }

    fn count_below(&self, ask: &Ask, organisation: u32, people: &mut People) -> Vec<(Key, Count)> {
        let mut counts = Vec::new();
        for child in self.forest.ever_below(organisation) {
            let spans = self.spans(ask, child, |day| self.forest.parent(child, day) == Some(organisation));
            if !spans.is_empty() {
                let count = self.measure(&self.frame(ask, &spans), people);
                counts.extend(self.organisations.key(child).map(|key| (Key::Below(*key), count)));
            }
        }
        let own = [Span { days: ALWAYS, runs: vec![self.forest.order().alone(organisation)] }];
        let own = self.measure(&self.frame(ask, &own), people);
        counts.extend((!own.is_empty()).then_some((Key::Own(ask.organisation), own)));
        counts
    }

    fn frame<'a>(&self, ask: &Ask, spans: &'a [Span]) -> Frame<'a> {
        let groups = (!ask.groups.is_empty()).then(|| self.asked_groups(ask));
        let standing = ask.standing.iter().filter_map(|code| self.kinds.find(code.as_str())).collect();
        Frame { kinds: self.asked_kinds(ask), standing, groups, from: ask.from, to: ask.to, spans }
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

    /// What lies at and below an organisation, by the tree of each day or of the one that decides, on the days that count.
    fn spans(&self, ask: &Ask, organisation: u32, counts_on: impl Fn(i32) -> bool) -> Vec<Span> {
        let stretches = match ask.shape {
            Shape::Dated => {
                let days = self.forest.stretches(organisation, number(ask.from)..=number(ask.to));
                days.into_iter().map(|days| (*days.start(), days)).collect()
            }
            Shape::On(day) => vec![(number(day), ALWAYS)],
        };
        let counting = stretches.into_iter().filter(|(day, _)| counts_on(*day));
        counting.map(|(day, days)| Span { days, runs: self.forest.runs(organisation, day) }).collect()
    }

    fn measure(&self, frame: &Frame<'_>, people: &mut People) -> Count {
        let mut count = Count::default();
        let mut nobody = People::new(0);
        for kind in &frame.kinds {
            let people = if frame.standing.contains(kind) { &mut nobody } else { &mut *people };
            let mut sums = Sums::default();
            let months = self.strips.get(*kind as usize).into_iter();
            for (month, strip) in months.flat_map(|months| months.range(month(frame.from)..=month(frame.to))) {
                for (days, runs) in frame.within(*month) {
                    let filter = Filter { days, groups: frame.groups.as_deref() };
                    strip.count(runs, self.forest.order(), &filter, &mut sums, people);
                }
            }
            count.amount_fen = count.amount_fen.saturating_add(sums.amount);
            if let Some(code) = self.kinds.key(*kind).filter(|_| sums.quantity != 0) {
                count.quantities.push((code.clone(), sums.quantity));
            }
        }
        count.people = people.take();
        count
    }
}

impl<'a> Frame<'a> {
    /// The days of a month that count, unless all do, each with the runs that count on them.
    fn within(&self, month: i32) -> impl Iterator<Item = (Option<RangeInclusive<u8>>, &'a [Range<u32>])> {
        let (first, last) = (number(first_of(month)), number(first_of(month + 1)) - 1);
        let (from, to) = (number(self.from).max(first), number(self.to).min(last));
        let day = move |day: i32| u8::try_from(day - first + 1).unwrap_or(u8::MAX);
        self.spans.iter().filter_map(move |span| {
            let (from, to) = (from.max(*span.days.start()), to.min(*span.days.end()));
            let days = (from, to) != (first, last);
            (from <= to).then(|| (days.then(|| day(from)..=day(to)), span.runs.as_slice()))
        })
    }
}

const ALWAYS: RangeInclusive<i32> = i32::MIN..=i32::MAX;

/// A day counted from the common era.
fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}
