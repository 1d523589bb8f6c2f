//! Platform companies and their branches by county: which have a union, since when.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{Condition, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Context, Problem,
    ledger::{Tree, below_on},
};

/// The branches.
pub mod branch;
mod counted;
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

impl Rank {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Head => "头部企业",
            Self::Key => "重点企业",
            Self::Other => "其他企业",
        }
    }

    /// The rank that a code names.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        match code {
            "head" => Some(Self::Head),
            "key" => Some(Self::Key),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
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
    let below = below_on(context, organisation, on, tree).await?;
    let all = of_ranks(existing(on), ranks).filter(below.holds(column));
    let with_union = all.clone().filter(has_union(on)).count(context.read()).await?;
    Ok((with_union, all.count(context.read()).await?))
}

/// The branches that exist on a day: those that a coverage of that day counts, and that a list of that day shows.
fn existing(on: NaiveDate) -> Select<branch::Entity> {
    branch::Entity::find()
        .filter(branch::Column::OpenedOn.is_null().or(branch::Column::OpenedOn.lte(on)))
        .filter(branch::Column::ClosedOn.is_null().or(branch::Column::ClosedOn.gt(on)))
}

/// Those of companies of these ranks; all if none is named.
fn of_ranks(branches: Select<branch::Entity>, ranks: &[Rank]) -> Select<branch::Entity> {
    if ranks.is_empty() {
        return branches;
    }
    let companies = Entity::find().select_only().column(Column::Id).filter(Column::Rank.is_in(ranks.iter().copied()));
    branches.filter(branch::Column::PlatformId.in_subquery(companies.into_query()))
}

/// The filter for branches whose union is founded by the end of a day.
fn has_union(on: NaiveDate) -> Condition {
    Condition::all().add(branch::Column::UnionSince.lte(on))
}

/// The filter for those whose union is not.
fn has_none(on: NaiveDate) -> Condition {
    Condition::any().add(branch::Column::UnionSince.is_null()).add(branch::Column::UnionSince.gt(on))
}
