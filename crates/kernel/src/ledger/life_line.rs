use database::Id;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use super::{
    fact,
    fact_row::{FactRow, rows_of},
    place, surroundings,
};
use crate::{
    Context, Page, Problem,
    listing::{Counted, Paging},
};

/// Everything that was ever recorded for one person, newest first: also what was recorded for those who turned out to be
/// him. The caller has made sure that he may see this person (or is him).
///
/// # Errors
/// A fault of the database.
pub async fn life_line(context: &Context, person: Id, paging: &Paging) -> Result<Page<FactRow>, Problem> {
    let names = surroundings::all_of(context.read(), person).await?;
    let shelves = fact::on_all_shelves(context.read());
    let query = fact::Entity::find().filter(shelves).filter(fact::Column::PersonId.is_in(names));
    let total = query.clone().counted(context.read()).await?;
    // A day and a position: several things may happen on a day, and late ones stand where they happened.
    let query = match paging.cursor.as_deref().and_then(parse) {
        Some((day, position)) => query
            .filter(fact::Column::Day.lt(day).or(fact::Column::Day.eq(day).and(fact::Column::Position.lt(position)))),
        None => query,
    };
    let query = query.order_by_desc(fact::Column::Day).order_by_desc(fact::Column::Position);
    let rows = query.limit(paging.limit() + 1).all(context.read()).await?;
    let page = Page::cut(rows, paging.limit(), total, |fact| format!("{}.{}", fact.day, fact.position));
    let mut places = place::of(context, &page.items).await?;
    let mut items = rows_of(context, page.items).await?;
    for row in &mut items {
        row.place = places.remove(&row.id);
    }
    Ok(Page { items, next: page.next, total })
}

fn parse(cursor: &str) -> Option<(chrono::NaiveDate, i64)> {
    let (day, position) = cursor.split_once('.')?;
    Some((day.parse().ok()?, position.parse().ok()?))
}
