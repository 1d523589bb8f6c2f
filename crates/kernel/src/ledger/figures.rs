use std::{num::NonZero, panic::resume_unwind, thread};

use chrono::NaiveDate;
use database::{Id, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    deciding,
    index::{Ask, Book, By, Count, Key, Shape},
    kind,
    labels::{figure, labels},
};
use crate::{Context, Problem, organisation};

/// Which tree decides what lies below an organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tree {
    /// Each fact counts for the ancestors that its organisation had on the fact's day: moving a union changes no figure
    /// of the past.
    #[default]
    Dated,
    /// All facts count by today's tree.
    Today,
}

impl Tree {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Dated => "按发生时隶属关系",
            Self::Today => "按当前隶属关系",
        }
    }
}

/// A question to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FigureQuery {
    /// The top of the subtree; must lie in the caller's scope.
    pub organisation: Id,
    /// The kinds' codes; empty for all.
    pub kinds: Vec<String>,
    /// The worker groups' codes; an empty code for facts without a group. Empty for all.
    pub groups: Vec<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Which tree.
    pub tree: Tree,
    /// What it is divided by.
    pub by: By,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Figure {
    /// What it is of: an organisation's key, a kind's or group's code (empty for facts without a group), a month
    /// (`2026-03`), a day; `all` where nothing divides.
    pub key: String,
    /// What people read.
    pub label: String,
    /// 人次: the sum of quantities of kinds that count person-times.
    pub person_times: i64,
    /// 人: how many different people, each once in the subtree and period.
    pub people: u64,
    /// 件、份: the sum of quantities of kinds that count things.
    pub items: i64,
    /// 净增: by how much that which stands (members) grew or shrank.
    pub standing: i64,
    /// The sum of amounts, in fen.
    pub amount_fen: i64,
}

/// Figures, and up to where the ledger was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// One a key. Organisations with figures of their own stand last, behind those below them.
    pub items: Vec<Figure>,
    /// When the last fact of the ledger was recorded; handed to [`figures_as_of`](super::figures_as_of), it gives the same
    /// figures again for ever. The call's own instant while the ledger is empty.
    pub cut_off: Moment,
}

/// The most figures that days may be asked for at once: two leap years.
const MOST_DAYS: i64 = 732;

/// Answers a question from facts up to now.
///
/// # Errors
/// 404 if the organisation is absent or foreign; 422 for a period that ends before it begins, or too many days one by one.
pub async fn figures(context: &Context, query: &FigureQuery) -> Result<Figures, Problem> {
    let mut answers = figures_of(context, std::slice::from_ref(query)).await?;
    answers.pop().ok_or_else(Problem::not_found)
}

/// Answers several questions from the same moment of the ledger, in their order; for boards.
///
/// # Errors
/// As [`figures`].
pub async fn figures_of(context: &Context, queries: &[FigureQuery]) -> Result<Vec<Figures>, Problem> {
    let asks = asks(context, queries).await?;
    let index = context.house().index();
    let (counts, cut_off) = index.read(context, |book| count_all(book, &asks)).await?;
    let cut_off = cut_off.unwrap_or_else(|| context.now().into());
    let answers = told(context, &asks, counts).await?;
    Ok(answers.into_iter().map(|items| Figures { items, cut_off }).collect())
}

/// Questions that are worth a thread of their own: some hundred microseconds of counting in a large ledger.
const SHARE: usize = 8;

