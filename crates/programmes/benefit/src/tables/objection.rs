use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Somebody objects to a nomination that is publicly shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_objection")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The nomination.
    pub nomination_id: Id,
    /// The union of the nominated; the scope.
    pub organisation_id: Id,
    /// The worker who objects; nobody where an officer wrote it down.
    pub person_id: Option<Id>,
    /// Why, sealed; empty once the nominated is nameless.
    pub reason_sealed: String,
    /// When.
    pub raised_at: Moment,
    /// What was answered.
    pub answer: Option<String>,
    /// Whether it was found right, so that nothing is given.
    pub upheld: bool,
    /// Who answered, as one word.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

database::plain_table!();
