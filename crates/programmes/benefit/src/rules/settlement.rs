//! What a union owes a place for a month: whole pieces times the price of one, in fen, so that every sum is exact. A piece
//! stands on the statement of the month in which it was handed over. Taken back before that statement is settled, it
//! was never owed; taken back afterwards, it is deducted on the statement that is open then, and the settled one stays as
//! it was signed.

use std::collections::BTreeMap;

use database::Id;

/// Pieces of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The offer.
    pub offer: Id,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// How many.
    pub pieces: i64,
}

/// An offer's line on a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The offer.
    pub offer: Id,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// How many were handed over.
    pub handed: i64,
    /// How many of months settled before were taken back since.
    pub corrected: i64,
    /// How many were agreed upon more (or fewer, below zero) after a dispute.
    pub adjusted: i64,
}

impl Line {
    /// A line on which nothing stands.
    #[must_use]
    pub fn empty(offer: Id, unit_fen: i64) -> Self {
        Self { offer, unit_fen, handed: 0, corrected: 0, adjusted: 0 }
    }

    /// How many are owed; below zero if more was taken back than handed over.
    #[must_use]
    pub fn pieces(&self) -> i64 {
        self.handed - self.corrected + self.adjusted
    }

    /// What is owed for them, in fen.
    #[must_use]
    pub fn amount_fen(&self) -> i64 {
        self.pieces() * self.unit_fen
    }
}

/// How the pieces of an offer stand at all places together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Issued {
    /// How many there are.
    pub quota: i64,
    /// Vouchers that were used.
    pub used: i64,
    /// Vouchers that wait or ran out; of those that were given back or voided none was handed over.
    pub unused: i64,
    /// How many were agreed upon more (or fewer, below zero) so far.
    pub adjusted: i64,
}

impl Issued {
    /// How many more may be agreed upon: never are more paid for than were claimed, nor than there are.
    #[must_use]
    pub fn room(&self) -> i64 {
        (self.unused.min(self.quota - self.used) - self.adjusted).max(0)
    }
}

/// Whether an answer to a dispute may add so many pieces to a line (or take them off it, below zero): never more than
/// `room`, and never below nothing.
#[must_use]
pub fn may_adjust(line: &Line, pieces: i64, room: i64) -> bool {
    pieces <= room && (pieces >= 0 || line.pieces().saturating_add(pieces) >= 0)
}

/// A number of a line.
type Part = fn(&mut Line) -> &mut i64;

/// The lines of a statement, by offer: what was handed over, what is deducted, what was agreed upon.
#[must_use]
pub fn lines(handed: &[Count], corrected: &[Count], adjusted: &[Count]) -> Vec<Line> {
    let mut lines: BTreeMap<(Id, i64), Line> = BTreeMap::new();
    let parts: [(&[Count], Part); 3] = [
        (handed, |line| &mut line.handed),
        (corrected, |line| &mut line.corrected),
        (adjusted, |line| &mut line.adjusted),
    ];
    for (counts, part) in parts {
        for Count { offer, unit_fen, pieces } in counts.iter().copied() {
            *part(lines.entry((offer, unit_fen)).or_insert(Line::empty(offer, unit_fen))) += pieces;
        }
    }
    lines.into_values().collect()
}

/// What a statement comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Pieces.
    pub pieces: i64,
    /// Fen.
    pub amount_fen: i64,
}

/// What lines come to.
#[must_use]
pub fn sum(lines: &[Line]) -> Sum {
    lines.iter().fold(Sum::default(), |sum, line| Sum {
        pieces: sum.pieces + line.pieces(),
        amount_fen: sum.amount_fen + line.amount_fen(),
    })
}

/// The statement on which a piece that is taken back is deducted: none while its own is open, for there it just vanishes.
#[must_use]
pub fn deducted_on(own_is_settled: bool, open: Id) -> Option<Id> {
    own_is_settled.then_some(open)
}

