use database::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an assessment came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AssessmentConclusion {
    /// 可以开展
    Allowed,
    /// 落实保护措施后可以开展
    Guarded,
    /// 不得开展
    Forbidden,
}

impl AssessmentConclusion {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Allowed => "可以开展",
            Self::Guarded => "落实保护措施后可以开展",
            Self::Forbidden => "不得开展",
        }
    }
}

/// An impact assessment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "impact_assessment")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Which union handles the information; the scope.
    pub organisation_id: Id,
    /// What is done.
    pub subject: String,
    /// The separate consent by which it is done, if by one.
    pub purpose: Option<String>,
    /// What for and how.
    pub aims: String,
    /// What it may do to people, and what may go wrong.
    pub risks: String,
    /// What is done against that.
    pub measures: String,
    /// What it came to.
    pub conclusion: AssessmentConclusion,
    /// Who assessed it.
    pub assessor: String,
    /// When.
    pub assessed_on: Date,
    /// Until when it holds.
    pub valid_until: Date,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// The files that assessments rest on.
pub mod attached {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// A file of an assessment.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "impact_assessment_file")]
    pub struct Model {
        /// The attachment.
        #[sea_orm(primary_key, auto_increment = false)]
        pub attachment_id: Id,
        /// Which assessment rests on it.
        pub assessment_id: Id,
    }

    database::plain_table!();
}
