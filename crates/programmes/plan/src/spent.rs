//! What the budget's lines for an indicator paid: the money beside what was reached.

use std::{
    collections::{HashMap, HashSet},
    iter::once,
};

use calendar::Period;
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    ledger::{Tree, ancestors_each},
};
use sea_orm::{Condition, ExprTrait, QuerySelect, entity::prelude::*};

use crate::{
    stand::Row,
    tables::{budget_line, indicator::Counting, payment},
};

/// What was paid for each row's indicator at and below its organisation in the plan's year, by the end of a day. A payment
/// lies where its organisation lay on its day, as the facts beside it do. Where the indicator counts money itself, its facts
/// are these payments already.
///
/// # Errors
/// A fault of the database.
pub async fn spent(
    context: &Context,
    rows: &[Row<'_>],
    year: Period,
    on: NaiveDate,
    tree: Tree,
) -> Result<Vec<i64>, Problem> {
    let others = rows.iter().filter(|row| row.indicator.counting != Some(Counting::Yuan));
    let indicators: HashSet<Id> = others.map(|row| row.indicator.id).collect();
    let lines = budget_line::Entity::find()
        .filter(budget_line::Column::IndicatorId.is_in(indicators))
        .all(context.read())
        .await?;
    let of: HashMap<Id, Id> = lines.into_iter().filter_map(|line| Some((line.id, line.indicator_id?))).collect();
    if of.is_empty() {
        return Ok(vec![0; rows.len()]);
    }
    let paid: Vec<(Id, Id, NaiveDate, i64)> = payment::Entity::find()
        .select_only()
        .columns([payment::Column::LineId, payment::Column::OrganisationId, payment::Column::Day])
        .column_as(payment::Column::AmountFen.sum().cast_as("BIGINT"), "paid")
        .filter(counted(of.keys().copied(), year, on))
        .group_by(payment::Column::LineId)
        .group_by(payment::Column::OrganisationId)
        .group_by(payment::Column::Day)
        .into_tuple()
        .all(context.read())
        .await?;
    let places: Vec<(Id, NaiveDate)> = paid.iter().map(|(_, place, day, _)| (*place, *day)).collect();
    let above = ancestors_each(context, &places, tree).await?;
    let mut sums: HashMap<(Id, Id), i64> = HashMap::new();
    for (line, place, day, paid) in paid {
        let Some(indicator) = of.get(&line) else { continue };
        let upwards = above.get(&(place, day)).into_iter().flatten().copied();
        for at in once(place).chain(upwards) {
            let sum = sums.entry((*indicator, at)).or_default();
            *sum = sum.saturating_add(paid);
        }
    }
    Ok(rows.iter().map(|row| sums.get(&(row.indicator.id, row.organisation)).copied().unwrap_or(0)).collect())
}

/// The filter for the payments of lines that count in a plan's year by the end of a day.
pub(crate) fn counted(lines: impl IntoIterator<Item = Id>, year: Period, on: NaiveDate) -> Condition {
    Condition::all()
        .add(payment::Column::LineId.is_in(lines))
        .add(payment::Column::ReversedAt.is_null())
        .add(payment::Column::Day.between(year.first(), std::cmp::min(on, year.last())))
}
