//! A place by its name: a district, or a station by its name, address or host. For who has no satellite or looks ahead; from
//! the place that was found the nearest stations are asked as from anywhere. Open to everyone, like what it finds.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::Query};
use kernel::{
    Caller, Context, Problem,
    house::MapSource,
    organisation::{self, Kind, Level},
    permission::Everyone,
};
use places::{Point, System};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Finder, entry::Entry, shelf::Shelf};
use crate::{
    register::position::Position,
    tables::catalogue::{self, CatalogueKind},
};

/// How many of either kind are told.
const MOST: usize = 10;
/// The longest name that is looked for.
const LONGEST: usize = 30;

/// What is looked for.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// Part of a name, 1 to 30 characters. Without one every district that has stations is told.
    #[param(max_length = 30)]
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// In which system positions are answered; WGS-84 unless told.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub system: System,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A county, district or banner; its position is the middle of its stations.
    District,
    /// A station.
    Station,
}

/// A place that has this name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FoundPlace {
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: String,
    /// Where, in words; of a district how many stations it has.
    pub address: String,
    /// Of a district its division, six digits of GB/T 2260.
    pub division: Option<String>,
    /// Where, on the map.
    pub position: Position,
}

/// What may be looked for, and where.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FoundPlaces {
    /// The places, districts first.
    pub places: Vec<FoundPlace>,
    /// Equipment and services to choose from, as the catalogue sorts them.
    pub items: Vec<WantedItem>,
    /// The map to show stations on; absent where the house has none, and pages draw divisions' outlines instead.
    pub map: Option<MapTiles>,
}

/// A licensed map's tiles, drawn in WGS-84 or CGCS2000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MapTiles {
    /// Addresses with `{z}`, `{x}` and `{y}`, the lowest layer first.
    pub tiles: Vec<String>,
    /// Whose map it is and its licence number, to be shown beside it.
    pub notice: String,
}

impl MapTiles {
    fn of(context: &Context) -> Option<Self> {
        let MapSource { tiles, notice, .. } = &context.house().settings().map;
        (!tiles.is_empty()).then(|| Self { tiles: tiles.clone(), notice: notice.clone() })
    }
}

/// Something that a station may have or give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WantedItem {
    /// The catalogue's code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Equipment or service.
    pub kind: CatalogueKind,
}

/// Places by a name.
///
/// # Errors
/// 422 for a name that is too long.
pub async fn search(context: &Context, finder: &Finder, query: &PlaceQuery) -> Result<FoundPlaces, Problem> {
    let name = query.q.as_deref().unwrap_or_default();
    if name.chars().count() > LONGEST {
        return Err(Problem::field("q", "too_long", format!("地名不超过 {LONGEST} 个字。")));
    }
    let shelf = finder.shelf(context).await?;
    let mut places = districts(context, &shelf, name, query.system).await?;
    if !name.is_empty() {
        places.extend(stations(&shelf, name, query.system));
    }
    let offered = shelf.catalogue.iter().filter(|entry| entry.offered);
    let item = |entry: &catalogue::Model| WantedItem {
        code: entry.code.clone(),
        label: entry.label.clone(),
        kind: entry.kind,
    };
    Ok(FoundPlaces { places, items: offered.map(item).collect(), map: MapTiles::of(context) })
}

/// Stations with this name, those first whose own name begins with it; of several words each must be in name or address.
fn stations(shelf: &Shelf, name: &str, system: System) -> Vec<FoundPlace> {
    let is_called = |entry: &&Arc<Entry>| name.split_whitespace().all(|word| entry.is_called(word));
    let mut found: Vec<_> = shelf.entries().filter(is_called).collect();
    found.sort_by_key(|entry| (!entry.name.starts_with(name), !entry.name.contains(name), &entry.code));
    let place = |entry: &Arc<Entry>| FoundPlace {
        kind: PlaceKind::Station,
        name: entry.name.clone(),
        address: entry.address.clone(),
        division: None,
        position: Position::of(entry.point, system),
    };
    found.into_iter().take(MOST).map(place).collect()
}

/// The districts that have stations and this name. They are called after their federations, whose names say where they are.
async fn districts(context: &Context, shelf: &Shelf, name: &str, system: System) -> Result<Vec<FoundPlace>, Problem> {
    let mut sums: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for entry in shelf.entries() {
        let Some(division) = entry.division.as_deref() else { continue };
        let (count, x, y) = sums.entry(division).or_default();
        *count += 1;
        *x += i64::from(entry.point.longitude().units());
        *y += i64::from(entry.point.latitude().units());
    }
    use organisation::{Column, Entity as Organisations};
    let federations = Organisations::find()
        .select_only()
        .columns([Column::Division, Column::Name])
        .filter(Column::Level.eq(Level::County))
        .filter(Column::Kind.eq(Kind::Federation))
        .filter(Column::ClosedOn.is_null())
        .filter(Column::Name.contains(name))
        .order_by_asc(Column::Code);
    let named: Vec<(Option<String>, String)> = federations.into_tuple().all(context.read()).await?;
    let district = |(division, federation): (Option<String>, String)| {
        let (count, x, y) = *sums.get(division.as_deref()?)?;
        let middle = Point::from_units(x / count, y / count).ok()?;
        let called = federation.strip_suffix("总工会").unwrap_or(&federation);
        let (kind, name) = (PlaceKind::District, called.to_owned());
        let (address, position) = (format!("{count}个驿站"), Position::of(middle, system));
        Some(FoundPlace { kind, name, address, division, position })
    };
    let most = if name.is_empty() { usize::MAX } else { MOST };
    Ok(named.into_iter().filter_map(district).take(most).collect())
}

/// 按地名找驿站
#[utoipa::path(
    get, path = "/public/stations/places", tag = "public", operation_id = "station_places",
    extensions(("x-permission" = json!("everyone"))),
    params(PlaceQuery), responses((status = 200, body = FoundPlaces)),
)]
pub async fn get_places(
    caller: Caller<Everyone>,
    Query(query): Query<PlaceQuery>,
) -> Result<Json<FoundPlaces>, Problem> {
    search(&caller, &caller.house().here::<Finder>(), &query).await.map(Json)
}
