use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// One who joined at an event, once an event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_join")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The event.
    pub event_id: Id,
    /// Who.
    pub person_id: Id,
    /// His membership.
    pub member_id: Id,
    /// The union.
    pub organisation_id: Id,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// When he joined.
    pub joined_at: Moment,
    /// When he was approved.
    pub approved_at: Option<Moment>,
    /// The table of the hall at which his kit waits.
    pub gate: Option<String>,
    /// Whether he had been a member before; then he has no second welcome.
    pub already_member: bool,
}

database::plain_table!();
