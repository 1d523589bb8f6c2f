use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

use crate::rules::standing::{Standing, Step};

/// One step in the life of a membership; never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_history")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose.
    pub member_id: Id,
    /// What happened.
    pub step: Step,
    /// Where it led.
    pub state: Standing,
    /// The day it holds from.
    pub day: Date,
    /// Why.
    pub reason: Option<String>,
    /// Who did it, as one word.
    pub actor: String,
    /// The union that the membership then lay with.
    pub organisation_id: Id,
    /// When it was written down.
    pub at: Moment,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
