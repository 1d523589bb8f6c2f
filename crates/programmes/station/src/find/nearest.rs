//! The nearest stations. Open to everyone: a rider in the street who is hungry needs no account. It tells what hangs on the
//! station's door and nothing of people; the caller's position is used for this answer and kept nowhere.

use std::sync::Arc;

use axum::{Json, extract::Query};
use chrono::{NaiveDate, NaiveDateTime};
use kernel::{Caller, Context, Id, Problem, permission::Everyone, rulebook::Numbers};
use places::{Coordinates, Degrees, Distance, Point, System};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Finder,
    crowd::crowds,
    entry::{Asked, Entry, Way},
    maps::MapLinks,
    shelf::Shelf,
    warnings::warnings,
};
use crate::{
    door::in_use_at,
    programme::SEEN_DAYS,
    register::{now::OpenNow, position::Position},
    rules::{crowd::Crowd, fault::is_unconfirmed},
    supplies::first_aid::{FIRST_AID_BOX, complete},
    tables::{
        catalogue::{self, CatalogueKind},
        station::StationAccess,
    },
};

/// How many are told at most.
const MOST: usize = 50;
/// How many are told unless asked otherwise.
const USUAL: usize = 20;
/// The farthest that is looked, metres.
const FARTHEST: u32 = 100_000;
/// How many things may be wanted at once.
const MOST_ITEMS: usize = 10;
/// For how long it may be asked to stay open, minutes.
const LONGEST: u16 = 12 * 60;

/// From where, and what is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NearestQuery {
    /// Degrees east.
    #[param(value_type = f64, minimum = -180, maximum = 180)]
    pub longitude: Degrees,
    /// Degrees north.
    #[param(value_type = f64, minimum = -90, maximum = 90)]
    pub latitude: Degrees,
    /// Of which system these are: `wgs84` (a phone's own), `gcj02` or `bd09`; WGS-84 unless told.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub system: System,
    /// Where one goes, degrees east in the same system; with the latitude only stations on the way there are told, past which
    /// it is at most a kilometre longer. At most 100 km away in a straight line.
    #[param(value_type = Option<f64>, minimum = -180, maximum = 180)]
    pub to_longitude: Option<Degrees>,
    /// Degrees north.
    #[param(value_type = Option<f64>, minimum = -90, maximum = 90)]
    pub to_latitude: Option<Degrees>,
    /// In which system positions are answered; as they were sent unless told.
    #[param(value_type = Option<String>)]
    pub show: Option<System>,
    /// Within how many metres, up to 100,000, which it is unless told.
    #[param(minimum = 1, maximum = 100_000)]
    pub within: Option<u32>,
    /// How many, 1 to 50; 20 unless told.
    #[param(minimum = 1, maximum = 50)]
    pub limit: Option<usize>,
    /// Codes of the catalogue, parted by commas: only stations that have all of these in working order, at most 10.
    #[param(max_length = 400)]
    pub items: Option<String>,
    /// Only stations that are open now.
    pub open: Option<bool>,
    /// Only stations that are open now and stay so for as many minutes, up to 720.
    #[param(minimum = 0, maximum = 720)]
    pub open_for: Option<u16>,
}

/// Something that a station has or gives, as its door says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NearItem {
    /// The catalogue's code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Equipment or service.
    pub kind: CatalogueKind,
    /// Whether it works.
    pub works: bool,
    /// The day on which somebody looked last.
    pub seen_on: NaiveDate,
    /// Whether nobody looked for so long, or since somebody reported a fault, that one had better call first.
    pub unconfirmed: bool,
    /// Whether somebody reported a fault that nobody has looked at yet.
    pub reported: bool,
}

/// A day on which a station is open at other hours than in other weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDayHours)]
pub struct DayHours {
    /// The day.
    pub day: NaiveDate,
    /// When it is open then and why, in words.
    pub text: String,
}

