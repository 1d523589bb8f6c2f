use std::sync::Arc;

use super::{Ask, Book, By, strip::Strip};

impl Book {
    /// How many facts of the kinds that are asked for there are on any day and of any organisation, where these are fewer than
    /// all facts of the subtree in the months in question: then whoever wants them row by row had better look for the kinds than
    /// for places and days.
    #[must_use]
    pub fn rarer(&self, ask: &Ask) -> Option<usize> {
        let order = self.forest.order();
        let all = Ask { kinds: Vec::new(), by: By::None, ..ask.clone() };
        let (_, part) = self.parts(&all).pop()?;
        let strips = |kind: u32| self.strips.get(kind as usize).into_iter().flatten();
        let of_kinds: usize = self.asked_kinds(ask).into_iter().flat_map(strips).map(|(_, strip)| strip.len()).sum();
        let looked = |(month, strip): (&i32, &Arc<Strip>)| -> usize {
            part.within(*month).iter().map(|(_, runs)| strip.looked(runs, order)).sum()
        };
        let asked = |(month, _): &(&i32, &Arc<Strip>)| part.months().contains(*month);
        let below: usize = part.kinds.iter().copied().flat_map(strips).filter(asked).map(looked).sum();
        (of_kinds < below).then_some(of_kinds)
    }
}
