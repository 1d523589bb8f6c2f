use database::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a term is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = TermUnit)]
pub enum Unit {
    /// 个工作日
    WorkingDays,
    /// 日
    Days,
}

impl Unit {
    pub(super) fn counted(self) -> calendar::Unit {
        match self {
            Self::WorkingDays => calendar::Unit::WorkingDays,
            Self::Days => calendar::Unit::Days,
        }
    }
}

/// A term that was paused at least once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What it is, as the programme calls it.
    pub kind: String,
    /// The programme's record. Unique with the kind.
    pub subject_id: Id,
    /// The organisation whose rules and calendar hold.
    pub organisation_id: Id,
    /// The day that set it running.
    pub started_on: Date,
    /// What it is counted in.
    pub unit: Unit,
    /// How many.
    pub n: i64,
    /// The rule that said so.
    pub rule: String,
    /// The last day; absent while it stands still, or while that year's days off are not announced.
    pub due_on: Option<Date>,
    /// The day on which half of it has passed.
    pub half_on: Option<Date>,
    /// The day on which four fifths of it have passed.
    pub four_fifths_on: Option<Date>,
    /// Since when it stands still, while it does.
    pub paused_since: Option<Date>,
}

database::plain_table!();

/// The pauses of terms.
pub mod pause {
    use super::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// One pause; its days don't count.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deadline_pause")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// Of which term.
        pub deadline_id: Id,
        /// The first day that does not count.
        pub from_day: Date,
        /// The first day that counts again.
        pub until_day: Option<Date>,
        /// Why, as the applicant reads it too.
        pub reason: String,
        /// Who paused it, as one word.
        pub actor: String,
        /// When.
        pub at: Moment,
    }

    database::plain_table!();
}
