//! Sums of use for blocks of days, kept as entries are written and taken back, so that a province's stations are told without
//! reading its entries. What the ledger tells (visits by day and by worker group) is not kept here.

use std::collections::{BTreeMap, HashMap};

use database::Connection;
use kernel::{Context, Fault, Id, Problem, Unit, caller::below};
use sea_orm::{
    ActiveValue::Set,
    Condition, IntoActiveModel, Iterable, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, IntoColumnRef, OnConflict, SelectStatement},
};

use crate::{
    rules::blocks::blocks_of,
    tables::{entry, station, use_at, use_hours, use_service},
};

/// Rows written by one statement.
const ROWS: usize = 250;
/// The columns of [`use_hours`] before its hours.
const KEY: usize = 2;

/// Adds entries to the sums, in the unit that writes them; with a `sign` of -1 takes them away again.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn add(unit: &Unit, entries: &[entry::Model], sign: i64) -> Result<(), Problem> {
    let mut stations = BTreeMap::<(Id, String), (i64, i64)>::new();
    let mut hours = BTreeMap::<(String, Id), [i64; 24]>::new();
    let mut services = BTreeMap::<(String, Id, &str), i64>::new();
    for entry in entries {
        let number = sign * entry.quantity;
        for block in blocks_of(entry.day) {
            let (visits, served) = stations.entry((entry.station_id, block.clone())).or_default();
            if let Some(service) = &entry.service {
                *served += number;
                *services.entry((block, entry.organisation_id, service.as_str())).or_default() += number;
            } else {
                *visits += number;
                let hours = hours.entry((block, entry.organisation_id)).or_default();
                let hour = usize::try_from(entry.hour).ok().and_then(|hour| hours.get_mut(hour));
                hour.into_iter().for_each(|hour| *hour += number);
            }
        }
    }
    let of_station = |((station_id, block), (visits, services)): ((Id, String), (i64, i64))| {
        use_at::Model { station_id, block, visits, services }.into_active_model().reset_all()
    };
    let of_hours = |((block, organisation_id), hours): ((String, Id), [i64; 24])| {
        let (block, organisation_id) = (Set(block), Set(organisation_id));
        let mut row = use_hours::ActiveModel { block, organisation_id, ..Default::default() };
        for (column, number) in use_hours::Column::iter().skip(KEY).zip(hours) {
            row.set(column, number.into());
        }
        row
    };
    let of_service = |((block, organisation_id, service), services): ((String, Id, &str), i64)| {
        use_service::Model { block, organisation_id, service: service.to_owned(), services }
            .into_active_model()
            .reset_all()
    };
    put::<use_at::Entity>(unit, 2, stations.into_iter().map(of_station).collect()).await?;
    put::<use_hours::Entity>(unit, KEY, hours.into_iter().map(of_hours).collect()).await?;
    put::<use_service::Entity>(unit, 3, services.into_iter().map(of_service).collect()).await
}

/// Adds rows to those of the same key, which are a table's first columns; the others are sums.
async fn put<E: EntityTrait>(unit: &Unit, key: usize, rows: Vec<E::ActiveModel>) -> Result<(), Problem> {
    let table = E::default().table_name();
    let columns: Vec<&'static str> = E::Column::iter().map(|column| column.as_str()).collect();
    let (key, sums) = columns.split_at(key);
    let mut adding = OnConflict::columns(key.iter().copied());
    for sum in sums {
        adding.value(*sum, Expr::col((table, *sum)).add(Expr::col(("excluded", *sum))));
    }
    for rows in rows.chunks(ROWS) {
        E::insert_many(rows.to_vec()).on_conflict(adding.clone()).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// What passes of sums by union: the scope, and an organisation and below if one is told.
fn within<C: IntoColumnRef + Copy>(context: &Context, organisation: Option<Id>, place: C) -> Condition {
    context.scope().within(place).add_option(organisation.map(|organisation| below(organisation, place)))
}

/// Visits by the hour of the day, midnight first.
///
/// # Errors
/// A fault of the database.
pub(super) async fn by_hour(
    context: &Context,
    organisation: Option<Id>,
    blocks: &[String],
) -> Result<Vec<i64>, Problem> {
    let hours = || use_hours::Column::iter().skip(KEY);
    let mut query = use_hours::Entity::find()
        .select_only()
        .filter(use_hours::Column::Block.is_in(blocks))
        .filter(within(context, organisation, (use_hours::Entity, use_hours::Column::OrganisationId)));
    for hour in hours() {
        query = query.column_as(hour.sum().cast_as("BIGINT"), hour.as_str());
    }
    let row = context.read().query_one(&query.into_query()).await?;
    let row = row.ok_or_else(|| Fault::Stored("a sum gave no row".into()))?;
    let mut visits = Vec::new();
    for hour in hours() {
        visits.push(row.try_get::<Option<i64>>("", hour.as_str())?.unwrap_or(0));
    }
    Ok(visits)
}

/// Services by their codes.
///
/// # Errors
/// A fault of the database.
pub(super) async fn by_service(
    context: &Context,
    organisation: Option<Id>,
    blocks: &[String],
) -> Result<HashMap<String, i64>, Problem> {
    use use_service::Column;
    let sums = use_service::Entity::find()
        .select_only()
        .column(Column::Service)
        .column_as(Column::Services.sum().cast_as("BIGINT"), "services")
        .filter(Column::Block.is_in(blocks))
        .filter(within(context, organisation, (use_service::Entity, Column::OrganisationId)))
        .group_by(Column::Service);
    Ok(sums.into_tuple().all(context.read()).await?.into_iter().collect())
}

/// Visits and services of each station among some that had any.
///
/// # Errors
/// A fault of the database.
pub(super) async fn by_station(
    conn: &Connection,
    stations: SelectStatement,
    blocks: &[String],
) -> Result<HashMap<Id, (i64, i64)>, Problem> {
    use use_at::Column;
    let sums = use_at::Entity::find()
        .select_only()
        .column(Column::StationId)
        .column_as(Column::Visits.sum().cast_as("BIGINT"), "visits")
        .column_as(Column::Services.sum().cast_as("BIGINT"), "services")
        .filter(Column::Block.is_in(blocks))
        .filter(Column::StationId.in_subquery(stations))
        .group_by(Column::StationId);
    let sums: Vec<(Id, i64, i64)> = sums.into_tuple().all(conn).await?;
    Ok(sums.into_iter().map(|(id, visits, services)| (id, (visits, services))).collect())
}

/// The last day on which somebody came to the station that a question is at, as text: among the blocks of a day its own is the
/// last by name.
pub(super) fn last_visit() -> SelectStatement {
    use use_at::{Column, Entity};
    Entity::find()
        .select_only()
        .column_as(Column::Block.max(), "last")
        .filter(Expr::col((Entity, Column::StationId)).equals((station::Entity, station::Column::Id)))
        .filter(Column::Visits.gt(0))
        .into_query()
}