/// A station, and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NearStation {
    /// The key.
    pub id: Id,
    /// The number on its sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where, in words.
    pub address: String,
    /// Whom it is for.
    pub access: StationAccess,
    /// Whose house it is, if shared.
    pub host: Option<String>,
    /// The number that anybody may call.
    pub service_line: Option<String>,
    /// Where, on the map.
    pub position: Position,
    /// Metres in a straight line.
    pub metres: u64,
    /// About how many minutes on foot.
    pub walking_minutes: u64,
    /// How many metres the way grows past it; absent unless stations on a way were asked for.
    pub detour_metres: Option<u64>,
    /// How many stars the latest inspection gave, 1 to 5; absent before the first, and below standard.
    pub star: Option<i32>,
    /// Whether it is open now.
    pub now: OpenNow,
    /// Whether nobody is there and no lock at its doors is heard and well, so that a code may not open it.
    pub door_in_doubt: bool,
    /// Whether a smoke detector there tells of smoke now.
    pub smoke: bool,
    /// From when until when it will pause and why, in words, if a pause lies ahead.
    pub will_pause: Option<String>,
    /// How crowded it is, where counters at its doors tell.
    pub crowd: Option<Crowd>,
    /// Whether what is in its first-aid box is complete and in date, where its book tells.
    pub first_aid_complete: Option<bool>,
    /// When it is open, in words.
    pub hours_text: String,
    /// The days of two weeks from today on that differ from that.
    pub exceptions: Vec<DayHours>,
    /// What it has and gives.
    pub items: Vec<NearItem>,
    /// The way there in a map program.
    pub maps: MapLinks,
}

impl NearestQuery {
    /// Where one goes from a point, if it was told.
    fn way(&self, from: Point) -> Result<Option<Way>, Problem> {
        let (Some(longitude), Some(latitude)) = (self.to_longitude, self.to_latitude) else { return Ok(None) };
        let to = Coordinates { system: self.system, longitude, latitude }.point();
        let to = to.map_err(|err| Problem::field("to_latitude", err.code(), err.message()))?;
        let way = Way { from, to };
        // On a longer one every station in reach would have to be looked at.
        if way.metres() > u64::from(FARTHEST) {
            let far = format!("目的地最远 {} 公里，请选近一些的地方。", FARTHEST / 1_000);
            return Err(Problem::field("to_latitude", "range", far));
        }
        Ok(Some(way))
    }

    fn asked(&self, shelf: &Shelf, from: Point) -> Result<Asked, Problem> {
        let wrong = |field: &'static str, message: String| Err(Problem::field(field, "range", message));
        if self.limit.is_some_and(|limit| !(1..=MOST).contains(&limit)) {
            return wrong("limit", format!("一次可查 1 至 {MOST} 个驿站。"));
        }
        if self.within.is_some_and(|metres| !(1..=FARTHEST).contains(&metres)) {
            return wrong("within", format!("查找范围为 1 至 {FARTHEST} 米。"));
        }
        if self.open_for.is_some_and(|minutes| minutes > LONGEST) {
            return wrong("open_for", format!("还需开放的时间最长 {LONGEST} 分钟。"));
        }
        let named = self.items.as_deref().unwrap_or_default().split(',').map(str::trim);
        let items: Vec<String> = named.filter(|code| !code.is_empty()).map(str::to_owned).collect();
        if items.len() > MOST_ITEMS {
            return wrong("items", format!("一次最多按 {MOST_ITEMS} 项设施和服务查找。"));
        }
        if let Some(code) = items.iter().find(|code| shelf.catalogue.iter().all(|entry| entry.code != **code)) {
            return wrong("items", format!("目录中没有“{code}”，请从列表中选择。"));
        }
        let open_for = self.open_for.or_else(|| self.open.unwrap_or(false).then_some(0));
        Ok(Asked { items, open_for, way: self.way(from)? })
    }
}

