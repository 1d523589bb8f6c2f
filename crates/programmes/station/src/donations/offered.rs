//! What can be had at the donation corners, on a worker's phone; what is kept for him, and what he gave himself.

use axum::{Json, extract::Query};
use kernel::{Caller, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{ClaimView, GiftView, claim_views, gift_views};
use crate::{
    find::near::serving,
    tables::{gift, gift_claim},
};

/// Shown at once.
const SHOWN: u64 = 60;

/// What is sought.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GiftSearch {
    /// Part of what it is, or of the station's name or address.
    pub q: Option<String>,
}

/// The donation corners, as a worker sees them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGifts)]
pub struct Gifts {
    /// What can be had, the newest first.
    pub offered: Vec<GiftView>,
    /// What is kept for me, or was.
    pub mine: Vec<ClaimView>,
    /// What I gave.
    pub given: Vec<GiftView>,
}

/// The donation corners.
///
/// # Errors
/// 401 if no worker calls.
pub async fn show(caller: &Caller<Oneself>, search: &GiftSearch) -> Result<Gifts, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let mut query = gift::Entity::find()
        .filter(gift::Column::ClosedAt.is_null())
        .filter(gift::Column::Left.gt(0))
        .filter(serving((gift::Entity, gift::Column::StationId), None));
    if let Some(text) = search.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let own = Condition::any().add(gift::Column::Name.contains(text));
        query = query.filter(own.add(serving((gift::Entity, gift::Column::StationId), Some(text))));
    }
    let offered = query.order_by_desc(gift::Column::Id).limit(SHOWN).all(conn).await?;
    let mine = gift_claim::Entity::find()
        .filter(gift_claim::Column::PersonId.eq(me))
        .order_by_desc(gift_claim::Column::Id)
        .limit(SHOWN);
    let given = gift::Entity::find().filter(gift::Column::GiverId.eq(me)).order_by_desc(gift::Column::Id).limit(SHOWN);
    Ok(Gifts {
        offered: gift_views(conn, caller, offered).await?,
        mine: claim_views(conn, caller, mine.all(conn).await?).await?,
        given: gift_views(conn, caller, given.all(conn).await?).await?,
    })
}

/// 爱心角：可领的、我的、我捐的
#[utoipa::path(
    get, path = "/me/station-gifts", tag = "me", operation_id = "offered_station_gifts",
    extensions(("x-permission" = json!("oneself"))),
    params(GiftSearch), responses((status = 200, body = Gifts)),
)]
pub async fn get_gifts(caller: Caller<Oneself>, Query(search): Query<GiftSearch>) -> Result<Json<Gifts>, Problem> {
    show(&caller, &search).await.map(Json)
}
