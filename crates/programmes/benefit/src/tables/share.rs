use kernel::Id;
use sea_orm::entity::prelude::*;

/// How many pieces of a round are for an organisation and below. `given` counts the claims that hold a piece: those that
/// wait and those that were redeemed. The database itself lets it never exceed the quota.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_share")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The round.
    pub round_id: Id,
    /// For whose people.
    pub organisation_id: Id,
    /// How many there are.
    pub quota: i64,
    /// How many are given.
    pub given: i64,
}

database::plain_table!();
