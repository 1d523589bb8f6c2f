//! What the budget's lines for an indicator paid: the money beside what was reached.

use std::collections::{HashMap, HashSet};

use calendar::Period;
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    ledger::{Tree, below_on},
};
use sea_orm::{ExprTrait, QuerySelect, entity::prelude::*};

use crate::{
    stand::Row,
    tables::{budget_line, indicator::Counting, payment},
};

/// What was paid for each row's indicator at and below its organisation in the plan's year, by the end of a day. Where the
/// indicator counts money itself, its facts are these payments already.
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
    let indicators: HashSet<Id> = rows.iter().map(|row| row.indicator.id).collect();
    let lines = budget_line::Entity::find()
        .filter(budget_line::Column::IndicatorId.is_in(indicators))
        .all(context.read())
        .await?;
    let mut of: HashMap<Id, Vec<Id>> = HashMap::new();
    for line in lines {
        of.entry(line.indicator_id.unwrap_or(line.id)).or_default().push(line.id);
    }
    let mut sums = Vec::with_capacity(rows.len());
    for row in rows {
        sums.push(match of.get(&row.indicator.id) {
            Some(lines) if row.indicator.counting != Some(Counting::Yuan) => {
                paid(context, lines, row.organisation, (year.first(), std::cmp::min(on, year.last())), tree).await?
            }
            _ => 0,
        });
    }
    Ok(sums)
}

async fn paid(
    context: &Context,
    lines: &[Id],
    organisation: Id,
    (from, to): (NaiveDate, NaiveDate),
    tree: Tree,
) -> Result<i64, Problem> {
    let below = below_on(context, organisation, to, tree).await?;
    let sum: Option<Option<i64>> = payment::Entity::find()
        .select_only()
        .column_as(payment::Column::AmountFen.sum().cast_as("BIGINT"), "paid")
        .filter(payment::Column::LineId.is_in(lines.iter().copied()))
        .filter(payment::Column::ReversedAt.is_null())
        .filter(payment::Column::Day.between(from, to))
        .filter(below.holds((payment::Entity, payment::Column::OrganisationId)))
        .into_tuple()
        .one(context.read())
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}
