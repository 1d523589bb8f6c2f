//! In which order stations are listed, page behind page.

use std::str::FromStr;

use chrono::NaiveDate;
use kernel::Id;
use sea_orm::{
    Order, QueryOrder, Select, Value,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait, NullOrdering},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::station::{Column, Entity, Model};

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StationSort {
    /// By the number on the sign.
    #[default]
    Code,
    /// The last written down first.
    Newest,
    /// Those never inspected first, then those whose latest inspection is longest ago.
    Inspected,
    /// Those without a verdict first, then those with the fewest stars.
    Stars,
}

/// Stations in an order, behind a cursor.
#[must_use]
pub fn sorted(query: Select<Entity>, sort: StationSort, cursor: Option<&str>) -> Select<Entity> {
    let cursor = cursor.filter(|cursor| !cursor.is_empty());
    match (sort, cursor) {
        (StationSort::Code, None) => query.order_by_asc(Column::Code),
        (StationSort::Code, Some(after)) => query.filter(Column::Code.gt(after)).order_by_asc(Column::Code),
        (StationSort::Newest, _) => match cursor.and_then(|cursor| cursor.parse::<Id>().ok()) {
            None => query.order_by_desc(Column::Id),
            Some(after) => query.filter(Column::Id.lt(after)).order_by_desc(Column::Id),
        },
        (StationSort::Inspected, _) => least_first(query, Column::InspectedOn, cursor.and_then(last::<NaiveDate>)),
        (StationSort::Stars, _) => least_first(query, Column::Star, cursor.and_then(last::<i32>)),
    }
}

/// What names a station in that order.
pub(crate) fn cursor(row: &Model, sort: StationSort) -> String {
    let least = |value: Option<String>| format!("{}_{}", value.unwrap_or_default(), row.id);
    match sort {
        StationSort::Code => row.code.clone(),
        StationSort::Newest => row.id.to_string(),
        StationSort::Inspected => least(row.inspected_on.map(|day| day.to_string())),
        StationSort::Stars => least(row.star.map(|star| star.to_string())),
    }
}

/// The last row of the page before: what its column holds, and its key.
fn last<V: FromStr>(cursor: &str) -> Option<(Option<V>, Id)> {
    let (value, id) = cursor.split_once('_')?;
    let value = if value.is_empty() { None } else { Some(value.parse().ok()?) };
    Some((value, id.parse().ok()?))
}

/// By a column, those without it first, then by key.
fn least_first<V: Into<Value>>(query: Select<Entity>, column: Column, last: Option<(Option<V>, Id)>) -> Select<Entity> {
    let behind = last.map(|(value, id)| match value {
        None => column.is_not_null().or(Column::Id.gt(id)),
        Some(value) => {
            Expr::tuple([Expr::col(column), Expr::col(Column::Id)]).gt(Expr::tuple([Expr::val(value), Expr::val(id)]))
        }
    });
    query
        .filter(Condition::all().add_option(behind))
        .order_by_with_nulls(column, Order::Asc, NullOrdering::First)
        .order_by_asc(Column::Id)
}
