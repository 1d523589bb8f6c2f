use kernel::Id;
use sea_orm::entity::prelude::*;

/// Somebody joined at an enrolment event, so that what it promised can be given also when the offer comes later.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_joined")]
pub struct Model {
    /// At which event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Id,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id,
    /// Whether the hall's table handed the kit over, so that he waits for nothing of what was promised.
    pub had_kit: bool,
}

database::plain_table!();
