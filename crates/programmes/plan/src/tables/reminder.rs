use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A word to somebody who is behind.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_reminder")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The indicator.
    pub indicator_id: Id,
    /// Who is reminded.
    pub organisation_id: Id,
    /// Who reminds.
    pub from_organisation_id: Id,
    /// What to do.
    pub text: String,
    /// What was reached when it was sent.
    pub actual: Option<i64>,
    /// The target then.
    pub target: Option<i64>,
    /// Who sent it, as one word.
    pub actor: String,
    /// The day it was sent.
    pub sent_on: Date,
    /// When it was sent.
    pub sent_at: Moment,
    /// When the reminded organisation marked it as dealt with.
    pub done_at: Option<Moment>,
    /// What it answered.
    pub answer: Option<String>,
}

database::plain_table!();
