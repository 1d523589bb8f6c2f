use std::{
    collections::{BTreeSet, HashMap},
    iter::successors,
    ops::{Range, RangeInclusive},
    slice,
};

use serde::{Deserialize, Serialize};

use super::{
    dated::Dated,
    tree::{Tree, mark},
};

/// An organisation's parent from a day on. Numbers are the index's own, days are counted from the common era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edge {
    pub(super) child: u32,
    pub(super) parent: Option<u32>,
    pub(super) from: i32,
}

/// The tree at all times, told as runs of the places of one fixed tree, the order. Only what changed is kept for each
/// change, and whatever is moved keeps its place in the order, so a change costs what it changes, not what lies below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Forest {
    order: Tree,
    /// Organisation → its parent. The first holds from the beginning, so what an organisation recorded before its first
    /// place counts for that place; the last holds for ever.
    parents: Dated<Option<u32>>,
    /// Organisation → the sum of the marks of all in its subtree, which tells whether two subtrees are the same set.
    marks: Dated<u64>,
    /// Those whose parent is at some time another one than in the order, by their places in it.
    movable: Vec<u32>,
    /// Organisation → the movable ones that are directly below it at some time.
    movable_children: HashMap<u32, BTreeSet<u32>>,
    /// Organisation → the movable ones that are below it at some time.
    movable_below: HashMap<u32, BTreeSet<u32>>,
}

impl Forest {
    /// Builds the forest for organisations `0..count`. Of edges of one child with the same day the last one holds.
    /// Whoever had a place in `order` keeps it; where there is none, the order is the latest tree.
    pub(super) fn new(count: u32, edges: &[Edge], order: Option<&Tree>) -> Self {
        let mut sorted: Vec<Edge> = edges.iter().rev().copied().collect();
        sorted.sort_by_key(|edge| (edge.child, edge.from));
        sorted.dedup_by_key(|edge| (edge.child, edge.from));
        let fixed = order.map_or(&[][..], Tree::parents);
        let mut forest = Self {
            parents: Dated::new(vec![None; count as usize]),
            marks: Dated::new((0..count).map(mark).collect()),
            ..Self::default()
        };
        let mut changes: Vec<Edge> = Vec::new();
        for places in sorted.chunk_by(|a, b| a.child == b.child) {
            let [first, later @ ..] = places else { continue };
            let known = changes.len();
            let next = places.iter().zip(later).filter(|(before, edge)| before.parent != edge.parent);
            changes.extend(next.map(|(_, edge)| *edge));
            let elsewhere = fixed.get(first.child as usize).is_some_and(|fixed| *fixed != first.parent);
            let movable = changes.len() > known || elsewhere;
            forest.movable.extend(movable.then_some(first.child));
            forest.attach(&Edge { from: i32::MIN, ..*first }, movable);
        }
        changes.sort_by_key(|edge| edge.from);
        for day in changes.chunk_by(|a, b| a.from == b.from) {
            // All leave before any arrives: two who change places would make a circle in between.
            day.iter().for_each(|edge| forest.detach(edge));
            day.iter().for_each(|edge| forest.attach(edge, true));
        }
        let latest = (0..count).map(|child| forest.parent(child, i32::MAX));
        forest.order = Tree::new(fixed.iter().copied().chain(latest.skip(fixed.len())).collect());
        forest.movable.sort_by_key(|organisation| forest.order.place(*organisation));
        forest
    }

    /// Takes an organisation, with all below it, from where it last was.
    fn detach(&mut self, edge: &Edge) {
        let gone = self.marks.at(edge.child, i32::MAX);
        for upper in self.ancestors(edge.child, i32::MAX) {
            self.marks.set(upper, edge.from, self.marks.at(upper, i32::MAX).wrapping_sub(gone));
        }
        self.parents.set(edge.child, edge.from, None);
    }

    /// Puts an organisation that stands alone where it belongs. Only broken data has circles; whoever would close one stays
    /// alone.
    fn attach(&mut self, edge: &Edge, movable: bool) {
        let Some(parent) = edge.parent else { return };
        let line: Vec<u32> = self.line(parent, i32::MAX).collect();
        if line.contains(&edge.child) {
            return;
        }
        let come = self.marks.at(edge.child, i32::MAX);
        let mut with = self.movable_below.get(&edge.child).cloned().unwrap_or_default();
        if movable {
            self.movable_children.entry(parent).or_default().insert(edge.child);
            with.insert(edge.child);
        }
        for upper in line {
            self.marks.set(upper, edge.from, self.marks.at(upper, i32::MAX).wrapping_add(come));
            if !with.is_empty() {
                self.movable_below.entry(upper).or_default().extend(&with);
            }
        }
        self.parents.set(edge.child, edge.from, edge.parent);
    }

