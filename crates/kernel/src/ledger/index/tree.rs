use std::ops::Range;

/// A tree numbered so that each subtree is one run of places.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// Place → organisation, parents before children.
    order: Vec<u32>,
    /// Organisation → its place.
    enter: Vec<u32>,
    /// Organisation → the place after the last one below it.
    leave: Vec<u32>,
    /// Organisation → the sum of the marks of all in its subtree.
    marks: Vec<u64>,
    /// Organisation → its parent.
    parents: Vec<Option<u32>>,
}

impl Tree {
    /// A tree without circles. Those who are added behind `parents` stand after their elder siblings, so all others keep
    /// the order among themselves.
    pub(super) fn new(parents: Vec<Option<u32>>) -> Self {
        let children = children_of(&parents);
        let size = parents.len();
        let roots: Vec<u32> =
            (0..).zip(&parents).filter(|(_, parent)| parent.is_none()).map(|(root, _)| root).collect();
        let mut tree = Self {
            order: Vec::with_capacity(size),
            enter: vec![u32::MAX; size],
            leave: vec![0; size],
            marks: vec![0; size],
            parents,
        };
        roots.into_iter().for_each(|root| tree.visit(root, &children));
        tree
    }

    /// Numbers everything at and below `root`.
    fn visit(&mut self, root: u32, children: &[Vec<u32>]) {
        let mut path: Vec<(u32, usize)> = Vec::new();
        let mut next = Some(root);
        while let Some(organisation) = next.take() {
            let place = self.places();
            set(&mut self.enter, organisation, place);
            set(&mut self.marks, organisation, mark(organisation));
            self.order.push(organisation);
            path.push((organisation, 0));
            while let Some((parent, done)) = path.last_mut() {
                next = children.get(*parent as usize).and_then(|below| below.get(*done)).copied();
                if next.is_some() {
                    *done += 1;
                    break;
                }
                let closed = *parent;
                path.pop();
                let after = self.places();
                set(&mut self.leave, closed, after);
                let sum = self.marks.get(closed as usize).copied().unwrap_or(0);
                if let Some(upper) = path.last().and_then(|(upper, _)| self.marks.get_mut(*upper as usize)) {
                    *upper = upper.wrapping_add(sum);
                }
            }
        }
    }

    /// Gives an organisation a root of its own, behind all others.
    pub(super) fn add_root(&mut self, organisation: u32) {
        let (place, at) = (self.places(), organisation as usize);
        if self.enter.len() <= at {
            self.enter.resize(at + 1, u32::MAX);
            self.leave.resize(at + 1, 0);
            self.marks.resize(at + 1, 0);
            self.parents.resize(at + 1, None);
        }
        if self.enter.get(at) == Some(&u32::MAX) {
            self.order.push(organisation);
            set(&mut self.enter, organisation, place);
            set(&mut self.leave, organisation, place + 1);
            set(&mut self.marks, organisation, mark(organisation));
        }
    }

    fn places(&self) -> u32 {
        u32::try_from(self.order.len()).unwrap_or(u32::MAX)
    }

    /// The organisation's place; behind all others if it has none.
    #[inline]
    pub(super) fn place(&self, organisation: u32) -> u32 {
        self.enter.get(organisation as usize).copied().unwrap_or(u32::MAX)
    }

    /// The places of all at and below an organisation.
    pub(super) fn run(&self, organisation: u32) -> Range<u32> {
        let leave = self.leave.get(organisation as usize).copied().unwrap_or(0);
        self.place(organisation).min(leave)..leave
    }

    /// The sum of the marks of all at and below an organisation.
    pub(super) fn mark(&self, organisation: u32) -> u64 {
        self.marks.get(organisation as usize).copied().unwrap_or(0)
    }

    /// The place of one organisation alone.
    pub(super) fn alone(&self, organisation: u32) -> Range<u32> {
        let place = self.place(organisation);
        place..place.saturating_add(1)
    }

    /// Those directly below.
    pub(super) fn children(&self, organisation: u32) -> Vec<u32> {
        let run = self.run(organisation);
        let mut found = Vec::new();
        let mut place = run.start.saturating_add(1);
        while place < run.end {
            let Some(child) = self.order.get(place as usize).copied() else { break };
            found.push(child);
            place = self.run(child).end.max(place + 1);
        }
        found
    }

    /// Who stands at the places of a run.
    pub(super) fn at(&self, run: Range<u32>) -> &[u32] {
        self.order.get(run.start as usize..run.end as usize).unwrap_or_default()
    }

    /// Organisation → its parent.
    pub(super) fn parents(&self) -> &[Option<u32>] {
        &self.parents
    }

    pub(super) fn parent(&self, organisation: u32) -> Option<u32> {
        self.parents.get(organisation as usize).copied().flatten()
    }
}

fn set<T>(values: &mut [T], at: u32, value: T) {
    if let Some(slot) = values.get_mut(at as usize) {
        *slot = value;
    }
}

fn children_of(parents: &[Option<u32>]) -> Vec<Vec<u32>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (child, parent) in (0..).zip(parents) {
        if let Some(below) = parent.and_then(|parent| children.get_mut(parent as usize)) {
            below.push(child);
        }
    }
    children
}

/// A fixed random mark for each number (the finaliser of SplitMix64).
pub(super) fn mark(organisation: u32) -> u64 {
    let mixed = (u64::from(organisation) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
