use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Dues that a member paid for one month.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_due")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose membership.
    pub member_id: Id,
    /// The union that they were paid to; the scope.
    pub organisation_id: Id,
    /// The month's first day.
    pub month: Date,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day they were paid.
    pub paid_on: Date,
    /// By whom it was entered, as one word.
    pub actor: String,
    /// When it was entered.
    pub at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
    /// The member again while the entry stands: one a month. Unique with the month.
    pub standing_member_id: Option<Id>,
    /// The table that it came in, if it did.
    pub file_id: Option<Id>,
}

database::plain_table!();