/// The nearest stations that have what is wanted, nearest first. Paused ones are told, too, unless open ones are asked for.
///
/// # Errors
/// 422 that names the field.
pub async fn nearest(context: &Context, finder: &Finder, query: &NearestQuery) -> Result<Vec<NearStation>, Problem> {
    let sent = Coordinates { system: query.system, longitude: query.longitude, latitude: query.latitude };
    let from = sent.point().map_err(|err| Problem::field("latitude", err.code(), err.message()))?;
    let shelf = finder.shelf(context).await?;
    let (asked, at) = (query.asked(&shelf, from)?, calendar::beijing_time(context.now()));
    let bounds = (query.limit.unwrap_or(USUAL), Some(query.within.unwrap_or(FARTHEST)));
    let found = shelf.nearest(from, bounds, &asked, at);
    let system = query.show.unwrap_or(query.system);
    let (mut told, mut seen_days) = (Vec::with_capacity(found.len()), Numbers::of(&SEEN_DAYS));
    seen_days.know(context, found.iter().map(|(entry, _)| entry.organisation_id)).await?;
    for (entry, distance) in found {
        let days = seen_days.at(context, entry.organisation_id).await?;
        let near = tell(context, &shelf, &entry, (distance, system), (at, days));
        let detour_metres = asked.way.map(|way| way.detour(entry.point));
        told.extend(near.map(|near| NearStation { detour_metres, ..near }));
    }
    let ids: Vec<Id> = told.iter().map(|station| station.id).collect();
    let devices = in_use_at(context.read(), &ids).await?;
    let crowds = crowds(context, &devices).await?;
    for station in told.iter_mut().filter(|station| station.now.open) {
        station.crowd = crowds.get(&station.id).copied();
    }
    let has_box = |station: &&NearStation| station.items.iter().any(|item| item.code == FIRST_AID_BOX);
    let boxes: Vec<Id> = told.iter().filter(has_box).map(|station| station.id).collect();
    let complete = complete(context, &boxes).await?;
    let (smoking, in_doubt) = warnings(context, &devices).await?;
    for station in &mut told {
        station.first_aid_complete = complete.get(&station.id).copied();
        station.door_in_doubt = station.now.open && !station.now.staffed && in_doubt.contains(&station.id);
        station.smoke = smoking.contains(&station.id);
    }
    Ok(told)
}

/// What is told of a station.
fn tell(
    context: &Context,
    shelf: &Shelf,
    entry: &Arc<Entry>,
    (distance, system): (Distance, System),
    (at, days): (NaiveDateTime, i64),
) -> Option<NearStation> {
    let item = |known: &catalogue::Model| {
        let held = entry.held.iter().find(|held| *held.code == *known.code)?;
        let (works, reported) = (held.works, held.reported);
        let seen_on = calendar::beijing_day(held.seen_at.at());
        let unconfirmed = is_unconfirmed(reported, context.now() - held.seen_at.at(), days);
        let (code, label) = (known.code.clone(), known.label.clone());
        Some(NearItem { code, label, kind: known.kind, works, seen_on, unconfirmed, reported })
    };
    let differing = entry.hours.differing(at.date()).into_iter();
    Some(NearStation {
        id: entry.id,
        code: entry.code.clone(),
        name: entry.name.clone(),
        address: entry.address.clone(),
        access: entry.access,
        host: entry.host.clone(),
        service_line: entry.service_line.clone(),
        position: Position::of(entry.point, system),
        metres: distance.metres(),
        walking_minutes: distance.walking_minutes(),
        detour_metres: None,
        star: entry.star.filter(|star| *star > 0),
        now: entry.now(at, shelf.calendar(entry)?),
        door_in_doubt: false,
        smoke: false,
        will_pause: entry.will_pause(at.date()),
        crowd: None,
        first_aid_complete: None,
        hours_text: entry.hours.text(),
        exceptions: differing.map(|one| DayHours { day: one.day, text: one.text() }).collect(),
        items: shelf.catalogue.iter().filter_map(item).collect(),
        maps: MapLinks::of(entry.point, &entry.name, &entry.address),
    })
}

/// 最近的驿站
#[utoipa::path(
    get, path = "/public/stations/nearest", tag = "public", operation_id = "nearest_stations",
    extensions(("x-permission" = json!("everyone"))),
    params(NearestQuery), responses((status = 200, body = Vec<NearStation>)),
)]
pub async fn get_nearest(
    caller: Caller<Everyone>,
    Query(query): Query<NearestQuery>,
) -> Result<Json<Vec<NearStation>>, Problem> {
    // What lies on a way can't be read off an index alone.
    if query.to_longitude.is_some() {
        caller.house().limits().joins.by_address(&caller)?;
    }
    nearest(&caller, &caller.house().here::<Finder>(), &query).await.map(Json)
}
