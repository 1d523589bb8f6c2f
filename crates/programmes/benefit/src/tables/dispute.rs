use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A line of a statement that somebody does not agree with, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_dispute")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The statement.
    pub settlement_id: Id,
    /// The union that pays; the scope.
    pub organisation_id: Id,
    /// The line: the offer.
    pub offer_id: Id,
    /// Why.
    pub reason: String,
    /// Whether the place said so itself; else an officer wrote it down.
    pub by_partner: bool,
    /// Who, as one word.
    pub actor: String,
    /// When.
    pub raised_at: Moment,
    /// What was answered.
    pub answer: Option<String>,
    /// How many pieces were agreed upon more, or fewer (below zero).
    pub adjusted: i64,
    /// Who answered, as one word.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

database::plain_table!();
