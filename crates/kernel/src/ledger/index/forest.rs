use serde::{Deserialize, Serialize};

use super::tree::Tree;

/// An organisation's parent from a day on. Numbers are the index's own, days are counted from the common era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edge {
    pub(super) child: u32,
    pub(super) parent: Option<u32>,
    pub(super) from: i32,
}

/// The tree at all times: one [`Tree`] for each stretch of days without a change. The first holds from the beginning, so
/// what an organisation recorded before its first place counts for that place; the last holds for ever.
#[derive(Debug, Clone)]
pub(super) struct Forest {
    starts: Vec<i32>,
    trees: Vec<Tree>,
}

impl Default for Forest {
    fn default() -> Self {
        Self { starts: vec![i32::MIN], trees: vec![Tree::default()] }
    }
}

impl Forest {
    /// Builds the forest for organisations `0..count`. Edges of one child with the same day: the later one holds.
    pub(super) fn new(count: u32, edges: &[Edge]) -> Self {
        let mut sorted: Vec<(usize, Edge)> = edges.iter().copied().enumerate().collect();
        sorted.sort_by_key(|(at, edge)| (edge.child, edge.from, *at));
        let mut parents: Vec<Option<u32>> = vec![None; count as usize];
        let mut changes: Vec<Edge> = Vec::new();
        let mut last: Option<Edge> = None;
        for (_, edge) in sorted {
            match last {
                Some(before) if before.child == edge.child => {
                    if before.parent != edge.parent {
                        changes.push(edge);
                    }
                }
                _ => put(&mut parents, edge),
            }
            last = Some(edge);
        }
        changes.sort_by_key(|edge| edge.from);
        let mut forest = Self { starts: vec![i32::MIN], trees: vec![Tree::new(&parents)] };
        for day in changes.chunk_by(|a, b| a.from == b.from) {
            day.iter().for_each(|edge| put(&mut parents, *edge));
            forest.starts.extend(day.first().map(|edge| edge.from));
            forest.trees.push(Tree::new(&parents));
        }
        forest
    }

    /// The number of the tree that holds on a day.
    pub(super) fn epoch(&self, day: i32) -> usize {
        self.starts.partition_point(|start| *start <= day).saturating_sub(1)
    }

    pub(super) fn tree(&self, epoch: usize) -> Option<&Tree> {
        self.trees.get(epoch)
    }

    /// The first day of a stretch.
    pub(super) fn first_day(&self, epoch: usize) -> i32 {
        self.starts.get(epoch).copied().unwrap_or(i32::MIN)
    }

    /// The last day of a stretch.
    pub(super) fn last_day(&self, epoch: usize) -> i32 {
        self.starts.get(epoch + 1).map_or(i32::MAX, |next| next - 1)
    }

    /// Whether what `older` put in order in its stretch `before` is in order in the stretch `now`.
    pub(super) fn keeps_order(&self, now: usize, older: &Self, before: usize) -> bool {
        matches!((self.tree(now), older.tree(before)), (Some(now), Some(before)) if now.keeps_order_of(before))
    }

    /// Gives an organisation that has no place yet a root of its own.
    pub(super) fn add_root(&mut self, organisation: u32) {
        self.trees.iter_mut().for_each(|tree| tree.add_root(organisation));
    }
}

fn put(parents: &mut [Option<u32>], edge: Edge) {
    if let Some(parent) = parents.get_mut(edge.child as usize) {
        *parent = edge.parent;
    }
}
