use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// How the names of a round are drawn: by a seed whose hash is public before anybody puts his name in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_draw")]
pub struct Model {
    /// The round.
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: Id,
    /// SHA-256 of the seed, public from the publication on.
    pub seed_hash: String,
    /// The seed, sealed until it is drawn.
    pub seed_sealed: String,
    /// The seed, public once it is drawn.
    pub seed: Option<String>,
    /// SHA-256 of the list of entries, public once it is drawn.
    pub list_hash: Option<String>,
    /// When it was drawn; without a seed, when the offer was ended before it was.
    pub drawn_at: Option<Moment>,
}

database::plain_table!();
