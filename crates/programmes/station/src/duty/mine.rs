//! The stations where I am on duty, and how the day goes.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Id, Problem, organisation::worker_group, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    findings::unmended,
    station,
    waiting::{DutyWaiting, waiting},
};
use crate::{
    catalogue::{self, CatalogueKind},
    days::{
        rounds::{self, RoundView},
        view::{EntryView, views},
    },
    posts::holding,
    register::{
        ahead::{PauseAhead, in_pause},
        now::{Calendars, OpenNow},
        view::{StationItem, stock},
    },
    roster::{
        standing::{alone, ends},
        view::hours_text,
    },
    standard::FindingState,
    tables::{
        entry,
        fault::{self, FaultState},
        finding, item, post, round, shift, station as stations,
    },
};

/// A station where I am on duty.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MyStation {
    /// The key.
    pub id: Id,
    /// The number on its sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where, in words.
    pub address: String,
    /// What I am there.
    pub role_label: String,
    /// Whether it is open now.
    pub now: OpenNow,
}

/// Something to choose.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DutyChoice {
    /// The code.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// The day at a station.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DutyDay {
    /// The station.
    pub station: MyStation,
    /// How many came today.
    pub visits: i64,
    /// How many were served today.
    pub services: i64,
    /// The last entries of today, what happened last first.
    pub entries: Vec<EntryView>,
    /// Today's looks round.
    pub rounds: Vec<RoundView>,
    /// Yesterday's, which may be corrected still.
    pub rounds_before: Vec<RoundView>,
    /// What the station has and gives.
    pub stock: Vec<StationItem>,
    /// The services to choose from: the station's own first.
    pub service_choices: Vec<DutyChoice>,
    /// The worker groups to choose from.
    pub groups: Vec<DutyChoice>,
    /// The points of the daily round.
    pub checks: Vec<DutyChoice>,
    /// How many findings of inspections are to be mended.
    pub findings: u64,
    /// How many faults that visitors reported wait for an answer.
    pub reported: u64,
    /// How much of what it has and gives nobody has looked at for so long that it counts as unconfirmed.
    pub unseen: u64,
    /// The shifts of today and tomorrow on which only newcomers stand and nobody shows them what to do, in words.
    pub alone: Vec<String>,
    /// The last day of its weekly roster, if that ends within a week or ended lately and nobody has put up what comes after it.
    pub roster_until: Option<NaiveDate>,
    /// How it pauses or will, and what is planned for that time.
    pub pause: Option<PauseAhead>,
    /// From which day on it is not shown as open for being below standard, if that day lies ahead.
    pub shut_from: Option<NaiveDate>,
    /// How much waits beside.
    #[serde(flatten)]
    pub waiting: DutyWaiting,
}

/// Entries shown at once.
const SHOWN: u64 = 30;

/// The stations where I am on duty today, masters' first.
///
/// # Errors
/// 401 if no worker calls.
pub async fn mine(caller: &Caller<Oneself>) -> Result<Vec<MyStation>, Problem> {
    let conn = caller.read();
    let query =
        post::Entity::find().filter(post::Column::PersonId.eq(caller.person()?)).filter(holding(caller.today()));
    let posts = query.order_by_desc(post::Column::Role).order_by_asc(post::Column::Id).all(conn).await?;
    let mut calendars = Calendars::default();
    let mut mine: Vec<MyStation> = Vec::with_capacity(posts.len());
    for post in posts {
        if mine.iter().any(|known| known.id == post.station_id) {
            continue;
        }
        if let Some(row) = stations::Entity::find_by_id(post.station_id).one(conn).await? {
            let now = calendars.open_now(conn, caller, &row).await?;
            mine.push(shown(row, post.role.label(), now));
        }
    }
    Ok(mine)
}

fn shown(row: stations::Model, role: &str, now: OpenNow) -> MyStation {
    MyStation { id: row.id, code: row.code, name: row.name, address: row.place, role_label: role.to_owned(), now }
}

