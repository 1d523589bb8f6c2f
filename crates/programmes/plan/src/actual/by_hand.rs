use std::collections::BTreeMap;

use database::Id;
use kernel::{
    Context, Problem,
    ledger::{ancestors_on, below_on},
};
use sea_orm::{QueryOrder, entity::prelude::*};

use super::{Ask, Reading};
use crate::tables::manual_value::{self, Column, Entity};

/// The newest value of the organisation at or before the day; where it has none, those of the organisations below are
/// added up, each found the same way. Shares can't be added.
pub(super) async fn read(context: &Context, ask: &Ask<'_>) -> Result<Reading, Problem> {
    if ask.on < ask.year.first() {
        return Ok(Reading { actual: ask.indicator.is_cumulative().then_some(0), ..Reading::default() });
    }
    let column = (Entity, Column::OrganisationId);
    let rows = Entity::find()
        .filter(Column::IndicatorId.eq(ask.indicator.id))
        .filter(Column::Day.between(ask.year.first(), ask.on.min(ask.year.last())))
        .filter(below_on(context, ask.organisation, ask.on, ask.tree).await?.holds(column))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Id)
        .all(context.read())
        .await?;
    let latest: BTreeMap<Id, manual_value::Model> = rows.into_iter().map(|row| (row.organisation_id, row)).collect();
    if let Some(own) = latest.get(&ask.organisation) {
        return Ok(Reading { actual: Some(own.value), counted_on: Some(own.day), ..Reading::default() });
    }
    if !ask.indicator.is_cumulative() {
        return Ok(Reading::default());
    }
    let places: Vec<Id> = latest.keys().copied().collect();
    let above = ancestors_on(context, &places, ask.on, ask.tree).await?;
    let covered = |id: &Id| above.get(id).is_some_and(|above| above.iter().any(|upper| latest.contains_key(upper)));
    let used = || latest.iter().filter(|(id, _)| !covered(id)).map(|(_, row)| row);
    let actual = used().fold(0_i64, |sum, row| sum.saturating_add(row.value));
    Ok(Reading { actual: Some(actual), counted_on: used().map(|row| row.day).min(), ..Reading::default() })
}
