//! The batches of an offer, for officers.

use std::collections::HashMap;

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{Caller, Context, Problem, etag};
use sea_orm::{FromQueryResult, JoinType, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Deadlines, batches_of};
use crate::{
    offer::view::OfferPlace,
    partner::list::shut,
    permissions::SeeOffers,
    tables::{
        batch,
        claim::{self, ClaimState},
        offer, partner, seat,
    },
};

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchView {
    /// The key.
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// What is offered.
    pub title: String,
    /// The union that offers.
    pub organisation_id: Id,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Until when one may choose it, change it or give it back.
    pub choose_until: NaiveDate,
    /// Where.
    pub place: OfferPlace,
    /// Where and when one meets, what to bring.
    pub note: String,
    /// Why it doesn't take place, if it doesn't.
    pub called_off: Option<String>,
    /// How many seats there are.
    pub seats: i64,
    /// How many are taken, with those who come along.
    pub taken: i64,
    /// How many vouchers chose it.
    pub people: i64,
    /// How many of those came.
    pub attended: i64,
    /// Grows with each change.
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Count {
    batch_id: Id,
    number: i64,
}

/// How many chose each of some batches, of those whose voucher is in one of these states.
async fn counted(conn: &Connection, batches: &[Id], state: Option<ClaimState>) -> Result<HashMap<Id, i64>, Problem> {
    let mut query = seat::Entity::find()
        .select_only()
        .column(seat::Column::BatchId)
        .column_as(seat::Column::ClaimId.count(), "number")
        .filter(seat::Column::BatchId.is_in(batches.iter().copied()))
        .group_by(seat::Column::BatchId);
    if let Some(state) = state {
        let claims = seat::Entity::belongs_to(claim::Entity).from(seat::Column::ClaimId).to(claim::Column::Id).into();
        query = query.join(JoinType::InnerJoin, claims).filter(claim::Column::State.eq(state));
    }
    let counts = query.into_model::<Count>().all(conn).await?;
    Ok(counts.into_iter().map(|count| (count.batch_id, count.number)).collect())
}

/// The places of some batches, by key.
///
/// # Errors
/// A fault of the database.
pub(super) async fn places(
    conn: &Connection,
    context: &Context,
    batches: &[batch::Model],
) -> Result<HashMap<Id, OfferPlace>, Problem> {
    let keys = batches.iter().map(|batch| batch.partner_id);
    let partners = partner::Entity::find().filter(partner::Column::Id.is_in(keys)).all(conn).await?;
    let shut = shut(context, &partners).await?;
    Ok(partners.iter().map(|partner| (partner.id, OfferPlace::of(partner, &shut))).collect())
}

/// Batches as officers see them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(
    conn: &Connection,
    context: &Context,
    batches: Vec<batch::Model>,
) -> Result<Vec<BatchView>, Problem> {
    let ids: Vec<Id> = batches.iter().map(|batch| batch.id).collect();
    let people = counted(conn, &ids, None).await?;
    let attended = counted(conn, &ids, Some(ClaimState::Redeemed)).await?;
    let places = places(conn, context, &batches).await?;
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(batches.iter().map(|batch| batch.offer_id)));
    let offers: HashMap<Id, String> =
        offers.all(conn).await?.into_iter().map(|offer| (offer.id, offer.title)).collect();
    let mut deadlines = Deadlines::of(context, &batches).await?;
    let mut views = Vec::with_capacity(batches.len());
    for batch in batches {
        views.push(BatchView {
            choose_until: deadlines.until(context, &batch).await?,
            id: batch.id,
            offer_id: batch.offer_id,
            title: offers.get(&batch.offer_id).cloned().unwrap_or_default(),
            organisation_id: batch.organisation_id,
            starts_on: batch.starts_on,
            ends_on: batch.ends_on,
            place: places.get(&batch.partner_id).cloned().ok_or_else(Problem::not_found)?,
            note: batch.note,
            called_off: batch.called_off,
            seats: batch.seats,
            taken: batch.taken,
            people: people.get(&batch.id).copied().unwrap_or(0),
            attended: attended.get(&batch.id).copied().unwrap_or(0),
            version: batch.version,
        });
    }
    Ok(views)
}

/// One batch as officers see it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn view(conn: &Connection, context: &Context, batch: batch::Model) -> Result<BatchView, Problem> {
    views(conn, context, vec![batch]).await?.pop().ok_or_else(Problem::not_found)
}

/// Lists an offer's batches, in the order in which they begin.
///
/// # Errors
/// 404 if the offer is absent or foreign.
pub async fn list(caller: &Caller<SeeOffers>, offer: Id) -> Result<Vec<BatchView>, Problem> {
    let offer = offer::in_scope(caller.read(), caller.scope(), offer).await?;
    let batches = batches_of(caller.read(), &[offer.id]).await?;
    views(caller.read(), caller, batches).await
}

/// 体检、疗休养批次
#[utoipa::path(
    get, path = "/benefit-offers/{id}/batches", tag = "benefit", operation_id = "list_batches",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<BatchView>)),
)]
pub async fn get_batches(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<Json<Vec<BatchView>>, Problem> {
    list(&caller, id).await.map(Json)
}

/// 体检、疗休养批次详情
#[utoipa::path(
    get, path = "/benefit-batches/{id}", tag = "benefit", operation_id = "show_batch",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = BatchView)),
)]
pub async fn get_batch(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let batch = batch::in_scope(caller.read(), caller.scope(), id).await?;
    let shown = view(caller.read(), &caller, batch).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
