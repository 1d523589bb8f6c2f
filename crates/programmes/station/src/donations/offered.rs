//! What can be had at the donation corners, on a worker's phone: the nearest to a position first, or the newest. Of a station
//! that is shut today nothing is: it would be refused.

use std::{cmp::Reverse, collections::HashMap};

use axum::{Json, extract::Query};
use kernel::{Caller, Id, Page, Problem, listing::Paging, permission::Oneself};
use sea_orm::{
    QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    to_be_had,
    view::{GiftView, gift_views},
};
use crate::{
    find::near::{LOOKED, NearSearch, nearest_first, position, serving},
    register::list::standing_in,
    tables::{
        gift::{Column, Entity},
        station::{self, StationState},
    },
};

/// Something that can be had, and how far away it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferedStationGift)]
pub struct OfferedGift {
    /// What it is.
    #[serde(flatten)]
    pub gift: GiftView,
    /// Metres in a straight line, if a position was sent.
    pub metres: Option<u64>,
}

/// Where a gift stands in the order, and how a cursor says so: the nearer first, of equals the newer.
type Place = (u64, Reverse<Id>);

fn read_cursor(text: &str) -> Option<Place> {
    let (metres, id) = text.split_once('-')?;
    Some((metres.parse().ok()?, Reverse(id.parse().ok()?)))
}

/// What can be had.
///
/// # Errors
/// 422 for a position that is none; a fault.
pub async fn show(
    caller: &Caller<Oneself>,
    search: &NearSearch,
    paging: &Paging,
) -> Result<Page<OfferedGift>, Problem> {
    let conn = caller.read();
    let from = position(search.longitude, search.latitude)?;
    let its = Expr::col((Entity, Column::StationId)).equals((station::Entity, station::Column::Id));
    let serves = station::Entity::find().select_only().column(station::Column::Id).filter(its);
    let serves = serves.filter(standing_in(caller, StationState::Open)).into_query();
    let mut query = Entity::find().filter(to_be_had()).filter(Expr::exists(serves));
    if let Some(text) = search.q.as_deref() {
        let own = Condition::any().add(Column::Name.contains(text));
        query = query.filter(own.add(serving((Entity, Column::StationId), Some(text))));
    }
    let query = query.select_only().columns([Column::Id, Column::StationId]).order_by_desc(Column::Id).limit(LOOKED);
    let open: Vec<(Id, Id)> = query.into_tuple().all(conn).await?;
    let near = nearest_first(conn, from, &open).await?.into_iter();
    let mut places: Vec<Place> = near.map(|(gift, metres)| (metres.unwrap_or(u64::MAX), Reverse(gift))).collect();
    let total = u64::try_from(places.len()).unwrap_or(u64::MAX);
    if let Some(last) = paging.cursor.as_deref().and_then(read_cursor) {
        places.retain(|place| *place > last);
    }
    let page = Page::cut(places, paging.limit(), total, |(metres, Reverse(id))| format!("{metres}-{id}"));
    let keys: Vec<Id> = page.items.iter().map(|(_, Reverse(id))| *id).collect();
    let rows = Entity::find().filter(Column::Id.is_in(keys)).all(conn).await?;
    let views = gift_views(conn, caller, rows).await?.into_iter().map(|gift| (gift.id, gift));
    let mut views: HashMap<Id, GiftView> = views.collect();
    let offered = |(metres, Reverse(id)): Place| {
        Some(OfferedGift { gift: views.remove(&id)?, metres: Some(metres).filter(|metres| *metres < u64::MAX) })
    };
    Ok(Page { items: page.items.into_iter().filter_map(offered).collect(), next: page.next, total })
}

/// 爱心角：可领的
#[utoipa::path(
    get, path = "/me/station-gifts/offered", tag = "me", operation_id = "offered_station_gifts",
    extensions(("x-permission" = json!("oneself"))),
    params(NearSearch, Paging), responses((status = 200, body = Page<OfferedGift>)),
)]
pub async fn get_offered(
    caller: Caller<Oneself>,
    Query(search): Query<NearSearch>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<OfferedGift>>, Problem> {
    show(&caller, &search, &paging).await.map(Json)
}
