//! Platform companies and their branches by county: which have a union, since when.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Context, Problem,
    ledger::{Tree, below_on},
};

/// The branches.
pub mod branch;
/// Keeping companies, over HTTP.
pub mod keep;
/// The branches in a list.
pub mod list_branches;

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

/// A platform company. It belongs to no organisation: its branches do.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "platform_company")]
#[schema(as = PlatformCompany)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The name.
    pub name: String,
    /// How closely the campaign looks at it.
    pub rank: Rank,
    /// Its unified social credit code.
    pub credit_code: Option<String>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// Branches with a union on the day, and all branches there were then, of companies of these ranks (all if none is named),
/// below an organisation in the tree of that day, or in today's.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn coverage(
    context: &Context,
    organisation: Id,
    ranks: &[Rank],
    on: NaiveDate,
    tree: Tree,
) -> Result<(u64, u64), Problem> {
    super::get(context.read(), context.scope(), organisation).await?;
    let column = (branch::Entity, branch::Column::OrganisationId);
    let mut all = branch::Entity::find()
        .filter(below_on(context, organisation, on, tree).await?.holds(column))
        .filter(branch::Column::OpenedOn.is_null().or(branch::Column::OpenedOn.lte(on)))
        .filter(branch::Column::ClosedOn.is_null().or(branch::Column::ClosedOn.gt(on)));
    if !ranks.is_empty() {
        let companies =
            Entity::find().select_only().column(Column::Id).filter(Column::Rank.is_in(ranks.iter().copied()));
        all = all.filter(branch::Column::PlatformId.in_subquery(companies.into_query()));
    }
    let with_union = all.clone().filter(branch::Column::UnionSince.lte(on)).count(context.read()).await?;
    Ok((with_union, all.count(context.read()).await?))
}
