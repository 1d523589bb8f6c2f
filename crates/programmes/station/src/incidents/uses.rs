//! What was used from the cupboard when something happened: it leaves the stock in the same unit of work, as far as it is
//! there. Help that was given is never refused because the cupboard's list doesn't add up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use database::{Connection, insert_all};
use kernel::{Context, Id, Problem, Unit};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    supplies::{
        take::{self, use_what_is_there},
        take_back::put_back_used,
    },
    tables::{
        good,
        incident_use::{Column, Entity, Model},
        station,
    },
};

/// So many things at most are used at once.
const KINDS: usize = 10;
/// So much of one thing at most.
const MOST: i64 = 1_000;

/// Something that was used.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationIncidentUse)]
pub struct NewUse {
    /// The thing, of this station.
    pub good_id: Id,
    /// How much, 1 to 1,000.
    #[schema(minimum = 1, maximum = 1_000)]
    pub quantity: i64,
}

/// What was used, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncidentUse)]
pub struct UseView {
    /// The thing.
    pub good_id: Id,
    /// What people call it.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// How much was used.
    pub quantity: i64,
    /// How much of it was taken off the stock.
    pub taken: i64,
    /// The whole in words; what was used beyond the stock is said.
    pub words: String,
}

/// What was used, each thing once.
///
/// # Errors
/// What is to be said of the field `used`.
pub fn each_once(all: &[NewUse]) -> Result<BTreeMap<Id, i64>, &'static str> {
    let mut used = BTreeMap::new();
    for one in all {
        if !(1..=MOST).contains(&one.quantity) {
            return Err("用品数量请填写 1 至 1000。");
        }
        *used.entry(one.good_id).or_insert(0) += one.quantity;
    }
    if used.len() > KINDS {
        return Err("一次最多登记 10 种用品。");
    }
    Ok(used)
}

/// What something was used for.
#[derive(Clone, Copy)]
pub(super) struct Using {
    /// The incident.
    pub(super) incident: Id,
    /// What the moves of the stock are named by: the incident, or its correction.
    pub(super) named: Id,
    /// When.
    pub(super) at: DateTime<Utc>,
}

/// How the moves of the stock are named that belong to an incident or its correction.
fn mark(named: Id) -> String {
    // No phone can give this name: there is no stroke in those.
    format!("incident/{named}/")
}

/// Writes down what was used and takes it off the stock, once, with the incident.
///
/// # Errors
/// 422 for a thing that the station doesn't have.
pub(super) async fn write(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    Using { incident, named, at }: Using,
    used: &BTreeMap<Id, i64>,
) -> Result<(), Problem> {
    let query = good::Entity::find().filter(good::Column::StationId.eq(station.id));
    let goods = query.filter(good::Column::Id.is_in(used.keys().copied())).all(unit).await?;
    if goods.len() < used.len() {
        return Err(Problem::field("used", "unknown_good", "这个驿站没有登记这种用品，请刷新后重新选择。"));
    }
    let mut rows = Vec::with_capacity(goods.len());
    for good in &goods {
        let quantity = used.get(&good.id).copied().unwrap_or_default();
        let sent_as = format!("{}{}", mark(named), rows.len());
        let using = take::Using { good: good.id, quantity, sent_as: &sent_as, at };
        let taken = use_what_is_there(unit, context, station, &using).await?;
        rows.push(Model { id: context.id(), incident_id: incident, good_id: good.id, quantity, taken });
    }
    insert_all::<Entity>(unit, rows).await?;
    Ok(())
}

/// Puts right what was used: what the incident says otherwise now is put back, and taken anew as far as it is there. `earlier`
/// are the incident and its corrections of before, which the moves of the stock are named by.
///
/// # Errors
/// 422 for a thing that the station doesn't have.
pub(super) async fn correct(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (using, earlier): (Using, &[Id]),
    used: &BTreeMap<Id, i64>,
) -> Result<(), Problem> {
    let marks: Vec<String> = earlier.iter().copied().map(mark).collect();
    let mut stays = BTreeSet::new();
    for row in Entity::find().filter(Column::IncidentId.eq(using.incident)).all(unit).await? {
        if used.get(&row.good_id) == Some(&row.quantity) {
            stays.insert(row.good_id);
        } else {
            put_back_used(unit, context, station, (row.good_id, marks.as_slice())).await?;
            Entity::delete_by_id(row.id).exec(unit).await?;
        }
    }
    let changed = used.iter().filter(|(good, _)| !stays.contains(*good));
    let changed = changed.map(|(good, quantity)| (*good, *quantity)).collect();
    write(unit, context, station, using, &changed).await
}

/// What was used at some incidents; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(
    conn: &Connection,
    incidents: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Vec<UseView>>, Problem> {
    let rows = Entity::find().filter(Column::IncidentId.is_in(incidents)).order_by_asc(Column::Id).all(conn).await?;
    let goods = good::Entity::find().filter(good::Column::Id.is_in(rows.iter().map(|row| row.good_id)));
    let goods: HashMap<Id, good::Model> = goods.all(conn).await?.into_iter().map(|good| (good.id, good)).collect();
    let mut views: HashMap<Id, Vec<UseView>> = HashMap::new();
    for row in rows {
        let Some(good) = goods.get(&row.good_id) else { continue };
        views.entry(row.incident_id).or_default().push(view(&row, good));
    }
    Ok(views)
}

fn view(row: &Model, good: &good::Model) -> UseView {
    let (name, unit, quantity, taken) = (&good.name, &good.unit, row.quantity, row.taken);
    let beyond = quantity - taken;
    let words = if beyond > 0 {
        format!("{name} {quantity}{unit}（库存只有{taken}{unit}，另{beyond}{unit}不在账上，请核对库存）")
    } else {
        format!("{name} {quantity}{unit}")
    };
    UseView { good_id: good.id, name: name.clone(), unit: unit.clone(), quantity, taken, words }
}
