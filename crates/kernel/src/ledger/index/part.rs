use std::{
    borrow::Cow,
    collections::BTreeSet,
    ops::{Range, RangeInclusive},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};

use super::{
    Ask, Book, By, Key, Shape,
    again::Change,
    first_of,
    forest::without,
    month,
    strip::{Filter, holds},
    tree::Tree,
};

/// Days, counted from the common era, and the runs of places that count on them.
#[derive(Debug)]
pub(super) struct Span {
    days: RangeInclusive<i32>,
    runs: Vec<Range<u32>>,
}

/// Days of a month; absent for all.
type Days = Option<RangeInclusive<u8>>;

/// A part of a question: what of it counts.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// In ascending order.
    pub(super) kinds: Vec<u32>,
    /// Those of the kinds that count no people.
    pub(super) standing: Vec<u32>,
    pub(super) groups: Option<Vec<u16>>,
    from: NaiveDate,
    to: NaiveDate,
    /// One after another.
    spans: Arc<[Span]>,
}

impl Book {
    /// The question's parts, each with what it is of; none for an organisation that nobody knows.
    pub(super) fn parts(&self, ask: &Ask) -> Vec<(Key, Part)> {
        let Some(organisation) = self.organisations.find(&ask.organisation).filter(|_| ask.from <= ask.to) else {
            return Vec::new();
        };
        let nowhere = Part {
            kinds: self.asked_kinds(ask),
            standing: ask.standing.iter().filter_map(|code| self.kinds.find(code.as_str())).collect(),
            groups: (!ask.groups.is_empty()).then(|| self.asked_groups(ask)),
            from: ask.from,
            to: ask.to,
            spans: Arc::default(),
        };
        let whole = |spans| Part { spans, ..nowhere.clone() };
        if ask.by == By::Organisation {
            let below = |child: &u32| {
                let spans = self.spans(ask, *child, Some(organisation));
                let key = Key::Below(*self.organisations.key(*child)?);
                (!spans.is_empty()).then(|| (key, whole(spans)))
            };
            let own = (Key::Own(ask.organisation), whole(self.own(ask, organisation)));
            return self.forest.ever_below(organisation).iter().filter_map(below).chain([own]).collect();
        }
        self.divided(ask, &whole(self.spans(ask, organisation, None)))
    }

    fn divided(&self, ask: &Ask, whole: &Part) -> Vec<(Key, Part)> {
        match ask.by {
            By::None | By::Organisation => vec![(Key::All, whole.clone())],
            By::Kind => {
                let part = |kind: &u32| {
                    let key = Key::Kind(self.kinds.key(*kind)?.clone());
                    Some((key, Part { kinds: vec![*kind], ..whole.clone() }))
                };
                whole.kinds.iter().filter_map(part).collect()
            }
            By::Group => {
                let every = || (0..self.groups.count()).filter_map(|group| u16::try_from(group).ok()).collect();
                let part = |group: u16| {
                    let key = Key::Group(self.groups.key(u32::from(group))?.clone());
                    Some((key, Part { groups: Some(vec![group]), ..whole.clone() }))
                };
                whole.groups.clone().unwrap_or_else(every).into_iter().filter_map(part).collect()
            }
            By::Month => {
                let part = |month| {
                    let last = first_of(month + 1).pred_opt().unwrap_or(ask.to);
                    let (from, to) = (first_of(month).max(ask.from), last.min(ask.to));
                    (Key::Month(first_of(month)), Part { from, to, ..whole.clone() })
                };
                (month(ask.from)..=month(ask.to)).map(part).collect()
            }
            By::Day => {
                let days = ask.from.iter_days().take_while(|day| *day <= ask.to);
                days.map(|day| (Key::Day(day), Part { from: day, to: day, ..whole.clone() })).collect()
            }
        }
    }

    pub(super) fn asked_kinds(&self, ask: &Ask) -> Vec<u32> {
        if ask.kinds.is_empty() {
            return (0..self.kinds.count()).collect();
        }
        let asked: BTreeSet<u32> = ask.kinds.iter().filter_map(|code| self.kinds.find(code.as_str())).collect();
        asked.into_iter().collect()
    }

    fn asked_groups(&self, ask: &Ask) -> Vec<u16> {
        let group = |code: &String| self.groups.find(code.as_str()).and_then(|group| u16::try_from(group).ok());
        let asked: BTreeSet<u16> = ask.groups.iter().filter_map(group).collect();
        asked.into_iter().collect()
    }

