use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A piece that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_redemption")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// For which claim.
    pub claim_id: Id,
    /// Of which offer.
    pub offer_id: Id,
    /// The union of the person who got it.
    pub organisation_id: Id,
    /// Where.
    pub partner_id: Id,
    /// The fact in the ledger.
    pub fact_id: Id,
    /// What the union owes the place for it, in fen.
    pub amount_fen: i64,
    /// The Beijing day.
    pub day: Date,
    /// When.
    pub redeemed_at: Moment,
    /// By whom, as one word.
    pub actor: String,
    /// When it was taken back as a mistake, if it was.
    pub taken_back_at: Option<Moment>,
    /// The statement on which it is owed.
    pub settlement_id: Id,
    /// The statement on which it is deducted, because its own was settled when it was taken back.
    pub deducted_on: Option<Id>,
}

database::plain_table!();
