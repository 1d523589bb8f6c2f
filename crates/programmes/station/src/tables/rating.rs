use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What a visitor says of his visit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_rating")]
pub struct Model {
    /// The visit's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Id,
    /// What it is called before others, who may know whose visit it was.
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// Who.
    pub person_id: Id,
    /// 1 to 5.
    pub points: i32,
    /// What he says.
    pub said: Option<String>,
    /// When.
    pub said_at: Moment,
    /// What the master answers.
    pub reply: Option<String>,
    /// When he answered.
    pub replied_at: Option<Moment>,
    /// Why officers hid it, if they did.
    pub hidden: Option<String>,
}

database::plain_table!();