    /// What lies at and below an organisation, by the tree of each day or of the one that decides, on the days when it lies
    /// under `upper`, or on all. A board asks for the same with each of its kinds.
    fn spans(&self, ask: &Ask, organisation: u32, upper: Option<u32>) -> Arc<[Span]> {
        self.again.spans((organisation, upper, ask.shape, ask.from, ask.to, ask.within.clone()), || {
            let counts = |day| upper.is_none() || self.forest.parent(organisation, day) == upper;
            let counting = self.stretches(ask, organisation).into_iter().filter(|(day, _)| counts(*day));
            let span = |(day, days)| Span { days, runs: self.inside(ask, self.forest.runs(organisation, day), day) };
            counting.map(span).collect()
        })
    }

    /// The organisation alone, which counts on all days.
    fn own(&self, ask: &Ask, organisation: u32) -> Arc<[Span]> {
        let alone = || vec![self.forest.order().alone(organisation)];
        if ask.within.is_empty() {
            return [Span { days: ALWAYS, runs: alone() }].into();
        }
        let stretches = self.stretches(ask, organisation).into_iter();
        stretches.map(|(day, days)| Span { days, runs: self.inside(ask, alone(), day) }).collect()
    }

    /// The days on which the tree stays as it is for all that a question asks, with the day whose tree decides on them.
    fn stretches(&self, ask: &Ask, organisation: u32) -> Vec<(i32, RangeInclusive<i32>)> {
        match ask.shape {
            Shape::Dated => {
                let concerned: Vec<u32> = std::iter::once(organisation).chain(self.within(ask)).collect();
                let days = self.forest.stretches(&concerned, number(ask.from)..=number(ask.to));
                days.into_iter().map(|days| (*days.start(), days)).collect()
            }
            Shape::On(day) => vec![(number(day), ALWAYS)],
        }
    }

    /// What of some runs lies at or below one of those within which a question asks.
    fn inside(&self, ask: &Ask, runs: Vec<Range<u32>>, day: i32) -> Vec<Range<u32>> {
        if ask.within.is_empty() {
            return runs;
        }
        let mut within: Vec<Range<u32>> = self.within(ask).flat_map(|top| self.forest.runs(top, day)).collect();
        within.sort_unstable_by_key(|run| run.start);
        without(&runs, &without(&runs, &within))
    }

    /// Those within which a question asks, as far as anybody knows them.
    fn within(&self, ask: &Ask) -> impl Iterator<Item = u32> {
        ask.within.iter().filter_map(|top| self.organisations.find(top))
    }
}

impl Part {
    /// The months that count, as they are numbered from year 0.
    pub(super) fn months(&self) -> RangeInclusive<i32> {
        month(self.from)..=month(self.to)
    }

    /// Whether a fact of one of its kinds counts.
    pub(super) fn counts(&self, (_, month, entry): &Change, order: &Tree) -> bool {
        let (groups, place) = (self.groups.as_deref(), order.place(entry.organisation));
        self.months().contains(month)
            && self
                .spans_in(*month)
                .any(|(days, runs)| Filter { days, groups }.lets(entry.day, entry.group) && holds(runs, place))
    }

    /// The same as [`Self::spans_in`], but what counts on all days of a month in which something was moved stands apart: it is
    /// summed as it lies, and only the rest is looked through day by day.
    pub(super) fn within(&self, month: i32) -> Vec<(Days, Cow<'_, [Range<u32>]>)> {
        let spans: Vec<_> = self.spans_in(month).collect();
        let counting: usize = spans.iter().filter_map(|(days, _)| days.clone()).map(Iterator::count).sum();
        let long = number(first_of(month + 1)) - number(first_of(month));
        let first = match spans.as_slice() {
            [(_, first), _, ..] if i32::try_from(counting) == Ok(long) => first.to_vec(),
            _ => return spans.into_iter().map(|(days, runs)| (days, Cow::Borrowed(runs))).collect(),
        };
        let always = spans.iter().fold(first, |shared, (_, runs)| without(&shared, &without(&shared, runs)));
        let rest = spans.into_iter().map(|(days, runs)| (days, without(runs, &always)));
        let rest = rest.filter(|(_, runs)| !runs.is_empty());
        let mut within: Vec<_> = rest.map(|(days, runs)| (days, Cow::Owned(runs))).collect();
        within.push((None, Cow::Owned(always)));
        within
    }

    /// The days of a month that count, unless all do, each with the runs that count on them.
    fn spans_in(&self, month: i32) -> impl Iterator<Item = (Days, &[Range<u32>])> {
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
