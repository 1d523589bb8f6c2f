//! Offers: what a union gives, to whom, how many, when one may claim, where it is handed over.

pub mod amend;
pub mod change;
pub mod change_round;
pub mod create;
pub mod form;
pub(crate) mod from_above;
pub mod limits;
mod nearness;
pub mod over_budget;
pub mod pool;
pub mod publish;
pub mod remove;
pub mod rounds;
pub mod show;
pub mod view;

use std::collections::{BTreeSet, HashMap};

use database::{Connection, Id};
use kernel::{Fault, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::{
    rules::audience::Audience,
    tables::{offer, partner, place, round},
};

pub(crate) use nearness::nearest_first;

/// Whom an offer is for, as the row keeps it.
///
/// # Errors
/// The row holds something else.
pub(crate) fn audience_of(offer: &offer::Model) -> Result<Audience, Problem> {
    audience_in(&offer.audience)
}

/// The same of its text alone.
fn audience_in(text: &str) -> Result<Audience, Problem> {
    serde_json::from_str(text).map_err(|err| Fault::Stored(format!("an offer's audience: {err}")).into())
}

/// The rounds of some offers, in the order in which they open.
pub(crate) async fn rounds_of(conn: &Connection, offers: &[Id]) -> Result<Vec<round::Model>, Problem> {
    let query = round::Entity::find().filter(round::Column::OfferId.is_in(offers.iter().copied()));
    Ok(query.order_by_asc(round::Column::OpensAt).order_by_asc(round::Column::Id).all(conn).await?)
}

/// The places of some offers: each offer's key with a place.
pub(crate) async fn places_of(conn: &Connection, offers: &[Id]) -> Result<Vec<(Id, partner::Model)>, Problem> {
    let query = place::Entity::find().filter(place::Column::OfferId.is_in(offers.iter().copied()));
    let places = query.order_by_asc(place::Column::PartnerId).all(conn).await?;
    // Many offers of hundreds of places each mostly name the same ones.
    let keys: BTreeSet<Id> = places.iter().map(|place| place.partner_id).collect();
    let keys: Vec<Id> = keys.into_iter().collect();
    let mut partners: HashMap<Id, partner::Model> = HashMap::with_capacity(keys.len());
    for some in keys.chunks(database::KEYS_AT_ONCE) {
        let found = partner::Entity::find().filter(partner::Column::Id.is_in(some.iter().copied())).all(conn).await?;
        partners.extend(found.into_iter().map(|partner| (partner.id, partner)));
    }
    let found = |place: &place::Model| Some((place.offer_id, partners.get(&place.partner_id)?.clone()));
    Ok(places.iter().filter_map(found).collect())
}

/// Whether an offer of a kind was ever made.
pub(crate) async fn uses_kind(conn: &Connection, kind: &str) -> Result<bool, Problem> {
    Ok(offer::Entity::find().filter(offer::Column::Kind.eq(kind)).one(conn).await?.is_some())
}
