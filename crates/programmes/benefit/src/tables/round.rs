use std::ops::RangeInclusive;

use chrono::Datelike;
use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

use super::offer;
use crate::rules::window::{Phase, end, phase};

/// A time at which an offer may be claimed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_round")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// From when on.
    pub opens_at: Moment,
    /// Until when.
    pub closes_at: Moment,
}

impl Model {
    /// Where it stands in its offer. It is over at its closing, or before it when the last day of redemption is over, for what is
    /// claimed afterwards would be good for nothing.
    #[must_use]
    pub fn phase(&self, offer: &offer::Model, now: Moment) -> Phase {
        phase(self.opens_at, Ord::min(self.closes_at, end(offer.redeem_until)), now)
    }

    /// The calendar years in which it is open.
    #[must_use]
    pub fn years(&self) -> RangeInclusive<i32> {
        let year = |at: Moment| calendar::beijing_day(at.at()).year();
        year(self.opens_at)..=year(Moment(self.closes_at.0 - 1))
    }
}

database::plain_table!();