    /// Gives an organisation that has no place yet a root of its own.
    pub(super) fn add_root(&mut self, organisation: u32) {
        self.order.add_root(organisation);
        self.parents.push(None);
        self.marks.push(mark(organisation));
    }

    /// The tree by whose places facts are put in order.
    pub(super) fn order(&self) -> &Tree {
        &self.order
    }

    /// The parent on a day.
    pub(super) fn parent(&self, organisation: u32, day: i32) -> Option<u32> {
        self.parents.at(organisation, day)
    }

    /// The organisation and those above it on a day, upwards.
    fn line(&self, organisation: u32, day: i32) -> impl Iterator<Item = u32> {
        successors(Some(organisation), move |lower| self.parent(*lower, day))
    }

    /// Those above an organisation on a day, the nearest first.
    pub(super) fn ancestors(&self, organisation: u32, day: i32) -> Vec<u32> {
        self.line(organisation, day).skip(1).collect()
    }

    /// Those that are directly below an organisation in the order or at some time.
    pub(super) fn ever_below(&self, organisation: u32) -> BTreeSet<u32> {
        let movable = self.movable_children.get(&organisation).into_iter().flatten().copied();
        self.order.children(organisation).into_iter().chain(movable).collect()
    }

    /// Whether the same organisations lie at and below one on both days.
    pub(super) fn holds_same(&self, organisation: u32, one: i32, other: i32) -> bool {
        self.marks.at(organisation, one) == self.marks.at(organisation, other)
    }

    /// The parts of some days within which neither the parent of some organisations nor what lies below them changed.
    pub(super) fn stretches(&self, organisations: &[u32], days: RangeInclusive<i32>) -> Vec<RangeInclusive<i32>> {
        let changes = |organisation: &u32| self.parents.changes(*organisation).chain(self.marks.changes(*organisation));
        let changes = organisations.iter().flat_map(changes);
        let mut starts: Vec<i32> = changes.filter(|day| days.start() < day && day <= days.end()).collect();
        starts.push(*days.start());
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([*days.end()]);
        starts.iter().zip(ends).map(|(start, end)| *start..=end).collect()
    }

    /// The runs of the order's places that hold what lies at and below an organisation on a day, in order. Looks only at
    /// those that were moved: the others stand where the order has them.
    pub(super) fn runs(&self, organisation: u32, day: i32) -> Vec<Range<u32>> {
        if self.marks.at(organisation, day) == self.order.mark(organisation) {
            return vec![self.order.run(organisation)];
        }
        let moved = self.movable_below.get(&organisation).into_iter().flatten().copied();
        let moved = moved.filter(|lower| self.is_elsewhere(*lower, day));
        let below = moved.filter(|lower| self.line(*lower, day).skip(1).any(|upper| upper == organisation));
        let mut runs: Vec<Range<u32>> = below.chain([organisation]).flat_map(|top| self.piece(top, day)).collect();
        runs.sort_unstable_by_key(|run| run.start);
        runs.dedup_by(|next, run| {
            let touching = next.start == run.end;
            if touching {
                run.end = next.end;
            }
            touching
        });
        runs
    }

    /// Whether an organisation lies under another one on a day than in the order.
    fn is_elsewhere(&self, organisation: u32, day: i32) -> bool {
        self.parent(organisation, day) != self.order.parent(organisation)
    }

    /// What lies at and below an organisation in the order, without the branches that lie elsewhere on a day.
    fn piece(&self, organisation: u32, day: i32) -> Vec<Range<u32>> {
        let whole = self.order.run(organisation);
        let place = |movable: &u32| self.order.place(*movable);
        let first = self.movable.partition_point(|movable| place(movable) <= whole.start);
        let below = self.movable.iter().skip(first).take_while(|movable| place(movable) < whole.end);
        let gone = below.filter(|movable| self.is_elsewhere(**movable, day)).map(|movable| self.order.run(*movable));
        without(slice::from_ref(&whole), &gone.collect::<Vec<_>>())
    }
}

/// What some runs hold beyond others. Both are in the order of their starts.
pub(super) fn without(runs: &[Range<u32>], others: &[Range<u32>]) -> Vec<Range<u32>> {
    let (mut beyond, mut ahead) = (Vec::with_capacity(runs.len()), others);
    for run in runs {
        while let [first, next @ ..] = ahead
            && first.end <= run.start
        {
            ahead = next;
        }
        let mut start = run.start;
        for other in ahead.iter().take_while(|other| other.start < run.end) {
            beyond.push(start..other.start.max(start));
            start = start.max(other.end);
        }
        beyond.push(start..run.end.max(start));
    }
    beyond.retain(|run| !run.is_empty());
    beyond
}
