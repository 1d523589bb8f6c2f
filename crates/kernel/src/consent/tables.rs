use database::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What a person agreed to, and whether he took it back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_consent")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// What for.
    pub purpose: String,
    /// The edition of the text that he saw.
    pub version: String,
    /// Where he agreed: `event/123`; `me` on his own pages.
    pub place: String,
    /// When.
    pub given_at: Moment,
    /// When he took it back.
    pub withdrawn_at: Option<Moment>,
}

database::plain_table!();
