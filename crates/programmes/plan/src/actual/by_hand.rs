use std::collections::BTreeMap;

use database::Id;
use kernel::{Context, Problem, ledger::below_on, organisation::merger::Lines};
use sea_orm::{QueryOrder, entity::prelude::*};

use super::{Ask, Reading};
use crate::tables::manual_value::{self, Column, Entity};

/// The newest value of the organisation at or before the day; where it has none, those of the organisations below are
/// added up, each found the same way. What a union had told that was merged into another is added to what the successor had
/// told, until the successor tells anew. Shares can't be added.
pub(super) async fn read(context: &Context, ask: &Ask<'_>) -> Result<Reading, Problem> {
    if ask.on < ask.year.first() {
        return Ok(Reading { actual: ask.indicator.is_cumulative().then_some(0), ..Reading::default() });
    }
    let column = (Entity, Column::OrganisationId);
    let rows = Entity::find()
        .filter(Column::IndicatorId.eq(ask.indicator.id))
        .filter(Column::ReversedAt.is_null())
        .filter(Column::Day.between(ask.year.first(), ask.on.min(ask.year.last())))
        .filter(below_on(context, ask.organisation, ask.on, ask.tree).await?.holds(column))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Id)
        .all(context.read())
        .await?;
    let latest: BTreeMap<Id, manual_value::Model> = rows.into_iter().map(|row| (row.organisation_id, row)).collect();
    if !ask.indicator.is_cumulative() {
        let own = latest.get(&ask.organisation);
        let (actual, counted_on) = (own.map(|own| own.value), own.map(|own| own.day));
        return Ok(Reading { actual, counted_on, ..Reading::default() });
    }
    let places: Vec<Id> = latest.keys().copied().collect();
    let lines = Lines::of(context, &places, ask.on, ask.tree).await?;
    let covered = |place: Id| lines.is_told(place, |upper| latest.get(&upper).map(|row| row.day));
    let used = || latest.values().filter(|row| !covered(row.organisation_id));
    let actual = used().fold(0_i64, |sum, row| sum.saturating_add(row.value));
    Ok(Reading { actual: Some(actual), counted_on: used().map(|row| row.day).min(), ..Reading::default() })
}
