use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// The batch that somebody chose for his voucher.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_seat")]
pub struct Model {
    /// The claim: one batch each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: Id,
    /// The batch.
    pub batch_id: Id,
    /// The union of who holds the claim; the scope.
    pub organisation_id: Id,
    /// How many come along; their seats are counted with his own.
    pub companions: i64,
    /// When he chose it.
    pub chosen_at: Moment,
}

database::plain_table!();
