//! A station as officers see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Context, Id, Moment, Problem, organisation::tree, rulebook};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ahead::{self, Ahead},
    form::StationForm,
    now::{Calendars, OpenNow, stands, why},
};
use crate::{
    faults,
    neglect::view::{NeglectView, at_station},
    posts::view::{PostView, of_stations},
    programme::SEEN_DAYS,
    rules::{fault::is_unconfirmed, standard::star_label},
    tables::{
        catalogue::{self, CatalogueKind},
        item,
        station::{self, StationState},
    },
};

/// What a station has or gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationItem {
    /// The catalogue's code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Equipment or service.
    pub kind: CatalogueKind,
    /// Whether it works.
    pub works: bool,
    /// What is wrong with it, or what else is to know.
    pub note: Option<String>,
    /// When somebody last looked.
    pub seen_at: Moment,
    /// Whether that was so long ago that it counts as unconfirmed, or somebody reported a fault since.
    pub unconfirmed: bool,
    /// Whether somebody reported a fault that nobody has looked at yet.
    pub reported: bool,
}

/// A station.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationView {
    /// The key.
    pub id: Id,
    /// What was filled in.
    #[serde(flatten)]
    pub form: StationForm,
    /// The union that answers for it.
    pub organisation: String,
    /// Whether a union runs the house alone, in words.
    pub kind_label: String,
    /// When it is open, in words.
    pub hours_text: String,
    /// Where it stands today.
    pub state: StationState,
    /// In words.
    pub state_label: String,
    /// Whether a pause was decided that lasts: it may also be shown as paused for being below standard alone.
    pub pauses: bool,
    /// Why it is paused, will pause or was closed.
    pub state_reason: Option<String>,
    /// From when on it will pause, if a pause lies ahead.
    pub paused_from: Option<NaiveDate>,
    /// The last day of a pause, where it is known.
    pub paused_until: Option<NaiveDate>,
    /// How many stars the latest inspection gave, 0 (below standard) to 5; absent before the first.
    pub star: Option<i32>,
    /// In words.
    pub star_label: Option<String>,
    /// The day of the latest inspection.
    pub inspected_on: Option<NaiveDate>,
    /// The first day on which it can't be shown as open, being below standard.
    pub shut_from: Option<NaiveDate>,
    /// Since when it serves.
    pub opened_on: Option<NaiveDate>,
    /// Since when it no longer does.
    pub closed_on: Option<NaiveDate>,
    /// Whether it is open now.
    pub now: OpenNow,
    /// What it has and gives.
    pub stock: Vec<StationItem>,
    /// Who answers for it, now first, then in the past.
    pub posts: Vec<PostView>,
    /// What is still to come there.
    pub ahead: Ahead,
    /// What nobody looks after, the highest first.
    pub neglected: Vec<NeglectView>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// The station, if its union lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn in_scope(conn: &Connection, context: &Context, id: Id) -> Result<station::Model, Problem> {
    let place = (station::Entity, station::Column::OrganisationId);
    let query = station::Entity::find_by_id(id).filter(context.scope().within(place));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// What a station has and gives, equipment first, as the catalogue sorts it.
///
/// # Errors
/// A fault of the database.
pub async fn stock(
    conn: &Connection,
    context: &Context,
    station: &station::Model,
) -> Result<Vec<StationItem>, Problem> {
    let days = rulebook::number(conn, context, &SEEN_DAYS, station.organisation_id, context.today()).await?;
    let doubted = faults::doubted(conn, &[station.id]).await?.remove(&station.id).unwrap_or_default();
    let rows = item::Entity::find().filter(item::Column::StationId.eq(station.id)).all(conn).await?;
    let mut rows: HashMap<String, item::Model> = rows.into_iter().map(|row| (row.code.clone(), row)).collect();
    let known = catalogue::Entity::find()
        .order_by_asc(catalogue::Column::Kind)
        .order_by_asc(catalogue::Column::Sort)
        .order_by_asc(catalogue::Column::Code)
        .all(conn)
        .await?;
    let item = |entry: catalogue::Model| {
        let row = rows.remove(&entry.code)?;
        let reported = doubted.contains(&row.code);
        let unconfirmed = is_unconfirmed(reported, context.now() - row.seen_at.at(), days);
        Some(StationItem {
            code: row.code,
            label: entry.label,
            kind: entry.kind,
            works: row.works,
            note: row.note,
            seen_at: row.seen_at,
            unconfirmed,
            reported,
        })
    };
    Ok(known.into_iter().filter_map(item).collect())
}

/// A station as officers see it.
///
/// # Errors
/// A fault.
pub async fn view(conn: &Connection, context: &Context, row: station::Model) -> Result<StationView, Problem> {
    let stock = stock(conn, context, &row).await?;
    let mut codes: Vec<String> = stock.iter().map(|item| item.code.clone()).collect();
    codes.sort_unstable();
    let form = StationForm::of(&row, codes)?;
    let today = context.today();
    let (state, shut) = (stands(&row, today), row.kept().is_shut_alone(today));
    let paused_from = row.kept().will_pause(today);
    Ok(StationView {
        id: row.id,
        neglected: at_station(conn, row.id, &stock).await?,
        organisation: tree::name(conn, row.organisation_id).await?,
        kind_label: row.kind.label().to_owned(),
        hours_text: form.hours.text(),
        form,
        state,
        state_label: state.label().to_owned(),
        now: Calendars::default().open_now(conn, context, &row).await?,
        stock,
        posts: of_stations(conn, context, &[row.id]).await?.remove(&row.id).unwrap_or_default(),
        ahead: ahead::count(conn, context, row.id).await?,
        pauses: row.kept().decided(today) == StationState::Paused,
        state_reason: if paused_from.is_some() { row.state_reason } else { why(&row, today) },
        paused_from,
        paused_until: row.paused_until.filter(|_| paused_from.is_some() || (state == StationState::Paused && !shut)),
        star: row.star,
        star_label: row.star.map(|star| star_label(star).to_owned()),
        inspected_on: row.inspected_on,
        shut_from: row.shut_from,
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        version: row.version,
    })
}
