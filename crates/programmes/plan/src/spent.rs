//! What the budget's lines for an indicator paid: the money beside what was reached, but for what its facts carry themselves.

use std::{collections::HashMap, iter::once};

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
    tables::{
        budget_line,
        indicator::{self, Counting, codes},
        payment,
    },
};

/// What was paid for each row's indicator at and below its organisation in the plan's year, by the end of a day. A payment
/// lies where its organisation lay on its day, as the facts beside it do. Where the indicator counts money itself, its facts
/// are these payments already, and where a payment is carried by its facts, these tell of the money.
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
    let indicators: HashMap<Id, &indicator::Model> = others.map(|row| (row.indicator.id, row.indicator)).collect();
    let lines = budget_line::Entity::find()
        .filter(budget_line::Column::IndicatorId.is_in(indicators.keys().copied()))
        .all(context.read())
        .await?;
    let line = |line: budget_line::Model| Some((line.id, *indicators.get(&line.indicator_id?)?));
    let of: HashMap<Id, &indicator::Model> = lines.into_iter().filter_map(line).collect();
    if of.is_empty() {
        return Ok(vec![0; rows.len()]);
    }
    let paid: Vec<(Id, Id, NaiveDate, String, i64)> = payment::Entity::find()
        .select_only()
        .columns([payment::Column::LineId, payment::Column::OrganisationId, payment::Column::Day])
        .column(payment::Column::Counted)
        .column_as(payment::Column::AmountFen.sum().cast_as("BIGINT"), "paid")
        .filter(counted(of.keys().copied(), year, on))
        .group_by(payment::Column::LineId)
        .group_by(payment::Column::OrganisationId)
        .group_by(payment::Column::Day)
        .group_by(payment::Column::Counted)
        .into_tuple()
        .all(context.read())
        .await?;
    let places: Vec<(Id, NaiveDate)> = paid.iter().map(|(_, place, day, ..)| (*place, *day)).collect();
    let above = ancestors_each(context, &places, tree).await?;
    let mut sums: HashMap<(Id, Id), i64> = HashMap::new();
    for (line, place, day, counted, paid) in paid {
        let Some(indicator) = of.get(&line).filter(|indicator| !is_carried(indicator, &counted)) else { continue };
        let upwards = above.get(&(place, day)).into_iter().flatten().copied();
        for at in once(place).chain(upwards) {
            let sum = sums.entry((indicator.id, at)).or_default();
            *sum = sum.saturating_add(paid);
        }
    }
    Ok(rows.iter().map(|row| sums.get(&(row.indicator.id, row.organisation)).copied().unwrap_or(0)).collect())
}

/// Whether the money of a payment stands in what an indicator counts: the programme that spent it had its facts carry it
/// when they were posted, and the indicator counts those.
pub(crate) fn is_carried(indicator: &indicator::Model, counted: &str) -> bool {
    let kinds = codes(&indicator.kinds);
    codes(counted).iter().any(|kind| kinds.contains(kind))
}

/// The filter for the payments of lines that count in a plan's year by the end of a day.
pub(crate) fn counted(lines: impl IntoIterator<Item = Id>, year: Period, on: NaiveDate) -> Condition {
    Condition::all()
        .add(payment::Column::LineId.is_in(lines))
        .add(payment::Column::ReversedAt.is_null())
        .add(payment::Column::Day.between(year.first(), std::cmp::min(on, year.last())))
}
