//! What was given at all stations, for officers.

use axum::{Json, extract::Query};
use kernel::{Caller, Context, Id, Page, Problem, caller::Find, listing::Paging};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    to_be_had,
    view::{GiftView, gift_views},
};
use crate::{
    permissions::SeeStations,
    register::list::in_scope_by,
    tables::{gift, station},
};

/// Which gifts.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationGiftFilter)]
pub struct GiftFilter {
    /// Part of what it is, of the giver's name, or of the station's name.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// Only what can be had still.
    pub left: Option<bool>,
}

/// Gifts, the newest first.
///
/// # Errors
/// A fault.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &GiftFilter,
    paging: &Paging,
) -> Result<Page<GiftView>, Problem> {
    let (conn, query) = (caller.read(), |find| filtered(find, caller, filter));
    let page = paging.newest_first_of_many(conn, query, gift::Column::Id, |row| row.id).await?;
    Ok(Page { items: gift_views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// Gifts in the caller's scope that pass a filter.
pub(super) fn filtered(find: Find, context: &Context, filter: &GiftFilter) -> Select<gift::Entity> {
    let of = (gift::Entity, gift::Column::StationId);
    let mut query = gift::Entity::find().filter(in_scope_by(find, context, filter.organisation, of));
    query = query.apply_if(filter.station, |query, station| query.filter(gift::Column::StationId.eq(station)));
    if filter.left == Some(true) {
        query = query.filter(to_be_had());
    }
    if let Some(text) = filter.q.as_deref() {
        let named = station::Entity::find().select_only().column(station::Column::Id);
        let named = named.filter(station::Column::Name.contains(text)).into_query();
        let own = Condition::any().add(gift::Column::Name.contains(text)).add(gift::Column::Giver.contains(text));
        query = query.filter(own.add(gift::Column::StationId.in_subquery(named)));
    }
    query
}

/// 驿站爱心捐赠
#[utoipa::path(
    get, path = "/station-gifts", tag = "station", operation_id = "list_station_gifts",
    extensions(("x-permission" = json!("station.view"))),
    params(GiftFilter, Paging), responses((status = 200, body = Page<GiftView>)),
)]
pub async fn get_gifts(
    caller: Caller<SeeStations>,
    Query(filter): Query<GiftFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<GiftView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