/// The day at one of them.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn day(caller: &Caller<Oneself>, id: Id) -> Result<DutyDay, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let row = station(conn, caller, id, today).await?;
    let mine = mine(caller).await?.into_iter().find(|known| known.id == id).ok_or_else(Problem::not_found)?;
    let of_today = entry::Entity::find().filter(entry::Column::StationId.eq(id)).filter(entry::Column::Day.eq(today));
    let counting = of_today.clone().filter(entry::Column::TakenBack.is_null()).all(conn).await?;
    let sum = |served: bool| {
        counting.iter().filter(|entry| entry.service.is_some() == served).map(|entry| entry.quantity).sum()
    };
    let (visits, services) = (sum(false), sum(true));
    // What waited for the network stands where it happened.
    let last = of_today.order_by_desc(entry::Column::HappenedAt).order_by_desc(entry::Column::Id).limit(SHOWN);
    let lately = round::Entity::find()
        .filter(round::Column::StationId.eq(id))
        .filter(round::Column::Day.between(today.pred_opt().unwrap_or(today), today))
        .order_by_asc(round::Column::HappenedAt)
        .all(conn)
        .await?;
    let lately = rounds::views(conn, caller, lately).await?;
    let (rounds, rounds_before) = lately.into_iter().partition(|round| round.day == today);
    let groups = worker_group::list(conn).await?.into_iter().filter(|group| group.offered);
    let stock = stock(conn, caller, &row).await?;
    let alone = alone(conn, caller, id).await?;
    let when = |row: &shift::Model| format!("{} {}", row.day.format("%-m月%-d日"), hours_text(row));
    let unseen = stock.iter().filter(|item| item.unconfirmed && !item.reported).count();
    Ok(DutyDay {
        station: mine,
        visits,
        services,
        entries: views(conn, caller, last.all(conn).await?).await?,
        rounds,
        rounds_before,
        unseen: u64::try_from(unseen).unwrap_or(u64::MAX),
        alone: alone.iter().map(when).collect(),
        roster_until: ends(conn, caller, id).await?,
        pause: in_pause(conn, caller, &row).await?,
        shut_from: row.kept().will_be_shut(today),
        waiting: waiting(conn, caller, &row).await?,
        stock,
        service_choices: services_of(conn, id).await?,
        groups: groups.map(|group| DutyChoice { code: group.code, label: group.label }).collect(),
        checks: choices(catalogue::offered(conn, CatalogueKind::Check).await?),
        findings: finding::Entity::find()
            .filter(unmended(id))
            .filter(finding::Column::State.eq(FindingState::Open))
            .count(conn)
            .await?,
        reported: fault::Entity::find()
            .filter(fault::Column::StationId.eq(id))
            .filter(fault::Column::State.eq(FaultState::Open))
            .count(conn)
            .await?,
    })
}

fn choices(entries: Vec<catalogue::CatalogueEntry>) -> Vec<DutyChoice> {
    entries.into_iter().map(|entry| DutyChoice { code: entry.code, label: entry.label }).collect()
}

/// The services that are offered, those that the station gives first.
async fn services_of(conn: &Connection, station: Id) -> Result<Vec<DutyChoice>, Problem> {
    let own = item::Entity::find().filter(item::Column::StationId.eq(station)).all(conn).await?;
    let mut offered = catalogue::offered(conn, CatalogueKind::Service).await?;
    offered.sort_by_key(|entry| !own.iter().any(|item| item.code == entry.code));
    Ok(choices(offered))
}

/// 我值守的驿站
#[utoipa::path(
    get, path = "/me/stations", tag = "me", operation_id = "my_stations",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyStation>)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<Vec<MyStation>>, Problem> {
    mine(&caller).await.map(Json)
}

/// 驿站当天情况
#[utoipa::path(
    get, path = "/me/stations/{id}", tag = "me", operation_id = "my_station_day",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = DutyDay)),
)]
pub async fn get_day(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<DutyDay>, Problem> {
    day(&caller, id).await.map(Json)
}
