//! Platform companies and their branches by county: which have a union, since when.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{ConnectionTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Problem, Scope};

/// How closely the campaign looks at a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// 头部企业
    Head,
    /// 重点企业
    Key,
    /// 其他
    Other,
}

/// A platform company.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_company")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The name.
    pub name: String,
    /// How closely the campaign looks at it.
    pub rank: Rank,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The branches.
pub mod branch {
    use super::{Deserialize, Id, Serialize, ToSchema};
    use sea_orm::entity::prelude::*;

    /// A company's branch in a county.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
    #[sea_orm(table_name = "platform_branch")]
    #[schema(as = PlatformBranch)]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// The company.
        pub platform_id: Id,
        /// The county federation in whose place it lies.
        pub organisation_id: Id,
        /// The name.
        pub name: String,
        /// Its union, once it has one.
        pub union_organisation_id: Option<Id>,
        /// The day its union was founded.
        pub union_since: Option<Date>,
    }

    /// No relations.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Branches with a union on the day, and all branches, in an organisation's subtree of today.
///
/// # Errors
/// A fault of the database.
pub async fn coverage(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    organisation: Id,
    on: NaiveDate,
) -> Result<(u64, u64), Problem> {
    let column = (branch::Entity, branch::Column::OrganisationId);
    let all = branch::Entity::find().filter(scope.within(column)).filter(crate::caller::below(organisation, column));
    let with_union = all.clone().filter(branch::Column::UnionSince.lte(on)).count(conn).await?;
    Ok((with_union, all.count(conn).await?))
}
