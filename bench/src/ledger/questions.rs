//! What is asked, and what is told to the peers so that they compare.

use chrono::Days;
use kernel::{
    Context, Id,
    ledger::{self, By, FactParams, FigureQuery, Figures, Tree},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use serde::Serialize;

use super::region::{GROUPS, KINDS, Region};
use crate::Outcome;

/// A question with its answer.
#[derive(Serialize)]
pub struct Figure {
    kind: usize,
    first: usize,
    last: usize,
    from: String,
    to: String,
    group: Option<usize>,
    quantity: i64,
    amount: i64,
    people: u64,
}

/// One field of the board with its answer.
#[derive(Serialize)]
pub struct Field {
    kind: usize,
    first: usize,
    last: usize,
    quantity: i64,
    amount: i64,
    people: u64,
}

/// What the peers are told.
#[derive(Serialize)]
pub struct Told {
    /// Some of the figures.
    pub figures: Vec<Figure>,
    /// The whole board.
    pub board: Vec<Field>,
}

/// Everything of the whole region.
pub fn whole(region: &Region) -> FigureQuery {
    whole_of(region.root)
}

/// Everything of a union.
pub fn whole_of(organisation: Id) -> FigureQuery {
    let (from, to) = super::year();
    FigureQuery { organisation, kinds: Vec::new(), groups: Vec::new(), from, to, tree: Tree::Dated, by: By::None }
}

/// How many services were recorded in the whole region.
pub async fn quantity(context: &Context, region: &Region) -> Outcome<i64> {
    let answer = ledger::figures(context, &whole(region)).await?;
    Ok(answer.items.first().map_or(0, |figure| figure.person_times))
}

/// Any subtree, kind and period; for a third of the questions one group only.
pub fn any(region: &Region, random: &mut ChaCha20Rng) -> FigureQuery {
    let (first, _) = super::year();
    let kind = KINDS.get(random.random_range(0..KINDS.len())).map_or("", |kind| kind.code);
    let place = random.random_range(0..region.upper.len());
    let from = random.random_range(0..300);
    let days = random.random_range(1..=365 - from);
    let group = GROUPS.get(random.random_range(0..GROUPS.len())).copied().unwrap_or_default();
    FigureQuery {
        kinds: vec![kind.to_owned()],
        groups: if random.random_range(0..3) == 0 { vec![group.to_owned()] } else { Vec::new() },
        from: first + Days::new(from),
        to: first + Days::new(from + days - 1),
        ..whole_of(region.upper.get(place).copied().unwrap_or(region.root))
    }
}

/// Each kind by prefecture over the year.
pub fn board(region: &Region) -> Vec<FigureQuery> {
    let one = |kind: &ledger::FactKind| FigureQuery {
        kinds: vec![kind.code.to_owned()],
        by: By::Organisation,
        ..whole(region)
    };
    KINDS.iter().map(one).collect()
}

/// The records of one kind in the whole region.
pub fn records(region: &Region) -> FactParams {
    let FigureQuery { organisation, from, to, tree, .. } = whole(region);
    let kinds = KINDS.first().map(|kind| kind.code.to_owned());
    let (from, to) = (Some(from), Some(to));
    FactParams { organisation, kinds, groups: None, from, to, tree, person: None, own: None, lying_on: None }
}

/// A question and its answer, as the peers are told.
pub fn told(region: &Region, query: &FigureQuery, answer: &Figures) -> Outcome<Figure> {
    let figure = answer.items.first().ok_or("the ledger gave no figure")?;
    let kind = KINDS.iter().position(|kind| query.kinds.iter().any(|code| code == kind.code));
    let (first, last) = region.numbers(query.organisation);
    Ok(Figure {
        kind: kind.ok_or("a question without a kind")?,
        first,
        last,
        from: query.from.to_string(),
        to: query.to.to_string(),
        group: GROUPS.iter().position(|group| query.groups.iter().any(|code| code == group)),
        quantity: figure.person_times,
        amount: figure.amount_fen,
        people: figure.people,
    })
}

/// The board's answers, as the peers are told.
pub fn told_board(region: &Region, answers: &[Figures]) -> Vec<Field> {
    let row = |(kind, answer): (usize, &Figures)| {
        let field = |prefecture: &Id| {
            let (first, last) = region.numbers(*prefecture);
            let key = prefecture.to_string();
            let figure = answer.items.iter().find(|figure| figure.key == key);
            let (quantity, amount, people) =
                figure.map_or((0, 0, 0), |figure| (figure.person_times, figure.amount_fen, figure.people));
            Field { kind, first, last, quantity, amount, people }
        };
        region.prefectures.iter().map(field).collect::<Vec<_>>()
    };
    answers.iter().enumerate().flat_map(row).collect()
}