/// What each line of a budget pays, in fen; lines that come to nothing are left out.
#[must_use]
pub fn by_budget_line<'a>(lines: &[Line], budget_line: impl Fn(Id) -> &'a str) -> BTreeMap<&'a str, i64> {
    let mut paid: BTreeMap<&str, i64> = BTreeMap::new();
    for line in lines {
        *paid.entry(budget_line(line.offer)).or_default() += line.amount_fen();
    }
    paid.retain(|_, fen| *fen != 0);
    paid
}

/// What is still to be booked on each line of a budget, in fen: what it pays, less what it has booked or is asked for
/// (`done`). Below zero where an offer has gone to another line since then. What names no line is booked nowhere.
#[must_use]
pub fn still_to_book<'a>(
    mut paid: BTreeMap<&'a str, i64>,
    done: impl IntoIterator<Item = (&'a str, i64)>,
) -> BTreeMap<&'a str, i64> {
    for (line, fen) in done {
        *paid.entry(line).or_default() -= fen;
    }
    paid.retain(|line, fen| !line.is_empty() && *fen != 0);
    paid
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        /// A piece of an offer is handed over.
        Hand(i64),
        /// One that was handed over is taken back.
        TakeBack(prop::sample::Index),
        /// The month is settled, and the next begins.
        Settle,
        /// A dispute about an offer is answered.
        Adjust(i64, i64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            6 => (0_i64..4).prop_map(Step::Hand),
            3 => any::<prop::sample::Index>().prop_map(Step::TakeBack),
            1 => Just(Step::Settle),
            1 => (0_i64..4, -5_i64..5).prop_map(|(offer, pieces)| Step::Adjust(offer, pieces)),
        ];
        proptest::collection::vec(step, 0..120)
    }

    /// A piece as its row tells of it.
    struct Piece {
        offer: i64,
        month: i64,
        taken_back: bool,
        deducted_on: Option<Id>,
    }

    fn statement(month: i64, pieces: &[Piece], adjusted: &[(i64, i64, i64)], prices: [i64; 4]) -> Vec<Line> {
        let count = |offer: i64, pieces: i64| Count { offer: Id(offer), unit_fen: prices[offer as usize], pieces };
        let handed = pieces.iter().filter(|one| one.month == month && (!one.taken_back || one.deducted_on.is_some()));
        let handed: Vec<Count> = handed.map(|one| count(one.offer, 1)).collect();
        let back = pieces.iter().filter(|one| one.deducted_on == Some(Id(month)));
        let back: Vec<Count> = back.map(|one| count(one.offer, 1)).collect();
        let agreed = adjusted.iter().filter(|one| one.0 == month);
        let agreed: Vec<Count> = agreed.map(|one| count(one.1, one.2)).collect();
        lines(&handed, &back, &agreed)
    }

    proptest! {
        /// Whatever is handed over, taken back, disputed and settled in whatever order: a settled statement never changes,
        /// and all statements together come to exactly what was handed over, not taken back, and agreed upon; reckoned in
        /// numbers that no sum of fen overflows.
        #[test]
        fn statements_come_to_what_was_handed_over_to_the_fen(
            steps in steps(), prices in proptest::array::uniform4(0_i64..10_000_000),
        ) {
            let (mut pieces, mut adjusted, mut settled) = (Vec::<Piece>::new(), Vec::new(), Vec::new());
            let mut month = 0_i64;
            for step in steps {
                match step {
                    Step::Hand(offer) => pieces.push(Piece { offer, month, taken_back: false, deducted_on: None }),
                    Step::TakeBack(which) if !pieces.is_empty() => {
                        let at = which.index(pieces.len());
                        let piece = &mut pieces[at];
                        if !piece.taken_back {
                            piece.taken_back = true;
                            piece.deducted_on = deducted_on(piece.month < month, Id(month));
                        }
                    }
                    Step::TakeBack(_) => {}
                    Step::Settle => {
                        settled.push(statement(month, &pieces, &adjusted, prices));
                        month += 1;
                    }
                    Step::Adjust(offer, more) => {
                        let now = statement(month, &pieces, &adjusted, prices);
                        if let Some(line) = now.iter().find(|line| line.offer == Id(offer))
                            && may_adjust(line, more, 3)
                        {
                            adjusted.push((month, offer, more));
                            prop_assert!(more <= 3 && (more >= 0 || line.pieces() + more >= 0));
                        }
                    }
                }
            }
            for (month, signed) in (0..).zip(&settled) {
                prop_assert_eq!(&statement(month, &pieces, &adjusted, prices), signed);
            }
            let owed: i128 = (0..=month)
                .map(|month| i128::from(sum(&statement(month, &pieces, &adjusted, prices)).amount_fen))
                .sum();
            let stands: i128 =
                pieces.iter().filter(|one| !one.taken_back).map(|one| i128::from(prices[one.offer as usize])).sum();
            let agreed: i128 =
                adjusted.iter().map(|one| i128::from(prices[one.1 as usize]) * i128::from(one.2)).sum();
            prop_assert_eq!(owed, stands + agreed);
        }

        /// Whatever is agreed upon in whatever order, no more pieces are paid for than were claimed, nor than there are, and
        /// what may be agreed upon is agreed upon.
        #[test]
        fn no_more_is_paid_for_than_was_claimed(
            quota in 1_i64..20, used in 0_i64..20, unused in 0_i64..20,
            asked in proptest::collection::vec(-5_i64..15, 0..20),
        ) {
            let used = used.min(quota);
            let mut issued = Issued { quota, used, unused, adjusted: 0 };
            for pieces in asked {
                let (handed, adjusted) = (issued.used, issued.adjusted);
                let line = Line { offer: Id(1), unit_fen: 100, handed, corrected: 0, adjusted };
                let stands = used + adjusted + pieces;
                let allowed = may_adjust(&line, pieces, issued.room());
                prop_assert_eq!(allowed, stands >= 0 && pieces <= issued.room() || pieces == 0);
                if allowed {
                    issued.adjusted += pieces;
                    prop_assert!(pieces <= 0 || (stands <= quota && stands <= used + unused));
                }
            }
        }

        /// Whatever offers went to other lines since some were booked, and whatever of it was refused: once the rest is booked,
        /// each line bears what it pays by now, and nothing is booked twice.
        #[test]
        fn each_line_bears_what_its_offers_come_to(
            before in proptest::collection::btree_map("[甲乙丙]", -500_i64..500, 0..4),
            refused in "[甲乙丙]",
            now in proptest::collection::btree_map("[甲乙丙]?", 1_i64..500, 0..4),
        ) {
            let paid: BTreeMap<&str, i64> = now.iter().map(|(line, fen)| (line.as_str(), *fen)).collect();
            let done: Vec<(&str, i64)> =
                before.iter().filter(|(line, _)| **line != refused).map(|(line, fen)| (line.as_str(), *fen)).collect();
            let mut borne: BTreeMap<&str, i64> = BTreeMap::new();
            for (line, fen) in done.iter().copied().chain(still_to_book(paid.clone(), done.iter().copied())) {
                *borne.entry(line).or_default() += fen;
            }
            borne.retain(|_, fen| *fen != 0);
            let named: BTreeMap<&str, i64> = paid.into_iter().filter(|(line, _)| !line.is_empty()).collect();
            prop_assert_eq!(borne, named);
        }

        /// What the lines of the budget pay is what the statement comes to, and a sum is pieces times prices.
        #[test]
        fn budget_lines_pay_the_whole_statement(
            counts in proptest::collection::vec((0_i64..6, 0_i64..10_000_000), 0..20),
        ) {
            let handed: Vec<Count> =
                counts.iter().map(|(offer, pieces)| Count { offer: Id(*offer), unit_fen: 100 + offer, pieces: *pieces }).collect();
            let lines = lines(&handed, &[], &[]);
            let paid = by_budget_line(&lines, |offer| if offer.0 % 2 == 0 { "爱心餐补贴" } else { "" });
            prop_assert_eq!(paid.values().sum::<i64>(), sum(&lines).amount_fen);
            prop_assert_eq!(sum(&lines).pieces, counts.iter().map(|(_, pieces)| pieces).sum::<i64>());
            let exact: i128 = counts.iter().map(|(offer, pieces)| i128::from(100 + offer) * i128::from(*pieces)).sum();
            prop_assert_eq!(i128::from(sum(&lines).amount_fen), exact);
        }
    }
}
