use std::ops::Range;

/// The tree as it stood between two changes, numbered so that each subtree is one run of places.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// Place → organisation, parents before children.
    order: Vec<u32>,
    /// Organisation → its place.
    enter: Vec<u32>,
    /// Organisation → the place after the last one below it.
    leave: Vec<u32>,
    /// Organisation → the sum of random marks of all in its subtree, which tells whether two subtrees are the same set.
    marks: Vec<u64>,
    /// Organisation → its parent.
    parents: Vec<Option<u32>>,
}

impl Tree {
    pub(super) fn new(parents: &[Option<u32>]) -> Self {
        let children = children_of(parents);
        let size = parents.len();
        let mut tree = Self {
            order: Vec::with_capacity(size),
            enter: vec![u32::MAX; size],
            leave: vec![0; size],
            marks: vec![0; size],
            parents: parents.to_vec(),
        };
        let roots = (0..).zip(parents).filter(|(_, parent)| parent.is_none()).map(|(root, _)| root);
        roots.for_each(|root| tree.visit(root, &children));
        // Only broken data has circles; whoever is in one keeps at least his own figures.
        for organisation in (0..).take(size) {
            if tree.enter.get(organisation as usize) == Some(&u32::MAX) {
                tree.visit(organisation, &[]);
            }
        }
        tree
    }

    /// Numbers everything at and below `root`.
    fn visit(&mut self, root: u32, children: &[Vec<u32>]) {
        let mut path: Vec<(u32, usize)> = Vec::new();
        let mut next = Some(root);
        while let Some(organisation) = next.take() {
            if self.enter.get(organisation as usize) == Some(&u32::MAX) {
                let place = self.places();
                set(&mut self.enter, organisation, place);
                set(&mut self.marks, organisation, mark(organisation));
                self.order.push(organisation);
                path.push((organisation, 0));
            }
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

    fn run(&self, organisation: u32) -> Range<u32> {
        let leave = self.leave.get(organisation as usize).copied().unwrap_or(0);
        self.place(organisation).min(leave)..leave
    }

    fn mark(&self, organisation: u32) -> u64 {
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

    /// Whether `child` lies directly below.
    pub(super) fn is_child(&self, organisation: u32, child: u32) -> bool {
        self.parents.get(child as usize) == Some(&Some(organisation))
    }

    /// Those above an organisation, the nearest first. Broken data may have circles; nobody is told twice.
    pub(super) fn ancestors(&self, organisation: u32) -> Vec<u32> {
        let mut found = Vec::new();
        let mut at = organisation;
        while let Some(upper) = self.parents.get(at as usize).copied().flatten() {
            if upper == organisation || found.contains(&upper) {
                break;
            }
            found.push(upper);
            at = upper;
        }
        found
    }

    /// All at and below an organisation.
    pub(super) fn subtree(&self, organisation: u32) -> &[u32] {
        let run = self.run(organisation);
        self.order.get(run.start as usize..run.end as usize).unwrap_or_default()
    }

    /// Whether the same organisations lie at and below one in both trees.
    pub(super) fn holds_same(&self, other: &Self, organisation: u32) -> bool {
        self.mark(organisation) == other.mark(organisation)
    }

    /// The runs of this tree's places that hold what lies at and below `organisation` in the tree `shape`, in order.
    /// Where both trees hold the same set below a branch, that is one run, so little is walked when little was moved.
    pub(super) fn runs(&self, shape: &Self, organisation: u32) -> Vec<Range<u32>> {
        let mut found = Vec::new();
        let mut waiting = vec![organisation];
        while let Some(branch) = waiting.pop() {
            if std::ptr::eq(self, shape) || self.mark(branch) == shape.mark(branch) {
                found.push(self.run(branch));
            } else {
                found.push(self.alone(branch));
                waiting.extend(shape.children(branch));
            }
        }
        found.sort_by_key(|run| run.start);
        found.dedup_by(|next, run| {
            let touching = next.start <= run.end;
            if touching {
                run.end = run.end.max(next.end);
            }
            touching
        });
        found
    }

    /// Whether the organisations of `older`, which all are in this tree, stand in the same order here.
    pub(super) fn keeps_order_of(&self, older: &Self) -> bool {
        let known = older.enter.len();
        self.order.iter().filter(|organisation| (**organisation as usize) < known).eq(&older.order)
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
fn mark(organisation: u32) -> u64 {
    let mixed = (u64::from(organisation) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
