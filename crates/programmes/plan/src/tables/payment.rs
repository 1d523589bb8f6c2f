use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Money paid out of a line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_payment")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The line.
    pub line_id: Id,
    /// For whose work it was paid: the fact's organisation.
    pub organisation_id: Id,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day.
    pub day: Date,
    /// Who got it.
    pub payee: String,
    /// What else is to be remembered.
    pub note: String,
    /// The spender's own key, if another programme spent it; he is told with it what becomes of the payment.
    pub booking: Option<Id>,
    /// The codes of the kinds of facts that carry this money already, with commas between them.
    pub counted: String,
    /// The fact it posted.
    pub fact_id: Id,
    /// When it was taken back.
    pub reversed_at: Option<Moment>,
    /// Why.
    pub reversed_because: Option<String>,
    /// Who paid, as one word.
    pub actor: String,
    /// When it was recorded.
    pub at: Moment,
}

database::plain_table!();
