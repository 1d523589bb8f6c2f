use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Those who were approved in a round are publicly shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_publicity")]
pub struct Model {
    /// The round.
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: Id,
    /// The union that offers; the scope.
    pub organisation_id: Id,
    /// From this day on.
    pub started_on: Date,
    /// The last day.
    pub until: Date,
    /// Who showed them, as one word.
    pub started_by: String,
    /// When all of them had got theirs or had lost it.
    pub ended_at: Option<Moment>,
}

database::plain_table!();
