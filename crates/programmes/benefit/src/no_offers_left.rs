//! A union whose offers go on is not closed: nobody would answer for them.

use database::{Id, Unit};
use kernel::{Answer, Context};
use sea_orm::entity::prelude::*;

use crate::tables::offer::{Column, Entity, OfferState};

kernel::refusals! {
    /// Why a union is not closed.
    pub enum OffersLeft {
        /// Offers go on.
        HasOffers { count: u64 } = 409 "has_offers" "该工会还有 {count} 项普惠服务在进行，请先结束。",
    }
}

/// What the kernel calls in the unit that closes an organisation.
pub fn no_offers_left<'a>(unit: &'a Unit, _: &'a Context, organisation: Id) -> Answer<'a> {
    Box::pin(async move {
        let left = Entity::find()
            .filter(Column::OrganisationId.eq(organisation))
            .filter(Column::State.eq(OfferState::Published));
        match left.count(unit).await? {
            0 => Ok(()),
            count => Err(OffersLeft::HasOffers { count }.into()),
        }
    })
}
