//! Proves that figures and facts agree, and that neither the ledger nor the audit chain was changed behind the program's
//! back.

mod cells;
mod chain;
mod rules;

use std::{collections::HashSet, fmt};

use chrono::{Months, NaiveDate};
use database::Id;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    fact,
    figures::BEGINNING,
    index::{Book, Placed},
    recount::Surroundings,
    surroundings::{self, Standing},
};
use crate::{Context, Fault, Problem, organisation::tree};

/// Something that does not agree with the facts, as a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference(pub String);

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Rows read at a time.
const PAGE: u64 = 5000;
/// Up to so many facts are recounted in one go; more are recounted month by month, for the sake of memory.
const AT_ONCE: i64 = 500_000;

/// How often the book is copied anew because unions were moved meanwhile.
const TRIES: usize = 10;

/// Recounts everything from the facts and compares it with what figures tell; checks positions, reversals and merges;
/// walks the audit chain. Answers each difference found.
///
/// # Errors
/// A fault of the database.
pub async fn verify(context: &Context) -> Result<Vec<Difference>, Problem> {
    let (book, standing, places) = copied(context).await?;
    let merges = surroundings::merges(context.read(), 0).await?;
    let merged = merges.iter().filter(|merge| merge.position <= standing.merges);
    let merged: Vec<(Id, Id)> = merged.map(|merge| (merge.person_id, merge.survivor_id)).collect();
    let around = Surroundings::new(&places, &merged);
    let mut differences = rules::gaps(context, standing.facts).await?;
    let (reversed, broken) = rules::reversals(context, standing.facts).await?;
    differences.extend(broken);
    differences.extend(rules::merges(context).await?);
    if book.strays() > 0 {
        differences.push(Difference(format!("有 {} 条冲销记录在台账汇总中找不到对应的记录。", book.strays())));
    }
    for days in windows(context, standing.facts).await? {
        let mut cells = cells::Cells::new(&around, &reversed);
        each(context, days, standing.facts, |fact| cells.see(fact)).await?;
        differences.extend(cells.compare(&book));
    }
    differences.extend(rules::closure(context).await?);
    differences.extend(chain::walk(context).await?);
    Ok(differences)
}

/// The book, up to where it was read, and the places that it counts by. It is a copy, so that what is written meanwhile can't
/// blur the comparison.
async fn copied(context: &Context) -> Result<(Book, Standing, Vec<Placed>), Problem> {
    for _ in 0..TRIES {
        let (book, standing) = context.house().index().copy(context).await?;
        let places = surroundings::places(context.read()).await?;
        // A union that was moved between the two would count elsewhere in each.
        if tree::version(context.read()).await? == standing.tree {
            return Ok((book, standing, places));
        }
    }
    Err(Fault::Stored("unions are moved without a pause; figures can't be proved meanwhile".to_owned()).into())
}

/// The stretches of days that are recounted together: first day, last day.
async fn windows(context: &Context, facts: i64) -> Result<Vec<(NaiveDate, NaiveDate)>, Problem> {
    let ends = fact::Entity::find().select_only();
    let ends = ends.column_as(fact::Column::Day.min(), "first").column_as(fact::Column::Day.max(), "last");
    let ends: Option<(Option<NaiveDate>, Option<NaiveDate>)> = ends.into_tuple().one(context.read()).await?;
    let Some((Some(first), Some(last))) = ends else { return Ok(Vec::new()) };
    if facts <= AT_ONCE {
        return Ok(vec![(BEGINNING, last)]);
    }
    let starts = std::iter::successors(calendar_month(first), |month| month.checked_add_months(Months::new(1)));
    let month = |start: NaiveDate| Some((start, start.checked_add_months(Months::new(1))?.pred_opt()?));
    Ok(starts.take_while(|start| *start <= last).filter_map(month).collect())
}

fn calendar_month(day: NaiveDate) -> Option<NaiveDate> {
    chrono::Datelike::with_day(&day, 1)
}

/// Shows each fact of the days up to a position, in order.
async fn each(
    context: &Context,
    (first, last): (NaiveDate, NaiveDate),
    until: i64,
    mut see: impl FnMut(&fact::Model),
) -> Result<(), Problem> {
    let mut position = 0;
    loop {
        let query =
            fact::Entity::find().filter(fact::Column::Position.gt(position)).filter(fact::Column::Position.lte(until));
        let query = if first == BEGINNING { query } else { query.filter(fact::Column::Day.between(first, last)) };
        let page = query.order_by_asc(fact::Column::Position).limit(PAGE).all(context.read()).await?;
        let Some(end) = page.last() else { return Ok(()) };
        position = end.position;
        page.iter().for_each(&mut see);
    }
}

/// The keys of facts that were reversed by facts recorded up to a moment.
pub(super) async fn reversed_until(context: &Context, until: database::Moment) -> Result<HashSet<Id>, Problem> {
    let query = fact::Entity::find().select_only().column(fact::Column::Reverses);
    let query = query.filter(fact::Column::Reverses.is_not_null()).filter(fact::Column::RecordedAt.lte(until));
    let rows: Vec<Option<Id>> = query.into_tuple().all(context.read()).await?;
    Ok(rows.into_iter().flatten().collect())
}
