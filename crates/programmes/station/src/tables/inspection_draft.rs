use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What of an inspection to come was marked so far; none once it is over.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_inspection_draft")]
pub struct Model {
    /// The inspection.
    #[sea_orm(primary_key, auto_increment = false)]
    pub inspection_id: Id,
    /// The marks, as JSON; read whole, never queried.
    pub draft: String,
    /// Who marked last.
    pub drafted_by: String,
    /// When.
    pub drafted_at: Moment,
}

database::plain_table!();
