//! Gifts as people read them.

use std::collections::HashMap;

use database::Connection;
use kernel::{Context, Id, Moment, Problem, person};
use sea_orm::{QuerySelect, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    register::keyed,
    tables::{
        gift::{self, GiverKind},
        gift_claim::{self, GiftState},
    },
};

/// Something that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGift)]
pub struct GiftView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The station's name.
    pub station: String,
    /// Where it is, in words.
    pub address: String,
    /// What it is.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// How many were given.
    pub quantity: i64,
    /// How many can be had still.
    pub left: i64,
    /// How many one person may have.
    pub each: i64,
    /// What else is to know.
    pub note: Option<String>,
    /// Who gave it, in words; a worker is masked.
    pub giver: String,
    /// When.
    pub given_at: Moment,
    /// Whether it was withdrawn.
    pub closed: bool,
    /// Why.
    pub closed_why: Option<String>,
    /// What was said in thanks, by whoever reserved last of those who said so.
    pub thanks: Option<String>,
    /// How many said thanks.
    pub thanked: i64,
}

/// Somebody's reservation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGiftClaim)]
pub struct ClaimView {
    /// The key.
    pub id: Id,
    /// The gift.
    pub gift_id: Id,
    /// What it is.
    pub gift: String,
    /// The name of the station where it lies.
    pub station: String,
    /// Where that is, in words.
    pub address: String,
    /// Who, masked.
    pub name: String,
    /// The end of his mobile number, masked.
    pub phone: Option<String>,
    /// How many.
    pub quantity: i64,
    /// Where it stands.
    pub state: GiftState,
    /// In words.
    pub state_label: String,
    /// Why the station cancelled it, if it did.
    pub reason: Option<String>,
    /// Until when it is kept for him.
    pub until: Moment,
    /// When he took it.
    pub taken_at: Option<Moment>,
    /// Whether he has said thanks.
    pub thanked: bool,
}

/// The reservations of gifts whose owners said thanks.
pub(super) fn thanked(gifts: impl IntoIterator<Item = Id>) -> Select<gift_claim::Entity> {
    gift_claim::Entity::find()
        .filter(gift_claim::Column::GiftId.is_in(gifts))
        .filter(gift_claim::Column::Thanks.is_not_null())
}

/// What was said in thanks for gifts by whoever reserved last, and how many said so.
async fn thanks(
    conn: &Connection,
    gifts: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, (Option<String>, i64)>, Problem> {
    let last = thanked(gifts)
        .select_only()
        .column_as(gift_claim::Column::Id.max(), "last")
        .column_as(gift_claim::Column::Id.count(), "number")
        .group_by(gift_claim::Column::GiftId);
    let last: HashMap<Id, i64> = last.into_tuple::<(Id, i64)>().all(conn).await?.into_iter().collect();
    let said = gift_claim::Entity::find().filter(gift_claim::Column::Id.is_in(last.keys().copied())).all(conn).await?;
    let told = |claim: gift_claim::Model| Some((claim.gift_id, (claim.thanks, *last.get(&claim.id)?)));
    Ok(said.into_iter().filter_map(told).collect())
}

/// Gifts as people read them; each question is asked once for all.
///
/// # Errors
/// A fault.
pub async fn gift_views(
    conn: &Connection,
    context: &Context,
    rows: Vec<gift::Model>,
) -> Result<Vec<GiftView>, Problem> {
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let givers = person::masked(conn, context, rows.iter().filter_map(|row| row.giver_id)).await?;
    let mut said = thanks(conn, rows.iter().map(|row| row.id)).await?;
    let view = |row: gift::Model| {
        let (thanks, thanked) = said.remove(&row.id).unwrap_or_default();
        let station = stations.get(&row.station_id);
        let worker = || row.giver_id.and_then(|id| givers.0.get(&id)).map(|giver| format!("职工{}", giver.name));
        GiftView {
            id: row.id,
            station_id: row.station_id,
            station: station.map(|row| row.name.clone()).unwrap_or_default(),
            address: station.map(|row| row.place.clone()).unwrap_or_default(),
            giver: match row.giver_kind {
                GiverKind::Company => row.giver.clone().unwrap_or_default(),
                GiverKind::Worker => worker().unwrap_or_else(|| "热心职工".to_owned()),
            },
            thanks,
            thanked,
            name: row.name,
            unit: row.unit,
            quantity: row.quantity,
            left: row.left,
            each: row.each,
            note: row.note,
            given_at: row.given_at,
            closed: row.closed_at.is_some(),
            closed_why: row.closed_why,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Reservations as people read them.
///
/// # Errors
/// A fault.
pub async fn claim_views(
    conn: &Connection,
    context: &Context,
    rows: Vec<gift_claim::Model>,
) -> Result<Vec<ClaimView>, Problem> {
    let gifts =
        gift::Entity::find().filter(gift::Column::Id.is_in(rows.iter().map(|row| row.gift_id))).all(conn).await?;
    let stations = keyed::stations(conn, gifts.iter().map(|gift| gift.station_id)).await?;
    let people = person::masked(conn, context, rows.iter().map(|row| row.person_id)).await?;
    let view = |row: gift_claim::Model| {
        let gift = gifts.iter().find(|gift| gift.id == row.gift_id);
        let station = gift.and_then(|gift| stations.get(&gift.station_id));
        ClaimView {
            id: row.id,
            gift_id: row.gift_id,
            gift: gift.map(|gift| gift.name.clone()).unwrap_or_default(),
            station: station.map(|row| row.name.clone()).unwrap_or_default(),
            address: station.map(|row| row.place.clone()).unwrap_or_default(),
            name: people.name(row.person_id),
            phone: people.phone(row.person_id),
            quantity: row.quantity,
            state: row.state,
            state_label: row.state.label().to_owned(),
            reason: row.reason,
            until: row.until,
            taken_at: row.taken_at,
            thanked: row.thanks.is_some(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
