//! The tree itself: boxes in space, each with the union of the marks in it. It knows places by their number only.

use std::collections::BinaryHeap;

use super::Wanted;
use crate::{
    Marks,
    distance::{Spot, square},
};

/// How many places a branch holds that isn't parted further.
const LEAF: usize = 8;

/// A limit beyond everything on the earth, and yet below what stands for a branch that has nothing of what is wanted.
pub(super) const ANYWHERE: i64 = NOWHERE - 1;
const NOWHERE: i64 = i64::MAX;

/// Boxes within boxes.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    leaves: Vec<Leaf>,
    nodes: Vec<Node>,
}

/// A place.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    spot: Spot,
    /// Its number among those given.
    order: u32,
    marks: Marks,
}

/// A branch: a box in space and what is in it.
#[derive(Debug, Clone, Copy)]
struct Node {
    low: Spot,
    high: Spot,
    /// Its places, from and to, in `leaves`.
    from: u32,
    to: u32,
    /// The second half's node; the first half's is the next one. 0 where there are no halves.
    second: u32,
    marks: Marks,
}

impl Tree {
    /// A tree of these, which are numbered as they come.
    pub(super) fn grown(places: Vec<(Spot, Marks)>) -> Self {
        let leaf = |((spot, marks), order)| Leaf { spot, order, marks };
        let mut leaves: Vec<Leaf> = places.into_iter().zip(0..).map(leaf).collect();
        let mut nodes = Vec::with_capacity(leaves.len() * 3 / LEAF + 1);
        if !leaves.is_empty() {
            grow(&mut leaves, 0, &mut nodes);
        }
        Self { leaves, nodes }
    }

    /// The nearest within `limit`, as squares and numbers, nearest first and of equals the lower number first.
    pub(super) fn nearest(
        &self,
        from: Spot,
        wanted: &Wanted,
        limit: i64,
        passes: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<(i64, u32)> {
        let found = BinaryHeap::with_capacity(wanted.most.min(self.leaves.len()) + 1);
        let mut search = Search { tree: self, from, wanted, limit, found, passes };
        if wanted.most > 0 {
            search.enter(0, 0);
        }
        search.found.into_sorted_vec()
    }
}

/// Parts the places at the middle of their longest side, again and again. `from` is where they lie among all.
fn grow(places: &mut [Leaf], from: u32, nodes: &mut Vec<Node>) {
    let (mut low, mut high, mut marks) = ([i32::MAX; 3], [i32::MIN; 3], Marks::NONE);
    for place in &*places {
        for ((low, high), at) in low.iter_mut().zip(&mut high).zip(place.spot) {
            (*low, *high) = ((*low).min(at), (*high).max(at));
        }
        marks = marks.or(place.marks);
    }
    let own = nodes.len();
    let to = from + places.len() as u32;
    nodes.push(Node { low, high, from, to, second: 0, marks });
    if places.len() <= LEAF {
        return;
    }
    let side = |axis: &usize| low.iter().zip(&high).map(|(low, high)| i64::from(*high) - i64::from(*low)).nth(*axis);
    let longest = (0..3).max_by_key(side).unwrap_or_default();
    let middle = places.len() / 2;
    places.select_nth_unstable_by_key(middle, |place| place.spot.get(longest).copied());
    let (first, second) = places.split_at_mut(middle);
    grow(first, from, nodes);
    let at = nodes.len() as u32;
    if let Some(node) = nodes.get_mut(own) {
        node.second = at;
    }
    grow(second, from + middle as u32, nodes);
}

/// A question on its way through the tree.
struct Search<'a> {
    tree: &'a Tree,
    from: Spot,
    wanted: &'a Wanted,
    /// The greatest square that still counts.
    limit: i64,
    /// The best so far, the worst of them on top.
    found: BinaryHeap<(i64, u32)>,
    passes: &'a mut dyn FnMut(u32) -> bool,
}

impl Search<'_> {
    /// Looks into a branch that lies at least so far away.
    fn enter(&mut self, at: u32, away: i64) {
        let Some(node) = self.tree.nodes.get(at as usize).filter(|_| away <= self.limit) else { return };
        if node.second == 0 {
            return self.look_at(node);
        }
        let (first, second) = ((self.away(at + 1), at + 1), (self.away(node.second), node.second));
        let (nearer, farther) = if first <= second { (first, second) } else { (second, first) };
        self.enter(nearer.1, nearer.0);
        self.enter(farther.1, farther.0);
    }

    /// How far away a branch lies at least; beyond everything when nothing in it has what is wanted.
    fn away(&self, at: u32) -> i64 {
        let Some(node) = self.tree.nodes.get(at as usize) else { return NOWHERE };
        let sides = self.from.iter().zip(node.low.iter().zip(&node.high));
        let away = sides.map(|(at, (low, high))| (i64::from(*at) - i64::from(*at.clamp(low, high))).pow(2)).sum();
        if away <= self.limit && self.wanted.met_by(node.marks) { away } else { NOWHERE }
    }

    fn look_at(&mut self, node: &Node) {
        for place in self.tree.leaves.get(node.from as usize..node.to as usize).unwrap_or_default() {
            let away = square(&self.from, &place.spot);
            if away > self.limit || !self.wanted.met_by(place.marks) || !(self.passes)(place.order) {
                continue;
            }
            self.found.push((away, place.order));
            if self.found.len() > self.wanted.most {
                self.found.pop();
            }
            if self.found.len() == self.wanted.most {
                self.limit = self.found.peek().map_or(self.limit, |(worst, _)| *worst);
            }
        }
    }
}
