use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A report with its figures frozen.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_report")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The organisation it tells of.
    pub organisation_id: Id,
    /// The period: `2026Q2` or `2026`.
    pub period: String,
    /// The last day of its figures.
    pub as_of: Date,
    /// When the last fact in it was recorded.
    pub cut_off: Moment,
    /// When it was made.
    pub made_at: Moment,
    /// Who made it, as one word.
    pub actor: String,
    /// The figures as JSON; never changed.
    pub figures: String,
}

database::plain_table!();
