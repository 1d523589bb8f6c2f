//! What is kept for a worker at the donation corners, and what he gave himself.

use axum::Json;
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{ClaimView, GiftView, claim_views, gift_views, thanked};
use crate::tables::{
    gift,
    gift_claim::{self, GiftState},
};

/// Shown at once, of what is kept and of what no longer is.
const SHOWN: u64 = 60;

/// So many thanks for what he gave are read by the giver.
const SAID: u64 = 200;

/// Something that I gave.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationGift)]
pub struct GivenGift {
    /// What it is.
    #[serde(flatten)]
    pub gift: GiftView,
    /// What was said in thanks, the last first; of all that I gave the last 200.
    pub said: Vec<String>,
}

/// The donation corners, as far as they concern a worker.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGifts)]
pub struct Gifts {
    /// What is kept for me, however much came after it, then what was; of both the newest first.
    pub mine: Vec<ClaimView>,
    /// What I gave.
    pub given: Vec<GivenGift>,
}

/// What concerns the worker who calls.
///
/// # Errors
/// 401 if no worker calls.
pub async fn mine(caller: &Caller<Oneself>) -> Result<Gifts, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let newest = |of| {
        let own = gift_claim::Entity::find().filter(gift_claim::Column::PersonId.eq(me)).filter(of);
        own.order_by_desc(gift_claim::Column::Id).limit(SHOWN).all(conn)
    };
    // Whoever reserves anew keeps the key of his first reservation, behind whatever he had since.
    let state = gift_claim::Column::State;
    let mut mine = newest(state.eq(GiftState::Reserved)).await?;
    mine.extend(newest(state.ne(GiftState::Reserved)).await?);
    let given = gift::Entity::find().filter(gift::Column::GiverId.eq(me)).order_by_desc(gift::Column::Id).limit(SHOWN);
    let given = gift_views(conn, caller, given.all(conn).await?).await?;
    let said = thanked(given.iter().map(|gift| gift.id)).order_by_desc(gift_claim::Column::Id).limit(SAID);
    let said = said.all(conn).await?;
    let of = |gift: Id| -> Vec<String> {
        said.iter().filter(|claim| claim.gift_id == gift).filter_map(|claim| claim.thanks.clone()).collect()
    };
    Ok(Gifts {
        mine: claim_views(conn, caller, mine).await?,
        given: given.into_iter().map(|gift| GivenGift { said: of(gift.id), gift }).collect(),
    })
}

/// 爱心角：我的、我捐的
#[utoipa::path(
    get, path = "/me/station-gifts", tag = "me", operation_id = "own_station_gifts",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = Gifts)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<Gifts>, Problem> {
    mine(&caller).await.map(Json)
}
