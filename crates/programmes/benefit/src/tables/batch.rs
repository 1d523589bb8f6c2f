use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A batch of an offer: days, a place, seats. The database itself lets `taken` never exceed `seats`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_batch")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// The union that offers; the scope.
    pub organisation_id: Id,
    /// Where.
    pub partner_id: Id,
    /// The first day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// How many seats there are.
    pub seats: i64,
    /// How many are taken, by those with vouchers and those who come along.
    pub taken: i64,
    /// Where and when one meets, what to bring.
    pub note: String,
    /// Why it doesn't take place, if it doesn't; nobody holds a seat of it then.
    pub called_off: Option<String>,
    /// When those who chose it were reminded that it begins.
    pub reminded_at: Option<Moment>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
kept_by_a_union!();
