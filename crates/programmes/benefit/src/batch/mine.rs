//! The batches that I may choose for my voucher, and the one that I chose.

use std::collections::HashMap;

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{Caller, Context, Problem, permission::Oneself};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Deadlines, batches_of,
    companions::{self, MaskedCompanion},
    list::places,
};
use crate::{
    offer::view::OfferPlace,
    tables::{batch, claim, seat},
};

/// A batch that I may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchOption {
    /// The key.
    pub id: Id,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Where.
    pub place: OfferPlace,
    /// Where and when one meets, what to bring.
    pub note: String,
    /// How many seats are free for me and those who come along, my own among them.
    pub free: i64,
    /// Until when I may choose it, change it or give it back.
    pub choose_until: NaiveDate,
    /// Whether I may choose it today.
    pub open: bool,
    /// Why it doesn't take place, if it doesn't.
    pub called_off: Option<String>,
    /// Whether it is mine.
    pub mine: bool,
}

/// The batch that I chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyBatch {
    /// The batch.
    pub id: Id,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Where.
    pub place: OfferPlace,
    /// Where and when I meet the others, what to bring.
    pub note: String,
    /// Until when I may change it or give it back.
    pub change_until: NaiveDate,
    /// Whether I may today.
    pub can_change: bool,
    /// Who comes along, masked.
    pub companions: Vec<MaskedCompanion>,
}

/// Shows the batches of my voucher's offer that are not over, in the order in which they begin.
///
/// # Errors
/// 404 if it is not my own.
pub async fn options(caller: &Caller<Oneself>, id: Id) -> Result<Vec<BatchOption>, Problem> {
    let conn = caller.read();
    let own = claim::Entity::find_by_id(id).filter(claim::Column::PersonId.eq(caller.person()?));
    let own = own.one(conn).await?.ok_or_else(Problem::not_found)?;
    let seat = seat::Entity::find_by_id(own.id).one(conn).await?;
    let mut batches = batches_of(conn, &[own.offer_id]).await?;
    batches.retain(|batch| batch.ends_on >= caller.today());
    let places = places(conn, caller, &batches).await?;
    let mut deadlines = Deadlines::of(caller, &batches).await?;
    let mut options = Vec::with_capacity(batches.len());
    for batch in batches {
        let choose_until = deadlines.until(caller, &batch).await?;
        let mine = seat.as_ref().filter(|seat| seat.batch_id == batch.id);
        options.push(BatchOption {
            id: batch.id,
            starts_on: batch.starts_on,
            ends_on: batch.ends_on,
            place: places.get(&batch.partner_id).cloned().ok_or_else(Problem::not_found)?,
            free: batch.seats - batch.taken + mine.map_or(0, |seat| 1 + seat.companions),
            open: batch.called_off.is_none() && caller.today() <= choose_until,
            called_off: batch.called_off,
            choose_until,
            mine: mine.is_some(),
            note: batch.note,
        });
    }
    Ok(options)
}

/// The batches of some offers, and what some claims of theirs chose.
pub(crate) struct Chosen {
    /// Offers that have batches.
    offers: Vec<Id>,
    of: HashMap<Id, MyBatch>,
}

impl Chosen {
    /// Reads them.
    ///
    /// # Errors
    /// A fault of the database.
    pub(crate) async fn read(conn: &Connection, context: &Context, claims: &[claim::Model]) -> Result<Self, Problem> {
        let offers: Vec<Id> = claims.iter().map(|claim| claim.offer_id).collect();
        let batches = batches_of(conn, &offers).await?;
        let mut chosen = Self { offers: batches.iter().map(|batch| batch.offer_id).collect(), of: HashMap::new() };
        if batches.is_empty() {
            return Ok(chosen);
        }
        let keys: Vec<Id> = claims.iter().map(|claim| claim.id).collect();
        let seats = seat::Entity::find().filter(seat::Column::ClaimId.is_in(keys.clone())).all(conn).await?;
        let places = places(conn, context, &batches).await?;
        let mut companions = companions::masked(conn, context, &keys).await?;
        let mut deadlines = Deadlines::of(context, &batches).await?;
        for seat in seats {
            let Some(batch) = batches.iter().find(|batch| batch.id == seat.batch_id) else { continue };
            let with = companions.remove(&seat.claim_id).unwrap_or_default();
            let change_until = deadlines.until(context, batch).await?;
            chosen.of.insert(seat.claim_id, mine(context, (batch, change_until), &places, with)?);
        }
        Ok(chosen)
    }

    /// Whether a claim needs a batch before it is redeemed.
    pub(crate) fn is_needed(&self, claim: &claim::Model) -> bool {
        self.offers.contains(&claim.offer_id)
    }

    /// The batch that a claim chose.
    pub(crate) fn of(&self, claim: Id) -> Option<MyBatch> {
        self.of.get(&claim).cloned()
    }
}

fn mine(
    context: &Context,
    (batch, change_until): (&batch::Model, NaiveDate),
    places: &HashMap<Id, OfferPlace>,
    companions: Vec<MaskedCompanion>,
) -> Result<MyBatch, Problem> {
    Ok(MyBatch {
        id: batch.id,
        starts_on: batch.starts_on,
        ends_on: batch.ends_on,
        place: places.get(&batch.partner_id).cloned().ok_or_else(Problem::not_found)?,
        note: batch.note.clone(),
        can_change: context.today() <= change_until,
        change_until,
        companions,
    })
}

/// 可选择的批次
#[utoipa::path(
    get, path = "/me/vouchers/{id}/batches", tag = "me", operation_id = "my_batches",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<BatchOption>)),
)]
pub async fn get_batches(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<BatchOption>>, Problem> {
    options(&caller, id).await.map(Json)
}
