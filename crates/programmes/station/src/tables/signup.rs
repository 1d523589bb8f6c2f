use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Somebody wants to come to an activity, or came.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_signup")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The activity.
    pub activity_id: Id,
    /// Who.
    pub person_id: Id,
    /// His place in the order of signing up; who gives up and signs up again stands behind all others.
    pub turn: i64,
    /// Whether he still wants to come.
    pub wanted: bool,
    /// When he signed up last; for who came without, when he came.
    pub signed_at: Moment,
    /// When he came.
    pub attended_at: Option<Moment>,
    /// The fact that he came.
    pub fact_id: Option<Id>,
}

database::plain_table!();
