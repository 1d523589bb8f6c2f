//! A place looks at the batches that come to it, with its scanning link: when, how many, and whom to expect. It sees names as
//! it sees them when it scans, masked, and nothing else of the people.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::TimeDelta;
use database::{Id, Moment};
use kernel::{Caller, Context, Page, Problem, listing::Paging, permission::Everyone};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    list::{BatchView, views},
    seats::{SeatRow, page},
};
use crate::{
    partner::key::{KeyRefusal, holder},
    redeem::by_partner::PartnerKey,
    tables::{batch, claim::ClaimState, seat},
};

/// How long a batch that is over stays on the page.
const PAST: TimeDelta = TimeDelta::days(31);
/// The most batches on the page of those that are over, and of those that are not.
const MOST: u64 = 100;

/// The batches that come to a place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerBatches {
    /// The place.
    pub place: String,
    /// Its batches that are not over, in the order in which they begin; then those of the last month, the last one first.
    pub items: Vec<BatchView>,
}

/// Somebody whom a place expects.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerGuest {
    /// His name, masked.
    pub name: String,
    /// How many come along.
    pub along: i64,
    /// How his voucher stands.
    pub state: ClaimState,
    /// In words.
    pub state_label: String,
    /// When he came.
    pub attended_at: Option<Moment>,
}

impl From<SeatRow> for PartnerGuest {
    fn from(row: SeatRow) -> Self {
        let SeatRow { name, along, state, state_label, attended_at, .. } = row;
        Self { name, along, state, state_label, attended_at }
    }
}

/// Shows a place its batches.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn batches(caller: &Context, key: &str) -> Result<PartnerBatches, Problem> {
    let (conn, place) = (caller.read(), holder(caller, key).await?);
    let own = || batch::Entity::find().filter(batch::Column::PartnerId.eq(place.id)).limit(MOST);
    let over = own()
        .filter(batch::Column::EndsOn.gte(caller.today() - PAST))
        .filter(batch::Column::EndsOn.lt(caller.today()))
        .order_by_desc(batch::Column::StartsOn)
        .order_by_desc(batch::Column::Id);
    // Asked apart, so that however many there were, whom the place expects is among them.
    let coming = own()
        .filter(batch::Column::EndsOn.gte(caller.today()))
        .order_by_asc(batch::Column::StartsOn)
        .order_by_asc(batch::Column::Id);
    let (over, coming) = futures::try_join!(over.all(conn), coming.all(conn))?;
    // Whoever looks every morning wants to know whom to expect today.
    let all: Vec<batch::Model> = coming.into_iter().chain(over).collect();
    Ok(PartnerBatches { place: place.name, items: views(conn, caller, all).await? })
}

/// Shows a place whom to expect with a batch of its own, in the order of their vouchers.
///
/// # Errors
/// [`KeyRefusal`], 404 if the batch goes elsewhere.
pub async fn guests(caller: &Context, key: &str, id: Id, paging: &Paging) -> Result<Page<PartnerGuest>, Problem> {
    let (conn, place) = (caller.read(), holder(caller, key).await?);
    let own = batch::Entity::find_by_id(id).filter(batch::Column::PartnerId.eq(place.id));
    let batch = own.one(conn).await?.ok_or_else(Problem::not_found)?;
    let all = seat::Entity::find().filter(seat::Column::BatchId.eq(batch.id));
    Ok(page(conn, caller, all, paging).await?.map(PartnerGuest::from))
}

/// 核销点的体检、疗休养批次
#[utoipa::path(
    post, path = "/public/partner-batches", tag = "public", operation_id = "partner_batches",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerKey,
    responses((status = 200, body = PartnerBatches), KeyRefusal),
)]
pub async fn post_batches(
    caller: Caller<Everyone>,
    Json(form): Json<PartnerKey>,
) -> Result<Json<PartnerBatches>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    batches(&caller, &form.key).await.map(Json)
}

/// 核销点的批次名单
#[utoipa::path(
    post, path = "/public/partner-batches/{id}/guests", tag = "public", operation_id = "partner_guests",
    extensions(("x-permission" = json!("everyone"))), params(("id" = Id, Path), Paging), request_body = PartnerKey,
    responses((status = 200, body = Page<PartnerGuest>), KeyRefusal),
)]
pub async fn post_guests(
    caller: Caller<Everyone>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
    Json(form): Json<PartnerKey>,
) -> Result<Json<Page<PartnerGuest>>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    guests(&caller, &form.key, id, &paging).await.map(Json)
}