/// Counts for all questions, on all cores if they are many. Not among the threads that read rosters: a board would wait for
/// thousands of rows.
fn count_all(book: &Book, asks: &[Ask]) -> Vec<Vec<(Key, Count)>> {
    let count = |asks: &[Ask]| asks.iter().map(|ask| book.count(ask)).collect::<Vec<_>>();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = asks.len().div_ceil(cores).max(SHARE);
    if asks.len() <= share {
        return count(asks);
    }
    thread::scope(|scope| {
        let workers: Vec<_> = asks.chunks(share).map(|asks| scope.spawn(move || count(asks))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// The sum of quantities from the beginning to the end of a day, by the tree of that day: what stands, such as members.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn balance(
    context: &Context,
    organisation: Id,
    kinds: &[&str],
    groups: &[&str],
    on: NaiveDate,
) -> Result<i64, Problem> {
    organisation::get(context.read(), context.scope(), organisation).await?;
    let all = Balance { organisation, groups: groups.to_vec(), within: Vec::new(), on, tree: Tree::Dated };
    Ok(balances(context, kinds, &[all]).await?.iter().sum())
}

/// What of an organisation is added up.
pub(crate) struct Balance<'a> {
    /// The caller has loaded it in his scope.
    pub(crate) organisation: Id,
    /// Of these groups; of all if none is named.
    pub(crate) groups: Vec<&'a str>,
    /// At and below these places of its subtree; everywhere if none is named.
    pub(crate) within: Vec<Id>,
    /// To the end of this day.
    pub(crate) on: NaiveDate,
    /// By the tree of the day or by today's.
    pub(crate) tree: Tree,
}

/// Several balances, all from one moment of the ledger.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn balances(context: &Context, kinds: &[&str], wanted: &[Balance<'_>]) -> Result<Vec<i64>, Problem> {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let ask = |one: &Balance<'_>| Ask {
        organisation: one.organisation,
        within: one.within.clone(),
        kinds: owned(kinds),
        groups: owned(&one.groups),
        from: BEGINNING,
        to: one.on,
        shape: Shape::On(deciding(context, one.on, one.tree)),
        by: By::None,
        standing: Vec::new(),
    };
    let asks: Vec<Ask> = wanted.iter().map(ask).collect();
    let (counts, _) = context.house().index().read(context, |book| count_all(book, &asks)).await?;
    let sum = |counts: &Vec<(Key, Count)>| -> i64 {
        counts.iter().flat_map(|(_, count)| &count.quantities).map(|(_, quantity)| quantity).sum()
    };
    Ok(counts.iter().map(sum).collect())
}

/// Before any fact, and within what both databases know as a day.
pub(crate) const BEGINNING: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The questions as the index takes them, checked.
pub(super) async fn asks(context: &Context, queries: &[FigureQuery]) -> Result<Vec<Ask>, Problem> {
    for query in queries {
        if query.from > query.to {
            return Err(Problem::field("to", "before_from", "结束日期不能早于开始日期。"));
        }
        let steps = if matches!(query.by, By::Day | By::Month) { (query.to - query.from).num_days() } else { 0 };
        if steps >= if query.by == By::Day { MOST_DAYS } else { MOST_DAYS * 30 } {
            return Err(Problem::field("from", "too_long", "时间跨度太长，请缩短后再查。"));
        }
    }
    let organisations: Vec<Id> = queries.iter().map(|query| query.organisation).collect();
    let own = context.scope().within((organisation::Entity, organisation::Column::Id));
    organisation::check_all(context.read(), &organisations, own).await?;
    let standing = kind::standing(context.house());
    let shape = |tree| match tree {
        Tree::Dated => Shape::Dated,
        Tree::Today => Shape::On(context.today()),
    };
    let ask = |query: &FigureQuery| Ask {
        organisation: query.organisation,
        within: Vec::new(),
        kinds: query.kinds.clone(),
        groups: query.groups.clone(),
        from: query.from.max(BEGINNING),
        to: query.to,
        shape: shape(query.tree),
        by: query.by,
        standing: standing.clone(),
    };
    Ok(queries.iter().map(ask).collect())
}

/// What was counted for each question, with what people read.
pub(super) async fn told(
    context: &Context,
    asks: &[Ask],
    mut counts: Vec<Vec<(Key, Count)>>,
) -> Result<Vec<Vec<Figure>>, Problem> {
    asks.iter().zip(&mut counts).for_each(|(ask, counts)| complete(ask, counts));
    let labels = labels(context, counts.iter().flatten().map(|(key, _)| key)).await?;
    let figures = |counts: Vec<(Key, Count)>| {
        counts.into_iter().map(|(key, count)| figure(context, &labels, &key, &count)).collect()
    };
    Ok(counts.into_iter().map(figures).collect())
}

/// The whole and kinds that were asked for by name are told even if there are none.
fn complete(ask: &Ask, counts: &mut Vec<(Key, Count)>) {
    if counts.is_empty() && ask.by == By::None {
        counts.push((Key::All, Count::default()));
    }
    if ask.by == By::Kind {
        let order = |code: &String| ask.kinds.iter().position(|asked| asked == code);
        let missing = ask.kinds.iter().filter(|code| !counts.iter().any(|(key, _)| *key == Key::Kind((*code).clone())));
        let missing: Vec<_> = missing.map(|code| (Key::Kind(code.clone()), Count::default())).collect();
        counts.extend(missing);
        counts.sort_by_key(|(key, _)| if let Key::Kind(code) = key { order(code) } else { None });
    }
}
