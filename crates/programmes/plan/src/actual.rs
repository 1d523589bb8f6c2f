//! What was reached: read from the ledger, from memberships against active workers, from branches, or from what was
//! recorded by hand. Nobody types a total.

mod by_hand;
mod share;

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{
    Context, Problem,
    ledger::{self, By, Figure, FigureQuery, Tree},
};

use crate::tables::indicator::{self, Counting, Source, codes};

/// One question: what an organisation had reached of an indicator by the end of a day.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The indicator.
    pub indicator: &'a indicator::Model,
    /// The top of the subtree.
    pub organisation: Id,
    /// The plan's year.
    pub year: Period,
    /// The day.
    pub on: NaiveDate,
    /// Which tree.
    pub tree: Tree,
}

/// What was reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The value, on the indicator's scale; absent where nothing is known, such as a share of nobody.
    pub actual: Option<i64>,
    /// For a share: what is divided.
    pub numerator: Option<i64>,
    /// For a share: by what.
    pub denominator: Option<i64>,
    /// For a share of members: those who are not in it, as nobody counted the workers where they are.
    pub outside: Option<i64>,
    /// For a share: the day of the oldest count in the denominator; for a hand-recorded value, its day.
    pub counted_on: Option<NaiveDate>,
    /// The money that the counted facts carry.
    pub amount_fen: i64,
}

/// Answers questions, those to the ledger all from one moment of it. Also tells when the last fact in them was recorded.
///
/// # Errors
/// 404 if an organisation is absent or foreign.
pub async fn read(context: &Context, asks: &[Ask<'_>]) -> Result<(Vec<Reading>, Moment), Problem> {
    let counted: Vec<usize> = asks.iter().enumerate().filter(|(_, ask)| is_counted(ask)).map(|(at, _)| at).collect();
    let queries: Vec<FigureQuery> = counted.iter().filter_map(|at| asks.get(*at)).map(query).collect();
    let figures = ledger::figures_of(context, &queries).await?;
    let cut_off = match figures.first() {
        Some(first) => first.cut_off,
        None => context.now().into(),
    };
    let mut readings = Vec::with_capacity(asks.len());
    let mut figures = figures.into_iter();
    let mut heads = share::Heads::default();
    for ask in asks {
        readings.push(match ask.indicator.source {
            Source::Ledger if ask.on < ask.year.first() => Reading { actual: Some(0), ..Reading::default() },
            Source::Ledger => {
                counted_reading(ask.indicator, figures.next().and_then(|one| one.items.into_iter().next()))
            }
            Source::MemberShare => share::of_members(context, ask, &mut heads).await?,
            Source::BranchCoverage => share::of_branches(context, ask).await?,
            Source::Manual => by_hand::read(context, ask).await?,
        });
    }
    Ok((readings, cut_off))
}

fn is_counted(ask: &Ask<'_>) -> bool {
    ask.indicator.source == Source::Ledger && ask.on >= ask.year.first()
}

fn query(ask: &Ask<'_>) -> FigureQuery {
    FigureQuery {
        organisation: ask.organisation,
        kinds: codes(&ask.indicator.kinds),
        groups: codes(&ask.indicator.groups),
        from: ask.year.first(),
        to: ask.on.min(ask.year.last()),
        tree: ask.tree,
        by: By::None,
    }
}

fn counted_reading(indicator: &indicator::Model, figure: Option<Figure>) -> Reading {
    let Some(figure) = figure else { return Reading::default() };
    let actual = match indicator.counting {
        Some(Counting::People) => i64::try_from(figure.people).unwrap_or(i64::MAX),
        Some(Counting::Items) => figure.items,
        Some(Counting::Yuan) => figure.amount_fen,
        Some(Counting::PersonTimes) | None => figure.person_times,
    };
    Reading { actual: Some(actual), amount_fen: figure.amount_fen, ..Reading::default() }
}
