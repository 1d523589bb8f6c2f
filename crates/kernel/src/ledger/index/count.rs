use super::{
    Ask, Book, Count, Key,
    again::{Known, Tally},
    part::Part,
    people::People,
    strip::{Filter, Sums},
};

impl Book {
    /// Answers a question. Nothing is answered for an organisation that nobody knows; kinds, groups and the organisation's
    /// own facts are told where there are any, organisations below, months and days in any case.
    #[must_use]
    pub fn count(&self, ask: &Ask) -> Vec<(Key, Count)> {
        let tell = |tally: &Tally| (tally.key.clone(), self.told(&tally.part, &tally.sums, tally.people.len()));
        let counted = match self.again.recall(ask, tell) {
            Known::Answer(counted) => counted,
            Known::Nothing { keeps } => self.count_anew(ask, keeps),
        };
        let in_any_case = |key: &Key| !matches!(key, Key::Kind(_) | Key::Group(_) | Key::Own(_));
        counted.into_iter().filter(|(key, count)| in_any_case(key) || !count.is_empty()).collect()
    }

    fn count_anew(&self, ask: &Ask, keeps: bool) -> Vec<(Key, Count)> {
        let mut people = People::new(self.people.count() as usize);
        let mut tallies = Vec::new();
        let count = |(key, part): (Key, Part)| {
            let sums = self.measure(&part, &mut people);
            let served = keeps.then(|| people.to_bitmap());
            let count = self.told(&part, &sums, people.take());
            tallies.extend(served.map(|people| Tally { key: key.clone(), part, sums, people }));
            (key, count)
        };
        let counted = self.parts(ask).into_iter().map(count).collect();
        if keeps {
            self.again.keep(ask, tallies);
        }
        counted
    }

    /// The sums of each of the part's kinds; its people are added to `people`.
    fn measure(&self, part: &Part, people: &mut People) -> Vec<Sums> {
        let mut nobody = People::new(0);
        let measure = |kind: &u32| {
            let people = if part.standing.contains(kind) { &mut nobody } else { &mut *people };
            let mut sums = Sums::default();
            let months = self.strips.get(*kind as usize).into_iter();
            for (month, strip) in months.flat_map(|months| months.range(part.months())) {
                for (days, runs) in part.within(*month) {
                    let filter = Filter { days, groups: part.groups.as_deref() };
                    strip.count(&runs, self.forest.order(), &filter, &mut sums, people);
                }
            }
            sums
        };
        part.kinds.iter().map(measure).collect()
    }

    fn told(&self, part: &Part, sums: &[Sums], people: u64) -> Count {
        let mut count = Count { people, ..Count::default() };
        for (kind, sums) in part.kinds.iter().zip(sums) {
            count.amount_fen = count.amount_fen.saturating_add(sums.amount);
            if let Some(code) = self.kinds.key(*kind).filter(|_| sums.quantity != 0) {
                count.quantities.push((code.clone(), sums.quantity));
            }
        }
        count
    }
}
