use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of benefit on the editable list, for instance 爱心餐.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "benefit_kind")]
#[schema(as = BenefitKind)]
pub struct Model {
    /// The stable code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// What people read.
    pub label: String,
    /// The word behind a number: 份, 人, 张.
    pub unit: String,
    /// The kind of fact that a redemption writes.
    pub fact_kind: String,
    /// Whether it is offered for choice; what was given under a kind stays when it no longer is.
    pub offered: bool,
    /// Its place in lists.
    pub sort: i32,
    /// Grows with each change.
    pub version: i64,
}

database::plain_table!();
