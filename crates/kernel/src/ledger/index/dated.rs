use std::collections::HashMap;

/// A value for each organisation, most of which never change. Days are counted from the common era.
#[derive(Debug, Clone)]
pub(super) struct Dated<T> {
    /// Organisation → what holds from the beginning.
    first: Vec<T>,
    /// Organisation → what holds from a day on, in the order of days.
    later: HashMap<u32, Vec<(i32, T)>>,
}

impl<T> Default for Dated<T> {
    fn default() -> Self {
        Self { first: Vec::new(), later: HashMap::new() }
    }
}

impl<T: Copy + Default + PartialEq> Dated<T> {
    pub(super) fn new(first: Vec<T>) -> Self {
        Self { first, later: HashMap::new() }
    }

    /// Takes in one more organisation.
    pub(super) fn push(&mut self, value: T) {
        self.first.push(value);
    }

    /// What holds on a day; the last of all on the last day there is.
    pub(super) fn at(&self, organisation: u32, day: i32) -> T {
        let later = self.later.get(&organisation).map_or(&[][..], Vec::as_slice);
        let before = later.partition_point(|(from, _)| *from <= day).checked_sub(1).and_then(|last| later.get(last));
        before.map_or_else(|| self.first.get(organisation as usize).copied().unwrap_or_default(), |(_, value)| *value)
    }

    /// Lets a value hold from a day on, which is no earlier than those before; on the least day there is, from the beginning.
    pub(super) fn set(&mut self, organisation: u32, from: i32, value: T) {
        if from == i32::MIN {
            if let Some(first) = self.first.get_mut(organisation as usize) {
                *first = value;
            }
            return;
        }
        let later = self.later.entry(organisation).or_default();
        later.pop_if(|(day, _)| *day == from);
        // What is set and set back on one day is no change.
        if self.at(organisation, from) != value {
            self.later.entry(organisation).or_default().push((from, value));
        }
    }

    /// The days on which it changed.
    pub(super) fn changes(&self, organisation: u32) -> impl Iterator<Item = i32> {
        self.later.get(&organisation).into_iter().flatten().map(|(from, _)| *from)
    }
}
