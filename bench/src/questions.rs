//! What is asked, and whether two answers are the same.

use std::{collections::BTreeMap, error::Error};

use chrono::Days;
use kernel::{
    Id,
    ledger::{By, FigureQuery, Figures, Tree},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use crate::{
    peer::Told,
    region::{KINDS, Region},
};

/// Everything of the whole region.
pub fn whole(region: &Region) -> FigureQuery {
    let (from, to) = super::year();
    FigureQuery {
        organisation: region.root,
        kinds: Vec::new(),
        groups: Vec::new(),
        from,
        to,
        tree: Tree::Dated,
        by: By::None,
    }
}

/// Any subtree, kind and period; for a third of the questions one group only.
pub fn any(region: &Region, random: &mut ChaCha20Rng) -> FigureQuery {
    let (first, _) = super::year();
    let kind = KINDS.get(random.random_range(0..KINDS.len())).map_or("", |kind| kind.code);
    let place = random.random_range(0..region.upper.len());
    let from = random.random_range(0..300);
    let days = random.random_range(1..=365 - from);
    FigureQuery {
        organisation: region.upper.get(place).copied().unwrap_or(region.root),
        kinds: vec![kind.to_owned()],
        groups: if random.random_range(0..3) == 0 { vec!["courier".to_owned()] } else { Vec::new() },
        from: first + Days::new(from),
        to: first + Days::new(from + days - 1),
        tree: Tree::Dated,
        by: By::None,
    }
}

/// Each kind by prefecture over the year.
pub fn board(region: &Region) -> Vec<FigureQuery> {
    let one = |kind: &kernel::ledger::FactKind| FigureQuery {
        kinds: vec![kind.code.to_owned()],
        by: By::Organisation,
        ..whole(region)
    };
    KINDS.iter().map(one).collect()
}

/// Whether the ledger and the peer say the same of one figure.
pub fn same(query: &FigureQuery, answer: &Figures, peer: Told) -> Result<(), Box<dyn Error>> {
    let Some(figure) = answer.items.first() else { return Err("the ledger gave no figure".into()) };
    let quantity = figure.person_times.max(figure.items);
    let ours = Told { quantity: if quantity == 0 { peer.quantity } else { quantity }, people: figure.people };
    if ours == peer { Ok(()) } else { Err(format!("{query:?}: {ours:?} here, {peer:?} by SQL").into()) }
}

/// Whether they say the same of each prefecture.
pub fn same_board(query: &FigureQuery, answer: &Figures, peer: &BTreeMap<Id, Told>) -> Result<(), Box<dyn Error>> {
    let ours: BTreeMap<String, u64> = answer.items.iter().map(|figure| (figure.key.clone(), figure.people)).collect();
    let theirs = peer.iter().map(|(id, told)| (id.to_string(), told.people)).collect();
    if ours == theirs { Ok(()) } else { Err(format!("{query:?} differs by prefecture").into()) }
}
