use kernel::Id;
use sea_orm::entity::prelude::*;

/// A place at which an offer's vouchers are redeemed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_offer_place")]
pub struct Model {
    /// The offer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_id: Id,
    /// The place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Id,
}

database::plain_table!();
