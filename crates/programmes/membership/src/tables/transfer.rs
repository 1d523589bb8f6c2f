use kernel::{Id, Moment};
use sea_orm::{QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use super::member;
use crate::rules::{
    standing::Standing,
    transfer::{Progress, Side},
};

/// A transfer from one union to another, waiting or answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_transfer")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose membership.
    pub member_id: Id,
    /// Whose membership, as a person.
    pub person_id: Id,
    /// The union he comes from.
    pub from_organisation_id: Id,
    /// The union he goes to.
    pub to_organisation_id: Id,
    /// Which side asked; the other answers.
    pub asked_by: Side,
    /// Where the membership stood before; a declined transfer leads back there.
    pub state_before: Standing,
    /// Where the transfer stands.
    pub state: Progress,
    /// Why.
    pub reason: String,
    /// Who asked, as one word.
    pub actor: String,
    /// The day it was asked.
    pub asked_on: Date,
    /// The last day for the asked side; then the higher union decides.
    pub due_on: Date,
    /// What was answered.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
    /// By whom, as one word.
    pub answered_by: Option<String>,
    /// The import that asked.
    pub import_batch: Option<Id>,
    /// The member again while the transfer waits: one at a time. Unique.
    pub waiting_member_id: Option<Id>,
}

database::plain_table!();

/// Those that wait. The answered are kept for good, so they are looked for by the index of those that wait, not by their
/// state.
#[must_use]
pub fn waits() -> Expr {
    Column::WaitingMemberId.gt(0)
}

/// Whether a row of the memberships was retained when the transfer that waits was asked: it owes no dues and has no vote
/// meanwhile.
#[must_use]
pub fn was_retained() -> Expr {
    let its = Expr::col((Entity, Column::WaitingMemberId)).equals((member::Entity, member::Column::Id));
    Expr::exists(Entity::find().filter(its).filter(Column::StateBefore.eq(Standing::Retained)).into_query())
}
